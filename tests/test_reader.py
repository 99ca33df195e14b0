"""What holds for every text that is read: nothing raises, nothing is lost, every reading says what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jxmb
from jxmb import labels, tables
from jxmb.forms import split
from jxmb.model import Project, Reading
from jxmb.reader.page import Page
from jxmb.source import Source, Span
from jxmb.tables import Cell

from .work import projects

SAMPLES = Path(__file__).parents[1] / "samples" / "forms-2022.txt"
TEXT = SAMPLES.read_text(encoding="utf-8")
LINES = TEXT.split("\n")
# One form of each kind of trouble: a plain one, slid rows, a ghost column, a lost label, markup.
STARTS = [2, 55, 117, 156, 224]
WORDS = "项目名称 主管部门 产出指标 数量指标 效益指标 三级指标 指标值 年度目标 ≥3台 100% 名称 5万元 绩效目标表 2022年"
BETWEEN = (
    "\t",
    "\t",
    "\n",
    "\n",
    " ",
    "  ",
    "|",
    "：",
    "<td>",
    "</tr>",
    "\r\n",
    "\f",
    "“",
    ",",
    "\\",
    "\ufffd",
)
PIECES = st.sampled_from((*WORDS.split(), *BETWEEN))


def readings(project: Project) -> Iterator[Reading[object]]:
    """Every reading of a record."""
    yield from (project.title, project.year)
    yield from (value.reading for value in project.values())
    for one in project.indicators:
        yield from (
            one.level1,
            one.level2,
            one.printed1,
            one.weight,
            one.actual,
            one.score,
            one.reason,
        )
    for row in project.funding.rows:
        yield row.label


def says(reading: Reading[object]) -> str:
    return "".join(span.text for span in reading.spans)


def cells_of(page: Page) -> Iterator[Cell]:
    """Every cell that a page has put somewhere."""
    yield from page.strays
    for entry in page.header.entries:
        yield entry.cell
        yield from entry.values
        yield from entry.columns.values()
    for table in page.tables:
        yield from (column.label for column in table.columns.columns if column.label is not None)
        for line in table.lines:
            yield from line.cells.values()
        for label, values in table.notes:
            yield label
            yield from values


def is_head(cell: Cell) -> bool:
    """A header row printed again says nothing new: it is a repair, and its cells are labels."""
    return labels.meaning(cell.text, "column", "margin") is not None


def lost(text: str) -> list[str]:
    """The cells of a text that are in no form's header, table, title or strays."""
    found: list[str] = []
    for form in split.split(tables.read(Source(text))):
        if isinstance(form, Span):
            continue
        page = Page(form, Source(text))
        rows = list(form.rows)
        page.read()
        placed = {(cell.span.start, cell.span.end) for cell in cells_of(page)}
        placed |= {(one.span.start, one.span.end) for one in (form.title, form.year) if one}
        starts = [start for start, _ in placed]
        for row in rows:
            for cell in row.cells:
                inside = any(cell.span.start <= start < cell.span.end for start in starts)
                if cell.text and not inside and cell.text not in page.units and not is_head(cell):
                    found.append(cell.text)
    return found


