"""Words of the header to rows of labels and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tables import Cell, Row
from . import order
from .pieces import Gap, together
from .words import Word, begin_at_margin

WIDE = 3  # values set off by more than a blank, from which on places tell which label is theirs
REACH = 3.0  # lines between a label and the furthest line of its value
OTHER_BLOCK = 2.5  # the price of an empty line between label and value
BELOW = 0.2  # the price of a label below its value: cells begin beside their label or above it
PER_COLUMN = 0.02  # the price of a display column between them


def pairs(found: Sequence[Word]) -> Iterator[Row]:
    """Labels with their values: by their places where the text keeps these, else by their order."""
    wide = sum(1 for word in found if word.gap is Gap.WIDE and not word.meanings)
    return by_place(found) if wide >= WIDE and not begin_at_margin(found) else by_order(found)


def by_place(found: Sequence[Word]) -> Iterator[Row]:
    """Each text beside the label that stands next to it on its left, on its line or near it."""
    heads = [word for word in found if word.meanings and not _only_columns(word)]
    values: list[list[Word]] = [[] for _ in heads]
    for word in found:
        if word.meanings and not _only_columns(word):
            continue
        best = (
            min(
                (price, at)
                for at, price in enumerate(
                    [*(_price(head, word, heads) for head in heads), REACH * 2]
                )
            )
            if heads
            else (0.0, 0)
        )
        if best[1] < len(heads):
            values[best[1]].append(word)
        else:
            yield Row((word.cell,), "apart")
    for head, words in zip(heads, values, strict=True):
        yield Row((head.cell, *_cells(words)), "apart")


def _price(head: Word, word: Word, heads: Sequence[Word]) -> float:
    """How unlikely it is that a text belongs to a label."""
    away = abs(head.height - word.line)
    if head.end > word.start + 1 or away > REACH:
        return REACH * 4
    between = any(
        other.line == head.line and head.end <= other.start < word.start for other in heads
    )
    price = away + PER_COLUMN * (word.start - head.end) + BELOW * (head.height > word.line)
    return price + OTHER_BLOCK * (head.block != word.block) + REACH * 4 * between


def _cells(words: Sequence[Word]) -> Iterator[Cell]:
    """The texts beside one label: those one above the other are one cell."""
    stacks: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.line, word.start)):
        for stack in stacks:
            if stack[-1].line < word.line and any(
                word.start < other.end and other.start < word.end for other in stack
            ):
                stack.append(word)
                break
        else:
            if stacks and word.gap is Gap.NARROW and stacks[-1][-1].line == word.line:
                stacks[-1].append(word)
            else:
                stacks.append([word])
    stacks.sort(key=lambda stack: stack[0].start)
    for stack in stacks:
        yield together([word.cell for word in stack])


def by_order(found: Sequence[Word]) -> Iterator[Row]:
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


def _in_order(labels: Sequence[Word], runs: Sequence[Sequence[Word]]) -> Iterator[Row]:
    """Labels in one column, each with its value; `runs` begins with the words before the first of them."""
    given = order.given(labels, runs)
    if given is None:
        given = [list(run) for run in runs[1:]]
    kept = {id(word) for words in given for word in words}
    lost = [word.cell for run in runs for word in run if id(word) not in kept]
    if lost:
        yield Row((together(lost),), "apart")
    for label, words in zip(labels, given, strict=True):
        units = [word for word in words if order.UNIT.match(word.text)]
        rest = [word for word in words if word not in units]
        yield Row((label.cell, *_value(label, rest)), "apart")
        for word in units:
            yield Row((word.cell,), "apart")


def _value(label: Word, words: Sequence[Word]) -> Iterator[Cell]:
    cells = [word.cell for word in words]
    parts = order.dates([cell.text for cell in cells]) if order.kind(label) == "period" else None
    for part in parts or (range(len(cells)),):
        if part:
            yield together([cells[at] for at in part])


def _runs(found: Sequence[Word]) -> tuple[list[Word], list[list[Word]]]:
    """The labels, and the words before the first and behind each of them."""
    labels: list[Word] = []
    runs: list[list[Word]] = [[]]
    for word in found:
        if word.meanings and not _only_columns(word):
            labels.append(word)
            runs.append([])
        else:
            runs[-1].append(word)
    return labels, runs


def _goals(
    labels: Sequence[Word], runs: Sequence[Sequence[Word]], at: int
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
    labels: Sequence[Word], runs: Sequence[Sequence[Word]], first: int, end: int
) -> Iterator[Row]:
    """The goal labels in a row and their texts in the next; nothing where these cannot be told apart."""
    heads = [label for label in labels[first:end] if label.name("goal") != "overall"]
    if len(heads) < 2:
        heads = list(labels[first:end])
    words = [word for run in runs[first + 1 : end + 1] for word in run]
    texts = _divided(words, len(heads))
    if len(heads) == 2 and (dealt := order.dealt([word.text for word in words])):
        texts = [together([words[at].cell for at in side]) for side in dealt]
    if texts:
        yield Row(tuple(label.cell for label in heads), "apart")
        yield Row(tuple(texts), "apart")


def _divided(values: Sequence[Word], heads: int) -> list[Cell]:
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


def _only_columns(word: Word) -> bool:
    return {label.group for label in word.meanings} <= {"column", "level1", "level2"}
