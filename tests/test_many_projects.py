"""Tables of many projects: heads over two rows, sums between projects, indicators told as sentences in one cell."""

from __future__ import annotations

import pytest

from jxmb import tables
from jxmb.forms.split import Form
from jxmb.model import Project
from jxmb.reader import parse
from jxmb.reader.page import Page
from jxmb.reader.prose import items
from jxmb.reader.record import projects
from jxmb.source import Source, Span
from jxmb.tables import Cell

HEADS = [
    ["单位编码", "单位（项目）名称", "资金总额", "绩效目标", "绩效指标", "", "", ""],
    ["", "", "", "", "一级指标", "二级指标", "三级指标", "指标值"],
]
ROWS = [
    ["合计", "", "32.00", "", "", "", "", ""],
    ["201", "某水务站", "32.00", "", "", "", "", ""],
    ["201", "水泵维修", "12.00", "保证用水", "产出指标", "数量指标", "修理水泵数量", "≥3台"],
    ["", "", "", "", "", "质量指标", "修理合格率", "≥95%"],
    ["201", "水管更换", "20.00", "更换水管", "产出指标", "数量指标", "更换水管长度", "≥300米"],
]


def read(*rows: list[str]) -> tuple[Project, ...]:
    lines = ["2026年项目支出绩效目标表", "部门名称：某市水务局", "单位：万元"]
    return parse(Source("\n".join([*lines, *map("\t".join, rows)]))).projects


def told(text: str) -> list[dict[str, str]]:
    found = items(Cell(Span(Source(text), 0, len(text)), text))
    assert all(cell.span.text == cell.text for item in found for cell in item.values())
    return [{role: cell.text for role, cell in item.items()} for item in found]


def test_heads_over_two_rows_make_the_columns_of_both() -> None:
    pumps, pipes = read(*HEADS, *ROWS)

    assert (pumps.project_name.text, pipes.project_name.text) == ("水泵维修", "水管更换")
    assert [one.funding.total.text for one in (pumps, pipes)] == ["12.00", "20.00"]
    assert [one.goal.text for one in (pumps, pipes)] == ["保证用水", "更换水管"]
    assert [one.name.text for one in pumps.indicators] == ["修理水泵数量", "修理合格率"]


def test_a_sum_is_no_project_but_the_office_of_those_below() -> None:
    found = read(*HEADS, *ROWS)

    assert {one.implementer.text for one in found} == {"某水务站"}
    assert {one.department.text for one in found} == {"某市水务局"}
    assert not any("合计" in one.fields for one in found)


def test_a_project_goes_on_below_the_heads_of_the_next_page() -> None:
    again = [*ROWS[2][:4], "效益指标", "社会效益指标", "投诉次数", "≤2次"]
    source = Source("\n".join(map("\t".join, [*HEADS, ROWS[2], *HEADS, again])))
    (pumps,) = projects(Form(rows=list(tables.read(source))), source)

    assert isinstance(pumps, Project)
    assert [one.level1.value for one in pumps.indicators] == ["产出指标", "效益指标"]


def test_equal_names_with_other_amounts_are_two_projects() -> None:
    other = [*ROWS[2][:2], "15.00", *ROWS[2][3:]]

    assert [one.funding.total.text for one in read(*HEADS, ROWS[2], other)] == ["12.00", "15.00"]


