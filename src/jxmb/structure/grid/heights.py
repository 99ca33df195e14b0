"""How far down the page a line stands, counted in lines of a cell.

Where the cells of a row begin at different heights their lines are printed alternately: what is one line in a cell
is two or three of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from ...source.widths import columns as columns_of
from .bands import Piece
from .edges import Text
from .heads import Line
from .limits import LIMITS


def pieces(
    lines: Sequence[Line], texts: Sequence[Sequence[Text]], columns: int
) -> list[list[Piece]]:
    """The texts of each column from the top of the page to its foot."""
    numbers = [line[0].cell.span.line for line in lines]
    on = [
        [number for number, own in zip(numbers, texts, strict=True) for t in own if t.column == at]
        for at in range(columns)
    ]
    height = _heights(numbers, on)
    found: list[list[Piece]] = [[] for _ in range(columns)]
    for number, own in zip(numbers, texts, strict=True):
        for text in own:
            cell = text.cell()
            width = columns_of("".join(cell.text.split()))
            found[text.column].append(Piece(height[number], cell, width))
    return found


def _heights(lines: Sequence[int], columns: Iterable[Sequence[int]]) -> Mapping[int, float]:
    """The height of each line (a number in the text), told by the lines on which each column has text."""
    number = {line: at for at, line in enumerate(lines)}
    steps: list[list[float]] = [[] for _ in lines]
    for column in columns:
        for one, two in pairwise(column):
            count = number[two] - number[one]
            if two - one == count <= LIMITS.gap:
                for at in range(number[one], number[two]):
                    steps[at].append(1 / count)
    apart = [two - one for one, two in pairwise(lines)]
    told = (
        max(found) if found else float(blank) for found, blank in zip(steps, apart, strict=False)
    )
    return dict(zip(lines, accumulate(told, initial=0.0), strict=True))
