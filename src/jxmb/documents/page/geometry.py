"""What is drawn on a page to tables: lines to touching ones, these to a grid, and its fields to cells over missing edges.

Lengths are in points, y counts downwards. A character belongs to the cell that holds its middle.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from ...deferred import dataclass
from .measures import DRAWN, WRITTEN


class Glyph(NamedTuple):
    """A character on a page: its edges, its base line and its size; `x` and `y` are its middle, where it is shown.

    The box that its font declares may be twice as high as it is.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    x: float
    y: float

    def moved(self, right: float, down: float) -> Glyph:
        """The same elsewhere."""
        text, start, end, base, size, x, y = self
        return Glyph(text, start + right, end + right, base + down, size, x + right, y + down)


class Stroke(NamedTuple):
    """A line from `start` to `end` at a distance from the upper or left edge of the page."""

    at: float
    start: float
    end: float

    def across(self, by: float) -> Stroke:
        """The same, with its distance greater."""
        return self._replace(at=self.at + by)

    def along(self, by: float) -> Stroke:
        """The same, with its ends further on."""
        return self._replace(start=self.start + by, end=self.end + by)


class Frame(NamedTuple):
    """Lines that touch each other."""

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]

    @property
    def left(self) -> float:
        """Its left edge."""
        return min([one.at for one in self.down] + [one.start for one in self.across])

    @property
    def right(self) -> float:
        """Its right edge."""
        return max([one.at for one in self.down] + [one.end for one in self.across])

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min([one.at for one in self.across] + [one.start for one in self.down])

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max([one.at for one in self.across] + [one.end for one in self.down])

    def moved(self, right: float, down: float) -> Frame:
        """The same elsewhere."""
        return Frame(
            tuple(one.across(down).along(right) for one in self.across),
            tuple(one.across(right).along(down) for one in self.down),
        )

    def __add__(self, other: Frame) -> Frame:  # type: ignore[override]
        return Frame(self.across + other.across, self.down + other.down)

    @property
    def is_open_above(self) -> bool:
        """Whether it has no upper edge, as where a page break cuts it."""
        return min(one.at for one in self.across) > self.top + DRAWN.near

    @property
    def is_open_below(self) -> bool:
        """Whether it has no lower edge."""
        return max(one.at for one in self.across) < self.bottom - DRAWN.near

    def fields(self) -> int:
        """How many its grid has."""
        xs, ys = _edges(self)
        return (len(xs) - 1) * (len(ys) - 1)

    def columns(self) -> list[float]:
        """The edges of its columns."""
        return _edges(self)[0]

    def rows(self) -> list[float]:
        """The edges of its rows."""
        return _edges(self)[1]

    def area(self) -> tuple[float, float, float, float]:
        """Its edges: left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a grid: its first row and column, how many it covers, and the lines of its text."""

    row: int
    column: int
    width: int
    down: int
    lines: list[str]

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.lines)


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that lie on each other, or follow each other over a small gap, as one."""
    found: list[Stroke] = []
    for group in _near(sorted(strokes)):
        at = (group[(len(group) - 1) // 2].at + group[len(group) // 2].at) / 2  # they are in order
        start, end = 0.0, -DRAWN.near * 2
        own: list[Stroke] = []
        for one in sorted(group, key=attrgetter("start")):
            if own and one.start <= end + DRAWN.near:
                end = max(end, one.end)
                own[-1] = Stroke(at, start, end)
            else:
                start, end = one.start, one.end
                own.append(Stroke(at, start, end))
        found += [one for one in own if one.end - one.start >= DRAWN.near]
    return found


def _near(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    group: list[Stroke] = []
    for one in strokes:
        if group and one.at - group[0].at > DRAWN.near:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def frames(across: Iterable[Stroke], down: Iterable[Stroke]) -> list[Frame]:
    """Lines in groups that touch, from the top; those that enclose less than two fields are left out."""
    rows, columns = joined(across), joined(down)
    if len(rows) + len(columns) > DRAWN.lines:
        return []
    group = list(range(len(rows) + len(columns)))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = one = group[group[one]]
        return one

    ats = [one.at for one in rows]
    for number, column in enumerate(columns, len(rows)):
        first, last = (
            bisect_left(ats, column.start - DRAWN.near),
            bisect_right(ats, column.end + DRAWN.near),
        )
        for row in range(first, last):
            if rows[row].start - DRAWN.near <= column.at <= rows[row].end + DRAWN.near:
                group[root(row)] = root(number)
    found: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for number, one in enumerate([*rows, *columns]):
        found.setdefault(root(number), ([], []))[number >= len(rows)].append(one)
    every = [Frame(tuple(own[0]), tuple(own[1])) for own in found.values() if all(own)]
    return sorted(filter(_is_table, every), key=lambda one: (one.top, one.left))


def _is_table(frame: Frame) -> bool:
    return 2 <= frame.fields() <= DRAWN.fields


def _edges(frame: Frame) -> tuple[list[float], list[float]]:
    """Where columns and rows of its grid begin and end."""
    xs = [one.at for one in frame.down] + [frame.left, frame.right]
    ys = [one.at for one in frame.across] + [frame.top, frame.bottom]
    return _apart(xs), _apart(ys)


def _apart(values: Iterable[float]) -> list[float]:
    """Values in order, of those near to each other the first."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > DRAWN.near:
            found.append(value)
    return found


