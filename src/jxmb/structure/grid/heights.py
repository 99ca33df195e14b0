"""How far down the page a line stands, counted in lines of a cell.

Where the cells of a row begin at different heights their lines are printed alternately: what is one line in a cell
is two or three of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from .limits import LIMITS


def heights(lines: Sequence[int], columns: Iterable[Sequence[int]]) -> Mapping[int, float]:
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
