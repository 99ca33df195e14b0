"""What table extractors do to the cells of a PDF: ends in the cell below, marks behind their line."""

from __future__ import annotations

import pytest

import jxmb

from .work import rows

HEADS = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"


SCATTERED = (
    "项目名称\t\t项目支出绩效目标表（年度）泵站更新改造\t\t\n主管部门\t\t水务局\t实施单位\t泵站管理所\n"
    "项目属性\t\t新增项目\t项目起止时间\t2024年1月—2024年11月\n" + HEADS
)


def test_the_line_above_the_table_is_no_part_of_the_name() -> None:
    (project,) = jxmb.parse(SCATTERED + "\t产出指标\t数量指标\t泵站\t≥3座\n").projects
    assert project.title.text == "项目支出绩效目标表"
    assert project.project_name.text == "泵站更新改造"


def test_a_label_and_the_name_behind_it_are_two_cells() -> None:
    text = SCATTERED + (
        "\t效益指标\t社会效益指标\t受益人口\t≥3万人\n\t\t可持续影响指标 管护制度\t\t健全\n"
        "\t\t满意度指标 服务对象满意度指标 村民满意度\t\t≥90%\n"
    )
    assert rows(text)[1:] == [
        ("效益指标", "可持续影响指标", "管护制度", "健全"),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
    ]


SPILLING = (
    "项目支出绩效目标表\n（2024年度）\n项目名称\t\t泵站更新改造\t\t\n主管部门\t\t水务局\t实施单位\t河口泵站管\n"
    "项目属性\t\t新增项目\t项目起止时间\t理所2024-01-01 至\n项目资金\t\t年度预算\t\t2024-12-3196.5\n"
    "\t\t其中：财政\t\t96.5\n\t\t拨款其他资金\t\t0\n" + HEADS
)


def test_ends_of_values_go_back_to_the_cell_above() -> None:
    text = SPILLING + (
        "\t产出指标\t时效指标\t完工时间\t2024 年 11 月底\n\t\t成本指标\t每台成本\t前≤8万元\n"
        "\t效益指标\t社会效益指\t受益人口\t≥3万人\n\t\t标可持续影响\t管护制度\t健全\n"
        "\t满意度指标\t指标服务对象满意度指标\t村民满意度\t≥90%\n"
    )
    (project,) = jxmb.parse(text).projects
    assert project.implementer.text == "河口泵站管理所"
    assert project.funding.total.text == "96.5"
    period = project.period.value
    assert period is not None and period.end is not None
    assert period.end.text == "2024-12-31"
    assert [one.target.text for one in project.indicators][:2] == ["2024 年 11 月底前", "≤8万元"]


def test_in_a_table_without_torn_labels_no_value_is_cut() -> None:
    text = "项目名称\t\t泵站更新改造\t\t\n主管部门\t\t水务局\t\t\n" + HEADS
    text += "\t产出指标\t质量指标\t机组状况\t良好\n\t\t成本指标\t运行成本\t每台≤8万元\n"
    assert [one[3] for one in rows(text)] == ["良好", "每台≤8万元"]


THIN = (
    "项目名称\t\t泵站更新改造\t\t\n主管部门\t\t水务局\t实施单位\t泵站管理所\n"
    "绩效指标\t级指标一\t二级指标\t三级指标\t指标值\n"
)


def test_thin_marks_behind_their_line_go_back_into_its_blanks() -> None:
    text = THIN + (
        "\t产出指标\t数量指标\t清理沟渠 疏浚河道，、 拆除围堰\t≥3 2公里.\n\t\t\t3 5岁幼鱼放流—\t≥1 6万.尾\n"
        "\t\t质量指标\t泵站 次验收合格率一\t100%\n"
    )
    (project,) = jxmb.parse(text).projects
    assert [(one.name.text, one.target.text) for one in project.indicators] == [
        ("清理沟渠，疏浚河道、 拆除围堰", "≥3.2公里"),
        ("3—5岁幼鱼放流", "≥1.6万尾"),
        ("泵站一次验收合格率", "100%"),
    ]
    target = project.indicators[0].target
    assert target.spans[0].text == "≥3 2公里." and not target.editable
    assert "scattered-cell" in {repair.kind for repair in project.repairs}


