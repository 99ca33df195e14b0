"""How well texts fit to the labels of one row of the form: by where they stand, by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import combinations, groupby, pairwise
from math import inf

from ...deferred import dataclass
from ...source.widths import columns
from ..fragments import Fragment, Gap
from . import likelihood
from .prices import LINES, PLACES, SIZES

AMONG_ROWS = frozenset({"column", "level1", "level2"})


class View(Enum):
    """How much of the page the text keeps: the order of the pieces, their lines, or also their places."""

    LOOSE = auto()
    LINED = auto()
    PLACED = auto()
    FLOWING = auto()  # the order, and each value stands behind its label


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of the page that a header stands on."""

    view: View
    width: int  # of the widest text


def is_label(word: Fragment) -> bool:
    """Whether a word is a label of the header."""
    return any(label.group not in AMONG_ROWS for label in word.meanings)


def view(found: Sequence[Fragment]) -> View:
    """What the lines of these words tell; where some have no place (below 0), all have but their lines."""
    if any(word.start < 0 for word in found):
        return View.LINED
    if sum(1 for word in found if word.gap is Gap.WIDE and not word.meanings) >= SIZES.wide:
        return View.PLACED
    beside = sum(1 for word in found if word.gap < Gap.LINE)
    return View.LINED if beside >= SIZES.wide else View.LOOSE


def owners(
    labels: Sequence[Fragment], kinds: Sequence[str], text: Fragment, frame: Frame
) -> list[tuple[int, float]]:
    """The labels of a row that a text may belong to, and the price of its place for each."""
    if frame.view is View.FLOWING:
        before = [at for at, label in enumerate(labels) if _starts(label) < _starts(text)]
        return [(before[-1], 0.0) if before else (-1, PLACES.left)]
    if frame.view is View.PLACED:
        return list(_beside(labels, text))
    found = list(_on_line(labels, text))
    # A text goes to labels whose values look so; where there are none, it may belong to none.
    fitting = [one for one in found if not likelihood.clash(kinds[one[0]], text.text)]
    return fitting or [min(found, key=lambda one: one[1]), (-1, PLACES.left)]


def _starts(word: Fragment) -> int:
    return word.cell.span.start


def _on_line(labels: Sequence[Fragment], text: Fragment) -> Iterator[tuple[int, float]]:
    """The label before a text on its line, and those that have no part on it: their cell may be higher."""
    places = [_nearest(label, text) for label in labels]
    before = [place for place in places if place is not None and place < 0]
    for at, place in enumerate(places):
        if place is None:
            yield at, PLACES.elsewhere * bool(before)
        else:
            yield at, PLACES.off_line * (place >= 0 or place < max(before))


def _nearest(label: Fragment, text: Fragment) -> int | None:
    """How far before (below 0) or behind a text the nearest part of a label stands on its line; None on others."""
    start = text.cell.span.start
    content = text.cell.span.source.text
    found: int | None = None
    for span in label.cell.spans:
        low, high = min(span.end, start), max(span.start, start)
        if high - low <= SIZES.line and "\n" not in content[low:high]:
            place = span.start - start
            if found is None or place < 0:
                found = place
    return found


def _beside(labels: Sequence[Fragment], text: Fragment) -> Iterator[tuple[int, float]]:
    """The nearest label to the left of a text."""
    middle = text.start + text.end
    left = [at for at, label in enumerate(labels) if label.start + label.end < middle]
    if not left:
        yield -1, PLACES.left
        return
    nearest = max(left, key=lambda at: labels[at].start)
    yield nearest, PLACES.over * (labels[nearest].end > text.start + 1)


def below(
    labels: Sequence[Fragment], kinds: Sequence[str], texts: Sequence[Fragment], frame: Frame
) -> tuple[float, list[list[Fragment]]]:
    """The price of the texts under labels as values of those over them, and these; last those of none.

    Heads of amounts may stand on several lines, one of them over others.
    """
    none: tuple[float, list[list[Fragment]]] = (inf, [])
    if frame.view is not View.PLACED or len(labels) < 2 or not texts:
        return none
    levels = {label.line for label in labels}
    if texts[0].line <= max(levels) or (len(levels) > 1 and set(kinds) != {"money"}):
        return none
    heads = sorted(_lowest(labels), key=lambda at: labels[at].start)
    own: list[list[Fragment]] = [[] for _ in labels]
    for _, line in groupby(texts, lambda word: word.line):
        row = list(line)
        if len(row) > len(heads):
            return none
        for at, text in zip(_under([labels[at] for at in heads], row), row, strict=True):
            own[heads[at]].append(text)
    found = PLACES.below + sum(
        likelihood.price(kind, lines(kind, words)) for kind, words in zip(kinds, own, strict=True)
    )
    return found, [*own, []]


