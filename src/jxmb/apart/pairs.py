"""Words of the header to rows of labels and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tables import Cell, Row
from .pieces import Gap, together
from .words import Word

WIDE = 3  # values set off by more than a blank, from which on places tell which label is theirs
REACH = 3.0  # lines between a label and the furthest line of its value
OTHER_BLOCK = 2.5  # the price of an empty line between label and value
PER_COLUMN = 0.02  # the price of a display column between them


def pairs(found: Sequence[Word]) -> Iterator[Row]:
    """Labels with their values: by their places where the text keeps these, else by their order."""
    wide = sum(1 for word in found if word.gap is Gap.WIDE and not word.meanings)
    return by_place(found) if wide >= WIDE else by_order(found)


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
    price = away + PER_COLUMN * (word.start - head.end)
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
    """Labels with the text up to the next label as their value."""
    runs = list(_runs(found))
    at = 0
    while at < len(runs):
        heads = _goal_heads(runs, at)
        if len(heads) > 1 and (texts := _divided(runs[at + len(heads) - 1][1], len(heads))):
            yield Row(tuple(label.cell for label in heads), "apart")
            yield Row(tuple(texts), "apart")
            at += len(heads)
            continue
        label, values = runs[at]
        cells = [word.cell for word in values]
        if label is None:
            yield Row((together(cells),), "apart")
        else:
            yield Row((label.cell, together(cells)) if cells else (label.cell,), "apart")
        at += 1


def _runs(found: Sequence[Word]) -> Iterator[tuple[Word | None, list[Word]]]:
    """Each label with the words up to the next one; first the words before any label."""
    label: Word | None = None
    values: list[Word] = []
    for word in found:
        if word.meanings and not _only_columns(word):
            if label is not None or values:
                yield label, values
            label, values = word, []
        else:
            values.append(word)
    if label is not None or values:
        yield label, values


def _goal_heads(runs: Sequence[tuple[Word | None, list[Word]]], at: int) -> list[Word]:
    """Goal labels one after another, of which only the last has text behind it."""
    heads: list[Word] = []
    for label, values in runs[at:]:
        if label is None or label.name("goal") is None:
            break
        heads.append(label)
        if values:
            return heads
    return []


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
