"""Cells between tabs. Blanks never part cells here: ``2022.1.1   2022.12.31`` is one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import methodcaller

from .. import deferred, labels
from ..source import Span
from .cells import Cell, Row, extended, seen
from .delimited import closing, parted, record
from .lines import Lines
from .wrapped import label_lines

NAME = "tabs"
DELIMITERS = deferred.re(r'[\s"]+')

# A unit in brackets below its label: the label's line break was copied too.
BRACKETED = deferred.re(r"[（(][^（）()\t]{1,12}[）)](?=\t)")

FIGURE = deferred.re(r"\s*[0-9][0-9.,]*\s*")


def claims(lines: Lines) -> bool:
    """Whether the next line holds a tab, or a first cell in quotes goes on to a line with one."""
    line = lines.peek()
    if line is None:
        return False
    text = line.source.text
    if text.find("\t", line.start, line.end) >= 0:
        return bool(line.text.strip())
    close = closing(text, line.start, "\t")
    return close is not None and close > line.end and text.startswith("\t", close + 1)


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows down to the next line without a tab; rows without text are left out."""
    while (head := lines.peek()) is not None:
        if "\t" in (text := head.text) and '"' not in text:
            lines.take()
            if not text.isspace():
                yield Row(tuple(parted(lines.source, head.start, head.end, "\t")), NAME, table)
        elif (cells := _record(lines)) is None:
            return
        elif seen(cells):
            yield Row(tuple(cells), NAME, table)


def _record(lines: Lines) -> list[Cell] | None:
    """The cells of the next line, with quotes or wrapped; None behind the last one."""
    above = lines.take(_wrapped(lines))
    if not above and not claims(lines):
        return None
    cells, end = record(lines.source, lines.at, "\t")
    lines.seek(end)
    return _headed(above, cells) if above else cells


def _wrapped(lines: Lines) -> int:
    """How many of the next lines are the beginning of a label that ends in the first cell of the line below them."""
    head, below = lines.peek(), lines.peek(1)
    if head is None or below is None or "\t" in head.text:
        return 0
    bracketed = BRACKETED.match(below.source.text, below.start, below.end) is not None
    if (
        bracketed
        and 0 < len(head.text.strip()) <= labels.LIMITS.words
        and not FIGURE.fullmatch(head.text)
    ):
        return 1
    return label_lines(lines, methodcaller("split", "\t"))


def _headed(above: Sequence[Span], cells: list[Cell]) -> list[Cell]:
    """The cells with the lines above as the beginning of the first one."""
    top, *more = (line.strip() for line in above)
    first = replace(cells[0], span=top, text=top.text)
    for line in more:
        first = extended(first, Cell(line, line.text))
    return [extended(first, cells[0]), *cells[1:]]
