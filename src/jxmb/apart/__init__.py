"""Text whose cells have come apart: one cell a line, blanks for columns, rows in one line, fragments of OCR.

`restore` turns the rows of a form into header rows with labels and values side by side and a table of placed
rows with the heights of their level labels, as `tables` gives them for texts that kept their cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .. import forms, labels, roles
from ..header import is_pair
from ..levels import Mark
from ..roles import Columns
from ..tables import Cell, Row
from . import glued, stream
from . import pieces as parts
from .words import Word, without_margin, words

HEADS = 3  # column labels that make a table's header
SHORTEST_ECHO = 4  # characters of a word printed twice that count as an echo
ECHOES = 3  # how many give a text away that prints merged cells in every column
NEAR = 14  # words among which they stand
APART = 0.5  # the share of rows without delimiters from which on a text has come apart


@dataclass(slots=True)
class Restored:
    """A form put together again."""

    header: list[Row] = field(default_factory=list)
    columns: Columns | None = None
    rows: list[dict[int, Cell]] = field(default_factory=list)
    marks1: list[Mark] = field(default_factory=list)
    marks2: dict[int, list[Mark]] = field(default_factory=dict)  # by half of the table
    footer: list[Row] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    centred: bool = False


def come_apart(rows: Sequence[Row]) -> bool:
    """Whether most rows of a form have no delimiters between their cells."""
    texts = [row for row in rows if any(cell.text for cell in row.cells)]
    plain = sum(1 for row in texts if row.dialect == "line")
    return len(texts) >= 2 and plain > APART * len(texts)


def restore(rows: Sequence[Row]) -> Restored:
    """Put the cells of a form together."""
    kept, marks = parts.without_page_marks(rows)
    restored = Restored(strays=marks)
    pieces = parts.pieces(kept)
    if glued.is_glued(pieces):
        pieces = glued.cut(pieces)
    found = without_margin(_without_echo(words(pieces)))
    start, end = _head(found)
    restored.header = list(_pairs(found[:start]))
    if start == end == len(found):
        return restored
    columns = stream.columns_of(found[start:end]) if end > start else roles.default(4)
    body, footer = _body(found[end:])
    restored.footer = list(_pairs(footer))
    _table(restored, columns, body)
    return restored


def _without_echo(found: Sequence[Word]) -> list[Word]:
    """Each word once where merged cells were printed again for every column they cover."""
    echoes = sum(
        1
        for one, two in zip(found, found[1:], strict=False)
        if one.text == two.text and len(one.text) >= SHORTEST_ECHO
    )
    if echoes < ECHOES:
        return list(found)
    return [word for at, word in enumerate(found) if not at or word.text != found[at - 1].text]


def _head(found: Sequence[Word]) -> tuple[int, int]:
    """Where the column labels of the indicator table stand; an empty range where they are lost."""
    at = [number for number, word in enumerate(found) if _is_head(word)]
    for first, start in enumerate(at):
        near = [number for number in at[first:] if number < start + NEAR]
        names = {found[number].name("column") for number in near}
        if (
            len(names) >= HEADS
            and names & {"name", "target"}
            and names & {"name", "level1", "level2"}
        ):
            return start - _flat_heads(found, start), near[-1] + 1
    for number, word in enumerate(found):
        if word.name("level1", "level2") and labels.bare(word.text).endswith("指标"):
            return number, number
    return len(found), len(found)


def _is_head(word: Word) -> bool:
    return word.name("column") is not None and not word.name("level1", "level2")


def _flat_heads(found: Sequence[Word], start: int) -> int:
    """How many labels before the column labels are column heads too, in a table of many projects."""
    run = 0
    while run < start and found[start - run - 1].name("field", "money", "goal", "other"):
        run += 1
    names = {found[number].name("field") for number in range(start - run, start)}
    return run if run >= 3 and "project_name" in names else 0


def _pairs(found: Sequence[Word]) -> Iterator[Row]:
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
            yield Row((parts.together(cells),), "apart")
        else:
            yield Row((label.cell, parts.together(cells)) if cells else (label.cell,), "apart")
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
    return [parts.together(text) for text in texts]


def _only_columns(word: Word) -> bool:
    return {label.group for label in word.meanings} <= {"column", "level1", "level2"}


def _body(found: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words of the table, and those behind it (`填报人：…`)."""
    for number, word in enumerate(found):
        groups = {label.group for label in word.meanings}
        ends = "other" in groups and not groups & {"level1", "level2", "column"}
        if number > 2 and (ends or (not groups and is_pair(word.cell))):
            return list(found[:number]), list(found[number:])
    return list(found), []