def test_indicators_of_one_cell_are_rows_for_the_year_and_for_the_whole_period() -> None:
    heads = ["项目名称（资金使用单位）", "总计：", "财政拨款", "其他资金", "绩效目标", "绩效指标"]
    prose = (
        "1.1－产出指标，11－数量指标，修理水泵数量；实施周期指标值：≥9台，年度指标值：≥3台；"
        "2、2－效益指标，22－社会效益，用水投诉次数；实施周期指标值：≤2次，年度指标值：≤1次；"
        "3、1－产出指标，12－质量指标，修理合格率；实施周期指标值：≥95%，年度指标值：≥95%；"
    )
    (pumps,) = read(heads, ["水泵维修", "12.00", "12.00", "", "保证用水", prose])

    assert [(one.level2.value, one.name.text, one.target.text) for one in pumps.annual] == [
        ("数量指标", "修理水泵数量", "≥3台"),
        ("社会效益指标", "用水投诉次数", "≤1次"),
        ("质量指标", "修理合格率", "≥95%"),
    ]
    midterm = [one.target.text for one in pumps.indicators if one.scope == "midterm"]
    assert midterm == ["≥9台", "≤2次", "≥95%"]
    assert [(row.label.text, row.role, row.amount.text) for row in pumps.funding.rows] == [
        ("总计：", "total", "12.00"),
        ("财政拨款", "fiscal", "12.00"),
        ("其他资金", "other", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "【产出指标-数量指标】指标1：修理水泵（≥3台）指标2：更换水管（≥30米）【产出指标-质量指标】指标1：合格率 ≥95%",
        "产出指标：数量指标：修理水泵≥3台；更换水管：≥30米；质量指标：合格率 ≥95%",
        "一、产出指标\n数量指标：修理水泵；指标值：≥3台；更换水管；指标值：≥30米\n质量指标：合格率；目标值：≥95%。",
    ],
)
def test_sentences_in_several_grammars_tell_the_same(text: str) -> None:
    assert [(item["level2"], item["name"], item["target"]) for item in told(text)] == [
        ("数量指标", "修理水泵", "≥3台"),
        ("数量指标", "更换水管", "≥30米"),
        ("质量指标", "合格率", "≥95%"),
    ]


def test_the_name_of_an_indicator_may_be_that_of_a_level() -> None:
    (item,) = told("3、2－效益指标，22－社会效益，可持续影响指标；年度指标值：是，合规；")

    assert (item["level2"], item["name"], item["target"]) == (
        "社会效益",
        "可持续影响指标",
        "是，合规",
    )


def test_sentences_of_a_goal_tell_no_indicators() -> None:
    assert told("修理水泵三台，产出指标全部完成，保证居民用水，满意度达到95%。") == []


def test_levels_that_nobody_filled_in_do_not_make_a_page_of_loose_lines() -> None:
    blank = [["", "", "", "", "", level, "", ""] for level in ("社会成本指标", "生态环境成本指标")]
    first = [*ROWS[2][:4], "成本指标", "经济成本指标", "维修成本", "≤12万元"]
    output = ["", "", "", "", *ROWS[2][4:]]
    (pumps,) = read(*HEADS, first, *blank, output, ROWS[3])

    assert [one.level2.value for one in pumps.indicators] == [
        "经济成本指标",
        "数量指标",
        "质量指标",
    ]
    assert [one.text for one in pumps.empty_levels] == ["社会成本指标", "生态环境成本指标"]


def test_the_office_above_a_table_of_all_its_projects_is_the_department() -> None:
    lines = ["2026年项目支出绩效目标表", "单位名称：某市水务局", *map("\t".join, [*HEADS, ROWS[2]])]
    (pumps,) = parse(Source("\n".join(lines))).projects

    assert pumps.department.text == "某市水务局"


def test_the_office_of_a_merged_cell_reaches_down_to_the_next_project() -> None:
    heads = [["单位名称", *HEADS[0][1:]], HEADS[1]]
    rows = [["某水务站", *ROWS[2][1:]], ROWS[3], ["", *ROWS[4][1:]]]

    assert [one.implementer.text for one in read(*heads, *rows)] == ["某水务站", "某水务站"]


def test_the_only_amount_of_a_project_is_its_budget() -> None:
    heads = [
        "序号",
        "项目名称",
        "当年财政拨款预算金额",
        "当年绩效目标",
        "指标名称",
        "指标性质",
        "指标值",
        "计量单位",
    ]
    rows = [
        ["1", "水泵维修", "12.00", "保证用水", "修理水泵数量", "≥", "3", "台"],
        ["", "", "", "", "居民满意度", "≥", "90", "%"],
    ]
    (pumps,) = read(heads, *rows)

    assert pumps.funding.total.text == "12.00"
    assert [one.target.text for one in pumps.indicators] == ["≥3台", "≥90%"]


