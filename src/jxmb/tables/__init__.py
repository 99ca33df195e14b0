"""Text to rows of cells, one dialect a module.

A `Row` keeps exactly what stands on it: ragged, unrepaired, every cell with its place. A line that no
dialect claims is a row with one cell and the dialect ``line``. Rows stream: no dialect holds more than one
table of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..source import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row.

    `span` is its exact place, `text` what a person reads there (entities decoded, tags removed, pieces
    joined). `rest` holds the further pieces of a cell that is wrapped over lines. `column` is the logical
    column it begins in, from 0, `width` how many columns it covers. `carried` marks the later rows of a cell
    that the table itself says reaches down over them (rowspan, box frame).
    """

    span: Span
    text: str
    column: int = 0
    width: int = 1
    rest: tuple[Span, ...] = ()
    carried: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """All pieces of the file that the text came from."""
        return (self.span, *self.rest)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells in order, the dialect that read it, and the number of its table in the text."""

    cells: tuple[Cell, ...]
    dialect: str
    table: int = 0
