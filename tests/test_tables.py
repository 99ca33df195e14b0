"""Dialects: every page in tests/tables shows texts and the rows they give, and the invariants of all rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.tables.writing import WRITTEN, Grid

from jxmb import tables
from jxmb.source import Source
from jxmb.source.widths import width
from jxmb.tables import Cell
from jxmb.tables.csv import THOUSANDS
from jxmb.tables.markup import glued, readable

PAGES = Path(__file__).parent / "tables"
CASE = re.compile(
    r"^## (?P<title>.+?)\n\n```text\n(?P<text>.*?)^```\n(?:\n```rows\n(?P<rows>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    page: str
    title: str
    text: str
    rows: str


def cases() -> Iterator[Case]:
    for page in sorted(PAGES.glob("*.md")):
        for match in CASE.finditer(page.read_text("utf-8")):
            yield Case(page.stem, match["title"], match["text"], match["rows"] or "")


CASES = list(cases())


def dump(text: str) -> str:
    """Rows as the pages show them: dialect, number of the table, cells with column, width and pieces."""
    return "".join(
        f"{row.dialect} {row.table}: {' | '.join(map(shown, row.cells))}\n"
        for row in tables.read(Source(text))
    )


def shown(cell: Cell) -> str:
    place = f"{cell.column}+{cell.width}" if cell.width > 1 else str(cell.column)
    pieces = [span.text for span in cell.spans]
    raw = (
        "" if pieces == [cell.text] or cell.carried else "".join(f" «{piece}»" for piece in pieces)
    )
    return f"{'^' * cell.carried}[{place}] {cell.text}{raw.replace(chr(10), '⏎') if any(pieces) else ''}".rstrip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page}: {case.title}")
def test_pages(case: Case, update: bool) -> None:
    found = dump(case.text)
    if update:
        rewrite(case, found)
    else:
        assert found == case.rows


def rewrite(case: Case, rows: str) -> None:
    page = PAGES / f"{case.page}.md"

    def replaced(match: re.Match[str]) -> str:
        if match["title"] != case.title:
            return match[0]
        return f"## {case.title}\n\n```text\n{case.text}```\n\n```rows\n{rows}```\n"

    page.write_text(CASE.sub(replaced, page.read_text("utf-8")), "utf-8")


def test_every_dialect_has_a_page() -> None:
    """All but the cells that a document declares: no text has them."""
    names = {tables.dialect(name).NAME for name in tables.DIALECTS if name != "given"}
    assert {case.page for case in CASES} == names


def test_no_dialect_is_asked_in_vain() -> None:
    """A dialect that claims a line of a text is one whose mark the text holds."""
    for case in CASES:
        source = Source(case.text)
        for name, possible in tables.DIALECTS.items():
            lines = tables.Lines(source)
            while lines.peek() is not None:
                assert possible(lines) or not tables.dialect(name).claims(lines), (case.page, name)
                lines.take()


# What always holds


def uncovered(gap: str) -> str:
    """What is left of text between cells when the declared delimiters are taken away."""
    while gap:
        ends = [
            match.end()
            for dialect in map(tables.dialect, tables.DIALECTS)
            if (match := dialect.DELIMITERS.match(gap))
        ]
        if not any(ends):
            return gap
        gap = gap[max(ends) :]
    return ""


def assert_sound(text: str) -> None:
    """Rows in order, places inside the text, and every visible character in a cell or a delimiter."""
    rows = list(tables.read(Source(text)))
    assert all(above.table <= below.table for above, below in pairwise(rows))
    own = [(row, cell) for row in rows for cell in row.cells if not cell.carried]
    starts = [cell.span.start for row, cell in own if row.dialect not in ("box", "records")]
    assert starts == sorted(starts)
    assert all(above.column < below.column for row in rows for above, below in pairwise(row.cells))
    spans = sorted((span.start, span.end) for _, cell in own for span in cell.spans)
    at, quote = 0, tables.Lines(Source(text)).quote.rstrip()
    for start, end in [*spans, (len(text), len(text))]:
        assert at <= start <= end <= len(text)
        gap = re.sub(rf"(?<![^\r\n]){quote}[ ]?", "", text[at:start]) if quote else text[at:start]
        assert not uncovered(gap)
        at = end


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page}: {case.title}")
def test_pages_are_sound(case: Case) -> None:
    assert_sound(case.text)


MARKS = """| || ｜ │ ┌──┬──┐ ├──┼──┤ └──┘ +--+--+ +==+ - --- : :-- , ; " "" \\ \\| & &nbsp; &lt < > = <= ' {| |- |+ |} ! !!
    <table> </table> <tr> </tr> <td> <td\trowspan=3> <td\tcolspan="2"> </td> <th> <p> </p> <br> <b> </b> <script> </script>
    <!-- --> <html> </html> <title> <x> <o:p> nan Unnamed:\t1 Col2 项目 （万元） 年度 ≥3台 1,154.68 a b7 ]{ [甲]{c=d}"""
PIECES = st.sampled_from(re.split(r"[ \n]+", MARKS))
BLANKS = st.sampled_from(
    ["", "", " ", "\n", "\n", "\t", "\t", "\r\n", "\r", "\n\n", "\u3000", "\f"]
)


@settings(max_examples=400)
@given(st.lists(st.tuples(PIECES, BLANKS), max_size=40))
def test_any_text_is_read_without_loss(pieces: list[tuple[str, str]]) -> None:
    assert_sound("".join(piece + blank for piece, blank in pieces))


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_characters_are_read_without_loss(text: str) -> None:
    assert_sound(text)


# Tables written in every dialect are read back


CELL = st.text("项目更换灯具年≥≤%（）：、0123456789.ab ", max_size=8).map(
    lambda text: " ".join(text.split())
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Tables of three columns or more in which no row is empty."""
    size = draw(st.integers(3, 6))
    row = st.lists(CELL, min_size=size, max_size=size).filter(lambda row: any(row))
    return draw(st.lists(row, min_size=3, max_size=8))


@settings(max_examples=60)
@given(grids())
@pytest.mark.parametrize("dialect", WRITTEN)
def test_a_written_table_is_read_back(dialect: str, grid: Grid) -> None:
    if dialect == "bars":
        grid = [[cell or "无" for cell in row] for row in grid]
    text = WRITTEN[dialect](grid)
    assume(dialect != "csv" or not THOUSANDS.search(text))  # 0,000 is one figure
    rows = list(tables.read(Source(text)))
    assert [[cell.text for cell in row.cells] for row in rows] == grid
    assert [[cell.column for cell in row.cells] for row in rows] == [
        list(range(len(grid[0])))
    ] * len(grid)
    assert {row.table for row in rows} == {1}
    assert all(cell.span.text == cell.text for row in rows for cell in row.cells)


@settings(max_examples=60)
@given(grids(), st.data())
@pytest.mark.parametrize("dialect", WRITTEN)
def test_a_damaged_table_is_read_without_loss(
    dialect: str, grid: Grid, data: st.DataObject
) -> None:
    lines = WRITTEN[dialect](grid).splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(0, len(lines[at])))
    damaged = {
        "deleted": [*lines[:at], *lines[at + 1 :]],
        "doubled": [*lines[: at + 1], *lines[at:]],
        "cut": [*lines[:at], lines[at][:cut], *lines[at + 1 :]],
        "beheaded": [*lines[:at], lines[at][cut:], *lines[at + 1 :]],
        "blanks": [line.replace("\t", " ") for line in lines],
        "inserted": [
            *lines[:at],
            lines[at][:cut] + data.draw(PIECES) + lines[at][cut:],
            *lines[at + 1 :],
        ],
    }
    assert_sound("\n".join(damaged[data.draw(st.sampled_from(sorted(damaged)))]))


