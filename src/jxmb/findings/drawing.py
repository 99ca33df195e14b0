"""A form as it is drawn: its cells with their places, in the order of the print, for a report that shows the form."""

from __future__ import annotations

from typing import NamedTuple


class Extent(NamedTuple):
    """Where a piece of a cell stands in its file: lines and columns from 1, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


class Cell(NamedTuple):
    """A cell: its text, where that stands, and over how many rows it goes.

    `missing`: the form has no such cell; `guessed`: what it says was not written so.
    """

    text: str
    at: tuple[Extent, ...] = ()
    rows: int = 1
    missing: bool = False
    guessed: bool = False


class Block(NamedTuple):
    """A part of a form that has columns of its own.

    `kind`: title (its lines), pairs (labels, a value behind each), money (label and amounts), indicators, or rest (what
    belongs to no field). A cell that goes over several rows is in the first of them only; the first `levels` columns are
    such that may. `label` stands beside the whole block.
    """

    kind: str
    rows: tuple[tuple[Cell, ...], ...]
    heads: tuple[Cell, ...] = ()
    label: Cell | None = None
    levels: int = 0
