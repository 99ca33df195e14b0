"""Which rows of a page the level labels cover, where the columns kept their places.

A label stands beside the middle of its rows, or where no line is, on the upper or the lower of the two next to it; or
it stands beside the first row. How far down the page a line stands is not its number, as the lines of cells that
begin at different heights are printed alternately: rows are as high as their highest cell, the lines of each cell stand
beside the middle of the row, and empty lines between rows part them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from math import inf
from statistics import fmean, median

from ...deferred import dataclass
from ...tables import Cell
from .bands import Band, Stand
from .merged import COVERS, cover, misfits

Run = tuple[int, int]
LEAST = (1, 2)  # lines that a row is high


@dataclass(frozen=True, slots=True)
class Covered:
    """The rows that the labels of each level cover, the first and the one behind the last, and whether these stand at
    the top of them; none where they are too many.

    `unsure` are the rows that another label of level 2 covers in a way that costs hardly more.
    """

    runs: list[list[Run]]
    top: bool
    unsure: set[int]


@dataclass(slots=True)
class Lines:
    """The lines of a table that have words of its rows, and how far down the page they stand."""

    numbers: list[int]
    heights: list[float]

    def at(self, line: int) -> float:
        """The height of a line; of one without words of a row, as far between those next to it as it stands."""
        at = bisect_left(self.numbers, line)
        if at == len(self.numbers):
            return self.heights[-1] + 1.0
        if self.numbers[at] == line:
            return self.heights[at]
        if not at:
            return self.heights[0] - 1.0
        first, last = self.numbers[at - 1 : at + 1]
        upper, lower = self.heights[at - 1 : at + 1]
        return upper + (line - first) / (last - first) * (lower - upper)


def covered(
    rows: Sequence[Mapping[int, Cell]],
    levels: Sequence[Sequence[Cell]],
) -> Covered:
    """The rows, given with their cells by column, that the labels cover: those of level 2 and those of level 1."""
    found = [{at: _on(cell) for at, cell in row.items()} for row in rows]
    others = {line for cells in levels for cell in cells for line in _on(cell)}
    tried: list[tuple[float, list[list[Run]], Stand]] = []
    for least in LEAST:
        bands, lines = _page(found, others, least)
        cells = [[_label(group, label, lines) for label in own] for group, own in enumerate(levels)]
        for stand in Stand:
            best = min([way[0] for way in tried], default=inf)
            tried.append(_covered(bands, cells, stand, best + COVERS.near))
    price, runs, stand = min(tried, key=lambda one: one[0])
    near = [other for cost, other, _ in tried if cost <= price + COVERS.near]
    return Covered(
        runs, stand is Stand.TOP, {row for one in near for row in _apart(runs[:1], one[:1])}
    )


def _apart(one: Sequence[Sequence[Run]], two: Sequence[Sequence[Run]]) -> set[int]:
    """The rows that the same label does not cover in both."""
    pairs = (pair for a, b in zip(one, two, strict=False) for pair in zip(a, b, strict=True))
    return {row for a, b in pairs for row in {*range(*a)} ^ {*range(*b)}}


def _on(cell: Cell) -> list[int]:
    """The lines of the text on which a cell stands."""
    return [span.line for span in cell.spans]


def _page(
    rows: Sequence[dict[int, list[int]]], others: Set[int], least: int
) -> tuple[list[Band], Lines]:
    """The rows as high as their highest cells, the lines of each cell beside their middle.

    Each row is given with the lines on which its columns have text; on the `others` stand labels and what is no row.
    """
    tops = [min(map(min, own.values())) for own in rows]
    bottoms = [max(map(max, own.values())) for own in rows]
    gaps = _gaps([(bottom, top) for bottom, top in zip(bottoms, tops[1:], strict=False)], others)
    bands: list[Band] = []
    heights: dict[int, list[float]] = {}
    top = 0.0
    for own, gap in zip(rows, [*gaps, 0.0], strict=True):
        tall = max(len(set(lines)) for lines in own.values())
        spare = max(0.0, least - tall - gap) / 2
        top += spare
        bands.append(Band(top, top + tall - 1, {}))
        for lines in map(sorted, map(set, own.values())):
            first = top + (tall - len(lines)) / 2
            for at, line in enumerate(lines):
                heights.setdefault(line, []).append(first + at)
        top += tall + gap + spare
    numbers = sorted(heights)
    return bands, Lines(numbers, [fmean(heights[line]) for line in numbers])


def _gaps(between: Sequence[tuple[int, int]], others: Set[int]) -> list[float]:
    """How many lines are left blank between rows, each two given with the last line of one and the first of the next.

    A label between two rows stands in the blank that is between others, too; where there is none, nearer than a line.
    """
    lines = [range(last + 1, first) for last, first in between]
    taken = [sum(line in others for line in own) for own in lines]
    free = [len(own) for own, labels in zip(lines, taken, strict=True) if not labels]
    usual = median(free) if free else 0.0
    blank = [len(own) - labels for own, labels in zip(lines, taken, strict=True)]
    return [
        COVERS.padding + one + min(labels, max(0.0, usual - one))
        for one, labels in zip(blank, taken, strict=True)
    ]


def _label(group: int, label: Cell, lines: Lines) -> Band:
    """A label with the height at which it stands."""
    heights = [lines.at(line) for line in _on(label)]
    return Band(heights[0], heights[-1], {group: label})


def _covered(
    rows: Sequence[Band], levels: Sequence[Sequence[Band]], stand: Stand, limit: float
) -> tuple[float, list[list[Run]], Stand]:
    """The price, and the rows that the labels of each level cover, where they stand so in their cells.

    Beyond the limit they are not looked for, and the price is infinite.
    """
    price = COVERS.unusual * (stand in (Stand.UPPER, Stand.LOWER))
    runs: list[list[Run]] = []
    for number, cells in enumerate(levels):
        own, more = cover(cells, rows, stand, misfits if number else None, limit - price)
        price += more
        if price > limit:
            return inf, [], stand
        runs.append(own)
        over = {at: cell.cells for cell, run in zip(cells, own, strict=True) for at in range(*run)}
        rows = [Band(row.top, row.bottom, over.get(at, {})) for at, row in enumerate(rows)]
    return price, runs, stand
