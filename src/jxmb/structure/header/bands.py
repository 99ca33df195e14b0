"""The header as its rows stand on the page: bands of lines, in which every cell is centred.

A band holds one to four labels and their values. A cell of several lines stands on both sides of the middle of
its band, so its lines come before and behind its label in the text, with its neighbours' lines between. The
cheapest way to cut the header into bands, and to give each band's texts to its labels, is found as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import inf, prod

from ...deferred import dataclass
from ..continuation import chunks
from ..fragments import Fragment
from . import goals, likelihood, placement
from .placement import Frame, View, is_label
from .prices import PLACES, TRIED


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the form: labels with the words of their values, and words that belong to none."""

    price: float
    cells: tuple[tuple[Fragment, tuple[Fragment, ...]], ...] = ()
    strays: tuple[Fragment, ...] = ()
    sides: tuple[tuple[Fragment, ...], ...] = ()  # the texts of goals side by side


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the header: its words, its labels and its texts."""

    words: list[Fragment]
    labels: list[Fragment]
    texts: list[Fragment]


def read(found: Sequence[Fragment], frame: Frame, limit: float = inf) -> tuple[float, list[Band]]:
    """The price of the cheapest bands of these words, and these; none where they are no cheaper than the limit."""
    units = _units(found, frame.view)
    best: list[tuple[float, int, Band]] = []
    before = [0.0]
    for end in range(1, len(units) + 1):
        ways = _bands(units, end, frame, before, limit)
        best.append(min(ways, key=lambda way: way[0], default=(inf, 0, Band(inf))))
        before.append(best[-1][0])
    bands: list[Band] = []
    at = len(units) if before[-1] < limit else 0
    while at:
        _, at, band = best[at - 1]
        bands.append(band)
    return before[-1], bands[::-1]


def _units(found: Sequence[Fragment], view: View) -> list[Unit]:
    """The lines of the words; where values stand behind their labels, these with the lines up to the next label."""
    lines: list[list[Fragment]] = []
    for word in found:
        behind = view is View.FLOWING and not is_label(word)
        if lines and (behind or lines[-1][-1].line == word.line):
            lines[-1].append(word)
        else:
            lines.append([word])
    units: list[Unit] = []
    for line in lines:
        texts = [word for word in line if not is_label(word)]
        if view is View.PLACED:
            texts = chunks(texts)
        units.append(Unit(line, [word for word in line if is_label(word)], texts))
    return units


def _bands(
    units: Sequence[Unit], end: int, frame: Frame, before: Sequence[float], least: float
) -> Iterator[tuple[float, int, Band]]:
    """The bands that may end before this unit, from the shortest on, with the price up to there.

    `before` has the prices of the headers that end before them; bands that are no cheaper are left out, nor than `least`.
    """
    labels: list[Fragment] = []
    texts: list[Fragment] = []
    for start in range(end - 1, max(-1, end - TRIED.goals - 1), -1):
        labels[:0] = units[start].labels
        texts[:0] = units[start].texts
        if not labels:
            price = before[start] + PLACES.stray * len(texts)
            if start == end - 1 and price < least:
                least = price
                yield least, start, Band(price - before[start], strays=tuple(units[start].words))
            continue
        if end - start > 1 and _too_much(labels, end - start, frame):
            return
        if before[start] >= least:
            continue
        alone = end - start == 1
        own = units[start:end] if end == len(units) or units[end].labels else []
        way = _band(labels, texts, own, frame, inf if alone else least - before[start])
        if way is None and alone:
            way = _as_it_stands(units[start].words)
        if way is not None and before[start] + way.price < least:
            least = before[start] + way.price
            yield least, start, way


def _too_much(labels: Sequence[Fragment], size: int, frame: Frame) -> bool:
    """Whether no band of several lines holds so many labels, of goals and others, or so many lines."""
    goal = sum(1 for label in labels if label.name("goal"))
    most = TRIED.heads if frame.view is View.PLACED else TRIED.labels
    return len(labels) > most or 0 < goal < len(labels) or (not goal and size > TRIED.lines)


def _band(
    labels: Sequence[Fragment],
    texts: Sequence[Fragment],
    units: Sequence[Unit],
    frame: Frame,
    limit: float,
) -> Band | None:
    """The band of these labels and texts; None where there is none below the limit, as far as that is looked at.

    Goals side by side go from the line of their labels to the next label: else there are no `units`.
    """
    if not all(label.name("goal") for label in labels):
        return _field_band(labels, texts, frame, limit)
    if len(labels) == 1:
        return _goal_band(labels[0], texts)
    return _goals_band(labels, units, frame) if units and units[0].labels else None


def _as_it_stands(line: Sequence[Fragment]) -> Band:
    """Each text of a line with the label before it."""
    labels = [at for at, word in enumerate(line) if is_label(word)]
    cells = ((line[at], tuple(line[at + 1 : end])) for at, end in pairwise([*labels, len(line)]))
    return Band(PLACES.unsure, tuple(cells), tuple(line[: labels[0]]))


def _goal_band(label: Fragment, texts: Sequence[Fragment]) -> Band:
    """A goal beside its label."""
    label, own = goals.completed(label, texts)
    price = likelihood.price("goal", placement.lines("goal", own))
    return Band(price, ((label, tuple(goals.ordered(own))),))


def _goals_band(labels: Sequence[Fragment], units: Sequence[Unit], frame: Frame) -> Band | None:
    """Goals side by side below their labels."""
    terms = any(label.name("goal") == "midterm" for label in labels)
    # A third one stands beside them and is of both.
    heads = [label for label in labels if not _is_of_all(label, terms=terms)][-2:]
    if len(heads) < 2:
        return None
    last = max(head.line for head in heads)
    texts = [word for unit in units for word in unit.words if not is_label(word)]
    above = [word for word in texts if word.line <= last]
    below = [word for word in texts if word.line > last]
    if frame.view is View.FLOWING and any(unit.texts for unit in units[:-1]):
        return None  # a label stands among the texts
    if frame.view is View.LOOSE:  # the middle term is printed first
        heads.sort(key=lambda head: head.name("goal") != "midterm")
    dealt = goals.sides(heads, below, frame.view)
    if dealt is None:
        return None
    cells = tuple((label, ()) for label in heads)
    sides = tuple(tuple(side) for side in dealt[1])
    return Band(dealt[0] + PLACES.stray * len(above), cells, tuple(above), sides)


def _is_of_all(label: Fragment, *, terms: bool) -> bool:
    """Whether a label of a goal stands beside those of all goals: 总体目标, and where these say their terms 绩效目标."""
    name = label.name("goal")
    return name == "overall" or (terms and name == "annual" and "年" not in label.text)


def _field_band(
    labels: Sequence[Fragment], texts: Sequence[Fragment], frame: Frame, limit: float
) -> Band | None:
    """Labels side by side with their values; None where none are cheaper than the limit."""
    kinds = [likelihood.kind(label) for label in labels]
    ways = [
        *_beside(labels, kinds, texts, frame, limit),
        placement.below(labels, kinds, texts, frame),
    ]
    price, values = min(ways, key=lambda way: way[0])
    if price >= limit:
        return None
    cells = zip(labels, map(tuple, values[:-1]), strict=True)
    return Band(price, tuple(cells), tuple(values[-1]))


def _beside(
    labels: Sequence[Fragment],
    kinds: Sequence[str],
    texts: Sequence[Fragment],
    frame: Frame,
    limit: float,
) -> Iterator[tuple[float, list[list[Fragment]]]]:
    """The ways below the limit to give the texts to labels that are side by side; last those that are given to none."""
    heights = [label.height for label in labels]
    lined = frame.view in (View.LINED, View.PLACED)
    if len(labels) > TRIED.labels or (lined and max(heights) - min(heights) > 1):
        return
    choices = [placement.owners(labels, kinds, text, frame) for text in texts]
    if prod(len(choice) for choice in choices) > TRIED.ways:
        choices = [[min(choice, key=lambda owner: owner[1])] for choice in choices]
    for way in product(*choices):
        price = sum(cost for _, cost in way)
        if price < limit:
            values: list[list[Fragment]] = [[] for _ in range(len(labels) + 1)]
            for text, (owner, _) in zip(texts, way, strict=True):
                values[owner].append(text)
            yield price + placement.price(labels, kinds, values[:-1], frame), values
