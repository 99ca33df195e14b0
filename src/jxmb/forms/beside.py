"""The labels of a row of the header, and what stands beside each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import deferred, labels
from ..labels import Label, inexact, money
from ..labels.joining import colon, meanings
from ..tables import Cell, Row
from .entries import MONEY_HEAD, Entry, amounts_told, asks, part_amounts, told_behind

GROUPS = ("field", "money", "goal", "other", "money_column", "margin")
# A label with its colon behind a blank: 预算年度：
PAIR = deferred.re(r"(?:^|[\s；;])(?P<label>[^\s：:；;\d]{2,16})[：:]")
# A note of the unit at the right edge of a line, next to the value of its label: 填报单位：某中心单位：万元
NOTE = deferred.re(rf"[(（]?(?:金额)?单位[：:]\s?{money.UNIT}[)）]?$")
WAITING = frozenset({"field", "other"})  # labels with a value beside them


def sorted_cells(cells: Sequence[Cell]) -> tuple[list[Entry], list[Cell]]:
    """The labels of a row with their values, and the cells before any label."""
    found: list[Entry] = []
    lead: list[Cell] = []
    cells = [piece for cell in cells for piece in _pairs(cell)]
    for at, cell in enumerate(cells, 1):
        if told := amounts_told(cell, found):
            found.extend(told)
            continue
        entry = labelled(cell, found)
        if entry is not None:
            found += [entry, *told_behind(entry)]
        elif asks(cell, found) and at < len(cells) and labelled(cells[at], found) is None:
            found.append(Entry(Label("other", cell.text), cell))
        elif found:
            found[-1].values.append(cell)
        else:
            lead.append(cell)
    part_amounts(found)
    return found, lead


def is_noted(cell: Cell) -> bool:
    """Whether a cell holds a label with its value, and a note of the unit behind them."""
    return len(_pairs(cell)) > 1


def _pairs(cell: Cell) -> Sequence[Cell]:
    """The labels with their values that blanks or `；` part in one cell: `项目名称：某工程   预算年度：2025年`."""
    text = cell.span.text
    if cell.rest or ("：" not in text and ":" not in text):
        return (cell,)
    starts = [match.start("label") for match in PAIR.finditer(text) if meanings(match["label"])]
    if starts and (note := NOTE.search(text)) and note.start() not in starts:
        starts.append(note.start())
    if len(starts) < 2 or starts[0] > 0:
        return (cell,)
    ends = [*(start - (text[start - 1] in "；;") for start in starts[1:]), len(text)]
    pieces = (cell.span.sub(*place).strip() for place in zip(starts, ends, strict=True))
    return [replace(cell, span=piece, text=piece.text) for piece in pieces]


def labelled(cell: Cell, before: Sequence[Entry]) -> Entry | None:
    """A cell as a label, or as a label and its value in one cell (`单位：万元`)."""
    if cell.text.startswith(("(", "（")) and money.UNIT_ALONE.match(cell.text):
        return Entry(MONEY_HEAD, cell)
    meant, misread = meanings(cell.text), False
    if not meant:
        if (pair := _both(cell)) is not None:
            return pair
        if cell.text.isascii():
            return None
        meant, misread = inexact.near(cell.text) or inexact.jumbled(cell.text), True
    label = _choose(meant, before)
    if (
        label is not None
        and label.group == "money"
        and not labels.find(cell.text)
        and _waits(before)
    ):
        return None
    return Entry(label, cell, misread=misread) if label is not None else None


def is_unit(row: Row) -> bool:
    """Whether a row is nothing but the second line of 项目资金（万元）."""
    return len(row.filled) == 1 and money.UNIT_ALONE.match(row.filled[0].text) is not None


def _waits(before: Sequence[Entry]) -> bool:
    """Whether a field of the row still waits for its value: what looks like a label of money may be it."""
    return bool(before) and before[-1].label.group in WAITING and not before[-1].values


def _choose(meanings: Iterable[Label], before: Sequence[Entry]) -> Label | None:
    found = {label.group: label for label in reversed(tuple(meanings))}
    if "money" in found and before and before[0].label.group == "money":
        return found["money"]
    if "field" in found and found["field"].name in ("unit", "year") and "money" in found:
        return found["money"]
    for group in GROUPS:
        if group in found:
            return found[group]
    return None


def is_pair(cell: Cell) -> bool:
    """Whether a cell holds a label of the header and its value: `填报人：某某`."""
    return _both(cell) is not None


def _both(cell: Cell) -> Entry | None:
    text = cell.span.text
    end = colon(text)
    label = _choose(meanings(text[:end]), ()) if end else None
    if label is None:
        return None
    head = cell.span.sub(0, end)
    entry = Entry(label, Cell(head, head.text, cell.column))
    value = cell.span.sub(end + 1, len(text)).strip()
    if value.text or cell.rest:
        shown = cell.text.split(text[end], 1)[-1].strip() if cell.rest else value.text
        entry.values.append(Cell(value, shown, cell.column, cell.width, cell.rest))
    return entry
