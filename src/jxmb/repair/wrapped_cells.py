"""Tables between bars as a page prints them: wrapped cells over several rows, and all rows on one line.

A printed cell that does not fit goes on in the next row, with the other cells blank: its line is full up to
the bar. A table that lost its frame stands on one line, an empty cell between its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .. import labels
from ..forms.lines import column_names
from ..source.widths import columns
from ..tables import Cell, Row
from ..tables.cells import extended
from ..values import seams
from . import LIMITS, Repaired

BAR = "|"
HEADS = 2  # column labels in the first of them


def repaired(rows: Sequence[Row]) -> Repaired:
    """The rows with each wrapped cell in one, and each row of a table on one line apart."""
    found: list[Row] = []
    for row in rows:
        parts = list(_unrolled(row)) if row.dialect == "pipes" else []
        if len(parts) > 1 or not found or not _goes_on(found[-1], row):
            found.extend(parts or [row])
        else:
            found[-1] = _joined(found[-1], row)
    return Repaired(found)


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a row only holds further lines of cells of the row above."""
    if {above.dialect, row.dialect} != {"pipes"} or above.table != row.table:
        return False
    over = {cell.column: cell for cell in above.filled}
    cells = row.filled
    return 0 < len(cells) < len(over) and all(
        cell.column in over and _finishes(over[cell.column], cell) for cell in cells
    )


def _finishes(upper: Cell, lower: Cell) -> bool:
    """Whether the last line of a cell is full, so that it may go on below."""
    if labels.find(upper.text) or labels.find(lower.text):
        return False
    if seams.is_whole_value(upper.text) and seams.is_whole_value(lower.text):
        return False
    (blanks, bar), (_, below) = _bar(upper), _bar(lower)
    return blanks <= LIMITS.spare and bar is not None and bar == below


def _bar(cell: Cell) -> tuple[int, int | None]:
    """The blanks between a cell's last line and its bar, and the place of this in the line; None without one, or far
    from the line's start."""
    last = cell.spans[-1]
    text, nearest = last.source.text, max(0, last.start - LIMITS.line)
    behind = text[last.end : last.end + LIMITS.line]
    blanks = len(behind) - len(behind.lstrip(" "))
    start = text.rfind("\n", nearest, last.start) + 1
    if behind[blanks : blanks + 1] != BAR or (nearest and not start):
        return blanks, None
    return blanks, columns(text[start : last.end]) + blanks


def _joined(above: Row, row: Row) -> Row:
    more = {cell.column: cell for cell in row.cells if cell.text}
    cells = tuple(
        extended(cell, more[cell.column]) if cell.text and cell.column in more else cell
        for cell in above.cells
    )
    return replace(above, cells=cells)


def _unrolled(row: Row) -> Iterator[Row]:
    """The rows of a table that stands on one line, or the row itself."""
    width = _period(row)
    if not width:
        yield row
        return
    for start in range(0, len(row.cells), width + 1):
        cells = row.cells[start : start + width]
        if any(cell.text for cell in cells):
            placed = tuple(replace(cell, column=at) for at, cell in enumerate(cells))
            yield replace(row, cells=placed)


def _period(row: Row) -> int:
    """How many cells the rows on this line have; 0 where it is but one row."""
    cells = row.cells
    width = next((at for at, cell in enumerate(cells) if at and not cell.text), 0)
    if width < LIMITS.several or len(cells) < LIMITS.several * (width + 1) - 1:
        return 0
    if any(cell.text for cell in cells[width :: width + 1]):
        return 0
    first = replace(row, cells=cells[:width])
    return width if len(column_names(first)) >= HEADS else 0
