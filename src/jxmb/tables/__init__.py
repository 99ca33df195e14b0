"""Text to rows of cells, one dialect a module; `given` for the cells that a document declares.

A `Row` keeps exactly what stands on it: ragged, unrepaired, every cell with its place. A line that no
dialect claims is a row with one cell and the dialect ``line``. Rows stream: no dialect holds more than one
table of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Protocol, cast

from .. import lazy
from ..source import Source, Span
from .cells import GRID, Cell, Row
from .lines import Lines

__all__ = ["DIALECTS", "GRID", "Cell", "Dialect", "Lines", "Row", "dialect", "read"]


class Dialect(Protocol):
    """What a module of this package must offer to be a dialect."""

    NAME: str
    DELIMITERS: re.Pattern[str]  # matches all that may stand in the text between its cells

    def claims(self, lines: Lines) -> bool:
        """Whether a run of this dialect begins with the next line; looks ahead and takes nothing."""

    def rows(self, lines: Lines, table: int) -> Iterator[Row]:
        """The rows of the run that begins with the next line, numbered from `table`; takes its lines."""


def _marked(mark: str) -> Callable[[Lines], object]:
    """Whether a text has the mark. Where a document declares its cells, what stands between them is no table."""
    pattern = lazy.re(mark)
    return lambda lines: (
        not lines.source.rows
        and any(pattern.search(lines.source.text, part.start, part.end) for part in lines.parts)
    )


# In order of priority: the first that claims a line reads the run that begins there. What a text must hold for a
# dialect to be asked, and its module to be loaded.
DIALECTS: dict[str, Callable[[Lines], object]] = {
    "given": attrgetter("source.rows"),
    "lists": _marked(r"[\[(]\s*['\"\[(Nn]"),
    "html": _marked("<"),
    "wiki": _marked(r"\{\|"),
    "box": _marked("[\u2500-\u257f]|\\+[-=:]"),
    "pipes": _marked("[|｜│]"),
    "tabs": _marked("\t"),
    "csv": _marked("[,;]"),
    "plain": lambda _: True,
}


@cache
def dialect(name: str) -> Dialect:
    """The module of a dialect."""
    return cast(Dialect, import_module(f".{name}", __name__))


def read(source: Source, without: Sequence[Span] = ()) -> Iterator[Row]:
    """The rows of a text in order, those of some stretches left out (`Lines`). Never raises; the work is linear in its size."""
    lines = Lines(source, without)
    *marked, plain = (dialect(name) for name, possible in DIALECTS.items() if possible(lines))
    table = 0
    before = plain
    while (line := lines.peek()) is not None:
        if line.start == line.end or line.text.isspace():
            lines.take()
            continue
        found = next((one for one in marked if one.claims(lines)), plain)
        table += found is not plain or before is not plain
        for row in found.rows(lines, table):
            table = row.table
            yield row
        before = found
