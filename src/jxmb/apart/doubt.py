"""Rows that came out of step with their text: where many have a value for a name, none of them is sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import labels, values
from ..roles import shape
from ..tables import Cell
from .table import Rows
from .torn.items import SIGNED

FEWEST = 2  # rows that cannot be
SHARE = 0.25  # of all rows that they are then


def swept(rows: Rows) -> None:
    """Make strays of all cells of a table whose rows are out of step."""
    roles = [column.role for column in rows.columns.columns]
    wrong = sum(_cannot_be(roles, row) for row in rows.cells)
    if wrong < FEWEST or wrong < SHARE * len(rows.cells):
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
    """Whether a row has no name, or a figure or a column's head for one, or a sign alone for a value."""
    names = [cell.text for at, cell in row.items() if roles[at] == "name" and cell.text]
    targets = [cell.text for at, cell in row.items() if roles[at].startswith("target")]
    odd = any(
        SIGNED.match(name)
        or values.number(name) is not None
        or labels.meaning(name, "column") in ("name", "target")
        for name in names
    )
    return odd or not names or any(shape(target).mark for target in targets)
