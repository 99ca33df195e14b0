"""A form written as an outline: no table, but a line for each field and each indicator, the words of levels above them.

    项目名称：水库除险加固
    产出指标
      数量指标
        加固水库：≥3座

What stands behind the first word of a level is read as sentences are (`prose`); here it is told that it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from .. import labels
from ..forms.alignment import Placed
from ..forms.columns import Column, Columns
from ..forms.lines import heads_table
from ..source import Span
from ..structure import WIDE_BLANKS
from ..tables import Cell, Row
from . import prose
from .limits import LIMITS
from .table import Table

WORD = "指标"  # each word of a level has it
WHOLE = frozenset({"level1", "name", "target"})
APART = frozenset({"pipes", "html"})  # dialects whose cells are none of one text
MOST = 2  # cells of a row: a label and its value; tables have more


def body(rows: Sequence[Row]) -> tuple[range, Cell] | None:
    """The numbers of the rows that tell the indicators, and all of them as one text; None where no outline is.

    No row has heads of columns, each from there on is the word of a level or tells an indicator with its value.
    """
    start = next((at for at, row in enumerate(rows) if _opens(row)), None)
    if start is None or any(map(_has_heads, rows[:start])):
        return None
    told = len(list(takewhile(lambda row: prose.tells(_text(row)), rows[start:])))
    own = rows[start : start + told]
    if not own or any(map(_opens, rows[start + told :])):
        return None
    cell = _joined([cell for row in own for cell in _cells(row)])
    items = prose.items(cell)
    whole = sum(item.keys() >= WHOLE and "\n" not in item["name"].text for item in items)
    return (range(start, start + told), cell) if len(items) == whole >= LIMITS.several else None


def _has_heads(row: Row) -> bool:
    """Whether a row has heads of columns, in cells or as words on a line."""
    words = (
        [word for cell in row.filled for word in cell.text.split()]
        if len(row.filled) <= MOST
        else []
    )
    return heads_table(row) or sum(labels.meaning(word, "column") is not None for word in words) > 1


def _opens(row: Row) -> bool:
    """Whether a row begins with the word of a level and is no row of a printed table."""
    if len(row.cells) > MOST or not any(WORD in cell.text for cell in row.cells):
        return False
    return prose.opens(_text(row))


def _text(row: Row) -> str:
    """The text of a row without the label of the block before it; empty for a row of a table."""
    cells = _cells(row)
    parted = len(cells) > 1 and row.dialect in APART
    if not 0 < len(cells) <= MOST or parted or any(cell.rest for cell in cells):
        return ""
    text = _joined(cells).text
    return "" if WIDE_BLANKS.search(text) else text


def _cells(row: Row) -> Sequence[Cell]:
    cells = row.filled
    return cells[1:] if cells and labels.meaning(cells[0].text, "margin") else cells


def _joined(cells: Sequence[Cell]) -> Cell:
    """The text from the first of these cells to the last one."""
    first, last = cells[0].span, cells[-1].span
    span = Span(first.source, first.start, last.end)
    marked = "</" in span.text  # a page: its marks are no text
    return Cell(span, "\n".join([cell.text for cell in cells]) if marked else span.text)


def table(cell: Cell) -> Table:
    """The table that a text tells: a row for each indicator."""
    columns = Columns(
        tuple(Column(role, at, at + 1, "") for at, role in enumerate(prose.ROLES)), len(prose.ROLES)
    )
    made = Table(columns)
    for item in prose.items(cell):
        own = {prose.ROLES.index(role): part for role, part in item.items()}
        made.lines.append(Placed(own, (), slid=False, score=0.0))
        made.rows.append(Row(tuple(item.values()), "line"))
    return made
