"""Cells whose last characters a table extractor put into the cell below: put back where a label tells.

A torn label (经济成本指 over 标生态效益指) shows that the table spills, and where the seam is. In the same
two rows other cells are mended too where the text itself keeps the seam (a line break inside the cell).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import labels
from .source import Span
from .tables import Cell, Row
from .values import fold

LONGEST_TAIL = 5  # code points of a label that spill
SHORTEST_HEAD = 2
SPILLING = frozenset({"tabs", "csv"})


def mended(rows: Sequence[Row]) -> list[Row]:
    """The rows with spilled ends put back."""
    found = list(rows)
    for at in range(len(found) - 1):
        upper, lower = found[at], found[at + 1]
        if upper.dialect in SPILLING and upper.table == lower.table:
            found[at], found[at + 1] = _pair(upper, lower)
    return found


def _pair(upper: Row, lower: Row) -> tuple[Row, Row]:
    below = {cell.column: cell for cell in lower.cells if cell.text}
    seams = {
        cell.column: seam
        for cell in upper.cells
        if cell.text
        and cell.column in below
        and (seam := _seam(cell.text, below[cell.column].text))
    }
    if not seams:
        return upper, lower
    above: list[Cell] = []
    for cell in upper.cells:
        under = below.get(cell.column)
        if under is None or not cell.text:
            above.append(cell)
            continue
        seam = seams.get(cell.column) or _broken(cell, under)
        if not seam:
            above.append(cell)
            continue
        tail, below[cell.column] = _cut(under, seam)
        above.append(replace(cell, text=cell.text + tail.text, rest=(*cell.rest, *tail.spans)))
    changed = tuple(below.get(cell.column, cell) if cell.text else cell for cell in lower.cells)
    return replace(upper, cells=tuple(above)), replace(lower, cells=changed)


def _seam(upper: str, lower: str) -> int:
    """How many characters at the head of `lower` make a label of `upper`; 0 where none do."""
    head = fold(upper)
    if len(head) > LONGEST_TAIL * 2 and (cut := labels.column_head(lower)):
        return cut
    if len(head) < SHORTEST_HEAD or len(head) > labels.LONGEST or labels.find(upper):
        return 0
    for size in range(1, min(LONGEST_TAIL, len(lower) - 1) + 1):
        if labels.find(head + fold(lower[:size])) and not labels.find(lower):
            return size
    return 0


def _broken(upper: Cell, cell: Cell) -> int:
    """Where a cell kept the line break of its seam: the length of its first piece; 0 for a whole cell."""
    if labels.find(upper.text) or labels.find(cell.text):
        return 0
    text = cell.span.text
    at = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=-1)
    first = (
        cell.span.sub(0, at).text.strip('" ') if at >= 0 else cell.span.text if cell.rest else ""
    )
    return len(first) if first and cell.text.startswith(first) else 0


def _cut(cell: Cell, size: int) -> tuple[Cell, Cell]:
    """The first `size` characters of a cell, and the others."""
    if not cell.rest and cell.span.text == cell.text:
        head, tail = cell.span.sub(0, size), cell.span.sub(size, len(cell.text)).strip()
        return replace(cell, span=head, text=head.text), replace(cell, span=tail, text=tail.text)
    at = Span(cell.span.source, cell.span.start, cell.span.start)
    return Cell(at, cell.text[:size], cell.column), replace(cell, text=cell.text[size:].strip())
