"""Words to rows: which word is name, sign, target, unit or weight, and where a row ends.

A row is a choice of how many lines each of its cells has (`row_shapes`), and of how a page shows them: one cell
after the other (in turn), or line by line. The table is the chain of rows that says most of all its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import field, replace
from itertools import pairwise
from operator import itemgetter

from ...deferred import dataclass
from ...forms.columns import OFFICES
from ...forms.shapes import fit, shape
from ...source.widths import columns
from ...values import seams
from ..continuation import may_be_broken
from ..fragments import Fragment
from . import row_shapes
from .lanes import Lane, Step
from .looks import Look, look_of
from .prices import JOINS, LINES, PAGE, ROWS, WIDTHS, WORDS

NAMES = frozenset({"name", "project_name", "department", "implementer"})
HEADER = ("field", "money", "goal", "column")


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
    words: Sequence[Fragment]
    lined: bool  # lines hold several cells
    widths: Mapping[int, int] = field(default_factory=dict)  # of full lines, by column number
    lone: Set[int] = frozenset()  # columns in which one line alone is as wide
    stray: float = WORDS.stray  # the price of a word that belongs to no row
    tilt: float = 0.0  # lines by which each column stands lower than the one before it
    after_label: Sequence[bool] | None = None  # of each word, where the cells of a row come in turn
    single: bool = False  # there is but one row
    _looks: list[Look] = field(default_factory=list)
    _places: list[list[float]] = field(default_factory=list)
    _worths: list[list[float]] = field(default_factory=list)
    _below: list[bool] = field(default_factory=list)  # on another line than the word before
    _after: Sequence[bool] = ()  # a line or, in turn, a label begins before it
    _other: float = 0.0  # the price where a row has that elsewhere
    _parted: bool = False  # rows are, by empty lines
    _empty: list[float] = field(default_factory=list)  # the price of an empty line before a word
    _wide: list[list[float]] = field(default_factory=list)  # the price of words wider than a column
    _opening: list[list[float]] = field(default_factory=list)  # what words are worth as first lines
    _joins: dict[tuple[int, int, int], float] = field(default_factory=dict)
    _reached: dict[tuple[int, int], float] = field(default_factory=dict)  # the best ways, in turn
    _best: list[float] = field(default_factory=list)
    _from: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        pairs = list(pairwise(self.words))
        in_turn = self.after_label is not None
        self._below = [
            True,
            *(one.line != two.line or (in_turn and may_be_broken(one, two)) for one, two in pairs),
        ]
        self._after = self._below if self.after_label is None else self.after_label
        self._other = ROWS.labelled if in_turn else ROWS.other_line * self.lined
        empty = [False, *(one.block != two.block for one, two in pairs)]
        parted = 0 < sum(empty) < ROWS.some * sum(self._below)
        self._parted = parted
        self._empty = [ROWS.empty_line * (parted and one) for one in empty]
        self._looks = [look_of(word) for word in self.words]
        self._places = [[lane.place(word) for lane in self.lanes] for word in self.words]
        self._worths = [
            [self._worth(at, number) for number in range(len(self.lanes))]
            for at in range(len(self.words))
        ]

    def decode(self) -> tuple[list[Step | None], float]:
        """The step of each word (None for one that belongs to no row), and the worth of all per word."""
        count = len(self.words)
        if not count or not self.lanes:
            return [None] * count, 0.0
        self._joins = {}
        self._reached = {}
        self._wide = [
            [
                LINES.too_wide * (0 < self.widths.get(lane.number, 0) < look.size)
                for lane in self.lanes
            ]
            for look in self._looks
        ]
        self._opening = [
            [worth - price for worth, price in zip(worths, wide, strict=True)]
            for worths, wide in zip(self._worths, self._wide, strict=True)
        ]
        self._best = [0.0, *[float("-inf")] * count]
        self._from = [(0, ())] * (count + 1)
        root = self._root()
        last = [-1] * len(self.lanes)
        for at in range(count):
            self._offer(at + 1, self._best[at] - self.stray, at, ())
            self._walk(root, at, self._best[at] - self._begin(at), (), last)
        return self._trace(), self._best[count] / count

    def _root(self) -> row_shapes.Node:
        """The rows that these columns may have."""
        roles = tuple(lane.column.role for lane in self.lanes)
        if self.after_label is not None:
            steps = pairwise(lane.number for lane in self.lanes)
            behind = (at for at, (one, two) in enumerate(steps, 1) if two - one > 1)
            return row_shapes.in_turn(roles, frozenset(behind))
        flat = self.lined and not any(lane.bounds for lane in self.lanes)
        beside = self.stray == WORDS.stray_beside
        return row_shapes.rows(roles, self.tilt, lined=self.lined, flat=flat, beside=beside)

    def _begin(self, at: int) -> float:
        """The price of a row that begins with a word."""
        if not at:
            return 0.0
        in_turn = self.after_label is not None
        in_lines = self.lined or (in_turn and 2 * sum(self._below) > len(self.words))
        price = ROWS.midline * (in_lines and not self._below[at])
        price += ROWS.unparted * (self._parted and not self._empty[at])
        alone = ROWS.never if self.single else ROWS.unlabelled
        return price + alone * (in_turn and not self._after[at])

    def _worth(self, at: int, lane: int) -> float:
        """What a word is worth as the first line of a cell in a column."""
        text, role = self.words[at].text, self.lanes[lane].column.role
        worth = (
            fit(shape(text), role)
            + self._places[at][lane]
            - WORDS.further * self._looks[at].further
        )
        if self.words[at].name(*HEADER):
            return worth - WORDS.label
        if self._looks[at].sign and role == "mark":
            return WORDS.misread + self._places[at][lane]
        if role == "name" and shape(text).full_label and not self.words[at].meanings:
            return WORDS.named + self._places[at][lane]
        if role == "name":
            short = len(text) <= seams.SHRED
            return worth - WORDS.shred * short - WORDS.unlike * seams.is_rest_of_unit(text)
        return worth

    def _offer(self, end: int, value: float, start: int, lanes: tuple[int, ...]) -> None:
        if value > self._best[end]:
            self._best[end], self._from[end] = value, (start, lanes)

    def _walk(
        self, node: row_shapes.Node, at: int, score: float, path: tuple[int, ...], last: list[int]
    ) -> None:
        """Follow the rows that go on with the word `at`; `last` has the last word of each cell.

        Where cells come in turn, rows come together again: only the best way to where they do is followed further.
        """
        if self.after_label is not None and self._is_beaten(node, at, score):
            return
        if node.end is not None and score - node.end > self._best[at]:
            price = self._cuts(last) if self.widths else 0.0
            self._offer(at, score - node.end - price, at - len(path), path)
        if at == len(self.words) or score < self._best[at] - ROWS.slack:
            return
        opening, sign, empty, other = (
            self._opening[at],
            self._after[at],
            self._empty[at],
            self._other,
        )
        for lane, first, new, price, child in node.ways:
            before = last[lane]
            gain = opening[lane] if first else self._going_on(lane, before, at)
            if gain < WORDS.worst:
                continue
            if path:
                gain -= empty + other if sign != new else empty
            if first or before != at - 1 or not self._swapped(lane, before, at):
                last[lane] = at
            self._walk(child, at + 1, score + gain - price, (*path, lane), last)
            last[lane] = before

    def _is_beaten(self, node: row_shapes.Node, at: int, score: float) -> bool:
        """Whether a better way leads to a word as such a cell; remembers the best."""
        before = self._reached.get((id(node), at), float("-inf"))
        self._reached[id(node), at] = max(before, score)
        return score <= before

    def _going_on(self, lane: int, before: int, at: int) -> float:
        """What a word is worth as a further line of a cell."""
        key = (lane, before, at)
        found = self._joins.get(key)
        if found is None:
            found = self._joins[key] = -self._join(lane, before, at) - self._wide[at][lane]
        return found

    def _join(self, lane: int, before: int, at: int) -> float:
        last, look = self._looks[before], self._looks[at]
        price = JOINS.going_on - self._places[at][lane] + self._broken(lane, before, at)
        if self.stray == WORDS.stray_beside and last.prose:
            price += JOINS.prose
        if last.office and self.lanes[lane].column.role in OFFICES:
            price += JOINS.office
        if look.strong:
            price += JOINS.signed
        elif look.target and self.lanes[lane].column.role in NAMES:
            price += WORDS.unlike
        if last.sign and look.target and not look.strong:
            price -= JOINS.unit
        if last.closed:
            price += 0.0 if look.ends_value else JOINS.whole
        elif last.target and look.ends_value and not look.target:
            price -= JOINS.unit if last.bare else JOINS.same
        value = look.ends_value and self.lanes[lane].column.role == "name"  # the end of no name
        further = last.unfinished or (look.further and not value)
        return (
            price - JOINS.open * further - JOINS.shred * look.shred - JOINS.bracket * last.bracket
        )

    def _broken(self, lane: int, before: int, at: int) -> float:
        """What the length of the line above says: a cell goes on below only where its line is full.

        A lone line as wide may just be long. Two lines of a cell that stand in one line of the text may have
        changed places.
        """
        full = self.widths.get(self.lanes[lane].number, 0)
        if full < WIDTHS.narrowest or (self.after_label is not None and not self._below[at]):
            return 0.0
        upper, lower = self._looks[before], self._looks[at]
        if upper.size + max(lower.first, upper.spare) > full:
            return LINES.full / 2 if self.lanes[lane].number in self.lone else LINES.full
        return LINES.swapped if self._swapped(lane, before, at) else LINES.short

    def _swapped(self, lane: int, before: int, at: int) -> bool:
        """Whether two lines of a cell that stand in one line of the text have changed places."""
        full = self.widths.get(self.lanes[lane].number, 0) - WIDTHS.spare
        return (
            self.after_label is None
            and at == before + 1
            and not self._below[at]
            and full >= WIDTHS.narrowest - WIDTHS.spare
            and self._looks[before].size < full <= self._looks[at].size
        )

    def _cuts(self, last: Sequence[int]) -> float:
        """The price of ending cells with a full line of words."""
        price = 0.0
        for lane, at in enumerate(last):
            full = self.widths.get(self.lanes[lane].number, 0) if at >= 0 else 0
            if full >= WIDTHS.narrowest:
                look = self._looks[at]
                lone = self.lanes[lane].number in self.lone
                ends = look.size + max(WIDTHS.spare, look.spare) > full
                price += LINES.cut * (ends and not look.strong and not lone)
        return price

    def _trace(self) -> list[Step | None]:
        found: list[Step | None] = []
        at = len(self.words)
        while at:
            at, lanes = self._from[at]
            found += [
                Step(self.lanes[lane].number, opens=not number)
                for number, lane in reversed(list(enumerate(lanes)))
            ] or [None]
        found.reverse()
        return found


def read(
    options: Sequence[Sequence[Lane]],
    words: Sequence[Fragment],
    *,
    lined: bool = False,
    beside: bool = False,
    after_label: Sequence[bool] | None = None,
    single: bool = False,
) -> tuple[int, Reading]:
    """Which of the orders that the columns may have says most of the words, and its reading.

    The page may have been read askew. `beside` says that words of other columns stand among those of the rows,
    `after_label` that cells come in turn, and before which of their words a label stands; `single` that there is
    one row. The best is read again, then knowing how wide the lines of each column are.
    """
    stray = WORDS.stray_beside if beside else WORDS.stray
    decoders = [
        Decoder(lanes, words, lined, stray=stray, after_label=after_label, single=single)
        for lanes in options
    ]
    tried = [(*one.decode(), one) for one in decoders]
    placed = any(lane.bounds for lanes in options for lane in lanes)
    straight = max(tried, key=lambda one: one[1])[2]
    if not (lined or placed or after_label is not None):
        for tilt in (-PAGE.tilt, PAGE.tilt):
            askew = replace(straight, tilt=tilt)
            steps, worth = askew.decode()
            tried.append((steps, worth - PAGE.askew, askew))
    steps, _, best = max(tried, key=lambda one: one[1])
    number = next(at for at, lanes in enumerate(options) if lanes is best.lanes)
    return number, _again(best, steps)


def _again(decoder: Decoder, steps: Sequence[Step | None]) -> Reading:
    """The best reading that knows how wide the lines of each column are, as an earlier one has them."""
    sizes: dict[int, Counter[int]] = {}
    for word, step in zip(decoder.words, steps, strict=True):
        if step is not None:
            sizes.setdefault(step.column, Counter())[columns(word.text)] += 1
    readings = []
    for widths in _widths(sizes):
        decoder.widths = widths
        decoder.lone = {at for at, ones in sizes.items() if _full(ones, widths[at]) == 1}
        price = LINES.outlier * sum(_is_outlier(sizes[at], widths[at]) for at in decoder.lone)
        reading = Reading(*decoder.decode(), widths if decoder.after_label is None else {})
        readings.append((reading.worth - price, reading))
    return max(readings, key=itemgetter(0))[1]


def _is_outlier(sizes: Counter[int], width: int) -> bool:
    """Whether a line is far wider than those of its column that are as wide as others: it stands elsewhere."""
    often = max((size for size in sizes if _full(sizes, size) >= WIDTHS.several), default=0)
    return often >= WIDTHS.wrapped and width >= WIDTHS.far * often


def _full(sizes: Counter[int], width: int) -> int:
    """How many lines of a column are full if it is so wide."""
    return sum(sizes[size] for size in range(width - WIDTHS.spare, width + 1))


def _widths(sizes: Mapping[int, Counter[int]]) -> Iterator[dict[int, int]]:
    """How wide the columns may be: as their widest lines, or one of them as wide as many lines are."""
    widest = {at: max(ones) for at, ones in sizes.items()}
    yield widest
    for at, ones in sizes.items():
        often = [size for size in sorted(ones, reverse=True) if _full(ones, size) >= WIDTHS.many]
        if often and WIDTHS.narrowest <= often[0] < widest[at]:
            yield {**widest, at: often[0]}


def in_order(words: Sequence[Fragment], full: int) -> list[Fragment]:
    """The lines of a cell from top to bottom: a full line that stands right behind a shorter one comes first."""
    found = list(words)
    for at in range(1, len(found)):
        upper, lower = columns(found[at - 1].text), columns(found[at].text)
        beside = found[at].line - found[at - 1].line <= 1 and not seams.is_signed(
            found[at - 1].text
        )
        if beside and full >= WIDTHS.narrowest and upper < full - WIDTHS.spare <= lower:
            found[at - 1], found[at] = found[at], found[at - 1]
    return found


def heights(rows: Sequence[tuple[float, float]], labels: Sequence[float]) -> list[float]:
    """Where labels stand among rows that reach from line to line: beside one, or between two."""
    found: list[float] = []
    middles = [(top + bottom) / 2 for top, bottom in rows]
    for label in labels:
        below = sum(middle < label for middle in middles)
        over = label - rows[below - 1][1] if below else float("inf")
        under = rows[below][0] - label if below < len(rows) else float("inf")
        near = below - 1 if over < under else below
        beside = min(over, under) <= PAGE.beside and abs(over - under) > PAGE.between
        found.append(float(near) if beside else below - 0.5)
    return found
