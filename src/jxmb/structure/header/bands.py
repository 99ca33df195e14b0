"""The header as its rows stand on the page: bands of lines, in which every cell is centred.

A band holds one to four labels and their values. A cell of several lines stands on both sides of the middle of
its band, so its lines come before and behind its label in the text, with its neighbours' lines between. The
cheapest way to cut the header into bands, and to give each band's texts to its labels, is found as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
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
class Header:
    """The bands of a header, and how unlikely they are."""

    price: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the header: its words, its labels and its texts."""

    words: list[Fragment]
    labels: list[Fragment]
    texts: list[Fragment]


def read(found: Sequence[Fragment], frame: Frame, limit: float = inf) -> Header | None:
    """The cheapest bands of these words; None where they are no cheaper than the limit."""
    units = _units(found, frame.view)
    best: list[tuple[float, int, Band]] = []
    before = [0.0]
    for end in range(1, len(units) + 1):
        ways = _bands(units, end, frame, before, limit)
        best.append(min(ways, key=lambda way: way[0], default=(inf, 0, Band(inf))))
        before.append(best[-1][0])
    if before[-1] >= limit:
        return None
    bands: list[Band] = []
    at = len(units)
    while at:
        _, at, band = best[at - 1]
        bands.append(band)
    return Header(before[-1], tuple(reversed(bands)))


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
        goal = sum(1 for label in labels if label.name("goal"))
        if end - start > 1 and _too_much(labels, goal, end - start, frame):
            return
        if before[start] >= least:
            continue
        whole = end == len(units) or bool(units[end].labels)
        alone = end - start == 1
        room = inf if alone else least - before[start]
        way = _band(labels, texts, units[start:end], frame, room, whole=whole)
        if way is None and alone:
            way = _as_it_stands(units[start].words)
        if way is not None and before[start] + way.price < least:
            least = before[start] + way.price
            yield least, start, way


def _band(
    labels: Sequence[Fragment],
    texts: Sequence[Fragment],
    units: Sequence[Unit],
    frame: Frame,
    limit: float,
    *,
    whole: bool,
) -> Band | None:
    """The band of these labels and texts; `whole` where it ends before a label or at the header's end.

    None where there is none below the limit, as far as that is looked at.
    """
    goal = sum(1 for label in labels if label.name("goal"))
    if goal < len(labels):
        return _field_band(labels, texts, frame, limit)
    if goal == 1:
        return _goal_band(labels[0], texts)
    # Goals side by side go from the line of their labels to the next label.
    return _goals_band(labels, units, frame) if whole and units[0].labels else None


def _too_much(labels: Sequence[Fragment], goal: int, size: int, frame: Frame) -> bool:
    """Whether no band of several lines holds so many labels, of goals and others, or so many lines."""
    heads = frame.view is View.PLACED and (
        len({label.line for label in labels}) == 1
        or all(likelihood.kind(label) == "money" for label in labels)
    )
    most = TRIED.heads if heads else TRIED.labels
    if len(labels) > most or 0 < goal < len(labels):
        return True
    return not goal and size > TRIED.lines


def _as_it_stands(line: Sequence[Fragment]) -> Band:
    """Each text of a line with the label before it."""
    cells: list[tuple[Fragment, list[Fragment]]] = []
    strays: list[Fragment] = []
    for word in line:
        if is_label(word):
            cells.append((word, []))
        else:
            (cells[-1][1] if cells else strays).append(word)
    return Band(
        PLACES.unsure, tuple((label, tuple(words)) for label, words in cells), tuple(strays)
    )


def _goal_band(label: Fragment, texts: Sequence[Fragment]) -> Band:
    """A goal beside its label."""
    label, own = goals.completed(label, texts)
    price = likelihood.price("goal", placement.lines("goal", own))
    return Band(price, ((label, tuple(goals.ordered(own))),))


def _goals_band(labels: Sequence[Fragment], units: Sequence[Unit], frame: Frame) -> Band | None:
    """Goals side by side below their labels."""
    terms = any(label.name("goal") == "midterm" for label in labels)
    heads = [label for label in labels if not _is_of_all(label, terms=terms)]
    if len(heads) < 2:
        heads = list(labels)
    if len(heads) > 2 and heads[0].torn and heads[0].end <= min(one.start for one in heads[1:]):
        heads = heads[1:]  # the first stands beside all of them
    last = max(head.line for head in heads)
    texts = [word for unit in units for word in unit.words if not is_label(word)]
    above = [word for word in texts if word.line <= last]
    below = [word for word in texts if word.line > last]
    if frame.view is View.FLOWING and any(unit.texts for unit in units[:-1]):
        return None  # a label stands among the texts
    if frame.view is View.LOOSE:
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
    """Labels side by side with their values; None where they are no cheaper than the limit."""
    kinds = [likelihood.kind(label) for label in labels]
    ways = [placement.below(labels, kinds, texts, frame)]
    if len(labels) <= TRIED.labels:
        ways.insert(0, _beside(labels, kinds, texts, frame, limit))
    price, values = min(ways, key=lambda way: way[0])
    if not values:
        return None
    cells = zip(labels, values[:-1], strict=True)
    return Band(price, tuple((label, tuple(words)) for label, words in cells), tuple(values[-1]))


def _beside(
    labels: Sequence[Fragment],
    kinds: Sequence[str],
    texts: Sequence[Fragment],
    frame: Frame,
    limit: float,
) -> tuple[float, list[list[Fragment]]]:
    """The texts as values beside the labels, and the price of that; none where the labels are not side by side."""
    if frame.view in (View.LINED, View.PLACED):
        heights = [label.height for label in labels]
        if max(heights) - min(heights) > 1:
            return limit, []
    choices = [placement.owners(labels, kinds, text, frame) for text in texts]
    if prod(len(choice) for choice in choices) > TRIED.ways:
        choices = [[min(choice, key=lambda owner: owner[1])] for choice in choices]
    return _dealt(labels, kinds, texts, choices, frame, limit)


def _dealt(
    labels: Sequence[Fragment],
    kinds: Sequence[str],
    texts: Sequence[Fragment],
    choices: Sequence[Sequence[tuple[int, float]]],
    frame: Frame,
    limit: float,
) -> tuple[float, list[list[Fragment]]]:
    """The cheapest way below the limit to give the texts to the labels; last those that are given to none."""
    best: tuple[float, list[list[Fragment]]] = (limit, [])
    for way in product(*choices):
        price = sum(cost for _, cost in way)
        if price >= best[0]:
            continue
        values: list[list[Fragment]] = [[] for _ in range(len(labels) + 1)]
        for text, (owner, _) in zip(texts, way, strict=True):
            values[owner].append(text)
        price += placement.price(labels, kinds, values[:-1], frame, best[0] - price)
        if price < best[0]:
            best = (price, values)
    return best
