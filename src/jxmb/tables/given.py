"""Cells that a document declares: nothing is split, nothing is guessed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, takewhile
from operator import attrgetter

from .. import deferred
from ..source import Declared, Source, Span
from .cells import Cell, Row, carried, seen
from .lines import Lines
from .markup import glued

NAME = "given"
DELIMITERS = deferred.re(r"\s+")


def claims(lines: Lines) -> bool:
    """Whether a declared cell begins on the next line."""
    line = lines.peek()
    if line is None or not (cells := lines.source.rows):
        return False
    at = bisect_left(cells, line.start, key=attrgetter("start"))
    return at < len(cells) and cells[at].start <= line.end


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows of the declared table that begins on the next line; rows without text are left out."""
    cells = lines.source.rows
    first = bisect_left(cells, lines.at, key=attrgetter("start"))
    own = list(takewhile(lambda one: one.table == cells[first].table, cells[first:]))
    lines.seek(max(one.end for one in own))
    reaching: list[tuple[Cell, int]] = []
    for number, declared in groupby(own, key=attrgetter("row")):
        reaching = [(cell, last) for cell, last in reaching if last >= number]
        row = [carried(cell) for cell, _ in reaching]
        for one in declared:
            row.append(_cell(lines.source, one))
            if one.down > 1:
                reaching.append((row[-1], one.row + one.down - 1))
        row.sort(key=attrgetter("column"))
        if seen(row):
            yield Row(tuple(row), NAME, table)


def _cell(source: Source, one: Declared) -> Cell:
    if len(one.pieces) == 1:
        span = Span(source, *one.pieces[0]).strip()
        return Cell(span, span.text, one.column, one.width)
    pieces = [Span(source, start, end).strip() for start, end in one.pieces]
    pieces = [piece for piece in pieces if piece.start < piece.end] or pieces[:1]
    text = glued(piece.text for piece in pieces)
    return Cell(pieces[0], text, one.column, one.width, tuple(pieces[1:]))
