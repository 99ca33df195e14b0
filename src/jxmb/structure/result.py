"""What the recovery of a form gives, whichever way it was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..forms.columns import TARGETS, Columns
from ..forms.header import Entry
from ..forms.levels import Mark
from ..model.repairs import Repair
from ..tables import Cell, Row


@dataclass(slots=True)
class Rows:
    """The rows of a table by column number; level labels by height; what found no place."""

    columns: Columns
    cells: list[dict[int, Cell]] = field(default_factory=list)
    marks1: list[Mark] = field(default_factory=list)
    marks2: dict[int, list[Mark]] = field(default_factory=dict)  # by half of the table
    centred: bool = False
    strays: list[Cell] = field(default_factory=list)

    @property
    def halves(self) -> int:
        """How many rows lack a name or a target, and how many words found no row."""
        roles = [{self.columns.columns[at].role for at in row} for row in self.cells]
        whole = sum("name" in row and bool(row & TARGETS) for row in roles)
        return len(roles) - whole + len(self.strays)


@dataclass(slots=True)
class Structure:
    """A form whose structure was recovered: header rows, the table if there is one, rows behind it, what found no place."""

    header: list[Row] = field(default_factory=list)
    table: Rows | None = None
    footer: list[Row] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  # header values whose label was destroyed
    repairs: list[Repair] = field(default_factory=list)
    title: Cell | None = None  # that stood among the rows
    year: Cell | None = None
