"""The header as its rows stand on the page: bands of lines, in which every cell is centred or begins at the top.

A band holds one to four labels and their values. A cell of several lines stands on both sides of the middle of
its band, so its lines come before and behind its label in the text, with its neighbours' lines between. The
cheapest way to cut the header into bands, and to give each band's texts to its labels, is found as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import groupby, pairwise, product

import regex

from ..tables.widths import columns
from . import goals, order
from .pieces import Gap, together
from .words import Word

MOST_LINES = 9  # lines of a band, or pieces of one where each has its own line
MOST_GOAL = 40  # of a band of goals
MOST_LABELS = 4
MOST_WAYS = 64  # to give the texts of a band to its labels
STRAY = 1.2  # the price of a text that belongs to no label
UNEVEN = 0.6  # of each line by which a cell stands too high or too low beside its label
TURNED = 0.8  # of each line by which two pieces stand in the wrong order
LONE = 0.15  # of a label that stands alone in its row, where most stand two by two
SWAPPED = 0.25  # of two pieces of one height that do not stand in the order of their columns
OFF_LINE = 3.0  # of a text beside a label that belongs to another
ELSEWHERE = 0.3  # of a text behind one label that belongs to another which is not on its line
OVER = 0.8  # of a text over or under a label, not beside it
LINE = 400  # code points between a label and its value on one line
NOT_FULL = 0.6
FULL = 0.85  # of the widest line, from which on a line is full
LEFT = 2.0  # of a text to the left of all labels, which belongs to none
BLOCK = 0.8  # of an empty line within a band
CUT = 2.0  # of a label that goes on behind its band
UNSURE = 3.0  # of a line whose texts are left where they stand
OPEN_DATE = regex.compile(r"(?:19|20)\d\d\.(?:\s*\d{1,2}\.)?$")
PAIRED = ("name", "nature", "period")
YEAR = regex.compile(r"(?:19|20)\d\d")


class View(IntEnum):
    """How much of the page the text keeps: the order of the pieces, their lines, or also their places."""

    LOOSE = 0
    LINED = 1
    PLACED = 2


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the form: labels with the words of their values, and words that belong to none."""

    price: float
    cells: tuple[tuple[Word, tuple[Word, ...]], ...] = ()
    strays: tuple[Word, ...] = ()
    sides: tuple[tuple[Word, ...], ...] = ()  # the texts of goals side by side


@dataclass(frozen=True, slots=True)
class Header:
    """The bands of a header, and how unlikely they are."""

    price: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the header: its words, its labels and its texts."""

    words: list[Word]
    labels: list[Word]
    texts: list[Word]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the cells of a text stand: `top` where each begins at the top of its band, else centred."""

    view: View
    top: bool = False
    width: int = 0  # of the widest text

    def height(self, label: Word) -> float:
        """The line that the values of a label are measured by."""
        return label.line if self.top else label.height

    def places(self, size: int) -> Iterator[float]:
        """The heights of the lines of a cell, from its label's."""
        first = 0.0 if self.top else -(size - 1) / 2
        return (first + at for at in range(size))


def is_label(word: Word) -> bool:
    """Whether a word is a label of the header."""
    return bool({label.group for label in word.meanings} - {"column", "level1", "level2"})


def view(found: Sequence[Word]) -> View:
    """What the lines of these words tell."""
    if sum(1 for word in found if word.gap is Gap.WIDE and not word.meanings) >= WIDE:
        return View.PLACED
    beside = sum(1 for word in found if word.gap < Gap.LINE)
    return View.LINED if beside >= WIDE else View.LOOSE


WIDE = 3  # pieces set off by more than a blank, from which on places tell which label is theirs


def read(found: Sequence[Word], frame: Frame) -> Header:
    """The cheapest bands of these words."""
    units = _units(found, frame.view)
    best: list[tuple[float, int, Band | None]] = [(0.0, 0, None)]
    for end in range(1, len(units) + 1):
        ways = [
            (best[start][0] + band.price, start, band) for start, band in _bands(units, end, frame)
        ]
        best.append(min(ways, key=lambda way: way[0]))
    bands: list[Band] = []
    at = len(units)
    while at:
        _, start, band = best[at]
        assert band is not None
        bands.append(band)
        at = start
    return Header(best[-1][0], tuple(reversed(bands)))


