"""An indicator table that lies on its side: its heads stand below each other, each indicator in a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from .. import labels
from ..tables import Cell, Row
from . import LIMITS

VALUE = "值"  # what the head of the targets ends in
WHOLE = frozenset({"name", "target"})  # without which no rows are such a table


def turned(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of a table that lies on its side set upright."""
    if not any([row.filled and row.filled[0].text.endswith(VALUE) for row in rows]):
        return list(rows)
    found: list[Row] = []
    for heads, run in groupby(rows, lambda row: _head(row) is not None):
        lying = list(run)
        roles = [_head(row) for row in lying]
        wide = {row.width for row in lying if row.cells}
        # Where merged cells lost their width nothing says which columns they cover.
        if heads and len(wide) == 1 and len(set(roles)) == len(roles) and WHOLE.issubset(roles):
            lying = list(_upright(lying))
        found.extend(lying)
    return found


def _head(row: Row) -> str | None:
    """What all cells of a row are by the head before them; None for a row with other heads, or none."""
    head, *cells = row.filled or (None,)
    if head is None or len(cells) < LIMITS.some or row.dialect == "line":
        return None
    role = labels.meaning(head.text, "column")
    if role is None or any(labels.meaning(cell.text, "column") for cell in cells):
        return None
    return role


def _upright(rows: Sequence[Row]) -> Iterator[Row]:
    """The row of heads, and one for each column behind them."""
    yield Row(
        tuple([replace(row.filled[0], column=at, width=1) for at, row in enumerate(rows)]),
        rows[0].dialect,
        rows[0].table,
    )
    columns = {cell.column for row in rows for cell in row.filled[1:]}
    for column in sorted(columns):
        cells = [
            replace(cell, column=at, width=1)
            for at, row in enumerate(rows)
            if (cell := _at(row, column)) is not None
        ]
        yield Row(tuple(cells), rows[0].dialect, rows[0].table)


def _at(row: Row, column: int) -> Cell | None:
    return next((cell for cell in row.filled[1:] if cell.column == column), None)