def _lowest(labels: Sequence[Fragment]) -> Iterator[int]:
    """The labels over no other label."""
    for at, label in enumerate(labels):
        below = (other for other in labels if other.line > label.line)
        if not any(other.start < label.end and label.start < other.end for other in below):
            yield at


def _under(labels: Sequence[Fragment], row: Sequence[Fragment]) -> tuple[int, ...]:
    """The labels that the texts of a line stand under, in order."""
    ways = combinations(range(len(labels)), len(row))
    return min(ways, key=lambda way: sum(map(_away_from, (labels[at] for at in way), row)))


def _away_from(label: Fragment, text: Fragment) -> int:
    """Twice the distance between the middles of a label and a text."""
    return abs(label.start + label.end - text.start - text.end)


def price(
    labels: Sequence[Fragment],
    kinds: Sequence[str],
    values: Sequence[Sequence[Fragment]],
    frame: Frame,
) -> float:
    """How unlikely these values are, by what they say and how they stand."""
    found = 0.0
    for kind, words in zip(kinds, values, strict=True):
        found += likelihood.price(kind, lines(kind, words))
        if kind == "project" and len(labels) == 1 and frame.view is not View.PLACED:
            found += _not_full(words, frame)
    if frame.view is View.LINED:
        found += LINES.split * sum(map(_doubled, values))
    cells = [list(parts(kind, words)) for kind, words in zip(kinds, values, strict=True)]
    if frame.view is View.LOOSE:
        return found + _turned(labels, cells)
    if frame.view is View.FLOWING:
        return found
    return found + sum(
        _off(label.height, cell) for label, own in zip(labels, cells, strict=True) for cell in own
    )


def _doubled(words: Sequence[Fragment]) -> int:
    """How many pieces stand on the line of the one before them, where a blank parts two cells; dates may."""
    return sum(
        1
        for one, two in pairwise(words)
        if one.line == two.line and not likelihood.DATE_PIECE.search(two.text)
    )


def lines(kind: str, words: Sequence[Fragment]) -> tuple[str, ...]:
    """The lines of a value; figures and dates by pieces, for two cells may stand side by side."""
    if len(words) < 2 or kind in ("money", "period"):
        return tuple(word.text for word in words)
    return tuple(
        "".join(word.text for word in line) for _, line in groupby(words, lambda word: word.line)
    )


def _not_full(words: Sequence[Fragment], frame: Frame) -> float:
    """The price of a line that ends early though the cell goes on: a name has all columns to itself."""
    upper = [word for word in words if word.line < words[-1].line]
    return LINES.not_full * sum(
        1 for word in upper if columns(word.text) < SIZES.full * frame.width
    )


def in_line(one: Fragment, two: Fragment) -> bool:
    """Whether two lines begin at one place or have one middle, as those of a cell have."""
    begin = abs(one.start - two.start)
    middle = abs(one.start + one.end - two.start - two.end) / 2
    return min(begin, middle) <= SIZES.skew


def parts(kind: str, words: Sequence[Fragment]) -> Iterator[Sequence[Fragment]]:
    """The cells of a value: two where it is a period of two dates, else one."""
    if not words:
        return
    dates = likelihood.dates(tuple(word.text for word in words)) if kind == "period" else None
    for part in dates or (range(len(words)),):
        if part:
            yield [words[at] for at in part]


def _off(height: float, cell: Sequence[Fragment]) -> float:
    """By how much a cell stands too high or too low."""
    lines = [word.line for word in cell]
    return LINES.uneven * abs((min(lines) + max(lines)) / 2 - height)


def _turned(labels: Sequence[Fragment], cells: Sequence[Sequence[Sequence[Fragment]]]) -> float:
    """How far the order of the pieces is from the one in which the lines of these cells stand."""
    seen: list[tuple[float, float, int]] = []
    for at, (label, own) in enumerate(zip(labels, cells, strict=True)):
        seen.append((label.line, 0.0, 2 * at))
        seen += [
            (word.line, number - (len(cell) - 1) / 2, 2 * at + 1)
            for cell in own
            for number, word in enumerate(cell)
        ]
    price = 0.0
    for (_, high, column), (_, low, other) in combinations(sorted(seen), 2):
        if high > low:
            price += LINES.turned * (high - low)
        elif high == low and column > other:
            price += LINES.swapped
    return price
