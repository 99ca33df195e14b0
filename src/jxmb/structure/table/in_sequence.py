"""Words in reading order to rows: which word is name, sign, target, unit or weight, and where a row ends.

The best reading of the whole table is found at once (Viterbi over the columns of the table): each word takes
a column, goes on with a cell of its row, or opens a new row; the price of a step says how unlikely it is.

A cell is broken where the next word does not fit into its column: the widths that explain best where lines
end are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from ...forms.columns import FIELD_ROLES, Column
from ...forms.shapes import OFFICE, Shape, fit, shape
from ...light import dataclass
from ...tables.widths import columns
from ...values import seams
from .. import continuation
from ..continuation import Look
from ..fragments import Fragment, Gap
from .prices import IN_SEQUENCE as PRICES

MOST_WORDS = 20_000  # in one form: more is no form
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
PROJECT = FIELD_ROLES - {"goal"}
WHOLE = {"weight": 4.0, "score": 4.0, "mark": 2.0, "unit": 2.0}  # hardly ever wrapped
NAMES = ("name", "project_name", "department", "implementer")
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

    def place(self, word: Fragment) -> float:
        """What the place of a word says for this column, from -1.5 to 1.5."""
        if self.bounds is None:
            return 0.0
        left, right = max(self.bounds[0], word.start), min(self.bounds[1], word.end)
        return 3.0 * max(0.0, right - left) / max(1, word.end - word.start) - 1.5


Back = tuple[int, int, bool]  # the state before, and the lane and opening of the step


@dataclass(slots=True)
class Front:
    """The best way to each state: what it is worth and how it was reached."""

    worths: list[float]
    backs: list[Back | None]


@dataclass(slots=True)
class Decoder:
    """Finds the best reading of the words of one table. A state is the column reached in the row."""

    lanes: Sequence[Lane]
    after_label: Sequence[bool]
    one_line: bool = False  # rows do not keep to lines at all
    widths: Mapping[int, int] = field(default_factory=dict)  # of full lines, by lane
    before: list[float] = field(default_factory=list)
    entries: list[bool] = field(default_factory=list)  # lanes right behind a level column
    name: int = -1
    order: range = range(0)  # the lanes
    units: bool = False  # values and their units have columns of their own
    first: int = 0  # the lane in which rows open that begin no project
    line: list[int] = field(default_factory=list)  # how wide the line is that a state ends with
    looks: list[Look] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.order = range(len(self.lanes))
        roles = [lane.column.role for lane in self.lanes]
        numbers = [lane.number for lane in self.lanes]
        self.entries = [number - 1 not in numbers for number in numbers]
        if PROJECT & set(roles):
            self.first = max(at for at, entry in enumerate(self.entries) if entry)
        sums = [0.0]
        for at, lane in enumerate(self.lanes):
            lack = (
                PRICES.lack_project if at < self.first else LACK.get(lane.column.role, LACK_OTHER)
            )
            sums.append(sums[-1] + lack)
        self.before = sums
        self.units = "unit" in roles
        self.name = roles.index("name") if "name" in roles else -1

    def decode(self, words: Sequence[Fragment]) -> tuple[list[Step], float]:
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
        """Whether a cell goes on over lines, or a row may be the lines below a cell of words."""
        walk = zip(self.looks, self.looks[1:], steps, steps[1:], strict=False)
        return any(
            (look.broken and not two.opens and two.column == one.column)
            or (two.opens and look.words and not (last.shape.target or last.shape.number))
            for last, look, one, two in walk
        )

    def _tried(self, widest: int) -> list[int]:
        """The widths at which most lines of words end."""
        ends = Counter(
            look.width
            for look, after in zip(self.looks, self.looks[1:], strict=False)
            if after.words and look.width >= PRICES.narrowest
        )
        support = {width: count + ends.get(width - 1, 0) for width, count in ends.items()}
        likely = sorted(support, key=lambda width: (-support[width], -width))
        return [width for width in likely if width < widest][: PRICES.tried]

    def _look(self, words: Sequence[Fragment]) -> None:
        """What is known of the words before the reading begins."""
        alone = sum(self.entries) < 2
        last = words[0]
        self.looks = []
        for word, labelled in zip(words, self.after_label, strict=True):
            look = shape(word.text)
            broken = word.gap >= Gap.LINE or continuation.may_be_broken(last, word)
            free = self.one_line and not labelled
            self.looks.append(
                Look(
                    word,
                    look,
                    self._worths(word, look, labelled=labelled),
                    self._goings_on(last, look),
                    opening=0.0
                    if free
                    else continuation.opening(word, labelled=labelled and alone),
                    join=continuation.join(last, word, labelled=labelled, units=self.units),
                    labelled=labelled,
                    broken=broken,
                    words=broken and not look.target and not labelled,
                    width=columns(word.text),
                    fits=continuation.first_token(word.text),
                )
            )
            last = word

    def _worths(self, word: Fragment, look: Shape, *, labelled: bool) -> list[float]:
        """How well a word begins a cell of each lane."""
        worths = [fit(look, lane.column.role) for lane in self.lanes]
        if labelled:
            worths = [
                worth if entry else worth - PRICES.unlike
                for worth, entry in zip(worths, self.entries, strict=True)
            ]
        if len(word.text) == 1 and self.name >= 0:
            worths[self.name] -= PRICES.letter
        return worths

    def _goings_on(self, last: Fragment, look: Shape) -> list[float]:
        """The price of going on with a cell of each lane."""
        office = OFFICE.search(last.text)
        return [
            WHOLE.get(lane.column.role, 0.0)
            + (PRICES.in_name if look.target and lane.column.role in NAMES else 0.0)
            + (PRICES.in_name if office and lane.column.role in NAMES[-2:] else 0.0)
            for lane in self.lanes
        ]

    def _read(self) -> tuple[list[Step], float]:
        first = self.looks[0]
        wide = self._too_wide(first)
        best = [first.worths[at] - wide[at] - self._missing(at) for at in self.order]
        self.line = [first.width] * len(best)
        backs: list[list[Back | None]] = []
        for last, look in zip(self.looks, self.looks[1:], strict=False):
            front = self._next(last, look, best)
            best = front.worths
            backs.append(front.backs)
        return self._trace(best, backs)

    def _missing(self, at: int) -> float:
        """The price of the columns that stay empty before a row that opens here."""
        return self.before[at] - (self.before[self.first] if at >= self.first else 0.0)

    def _end(self, best: Sequence[float]) -> tuple[float, int]:
        """The best end of a row, and its state."""
        total = self.before[-1]
        ends = [value - (total - self.before[at + 1]) for at, value in enumerate(best)]
        at = max(self.order, key=ends.__getitem__)
        return ends[at], at

    def _next(self, last: Look, look: Look, best: list[float]) -> Front:
        front = Front([NEVER] * len(best), [None] * len(best))
        wide = self._too_wide(look)
        worths = [worth - price for worth, price in zip(look.worths, wide, strict=True)]
        left = self._left(last, look, best)
        self._open(look, worths, left, front)
        self._advance(look, worths, left, front)
        self._go_on(look, wide, best, front)
        return front

    def _too_wide(self, look: Look) -> list[float]:
        """The price of a word that is wider than its column, by lane."""
        room = look.width - PRICES.slack
        return [PRICES.too_wide if room > self.widths.get(at, room) else 0.0 for at in self.order]

    def _open(
        self, look: Look, worths: Sequence[float], left: Sequence[float], front: Front
    ) -> None:
        """Open a row."""
        end, source = self._end(left)
        end += look.opening
        for at in self.order:
            front.worths[at] = end + worths[at] - self._missing(at)
            front.backs[at] = (source, at, True)

    def _advance(
        self, look: Look, worths: Sequence[float], left: Sequence[float], front: Front
    ) -> None:
        """Go on to a column further right in the row."""
        within = PRICES.within if look.broken else 0.0
        before = self.before
        running, origin = NEVER, 0
        for at in self.order[1:]:
            candidate = left[at - 1] + before[at]
            if candidate > running:
                running, origin = candidate, at - 1
            if at == self.first and not look.labelled:
                running -= PRICES.unlabelled
            value = running - before[at] + worths[at] - within
            if value > front.worths[at]:
                front.worths[at], front.backs[at] = value, (origin, at, False)

    def _go_on(
        self, look: Look, wide: Sequence[float], best: Sequence[float], front: Front
    ) -> None:
        """Go on with the cell of the word before."""
        line = [look.width] * len(best)
        for at in self.order:
            price = look.join + look.prices[at] + wide[at]
            if look.broken and self.widths.get(at, 0) >= PRICES.narrowest:
                price += PRICES.full if self._is_full(at, look.fits) else PRICES.short
            if best[at] - price > front.worths[at]:
                front.worths[at], front.backs[at] = best[at] - price, (at, at, False)
                if not look.broken:
                    line[at] += self.line[at] + 1
        self.line = line

    def _left(self, last: Look, look: Look, best: list[float]) -> list[float]:
        """The states, for a word that goes on elsewhere: a cell seldom ends with a full line of words."""
        if not look.words or not self.widths or seams.is_signed(last.word.text):
            return best
        return [
            value - PRICES.cut_short if self._is_full(at, 2) else value
            for at, value in enumerate(best)
        ]

    def _is_full(self, at: int, more: int) -> bool:
        """Whether the line that a state ends with has no room for so many display columns more."""
        full = self.widths.get(at, 0)
        return full >= PRICES.narrowest and self.line[at] + more > full - PRICES.slack

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
        steps.append(Step(self.lanes[state].number, opens=True))
        steps.reverse()
        return steps, worth / len(steps)