class Grid:
    """The fields of a frame, and the cells that they are parts of."""

    def __init__(self, frame: Frame) -> None:
        self.xs, self.ys = _edges(frame)
        self._width = len(self.xs) - 1
        height = len(self.ys) - 1
        self._owner = list(range(self._width * height))
        middles = [(one + two) / 2 for one, two in pairwise(self.ys)]
        for column, wall in _walls(frame.down, self.xs[1:-1], middles):
            for row, closed in enumerate(wall):
                if not closed:
                    self._join(row * self._width + column, row * self._width + column + 1)
        middles = [(one + two) / 2 for one, two in pairwise(self.xs)]
        for row, wall in _walls(frame.across, self.ys[1:-1], middles):
            for column, closed in enumerate(wall):
                if not closed:
                    self._join(row * self._width + column, (row + 1) * self._width + column)

    def _root(self, one: int) -> int:
        owner = self._owner
        while owner[one] != one:
            owner[one] = one = owner[owner[one]]
        return one

    def _join(self, one: int, other: int) -> None:
        one, other = sorted((self._root(one), self._root(other)))
        self._owner[other] = one

    def cells(self, glyphs: Iterable[Glyph]) -> list[Cell]:
        """The cells by rows, with the characters that stand in them.

        What is left around others, as between a table and a frame around it, is no cell where it is blank.
        """
        fields: dict[int, list[int]] = {}
        for field in range(len(self._owner)):
            fields.setdefault(self._root(field), []).append(field)
        held = self._held(glyphs)
        found = []
        for own_fields in fields.values():
            boxes = self._boxes(own_fields)
            for box in boxes:
                inside = [one for field in self._inside(box) for one in held.get(field, ())]
                if inside or len(boxes) == 1:
                    found.append(Cell(*box, lines(inside)))
        first = min((one.column for one in found), default=0)
        for one in found:
            one.column -= first
        return sorted(found, key=lambda one: (one.row, one.column))

    def _boxes(self, fields: Sequence[int]) -> list[tuple[int, int, int, int]]:
        """Fields as rectangles: row, column, width, height."""
        if len(fields) == 1:
            return [(*divmod(fields[0], self._width), 1, 1)]
        found: list[tuple[int, int, int, int]] = []
        for row, group in groupby(fields, key=lambda field: field // self._width):
            runs: list[tuple[int, int]] = []
            for column in (field % self._width for field in group):
                if runs and sum(runs[-1]) == column:
                    runs[-1] = (runs[-1][0], runs[-1][1] + 1)
                else:
                    runs.append((column, 1))
            for column, width in runs:
                top, left, wide, high = found[-1] if found else (row, column, 0, 0)
                if (left, wide, top + high) == (column, width, row):
                    found[-1] = (top, left, wide, high + 1)
                else:
                    found.append((row, column, width, 1))
        return found

    def _inside(self, box: tuple[int, int, int, int]) -> Iterator[int]:
        row, column, width, height = box
        for at in range(row, row + height):
            yield from range(at * self._width + column, at * self._width + column + width)

    def _held(self, glyphs: Iterable[Glyph]) -> dict[int, list[Glyph]]:
        """The characters in each field; most stand in that of the one before."""
        found: dict[int, list[Glyph]] = {}
        left = right = top = bottom = 0.0
        own: list[Glyph] = []
        for glyph in glyphs:
            x, y = glyph.x, glyph.y
            if not (left <= x < right and top <= y < bottom):
                column, row = _field(self.xs, x), _field(self.ys, y)
                if column is None or row is None:
                    continue
                left, right = self.xs[column : column + 2]
                top, bottom = self.ys[row : row + 2]
                own = found.setdefault(row * self._width + column, [])
            own.append(glyph)
        return found


def _field(edges: Sequence[float], at: float) -> int | None:
    """The number of the field between two edges; what is hardly outside of all stands in the next one."""
    if not edges[0] - DRAWN.near < at < edges[-1] + DRAWN.near:
        return None
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _walls(
    strokes: Sequence[Stroke], edges: Sequence[float], middles: Sequence[float]
) -> Iterator[tuple[int, list[bool]]]:
    """For each edge between two columns (rows), from 0: at which middles of rows (columns) a line closes it."""
    walls = [[False] * len(middles) for _ in edges]
    for one in strokes:
        own = range(bisect_left(middles, one.start), bisect_right(middles, one.end))
        first, last = (
            bisect_left(edges, one.at - DRAWN.near),
            bisect_right(edges, one.at + DRAWN.near),
        )
        for edge in range(first, last):
            for at in own:
                walls[edge][at] = True
    yield from enumerate(walls)


def struck(glyphs: Sequence[Glyph], across: Iterable[Stroke]) -> set[Glyph]:
    """The characters that one of the lines is drawn through."""
    strokes = sorted(across)
    ats = [one.at for one in strokes]
    found: set[Glyph] = set()
    if not strokes:
        return found
    for glyph in glyphs:
        middle = WRITTEN.middle * glyph.size
        top, bottom = glyph.base - 2 * middle, glyph.base - middle / 2
        for at in range(bisect_left(ats, top), bisect_right(ats, bottom)):
            if strokes[at].start <= glyph.x <= strokes[at].end:
                found.add(glyph)
                break
    return found


def overhanging(rest: list[Glyph], own: list[Glyph], edge: float) -> list[Glyph]:
    """Gives a table what goes on behind its right edge of a text that is too long for its cell; gives the others."""
    by_right = sorted(own, key=attrgetter("right"))
    last = {round(one.base): one for one in by_right if one.right > edge - one.size}
    kept = []
    for one in sorted(rest, key=attrgetter("left")) if last else rest:
        before = last.get(round(one.base))
        if before is not None and abs(one.left - before.right) < WRITTEN.apart * one.size:
            last[round(one.base)] = one._replace(x=before.x)
            own.append(last[round(one.base)])
        else:
            kept.append(one)
    return kept


def baselines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by their base lines, from the top, each line from the left."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=attrgetter("base")):
        if found and glyph.base - found[-1][0].base <= min(glyph.size, found[-1][0].size) / 2:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    for line in found:
        line.sort(key=attrgetter("left", "right"))
    return found


def words(line: Sequence[Glyph], far: float = WRITTEN.column) -> list[tuple[str, float, float]]:
    """The words of a line that stand apart like columns, with their edges; letters of words in them have blanks between."""
    found: list[tuple[str, float, float]] = []
    last = line[0]
    text, left, right = "", last.left, last.right
    for glyph in line:
        own, start, end, _, size, _, _ = glyph
        if text and start - last.left < WRITTEN.word / 2 * size and own == last.text:
            continue
        last = glyph
        gap = (start - right) / size
        if gap > far:
            found.append((text, left, right))
            text, left, right = "", start, end
        elif gap > WRITTEN.word and text[-1:].isascii() and own.isascii():
            text += " " * bool(text)
        text += own
        right = max(right, end)
    return [one for one in (*found, (text, left, right)) if one[0].strip()]


def lines(glyphs: Iterable[Glyph]) -> list[str]:
    """The lines of a text."""
    every = (" ".join(text for text, _, _ in words(line)).strip() for line in baselines(glyphs))
    return [text for text in every if text]