def _units(found: Sequence[Word], view: View) -> list[Unit]:
    """The lines of the words."""
    lines: list[list[Word]] = []
    for word in found:
        if lines and lines[-1][0].line == word.line:
            lines[-1].append(word)
        else:
            lines.append([word])
    units: list[Unit] = []
    for line in lines:
        texts = [word for word in line if not is_label(word)]
        texts = chunks(texts, placed=view is View.PLACED)
        units.append(Unit(line, [word for word in line if is_label(word)], texts))
    return units


def chunks(found: Sequence[Word], *, placed: bool) -> list[Word]:
    """The words with those put together that only a single blank parts, where columns stand further apart."""
    kept: list[Word] = []
    for word in found:
        if kept and _goes_on(kept[-1], word, placed=placed):
            last = kept[-1]
            cell = together([last.cell, word.cell])
            kept[-1] = replace(last, cell=cell, end=max(last.end, word.end))
        else:
            kept.append(word)
    return kept


def _goes_on(last: Word, word: Word, *, placed: bool) -> bool:
    """Whether a word belongs to the one before it: a blank in a date (2024. 1. 1), or in placed text any."""
    if word.gap > Gap.NARROW or YEAR.match(word.text):
        return False
    if word.cell.span.start > last.cell.span.end + 1:
        return False
    return placed or bool(OPEN_DATE.search(last.text) and word.text[0].isdigit())


def _bands(units: Sequence[Unit], end: int, frame: Frame) -> Iterator[tuple[int, Band]]:
    """The bands that may end before this unit, from the shortest on."""
    labels: list[Word] = []
    texts: list[Word] = []
    for start in range(end - 1, max(-1, end - MOST_GOAL - 1), -1):
        labels[:0] = units[start].labels
        texts[:0] = units[start].texts
        size = end - start
        if not labels:
            if size == 1:
                yield start, Band(STRAY * len(texts), strays=tuple(units[start].words))
            continue
        goal = [label for label in labels if label.name("goal")]
        if size > 1 and (
            len(labels) > MOST_LABELS
            or (goal and len(goal) < len(labels))
            or (not goal and size > MOST_LINES)
        ):
            return
        if goal and len(goal) == len(labels):
            words = [word for unit in units[start:end] for word in unit.words]
            band = _goal_band(labels, texts, words, frame)
        else:
            band = _field_band(labels, texts, frame)
        if band is None and size == 1:
            band = _as_it_stands(units[start].words)
        if band is not None:
            yield start, replace(band, price=band.price + _cut(labels, units, end))


def _as_it_stands(line: Sequence[Word]) -> Band:
    """Each text of a line with the label before it."""
    cells: list[tuple[Word, list[Word]]] = []
    strays: list[Word] = []
    for word in line:
        if is_label(word):
            cells.append((word, []))
        else:
            (cells[-1][1] if cells else strays).append(word)
    made = tuple((label, tuple(words)) for label, words in cells)
    return Band(UNSURE, made, tuple(strays))


def _cut(labels: Sequence[Word], units: Sequence[Unit], end: int) -> float:
    """The price of labels that go on behind the last line of their band."""
    if end == len(units):
        return 0.0
    line = units[end].words[0].line
    return CUT * sum(1 for label in labels if 2 * label.height - label.line >= line)


