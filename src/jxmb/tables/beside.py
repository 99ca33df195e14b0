"""Tables in which the indicators stand beside the fields, on the same rows: they are two tables, the fields first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .. import labels
from ..labels import LEVELS, money
from .cells import Row, seen

NAMED = ("name", "target")


def apart(rows: Iterable[Row], most: int) -> Iterator[Row]:
    """The rows of tables; where indicators stand beside fields, those of the fields, then those of the indicators.

    At most so many rows are held at once.
    """
    held: list[Row] = []
    column = 0
    for row in rows:
        head = _head(row)
        if held and (head or len(held) == most or _goes_over(row, column, held[0].table)):
            yield from _parted(held, column)
            held = []
        if head or held:
            column = head or column
            held.append(row)
        else:
            yield row
    yield from _parted(held, column)


def _head(row: Row) -> int:
    """The column at which the heads of indicators begin behind a field and its value; 0 where they do not."""
    cells = row.cells
    if len(row.filled) < len(LEVELS) + len(NAMED) or not labels.meaning(cells[0].text, "field"):
        return 0
    heads = [labels.meaning(one.text, "column") for one in cells]
    at = next((at for at, head in enumerate(heads) if head in LEVELS), 0)
    if not any(head in NAMED for head in heads[at:]):
        return 0
    while at > 1 and labels.find(cells[at - 1].text):
        at -= 1
    return cells[at].column if at > 1 else 0


def _goes_over(row: Row, column: int, table: int) -> bool:
    """Whether a row is of another table, or stands on both sides of a column; not a field whose value reaches there."""
    if row.table != table:
        return True
    crossing = any(one.column < column < one.column + one.width for one in row.cells)
    return crossing and not (len(row.filled) > 1 and row.cells[-1].column < column)


def _parted(rows: Sequence[Row], column: int) -> Iterator[Row]:
    """Rows as they are, or where those below the first begin with labels, as those of many projects do not, in two parts."""
    firsts = [row.cells[0] for row in rows[1:]]
    said = [one.text for one in firsts if one.column < column and one.text and not one.carried]
    known = sum(bool(labels.find(text) or money.find(text)) for text in said)
    if known * 2 <= len(said):
        yield from rows
        return
    for left in (True, False):
        for row in rows:
            cells = tuple(one for one in row.cells if (one.column < column) is left)
            if seen(cells):
                yield Row(cells, row.dialect, row.table)
