"""Tables of MediaWiki: ``{|``, ``|-``, ``!``, ``|``, ``|}``, with attributes and ``||`` on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from .. import deferred
from ..deferred import dataclass
from ..source import Span
from .cells import Cell, Row, cell, pieced, seen
from .grid import Grid
from .html import REACH
from .lines import Lines
from .plain import NAME as LINE

NAME = "wiki"
CLOSE, CAPTION = "|}", "|+"
PARTS = {"|": deferred.re(r"\|\|"), "!": deferred.re(r"\|\||!!")}

# A name, an equals sign, a value, and so on; those of a cell stand before a single bar.
PAIRS = r"""(?:[A-Za-z-]++\s*+=\s*+(?:"[^"|]*+"|'[^'|]*+'|[^\s|"']++)[^\S\r\n]*+)"""
ATTRIBUTES = deferred.re(rf"\s*+{PAIRS}++\|(?!\|)")
OPENING = rf"[\s:]*+\{{\|[^\S\r\n]*+{PAIRS}*+(?![^\r\n])"
NEXT_ROW = rf"\s*+\|-[^\S\r\n-]*+-*+[^\S\r\n]*+{PAIRS}*+(?![^\r\n])"
OPENED, NEXT = deferred.re(OPENING), deferred.re(NEXT_ROW)

# The marks at the beginning of lines, and attributes.
DELIMITERS = deferred.re(
    rf"(?:(?<![^\r\n])(?:{OPENING}|{NEXT_ROW}|\s*+\|[}}+]|\s*+!)|\|\||!!|{ATTRIBUTES.pattern}|\s|\|)+"
)


def claims(lines: Lines) -> bool:
    """Whether a wiki table opens on the next line."""
    line = lines.peek()
    return line is not None and OPENED.match(line.text) is not None


@dataclass(slots=True)
class _Open:
    """The row that is read."""

    grid: Grid = field(default_factory=Grid)
    fresh: list[tuple[Cell, int]] = field(default_factory=list)
    places: list[Span] = field(default_factory=list)
    attributes: str = ""

    def begin(self, place: Span) -> None:
        """Begin a cell; its attributes go to it and not to its text."""
        self.end()
        match = ATTRIBUTES.match(place.source.text, place.start, place.end)
        self.attributes = match[0] if match else ""
        self.places = [place.sub(len(self.attributes), len(place.text))]

    def end(self) -> None:
        """End the cell."""
        if self.places:
            reach = {side.lower(): int(count) for side, count in REACH.findall(self.attributes)}
            self.fresh.append((pieced(self.places, width=reach.get("col", 1)), reach.get("row", 1)))
        self.places = []

    def row(self, table: int) -> Iterator[Row]:
        """End the row; without text it only takes part in the cells that reach down."""
        self.end()
        if self.fresh:
            cells = self.grid.place(self.fresh)
            if seen(cell for cell, _ in self.fresh):
                yield Row(cells, NAME, table)
        self.fresh = []


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows of the table that opens on the next line; its caption is a line."""
    lines.take()
    now = _Open()
    while (line := lines.peek()) is not None and not _left(lines, line):
        lines.take()
        mark = line.strip()
        if mark.text.startswith(CLOSE):
            lines.seek(mark.start + len(CLOSE))
            break
        if NEXT.match(mark.text):
            yield from now.row(table)
        elif mark.text.startswith(CAPTION):
            yield from now.row(table)
            if (caption := cell(mark.sub(len(CAPTION), len(mark.text)))).text:
                yield Row((caption,), LINE, table)
        else:
            _read(now, line, mark)
    yield from now.row(table)


def _left(lines: Lines, line: Span) -> bool:
    """Whether the table ended without its closing mark."""
    if line.text.strip():
        return OPENED.match(line.text) is not None
    below = lines.peek(1)
    return below is None or below.text.lstrip()[:1] not in PARTS


def _read(now: _Open, line: Span, mark: Span) -> None:
    parts = PARTS.get(mark.text[:1])
    if parts is None:
        now.places.append(line)
        return
    start = 1
    for match in parts.finditer(mark.text, 1):
        now.begin(mark.sub(start, match.start()))
        start = match.end()
    now.begin(mark.sub(start, len(mark.text)))
