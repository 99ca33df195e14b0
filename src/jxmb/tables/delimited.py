"""Records of cells between separators, where a cell in quotes may hold line breaks and doubled quotes."""

from __future__ import annotations

from dataclasses import replace

from ..source import LINE_END, Source, Span
from . import LIMITS
from .cells import Cell, cell, pieced, shown
from .markup import readable

MARKS = ("<", "&", "]{", "\v", "\\", "$")  # without any of these a text is what a person reads


def record(source: Source, start: int, separator: str) -> tuple[list[Cell], int]:
    """The cells of the record that begins at `start`, and the offset at which it ends.

    The record ends with its line, unless a cell in quotes goes on over the line's end.
    """
    line_end = _line_end(source, start)
    if source.text.find('"', start, line_end) < 0:
        return parted(source, start, line_end, separator), line_end
    cells: list[Cell] = []
    while True:
        close = closing(source.text, start, separator)
        if close is not None:
            cells.append(_quoted(source, start + 1, close, len(cells)))
            end = close + 1
            line_end = line_end if end <= line_end else _line_end(source, end)
        else:
            end = source.text.find(separator, start, line_end)
            end = line_end if end < 0 else end
            cells.append(cell(Span(source, start, end), len(cells)))
        if end >= line_end:
            return cells, line_end
        start = end + 1


def parted(source: Source, start: int, end: int, separator: str) -> list[Cell]:
    """The cells of a line in which no quote stands."""
    cells: list[Cell] = []
    line = source.text[start:end]
    marked = any(mark in line for mark in MARKS)
    for column, piece in enumerate(line.split(separator)):
        size = len(piece)
        if text := piece.strip():
            begin = start if len(text) == size else start + piece.find(text)
            said = shown(readable(text) if marked else text, column)
            cells.append(Cell(Span(source, begin, begin + len(text)), said, column))
        else:
            cells.append(Cell(Span(source, start + size, start + size), "", column))
        start += size + 1
    return cells


def closing(text: str, start: int, separator: str) -> int | None:
    """Offset of the quote that closes the cell beginning at `start`, if that cell stands in quotes."""
    if not text.startswith('"', start):
        return None
    at, limit = start + 1, start + LIMITS.cell
    while (at := text.find('"', at, limit)) >= 0:
        if not text.startswith('"', at + 1):
            ends = text[at + 1 : at + 2] in ("", "\n", "\r", separator)
            return at if ends and not _torn(text, start, at, separator) else None
        at += 2
    return None


def _torn(text: str, start: int, end: int, separator: str) -> bool:
    """Whether two stray quotes would swallow rows: no tab and no line break stand in one cell."""
    if separator != "\t" or text.find("\t", start, end) < 0:
        return False
    return LINE_END.search(text, start, end) is not None


def _quoted(source: Source, start: int, end: int, column: int) -> Cell:
    places = []
    for match in LINE_END.finditer(source.text, start, end):
        places.append(Span(source, start, match.start()))
        start = match.end()
    read = pieced([*places, Span(source, start, end)], column)
    return replace(read, text=read.text.replace('""', '"'))


def _line_end(source: Source, start: int) -> int:
    match = LINE_END.search(source.text, start)
    return match.start() if match else len(source.text)
