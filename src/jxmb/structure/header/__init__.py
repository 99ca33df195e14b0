"""Words of the header to rows of labels and values.

By `bands` of lines (`placement`: which value fits which label; `goals`: the goal and its sides; `likelihood`: what
values look like), as they stand on the page or as they follow each other. `unlabelled` knows values by their looks
whose label was destroyed. Where cells lost their places, the values themselves tell whose they are (`by_kind`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from ...labels.money import UNIT_ALONE
from ...source.widths import columns
from ...tables import Cell, Row
from ..fragments import APART, Fragment, Gap, together
from ..labelling import begin_at_margin
from . import bands, likelihood, placement
from .prices import PLACES


def pairs(found: Sequence[Fragment]) -> Iterator[Row]:
    """Labels with their values, as they stand on the page or as they follow each other."""
    heads = [word for word in found if _is_head(word)]
    words = [word for word in found if word not in heads]
    view = placement.view(words)
    if view is placement.View.LOOSE:
        words = _blocks(words)
    if view is placement.View.PLACED and begin_at_margin(found):
        view = placement.View.LINED
    texts = [word for word in words if not placement.is_label(word)]
    width = max((columns(word.text) for word in texts), default=0)
    best: list[bands.Band] = []
    most = inf
    if view is not placement.View.PLACED:
        price, best = bands.read(words, placement.Frame(placement.View.FLOWING, width))
        torn = sum(1 for word in words if word.torn and _holds(word, words))
        most = price + PLACES.torn * torn - PLACES.given
    if most > 0:
        best = bands.read(words, placement.Frame(view, width), most)[1] or best
    rows: list[tuple[int, Sequence[Cell]]] = [(word.cell.span.start, [word.cell]) for word in heads]
    rows += [row for band in best for row in _rows(band)]
    rows.sort(key=lambda row: row[0])
    yield from (Row(tuple(cells), APART) for _, cells in rows)


def _blocks(words: Sequence[Fragment]) -> list[Fragment]:
    """The words, where empty lines part the cells: lines right below each other are those of one text."""
    if 2 * sum(word.gap is Gap.EMPTY for word in words) < len(words):
        return list(words)
    made: list[Fragment] = []
    for word in words:
        if made and word.gap is Gap.LINE and _is_text(word) and _is_text(made[-1]):
            above = made.pop()
            cell = together([above.cell, word.cell])
            word = replace(word, cell=cell, gap=above.gap, torn=True)
        made.append(word)
    return made


def _is_text(word: Fragment) -> bool:
    """Whether a word is no label and no figure."""
    return not (placement.is_label(word) or likelihood.DIGITS.match(word.text))


def _is_head(word: Fragment) -> bool:
    """Whether a word stands beside many rows, or is the unit of what does."""
    return likelihood.kind(word) == "head" or bool(UNIT_ALONE.match(word.text))


def _holds(label: Fragment, words: Sequence[Fragment]) -> bool:
    """Whether other words stand between the parts of a label."""
    first, last = label.cell.span.start, label.cell.spans[-1].start
    return any(first < word.cell.span.start < last for word in words)


def _rows(band: bands.Band) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The cells of each row of a band, with its place in the text."""
    for word in band.strays:
        yield word.cell.span.start, [word.cell]
    if band.sides:
        heads = [label for label, _ in band.cells]
        at = heads[0].cell.span.start
        yield at, [label.cell for label in heads]
        yield at, [together([word.cell for word in side]) for side in band.sides]
        return
    heads = [label for label, words in band.cells if not words and label.name("money_column")]
    if len(heads) == len(band.cells) > 1:
        cells = [_at_middle(label) for label in heads]
        yield cells[0].span.start, cells  # heads of columns, whose figures stand in the rows below
        return
    for label, words in band.cells:
        yield label.cell.span.start, [label.cell, *_values(label, words)]


def _at_middle(word: Fragment) -> Cell:
    """The cell of a word, with the middle of its place as its column."""
    return replace(word.cell, column=(word.start + word.end) // 2)


def _values(label: Fragment, words: Sequence[Fragment]) -> list[Cell]:
    """The value as one cell, or as two where it is a period of two dates; amounts each at its place."""
    kind = likelihood.kind(label)
    if kind == "money":
        return [_at_middle(word) for word in sorted(words, key=lambda word: word.start)]
    return [together([word.cell for word in part]) for part in placement.parts(kind, words)]
