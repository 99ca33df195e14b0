"""A page to a grid: the lines of a table of many projects, their words where the page has them, to its rows of cells.

`heads` finds such a table, `edges` tells which column a word stands in, `heights` how far down, `bands` which lines
are one row, `cells` and `merged` which rows a cell reaches over. The rows then go the way of a table that kept its
cells; where too few are whole the lines stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby
from operator import attrgetter
from statistics import median

from ... import labels, lazy
from ...forms.columns import declared_columns
from ...forms.lines import begins_chapter, is_page_mark, is_title
from ...labels.joining import is_half
from ...light import dataclass
from ...tables import GRID, Cell, Row
from ...tables.widths import columns as columns_of
from .. import WIDE, stretches
from ..fragments import Gap, broken_joined, placed
from . import heads
from .bands import Band, Piece
from .edges import Text, in_columns
from .heads import Head, Line
from .heights import heights
from .rows import best, worth

LEAST = 0.8  # the share of whole rows from which on a page was read
LEAST_BELOW = 0.5  # where the table goes on from the page before
CROWDED = 0.2  # the share of lines with words of two columns in one, from which on the columns were not told
ABOVE = 2  # lines over the heads on which labels with their values stand beside each other
COLON = lazy.regex(r"[:：]")
ROW = 3  # words of a line that are cells of a row


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page: its heads, the number of the first line with them and of the one behind; 0 for none."""

    columns: Sequence[Head]
    start: int = 0
    end: int = 0

    @property
    def heads(self) -> list[str]:
        """What its heads say."""
        return [head.text for head in self.columns]

    def moved(self, lines: Sequence[Line]) -> Table:
        """The table on the next page, with its columns as far to the right as the words of its levels stand there."""
        words = [word for line in lines for word in line if _is_level(word.text)]
        own = [head for head in self.columns if labels.meaning(head.text, "column") == "level2"]
        if not (words and own):
            return Table(self.columns)
        off = round(median((word.start + word.end) / 2 for word in words) - own[0].middle)
        return Table([head.moved(head.start + off, head.end + off) for head in self.columns])

    def filled(self, texts: Sequence[Sequence[Text]]) -> Table:
        """The table with its columns where most of their texts stand, as they do on the next page."""
        own: list[list[Text]] = [[] for _ in self.columns]
        for text in (text for line in texts for text in line):
            own[text.column].append(text)
        heads = [
            head.moved(
                round(median(one.start for one in some)), round(median(one.end for one in some))
            )
            if some
            else head
            for head, some in zip(self.columns, own, strict=True)
        ]
        return replace(self, columns=heads)


def _is_level(text: str) -> bool:
    return bool(labels.meaning(text, "level2")) or is_half(text)


def read(rows: Sequence[Row], before: Table | None = None) -> tuple[list[Row], Table | None]:
    """The rows of a page, each table of projects as rows of cells, and the table that may go on over the next page.

    `before` is the one that may go on from the page before: without its heads, its columns stand where its words do.
    """
    for words in placed(rows):
        joined = sorted(broken_joined(words), key=attrgetter("line"))
        lines = [list(own) for _, own in groupby(joined, attrgetter("line"))]
        made = _made(lines, before, rows[0].table)
        if made.rows:
            return list(_replaced(rows, lines, made)), made.goes_on
    return list(rows), None


@dataclass(slots=True)
class Made:
    """The rows of the tables of a page by the number of the first line, and the numbers of all their lines."""

    rows: dict[int, list[Row]] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    goes_on: Table | None = None


def _made(lines: Sequence[Line], before: Table | None, number: int) -> Made:
    found = [Table(one.columns, one.start, one.end) for one in heads.find(lines)]
    if before is not None and not (found and found[0].start == 0):
        found.insert(0, before.moved(lines))
    behind = [*(table.start for table in found[1:]), len(lines)][: len(found)]
    made = Made()
    for table, until in zip(found, behind, strict=True):
        end = _end(lines, table, until)
        least = LEAST_BELOW if before is not None and table.heads == before.heads else LEAST
        cells, filled = _table(lines[table.end : end], table, number, least)
        made.goes_on = filled if cells and end == until == len(lines) else None
        if cells:
            made.rows[table.start] = cells
            made.lines.update(range(table.start, end))
    return made


def _replaced(rows: Sequence[Row], lines: Sequence[Line], made: Made) -> Iterator[Row]:
    """The rows of a page, those of its tables in the place of their lines."""
    above = {number for start in made.rows for number in range(start - ABOVE, start)}
    number_of = {line[0].cell.span.line: number for number, line in enumerate(lines)}
    for row in rows:
        number = number_of.get(row.cells[0].span.line, -1)
        if number in made.lines:
            yield from made.rows.get(number, ())
        elif number in above:
            yield from _pairs(row)
        else:
            yield row


def _pairs(row: Row) -> Iterator[Row]:
    """A line above a table, its labels with their values in rows of their own: 部门名称：…      单位：万元."""
    cell = row.cells[0]
    parts = stretches(cell, WIDE)
    if len(parts) > 1 and all(COLON.search(part.text) for part in parts):
        yield from (replace(row, cells=(part,)) for part in parts)
    else:
        yield row


def _end(lines: Sequence[Line], table: Table, until: int) -> int:
    """The line behind the last one of a table: a page mark or another chapter stands there, behind its last row."""
    last = table.end
    for at in range(table.end, until):
        if len(lines[at]) == 1 and is_title(lines[at][0].text):
            return at
        if sum(word.gap > Gap.NARROW for word in lines[at]) >= ROW:
            last = at + 1
    margin = table.columns[2].start
    for at in range(last, until):
        text = " ".join(word.text for word in lines[at])
        chapter = lines[at][0].start < margin and begins_chapter(text)
        if chapter or is_page_mark(text) or is_title(text):
            return at
    return until


def _table(
    lines: Sequence[Line], found: Table, table: int, least: float
) -> tuple[list[Row], Table]:
    """The rows of a table, below its heads where the page has them, none where they were not told; and where its
    columns stand."""
    declared = Row(tuple(head.cell(at) for at, head in enumerate(found.columns)), GRID, table)
    roles = [column.role for column in declared_columns(declared).columns]
    if not lines or len(roles) != len(found.columns):
        return [], found
    texts = in_columns(found.columns, lines, roles)
    if sum(any(text.crowded for text in line) for line in texts) > CROWDED * len(lines):
        return [], found
    rows = best(_pieces(lines, texts, len(roles)), roles)
    if worth(rows, roles) < least:
        return [], found
    below = [Row(_in_order(row), GRID, table) for row in rows]
    return [declared, *below] if found.end else below, found.filled(texts)


def _in_order(row: Band) -> tuple[Cell, ...]:
    return tuple(sorted(row.cells.values(), key=attrgetter("column")))


def _pieces(
    lines: Sequence[Line], texts: Sequence[Sequence[Text]], columns: int
) -> list[list[Piece]]:
    """The texts of each column from the top of the page to its foot."""
    numbers = [line[0].cell.span.line for line in lines]
    on = [
        [number for number, own in zip(numbers, texts, strict=True) for t in own if t.column == at]
        for at in range(columns)
    ]
    height = heights(numbers, on)
    found: list[list[Piece]] = [[] for _ in range(columns)]
    for number, own in zip(numbers, texts, strict=True):
        for text in own:
            cell = text.cell()
            width = columns_of("".join(cell.text.split()))
            found[text.column].append(Piece(height[number], cell, width))
    return found