def test_the_number_of_a_page_below_the_table_is_no_indicator() -> None:
    rows = map("\t".join, [*HEADS, *ROWS])
    lines = ["2026年项目支出绩效目标表", *rows, "—", "2", "5", "—"]
    _, pipes = parse(Source("\n".join(lines))).projects

    assert [one.name.text for one in pipes.indicators] == ["更换水管长度"]


def test_what_a_project_lacks_is_shown_at_its_own_row() -> None:
    pumps, pipes = read(*HEADS, *ROWS)

    assert (pumps.at.line, pipes.at.line) == (8, 10)
    assert pipes.period.missing
    assert pipes.period.at.line == 10


def test_sentences_stand_at_no_height_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page gave the level labels of a table by height, these are not those of sentences in its cells."""
    text = (
        "2026年项目支出绩效目标表\n"
        "项目名称\t总计\t财政拨款\t绩效目标\t绩效指标\n"
        "水泵维修\t12.00\t12.00\t保证用水。\t1.1－产出指标，11－数量指标，修理水泵数量；年度指标值：≥3台；"
        "2、2－效益指标，22－社会效益，投诉次数；年度指标值：≤2次；\n"
    )

    def names() -> list[list[str]]:
        return [[one.name.text for one in form.indicators] for form in parse(Source(text)).projects]

    whole = Page.read

    def by_height(page: Page) -> None:
        whole(page)
        for table in page.tables:
            table.marks = ([], {})

    assert names() == [["修理水泵数量", "投诉次数"]]
    monkeypatch.setattr(Page, "read", by_height)
    assert names() == [["修理水泵数量", "投诉次数"]]


@pytest.mark.parametrize(
    "heads",
    [
        "单位名称\t项目名称\t项目金额\t绩效目标\t绩效指标\n"
        "\t\t合计\t其中财政拨款\t\t一级\t二级\t三级\t本年指标值",
        "单位名称\t项目名称\t项目金额\t\t绩效目标\t绩效指标\t\t\t\n"
        "合计\t其中财政拨款\t一级\t二级\t三级\t本年指标值",
        "单位名称\t项目名称\t项目金额\t其中财政拨款\t绩效目标\t绩效指标\n一级\t二级\t三级\t本年指标值",
    ],
)
def test_heads_over_two_rows_find_their_columns_where_merged_cells_left_no_blank(
    heads: str,
) -> None:
    rows = (
        "某县水务局\t河道清理\t40\t30\t清理河道8公里。\t产出指标\t数量指标\t清理河道长度\t≥8公里\n"
        "\t\t\t\t\t\t质量指标\t清理验收合格率\t=100%\n"
        "某县水务局\t水泵维修\t20\t20\t修理水泵3台。\t产出指标\t数量指标\t修理水泵数量\t≥3台"
    )
    projects = parse(Source(f"2025年度项目绩效目标公开表\n{heads}\n{rows}")).projects

    assert [(one.project_name.text, one.funding.total.text) for one in projects] == [
        ("河道清理", "40"),
        ("水泵维修", "20"),
    ]
    assert [i.target.text for one in projects for i in one.indicators] == [
        "≥8公里",
        "=100%",
        "≥3台",
    ]


def test_a_sign_before_a_value_marks_no_item_of_a_list() -> None:
    text = "产出指标，数量指标，修理水泵数量；年度指标值：>3台；质量指标，渗漏；年度指标值：— ；质量指标，返修；年度指标值：1."
    told = items(Cell(Span(Source(text), 0, len(text)), text))

    assert [one["target"].text for one in told] == [">3台", "—", "1."]


def test_a_dash_within_a_value_parts_none() -> None:
    text = "产出指标：时效指标：工期：3—5天；数量指标：修理水泵——9台；"
    told = items(Cell(Span(Source(text), 0, len(text)), text))

    assert [(one["name"].text, one["target"].text) for one in told] == [
        ("工期", "3—5天"),
        ("修理水泵", "9台"),
    ]