def test_thin_marks_whose_place_is_not_known_stay_where_they_are() -> None:
    text = THIN + "\t产出指标\t数量指标\t清理沟渠\t≥32公里.\n\t\t\t疏浚 河道\t≥3 2 1公里.\n"
    assert [one[3] for one in rows(text)] == ["≥32公里.", "≥3 2 1公里."]


def test_a_table_that_prints_its_marks_in_place_keeps_its_blanks() -> None:
    text = THIN.replace("级指标一", "一级指标") + "\t产出指标\t数量指标\t清理 沟渠，\t≥3公里\n"
    assert rows(text)[0][2] == "清理 沟渠，"


def test_the_last_line_of_a_goal_in_the_heads_of_the_table_goes_back() -> None:
    text = (
        "项目名称\t\t泵站更新改造\t\t\n主管部门\t\t水务局\t\t\n"
        "年度目标\t\t更新改造老旧泵站十二座，保障沿河村庄防洪安全，新增排涝\t\t\n"
        "绩效指标\t一级指标\t二级指标\t能力每秒四十立方米三级指标\t指标值\n"
        "\t产出指标\t数量指标\t改造泵站\t≥12座\n\t\t社会效益指\t受益人口\t≥3万人\n"
    )
    (project,) = jxmb.parse(text).projects
    assert project.goal.text.endswith("新增排涝能力每秒四十立方米")
    assert rows(text)[0] == ("产出指标", "数量指标", "改造泵站", "≥12座")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (
            "数\n改造老旧泵站座数",
            ["清淤沟渠条数", "改造老旧泵站座数"],
        ),  # a first line with room for more
        ("改造老旧泵\n站座数", ["清淤沟渠条", "改造老旧泵站座数"]),
    ],
)
def test_a_line_with_room_for_more_ends_the_cell_above(cell: str, names: list[str]) -> None:
    text = (
        "项目名称,,泵站更新改造,,\n主管部门,,水务局,,\n年度目标,,改造泵站。,,\n"
        + HEADS.replace("\t", ",")
        + f',产出指标,数量指标,清淤沟渠条,≥8条\n,,,"{cell}",≥12座\n'
        + ",效益指标,社会效益指,受益人口,≥3万人\n,,标可持续影响,管护制度,健全\n"
    )
    assert [one[2] for one in rows(text)[:2]] == names


LOST = SCATTERED.replace("2024年1月—2024年11月", "20241年月202411—年月")


def test_figures_before_the_marks_of_a_date_go_back_to_their_places() -> None:
    text = LOST + "\t产出指标\t时效指标\t完工时间\t202411年月底前\n\t\t\t验收时间\t1224月日前\n"
    (project,) = jxmb.parse(text).projects
    period = project.period.value
    assert period is not None and period.start is not None and period.end is not None
    assert (period.start.text, period.end.text) == ("2024年1月", "2024年11月")
    assert [one.target.text for one in project.indicators] == ["2024年11月底前", "12月24日前"]


@pytest.mark.parametrize("drawn", ["2024111年月日前", "≥4/优良", "90%以上"])
def test_figures_that_may_stand_in_several_ways_or_in_none_stay_where_they_are(drawn: str) -> None:
    assert rows(LOST + f"\t产出指标\t时效指标\t完工时间\t{drawn}\n")[0][3] == drawn


def test_a_rate_and_a_sign_at_the_end_are_put_in_order() -> None:
    text = LOST + (
        "\t产出指标\t数量指标\t巡检频次\t≥4/次年\n\t\t\t机组完好率\t90%》\n\t\t成本指标\t养护单价\t≤1.5/·万元台年\n"
    )
    assert [one[3] for one in rows(text)] == ["≥4次/年", "》90%", "≤1.5万元/台·年"]


def test_a_table_that_gives_no_sign_of_it_is_not_put_in_order() -> None:
    text = SCATTERED.replace("项目支出绩效目标表（年度）", "")
    assert rows(text + "\t产出指标\t数量指标\t机组完好率\t90%》\n")[0][3] == "90%》"


def test_no_fix_is_offered_for_a_cell_that_was_put_in_order() -> None:
    text = LOST + "\t产出指标\t数量指标\t机组完好率\t90%》\n"
    assert jxmb.fix(text).text == text