@settings(max_examples=60)
@given(grids(), st.sampled_from(["tabs", "csv"]))
def test_cells_in_quotes_keep_their_line_breaks(grid: Grid, dialect: str) -> None:
    for row in grid:
        row[1] = '项"目\n（万元）'
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if dialect == "tabs" else ",").writerows(grid)
    rows = list(tables.read(Source(out.getvalue())))
    assert [row.cells[1].text for row in rows] == ['项"目（万元）'] * len(grid)
    assert {tuple(span.text for span in row.cells[1].spans) for row in rows} == {
        ('项""目', "（万元）")
    }


@settings(max_examples=60)
@given(
    st.lists(st.text("项目更换灯具，", min_size=1, max_size=30), min_size=2, max_size=4),
    st.integers(1, 5),
)
def test_slices_of_a_grid_are_joined(cells: list[str], size: int) -> None:
    slices = [[cell[at : at + size] for at in range(0, len(cell), size)] for cell in cells]
    rule = "+" + "+".join("-" * (2 * size + 2) for _ in cells) + "+"
    lines = [
        "|"
        + "|".join(
            f" {part}{'  ' * (size - len(part))} "
            for part in ((column[at] if at < len(column) else "") for column in slices)
        )
        + "|"
        for at in range(max(map(len, slices)))
    ]
    band = [*lines, rule]
    rows = list(tables.read(Source("\n".join([rule, *band, *band, *band]))))
    assert [[cell.text for cell in row.cells] for row in rows] == [cells] * 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_change_nothing(end: str) -> None:
    text = '标题\n甲\t"乙\n丙"\n\n| 丁 | 戊 |\n<table><tr><td>己\n庚</td></tr></table>\n'
    rows = list(tables.read(Source(text.replace("\n", end))))
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["标题"],
        ["甲", "乙丙"],
        ["丁", "戊"],
        ["己庚"],
    ]


