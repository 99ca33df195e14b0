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

from .. import deferred
from ..deferred import dataclass
from ..source import Source, Span
from .beside import apart
from .cells import GRID, NOTHING, Cell, Row
from .lines import Lines

__all__ = ["DIALECTS", "GRID", "NOTHING", "Cell", "Dialect", "Lines", "Row", "dialect", "read"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a text tells that it is a table. Those of the first lines only keep the work small."""

    lines: int = 2_000  # of a frame that are held at once
    cell: int = 20_000  # code points of a cell or of the beginning of a table
    reach: int = 1_000  # rows or columns that a cell may reach over
    reaching: int = 100  # cells of a row that do
    window: int = 60  # lines that tell the shape of a table
    broken: int = 200  # lines over which one row may be broken
    depth: int = 50  # objects inside each other

    ahead: int = 12  # lines, entries of a list or odd rows after which a table is none of its kind
    fewest: int = 2  # cells or separators of a row
    alike: int = 3  # rows, or labels in one, that prove a table
    bare: int = 8  # rows that prove a frame without any rule
    drift: int = 4  # display columns by which a bar may miss its place
    padding: int = 3  # display columns of a cell that its text cannot take: a bar and two blanks
    wordy: int = 20  # code points a cell beyond which records are sentences
    full: float = 0.9  # share of rows with all cells of a table that is rectangular
    whole: float = 0.6  # share of its rows that stand on one line: ragged ones are not broken


LIMITS = Limits()


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
    pattern = deferred.re(mark)
    return lambda lines: (
        not lines.source.rows
        and any(pattern.search(lines.source.text, part.start, part.end) for part in lines.parts)
    )


# In order of priority: the first that claims a line reads the run that begins there. What a text must hold for a
# dialect to be asked, and its module to be loaded.
DIALECTS: dict[str, Callable[[Lines], object]] = {
    "given": attrgetter("source.rows"),
    "lists": _marked(r"[\[(]\s*['\"\[(Nn]"),
    "records": _marked(r"\{\s*['\"]"),
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
    while not marked and lines.peek() is not None:
        yield from plain.rows(lines, 0)
    table = 0
    before = plain
    while (line := lines.peek()) is not None:
        if line.start == line.end or line.text.isspace():
            lines.take()
            continue
        found = next((one for one in marked if one.claims(lines)), plain)
        table += found is not plain or before is not plain
        for one in (found, plain):  # a line that was claimed and not taken is plain
            taken = one.rows(lines, table)
            for row in taken if one is plain else apart(taken, LIMITS.lines):
                table = row.table
                yield row
            before = one
            if lines.peek() != line:
                break