def _goal_band(
    labels: Sequence[Word], texts: Sequence[Word], words: Sequence[Word], frame: Frame
) -> Band | None:
    """A goal beside its label, or goals side by side below theirs."""
    if len(labels) == 1:
        label, own = goals.completed(labels[0], texts)
        price = order.price("goal", lines("goal", own)) + _blocks(labels, texts)
        if own:
            middle = own[0].line if frame.top else (own[0].line + own[-1].line) / 2
            price += UNEVEN * max(0.0, abs(middle - frame.height(label)) - 1.0)
        return Band(price, ((label, tuple(goals.ordered(own))),))
    heads = [label for label in labels if label.name("goal") != "overall"]
    if len(heads) < 2:
        heads = list(labels)
    last = max(head.line for head in heads)
    if frame.view is not View.LOOSE and any(head.line < last for head in heads):
        return None
    below = [word for word in words if word.line > last and not is_label(word)]
    above = [word for word in words if word.line <= last and not is_label(word)]
    if not below:
        return None
    heads, above = goals.closed(heads, above)
    above, below = goals.without_bits(above, below)
    if not below:
        return None
    if frame.view is View.LOOSE:
        heads.sort(key=lambda head: head.name("goal") != "midterm")
    dealt = goals.sides(heads, below, placed=frame.view is View.PLACED)
    if dealt is None:
        return None
    return Band(
        dealt[0] + STRAY * len(above),
        tuple((label, ()) for label in heads),
        tuple(above),
        tuple(tuple(side) for side in dealt[1]),
    )


def _field_band(labels: Sequence[Word], texts: Sequence[Word], frame: Frame) -> Band | None:
    """Labels side by side with their values."""
    apart = max(map(frame.height, labels)) - min(map(frame.height, labels))
    if frame.view is not View.LOOSE and apart > 1:
        return None
    choices = [list(_owners(labels, text, frame)) for text in texts]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    if ways > MOST_WAYS:
        if frame.view is View.LOOSE:
            return None
        choices = [[min(choice, key=lambda owner: owner[1])] for choice in choices]
    fixed = _blocks(labels, texts)
    if frame.view is not View.LOOSE:
        fixed += UNEVEN * max(0.0, apart - 0.5)
    best: tuple[float, list[list[Word]]] | None = None
    for way in product(*choices):
        values: list[list[Word]] = [[] for _ in range(len(labels) + 1)]
        price = fixed
        for text, (owner, cost) in zip(texts, way, strict=True):
            values[owner].append(text)
            price += cost
        if best is not None and price >= best[0]:
            continue
        price += _worth(labels, values[:-1], frame)
        if best is None or price < best[0]:
            best = (price, values)
    assert best is not None
    return Band(
        best[0],
        tuple((label, tuple(words)) for label, words in zip(labels, best[1][:-1], strict=True)),
        tuple(best[1][-1]),
    )


def _owners(labels: Sequence[Word], text: Word, frame: Frame) -> Iterator[tuple[int, float]]:
    """The labels of a band that a text may belong to, and the price of its place for each."""
    if frame.view is View.LOOSE:
        beside = any(label.line == text.line for label in labels)
        yield from (
            (at, OFF_LINE * (beside and label.line != text.line)) for at, label in enumerate(labels)
        )
    elif frame.view is View.LINED:
        yield from _on_line(labels, text)
    else:
        yield from _beside(labels, text)


def _on_line(labels: Sequence[Word], text: Word) -> Iterator[tuple[int, float]]:
    """The label before a text on its line, and those that have no part on it: their cell may be higher."""
    places = [_nearest(label, text) for label in labels]
    before = [place for place in places if place is not None and place < 0]
    for at, place in enumerate(places):
        if place is None:
            yield at, ELSEWHERE * bool(before)
        else:
            yield at, OFF_LINE * (place >= 0 or place < max(before))


def _nearest(label: Word, text: Word) -> int | None:
    """How far before (below 0) or behind a text the nearest part of a label stands on its line; None on others."""
    start = text.cell.span.start
    content = text.cell.span.source.text
    found: int | None = None
    for span in label.cell.spans:
        low, high = min(span.end, start), max(span.start, start)
        if high - low <= LINE and "\n" not in content[low:high]:
            place = span.start - start
            if found is None or place < 0:
                found = place
    return found


