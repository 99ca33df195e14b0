"""Words of the header to rows of labels and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tables import Cell, Row
from .pieces import together
from .words import Word


def pairs(found: Sequence[Word]) -> Iterator[Row]:
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
