"""The indicator table of a text that has come apart: its rows, and the heights of its level labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .. import labels
from ..levels import Mark, order_is_centred
from ..roles import Columns
from ..tables import Cell
from ..tables.widths import columns as columns_of
from . import heads
from .decode import Decoder, Lane, Step
from .pieces import Gap, together
from .words import Word

COSTS = ("经济成本指标", "社会成本指标", "生态环境成本指标")
ONE_LINE = 0.95  # that share, from which on the line ends say nothing
LINED = 0.3  # the share of words that stand behind another on their line


@dataclass(slots=True)
class Rows:
    """The rows of a table by column number; level labels by height; what found no place."""

    columns: Columns
    cells: list[dict[int, Cell]] = field(default_factory=list)
    marks1: list[Mark] = field(default_factory=list)
    marks2: dict[int, list[Mark]] = field(default_factory=dict)  # by half of the table
    centred: bool = False
    strays: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Level:
    """A level label: before which of the other words it stands, and whether it is level1 or level2."""

    at: int
    word: Word
    group: str


@dataclass(slots=True)
class Sorted:
    """The words of a table: those of its rows, and the level labels among them."""

    texts: list[Word] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    after_label: list[bool] = field(default_factory=list)


def read(columns: Columns, lanes: Sequence[Lane], body: Sequence[Word]) -> Rows:
    """The rows of the table with these columns."""
    found = _sort(body)
    if any(column.part for column in columns.columns):
        # The labels of the right half stand in the middle of the rows.
        found.after_label = [False] * len(found.after_label)
    behind = sum(1 for word in found.texts if word.gap < Gap.LINE)
    lined = behind >= LINED * max(1, len(found.texts))
    one_line = behind > ONE_LINE * len(found.texts)
    best: tuple[float, list[Step], Columns] | None = None
    for option, option_lanes in heads.orders(columns, lanes):
        decoder = Decoder(option_lanes, found.after_label, lined, one_line)
        steps, worth = decoder.decode(found.texts)
        if steps and not one_line:
            decoder.widths = _full_lines(found.texts, steps)
            steps, worth = decoder.decode(found.texts)
        if best is None or worth > best[0]:
            best = (worth, steps, option)
    assert best is not None
    rows = Rows(best[2])
    if not best[1]:
        rows.strays.extend(word.cell for word in found.texts)
        return rows
    row_of = _fill(rows, found.texts, best[1])
    _mark(rows, found, best[1], row_of)
    _drop_tail(rows)
    return rows


def _full_lines(texts: Sequence[Word], steps: Sequence[Step]) -> dict[int, int]:
    """How wide a full line of each column is: the widest that a first reading put there."""
    widths: dict[int, int] = {}
    for word, step in zip(texts, steps, strict=True):
        widths[step.column] = max(widths.get(step.column, 0), columns_of(word.text))
    return widths


def _sort(body: Sequence[Word]) -> Sorted:
    """Part the level labels from the words of the rows."""
    found = Sorted()
    tree2021 = any(word.name("level2") in COSTS for word in body)
    pending = False
    for word in body:
        group = _group(word, found.levels, tree2021=tree2021)
        if group is not None:
            found.levels.append(Level(len(found.texts), word, group))
            pending = True
        elif word.name("column") not in ("level1", "level2"):
            found.texts.append(word)
            found.after_label.append(pending)
            pending = False
    return found


def _group(word: Word, before: Sequence[Level], *, tree2021: bool) -> str | None:
    """Whether a word is a level label here: level1, level2 or neither (an indicator's name)."""
    one, two = word.name("level1"), word.name("level2")
    if one is None and two is None:
        return None
    standing = before[-1].word.name(before[-1].group) if before else None
    if (
        not labels.bare(word.text).endswith("指标")
        and standing is not None
        and standing in (one, two)
    ):
        return None
    if one is None or two is None:
        return "level1" if two is None else "level2"
    if one == "成本指标":
        return "level1" if tree2021 else "level2"
    seen = any(level.group == "level1" and level.word.name("level1") == one for level in before)
    return "level2" if seen or len(labels.bare(word.text)) != len("满意度指标") else "level1"


def _fill(rows: Rows, texts: Sequence[Word], steps: Sequence[Step]) -> list[int]:
    """Put the words into rows; the row of each word."""
    found: list[dict[int, list[Cell]]] = []
    row_of: list[int] = []
    for word, step in zip(texts, steps, strict=True):
        if step.opens or not found:
            found.append({})
        found[-1].setdefault(step.column, []).append(word.cell)
        row_of.append(len(found) - 1)
    rows.cells = [{at: together(cells) for at, cells in sorted(row.items())} for row in found]
    return row_of


def _mark(rows: Rows, found: Sorted, steps: Sequence[Step], row_of: Sequence[int]) -> None:
    """The heights of the level labels among the rows."""
    for level in found.levels:
        part = 0
        height = len(rows.cells) - 0.5
        if level.at < len(found.texts):
            row = row_of[level.at]
            beside = not steps[level.at].opens or found.texts[level.at].line == level.word.line
            height = float(row) if beside else row - 0.5
            part = rows.columns.columns[steps[level.at].column].part
        marks = rows.marks1 if level.group == "level1" else rows.marks2.setdefault(part, [])
        marks.append(Mark(height, level.word.cell))
    rows.centred = order_is_centred(
        [(level.group, level.word.name(level.group) or "") for level in found.levels]
    )


def _drop_tail(rows: Rows) -> None:
    """Lines behind the last row that has a target are no indicators: the foot of a page or site."""
    names = {at for at, column in enumerate(rows.columns.columns) if column.role == "name"}
    while rows.cells and (set(rows.cells[-1]) <= names or _is_footer(rows.cells[-1], names)):
        rows.strays.extend(rows.cells.pop().values())


def _is_footer(row: dict[int, Cell], names: set[int]) -> bool:
    return any("：" in cell.text for at, cell in row.items() if at in names)
