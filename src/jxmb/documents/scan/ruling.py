"""Ruled lines of a picture: long runs of dark points that are thin, and no strokes of characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from ...deferred import dataclass
from ..page.measures import PICTURED

DARK, LIGHT = "#", "."  # points; lines may have holes or be dashed


class Run(NamedTuple):
    """Dark points in a row (or column) `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A text on a picture, and where it stands there."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top


class Look(NamedTuple):
    """What is on a picture: its texts, and its lines across and down, in points of the picture."""

    width: int
    height: int
    boxes: list[Box]
    across: list[Run]
    down: list[Run]


@dataclass(slots=True, eq=False)
class Bitmap:
    """A picture of dark and light points, row after row."""

    width: int
    height: int
    points: str

    def lines(self, boxes: Sequence[Box]) -> tuple[list[Run], list[Run]]:
        """Its lines across and down, given the texts on it."""
        text = median([one.height for one in boxes] or [0.0])
        rows = (self.points[at * self.width : (at + 1) * self.width] for at in range(self.height))
        columns = (self.points[at :: self.width] for at in range(self.width))
        hole = max(round(text * PICTURED.hole), 1)
        run = re.compile(rf"{DARK}+(?:\{LIGHT}{{1,{hole}}}{DARK}+)*")
        across = _thin(_runs(run, rows, max(text * PICTURED.across, PICTURED.thick)))
        down = _thin(_runs(run, columns, max(text * PICTURED.down, PICTURED.thick)))
        across = [one for one in across if not any(_across(one, box) for box in boxes)]
        edges = sorted(one.at for one in across)
        down = [
            one
            for one in (_ended(line, edges, boxes, text * PICTURED.near) for line in down)
            if not _through(one, boxes)
            and (
                one.end - one.start >= text * PICTURED.long
                or all(_stands(end, edges, text * PICTURED.near) for end in (one.start, one.end))
            )
        ]
        return across, down


def _runs(run: re.Pattern[str], rows: Iterable[str], least: float) -> Iterator[Run]:
    for at, row in enumerate(rows):
        for match in run.finditer(row):
            if match.end() - match.start() >= least:
                yield Run(at, match.start(), match.end())


def _thin(runs: Iterable[Run]) -> list[Run]:
    """Runs next to each other as one line; what is too thick is a filled area, and none."""
    groups: list[list[Run]] = []
    opened: list[list[Run]] = []
    for run in runs:
        opened = [one for one in opened if one[-1].at >= run.at - 1]
        own = next((one for one in opened if _beside(one[-1], run)), [])
        if not own:
            groups.append(own)
            opened.append(own)
        own.append(run)
    lines = []
    for group in groups:
        start, end = min(one.start for one in group), max(one.end for one in group)
        dark = sum(one.end - one.start for one in group)
        if dark <= PICTURED.thick * (end - start):
            at = sum(one.at * (one.end - one.start) for one in group) / dark
            lines.append(Run(at, start, end))
    return lines


def _beside(one: Run, other: Run) -> bool:
    return one.start <= other.end and other.start <= one.end


def _stands(end: float, edges: Sequence[float], near: float) -> bool:
    """Whether a run ends at a line across."""
    at = bisect_left(edges, end - near)
    return at < len(edges) and edges[at] <= end + near


def _across(line: Run, box: Box) -> bool:
    """Whether a line is made of strokes of a text: those of one character, or of many in a row."""
    margin = PICTURED.edge * box.height
    shared = min(line.end, box.right) - max(line.start, box.left)
    return box.top + margin < line.at < box.bottom - margin and shared > PICTURED.inside * (
        line.end - line.start
    )


def _ended(line: Run, edges: Sequence[float], boxes: Sequence[Box], near: float) -> Run:
    """A line down without the strokes of texts that it runs into at its ends."""
    inner = [edge for edge in edges if line.start + near < edge < line.end - near]
    if not inner:
        return line
    first, last = line._replace(end=inner[0]), line._replace(start=inner[-1])
    return line._replace(
        start=inner[0] if _through(first, boxes) else line.start,
        end=inner[-1] if _through(last, boxes) else line.end,
    )


def _through(line: Run, boxes: Iterable[Box]) -> bool:
    """Whether a line down is made of strokes of texts that stand below each other."""
    through = sum(
        box.height
        for box in boxes
        if line.start < (box.top + box.bottom) / 2 < line.end
        and box.left + PICTURED.edge * box.height < line.at < box.right - PICTURED.edge * box.height
    )
    return through > PICTURED.inside * (line.end - line.start)
