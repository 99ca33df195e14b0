"""Lines to rows: which lines of a page's columns are one row, whose cells stand beside its middle."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise

from ...forms.shapes import shape
from ...light import dataclass
from ...tables import Cell
from ...values import seams
from ..fragments import together
from .kinds import Kind


class Stand(Enum):
    """Where the text of a cell stands in it."""

    MIDDLE = auto()
    TOP = auto()


@dataclass(frozen=True, slots=True)
class Prices:
    """What it costs to take lines for one row, or to part them."""

    row: float = 0.5  # every row
    nameless: float = 2.0
    valueless: float = 1.5
    beside: float = 0.7  # a line by which a cell lies beside the middle of its row
    values: float = 6.0  # two values in a cell
    blank: float = 2.0  # an empty line in a cell
    blanks: float = 3.5  # several
    short: float = 0.5  # a short line in a cell, above others
    open: float = 1.5  # to part lines whose letters go on
    full: float = 1.0  # to part a line that fills its column from the one below
    rest: float = 1.5  # to part a value from what is none
    levels: float = 5.5  # every further level beside the lines of a row


PRICES = Prices()
SLACK = 0.5  # lines by which a cell may lie beside the middle: text stands on whole lines
MOST = 90  # lines of a row
DEAREST = 40.0  # the price of a row that is followed no further
FULL = 0.9  # of the widest line of a column


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
        return self.middle if stand is Stand.MIDDLE else self.top


@dataclass(frozen=True, slots=True)
class Column:
    """The pieces of a column from the top of the page to its foot."""

    number: int
    kind: Kind
    pieces: Sequence[Piece]


def bands(
    columns: Sequence[Column], stand: Stand, levels: Sequence[float] = ()
) -> tuple[list[Band], float]:
    """The rows of these columns, and their price; `levels` are the heights of the level cells, each of rows of its own."""
    lines = sorted({piece.line for column in columns for piece in column.pieces})
    if not lines:
        return [], 0.0
    spacing = _spacing(columns)
    parts = [_seams(column, lines, spacing) for column in columns]
    cuts = [0.0] * len(lines)
    for column, own in zip(columns, parts, strict=True):
        _add_cuts(cuts, column, lines, own)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(lines)
    for start in range(len(lines)):
        opened = best[start][0] + cuts[start] + PRICES.row
        for end, price in _prices(columns, parts, lines, start, stand):
            price += PRICES.levels * _further(levels, lines[start], lines[end - 1])
            if opened + price < best[end][0]:
                best[end] = (opened + price, start)
    found: list[Band] = []
    end = len(lines)
    while end:
        start = best[end][1]
        found.append(_band(columns, lines[start], lines[end - 1]))
        end = start
    found.reverse()
    return found, best[-1][0]


@dataclass(frozen=True, slots=True)
class Seam:
    """What it costs to part a column before a line, and to go on."""

    cut: float
    join: float


def _spacing(columns: Sequence[Column]) -> int:
    """How far apart the lines of a cell stand: one below the other, or with an empty one between."""
    steps = Counter(
        round(two.line - one.line) for column in columns for one, two in pairwise(column.pieces)
    )
    return 1 if steps[1] * 8 >= steps[2] else 2


def _seams(column: Column, lines: Sequence[float], spacing: int) -> list[Seam | None]:
    """The seam before each line on which the column has text; None before the others."""
    widest = max((piece.width for piece in column.pieces), default=0)
    found = {piece.line: Seam(0.0, 0.0) for piece in column.pieces[:1]}
    for one, two in pairwise(column.pieces):
        apart = round(two.line - one.line - spacing)
        found[two.line] = _seam(one, two, column.kind, widest, apart)
    return [found.get(line) for line in lines]


def _add_cuts(
    cuts: list[float], column: Column, lines: Sequence[float], parts: Sequence[Seam | None]
) -> None:
    """Add what it costs to part a column before each line, also before those on which it has nothing."""
    number = {line: at for at, line in enumerate(lines)}
    for one, two in pairwise(column.pieces):
        seam = parts[number[two.line]]
        for at in range(number[one.line] + 1, number[two.line] + 1):
            cuts[at] += seam.cut if seam is not None else 0.0


def _seam(one: Piece, two: Piece, kind: Kind, widest: int, apart: int) -> Seam:
    """The seam between two lines of a column with so many empty lines between."""
    if apart > 0:
        gap = PRICES.blank if apart == 1 else PRICES.blanks
        return Seam(0.0, gap + PRICES.values * (kind is Kind.VALUE and _are_two(one, two)))
    if kind is Kind.VALUE:
        return Seam(0.0, PRICES.values) if _are_two(one, two) else Seam(PRICES.rest, 0.0)
    left, right = one.cell.text, two.cell.text
    if seams.is_open(left) or seams.ends_open(left) or seams.begins_open(right):
        return Seam(PRICES.open, 0.0)
    if one.width >= FULL * widest:
        return Seam(PRICES.full, 0.0)
    return Seam(0.0, PRICES.short)


def _are_two(one: Piece, two: Piece) -> bool:
    """Whether two lines of a column are values, signs or units of two rows."""
    left, right = shape(one.cell.text), shape(two.cell.text)
    if right.number or (right.target and (left.target or any(map(str.isdigit, two.cell.text)))):
        return not left.mark
    return (left.unit and right.unit) or (left.mark and right.mark)


def _prices(
    columns: Sequence[Column],
    parts: Sequence[Sequence[Seam | None]],
    lines: Sequence[float],
    start: int,
    stand: Stand,
) -> Iterator[tuple[int, float]]:
    """What each row costs that begins with a line, by the number of the line behind it."""
    on: dict[int, tuple[float, float]] = {}  # the first and the last line of each cell
    joins = 0.0
    for at in range(start, min(len(lines), start + MOST)):
        line = lines[at]
        for number, own in enumerate(parts):
            seam = own[at]
            if seam is None:
                continue
            joins += seam.join if number in on else 0.0
            on[number] = (on.get(number, (line, line))[0], line)
        if joins > DEAREST:
            return
        kinds = {columns[number].kind for number in on}
        price = joins + PRICES.beside * _beside(on.values(), lines[start], line, stand)
        price += PRICES.nameless * (Kind.NAME not in kinds)
        yield at + 1, price + PRICES.valueless * (Kind.VALUE not in kinds)


def _further(levels: Sequence[float], top: float, bottom: float) -> int:
    """How many level cells but one stand beside these lines."""
    return max(0, bisect_right(levels, bottom) - bisect_left(levels, top) - 1)


def _beside(cells: Iterable[tuple[float, float]], top: float, bottom: float, stand: Stand) -> float:
    """By how many lines the cells of a row stand beside its middle, or below its first line."""
    if stand is Stand.TOP:
        return sum(max(0.0, first - top - SLACK) for first, _ in cells)
    middle = top + bottom
    return sum(max(0.0, abs(first + last - middle) / 2 - SLACK) for first, last in cells)


def _band(columns: Sequence[Column], top: float, bottom: float) -> Band:
    cells: dict[int, Cell] = {}
    for column in columns:
        own = [piece.cell for piece in column.pieces if top <= piece.line <= bottom]
        if own:
            cells[column.number] = together(own)
    return Band(top, bottom, cells)
