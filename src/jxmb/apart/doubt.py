"""Rows that came out of step with their text: one that cannot be is none, and where many are, none is sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import labels, values
from ..forms.shapes import shape
from ..tables import Cell
from .table import Rows
from .torn.items import SIGNED

FEWEST = 2  # rows that cannot be, from which on none is sure
SHARE = 0.25  # of all rows that they are then
HEADS = frozenset({"name", "target"})


def swept(rows: Rows) -> None:
    """Make strays of the rows that are none, or of all where many cannot be."""
    roles = [column.role for column in rows.columns.columns]
    wrong = sum(_cannot_be(roles, row) for row in rows.cells)
    if wrong < FEWEST or wrong < SHARE * len(rows.cells):
        for number, row in enumerate(rows.cells):
            if _is_none(roles, row):
                rows.strays.extend(row.values())
                rows.cells[number] = {}  # stays: level labels stand at the height of the rows
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
    """Whether a row is none, or half of one: a value without a name, or a sign alone for a value."""
    signs = any(shape(target.text).mark for target in _named(roles, row, "target"))
    return signs or not _named(roles, row, "name") or _is_none(roles, row)


def _is_none(roles: Sequence[str], row: dict[int, Cell]) -> bool:
    """Whether a row holds what stands above a table, a figure for a name, or words without one.

    A value with its sign and no name is a mistake that a form has (JX221), and so is a sign alone (JX222).
    """
    names, targets = _named(roles, row, "name"), _named(roles, row, "target")
    if not names:
        return not any(SIGNED.match(target.text) for target in targets)
    figure = any(SIGNED.match(name.text) or values.number(name.text) is not None for name in names)
    amount = any(labels.meaning(name.text, "money") for name in names) and all(
        values.number(target.text) is not None for target in targets
    )
    return figure or amount or any(map(_has_head, (*names, *targets)))


def _named(roles: Sequence[str], row: dict[int, Cell], role: str) -> list[Cell]:
    """The cells of a row in the columns of a role, `target_midterm` among the targets."""
    return [cell for at, cell in row.items() if roles[at].startswith(role) and cell.text]


def _has_head(cell: Cell) -> bool:
    """Whether one of the pieces of a cell is the head of a column."""
    return any(labels.meaning(span.text, "column") in HEADS for span in cell.spans)
