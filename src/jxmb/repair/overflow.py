"""Cells whose last characters a table extractor put into the cell below: put back where a label tells.

A torn label (经济成本指 over 标生态效益指) shows that the table spills, and where the seam is. Below it
also values of a known kind that begin with something else give that back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from .. import deferred, labels
from ..forms.lines import column_names
from ..labels import inexact, joining
from ..source import Span
from ..tables import Cell, Row
from ..tables.cells import lines
from . import EXTRACTED, LIMITS, Repaired

BEFORE_MONEY = deferred.regex(
    r"(?:\p{Han}{1,4}|[(（]万?元[)）]|\d{4}([-./])\d\d\1\d\d)(?=\d[\d,]*(?:\.\d+)?(?:万?元)?$)"
)
BEFORE_DATE = deferred.regex(r"[\p{Han}()（）]{1,8}(?=(?:19|20)\d\d\s*(?:[-./年]|\d{4}))")
BEFORE_TARGET = deferred.regex(
    r"\p{Han}[\p{Han}、，\s]{0,7}(?=[≥≤><]\s*\d)|\p{Han}{1,2}(?=\d+(?:\.\d+)?\s*%?$)"
)


def repaired(rows: Sequence[Row]) -> Repaired:
    """The rows with spilled ends put back."""
    found = list(rows)
    spilling: set[int] = set()
    for cut in (_labels, _values):
        for at in range(len(found) - 1):
            upper, lower = found[at], found[at + 1]
            if upper.dialect not in EXTRACTED or upper.table != lower.table:
                continue
            if cut is _values and upper.table not in spilling:
                continue
            moves = cut(upper, lower)
            if moves:
                spilling.add(upper.table)
                found[at], found[at + 1] = _moved(upper, lower, moves)
    return Repaired(found)


Moves = dict[
    int, tuple[int, int]
]  # column of a cell: how much of its head, and the column it goes up to


def _moved(upper: Row, lower: Row, moves: Moves) -> tuple[Row, Row]:
    """Two rows with the heads of lower cells at the ends of upper ones."""
    above = {cell.column: cell for cell in upper.cells if cell.text}
    below: dict[int, Cell] = {}
    for cell in lower.cells:
        if cell.text and cell.column in moves:
            size, column = moves[cell.column]
            tail, below[cell.column] = _cut(cell, size)
            over = above[column]
            above[column] = replace(
                over, text=over.text + tail.text, rest=(*over.rest, *tail.spans)
            )
    return (
        replace(upper, cells=tuple(_either(cell, above) for cell in upper.cells)),
        replace(lower, cells=tuple(_either(cell, below) for cell in lower.cells)),
    )


def _either(cell: Cell, changed: dict[int, Cell]) -> Cell:
    return changed.get(cell.column, cell) if cell.text else cell


def _labels(upper: Row, lower: Row) -> Moves:
    """Where labels are torn, and where the end of a goal stands before the heads of the table."""
    above = {cell.column: cell.text for cell in upper.filled if joining.lacks_end(cell.text)}
    goals = [cell for cell in upper.filled if len(cell.text) > LIMITS.goal]
    heads = bool(goals) and len(column_names(lower)) > 1
    moves: Moves = {}
    for cell in lower.filled if above or heads else ():
        over = [one.column for one in goals if one.column <= cell.column]
        torn = above.get(cell.column)
        if torn and (size := joining.tail_size(torn, cell.text, labels.LIMITS.tail)):
            moves[cell.column] = (size, cell.column)
        elif heads and over and (size := _end_before_head(cell.text)):
            moves[cell.column] = (size, over[-1])
    return moves


def _end_before_head(text: str) -> int:
    """How much of a text stands before the head of a column."""
    return 0 if labels.find(text) else inexact.column_head(text)


def _values(upper: Row, lower: Row) -> Moves:
    """Where a value of a known kind begins with something else."""
    moves: Moves = {}
    label: str | None = None
    cells = lower.filled
    for number, cell in enumerate(cells):
        groups = {one.group for one in labels.find(cell.text)}
        if groups:
            label = next((group for group in ("money", "field") if group in groups), None)
            continue
        size = _foreign(cell.text, label) or _short_line(cell)
        end = cells[number + 1].column if number + 1 < len(cells) else inf
        over = [
            one
            for one in upper.filled
            if cell.column <= one.column < end and not labels.find(one.text)
        ]
        if size and over:
            moves[cell.column] = (size, over[0].column)
    return moves


def _foreign(text: str, label: str | None) -> int:
    """How much of the head of a value is the end of another: by the kind that its label asks for."""
    if label == "money":
        match = BEFORE_MONEY.match(text)
    elif label == "field":
        nature = next((one for one in labels.NATURES if text.endswith(one)), None)
        if nature is not None:
            return len(text) - len(nature)
        match = BEFORE_DATE.match(text)
    else:
        match = BEFORE_TARGET.match(text)
    return match.end() if match else 0


def _short_line(cell: Cell) -> int:
    """The length of the first line of a cell where it would have had room for more: what stands below is another text."""
    first, below = [len(line.text) for line in (*lines(cell), cell, cell)[:2]]
    return first if first < below < len(cell.text) else 0


def _cut(cell: Cell, size: int) -> tuple[Cell, Cell]:
    """The first `size` characters of a cell, and the others."""
    if cell.rest and cell.span.text == cell.text[:size]:
        below = replace(cell, span=cell.rest[0], text=cell.text[size:].strip(), rest=cell.rest[1:])
        return replace(cell, text=cell.text[:size], rest=()), below
    if not cell.rest and cell.span.text == cell.text:
        head, tail = cell.span.sub(0, size), cell.span.sub(size, len(cell.text)).strip()
        return replace(cell, span=head, text=head.text), replace(cell, span=tail, text=tail.text)
    at = Span(cell.span.source, cell.span.start, cell.span.start)
    return Cell(at, cell.text[:size], cell.column), replace(cell, text=cell.text[size:].strip())
