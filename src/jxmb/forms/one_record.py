"""The whole head of a form in one record: heads in a run and, behind them, as many values in turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from .. import labels
from ..tables import Cell
from .entries import OWN, Entry

NAMES = frozenset({"project_name", "department", "implementer"})
TERMS = frozenset({"midterm", "annual"})  # of goals side by side


def names(cells: Sequence[Cell]) -> bool:
    """Whether a label of a name stands in a row: that of a project or of an office."""
    return any(labels.meaning(cell.text, "field") in NAMES for cell in cells)


def is_record(cells: Sequence[Cell]) -> bool:
    """Whether a row has more than names and what they name."""
    return len(cells) > 2 * len(NAMES) and names(cells)


def money_columns(cells: Sequence[Cell]) -> list[tuple[str, Cell]]:
    """The heads of columns of money that stand in a record, with their names."""
    named = ((labels.meaning(cell.text, "money_column"), cell) for cell in cells)
    runs = [list(run) for known, run in groupby(named, lambda one: one[0] is not None) if known]
    heads = [(name, cell) for name, cell in max(runs, key=len, default=[]) if name is not None]
    return [] if {name for name, _ in heads}.isdisjoint(OWN) else heads


def give_in_turn(found: Sequence[Entry], heads: Sequence[tuple[str, Cell]]) -> None:
    """Give values to what is printed in a run before them: the columns of an amount, and goals of several terms."""
    for entry in found:
        if heads and entry.label.group == "money" and len(entry.values) == len(heads):
            entry.take(zip([name for name, _ in heads], entry.values, strict=True))
    for goals, run in groupby(found, lambda one: one.label.group == "goal"):
        *_, last = entries = list(run)
        waiting = entries[-len(last.values) :]
        if not goals or not 1 < len(last.values) == len(waiting):
            continue
        if not TERMS.issubset({one.label.name for one in waiting}) or any(
            one.values for one in waiting[:-1]
        ):
            continue
        for entry, cell in zip(waiting, last.values, strict=True):
            entry.values = [cell]
