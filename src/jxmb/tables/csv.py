"""Cells between commas or semicolons, with line breaks and doubled quotes in cells that stand in quotes.

Prose and amounts hold commas too. So a run must show what only tables have: records with equally many
commas, one below the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import deferred, labels
from ..labels import money
from ..source import LINE_END, Span
from . import LIMITS
from .cells import Cell, Row, seen
from .delimited import closing, record
from .lines import Lines

NAME = "csv"
SEPARATORS = ",;"
DELIMITERS = deferred.re(r'[\s",;]+')

THOUSANDS = deferred.re(r"\d,\d{3}(?!\d)")


def claims(lines: Lines) -> bool:
    """Whether the next lines are records with equally many separators or led by labels, or the next one holds the head of a form."""
    return (
        _separator(lines) is not None or _form_head(lines) is not None or _ragged(lines) is not None
    )


def _separator(lines: Lines) -> str | None:
    line = lines.peek()
    if (
        line is None
        or not line.text.strip()
        or line.source.text.find("\t", line.start, line.end) >= 0
    ):
        return None
    return next((separator for separator in SEPARATORS if _tabular(lines, separator)), None)


def _form_head(lines: Lines) -> tuple[list[Cell], int] | None:
    """The record that has the labels of a form and their values in turn, and its end; None for any other line."""
    line = lines.peek()
    if line is None or "\t" in line.text:
        return None
    for separator in SEPARATORS:
        if line.text.count(separator) < 2 * LIMITS.alike - 1:
            continue
        cells, end = record(lines.source, line.start, separator)
        named = sum(map(_is_label, cells))
        told = sum(bool(cell.text) for cell in cells) - named
        if _is_label(cells[0]) and named >= LIMITS.alike and told >= LIMITS.alike - 1:
            return cells, end
    return None


def _ragged(lines: Lines) -> str | None:
    """The separator of records that end with their last cell that is not empty: labels lead the next two."""
    for separator in SEPARATORS:
        end = _led(lines, lines.at, separator)
        if end is not None and _led(lines, _after(lines.source.text, end), separator) is not None:
            return separator
    return None


def _led(lines: Lines, start: int, separator: str) -> int | None:
    """Where a record ends that has a label and more behind it; None for any other."""
    source = lines.source
    line = source.text[start : start + labels.LIMITS.text]
    if separator not in line or start >= len(source.text):
        return None
    cells, end = record(source, start, separator)
    told = [cell for cell in cells if cell.text]
    led = len(told) > 1 and _is_label(told[0]) and "\t" not in source.text[start:end]
    return end if led else None


def _is_label(cell: Cell) -> bool:
    return bool(labels.find(cell.text) or money.find(cell.text))


def _tabular(lines: Lines, separator: str) -> bool:
    text, start = lines.source.text, lines.at
    first = lines.peek()
    if first is None or not _hopeful(first, separator):
        return False
    records: list[list[Cell]] = []
    while len(records) < LIMITS.alike:
        cells, end = record(lines.source, start, separator)
        if records and len(cells) != len(records[0]):
            break
        records.append(cells)
        start = _after(text, end)
        if start >= len(text):
            break
    return len(records) > 1 and len(records[0]) > LIMITS.fewest and _proven(records, separator)


def _hopeful(line: Span, separator: str) -> bool:
    """Whether a record may begin on a line: it has enough separators, or quotes that may hide its end."""
    text = line.text
    found = text.count(separator)
    if found >= LIMITS.fewest or (found and '"' in text):
        return True
    return closing(line.source.text, line.start, separator) is not None


def _proven(records: list[list[Cell]], separator: str) -> bool:
    """Whether records with equally many cells are no sentences and no amounts."""
    cells = [cell for cells in records for cell in cells]
    if any(not cell.text or cell.rest for cell in cells):
        return True
    source, first, last = cells[0].span.source, records[0][0].span, records[0][-1].span
    grouped = len(THOUSANDS.findall(source.text, first.start, last.end))
    if separator == "," and len(records[0]) - 1 - grouped < LIMITS.fewest:
        return False
    short = sum(len(cell.text) for cell in cells) <= LIMITS.wordy * len(cells)
    return short and (len(records) >= LIMITS.alike or len(records[0]) > 2 * LIMITS.fewest)


def _after(text: str, end: int) -> int:
    match = LINE_END.match(text, end)
    return match.end() if match else end


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The records down to the first that is none; blank lines between them, and single odd ones, do not end them."""
    separator = _separator(lines)
    if separator is None:
        if (head := _form_head(lines)) is not None:
            lines.seek(head[1])
            yield Row(tuple(head[0]), NAME, table)
        elif (ragged := _ragged(lines)) is not None:
            yield from _ragged_rows(lines, ragged, table)
        return
    size = 0
    while (end := _end(lines, separator, size)) is not None:
        cells, _ = record(lines.source, lines.at, separator)
        lines.seek(end)
        size = size or len(cells)
        row = Row(tuple(cells), NAME, table)
        if seen(row.cells):
            yield row


def _ragged_rows(lines: Lines, separator: str, table: int) -> Iterator[Row]:
    """The records that labels or blank cells lead, and those as wide as the widest before them."""
    width = 0
    while (line := lines.peek()) is not None:
        led = line.text.startswith(separator) or _led(lines, line.start, separator) is not None
        cells, end = record(lines.source, line.start, separator)
        if not led and (width <= LIMITS.fewest or len(cells) != width):
            return
        width = max(width, len(cells))
        lines.seek(end)
        yield Row(tuple(cells), NAME, table)


def _end(lines: Lines, separator: str, size: int) -> int | None:
    """Where the next record of a table of `size` columns ends."""
    text = lines.source.text
    while (line := lines.peek()) is not None and not line.text.strip():
        below = lines.peek(1)
        if (
            below is None
            or not below.text.strip()
            or not _fits(lines, below.start, separator, size)
        ):
            return None
        lines.take()
    if line is None:
        return None
    cells, end = record(lines.source, line.start, separator)
    if size in (0, len(cells)):
        return end
    odd = len(cells) > 1 and "\t" not in line.text
    return end if odd and _fits(lines, _after(text, end), separator, size) else None


def _fits(lines: Lines, start: int, separator: str, size: int) -> bool:
    return len(record(lines.source, start, separator)[0]) == size
