"""A page to a grid: the lines of a table, their words where the page has them, to its rows of cells.

`heads` finds a table, `pages` where each page has its columns, `edges` tells which one a word stands in, `heights` how
far down, `bands` which lines are one row, `cells`, `merged` and `levels` which rows a cell reaches over. The rows of a
table of many projects go the way of one that kept its cells; where too few are whole the lines stay as they are. `form`
reads the table of one form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from ... import deferred
from ...forms.columns import declared_columns
from ...forms.lines import begins_chapter, is_page_mark, is_title
from ...tables import GRID, Row
from .. import WIDE, stretches
from ..fragments import Fragment, Gap, broken_joined, placed
from . import heads
from .edges import are_crowded, in_columns
from .heads import Heads, Line
from .heights import pieces
from .limits import LIMITS
from .rows import best, worth

ABOVE = 2  # lines over the heads on which labels with their values stand beside each other
COLON = deferred.regex(r"[:：]")


def read(rows: Sequence[Row]) -> list[Row]:
    """The rows of a page, each table of projects as rows of cells."""
    for words in placed(rows):
        lines = lined(words)
        made = _made(lines, rows[0].table)
        if made:
            return list(_replaced(rows, lines, made))
    return list(rows)


def lined(words: Sequence[Fragment]) -> list[list[Fragment]]:
    """The lines of a page, with what was broken put together."""
    joined = sorted(broken_joined(words), key=attrgetter("line"))
    return [list(own) for _, own in groupby(joined, attrgetter("line"))]


def _made(lines: Sequence[Line], number: int) -> dict[int, list[Row]]:
    """What stands for each line of a table: its rows for the first one, nothing for the others."""
    found = list(heads.find(lines))
    behind = [*(table.start for table in found[1:]), len(lines)]
    made: dict[int, list[Row]] = {}
    for table, until in zip(found, behind, strict=False):
        end = _end(lines, table, until)
        if cells := _table(lines[table.end : end], table, number):
            made |= {at: [] for at in range(table.start, end)} | {table.start: cells}
    return made


def _replaced(
    rows: Sequence[Row], lines: Sequence[Line], made: Mapping[int, list[Row]]
) -> Iterator[Row]:
    """The rows of a page, those of its tables in the place of their lines."""
    above = {number for at in made for number in range(at - ABOVE, at)}
    number_of = {line[0].cell.span.line: number for number, line in enumerate(lines)}
    for row in rows:
        number = number_of.get(row.cells[0].span.line, -1)
        if number in made:
            yield from made[number]
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


def _end(lines: Sequence[Line], table: Heads, until: int) -> int:
    """The line behind the last one of a table: a page mark or another chapter stands there, behind its last row."""
    last = table.end
    for at in range(table.end, until):
        if sum(word.gap > Gap.NARROW for word in lines[at]) >= LIMITS.row:
            last = at + 1
    margin = table.columns[2].start
    for at in range(last, until):
        text = " ".join(word.text for word in lines[at])
        chapter = lines[at][0].start < margin and begins_chapter(text)
        if chapter or is_page_mark(text) or is_title(text):
            return at
    return until


def _table(lines: Sequence[Line], found: Heads, table: int) -> list[Row]:
    """The rows of a table below its heads, none where they were not told."""
    declared = Row(tuple(head.cell(at) for at, head in enumerate(found.columns)), GRID, table)
    roles = [column.role for column in declared_columns(declared).columns]
    if not lines or len(roles) != len(found.columns):
        return []
    texts = in_columns(found.columns, lines, roles)
    if are_crowded(texts):
        return []
    rows = best(pieces(lines, texts, len(roles)), roles)
    if worth(rows, roles) < LIMITS.whole:
        return []
    ordered = (sorted(row.cells.values(), key=attrgetter("column")) for row in rows)
    return [declared, *(Row(tuple(row), GRID, table) for row in ordered)]
