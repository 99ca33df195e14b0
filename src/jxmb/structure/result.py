"""What the recovery of a form gives, whichever way it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from .. import labels
from ..deferred import dataclass
from ..forms.columns import TARGETS, Columns
from ..forms.entries import Entry
from ..forms.levels import Mark
from ..labels import joining
from ..model.repairs import Repair
from ..model.trace import Rival
from ..tables import Cell, Row


@dataclass(frozen=True, slots=True)
class Limits:
    """When a part of a row is missing."""

    weighed: float = 0.75  # of the rows with a weight, from which on the others lost theirs


LIMITS = Limits()


@dataclass(slots=True)
class Rows:
    """The rows of a table by column number; level labels by height; what found no place."""

    columns: Columns
    cells: list[dict[int, Cell]] = field(default_factory=list)
    marks1: list[Mark] = field(default_factory=list)
    marks2: dict[int, list[Mark]] = field(default_factory=dict)  # by half of the table
    centred: bool = False
    unsure: set[int] = field(default_factory=set)  # rows that may stand under the next level 2
    strays: list[Cell] = field(default_factory=list)
    unpaired: int = 0  # names and values that found no partner

    @property
    def marks(self) -> list[Mark]:
        """All level labels."""
        return [*self.marks1, *(mark for marks in self.marks2.values() for mark in marks)]

    @property
    def worth(self) -> float:
        """The share of whole rows among all rows and all that found none, from 0 to 1."""
        roles = [column.role for column in self.columns.columns]
        weighed = sum("weight" in {roles[at] for at in row} for row in self.cells)
        needed = {"weight"} if weighed >= LIMITS.weighed * len(self.cells) > 0 else set()
        whole = 0
        for row in self.cells:
            found = {roles[at] for at in row}
            odd = any(roles[at] in ENDS and _is_joined(cell) for at, cell in row.items())
            whole += {"name"} | needed <= found and bool(found & TARGETS) and not odd
        return whole / max(1, len(self.cells) + len(self.strays) + self.unpaired)


ENDS = TARGETS | {"name"}


def _is_joined(cell: Cell) -> bool:
    """Whether a name or a value has a level label in it, or a value behind other words."""
    return any(sign in cell.text[1:-1] for sign in "≥≤") or any(
        joining.ends_level(span.text) or joining.is_half(span.text) or labels.in_full(span.text)
        for span in cell.spans[1:]
        if len(span.text) > 1
    )


@dataclass(slots=True)
class Structure:
    """A form whose structure was recovered: header rows, the table if there is one, rows behind it, what found no place."""

    header: list[Row] = field(default_factory=list)
    table: Rows | None = None
    footer: list[Row] = field(default_factory=list)
    sums: list[Row] = field(default_factory=list)  # rows that add up those of the table
    strays: list[Cell] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  # header values whose label was destroyed
    repairs: list[Repair] = field(default_factory=list)
    title: Cell | None = None  # that stood among the rows
    year: Cell | None = None
    name: str = ""  # the way in which it was read
    rivals: list[Rival] = field(default_factory=list)  # all ways, this one first
    steps: list[str] = field(default_factory=list)  # what changed something on the way

    @property
    def worth(self) -> float:
        """How much of the table was told, from 0 to 1: by this rivals are compared."""
        return self.table.worth if self.table is not None else 0.0


def best(ways: Iterable[Structure | None]) -> Structure | None:
    """The first of the rivals that is worth most; those behind a perfect one are not read."""
    found: Structure | None = None
    for way in ways:
        if way is not None and (found is None or way.worth > found.worth):
            found = way
        if found is not None and found.worth == 1:
            break
    return found
