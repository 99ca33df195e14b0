"""Torn text: names, values and header data printed one column after another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxmb.model import Project
from jxmb.model.repairs import Kind
from jxmb.structure import columnwise
from jxmb.structure.columnwise import covering
from jxmb.structure.columnwise.headed import headed

from .work import only, pairs

NAMES = ("栽种行道树数量", "苗木成活率", "树池改造成本", "沿街居民满意度")
TARGETS = ("≥320 棵", "≥95%", "≤4.5 万元", "≥88%")
HEADER = "城区绿化项目支出绩效目标表\n（2023 年度）\n\n项目名称\n\n城区行道树补植\n\n主管部门\n\n山前县园林局\n\n实施单位\n\n山前县苗圃管理站"
HEADS = "一级指标\n\n二级指标\n\n三级指标\n\n指标值"


def columns(*cells: str) -> str:
    """A text with each cell in a block of its own."""
    return "\n\n".join((HEADER, HEADS, *cells)) + "\n"


def test_names_and_values_in_runs_are_paired_in_order() -> None:
    project = only(columns("产出指标", "数量指标", *NAMES, *TARGETS))
    assert pairs(project) == list(zip(NAMES, TARGETS, strict=True))
    paired = [repair for repair in project.repairs if repair.kind is Kind.PAIRED]
    assert [repair.meant for repair in paired] == list(NAMES)


def test_a_name_over_two_lines_is_one_name() -> None:
    first = "全县国道省道沿线补植苗木当年\n成活率"
    names = (NAMES[0], first, *NAMES[2:])
    project = only(columns(*names, *TARGETS))
    assert pairs(project)[1] == (first.replace("\n", ""), "≥95%")


def test_as_many_names_as_values_are_read_in_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[int] = []
    one = columnwise._read
    monkeypatch.setattr(columnwise, "_read", lambda items: ways.append(len(items)) or one(items))
    only(columns(*NAMES, *TARGETS))
    assert len(ways) == 1
    only(columns(*NAMES, "古树巡护", "苗木来源", *TARGETS))
    assert len(ways) > 2


def test_runs_are_paired_one_by_one() -> None:
    cells = (NAMES[0], TARGETS[0], *NAMES[1:], *TARGETS[1:])
    assert pairs(only(columns(*cells))) == list(zip(NAMES, TARGETS, strict=True))


def test_half_of_the_names_are_no_names_where_values_are_half_as_many() -> None:
    """Which of two texts names a value, and which explains it, nothing says: no row is made up."""
    notes = ("以验收单为准", "成活株数占补植株数的比重", "按合同结算", "随机访问沿街的商户")
    both = [text for pair in zip(NAMES, notes, strict=True) for text in pair]
    assert only(columns(*both, *TARGETS)).indicators == ()


def test_values_behind_the_table_fill_its_gaps() -> None:
    """Names whose values stand beside them keep them; the others get those printed last."""
    goal = "全年补植行道树三百二十棵，成活率保持在百分之九十五以上，改造树池，让沿街居民满意。"
    text = columns(
        "产出指标",
        "数量指标",
        NAMES[0],
        "修剪次数",
        "质量指标",
        NAMES[1],
        "≥95%",
        "成本指标",
        NAMES[2],
        NAMES[3],
        "≥88%",
    ).replace("\n\n", "\n")
    tail = f"年度目标\n{goal}\n≥320棵\n≥4次\n≤4.5万元\n"
    assert pairs(only(text + tail)) == [
        (NAMES[0], "≥320棵"),
        ("修剪次数", "≥4次"),
        (NAMES[1], "≥95%"),
        (NAMES[2], "≤4.5万元"),
        (NAMES[3], "≥88%"),
    ]


def test_header_data_pair_by_their_shape() -> None:
    labels = "项目属性\n\n项目起止时间\n\n年度资金总额\n\n其中：财政拨款\n\n其他资金"
    cells = "2023 年 1 月\n\n延续项目\n\n2023 年 12 月\n\n60\n\n50\n\n10"
    text = columns(*NAMES, *TARGETS).replace(HEADS, f"{labels}\n\n{cells}\n\n{HEADS}")
    project = only(text)
    assert project.nature.text == "延续项目"
    assert project.period.value is not None
    assert project.funding.total.text == "60"
    assert project.funding.other.text == "10"
    assert project.department.text == "山前县园林局"
    assert project.implementer.text == "山前县苗圃管理站"


def test_values_right_behind_most_labels_are_theirs_and_the_rest_comes_by_order() -> None:
    cells = "项目属性\n\n阶段性项目\n\n60\n\n其中：财政拨款\n\n60\n\n其他资金\n\n0\n\n资金总额"
    project = only(columns(*NAMES, *TARGETS).replace(HEADS, f"{cells}\n\n{HEADS}"))
    amounts = project.funding
    assert [one.text for one in (amounts.total, amounts.fiscal, amounts.other)] == ["60", "60", "0"]
    assert project.nature.text == "阶段性项目"


def test_what_stands_behind_the_last_of_many_labels_is_not_its_value() -> None:
    cells = "项目起止时间\n\n项目属性\n\n阶段性的治理\n\n2023年1月至2023年12月"
    project = only(columns(*NAMES, *TARGETS).replace(HEADS, f"{cells}\n\n{HEADS}"))
    assert project.nature.text == ""


def test_a_label_of_money_in_other_words_is_one_in_a_cell_of_its_own() -> None:
    cells = "本年度资金总额\n\n60\n\n其中：本年财政拨款\n\n50\n\n其他来源资金\n\n10"
    project = only(columns(*NAMES, *TARGETS).replace(HEADS, f"{cells}\n\n{HEADS}"))
    assert project.funding.total.text == "60"


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_rows_in_their_order_are_not_torn(separator: str) -> None:
    cells = [cell for pair in zip(NAMES, TARGETS, strict=True) for cell in pair]
    text = separator.join((HEADER, HEADS, "产出指标", "数量指标", *cells))
    project = only(text)
    assert pairs(project) == list(zip(NAMES, TARGETS, strict=True))
    assert not any(repair.kind is Kind.PAIRED for repair in project.repairs)


WORDED = ("新建花坛", "补植灌木", "病虫防治机制", "沿街居民满意度")


def test_values_that_are_words_are_told_by_the_names_before_them() -> None:
    cells = ("≥6 个", "≥900 株", "逐步完善", "≥88%")
    assert pairs(only(columns("数量指标", *WORDED, *cells))) == list(
        zip(WORDED, cells, strict=True)
    )


def test_the_head_of_the_values_ends_the_names_too() -> None:
    cells = ("逐步完善", "≥900 株", "≥6 个", "≥88%")
    names = (WORDED[2], WORDED[1], WORDED[0], WORDED[3])
    text = columns("数量指标", "质量指标", *names, "指标值", *cells).replace(
        HEADS, HEADS.removesuffix("指标值").rstrip()
    )
    assert pairs(only(text)) == list(zip(names, cells, strict=True))


def test_where_blank_lines_part_the_cells_every_other_line_goes_on() -> None:
    long = "按照既定\n计划进行"
    cells = ("≥6 个", "≥900 株", long, "≥88%")
    assert pairs(only(columns("数量指标", *WORDED, *cells)))[2] == (
        WORDED[2],
        long.replace("\n", ""),
    )


def test_rows_out_of_step_are_strays() -> None:
    """Figures where names should stand show that no row is sure."""
    cells = ("≥6 个", "≥2 亩", "≥900 株", "≥4 次", "≥3 亩", "≥20 次", "新建花坛", "≥40 吨")
    text = columns("产出指标", "数量指标", *cells)
    project = only(text)
    assert not project.indicators
    strays = {span.text for span in project.strays}
    assert set(cells) <= strays


def test_an_office_stands_with_the_label_right_before_it() -> None:
    header = "项目名称\n\n城区行道树补植\n\n主管部门\n\n项目属性\n\n实施单位\n\n山前县苗圃管理站"
    start, end = HEADER.index("项目名称"), len(HEADER)
    text = columns(*NAMES, *TARGETS).replace(
        HEADER[start:end], f"{header}\n\n新增项目\n\n山前县园林局"
    )
    project = only(text)
    assert project.department.text == "山前县园林局"
    assert project.implementer.text == "山前县苗圃管理站"


def test_a_goal_printed_around_its_label_is_one() -> None:
    goal = "全年补植行道树三百二十棵，成活率保持在百分之九十五以上，"
    more = "改造树池并换土，修剪老树枯枝，让沿街居民住得满意，出行方便，夏天有树荫。"
    text = columns(*NAMES, *TARGETS).replace(HEADS, f"{goal}\n\n年度目标\n\n{more}\n\n{HEADS}")
    assert only(text).goal.text == goal + more


def test_the_short_end_of_a_name_is_no_name() -> None:
    names = ["巡检水位站点", "维修雨量设备", "减少洪涝灾害经济", "损失", "流域群众满意度"]
    targets = ["≥18处", "≥42处", "有效减少", "≥95%"]
    assert pairs(only(torn(names, targets))) == [
        ("巡检水位站点", "≥18处"),
        ("维修雨量设备", "≥42处"),
        ("减少洪涝灾害经济损失", "有效减少"),
        ("流域群众满意度", "≥95%"),
    ]


def torn(names: list[str], targets: list[str]) -> str:
    """A form whose columns were printed one after another, line by line."""
    head = "水文监测项目支出绩效目标表\n项目名称\n主管部门\n水文监测\n水务局\n年度目标\n完成全年水文监测，及时发布洪水信息。\n"
    levels = "一级指标\n二级指标\n产出指标\n数量指标\n质量指标\n效益指标\n满意度指标\n"
    return head + levels + "\n".join(["三级指标", *names, "指标值", *targets]) + "\n"


LEVELS = ("产出指标", "效益指标", "满意度指标")
BELOW = ("数量指标", "质量指标", "成本指标", "服务对象满意度指标")


def levels(project: Project) -> list[str]:
    """The level 2 of each row."""
    return [one.level2.text for one in project.indicators]


def test_levels_in_a_run_cover_the_rows_that_their_words_say() -> None:
    project = only(columns(*LEVELS, *BELOW, *NAMES, *TARGETS))
    assert levels(project) == list(BELOW)
    assert [one.level1.text for one in project.indicators] == ["产出指标"] * 3 + ["满意度指标"]
    assert {repair.kind for repair in project.repairs} >= {Kind.CENTRED, Kind.PAIRED}


def test_a_level_of_which_a_row_says_nothing_while_another_fits_is_unsure() -> None:
    cells = ("质量指标", *NAMES[:2], "成本指标", NAMES[2], "数量指标", NAMES[3])
    project = only(columns(*cells, *TARGETS))
    unsure = {one.where[2] for one in project.indicators if "level2" in one.inferred}
    assert NAMES[0] in unsure and NAMES[2] not in unsure


def test_a_label_alone_among_the_rows_covers_those_below_it() -> None:
    cells = ("数量指标", NAMES[0], "补种灌木面积", "质量指标", *NAMES[1:2], "成本指标", *NAMES[2:])
    project = only(columns("产出指标", *cells, "≥320 棵", "≥4 亩", *TARGETS[1:]))
    assert levels(project) == ["数量指标", "数量指标", "质量指标", "成本指标", "成本指标"]


STANDINGS = st.lists(
    st.builds(
        covering.Standing,
        st.sampled_from([*covering.SENSES, "别的指标"]),
        st.integers(0, 12),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


@given(STANDINGS, st.lists(st.sampled_from(list(zip(NAMES, TARGETS, strict=True))), max_size=12))
def test_each_label_begins_where_the_one_before_it_does_or_below(
    standing: list[covering.Standing], said: list[tuple[str, str]]
) -> None:
    found = covering.starts(standing, said)
    assert len(found) == len(standing)
    assert found == sorted(found)
    assert all(0 <= at <= len(said) for at in found)


def test_more_labels_than_a_form_has_begin_where_they_stand() -> None:
    many = [covering.Standing("质量指标", at, True, True) for at in range(100)]
    assert covering.starts(many, [("成活率", "≥95%")] * 100) == list(range(100))


def test_both_halves_of_a_table_are_told_by_what_was_printed_twice() -> None:
    half = "二级指标\n\n三级指标\n\n指标值"
    cells = [line for name in NAMES for line in (name, name)]
    middle, annual = ("≥960 棵", "≥96%", "≤9 万元", "≥90%"), TARGETS
    values = [line for both in zip(middle, annual, strict=True) for line in both]
    project = only(columns(half, "产出指标", "数量指标", "数量指标", *cells, *values))
    assert [(one.scope, one.name.text, one.target.text) for one in project.indicators] == [
        (scope, name, value)
        for name, *both in zip(NAMES, middle, annual, strict=True)
        for scope, value in zip(("midterm", "annual"), both, strict=True)
    ]


def test_a_whole_value_does_not_go_on_in_a_figure_behind_a_blank() -> None:
    project = only(columns("产出指标", *NAMES, "≥320棵 95%", *TARGETS[2:]))
    assert pairs(project) == list(zip(NAMES, ("≥320棵", "95%", *TARGETS[2:]), strict=True))


def test_amounts_among_the_heads_are_those_of_the_money_labels() -> None:
    money = ("年度预算", "其中：财政拨款", "其他资金")
    project = only(columns(*money, "2026-01—2026-12", "36.5", "30", "6.5", *NAMES, *TARGETS))
    assert pairs(project) == list(zip(NAMES, TARGETS, strict=True))
    assert [row.amount.text for row in project.funding.rows] == ["36.5", "30", "6.5"]


def test_words_behind_a_value_are_names_and_values_in_turn_where_all_are_paired_then() -> None:
    names = (*NAMES, "市民对绿化的关注", "推广本地树种的经验")
    values = ("≥320 棵", "≥95%", "≤4.5 万元", "≥88%", "更多市民参与养护", "形成可以推广的做法")
    both = [cell for pair in zip(names, values, strict=True) for cell in pair]
    first, *rest = both
    heads = HEADS.split("\n\n")
    cells = (HEADER, *heads[:2], *rest, *LEVELS, *BELOW, *heads[2:], first)
    project = only("\n\n".join(cells))
    assert pairs(project)[-2:] == list(zip(names, values, strict=True))[-2:]


def below(**own: tuple[str, ...]) -> str:
    """A text with each column below its own head."""
    levels = "一级指标\n产出指标\n二级指标\n数量指标\n质量指标"
    return "\n".join((HEADER, levels, *("\n".join((head, *cells)) for head, cells in own.items())))


def test_each_column_below_its_head_holds_what_the_head_says() -> None:
    """Figures are values and no weights; what else has a head is no cell of a row."""
    project = only(
        below(
            三级指标=NAMES,
            指标性质=("≥", "≥", "≤", "≥"),
            指标值=("320", "95", "4.5", "88"),
            计量单位=("棵", "%", "万元", "%"),
            指标说明=("按株计", "当年成活", "含人工", "抽样调查"),
            分值=("20", "10", "10", "10"),
        )
    )
    values = ("≥320棵", "≥95%", "≤4.5万元", "≥88%")
    assert pairs(project) == list(zip(NAMES, values, strict=True))
    assert [one.weight.text for one in project.indicators] == ["20", "10", "10", "10"]
    assert {"按株计", "当年成活", "含人工", "抽样调查"} <= {cell.text for cell in project.strays}


def test_units_below_their_head_need_no_signs_in_a_column() -> None:
    values = ("≥320", "95", "≤4.5", "≥88")
    units = ("棵", "%", "万元", "%")
    whole = [(name, value + unit) for name, value, unit in zip(NAMES, values, units, strict=True)]
    assert pairs(only(below(三级指标=NAMES, 指标值=values, 计量单位=units))) == whole


def test_both_columns_of_values_stand_below_their_heads() -> None:
    midterm = ("≥960 棵", "≥90%", "≤5 万元", "≥85%")
    project = only(below(三级指标=NAMES, 实施期指标值=midterm, 本年度指标值=TARGETS))
    read = (
        [pair for pair in zip(NAMES, midterm, strict=True)],
        list(zip(NAMES, TARGETS, strict=True)),
    )
    assert pairs(project) == [pair for both in zip(*read, strict=True) for pair in both]


def test_names_below_their_head_may_look_like_anything() -> None:
    names = ("指标1：补植灌木", "指标2：受益合作社", "指标1：新建花坛", "沿街居民满意度")
    found = [name for name, _ in pairs(only(below(三级指标=names, 指标值=TARGETS)))]
    assert found == ["补植灌木", "受益合作社", "新建花坛", "沿街居民满意度"]


def test_more_values_than_names_are_not_told_by_the_head() -> None:
    """The last column does not go on in what stands behind it where that is a value."""
    assert headed([]) == []
    project = only(below(三级指标=NAMES, 指标值=(*TARGETS, "≥7 处")))
    assert any(cell.text == "≥7 处" for cell in project.strays)


def test_a_date_behind_the_name_of_a_time_is_its_value() -> None:
    """It is no date of the header that gives torn text away; nor is the name of an office between two values."""
    names = ("树池改造完成时间", NAMES[0], "新建苗木合作社", *NAMES[1:])
    values = ("2023年9月30日", TARGETS[0], "6 家", *TARGETS[1:])
    rows = [cell for pair in zip(names, values, strict=True) for cell in pair]
    project = only("\n".join((HEADER, HEADS, "产出指标", "时效指标", *rows)))
    assert pairs(project) == list(zip(names, values, strict=True))
    assert not any(repair.kind is Kind.PAIRED for repair in project.repairs)
