"""Words in reading order to rows: which word is name, sign, target, unit or weight, and where a row ends.

The best reading of the whole table is found at once (Viterbi over the columns of the table): each word takes
a column, goes on with a cell of its row, or opens a new row; the price of a step says how unlikely it is.
Where the text keeps its columns by blanks, a word's place under the column heads counts as evidence too.

A cell is broken where the next word does not fit into its column. How wide the columns are is not known at
first: widths are tried, and those that explain best where the lines end are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from ..roles import FIELD_ROLES, Column, Shape, fit, shape
from ..tables.widths import columns
from .pieces import Gap
from .words import Word

MOST_WORDS = 20_000  # in one form: more is no form
JOIN = {Gap.NONE: 2.5, Gap.NARROW: 0.9, Gap.WIDE: 3.5, Gap.TAB: 3.5, Gap.LINE: 1.5, Gap.EMPTY: 1.8}
LACK = {
    "name": 4.0,
    "target": 2.4,
    "mark": 1.2,
    "unit": 0.5,
    "weight": 2.0,
    "score": 0.8,
    "actual": 0.8,
}
LACK_OTHER = 0.3
LACK_PROJECT = 2.0  # of the data that a project begins with, in a table of many projects
PROJECT = FIELD_ROLES - {"goal"}
UNLABELLED = (
    4.0  # the price of going on from the data of a project to its indicators without a level label
)
LATER = (
    1.2  # the price of a row whose name comes after its first cell (a tall cell begins above it)
)
# Cells that are hardly ever wrapped.
WHOLE = {"weight": 4.0, "score": 4.0, "mark": 2.0, "unit": 2.0}
OPENING = 1.5  # the price of opening a row without a level label
MIDLINE = 3.0  # the price of opening a row in the middle of a line
NARROWEST = 4  # display columns of a full line that says something
SLACK = 1  # display columns by which lines of a column may differ
TOO_WIDE = 4.0  # the price of a line that is wider than its column
FULL = -0.8
CUT_SHORT = 1.6  # the price of ending a cell with a full line of words
SHORT = 3.0  # the price of going on below a line that has room for more
UNLIKE = 1.5  # the price of a column that no level label stands before, behind a level label
SHORT_TAIL = 3  # code points
ONE_VALUE = 2.0  # what it says that two texts are one value
LETTER = 2.0  # the price of a name that begins with a letter alone on its line
IN_NAME = 1.0  # the price of a value within a name
BLANK = 2.0
TRIED = 3  # widths that are tried for a column
OPEN_END = regex.compile(r"[、，,；;：:（(—–\-和及与的对在为等“]$")
OPEN_START = regex.compile(
    r"^[、，,；;）)”。率数性度量额的]|^(?:前|后|底|以上|以内|左右|日前|月底)"
)
STRONG = regex.compile(r"^[≥≤><=＝》《＞＜]")
TOKEN = regex.compile(r"^(?:[A-Za-z0-9.,%‰]+|.)[、，,；;。：:）)”％%]?")
LEVEL_ROLES = frozenset({"margin", "level1", "level2"})
NEVER = float("-inf")


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
class Look:
    """What is known of a word before the reading begins: prices that no reading changes."""

    word: Word
    shape: Shape
    worths: tuple[float, ...]  # of each lane
    places: tuple[float, ...]
    opening: float
    join: float  # the price of going on with the cell of the word before
    labelled: bool
    broken: bool  # begins a line
    words: bool  # begins a line that is neither a value nor behind a label
    width: int
    fits: int  # width of what would have had to fit on the line above


Back = tuple[int, int, bool]  # the state before, and the lane and opening of the step


@dataclass(slots=True)
class Decoder:
    """Finds the best reading of the words of one table.

    A state is the column reached in the row, twice: once with the row's name seen, once with the name to come.
    """

    lanes: Sequence[Lane]
    after_label: Sequence[bool]
    lined: bool  # lines hold several cells
    one_line: bool = False  # rows do not keep to lines at all
    widths: Mapping[int, int] = field(default_factory=dict)  # of full lines, by lane
    before: list[float] = field(default_factory=list)
    entries: list[bool] = field(default_factory=list)  # lanes right behind a level column
    name: int = -1
    placed: bool = False  # the places of words tell their columns
    units: bool = False  # values and their units have columns of their own
    first: int = 0  # the lane in which rows open that begin no project
    line: list[int] = field(default_factory=list)  # how wide the line is that a state ends with
    looks: list[Look] = field(default_factory=list)

    def __post_init__(self) -> None:
        numbers = {lane.number for lane in self.lanes}
        self.entries = [lane.number - 1 not in numbers for lane in self.lanes]
        if any(lane.column.role in PROJECT for lane in self.lanes) and self.entries[-1:]:
            self.first = max(at for at, entry in enumerate(self.entries) if entry)
        sums = [0.0]
        for at, lane in enumerate(self.lanes):
            lack = LACK_PROJECT if at < self.first else LACK.get(lane.column.role, LACK_OTHER)
            sums.append(sums[-1] + lack)
        self.before = sums
        self.placed = self.lined and any(lane.bounds is not None for lane in self.lanes)
        self.units = any(lane.column.role == "unit" for lane in self.lanes)
        self.name = next(
            (at for at, lane in enumerate(self.lanes) if lane.column.role == "name"), -1
        )

    def decode(self, words: Sequence[Word]) -> tuple[list[Step], float]:
        """The step of each word, and the worth of the reading per word (greater is better)."""
        if not words or not self.lanes or len(words) > MOST_WORDS:
            return [], 0.0
        self._look(words)
        return self._read()

    def refine(self, steps: list[Step], worth: float) -> tuple[list[Step], float]:
        """The reading with the widths of the columns that explain best where lines end."""
        if not steps or self.one_line or not any(look.broken for look in self.looks):
            return steps, worth
        lane_of = {lane.number: at for at, lane in enumerate(self.lanes)}
        widest: dict[int, int] = {}
        for look, step in zip(self.looks, steps, strict=True):
            at = lane_of[step.column]
            widest[at] = max(widest.get(at, 0), look.width)
        self.widths = widest
        best = self._read()
        if not self._doubtful(best[0]):
            return best
        for at, lane in enumerate(self.lanes):
            if lane.column.role in WHOLE:
                continue
            for width in self._tried(widest.get(at, 0)):
                known = self.widths
                self.widths = {**known, at: width}
                found = self._read()
                if found[1] > best[1]:
                    best = found
                else:
                    self.widths = known
        return best

    def _doubtful(self, steps: Sequence[Step]) -> bool:
        """Whether a cell goes on over lines in a reading, so that widths may tell more."""
        return any(
            look.broken and not two.opens and two.column == one.column
            for look, one, two in zip(self.looks[1:], steps, steps[1:], strict=False)
        )

    def _tried(self, widest: int) -> list[int]:
        """The widths at which most lines of words end."""
        ends = Counter(
            look.width
            for look, after in zip(self.looks, self.looks[1:], strict=False)
            if after.words and look.width >= NARROWEST
        )
        support = {width: count + ends.get(width - 1, 0) for width, count in ends.items()}
        likely = sorted(support, key=lambda width: (-support[width], -width))
        return [width for width in likely if width != widest][:TRIED]

    def _look(self, words: Sequence[Word]) -> None:
        self.looks = []
        last: Word | None = None
        alone = sum(self.entries) < 2
        for word, labelled in zip(words, self.after_label, strict=True):
            width = columns(word.text)
            look = shape(word.text)
            places = tuple(lane.place(word) for lane in self.lanes)
            worths = tuple(
                fit(look, lane.column.role)
                + place
                - (UNLIKE if labelled and not self.entries[at] else 0.0)
                - (LETTER if at == self.name and len(word.text) == 1 else 0.0)
                for at, (lane, place) in enumerate(zip(self.lanes, places, strict=True))
            )
            opening = 0.0 if self.one_line and not labelled else _opening(word, labelled and alone)
            self.looks.append(
                Look(
                    word,
                    look,
                    worths,
                    places,
                    opening,
                    self._join(last, word, labelled) if last is not None else 0.0,
                    labelled,
                    word.gap >= Gap.LINE,
                    not look.target and word.gap >= Gap.LINE and not labelled,
                    width,
                    _first_token(word.text),
                )
            )
            last = word

    def _join(self, last: Word, word: Word, labelled: bool) -> float:
        """The price of taking a word for the next piece of the cell before it."""
        price = JOIN[word.gap]
        if word.gap is Gap.NARROW and _is_han(last.text[-1]) and _is_han(word.text[0]):
            price += BLANK  # no blanks stand between the words of Chinese text
        if labelled:
            price += 1.5
        if STRONG.match(word.text):
            price += 4.0
        if OPEN_END.search(last.text) or OPEN_START.match(word.text):
            price -= 1.2
        if last.text.count("（") + last.text.count("(") > last.text.count("）") + last.text.count(
            ")"
        ):
            price -= 1.5
        if len(word.text) <= 2 and not word.text[0].isascii():
            price -= 0.6
        if not self.units and _one_value(last.text, word.text):
            price -= ONE_VALUE
        return price

    def _read(self) -> tuple[list[Step], float]:
        first = self.looks[0]
        best: list[float] = []
        for at in range(len(self.lanes)):
            worth = self._worth(first, at)
            best += [worth - self._missing(at), self._late(at, worth)]
        self.line = [first.width] * len(best)
        backs: list[list[Back | None]] = []
        for last, look in zip(self.looks, self.looks[1:], strict=False):
            best, back = self._next(last, look, best)
            backs.append(back)
        return self._trace(best, backs)

    def _worth(self, look: Look, at: int) -> float:
        worth = look.worths[at]
        return worth - TOO_WIDE if look.width > self.widths.get(at, 1000) + SLACK else worth

    def _missing(self, at: int) -> float:
        """The price of the columns that stay empty before a row that opens here."""
        return self.before[at] - (self.before[self.first] if at >= self.first else 0.0)

    def _late(self, at: int, worth: float) -> float:
        """A row opened right of its name, which is still to come."""
        if at <= self.name or self.name < 0:
            return NEVER
        return worth - self._missing(at) + LACK["name"] - LATER

    def _end(self, best: Sequence[float]) -> tuple[float, int]:
        """The best end of a row, and its state."""
        total = self.before[-1]
        ends = [
            value - (total - self.before[state // 2 + 1]) - (LACK["name"] if state % 2 else 0.0)
            for state, value in enumerate(best)
        ]
        state = max(range(len(ends)), key=ends.__getitem__)
        return ends[state], state

    def _next(
        self, last: Look, look: Look, best: list[float]
    ) -> tuple[list[float], list[Back | None]]:
        lanes = len(self.lanes)
        left = self._left(last, look, best)
        end, end_state = self._end(left)
        end += look.opening
        before = self.before
        following = [NEVER] * len(best)
        back: list[Back | None] = [None] * len(best)
        within = 0.3 if look.broken else 0.0
        running, origin = [NEVER, NEVER], [0, 0]
        line = [0] * len(best)
        for at in range(lanes):
            if at and at == self.first and not look.labelled:
                running = [value - UNLABELLED for value in running]
            worth = self._worth(look, at)
            late_worth = self._late(at, end + worth)
            for late, opened in ((0, end + worth - self._missing(at)), (1, late_worth)):
                state = 2 * at + late
                value, source = opened, (end_state, at, True)
                line[state] = look.width
                going_on = best[state] - self._going_on(look, state)
                if going_on > value:
                    value, source = going_on, (state, at, False)
                    if not look.broken:
                        line[state] += self.line[state] + 1
                advanced = running[late] - before[at] + worth - within
                if advanced > value:
                    value, source = advanced, (origin[late], at, False)
                    line[state] = look.width
                following[state], back[state] = value, source
                candidate = left[state] + before[at + 1]
                if candidate > running[late]:
                    running[late], origin[late] = candidate, state
        if self.placed and look.word.gap >= Gap.WIDE:
            self._go_back(look, best, following, back)
        self.line = line
        return following, back

    def _left(self, last: Look, look: Look, best: list[float]) -> list[float]:
        """The states, for a word that goes on elsewhere: a cell seldom ends with a full line of words."""
        if not look.words or not self.widths or STRONG.match(last.word.text):
            return best
        return [
            value - CUT_SHORT if self._is_full(state, 2) else value
            for state, value in enumerate(best)
        ]

    def _is_full(self, state: int, more: int) -> bool:
        """Whether the line of a state has no room for so many display columns more."""
        full = self.widths.get(state // 2, 0)
        return full >= NARROWEST and self.line[state] + more > full - SLACK

    def _going_on(self, look: Look, state: int) -> float:
        """The price of going on with the cell of the word before."""
        at = state // 2
        lane = self.lanes[at]
        price = look.join + WHOLE.get(lane.column.role, 0.0) - look.places[at]
        if lane.bounds is not None:
            price -= 0.7
        if at == self.name and look.shape.target:
            price += IN_NAME
        full = self.widths.get(at, 0)
        if look.width > self.widths.get(at, 1000) + SLACK:
            price += TOO_WIDE
        if full < NARROWEST or not look.broken:
            return price
        return price + (FULL if self._is_full(state, look.fits) else SHORT)

    def _go_back(
        self,
        look: Look,
        best: Sequence[float],
        following: list[float],
        back: list[Back | None],
    ) -> None:
        """Go on with a cell further left: the lower lines of a tall cell stand below the rest of its row."""
        if look.shape.target and STRONG.match(look.word.text):
            return
        for target, lane in enumerate(self.lanes):
            if lane.bounds is None or lane.column.role in WHOLE:
                continue
            price = look.join - 0.4 - look.places[target]
            found = target == self.name
            bonus = fit(look.shape, "name") if found else 0.0
            for at in range(target + 1, len(self.lanes)):
                for source, state, value in (
                    (2 * at, 2 * at, best[2 * at] - price),
                    (2 * at + 1, 2 * at + (not found), best[2 * at + 1] - price + bonus),
                ):
                    if value > following[state]:
                        following[state], back[state] = value, (source, target, False)

    def _trace(
        self, best: Sequence[float], backs: Sequence[Sequence[Back | None]]
    ) -> tuple[list[Step], float]:
        worth, state = self._end(best)
        steps: list[Step] = []
        for back in reversed(backs):
            one = back[state]
            assert one is not None
            state, at, opens = one
            steps.append(Step(self.lanes[at].number, opens))
        steps.append(Step(self.lanes[state // 2].number, opens=True))
        steps.reverse()
        return steps, worth / len(steps)


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def _opening(word: Word, after_label: bool) -> float:
    """How well a row opens at this word."""
    if after_label:
        return 1.0
    if word.gap in (Gap.LINE, Gap.EMPTY):
        return -OPENING
    return -MIDLINE / 2 if word.gap is Gap.WIDE else -MIDLINE


@lru_cache(maxsize=4096)
def _first_token(text: str) -> int:
    """The width of what can not be broken at the beginning of a text."""
    match = TOKEN.match(text)
    return columns(match[0]) if match else 0


@lru_cache(maxsize=4096)
def _one_value(left: str, right: str) -> bool:
    """Whether a value goes on in a text that is none of its own: `≤1` and `万元/公里·年`."""
    look, tail = shape(left), shape(right)
    if not (look.target or look.number) or tail.target or tail.number:
        return False
    if left[-1].isdigit() and tail.unit:
        return True
    return (len(right) <= SHORT_TAIL or not left[-1].isalpha()) and shape(left + right).target
