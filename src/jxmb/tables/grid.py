"""Logical columns of tables whose cells reach over several rows and columns."""

from __future__ import annotations

from collections.abc import Iterable

from ..deferred import dataclass
from . import LIMITS
from .cells import Cell, carried


@dataclass(frozen=True, slots=True)
class _Reach:
    cell: Cell
    rows: int

    @property
    def end(self) -> int:
        return self.cell.column + self.cell.width


class Grid:
    """The cells that reach down from the rows read so far."""

    def __init__(self) -> None:
        self._reaching: list[_Reach] = []

    def place(self, fresh: Iterable[tuple[Cell, int]]) -> tuple[Cell, ...]:
        """One row: the cells given (each with the number of rows it covers) and those that reach down to it."""
        placed: list[Cell] = []
        below: list[_Reach] = []
        waiting = iter(self._reaching)
        reach = next(waiting, None)
        column = 0
        for cell, down in fresh:
            while reach and reach.cell.column <= column:
                placed.append(reach.cell)
                below.append(reach)
                column = max(column, reach.end)
                reach = next(waiting, None)
            width = max(1, min(cell.width, LIMITS.reach))
            cell = Cell(cell.span, cell.text, column, width, cell.rest, cell.carried)
            placed.append(cell)
            if down > 1:
                below.append(_Reach(carried(cell), min(down, LIMITS.reach)))
            column += cell.width
        while reach:
            placed.append(reach.cell)
            below.append(reach)
            reach = next(waiting, None)
        self._reaching = [_Reach(at.cell, at.rows - 1) for at in below if at.rows > 1][
            : LIMITS.reaching
        ]
        return tuple(placed)