def test_form_feeds_and_unicode_separators_end_no_line() -> None:
    rows = list(tables.read(Source("甲\f乙\u2028丙\t丁\x0b戊")))
    assert [[cell.text for cell in row.cells] for row in rows] == [["甲\f乙\u2028丙", "丁戊"]]


def test_forged_spans_cost_no_more_than_their_text() -> None:
    text = (
        '<table><tr><td rowspan="1000000000" colspan="1000000000">甲</td></tr>'
        + "<tr><td>乙</td></tr>" * 50
    )
    rows = list(tables.read(Source(text)))
    assert len(rows) == 51
    assert max(cell.column + cell.width for row in rows for cell in row.cells) <= 1001


# Small things


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        (["项目资金", "（万元）"], "项目资金（万元）"),
        (["energy", "saving"], "energy saving"),
        (["Total,", "net"], "Total, net"),
        (["≥", "95%"], "≥95%"),
        (["2023年12", "月"], "2023年12月"),
        (["≤0.5", "万亩"], "≤0.5万亩"),
        ([" ", "甲 ", ""], "甲"),
    ],
)
def test_glued(pieces: list[str], whole: str) -> None:
    assert glued(pieces) == whole


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a<b 且 c>d", "a<b 且 c>d"),
        ("<=2800元 且 >1000元", "<=2800元 且 >1000元"),
        ("<p class='a>b'>甲</p>", "甲"),
        ("R&D 投入&amp;产出", "R&D 投入&产出"),
        ("甲&#99999999999999999999;乙", "甲&#99999999999999999999;乙"),
        ('[甲]{.mark} [乙]{lang="z"}', "[甲]{.mark} 乙"),
    ],
)
def test_readable(text: str, read: str) -> None:
    assert readable(text) == read


def test_width() -> None:
    assert [width(character) for character in "a项，≥─\u0301\u200b"] == [1, 2, 2, 1, 1, 0, 0]


def test_a_line_that_is_claimed_and_not_taken_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzz found a text of lists with bars over which reading never came to an end."""
    monkeypatch.setattr("jxmb.tables.pipes.claims", lambda lines: True)
    monkeypatch.setattr("jxmb.tables.pipes.rows", lambda lines, table: iter(()))
    found = list(tables.read(Source("甲 | 乙\n丙丁\n")))
    assert ["".join(cell.text for cell in row.cells) for row in found] == ["甲 | 乙", "丙丁"]
