"""Words of a visual text to rows: every cell of a row has its lines centred on the row.

Tools that read a page from top to bottom print the lines of a tall cell above and below its neighbours'.
How many lines each cell of a row has fixes the order in which they are printed; so a row is looked for as
such a choice of heights, and the table as the chain of rows that says most of all its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product

from ..roles import fit, shape
from ..tables.widths import columns
from .decode import LACK, LACK_OTHER, OPEN_END, OPEN_START, STRONG, Lane, Step
from .words import Word

HEIGHTS = {"name": 4, "target": 3, "target_midterm": 3}  # lines of the cells of a column
TALL = {"name": 5, "target": 6}  # where a table has but few columns
FEW = 3
TARGETS = frozenset({"target", "target_midterm"})
WORDS = frozenset({"note", "reason", "actual"})  # columns of words, up to this high
HIGHEST = 3
MOST_LINES = 12  # of all cells of a row
MOST_PATTERNS = 4_000
OFF_CENTRE = 0.25  # the price of cells printed half a line too high or low
TOP = 0.6  # of cells printed from the top of their row
STRAY = 4.5  # of a word that belongs to no row
STRAY_BESIDE = 0.6  # where columns of other things stand beside the rows
WORST = -4.0  # a word that does worse in a column is not tried there
LOST = -9.0  # a row that is so far behind is given up
OTHER_LINE = 1.3  # of a word on another line than its neighbours in the row say
MIDLINE = 2.5  # of a row that opens in the middle of a line
EMPTY_LINE = 2.0  # of an empty line within a row
SOME = 0.85  # of the gaps: where more are empty lines, these part nothing
GOING_ON = 1.5  # of a further line of a cell
FULL, SHORT, CUT = (
    -0.9,
    1.5,
    1.2,
)  # where the line above is full, or not; of ending with a full line
NARROWEST = 8  # display columns of a full line that says something
SWAPPED = -0.3  # of a cell's last line before its full one
SPARE = 2  # display columns that a full line may leave
POOR = 1.1  # the worth of a reading per word below which the page may have been read askew
TILT = 0.4  # lines between one column and the next on such a page
SHREDS = 2  # code points of a name that is the end of another, as a rule


Place = Callable[[int, int, int, int], float]
Way = tuple[float, Place]


def _centred(line: int, height: int, off: float) -> float:
    return line - (height - 1) / 2 + off


def _off(shift: float, *, odd: bool) -> Place:
    """Cells lower than the tallest stand so far off its middle, all or those beside a gap between lines."""

    def place(line: int, height: int, at: int, tallest: int) -> float:
        moved = (tallest - height) % 2 if odd else tallest > height
        return _centred(line, height, shift * moved)

    return place


def _late(line: int, height: int, at: int, tallest: int) -> float:
    return _centred(line, height, 0.6 * (at > 1 and (tallest - height) % 2))


# The ways in which a row is printed: what each costs, and the place of a line of a cell by its number, the
# height and number of the cell, and the height of the tallest one. A cell beside the gap between two lines
# may be printed with the upper or the lower one, lines side by side one below the other, the last cells low.
WAYS: tuple[Way, ...] = (
    (0.0, _off(0.0, odd=True)),
    (OFF_CENTRE, _off(0.5, odd=True)),
    (OFF_CENTRE, _off(-0.5, odd=True)),
    (OFF_CENTRE, _off(0.25, odd=False)),
    (OFF_CENTRE, _off(-0.25, odd=False)),
    (2 * OFF_CENTRE, _late),
    (TOP, lambda line, height, at, tallest: float(line)),
)
FLAT: Way = (TOP, lambda line, height, at, tallest: 0.0)  # all lines of a row read as one line


@dataclass(slots=True)
class Node:
    """The rows that begin with the same cells: how they go on, and the price of ending here."""

    edges: dict[tuple[int, bool, bool], Node] = field(default_factory=dict)
    end: float | None = None


@lru_cache(maxsize=32)
def _patterns(roles: tuple[str, ...], tilt: float, *, flat: bool) -> Node:
    """All rows that a table with these columns may have, by the order in which their words are printed."""
    root = Node()
    tall = len(roles) <= FEW
    ranges = [range(_highest(role, tall=tall) + 1) for role in roles]
    for number, heights in enumerate(product(*ranges)):
        if number > MOST_PATTERNS:
            break
        if not 0 < sum(heights) <= MOST_LINES or not _is_row(roles, heights):
            continue
        lack = sum(
            LACK.get(role, LACK_OTHER)
            for role, height in zip(roles, heights, strict=True)
            if not height
        )
        for price, order in _orders(heights, tilt, flat=flat):
            _add(root, order, lack + price)
    return root


def _highest(role: str, *, tall: bool) -> int:
    if tall and role in TALL:
        return TALL[role]
    return HEIGHTS.get(role, HIGHEST if role in WORDS else 1)


def _is_row(roles: Sequence[str], heights: Sequence[int]) -> bool:
    filled = {role for role, height in zip(roles, heights, strict=True) if height}
    return bool(filled & {"name", "target", "target_midterm"})


def _orders(
    heights: Sequence[int], tilt: float, *, flat: bool
) -> Iterator[tuple[float, list[tuple[float, int]]]]:
    """The orders in which cells so high are printed, and what each costs: (place in the row, column)."""
    seen: list[list[tuple[float, int]]] = []
    for price, place in (*WAYS, FLAT) if flat else WAYS:
        order = sorted(
            (place(line, height, at, max(heights)) + tilt * at, at)
            for at, height in enumerate(heights)
            for line in range(height)
        )
        if order not in seen:
            seen.append(order)
            yield price, order


def _add(root: Node, order: Sequence[tuple[float, int]], price: float) -> None:
    node = root
    filled: set[int] = set()
    place: float | None = None
    for where, at in order:
        key = (at, at not in filled, where != place)
        node = node.edges.setdefault(key, Node())
        filled.add(at)
        place = where
    node.end = price if node.end is None else min(node.end, price)


@dataclass(frozen=True, slots=True)
class Reading:
    """The step of each word (None for one that belongs to no row), the worth of all per word, full widths."""

    steps: list[Step | None]
    worth: float
    widths: Mapping[int, int]


@dataclass(slots=True)
class Decoder:
    """Finds the best chain of rows for the words of one table."""

    lanes: Sequence[Lane]
    words: Sequence[Word]
    lined: bool  # lines hold several cells
    widths: Mapping[int, int] = field(default_factory=dict)  # of full lines, by column number
    stray: float = STRAY  # the price of a word that belongs to no row
    tilt: float = 0.0  # lines by which each column stands lower than the one before it
    _worths: list[list[float]] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)
    _below: list[bool] = field(default_factory=list)  # on another line than the word before
    _behind_empty: list[bool] = field(default_factory=list)
    _parted: bool = False  # empty lines stand between rows only
    _best: list[float] = field(default_factory=list)
    _from: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def decode(self) -> tuple[list[Step | None], float]:
        """The step of each word (None for one that belongs to no row), and the worth of all per word."""
        count = len(self.words)
        if not count or not self.lanes:
            return [None] * count, 0.0
        self._prepare()
        placed = any(lane.bounds for lane in self.lanes)
        flat = self.lined and not placed
        root = _patterns(tuple(lane.column.role for lane in self.lanes), self.tilt, flat=flat)
        for at in range(count):
            self._offer(at + 1, self._best[at] - self.stray, at, ())
            opening = self._best[at] - self._opens(at)
            self._walk(root, at, opening, opening, (), [-1] * len(self.lanes))
        return self._trace(), self._best[count] / count

    def _prepare(self) -> None:
        pairs = list(pairwise(self.words))
        self._below = [True, *(one.line != two.line for one, two in pairs)]
        self._behind_empty = [False, *(one.block != two.block for one, two in pairs)]
        self._parted = 0 < sum(self._behind_empty) < SOME * sum(self._below)
        self._sizes = [columns(word.text) for word in self.words]
        self._worths = [[self._worth(word, lane) for lane in self.lanes] for word in self.words]
        self._best = [float("-inf")] * (len(self.words) + 1)
        self._best[0] = 0.0
        self._from = [(0, ())] * (len(self.words) + 1)

    def _worth(self, word: Word, lane: Lane) -> float:
        """What a word is worth as the first line of a cell in this column."""
        role = lane.column.role
        worth = (
            fit(shape(word.text), role) + lane.place(word) - 0.8 * bool(OPEN_START.match(word.text))
        )
        if role == "name":
            return worth - 1.5 * (len(word.text) <= SHREDS) - 2.5 * _is_figure(word.text)
        return worth + _is_figure(word.text) * (role in TARGETS and worth < 1.0)

    def _opens(self, at: int) -> float:
        """The price of a row that opens at this word."""
        return MIDLINE if at and self.lined and not self._below[at] else 0.0

    def _offer(self, end: int, value: float, start: int, lanes: tuple[int, ...]) -> None:
        if value > self._best[end]:
            self._best[end], self._from[end] = value, (start, lanes)

    def _walk(
        self,
        node: Node,
        at: int,
        score: float,
        floor: float,
        path: tuple[int, ...],
        last: list[int],
    ) -> None:
        """Follow the rows that go on with the word `at`; `last` has the last word of each cell."""
        if node.end is not None:
            price = sum(self._cut(lane, number) for lane, number in enumerate(last) if number >= 0)
            self._offer(at, score - node.end - price, at - len(path), path)
        if at == len(self.words):
            return
        worths = self._worths[at]
        for (lane, first, new_line), child in node.edges.items():
            gain = worths[lane] if first else -self._going_on(lane, last[lane], at)
            if gain < WORST:
                continue
            if path:
                gain -= self._between(at, new_line)
            if score + gain < floor + LOST:
                continue
            before, last[lane] = last[lane], at
            self._walk(child, at + 1, score + gain, floor, (*path, lane), last)
            last[lane] = before

    def _between(self, at: int, new_line: bool) -> float:
        """The price of what stands between this word and the one before it in the row."""
        price = EMPTY_LINE if self._parted and self._behind_empty[at] else 0.0
        if self.lined and self._below[at] != new_line:
            price += OTHER_LINE
        return price

    def _going_on(self, lane: int, before: int, at: int) -> float:
        """The price of a further line of a cell."""
        last, word = self.words[before], self.words[at]
        column = self.lanes[lane]
        price = GOING_ON - column.place(word) + self._broken(lane, before, at)
        if STRONG.match(word.text):
            price += 4.0
        elif shape(word.text).target and column.column.role == "name":
            price += 2.5
        if OPEN_END.search(last.text) or OPEN_START.match(word.text):
            price -= 1.2
        if len(word.text) <= SHREDS and not word.text[0].isascii():
            price -= 0.8
        return price - (1.5 if _is_open(last.text) else 0.0)

    def _broken(self, lane: int, before: int, at: int) -> float:
        """What the length of the line above says: a cell goes on below only where its line is full.

        Two lines of a cell that stand in one line of the text may have changed places.
        """
        full = self.widths.get(self.lanes[lane].number, 0) - SPARE
        if full < NARROWEST - SPARE:
            return 0.0
        if self._sizes[before] >= full:
            return FULL
        return SWAPPED if at == before + 1 and self._sizes[at] >= full else SHORT

    def _cut(self, lane: int, at: int) -> float:
        """The price of ending a cell with a full line of words."""
        full = self.widths.get(self.lanes[lane].number, 0)
        if full < NARROWEST or self._sizes[at] < full - SPARE:
            return 0.0
        return 0.0 if STRONG.match(self.words[at].text) else CUT

    def _trace(self) -> list[Step | None]:
        found: list[Step | None] = []
        at = len(self.words)
        while at:
            start, lanes = self._from[at]
            steps: list[Step | None] = [
                Step(self.lanes[lane].number, opens=not number) for number, lane in enumerate(lanes)
            ]
            found[:0] = steps or [None]
            at = start
        return found


def _is_figure(text: str) -> bool:
    """Whether a text has figures and no letters: `%06<`."""
    return any(one.isdigit() for one in text) and not any(one.isalpha() for one in text)


def _is_open(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def read(
    lanes: Sequence[Lane], words: Sequence[Word], *, lined: bool, beside: bool = False
) -> Reading:
    """The reading of the words; where it says little, as of a page that was read askew.

    `beside` says that words of other columns stand among those of the rows.
    """
    stray = STRAY_BESIDE if beside else STRAY
    best = _read(Decoder(lanes, words, lined, stray=stray))
    if best.worth < POOR and not lined and not any(lane.bounds for lane in lanes):
        for tilt in (-TILT, TILT):
            askew = _read(Decoder(lanes, words, lined, stray=stray, tilt=tilt))
            best = max(best, askew, key=lambda one: one.worth)
    return best


def _read(decoder: Decoder) -> Reading:
    """Read twice, the second time knowing how wide the lines of each column are."""
    steps, _ = decoder.decode()
    widths: dict[int, int] = {}
    for word, step in zip(decoder.words, steps, strict=True):
        if step is not None:
            widths[step.column] = max(widths.get(step.column, 0), columns(word.text))
    decoder.widths = widths
    return Reading(*decoder.decode(), widths)


def in_order(words: Sequence[Word], full: int) -> list[Word]:
    """The lines of a cell from top to bottom: a full line that stands right behind a shorter one comes first."""
    found = list(words)
    for at in range(1, len(found)):
        upper, lower = columns(found[at - 1].text), columns(found[at].text)
        beside = found[at].line - found[at - 1].line <= 1
        if beside and full >= NARROWEST and upper < full - SPARE <= lower:
            found[at - 1], found[at] = found[at], found[at - 1]
    return found


def heights(rows: Sequence[tuple[float, float]], labels: Sequence[float]) -> list[float]:
    """Where labels stand among rows that reach from line to line: beside one, or between two."""
    found: list[float] = []
    middles = [(top + bottom) / 2 for top, bottom in rows]
    for label in labels:
        beside = [
            at for at, (top, bottom) in enumerate(rows) if top - 0.25 <= label <= bottom + 0.25
        ]
        if beside:
            found.append(min(beside, key=lambda at: abs(middles[at] - label)))
            continue
        above = sum(1 for middle in middles if middle < label)
        found.append(above - 0.5)
    return found
