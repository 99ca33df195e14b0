"""Tables read from images whose rows fused: names, targets and level labels of several rows in one cell.

Where a row holds as many names as targets they are paired in order; what cannot be paired is left out. The
rows that come of it keep no columns: they are read like other text whose cells have come apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from .. import labels, roles, values
from ..source import Span
from ..tables import Cell, Row
from ..values import fold

NAME = "fused"  # the dialect of the rows that were parted
BREAK = regex.compile(r"(?:\s|<br\s*/?>)+")
WIDE = regex.compile(r"\s{3,}")
SHORTEST_NAME = 4  # code points
LONGEST_TARGET = 20


def have_fused(rows: Sequence[Row]) -> bool:
    """Whether rows of a table have fused."""
    return any(row.dialect == "html" and _is_fused(row) for row in rows)


def parted(rows: Sequence[Row]) -> tuple[list[Row], list[Cell]]:
    """The rows of a form one by one, and what found no place among them."""
    if not have_fused(rows):
        return list(rows), []
    found: list[Row] = []
    strays: list[Cell] = []
    for row in rows:
        if row.dialect != "html":
            found.append(row)
            continue
        cells = [cell for cell in row.cells if cell.text and not cell.carried]
        found.extend(_rows(cells, row.table, strays))
    return found, strays


def _is_fused(row: Row) -> bool:
    """Whether a row holds several level labels, or several targets, or a name and a target in one cell."""
    cells = [_parts(cell) for cell in row.cells if cell.text and not cell.carried]
    if any(sum(map(_is_level, parts)) > 1 for parts in cells):
        return True
    if sum(1 for parts in cells if len(parts) > 1 and all(map(_is_target, parts))) and any(
        len(parts) > 1 and not any(map(_is_target, parts)) for parts in cells
    ):
        return True
    return any(
        len(parts) == 2
        and WIDE.search(parts[0].span.source.text[parts[0].span.end : parts[1].span.start])
        and not _is_target(parts[0])
        and len(parts[0].text) >= SHORTEST_NAME
        and _is_target(parts[1])
        for parts in cells
    )


def _parts(cell: Cell) -> list[Cell]:
    """The stretches of a cell that line ends and blanks set apart."""
    if cell.rest:
        return [cell]
    text = cell.span.text
    parts: list[Cell] = []
    start = 0
    for match in (*BREAK.finditer(text), None):
        end = match.start() if match else len(text)
        if end > start:
            span = cell.span.sub(start, end)
            parts.append(Cell(span, span.text, cell.column, cell.width))
        start = match.end() if match else end
    return parts


def _is_level(part: Cell) -> bool:
    return roles.shape(part.text).full_label


def _is_target(part: Cell) -> bool:
    return len(part.text) <= LONGEST_TARGET and values.looks_like_target(part.text)


def _rows(cells: Sequence[Cell], table: int, strays: list[Cell]) -> Iterator[Row]:
    """The rows that fused to one: labels first, then names and targets in pairs."""
    columns = [(cell, _parts(cell)) for cell in cells]
    several = max((sum(map(_is_target, parts)) for _, parts in columns), default=0)
    if several < 2:
        yield from _loose(columns, table)
        return
    texts: list[list[Cell]] = []
    for _, parts in columns:
        if any(_is_label(part) for part in parts):
            yield from (Row((part,), NAME, table) for part in parts)
        else:
            texts.append(parts)
    if texts and all(len(parts) == several for parts in texts):
        yield from (Row(tuple(row), NAME, table) for row in zip(*texts, strict=True))
        return
    strays.extend(part for parts in texts for part in parts)


def _loose(columns: Sequence[tuple[Cell, list[Cell]]], table: int) -> Iterator[Row]:
    """A row of its own: cells with several labels, or a label and text, line by line; wrapped ones whole."""
    line: list[Cell] = []
    for cell, parts in columns:
        known = sum(map(_is_label, parts))
        if len(parts) == 1 or (not known and not any(map(_is_target, parts))):
            line.append(_whole(cell, parts))
        elif not known:
            line.extend(parts)
        elif labels.find(cell.text):
            line.append(_whole(cell, parts))
        else:
            yield from (Row((part,), NAME, table) for part in parts)
    if line:
        yield Row(tuple(line), NAME, table)


def _is_label(part: Cell) -> bool:
    return bool(labels.find(part.text)) or fold(part.text).endswith("指")


def _whole(cell: Cell, parts: Sequence[Cell]) -> Cell:
    """A wrapped cell, its lines as further pieces, so that nothing parts it again."""
    rest: tuple[Span, ...] = tuple(part.span for part in parts[1:])
    return Cell(parts[0].span, "".join(part.text for part in parts), cell.column, rest=rest)
