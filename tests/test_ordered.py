"""Text in the order of its cells, whose lines are pieces of cells: which pieces are one cell."""

from __future__ import annotations

from .work import pairs, projects

HEADER = "河港区项目支出绩效目标表\n（2024年度）\n项目名称\n滨河步道改造\n主管部门\n河港区园林局\n实施单位\n河港区园林站\n"
HEADS = ("一级指标", "二级指标", "三级指标", "指标值")


def rows(*lines: str, heads: tuple[str, ...] = HEADS) -> list[tuple[str, str]]:
    """Names and targets of the table with these lines."""
    (project,) = projects(HEADER + "\n".join((*heads, *lines)) + "\n")
    return pairs(project)


def test_a_target_of_words_goes_on_as_long_as_its_lines_are_full() -> None:
    """No line has room for what stands below it, so that they are one cell."""
    found = rows(
        *("产出指标", "数量指标", "新铺步道及沿线绿道总长度", "≥3.2公里"),
        *("质量指标", "完工步道验收情况", "全部一次通过", "验收并及时移", "交社区管理"),
        *(
            "效益指标",
            "社会效益指标",
            "沿河居民休闲条件",
            "步道夜间照明",
            "改善，出行更",
            "加安全便利",
        ),
        *("满意度指标", "服务对象满意度指标", "沿河居民满意度", "≥90%"),
    )
    assert found == [
        ("新铺步道及沿线绿道总长度", "≥3.2公里"),
        ("完工步道验收情况", "全部一次通过验收并及时移交社区管理"),
        ("沿河居民休闲条件", "步道夜间照明改善，出行更加安全便利"),
        ("沿河居民满意度", "≥90%"),
    ]


def test_a_value_over_two_lines_is_one_value() -> None:
    found = rows(
        *("产出指标", "数量指标", "新铺步道长度", "≥3.2", "公里"),
        *("时效指标", "改造完成时间", "2024年10月底", "前"),
        *("成本指标", "步道养护单价", "≤2万元/公里·", "年"),
    )
    assert [target for _, target in found] == ["≥3.2公里", "2024年10月底前", "≤2万元/公里·年"]


def test_a_name_that_ends_in_the_word_of_a_level_stays_whole() -> None:
    found = rows(
        *("产出指标", "数量指标", "沿河休闲座椅更换", "数量", "≥40套", "新增照明灯具", "≥60盏"),
        *("质量指标", "灯具合格率", "≥98%"),
    )
    assert found[0] == ("沿河休闲座椅更换数量", "≥40套")
    assert len(found) == 3


def test_cells_without_room_between_are_cut_apart() -> None:
    weighted = (*HEADS[:2], "三级指标指标值", "权重")
    found = rows(
        *("产出指标", "数量指标", "新铺步道长度", "≥3.2公里10", "新增照明灯具≥60盏", "15"),
        *("质量指标灯具合格率", "≥98%", "5"),
        heads=weighted,
    )
    assert found == [
        ("新铺步道长度", "≥3.2公里"),
        ("新增照明灯具", "≥60盏"),
        ("灯具合格率", "≥98%"),
    ]


def test_a_target_that_repeats_its_name_is_not_cut() -> None:
    found = rows("满意度指标", "服务对象满意度指标", "沿河居民满意度", "满意度≥90%")
    assert found == [("沿河居民满意度", "满意度≥90%")]


def test_rows_glued_to_one_word_have_both_their_targets() -> None:
    text = (
        "河港区项目支出绩效目标表\n（2024年）\n项目名称滨河步道改造\n主管部门河港区园林局实施单位河港区园林站\n"
        "一级指标二级指标三级指标指标值二级指标三级指标指标值\n"
        "产出指标数量指标新铺步道长度≥9.6公里数量指标新铺步道长度≥3.2公里\n"
        "新增照明灯具≥180盏新增照明灯具≥60盏\n"
        "质量指标灯具合格率≥95%质量指标灯具合格率≥98%\n"
    )
    (project,) = projects(text)
    annual = [one.target.text for one in project.indicators if one.scope == "annual" and one.target]
    assert annual == ["≥3.2公里", "≥60盏", "≥98%"]


def test_project_data_in_pieces_stand_before_their_levels() -> None:
    text = (
        "2024年项目支出绩效目标表\n主管部门\n项目单位\n项目名称\n预算金额\n年度目标\n一级指标\n二级指标\n三级指标\n"
        "指标性质\n指标值\n度量单位\n权重\n"
        "河港区园林局\n河港区园林养\n护管理站\n滨河步道改造\n及灯具更新\n86.5\n新铺步道3.2公里，新增灯具。\n"
        "产出指标\n数量指标\n新铺步道长度\n≥\n3.2\n公里\n20\n新增照明灯具\n≥\n60\n盏\n10\n"
        "河港区水务局\n河港区水务管\n理所\n排水管网疏通\n及清淤\n40\n疏通管网18公里，清理淤泥。\n"
        "产出指标\n数量指标\n疏通管网长度\n≥\n18\n公里\n20\n清理淤泥数量\n≥\n300\n吨\n10\n"
    )
    found = projects(text)
    assert [len(project.indicators) for project in found] == [2, 2]
    assert [one.project_name.text for one in found] == [
        "滨河步道改造及灯具更新",
        "排水管网疏通及清淤",
    ]


def test_a_title_that_nothing_opens_below_belongs_to_the_form_before_it() -> None:
    body = HEADER.split("\n", 2)[2]
    table = "\n".join(
        (*HEADS, "产出指标", "数量指标", "新铺步道长度", "≥3.2公里", "新增照明灯具", "≥60盏")
    )
    (project,) = projects(f"{body}{table}\n河港区项目支出绩效目标表\n（2024年度）\n")
    assert project.title is not None
    assert project.title.text == "河港区项目支出绩效目标表"


def test_a_title_behind_a_form_opens_the_next_one() -> None:
    body = HEADER.split("\n", 2)[2]
    table = "\n".join(
        (*HEADS, "产出指标", "数量指标", "新铺步道长度", "≥3.2公里", "新增照明灯具", "≥60盏")
    )
    found = projects(f"{body}{table}\n{HEADER}{table}\n")
    assert [one.title.text if one.title else None for one in found] == [
        "",
        "河港区项目支出绩效目标表",
    ]