def _beside(labels: Sequence[Word], text: Word) -> Iterator[tuple[int, float]]:
    """The nearest label to the left of a text, and the one before it where the text stands over it."""
    middle = text.start + text.end
    left = [at for at, label in enumerate(labels) if label.start + label.end < middle]
    left.sort(key=lambda at: labels[at].start)
    if not left:
        yield -1, LEFT
        return
    over = labels[left[-1]].end > text.start + 1
    yield left[-1], OVER * over
    if over and len(left) > 1:
        yield left[-2], OVER


def _worth(labels: Sequence[Word], values: Sequence[Sequence[Word]], frame: Frame) -> float:
    """How unlikely these values are, by what they say and how they stand."""
    price = LONE * (len(labels) == 1 and order.kind(labels[0]) in PAIRED)
    cells: list[list[Sequence[Word]]] = []
    for label, words in zip(labels, values, strict=True):
        kind = order.kind(label)
        price += order.price(kind, lines(kind, words))
        if kind == "project" and len(labels) == 1:
            price += _not_full(words, frame)
        cells.append(list(parts(kind, words)))
    if frame.view is View.LOOSE:
        return price + _turned(labels, cells, frame)
    return price + sum(
        _off(frame.height(label), cell, frame)
        for label, own in zip(labels, cells, strict=True)
        for cell in own
    )


def lines(kind: str, words: Sequence[Word]) -> tuple[str, ...]:
    """The lines of a value; figures and dates by pieces, for two cells may stand side by side."""
    if kind in ("money", "period"):
        return tuple(word.text for word in words)
    return tuple(
        "".join(word.text for word in line) for _, line in groupby(words, lambda word: word.line)
    )


def _not_full(words: Sequence[Word], frame: Frame) -> float:
    """The price of a line that ends early though the cell goes on: a name has all columns to itself."""
    upper = [word for word in words if word.line < words[-1].line]
    return NOT_FULL * sum(1 for word in upper if columns(word.text) < FULL * frame.width)


def parts(kind: str, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The cells of a value: two where it is a period of two dates, else one."""
    if not words:
        return
    dates = order.dates(tuple(word.text for word in words)) if kind == "period" else None
    for part in dates or (range(len(words)),):
        if part:
            yield [words[at] for at in part]


def _off(height: float, cell: Sequence[Word], frame: Frame) -> float:
    """By how much a cell stands too high or too low, or has other lines in it."""
    lines = sorted({word.line for word in cell})
    middle = lines[0] if frame.top else (lines[0] + lines[-1]) / 2
    away = abs(middle - height)
    holes = lines[-1] - lines[0] - 2 * (len(lines) - 1)
    return UNEVEN * (max(0.0, away - 0.5) + away / 4 + max(0, holes))


def _label_lines(label: Word, frame: Frame) -> Iterator[tuple[float, float]]:
    """Where the lines of a label stand in the text, and their heights."""
    last = 2 * label.height - label.line
    if last > label.line:
        yield from zip((label.line, last), frame.places(2), strict=True)
    else:
        yield label.line, 0.0


def _turned(
    labels: Sequence[Word], cells: Sequence[Sequence[Sequence[Word]]], frame: Frame
) -> float:
    """How far the order of the pieces is from the one in which the lines of these cells stand."""
    seen: list[tuple[float, float, int]] = []
    for at, (label, own) in enumerate(zip(labels, cells, strict=True)):
        seen += [(line, place, 2 * at) for line, place in _label_lines(label, frame)]
        for cell in own:
            places = frame.places(len(cell))
            seen += [
                (word.line, place, 2 * at + 1) for word, place in zip(cell, places, strict=True)
            ]
    seen.sort()
    price = 0.0
    for number, (_, high, column) in enumerate(seen):
        for _, low, other in seen[number + 1 :]:
            if high > low:
                price += TURNED * (high - low)
            elif high == low and column > other:
                price += SWAPPED
    return price


def _blocks(labels: Sequence[Word], texts: Sequence[Word]) -> float:
    """The price of empty lines within a band."""
    words = sorted((*labels, *texts), key=lambda word: word.line)
    return BLOCK * sum(1 for one, two in pairwise(words) if one.block != two.block)
