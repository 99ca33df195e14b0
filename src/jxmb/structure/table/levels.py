"""Which rows of a page the level labels cover, where the columns kept their places.

A label stands beside the middle of its rows, or where no line is, on the upper or the lower of the two next to it; or
it stands beside the first row. Heights are counted half in rows and half in lines of cells: a label with a line
of its own shifts the lines, a cell of several lines the rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import field, replace

from ...deferred import dataclass
from ..fragments import Fragment
from ..grid.bands import Band, Stand
from ..grid.heights import heights
from ..grid.merged import cover, misfits
from . import decoding

Run = tuple[int, int]
Reach = tuple[float, float]


@dataclass(slots=True)
class Lines:
    """The lines of a table that have words of its rows, and how far down the page they stand."""

    numbers: list[int]
    heights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heights = [0.0] * len(self.numbers)

    def at(self, line: float) -> float:
        """The height of a line; of one without words of a row, between those next to it."""
        above, below = bisect_left(self.numbers, line), bisect_right(self.numbers, line) - 1
        if above == len(self.numbers):
            return self.heights[-1] + 1.0
        if below < 0:
            return self.heights[0] - 1.0
        return (self.heights[above] + self.heights[below]) / 2


def covered(
    words: Sequence[Fragment],
    place_of: Sequence[tuple[int, int]],
    rows: int,
    levels: Sequence[Sequence[Fragment]],
) -> tuple[list[list[Run]], Stand]:
    """The rows that each label covers, the first and the one behind the last, and where they stand.

    `place_of` has the row and the column of each word, row -1 for one that has none; `levels` the labels of level 2
    and of level 1.
    """
    placed = [(word, *at) for word, at in zip(words, place_of, strict=True) if at[0] >= 0]
    lines = _lines([(word.line, column) for word, _, column in placed])
    own: list[list[int]] = [[] for _ in range(rows)]
    for word, row, _ in placed:
        own[row].append(word.line)
    reach = [(float(min(one)), float(max(one))) for one in own]
    bands = [
        Band((lines.at(top) + at) / 2, (lines.at(bottom) + at) / 2, {})
        for at, (top, bottom) in enumerate(reach)
    ]
    cells = [_labels(group, own, lines, reach) for group, own in enumerate(levels)]
    tried = [_covered(bands, cells, stand) for stand in Stand]
    _, runs, stand = min(tried, key=lambda one: one[0])
    return runs, stand


def _lines(places: Sequence[tuple[int, int]]) -> Lines:
    """The lines of these words, each given with its column."""
    found = Lines(sorted({line for line, _ in places}))
    columns: dict[int, set[int]] = {}
    for line, column in places:
        columns.setdefault(column, set()).add(bisect_left(found.numbers, line))
    numbers = range(len(found.numbers))
    height = heights(numbers, map(sorted, columns.values()))
    found.heights = [height[number] for number in numbers]
    return found


def _labels(
    group: int, labels: Sequence[Fragment], lines: Lines, reach: Sequence[Reach]
) -> list[Band]:
    """The labels of a level with the heights from which to which they stand."""
    among = decoding.heights(reach, [label.height for label in labels], placed=True)
    found: list[Band] = []
    for label, row in zip(labels, among, strict=True):
        half = (len(label.cell.spans) - 1) / 2
        top, bottom = lines.at(label.height - half), lines.at(label.height + half)
        found.append(Band((top + row) / 2, (bottom + row) / 2, {group: label.cell}))
    return found


def _covered(
    rows: Sequence[Band], levels: Sequence[Sequence[Band]], stand: Stand
) -> tuple[float, list[list[Run]], Stand]:
    """The price, and the rows that the labels of each level cover, where they stand so in their cells."""
    price = 0.0
    runs: list[list[Run]] = []
    for number, cells in enumerate(levels):
        own, more = cover(cells, rows, stand, misfits if number else None)
        price += more
        runs.append(own)
        over = {at: cell.cells for cell, run in zip(cells, own, strict=True) for at in range(*run)}
        rows = [replace(row, cells=over.get(at, {})) for at, row in enumerate(rows)]
    return price, runs, stand