def test_no_cell_of_the_samples_is_lost():
    assert lost(TEXT) == []


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_is_lost_where_a_line_is_gone_doubled_or_cut(start: int):
    form = LINES[start : start + 24]
    for at in range(len(form)):
        for changed in ([], [form[at], form[at]], [form[at][: len(form[at]) // 2]]):
            assert lost("\n".join([*form[:at], *changed, *form[at + 1 :]])) == []


@pytest.mark.parametrize("start", STARTS)
def test_every_reading_says_what_stands_there(start: int):
    form = LINES[start : start + 24]
    for at in range(len(form)):
        text = "\n".join([*form[:at], form[at].replace("\t", "    "), *form[at + 1 :]])
        for project in projects(text):
            for reading in readings(project):
                words = "".join(says(reading).split())
                assert "".join(reading.text.split()) in words or reading.value == reading.text


def test_appended_junk_adds_no_form():
    assert len(projects(TEXT + "\n第1页 共9页\n打印 关闭\n版权所有 某网站\n")) == 17


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_nothing_raises_and_places_are_inside(text: str):
    for project in projects(text):
        for reading in readings(project):
            assert all(0 <= span.start <= span.end <= len(text) for span in reading.spans)
            assert reading.missing or reading.spans


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str):
    projects(text)
    projects(
        "项目支出绩效目标表\n项目名称\t" + text + "\n一级指标\t二级指标\t三级指标\t指标值\n" + text
    )


HEAD = "项目支出绩效目标表\n（2024年度）\n项目名称\t\t河道清淤\t\t\n主管部门\t\t水务局\t\t\n"
COLUMNS = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"


def _rows(text: str) -> list[tuple[str | None, str | None, str, str]]:
    (project,) = jxmb.parse(text).projects
    return [
        (one.level1.value, one.level2.value, one.name.text, one.target.text)
        for one in project.indicators
    ]


def test_a_row_that_fell_out_of_its_table_with_its_label_is_read() -> None:
    text = (
        HEAD
        + COLUMNS
        + "\t产出指标\t数量指标\t清淤长度\t≥12公里\n\n质量指 断面达标率 ≥95%\n标\n"
        + "\t\t淤泥外运率\t100%\t\n\t时效指标\t完工时间\t10月底前\t\n"
    )
    assert _rows(text)[1:3] == [
        ("产出指标", "质量指标", "断面达标率", "≥95%"),
        ("产出指标", "质量指标", "淤泥外运率", "100%"),
    ]


def test_a_name_above_and_below_the_line_of_its_target_is_whole() -> None:
    text = (
        HEAD
        + COLUMNS
        + "\t产出指标\t数量指标\t清淤长度\t≥12公里\n\n沿河村庄环境卫生\n≥30个\n改善数\n"
        + "\t\t\t外运淤泥\t≥5万方\n"
    )
    assert _rows(text)[1] == ("产出指标", "数量指标", "沿河村庄环境卫生改善数", "≥30个")


def test_the_head_of_a_satisfaction_label_is_a_name_of_its_own() -> None:
    text = HEAD + COLUMNS + "\t效益指标\t社会效益指标\t受益群众\t≥2万人\n"
    assert _rows(text) == [("效益指标", "社会效益指标", "受益群众", "≥2万人")]


TWO_GOALS = (
    "项目支出绩效目标表\n（2024年度）\n项目名称\t河道清淤\n主管部门\t水务局\n"
    "总体目标\t中期目标\t年度目标\n总体目标\t三年清淤40公里。\t当年清淤12公里。\n"
)


def test_equal_neighbours_printed_once_are_read_for_both_terms() -> None:
    text = (
        TWO_GOALS
        + "绩效指标\t一级指标\t二级指标\t三级指标\t中期指标值\t年度指标值\n"
        + "绩效指标\t产出指标\t数量指标\t清淤长度\t≥40公里\t≥12公里\n"
        + "绩效指标\t产出指标\t质量指标\t断面达标率\t≥95%\n"
    )
    (project,) = jxmb.parse(text).projects
    last = project.annual[-1]
    assert (last.target.text, last.inferred) == ("≥95%", ("target",))


def test_a_blank_target_is_not_taken_for_an_equal_one() -> None:
    text = (
        TWO_GOALS
        + "绩效指标\t一级指标\t二级指标\t三级指标\t中期指标值\t年度指标值\n"
        + "\t产出指标\t数量指标\t清淤长度\t≥40公里\t≥12公里\n\t\t质量指标\t断面达标率\t≥95%\n"
    )
    (project,) = jxmb.parse(text).projects
    assert project.annual[-1].target.text == ""


def test_two_sets_of_targets_under_heads_printed_once() -> None:
    text = (
        TWO_GOALS
        + "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"
        + "绩效指标\t产出指标\t数量指标\t清淤长度\t≥40公里\t≥12公里\n"
        + "绩效指标\t产出指标\t质量指标\t断面达标率\t≥95%\n"
        + "绩效指标\t产出指标\t时效指标\t中期完工率\t100%\t年度完工率\n"
        + "绩效指标\t效益指标\t社会效益指标\t防洪能力\t明显提高\t有所提高\n"
    )
    (project,) = jxmb.parse(text).projects
    found = [(one.scope, one.name.text, one.target.text) for one in project.indicators]
    assert sorted(found) == [
        ("annual", "年度完工率", "100%"),
        ("annual", "断面达标率", "≥95%"),
        ("annual", "清淤长度", "≥12公里"),
        ("annual", "防洪能力", "有所提高"),
        ("midterm", "中期完工率", "100%"),
        ("midterm", "断面达标率", "≥95%"),
        ("midterm", "清淤长度", "≥40公里"),
        ("midterm", "防洪能力", "明显提高"),
    ]


def test_what_a_sheet_filled_from_above_is_not_taken_for_the_form() -> None:
    text = (
        "项目支出绩效目标表\n（2024年度）\n项目名称\t河道清淤\t河道清淤\t河道清淤\t河道清淤\n"
        "起止时间\t\t2024年\t主管部门\t水务局\n总体目标\t中期目标\t2024年\t年度目标\t水务局\n"
        "总体目标\t三年清淤40公里\t2024年\t当年清淤12公里\t水务局\n"
        "一级指标\t二级指标\t三级指标\t指标值\t度量单位\n产出指标\t数量指标\t清淤长度\t12\t公里\n"
        "产出指标\t时效指标\t完工时间\t10月底前\t公里\n"
    )
    (project,) = jxmb.parse(text).projects
    assert {goal.scope: goal.text.text for goal in project.goals}["annual"] == "当年清淤12公里"
    assert [one.target.text for one in project.indicators] == ["12公里", "10月底前"]
    assert project.indicators[1].extra["度量单位"].text == "公里"


def test_the_goal_of_the_middle_term_is_not_that_of_a_blank_year() -> None:
    text = (
        "项目支出绩效目标表\n（2024年度）\n项目名称\t\t河道清淤\t\t\n主管部门\t\t水务局\t\t\n"
        "总体目标\t\t中期目标\t\t年度目标\n\t\t三年清淤40公里\t\t\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t清淤长度\t≥12公里\n"
    )
    (project,) = jxmb.parse(text).projects
    goals = {goal.scope: goal.text.text for goal in project.goals}
    assert goals["midterm"] == "三年清淤40公里" and not goals.get("annual")


@pytest.mark.parametrize(
    ("caption", "year", "implementer", "period"),
    [
        ("（2024年度）\t\t\t单位：万元", 2024, "", ""),
        ("填报单位：甲站\t2024年\t\t单位：万元", 2024, "甲站", ""),
        ("项目起止时间\t2024年\t\t单位：万元", None, "", "2024年"),
    ],
)
def test_a_year_and_a_unit_in_one_line_are_no_value(
    caption: str, year: int | None, implementer: str, period: str
) -> None:
    lines = ("项目支出绩效目标表", caption, "项目名称\t改造步道", "年度资金总额\t300")
    rows = ("一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t改造步道\t≥2公里")
    (form,) = jxmb.parse("\n".join((*lines, *rows))).projects
    assert (form.year.value, form.implementer.text, form.period.text) == (year, implementer, period)
