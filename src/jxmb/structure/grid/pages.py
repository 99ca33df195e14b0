"""The pages of a table: each prints the columns elsewhere, and what stands in them tells which they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from operator import attrgetter

from ... import labels
from ...deferred import dataclass
from ...forms.columns import LEVELS
from ...forms.shapes import fit, shape
from ...labels import joining
from ..fragments import Fragment, Gap
from .bands import Piece
from .cells import label_cells
from .edges import Extent, Text, in_columns
from .heads import Line
from .limits import LIMITS

MARGIN = "margin"
MARGIN_LABEL = joining.MARGIN


@dataclass(frozen=True, slots=True)
class Fits:
    """How well texts must do in the columns of a page, on the scale of `forms.shapes.WORTH`.

    `well` and `ends` only keep the work small.
    """

    worst: float = -4.0  # a text in a column
    better: float = 3.0  # another column, so that a text is odd in its own
    odd: float = 0.2  # of the texts of a table, from which on its columns were not told
    clash: float = 3.0  # the price of a line with two stretches of a page that are one column
    page: float = 8.0  # a further page must do better by, where no form feed ends the one before
    well: float = 1.0  # a word from which on it is not asked whether another column were better
    ends: int = 40  # lines at which a page may end, that are looked at
    crossing: int = 2  # words that may reach over the blank between two columns


FITS = Fits()


@dataclass(slots=True)
class Place:
    """From where to where a column reaches on a page, and what stands there."""

    start: int
    end: int
    words: list[Fragment] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The display column of its middle."""
        return (self.start + self.end) / 2

    def worths(self, roles: Sequence[str]) -> list[float]:
        """How well its words do in each role, those of a level label together, or of the one at the margin."""
        self.words.sort(key=attrgetter("line"))
        found = {role: sum(fits(word.text, role) for word in self.words) for role in {*roles}}
        own = list(_labels(self.words))
        for role in found.keys() & LEVELS:
            found[role] = sum(fits(label, role) for _, label in own)
        if MARGIN in found and labels.meaning("".join(word.text for word in self.words), MARGIN):
            found[MARGIN] = fits(MARGIN_LABEL, MARGIN)
        return [found[role] for role in roles]


@dataclass(slots=True)
class Page:
    """The lines of a page, and without the label at the margin; its columns with their numbers among those of the table."""

    lines: Sequence[Line]
    inner: Sequence[Line]
    columns: Sequence[Extent]
    numbers: Sequence[int]
    texts: list[list[Text]] = field(default_factory=list)

    def put(self, roles: Sequence[str]) -> None:
        """Put the words of each line to columns of the page, where the columns of the table have these roles."""
        found = in_columns(self.columns, self.inner, [roles[at] for at in self.numbers])
        self.texts = [
            [replace(text, column=self.numbers[text.column]) for text in line] for line in found
        ]


def pages(lines: Sequence[Line], heads: Sequence[Extent], roles: Sequence[str]) -> Iterator[Page]:
    """The pages of a table whose columns have these roles; those of the first one stand below the heads."""
    first = True
    for rest in _parted(lines):
        while rest:
            page = _below(rest, heads, roles) if first else _further(rest, roles)
            if not page.columns:
                break
            page.put(roles)
            end = _end(page, roles, first=first)
            if end < len(rest):
                page = Page(page.lines[:end], page.inner[:end], page.columns, page.numbers)
                page.put(roles)
            yield page
            first, rest = False, rest[end:]
        first = False


