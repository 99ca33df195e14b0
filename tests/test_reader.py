"""What holds for every text that is read: nothing raises, nothing is lost, every reading says what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jxmb import forms, labels, reader, tables
from jxmb.model import Project, Reading
from jxmb.page import Page
from jxmb.source import Source, Span
from jxmb.tables import Cell

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


def projects(text: str) -> list[Project]:
    return [one for one in reader.read(Source(text)) if isinstance(one, Project)]


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
    for form in forms.gather(tables.read(Source(text))):
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


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_nothing_raises_and_places_are_inside(text: str):
    for project in projects(text):
        for reading in readings(project):
            assert all(0 <= span.start <= span.end <= len(text) for span in reading.spans)
            assert reading.missing or reading.spans


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str):
    projects(text)
    projects(
        "项目支出绩效目标表\n项目名称\t" + text + "\n一级指标\t二级指标\t三级指标\t指标值\n" + text
    )
