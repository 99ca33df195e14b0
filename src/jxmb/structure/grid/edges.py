"""Where the columns of a page part, and which column each of its words stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import accumulate, groupby, pairwise
from statistics import median
from typing import Protocol

from ... import deferred
from ...deferred import dataclass
from ...forms.columns import TARGETS
from ...forms.shapes import shape
from ...source import Span
from ...tables import Cell
from ..fragments import Fragment, Gap, together
from .heads import Line
from .limits import LIMITS

STAY = 2.0  # display columns by which another column must fit a word better
VALUED = frozenset(
    (*TARGETS, "weight", "mark", "unit", "total", "amount")
)  # roles of columns of values
AMOUNT = deferred.regex(r"^-?[\d,]*\d\.\d+$")


class Extent(Protocol):
    """From where to where a head or the texts of a column reach."""

    @property
    def start(self) -> int:
        """The first display column."""

    @property
    def end(self) -> int:
        """The display column behind the last one."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a line that stand in one column."""

    column: int
    words: list[Fragment]

    @property
    def start(self) -> int:
        """The first display column."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """The display column behind the last one."""
        return self.words[-1].end

    @property
    def said(self) -> str:
        """What the words say together."""
        return "".join([word.text for word in self.words])

    @property
    def crowded(self) -> bool:
        """Whether words with a wide blank between stand here, as those of two columns do."""
        return any(word.gap > Gap.NARROW for word in self.words[1:])

    def cell(self) -> Cell:
        """The words as a cell, with the blanks between them where these are single."""
        kept: list[Cell] = []
        for at, word in enumerate(self.words):
            if at and word.gap <= Gap.NARROW and not (kept[-1].rest or word.cell.rest):
                span = Span(word.cell.span.source, kept[-1].span.start, word.cell.span.end)
                kept[-1] = Cell(span, span.text, self.column)
            else:
                kept.append(Cell(word.cell.span, word.text, self.column, rest=word.cell.rest))
        return together(kept)


def in_columns(
    heads: Sequence[Extent], lines: Sequence[Line], roles: Sequence[str]
) -> list[list[Text]]:
    """The texts of each line by column.

    A word belongs where most of it lies. Tools that print a page move what stands behind a long text to the right:
    so a text goes to the column beside where the texts of that one stand just there; a value is rather in a column of
    values than among words.
    """
    parts = edges(heads, [word for line in lines for word in line])
    found = [_parted(line, parts) for line in lines]
    values = {at for at, role in enumerate(roles) if role in VALUED}
    habits = [_habit(at, head, found, values) for at, head in enumerate(heads)]
    return [list(_moved(texts, habits)) for texts in found]


def are_crowded(lines: Sequence[Sequence[Text]]) -> bool:
    """Whether many lines have the words of two columns in one."""
    return sum(any(text.crowded for text in line) for line in lines) > LIMITS.crowded * len(lines)


def edges(heads: Sequence[Extent], words: Sequence[Fragment]) -> list[int]:
    """The display columns at which the next column begins: between two heads where the fewest words are cut."""
    cut = _cut_by(heads, words)
    return [_edge(left, right, cut) for left, right in pairwise(heads)]


def _cut_by(heads: Sequence[Extent], words: Iterable[Fragment]) -> list[int]:
    """How many words each display column would cut in two."""
    spans = [(word.start, word.end) for word in words]
    change = [0] * (max([heads[-1].end, *(end for _, end in spans)]) + 2)
    for start, end in spans:
        if end > start + 1:
            change[start + 1] += 1
            change[end] -= 1
    return list(accumulate(change))


def _edge(left: Extent, right: Extent, cut: Sequence[int]) -> int:
    """The place between the middles of two heads that cuts the fewest words; of several the one between the heads."""
    first, last = (left.start + left.end + 1) // 2, (right.start + right.end) // 2
    middle = (left.end + right.start) / 2

    def price(at: int) -> tuple[int, int, float]:
        outside = max(left.end - at, at - right.start, 0)
        return cut[at], outside, abs(at - middle)

    return min(range(first, max(first, last) + 1), key=price)


def _parted(line: Line, parts: Sequence[int]) -> list[Text]:
    """The texts of a line between the edges."""
    found = groupby(line, lambda word: column_of(word, parts))
    return [Text(at, list(words)) for at, words in found]


def column_of(word: Fragment, parts: Sequence[int]) -> int:
    """The column between these edges in which most of a word lies."""
    return bisect_right(parts, (word.start + word.end) / 2)


@dataclass(frozen=True, slots=True)
class Habit:
    """Where the texts of a column begin, if most do at one place, and where their middle is."""

    start: int | None
    middle: float
    width: float  # of most texts
    values: bool

    def begins(self, text: Text) -> bool:
        """Whether a text begins where the column does, or fills it and was moved."""
        return (
            self.off(text, valued=False) <= LIMITS.begins
            or text.end - text.start >= self.width / 2 > LIMITS.begins
        )

    def off(self, text: Text, *, valued: bool) -> float:
        """How far a text stands from there, and that a value stands among words: where values are `valued`, any."""
        found = abs((text.start + text.end) / 2 - self.middle)
        if self.start is not None:
            found = min(found, abs(text.start - self.start))
        if self.values or len(text.words) > 1:
            return found
        odd = _is_value(text) if valued else AMOUNT.match(text.words[0].text)
        return found + LIMITS.odd * bool(odd)


def _habit(column: int, head: Extent, lines: Sequence[Sequence[Text]], values: Set[int]) -> Habit:
    own = [text for texts in lines for text in texts if text.column == column]
    if not own:
        return Habit(None, (head.start + head.end) / 2, 0.0, column in values)
    start, number = Counter(text.start for text in own).most_common(1)[0]
    middle = median((text.start + text.end) / 2 for text in own)
    width = median(text.end - text.start for text in own)
    first = start if number >= LIMITS.begins else None
    return Habit(first, middle, width, column in values)


def _moved(texts: Sequence[Text], habits: Sequence[Habit]) -> Iterator[Text]:
    """The texts of a line, what fits the next column better there.

    Where values stand on the line another one may stand close behind a text.
    """
    found: dict[int, list[Fragment]] = {}
    taken = {text.column for text in texts}
    chains = _chains(texts)
    valued = any(habits[chain[0].column].values for chain in chains) or (
        len(chains) > 1 and _is_value(chains[-1][-1])
    )
    for chain in chains:
        parted = _with_value(chain, taken, habits) if valued else chain
        for text in _whole(parted, habits, valued=valued):
            column = _fitting(text, taken, habits, valued=valued, second=text.column in found)
            found.setdefault(column, []).extend(text.words)
    yield from (Text(at, found[at]) for at in sorted(found))


def _fitting(
    text: Text, taken: Set[int], habits: Sequence[Habit], *, valued: bool, second: bool
) -> int:
    """The column that a text fits: its own, where it is not the `second` one there, or one beside it that nothing else
    takes."""
    own = habits[text.column].off(text, valued=valued)
    off = {text.column: own + LIMITS.odd if second else own - STAY}
    for at in (text.column - 1, text.column + 1):
        if 0 <= at < len(habits) and at not in taken:
            off[at] = habits[at].off(text, valued=valued)
    return min(off, key=off.__getitem__)


def _with_value(chain: Sequence[Text], taken: Set[int], habits: Sequence[Habit]) -> Sequence[Text]:
    """Texts with the last word set apart where it is a value of the next column, which a full line moved."""
    *before, last = chain
    at = last.column + 1
    if len(last.words) < 2 or at in taken or at >= len(habits) or not habits[at].values:
        return chain
    text, value = Text(at - 1, last.words[:-1]), Text(at, last.words[-1:])
    full = text.end - text.start >= LIMITS.wide * habits[at - 1].width and not habits[at - 1].values
    return [*before, text, value] if full and _is_value(value) else chain


def _chains(texts: Sequence[Text]) -> list[list[Text]]:
    """The texts of a line, those together that only single blanks part."""
    found: list[list[Text]] = []
    for text in texts:
        for at, word in enumerate(text.words):
            if word.gap > Gap.NARROW or not found:
                found.append([Text(text.column, [word])])
            elif at:
                found[-1][-1].words.append(word)
            else:
                found[-1].append(Text(text.column, [word]))
    return found


def _whole(chain: Sequence[Text], habits: Sequence[Habit], *, valued: bool) -> Iterator[Text]:
    """Texts with single blanks between, as one where the next column does not begin at the blank.

    `valued`: values stand on the line, so that one may stand close behind a text.
    """
    kept = chain[0]
    for text in chain[1:]:
        habit = habits[text.column]
        value = valued and habit.values and _is_value(text)
        if value or (habit.begins(text) and not _are_letters(kept, text)):
            yield kept
            kept = text
        else:
            most = max(kept, text, key=lambda one: one.end - one.start)
            kept = Text(most.column, [*kept.words, *text.words])
    yield kept


def _are_letters(before: Text, text: Text) -> bool:
    """Whether the letters of a word were set apart at a blank."""
    ends = (before.words[-1].text, text.words[0].text)
    return len(text.words) > 1 and all(len(end) == 1 and end.isalpha() for end in ends)


def _is_value(text: Text) -> bool:
    look = shape(text.said)
    return look.unit or look.target or look.number or look.mark