def _parted(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, parted at form feeds."""
    page: list[Line] = []
    for line in lines:
        if page and "\f" in _between(page[-1], line):
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _between(upper: Line, lower: Line) -> str:
    span = lower[0].cell.span
    return span.source.text[upper[-1].cell.spans[-1].end : span.start]


def _below(lines: Sequence[Line], heads: Sequence[Extent], roles: Sequence[str]) -> Page:
    """A page with the columns below the heads, without the label that stands left of all, and was put to no head."""
    numbers = range(len(roles))
    if roles[0] == MARGIN:
        return Page(lines, lines, heads, numbers)
    words = [word for line in lines for word in line if word.end <= heads[0].start]
    said = ["".join(word.text for word in words), *(word.text for word in words)]
    rest = without(lines, words)
    end = max((word.end for word in words), default=0)
    clear = all(word.start > end for line in rest for word in line)
    if not clear or any(labels.meaning(text, *LEVELS) for text in said):
        rest = without(lines, [word for word in words if _is_of_margin(word.text)])
    return Page(lines, rest, heads, numbers)


def _is_of_margin(text: str) -> bool:
    return joining.in_margin(text) or labels.meaning(text, MARGIN) is not None


def _further(lines: Sequence[Line], roles: Sequence[str]) -> Page:
    """A page with the columns that its texts tell, without the label at the margin where the table has no column for it."""
    spare = roles[0] != MARGIN
    found = _columns(lines, [MARGIN, *roles] if spare else roles)[1]
    margin = found.pop(0).words if spare and 0 in found else []
    margin += [
        word
        for place in found.values()
        for word in place.words
        if labels.meaning(word.text, MARGIN)
    ]
    columns = list(found.values())
    rest = without(lines, margin if spare else ())
    return Page(lines, rest, columns, [number - spare for number in found])


def without(lines: Sequence[Line], words: Sequence[Fragment]) -> list[Line]:
    """The lines without these words; some may be empty."""
    own = set(map(id, words))
    return [[word for word in line if id(word) not in own] for line in lines]


def _end(page: Page, roles: Sequence[str], *, first: bool) -> int:
    """The line behind the last one of a page: behind it the columns stand elsewhere, though no form feed ends it.

    The `first` one may end before its first line, where heads stand beside their columns.
    """
    worths, odd = _worths(page, roles)
    starts = {at - before for at in odd for before in range(LIMITS.label)}
    options = sorted(at for at in starts if at >= (not first))[: FITS.ends]

    def gain(at: int) -> float:
        return _columns(page.inner[at:], [MARGIN, *roles])[0] - sum(worths[at:])

    most_gain, end = max(((gain(at), -at) for at in options), default=(0.0, 0))
    return -end if most_gain > FITS.page else len(page.lines)


def _worths(page: Page, roles: Sequence[str]) -> tuple[list[float], list[int]]:
    """How well each line of a page does in its columns, and the lines that would do much better in others."""
    worths: list[float] = []
    odd: list[int] = []
    over: dict[str, list[Fragment]] = {}
    for at, texts in enumerate(page.texts):
        worth = more = 0.0
        for word, role in ((word, roles[text.column]) for text in texts for word in text.words):
            own = fits(word.text, role)
            if own < FITS.well:
                more += max(fits(word.text, other) for other in roles) - own
            if role in LEVELS:
                over.setdefault(role, []).append(word)
            else:
                worth += own
        worths.append(worth)
        if more >= FITS.better:
            odd.append(at)
    numbers: dict[float, int] = {line[0].line: at for at, line in enumerate(page.lines)}
    for role, words in over.items():
        for top, label in _labels(words):
            worths[numbers[top]] += fits(label, role)
    return worths, odd


def _labels(words: Sequence[Fragment]) -> Iterator[tuple[float, str]]:
    """The level labels that these words are, one below the other, each with its first line."""
    for band in label_cells(0, [Piece(word.line, word.cell, 0) for word in words]):
        yield band.top, band.cells[0].text


def fits(text: str, role: str) -> float:
    """How well a text does in a role; ends of level labels and pieces of the margin stand before the names."""
    if joining.in_margin(text):
        return 1.0 if role == MARGIN else 0.5 if role == "level1" else -2.0
    if joining.ends_level(text):
        return 1.0 if role in (*LEVELS, MARGIN) else 0.0
    return max(FITS.worst, fit(shape(text), role))


def _columns(lines: Sequence[Line], roles: Sequence[str]) -> tuple[float, dict[int, Place]]:
    """The columns of a page by their numbers, in order so that their texts fit best, and how well they do."""
    tried = [_matched(_places(lines, most), roles) for most in range(FITS.crossing + 1)]
    return max(tried, key=lambda one: one[0])


def _places(lines: Sequence[Line], crossing: int) -> list[Place]:
    """The stretches of a page that blanks part on all its lines but for so many words that cross them."""
    words = sorted((word for line in lines for word in line), key=lambda one: one.start + one.end)
    covered = Counter(at for word in words for at in range(word.start, word.end))
    found: list[Place] = []
    for at in sorted(at for at, number in covered.items() if number > crossing):
        if not found or at > found[-1].end:
            found.append(Place(at, at))
        found[-1].end = at + 1
    starts = [place.start for place in found]
    for word in words if found else ():
        at = bisect_right(starts, (word.start + word.end) / 2)
        found[max(0, at - 1)].words.append(word)
    return [place for place in found if place.words]


def _matched(found: Sequence[Place], roles: Sequence[str]) -> tuple[float, dict[int, Place]]:
    """The columns that these stretches are; two may be of one that never stand beside each other on a line."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * len(roles)
    for at, one in enumerate(found):
        clash = FITS.clash * _beside(found[at - 1], one) if at else 0.0
        top = (float("-inf"), best[0][1]) if at else best[0]
        following: list[tuple[float, tuple[int, ...]]] = []
        for number, worth in enumerate(one.worths(roles)):
            stay = (best[number][0] - clash, best[number][1])
            before = max(top, stay, key=lambda way: way[0])
            following.append((before[0] + worth, (*before[1], number)))
            top = max(top, best[number], key=lambda way: way[0])
        best = following
    worth, path = max(best, key=lambda way: way[0])
    made: dict[int, Place] = {}
    for one, number in zip(found, path, strict=True):
        own = made.setdefault(number, Place(one.start, one.end))
        own.end = one.end
        own.words += one.words
    return worth, made


def _beside(one: Place, two: Place) -> int:
    """How many lines have words of both with a wide blank between."""
    lines = {word.line for word in one.words}
    return sum(word.line in lines and word.gap > Gap.NARROW for word in two.words)
