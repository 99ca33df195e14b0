"""The hot lane: forms that kept their cells, some of them damaged on the way.

`PASSES` says what is mended and in which order. A pass is imported where a form has one of its dialects; where its
symptom does not stand the rows stay as they are. Each can be switched off by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import field
from functools import cache
from importlib import import_module
from typing import NamedTuple

from ..deferred import dataclass
from ..model.repairs import Repair
from ..tables import Cell, Row


class Pass(NamedTuple):
    """One kind of damage: its name, the module that mends it, the dialects in which it happens."""

    name: str
    module: str
    dialects: frozenset[str]


PASSES = (
    Pass("split columns", "split_columns", frozenset({"pipes"})),
    Pass("wrapped cells", "wrapped_cells", frozenset({"pipes"})),
    Pass("displaced marks", "displaced_marks", frozenset({"tabs"})),
    Pass("glyph order", "glyph_order", frozenset({"tabs", "csv"})),
    Pass("overflow", "overflow", frozenset({"tabs", "csv"})),
)


@dataclass(slots=True)
class Repaired:
    """The rows after a pass, what it assumed, the title that stood in one of them, and what belongs to no field.

    `centred`: level labels stand beside the middles of their blocks, those between two rows on the upper one.
    `steps` are the names of the passes that changed rows.
    """

    rows: list[Row]
    repairs: list[Repair] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    title: Cell | None = None
    centred: bool = False
    steps: list[str] = field(default_factory=list)


def repaired(rows: Sequence[Row], without: Set[str] = frozenset()) -> Repaired:
    """The rows of a form with their damage mended, but for the passes named in `without`."""
    found = Repaired(list(rows))
    for one in _needed(rows, without):
        given = _mending(one.module)(found.rows)
        if given.rows != found.rows:
            found.steps.append(one.name)
        found.rows = given.rows
        found.repairs += given.repairs
        found.strays += given.strays
        found.title = found.title or given.title
        found.centred |= given.centred
    return found


@cache
def _mending(module: str) -> Callable[[Sequence[Row]], Repaired]:
    """What a pass does; its module is imported when it is first needed."""
    does: Callable[[Sequence[Row]], Repaired] = import_module(f".{module}", __name__).repaired
    return does


def shows(rows: Iterable[Row], dialects: Set[str], symptom: Callable[[str], bool]) -> bool:
    """Whether a cell of a row in these dialects has the symptom."""
    return any(
        map(symptom, [cell.text for row in rows if row.dialect in dialects for cell in row.filled])
    )


def _needed(rows: Sequence[Row], without: Set[str]) -> Iterable[Pass]:
    """The passes that the dialects of these rows ask for."""
    dialects = {row.dialect for row in rows}
    return (one for one in PASSES if one.dialects & dialects and one.name not in without)