def _table(restored: Restored, columns: Columns, body: Sequence[Word]) -> None:
    texts, level, after = _sort(body)
    if any(column.part for column in columns.columns):
        after = [False] * len(after)  # the labels of the right half stand in the middle of the rows
    best: tuple[stream.Decoded, Columns] | None = None
    for option in stream.orders(columns):
        decoded = stream.decode(texts, option, after)
        if best is None or decoded.score > best[0].score:
            best = (decoded, option)
    if best is None or not best[0].steps:
        restored.strays.extend(word.cell for word in texts)
        return
    decoded, restored.columns = best
    made = stream.rows(texts, decoded)
    restored.rows = made.cells
    _drop_tail(restored)
    _marks(restored, texts, level, decoded, made)


def _drop_tail(restored: Restored) -> None:
    """Lines behind the last row that has a target are no indicators: the foot of a page or site."""
    assert restored.columns is not None
    names = {at for at, column in enumerate(restored.columns.columns) if column.role == "name"}
    while restored.rows and set(restored.rows[-1]) <= names:
        restored.strays.extend(restored.rows.pop().values())


def _sort(body: Sequence[Word]) -> tuple[list[Word], list[tuple[int, Word, str]], list[bool]]:
    """Words that are level labels with the place they stand at among the others, and these."""
    texts: list[Word] = []
    level: list[tuple[int, Word, str]] = []
    after: list[bool] = []
    pending = False
    standing: str | None = None
    tree2021 = any(word.name("level2") in COSTS for word in body)
    for word in body:
        group = _level_of(word, standing, level, tree2021)
        if group is not None:
            level.append((len(texts), word, group))
            standing = word.name(group)
            pending = True
            continue
        if (
            word.name("column")
            and not word.name("level1", "level2")
            and word.gap >= parts.Gap.WIDE
            and _repeats_head(word)
        ):
            continue
        texts.append(word)
        after.append(pending)
        pending = False
    return texts, level, after


COSTS = ("经济成本指标", "社会成本指标", "生态环境成本指标")


def _repeats_head(word: Word) -> bool:
    return word.name("column") in ("level1", "level2")


def _level_of(
    word: Word, standing: str | None, level: Sequence[tuple[int, Word, str]], tree2021: bool
) -> str | None:
    """Whether a word is a level label here: level1, level2 or neither (an indicator's name)."""
    one, two = word.name("level1"), word.name("level2")
    if one is None and two is None:
        return None
    full = labels.bare(word.text).endswith("指标")
    if not full and standing is not None and standing in (one, two):
        return None
    if one is None or two is None:
        return "level1" if two is None else "level2"
    if one == "成本指标":
        return "level1" if tree2021 else "level2"
    seen1 = any(group == "level1" and other.name("level1") == one for _, other, group in level)
    return "level2" if seen1 or labels.bare(word.text) != "满意度指标" else "level1"


def _marks(
    restored: Restored,
    texts: Sequence[Word],
    level: Sequence[tuple[int, Word, str]],
    decoded: stream.Decoded,
    made: stream.Rows,
) -> None:
    """The heights of the level labels among the rows."""
    for at, word, group in level:
        if at >= len(texts):
            height = len(made.cells) - 0.5
        else:
            row = made.row_of[at]
            beside = not decoded.steps[at].opens or texts[at].line == word.line
            height = float(row) if beside else row - 0.5
        if group == "level1":
            restored.marks1.append(Mark(height, word.cell))
            continue
        part = 0
        if at < len(texts) and restored.columns is not None:
            part = restored.columns.columns[decoded.steps[at].column].part
        restored.marks2.setdefault(part, []).append(Mark(height, word.cell))
    restored.centred = _order_is_centred(
        [(word.name(group) or "", group) for _, word, group in level]
    )


def _order_is_centred(order: Sequence[tuple[str, str]]) -> bool:
    """Whether level-1 labels stand among the level-2 labels under them, not before them."""
    seen: set[str] = set()
    last: tuple[str, str] = ("", "")
    for name, group in order:
        under = name in labels.PARENTS.get(last[0], ()) and name != "成本指标"
        if group == "level1" and last[1] == "level2" and under and name not in seen:
            return True
        if group == "level1":
            seen.add(name)
        last = (name, group)
    return False


__all__ = ["Restored", "come_apart", "forms", "restore"]
