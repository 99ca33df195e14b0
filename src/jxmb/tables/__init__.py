"""Text to rows of cells, one dialect a module; `given` for the cells that a document declares.

A `Row` keeps exactly what stands on it: ragged, unrepaired, every cell with its place. A line that no
dialect claims is a row with one cell and the dialect ``line``. Rows stream: no dialect holds more than one
table of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from ..source import Source
from . import box, csv, given, html, pipes, plain, tabs, wiki
from .cells import Cell, Row
from .lines import Lines

__all__ = ["DIALECTS", "Cell", "Dialect", "Lines", "Row", "read"]


class Dialect(Protocol):
    """What a module of this package must offer to be a dialect."""

    NAME: str
    DELIMITERS: re.Pattern[str]  # matches all that may stand in the text between its cells

    def claims(self, lines: Lines) -> bool:
        """Whether a run of this dialect begins with the next line; looks ahead and takes nothing."""

    def rows(self, lines: Lines, table: int) -> Iterator[Row]:
        """The rows of the run that begins with the next line, numbered from `table`; takes its lines."""


# In order of priority: the first that claims a line reads the run that begins there.
DIALECTS: tuple[Dialect, ...] = (given, html, wiki, box, pipes, tabs, csv, plain)


def read(source: Source) -> Iterator[Row]:
    """The rows of a text in order. Never raises; the work is linear in the size of the text."""
    lines = Lines(source)
    table = 0
    before: Dialect = plain
    while (line := lines.peek()) is not None:
        if not line.text or line.text.isspace():
            lines.take()
            continue
        dialect = next(dialect for dialect in DIALECTS if dialect.claims(lines))
        table += dialect is not plain or before is not plain
        for row in dialect.rows(lines, table):
            table = row.table
            yield row
        before = dialect
