"""Rows that came out of step with their text: where many have a value for a name, none of them is sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import labels, values
from ..roles import shape
from ..tables import Cell
from .table import Rows
from .torn.items import SIGNED

FEWEST = 2  # rows that cannot be
HEADS = frozenset({"name", "target"})
SHARE = 0.25  # of all rows that they are then


def swept(rows: Rows) -> None:
    """Make strays of all cells of a table whose rows are out of step."""
    roles = [column.role for column in rows.columns.columns]
    wrong = [_cannot_be(roles, row) for row in rows.cells]
    if sum(wrong) < FEWEST or sum(wrong) < SHARE * len(rows.cells):
        for number, row in enumerate(rows.cells):
            if wrong[number]:
                rows.strays.extend(row.values())
                rows.cells[number] = {}
        return
    seen = {cell.span.start for cell in rows.strays}
    for cell in _cells(rows):
        if cell.text and cell.span.start not in seen:
            seen.add(cell.span.start)
            rows.strays.append(cell)
    rows.cells, rows.marks1, rows.marks2 = [], [], {}


def _cells(rows: Rows) -> Iterator[Cell]:
    for row in rows.cells:
        yield from row.values()
    yield from (mark.cell for mark in rows.marks1)
    yield from (mark.cell for marks in rows.marks2.values() for mark in marks)


def _cannot_be(roles: Sequence[str], row: dict[int, Cell]) -> bool:
    """Whether a row has no name or a figure for one, a sign alone for a value, or holds what stands above a table."""
    names = [cell for at, cell in row.items() if roles[at] == "name" and cell.text]
    targets = [cell for at, cell in row.items() if roles[at].startswith("target")]
    figure = any(SIGNED.match(name.text) or values.number(name.text) is not None for name in names)
    amount = any(labels.meaning(name.text, "money") for name in names) and all(
        values.number(target.text) is not None for target in targets
    )
    signs = any(shape(target.text).mark for target in targets)
    return not names or figure or amount or signs or any(map(_has_head, (*names, *targets)))


def _has_head(cell: Cell) -> bool:
    """Whether one of the pieces of a cell is the head of a column."""
    return any(labels.meaning(span.text, "column") in HEADS for span in cell.spans)
