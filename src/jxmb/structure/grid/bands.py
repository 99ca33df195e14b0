"""Lines to rows: which lines of a page's columns are one row, whose cells stand beside its middle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise

from ...deferred import dataclass
from ...forms.shapes import shape
from ...tables import Cell
from ...values import seams
from ..fragments import together
from .limits import LIMITS, PRICES


class Stand(Enum):
    """Where the text of a cell stands in it; of a middle between two lines, on the upper or the lower one."""

    MIDDLE = auto()
    TOP = auto()
    UPPER = auto()
    LOWER = auto()


SLACK = 0.5  # lines by which a cell may lie beside the middle: text stands on whole lines


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in a column on one line, at which height, and how wide it is."""

    line: float
    cell: Cell
    width: int


@dataclass(slots=True)
class Band:
    """Lines that are one row: the heights of the first and the last one, and what stands in its columns."""

    top: float
    bottom: float
    cells: dict[int, Cell]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    def at(self, stand: Stand) -> float:
        """The height that tells which rows a cell belongs to."""
        return self.top if stand is Stand.TOP else self.middle


@dataclass(frozen=True, slots=True)
class Column:
    """The pieces of a column from the top of the page to its foot."""

    number: int
    valued: bool  # its texts are values, or parts of them
    pieces: Sequence[Piece]


def bands(columns: Sequence[Column], stand: Stand) -> tuple[list[Band], float]:
    """The rows of these columns, and their price."""
    lines = sorted({piece.line for column in columns for piece in column.pieces})
    if not lines:
        return [], 0.0
    found = [dict(_seams(column)) for column in columns]
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(lines)
    for start in range(len(lines)):
        opened = best[start][0] + PRICES.row
        for end, price in _prices(columns, found, lines, start, stand):
            if opened + price < best[end][0]:
                best[end] = (opened + price, start)
    rows: list[Band] = []
    end = len(lines)
    while end:
        start = best[end][1]
        rows.append(_band(columns, lines[start], lines[end - 1]))
        end = start
    rows.reverse()
    return rows, best[-1][0]


# What it costs that a text of a column goes on in the cell of the one above it, and that it begins another.
Seam = tuple[float, float]


def _seams(column: Column) -> Iterator[tuple[float, Seam]]:
    """The seam above each text of a column, by its line."""
    widest = max((piece.width for piece in column.pieces), default=0)
    yield from ((piece.line, (0.0, 0.0)) for piece in column.pieces[:1])
    for one, two in pairwise(column.pieces):
        apart = round(two.line - one.line - 1)
        on = _on(one, two, column.valued, widest, apart)
        yield two.line, (on, _off(one.cell.text, two.cell.text, column.valued))


def _off(upper: str, lower: str, valued: bool) -> float:
    """What it costs that a text which looks like more of the one above it begins another cell."""
    opened = seams.begins_open(lower) or seams.ends_open(upper) or seams.is_open(upper)
    further = opened or seams.is_rest_of_unit(lower) or seams.one_date(upper, lower)
    return PRICES.further * further + PRICES.row * (seams.is_shred(lower) and not valued)


def _on(one: Piece, two: Piece, valued: bool, widest: int, apart: int) -> float:
    """What it costs that two lines of a column with so many empty lines between are in one cell."""
    gap = PRICES.blank * max(0, min(apart, 2))
    if valued:
        return gap + PRICES.two * _are_two(one, two)
    return gap or PRICES.row * (one.width < LIMITS.full * widest)


def _are_two(one: Piece, two: Piece) -> bool:
    """Whether two lines of a column are values, signs or units of two rows."""
    upper, lower = one.cell.text, two.cell.text
    if seams.one_date(upper, lower):
        return False
    if seams.is_whole_value(upper) and not seams.ends_value(lower):
        return True
    left, right = shape(upper), shape(lower)
    if right.number or (right.target and (left.target or any(map(str.isdigit, lower)))):
        return not left.mark
    return (left.unit and right.unit) or (left.mark and right.mark)


def _prices(
    columns: Sequence[Column],
    found: Sequence[Mapping[float, Seam]],
    lines: Sequence[float],
    start: int,
    stand: Stand,
) -> Iterator[tuple[int, float]]:
    """What each row costs that begins with a line, by the number of the line behind it."""
    on: dict[int, tuple[float, float]] = {}  # the first and the last line of each cell
    joins = 0.0
    for at in range(start, min(len(lines), start + LIMITS.lines)):
        line = lines[at]
        for number, own in enumerate(found):
            if line in own:
                joins += own[line][0 if number in on else 1]
                on[number] = (on.get(number, (line, line))[0], line)
        if joins > LIMITS.dear:
            return
        price = joins + PRICES.beside * _beside(on.values(), lines[start], line, stand)
        valued = any(columns[number].valued for number in on)
        yield at + 1, price + PRICES.valueless * (not valued)


def _beside(cells: Iterable[tuple[float, float]], top: float, bottom: float, stand: Stand) -> float:
    """By how many lines the cells of a row stand beside its middle, or below its first line."""
    if stand is Stand.TOP:
        return sum(max(0.0, first - top - SLACK) for first, _ in cells)
    offs = [abs(first + last - top - bottom) / 2 for first, last in cells]
    return sum(max(off - SLACK, 0.0) + PRICES.half * min(off / SLACK, 1.0) for off in offs)


def _band(columns: Sequence[Column], top: float, bottom: float) -> Band:
    cells: dict[int, Cell] = {}
    for column in columns:
        own = [piece.cell for piece in column.pieces if top <= piece.line <= bottom]
        if own:
            cells[column.number] = together(own)
    return Band(top, bottom, cells)
