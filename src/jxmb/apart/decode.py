"""Words in reading order to rows: which word is name, sign, target, unit or weight, and where a row ends.

The best reading of the whole table is found at once (Viterbi over the columns of the table): each word takes
a column, goes on with a cell of its row, or opens a new row; the price of a step says how unlikely it is.
Where the text keeps its columns by blanks, a word's place under the column heads counts as evidence too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from ..roles import Column, Shape, fit, shape
from ..tables.widths import columns
from .pieces import Gap
from .words import Word

MOST_WORDS = 20_000  # in one form: more is no form
JOIN = {Gap.NONE: 2.5, Gap.NARROW: 0.9, Gap.WIDE: 3.5, Gap.TAB: 3.5, Gap.LINE: 1.5, Gap.EMPTY: 3.0}
LACK = {
    "name": 4.0,
    "target": 2.4,
    "mark": 0.8,
    "unit": 0.5,
    "weight": 1.0,
    "score": 0.8,
    "actual": 0.8,
}
LACK_OTHER = 0.3
LATER = (
    1.2  # the price of a row whose name comes after its first cell (a tall cell begins above it)
)
# Cells that are hardly ever wrapped.
WHOLE = {"weight": 4.0, "score": 4.0, "mark": 2.0, "unit": 2.0}
MIDLINE = 3.0  # the price of opening a row in the middle of a line
NARROWEST = 8  # display columns of a full line that says something
SPARE = 2  # display columns that a full line may leave
FULL = -0.8
CUT_SHORT = 1.6  # the price of ending a row with a full line of words
SHORT = 1.5
BACK = 2.2  # the price of going back to a cell further left without a place to tell
LONGEST_BACK = 10  # code points
OPEN_END = regex.compile(r"[、，,；;：:（(—–\-和及与的对在为等“]$")
OPEN_START = regex.compile(
    r"^[、，,；;）)”。率数性度量额的]|^(?:前|后|底|以上|以内|左右|日前|月底)"
)
STRONG = regex.compile(r"^[≥≤><=＝》《＞＜]")
Offer = Callable[[int, float, int, "Step"], None]
LEVEL_ROLES = frozenset({"margin", "level1", "level2"})


@dataclass(frozen=True, slots=True)
class Step:
    """What a word was taken for: the number of its column, and whether it opens a row."""

    column: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the table in the text: its number, role, and from where to where it and its head reach."""

    number: int
    column: Column
    bounds: tuple[float, float] | None = None
    head: tuple[int, int] | None = None

    def place(self, word: Word) -> float:
        """What the place of a word says for this column, from -1.5 to 1.5."""
        if self.bounds is None:
            return 0.0
        left, right = max(self.bounds[0], word.start), min(self.bounds[1], word.end)
        return 3.0 * max(0.0, right - left) / max(1, word.end - word.start) - 1.5


@dataclass(frozen=True, slots=True)
class Back:
    """How a state was reached: the state before, and the step."""

    state: int
    step: Step


