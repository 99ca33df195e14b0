"""Rows as programs print them: lists of quoted cells, in JSON or as Python writes them, one a line or all in one list.

["项目名称", "水泵维修", null]
[['一级指标', '二级指标'], ['产出指标', None]]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import deferred
from ..source import Span
from . import LIMITS
from .cells import Cell, Row, pieced, seen, shown
from .lines import Lines
from .markup import glued, readable

NAME = "lists"
NOTHING = r"None|null|nan|NaN"
DELIMITERS = deferred.re(rf"(?:[\s\[\](),'\"]|\\[nrt]|{NOTHING})+")

OPENING = deferred.re(r"[\[(](?=[\s\[(]*(?:['\"]|None\b|null\b))")
ITEM_TEXT = rf"(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>(?:[^'\\]|\\.)*+)'|(?P<bare>{NOTHING}|[-+]?\d[\d.eE+-]*|true|false|True|False))"
ITEM = deferred.re(rf"\s*{ITEM_TEXT}\s*(?:,|(?=[\])]))")
BETWEEN = deferred.re(r"[\s,\[\]()]*?(?=[\[(]\s*(?:['\"\])]|None\b|null\b|[-+]?\d))")
CLOSING = deferred.re(r"[\s\]),]*(?=[\r\n])|[\s\]),]*")
BREAK = deferred.re(r"\\[nr]")
ESCAPE = deferred.re(r"\\(?:u[0-9a-fA-F]{4}|.)")
SURROGATES = range(0xD800, 0xE000)  # halves of a character, which a text cannot hold
BROKEN = "\N{REPLACEMENT CHARACTER}"
ESCAPES = {"n": "\n", "r": "\n", "t": " "}


def claims(lines: Lines) -> bool:
    """Whether a list of quoted cells begins with the next line."""
    line = lines.peek()
    if line is None:
        return False
    start = line.strip().start
    if not OPENING.match(lines.source.text, start):
        return False
    found = _row(lines, start)
    return found is not None and len(found[0]) >= LIMITS.fewest


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows down to what is no list."""
    at = lines.at
    while (found := _row(lines, at)) is not None:
        cells, at = found
        row = Row(tuple(cells), NAME, table)
        if seen(row.cells):
            yield row
    closing = CLOSING.match(lines.source.text, at)
    lines.seek(closing.end() if closing else at)


def _row(lines: Lines, at: int) -> tuple[list[Cell], int] | None:
    """The cells of the next list, and where it ends; None where none begins."""
    text = lines.source.text
    between = BETWEEN.match(text, at, at + LIMITS.cell)
    if between is None:
        return None
    at = between.end() + 1
    cells: list[Cell] = []
    while (item := ITEM.match(text, at)) is not None:
        kind = item.lastgroup or "bare"
        place = Span(lines.source, *item.span(kind))
        cells.append(quoted(place, len(cells), bare=kind == "bare"))
        at = item.end()
    end = at
    while end < len(text) and text[end].isspace():
        end += 1
    if end == len(text) or text[end] not in "])":
        return None
    return cells, end + 1


def quoted(place: Span, column: int, *, bare: bool) -> Cell:
    """The cell that a quoted text is, without its quotes; `bare` one without any, which may mean nothing (null)."""
    text = place.text
    if bare and text in NOTHING.split("|"):
        return Cell(place.sub(0, 0), "", column)
    if "\\" not in text:
        return pieced([place], column)
    cuts = [0, *(at for match in BREAK.finditer(text) for at in match.span()), len(text)]
    pieces = [place.sub(a, b).strip() for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    kept = [piece for piece in pieces if piece.start < piece.end] or pieces[:1]
    text = glued(readable(ESCAPE.sub(_unescaped, piece.text)) for piece in kept)
    return Cell(kept[0], shown(text, column), column, 1, tuple(kept[1:]))


def _unescaped(match: re.Match[str]) -> str:
    mark = match[0][1:]
    if len(mark) == 1:
        return ESCAPES.get(mark, mark)
    code = int(mark[1:], 0x10)
    return BROKEN if code in SURROGATES else chr(code)
