"""Lines that belong to no table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .. import deferred
from ..source import Span
from .cells import Row, cell
from .lines import Lines
from .markup import unescaped

NAME = "line"
BARS = "|｜│"
# Pandoc's Markdown keeps the name and style of a heading in braces behind it.
HEADING = deferred.re(r"\{[#.][^{}]*+\}\Z")

# A text may print one cell a line, each ending in a bar; a line of bars alone is then an empty cell or the
# end of a row, and comes as a row with one empty cell.
DELIMITERS = deferred.re(rf"[{BARS}\s]+")


def claims(lines: Lines) -> bool:
    """Every line can be read as a line."""
    return lines.peek() is not None


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The next line as one cell; a blank line gives no row."""
    for line in lines.take():
        if line.text.strip():
            read = cell(_inner(line))
            text = read.text if lines.source.document else _marked(read.text)
            yield Row((read if text == read.text else replace(read, text=text),), NAME, table)


def _marked(text: str) -> str:
    """A line of Markdown without what marks it as a heading, and without its backslashes."""
    return unescaped(HEADING.sub("", text).rstrip() if text.startswith("#") else text)


def _inner(line: Span) -> Span:
    """The line without the bars at its end."""
    text = line.text
    size = len(text.rstrip(BARS + " \t\u3000"))
    return line if size == len(text) else line.sub(0, size)