@dataclass(slots=True)
class Decoder:
    """Finds the best reading of the words of one table.

    A state is the column reached in the row, twice: once with the row's name seen, once with the name to come.
    """

    lanes: Sequence[Lane]
    after_label: Sequence[bool]
    lined: bool  # lines hold several cells
    one_line: bool = False  # rows do not keep to lines at all
    widths: Mapping[int, int] = field(default_factory=dict)  # of full lines, by column number
    before: list[float] = field(default_factory=list)
    total: float = 0.0
    name: int = -1

    def __post_init__(self) -> None:
        sums = [0.0]
        for lane in self.lanes:
            sums.append(sums[-1] + LACK.get(lane.column.role, LACK_OTHER))
        self.before, self.total = sums, sums[-1]
        self.name = next(
            (at for at, lane in enumerate(self.lanes) if lane.column.role == "name"), -1
        )

    def decode(self, words: Sequence[Word]) -> tuple[list[Step], float]:
        """The step of each word, and the worth of the reading per word (greater is better)."""
        if not words or not self.lanes or len(words) > MOST_WORDS:
            return [], 0.0
        best = self._first(words[0])
        backs: list[list[Back | None]] = []
        for number in range(1, len(words)):
            best, back = self._next(
                words[number - 1], words[number], self.after_label[number], best
            )
            backs.append(back)
        return self._trace(best, backs)

    def _first(self, word: Word) -> list[float]:
        look = shape(word.text)
        best: list[float] = []
        for at, lane in enumerate(self.lanes):
            worth = fit(look, lane.column.role) + lane.place(word)
            best += [worth - self.before[at], self._late(at, worth)]
        return best

    def _late(self, at: int, worth: float) -> float:
        """A row opened right of its name, which is still to come."""
        if at <= self.name or self.name < 0:
            return float("-inf")
        return worth - self.before[at] + LACK["name"] - LATER

    def _end(self, best: Sequence[float], last: Word | None = None) -> tuple[float, int]:
        """The best end of a row, and its state; `last` is the word it would end with."""
        ends = [
            value
            - (self.total - self.before[state // 2 + 1])
            - (LACK["name"] if state % 2 else 0.0)
            - (CUT_SHORT if last and self._is_full(self.lanes[state // 2], last) else 0.0)
            for state, value in enumerate(best)
        ]
        state = max(range(len(ends)), key=ends.__getitem__)
        return ends[state], state

    def _next(
        self, last: Word, word: Word, after_label: bool, best: Sequence[float]
    ) -> tuple[list[float], list[Back | None]]:
        look = shape(word.text)
        prose = not look.target and word.gap >= Gap.LINE and not after_label
        end, end_state = self._end(best, last if prose else None)
        end += 0.0 if self.one_line and not after_label else _opening(word, after_label)
        join = _join(last, word, after_label)
        following = [float("-inf")] * len(best)
        back: list[Back | None] = [None] * len(best)

        def offer(state: int, value: float, source: int, step: Step) -> None:
            if value > following[state]:
                following[state], back[state] = value, Back(source, step)

        places = [lane.place(word) for lane in self.lanes]
        worths = [fit(look, lane.column.role) + places[at] for at, lane in enumerate(self.lanes)]
        for at, lane in enumerate(self.lanes):
            opened = Step(lane.number, opens=True)
            offer(2 * at, end + worths[at] - self.before[at], end_state, opened)
            offer(2 * at + 1, self._late(at, end + worths[at]), end_state, opened)
            held = Step(lane.number, opens=False)
            price = self._going_on(lane, join, places[at]) + self._broken(lane, last, word)
            for late in (0, 1):
                state = 2 * at + late
                offer(state, best[state] - price, state, held)
        self._advance(worths, word, best, offer)
        self._go_back(look, word, join, places, best, offer)
        return following, back

    def _going_on(self, lane: Lane, join: float, place: float) -> float:
        price = join + WHOLE.get(lane.column.role, 0.0) - place
        return price - 0.7 if lane.bounds is not None else price

    def _is_full(self, lane: Lane, last: Word) -> bool:
        """Whether a line of words fills its column, so that its cell may go on below."""
        full = self.widths.get(lane.number, 0)
        return (
            full >= NARROWEST and columns(last.text) >= full - SPARE and not STRONG.match(last.text)
        )

    def _broken(self, lane: Lane, last: Word, word: Word) -> float:
        """What the length of a line says: a cell goes on below only where its line is full."""
        full = self.widths.get(lane.number, 0)
        if full < NARROWEST or word.gap < Gap.LINE:
            return 0.0
        return FULL if columns(last.text) >= full - SPARE else SHORT

    def _advance(
        self, worths: Sequence[float], word: Word, best: Sequence[float], offer: Offer
    ) -> None:
        """Go on to a column further right in the row."""
        within = 0.3 if word.gap in (Gap.LINE, Gap.EMPTY) else 0.0
        for late in (0, 1):
            running, origin = float("-inf"), 0
            for at in range(1, len(self.lanes)):
                candidate = best[2 * (at - 1) + late] + self.before[at]
                if candidate > running:
                    running, origin = candidate, 2 * (at - 1) + late
                value = running - self.before[at] + worths[at] - within
                offer(2 * at + late, value, origin, Step(self.lanes[at].number, opens=False))

    def _go_back(
        self,
        look: Shape,
        word: Word,
        join: float,
        places: Sequence[float],
        best: Sequence[float],
        offer: Offer,
    ) -> None:
        """Go on with a cell further left: the lower lines of a tall cell stand below the rest of its row."""
        if not self.lined or word.gap < Gap.WIDE or (look.target and STRONG.match(word.text)):
            return
        for at in range(1, len(self.lanes)):
            for target in range(at):
                lane = self.lanes[target]
                if lane.column.role in WHOLE:
                    continue
                placed = lane.bounds is not None
                if not placed and (
                    len(word.text) > LONGEST_BACK or look.target or word.gap < Gap.LINE
                ):
                    continue
                price = (join - 0.4 if placed else join + BACK - 1.0) - places[target]
                step = Step(lane.number, opens=False)
                offer(2 * at, best[2 * at] - price, 2 * at, step)
                if target == self.name:
                    bonus = fit(look, "name")
                    offer(2 * at, best[2 * at + 1] - price + bonus, 2 * at + 1, step)
                else:
                    offer(2 * at + 1, best[2 * at + 1] - price, 2 * at + 1, step)

    def _trace(
        self, best: Sequence[float], backs: Sequence[Sequence[Back | None]]
    ) -> tuple[list[Step], float]:
        worth, state = self._end(best)
        steps: list[Step] = []
        for back in reversed(backs):
            one = back[state]
            assert one is not None
            steps.append(one.step)
            state = one.state
        steps.append(Step(self.lanes[state // 2].number, opens=True))
        steps.reverse()
        return steps, worth / len(steps)


def _opening(word: Word, after_label: bool) -> float:
    """How well a row opens at this word."""
    if after_label:
        return 1.0
    if word.gap in (Gap.LINE, Gap.EMPTY):
        return 0.0
    return -MIDLINE / 2 if word.gap is Gap.WIDE else -MIDLINE


def _join(last: Word, word: Word, after_label: bool) -> float:
    """The price of taking a word for the next piece of the cell before it."""
    price = JOIN[word.gap]
    if after_label:
        price += 1.5
    if STRONG.match(word.text):
        price += 4.0
    if OPEN_END.search(last.text) or OPEN_START.match(word.text):
        price -= 1.2
    if last.text.count("（") + last.text.count("(") > last.text.count("）") + last.text.count(")"):
        price -= 1.5
    if len(word.text) <= 2 and not word.text[0].isascii():
        price -= 0.6
    return price
