"""Words of the header to rows of labels and values.

On a page by `bands` of lines (`placement`: which value fits which label; `goals`: the goal and its sides), in running
text by `likelihood`. `unlabelled` knows values by their looks whose label was destroyed. Where cells lost their places, the values
themselves tell whose they are (`by_kind`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ...tables import Cell, Row
from ...tables.widths import columns
from ..fragments import Fragment, together
from ..labelling import begin_at_margin
from . import bands, goals, likelihood, placement

TORN = 2.0  # the price of a label between whose parts others stand
GIVEN = 1.0  # by how much the order of the page must be likelier than that of the cells


def pairs(found: Sequence[Fragment]) -> Iterator[Row]:
    """Labels with their values, as they stand on the page or as they follow each other."""
    spans = [_spans(word) for word in found]
    words = [word for word, span in zip(found, spans, strict=True) if not span]
    view = placement.view(words)
    if view is placement.View.PLACED and begin_at_margin(found):
        view = placement.View.LINED
    flow = _flow(words) if view is not placement.View.PLACED else bands.NEVER
    header = bands.read(words, placement.Frame(view, _width(words))) if flow > GIVEN else None
    if header is None or flow <= header.price + GIVEN:
        yield from by_order(found)
        return
    rows = [
        (word.cell.span.start, Row((word.cell,), "apart"))
        for word, span in zip(found, spans, strict=True)
        if span
    ]
    rows += [row for band in header.bands for row in _rows(band)]
    rows.sort(key=lambda row: row[0])
    yield from (row for _, row in rows)


def _width(words: Sequence[Fragment]) -> int:
    """The width of a full line over all columns, as far as the texts show it."""
    return max((columns(word.text) for word in words if not placement.is_label(word)), default=0)


def _spans(word: Fragment) -> bool:
    """Whether a word stands beside many rows, or is the unit of what does."""
    return likelihood.kind(word) == "head" or bool(likelihood.UNIT.match(word.text))


def _flow(words: Sequence[Fragment]) -> float:
    """How unlikely it is that each text belongs to the label before it."""
    labels, runs = _runs(words)
    kinds = [likelihood.kind(label) for label in labels]
    price = bands.STRAY * len(runs[0])
    for at, (label, run) in enumerate(zip(labels, runs[1:], strict=True)):
        price += TORN * (label.torn and _holds(label, words))
        # Goal labels with nothing between them have their texts behind the last one.
        goal = kinds[at] == "goal"
        behind = goal and not run and kinds[at + 1 : at + 2] == ["goal"]
        before = goal and at > 0 and kinds[at - 1] == "goal" and not runs[at]
        price += TORN * (
            goal
            and bool(runs[at])
            and kinds[max(0, at - 2) : at] == ["goal"] * 2
            and not runs[at - 1]
        )
        if before and len(run) > 1:
            price += min(way[0] for way in goals.in_turn(run))
        elif not behind:
            price += likelihood.price(kinds[at], _lines(run, whole=goal))
    return price


def _holds(label: Fragment, words: Sequence[Fragment]) -> bool:
    """Whether other words stand between the parts of a label."""
    first, last = label.cell.span.start, label.cell.spans[-1].start
    return any(first < word.cell.span.start < last for word in words)


def _lines(run: Sequence[Fragment], *, whole: bool) -> tuple[str, ...]:
    """The texts of a run by lines, or as one."""
    if whole:
        return ("".join(word.text for word in run),) if run else ()
    lines = groupby(run, lambda word: word.line)
    return tuple("".join(word.text for word in line) for _, line in lines)


def _rows(band: bands.Band) -> Iterator[tuple[int, Row]]:
    """The rows of a band, each with its place in the text."""
    for word in band.strays:
        yield word.cell.span.start, Row((word.cell,), "apart")
    if band.sides:
        heads = [label for label, _ in band.cells]
        at = heads[0].cell.span.start
        yield at, Row(tuple(label.cell for label in heads), "apart")
        yield at, Row(tuple(together([word.cell for word in side]) for side in band.sides), "apart")
        return
    if _heads_money(band):
        cells = tuple(_at_middle(label) for label, _ in band.cells)
        yield cells[0].span.start, Row(cells, "apart")
        return
    for label, words in band.cells:
        yield label.cell.span.start, Row((label.cell, *_values(label, words)), "apart")


def _heads_money(band: bands.Band) -> bool:
    """Whether the labels of a band are the heads of columns of money, whose figures stand in the rows below."""
    heads = [label for label, words in band.cells if not words and label.name("money_column")]
    return len(heads) == len(band.cells) > 1


def _at_middle(word: Fragment) -> Cell:
    """The cell of a word, with the middle of its place as its column."""
    return replace(word.cell, column=(word.start + word.end) // 2)


def _values(label: Fragment, words: Sequence[Fragment]) -> Iterator[Cell]:
    kind = likelihood.kind(label)
    if kind == "money":
        yield from map(_at_middle, sorted(words, key=lambda word: word.start))
        return
    yield from _one(kind, words)


def by_order(found: Sequence[Fragment]) -> Iterator[Row]:
    """Labels with the text near them as their value, most of it behind them."""
    labels, runs = _runs(found)
    at = 0
    while at < len(labels):
        goals = _goals(labels, runs, at)
        rows = list(_side_by_side(labels, runs, *goals)) if goals else []
        if goals is not None and rows:
            yield from _in_order(labels[at : goals[0]], runs[at : goals[0] + 1])
            yield from rows
            at = goals[1]
            runs[at] = []
        else:
            break
    yield from _in_order(labels[at:], runs[at:])


def _in_order(labels: Sequence[Fragment], runs: Sequence[Sequence[Fragment]]) -> Iterator[Row]:
    """Labels in one column, each with its value; `runs` begins with the words before the first of them."""
    for word in runs[0]:
        yield Row((word.cell,), "apart")
    for label, run in zip(labels, runs[1:], strict=True):
        units = [word for word in run if likelihood.UNIT.match(word.text)]
        kind = likelihood.kind(label)
        texts = [word for word in run if word not in units]
        yield Row((label.cell, *_one(kind, goals.ordered(texts))), "apart")
        for word in units:
            yield Row((word.cell,), "apart")


def _one(kind: str, words: Sequence[Fragment]) -> Iterator[Cell]:
    """The value as one cell, or as two where it is a period of two dates."""
    for part in placement.parts(kind, words):
        yield together([word.cell for word in part])


def _runs(found: Sequence[Fragment]) -> tuple[list[Fragment], list[list[Fragment]]]:
    """The labels, and the words before the first and behind each of them."""
    labels: list[Fragment] = []
    runs: list[list[Fragment]] = [[]]
    for word in found:
        if placement.is_label(word):
            labels.append(word)
            runs.append([])
        else:
            runs[-1].append(word)
    return labels, runs


def _goals(
    labels: Sequence[Fragment], runs: Sequence[Sequence[Fragment]], at: int
) -> tuple[int, int] | None:
    """Two goal labels or more without text between: the number of the first, and of the label behind their texts."""
    for first in range(at, len(labels) - 1):
        if labels[first].name("goal") and labels[first + 1].name("goal") and not runs[first + 1]:
            end = first + 2
            while end < len(labels) and labels[end].name("goal"):
                end += 1
            return first, end
    return None


def _side_by_side(
    labels: Sequence[Fragment], runs: Sequence[Sequence[Fragment]], first: int, end: int
) -> Iterator[Row]:
    """The goal labels in a row and their texts in the next; nothing where these cannot be told apart."""
    heads = [label for label in labels[first:end] if label.name("goal") != "overall"]
    if len(heads) < 2:
        heads = list(labels[first:end])
    words = [word for run in runs[first + 1 : end + 1] for word in run]
    texts = _divided(words, len(heads))
    if len(heads) == 2 and len(words) > 1:
        side = min(goals.in_turn(words), key=lambda way: way[0])
        texts = [together([word.cell for word in part]) for part in side[1]]
    if texts:
        yield Row(tuple(label.cell for label in heads), "apart")
        yield Row(tuple(texts), "apart")


def _divided(values: Sequence[Fragment], heads: int) -> list[Cell]:
    """The texts under goal labels printed side by side: one a sentence end, the last labels' texts."""
    texts: list[list[Cell]] = [[]]
    for word in values:
        texts[-1].append(word.cell)
        if word.text.endswith(("。", "；", "！")):
            texts.append([])
    texts = [text for text in texts if text]
    if len(texts) < 2:
        return []
    if len(texts) > heads:
        texts = [*texts[: heads - 1], [cell for text in texts[heads - 1 :] for cell in text]]
    return [together(text) for text in texts]
