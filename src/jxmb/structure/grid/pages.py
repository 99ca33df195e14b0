"""The pages of a table: each prints the columns elsewhere, and what stands in them tells which they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise
from operator import attrgetter, itemgetter

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

MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Fits:
    """How well texts must do in the columns of a page, on the scale of `forms.shapes.WORTH`."""

    worst: float = -4.0  # a text in a column
    clash: float = 3.0  # the price of a line with two stretches of a page that are one column
    crossing: int = 2  # words that may reach over the blank between two columns


FITS = Fits()


@dataclass(slots=True)
class Place:
    """From where to where a column reaches on a page, and what stands there."""

    start: int
    end: int
    words: list[Fragment] = field(default_factory=list)

    def worths(self, roles: Sequence[str]) -> list[float]:
        """How well its words do in each role, those of a level label together."""
        self.words.sort(key=attrgetter("line"))
        found = {role: sum(fits(word.text, role) for word in self.words) for role in {*roles}}
        pieces = [Piece(word.line, word.cell, 0) for word in self.words]
        said = [cell.text for band in label_cells(0, pieces) for cell in band.cells.values()]
        for role in found.keys() & LEVELS:
            found[role] = sum(fits(text, role) for text in said)
        return [found[role] for role in roles]


def in_pages(
    lines: Sequence[Line], heads: Sequence[Extent], roles: Sequence[str]
) -> Iterator[list[Text]]:
    """The texts of each line of a table whose columns have these roles, without the label at the margin.

    The columns of the first page stand below the heads, where there are any. Before a page without columns they end.
    """
    for number, page in enumerate(_parted(lines)):
        columns: Mapping[int, Extent] = dict(enumerate(heads))
        if number or not heads:
            columns, inner = _further(page, roles)
        else:
            inner = _below(page, heads, roles)
        if not columns:
            return
        numbers = list(columns)
        found = in_columns(list(columns.values()), inner, [roles[at] for at in numbers])
        for texts in found:
            yield [replace(text, column=numbers[text.column]) for text in texts]


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


def _below(lines: Sequence[Line], heads: Sequence[Extent], roles: Sequence[str]) -> Sequence[Line]:
    """The lines without the label that stands left of all heads, and was put to none."""
    if roles[0] == MARGIN:
        return lines
    words = [word for line in lines for word in line if word.end <= heads[0].start]
    said = ["".join(word.text for word in words), *(word.text for word in words)]
    rest = _without(lines, words)
    end = max((word.end for word in words), default=0)
    clear = all(word.start > end for line in rest for word in line)
    if clear and not any(labels.meaning(text, *LEVELS) for text in said):
        return rest
    return _without(lines, [word for word in words if _is_of_margin(word.text)])


def _is_of_margin(text: str) -> bool:
    return joining.in_margin(text) or labels.meaning(text, MARGIN) is not None


def _further(
    lines: Sequence[Line], roles: Sequence[str]
) -> tuple[Mapping[int, Extent], Sequence[Line]]:
    """The columns of a page by their numbers, as its texts tell them, and its lines, without the label at the margin
    where the table has no column for it."""
    if roles[0] == MARGIN:
        return _columns(lines, roles), lines
    found = _columns(lines, [MARGIN, *roles])
    margin = found.pop(0).words if 0 in found else []
    margin += [one for line in lines for one in line if labels.meaning(one.text, MARGIN)]
    return {number - 1: place for number, place in found.items()}, _without(lines, margin)


def _without(lines: Sequence[Line], words: Sequence[Fragment]) -> list[Line]:
    """The lines without these words; some may be empty."""
    own = set(map(id, words))
    return [[word for word in line if id(word) not in own] for line in lines]


def fits(text: str, role: str) -> float:
    """How well a text does in a role; ends of level labels and pieces of the margin stand before the names."""
    if joining.in_margin(text):
        return 1.0 if role == MARGIN else 0.5 if role == "level1" else -2.0
    if joining.ends_level(text):
        return 1.0 if role in (*LEVELS, MARGIN) else 0.0
    return max(FITS.worst, fit(shape(text), role))


def _columns(lines: Sequence[Line], roles: Sequence[str]) -> dict[int, Place]:
    """The columns of a page by their numbers, in order so that their texts fit best."""
    tried = (_matched(_places(lines, most), roles) for most in range(FITS.crossing + 1))
    return max(tried, key=itemgetter(0))[1]


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
    clashes = [0.0, *(FITS.clash * _beside(one, two) for one, two in pairwise(found))]
    worth, path = in_order([one.worths(roles) for one in found], clashes)
    made: dict[int, Place] = {}
    for one, number in zip(found, path, strict=True):
        own = made.setdefault(number, Place(one.start, one.end))
        own.end = one.end
        own.words += one.words
    return worth, made


def in_order(
    worths: Sequence[Sequence[float]], clashes: Sequence[float]
) -> tuple[float, Sequence[int]]:
    """The columns that stretches side by side are, in their order, and how well they do.

    Given are the worth of each in each column, and the price at which it is the same column as the one before it.
    """
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * max(map(len, worths), default=1)
    for own, clash in zip(worths, clashes, strict=False):
        top = (float("-inf"), ()) if best[0][1] else best[0]
        following: list[tuple[float, tuple[int, ...]]] = []
        for number, worth in enumerate(own):
            price, path = best[number]
            before = max(top, (price - clash, path), key=itemgetter(0))
            following.append((before[0] + worth, (*before[1], number)))
            top = max(top, best[number], key=itemgetter(0))
        best = following
    return max(best, key=itemgetter(0))


def _beside(one: Place, two: Place) -> int:
    """How many lines have words of both with a wide blank between."""
    lines = {word.line for word in one.words}
    return sum(word.line in lines and word.gap > Gap.NARROW for word in two.words)
