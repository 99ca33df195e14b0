"""Tables whose cells a table extractor filled in the order in which their characters were drawn.

What was drawn in another font, figures and signs, stands before all the Chinese of its line (202411年月底前). So
the line above the table falls into its first cell without its year, and cells drawn in one go stand together in
one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .. import deferred, labels
from ..forms.lines import is_title, opens_project
from ..forms.shapes import shape
from ..model.repairs import Kind, Repair
from ..tables import Cell, Row
from ..values.units import looks_like_unit
from . import ABOVE, EXTRACTED, LIMITS, LOST, Repaired

if TYPE_CHECKING:
    import re

# What is drawn in one font and what in the other; and the values that they make: dates, rates, figures with a sign.
DRAWN = deferred.regex(r"([≥≤><=＝]?\d[\d.%/·]*)([\p{Han}》《≥≤—–]{1,12})")
DAY, MONTH, YEAR = r"(?:3[01]|[12]\d|0?[1-9])日", r"(?:1[0-2]|0?[1-9])月", r"(?:19|20)\d\d年"
DATE = rf"(?:(?:{YEAR})?{MONTH}(?:{DAY})?|{YEAR}|{DAY})"
WHOLE = deferred.regex(
    rf"[—–至]?{DATE}(?:[—–至]{DATE})?[底初末前—–至]{{0,2}}"
    r"|[≥≤><=＝]?\d+(?:\.\d+)?(?P<unit>\p{Han}+)(?:[/·](?P<unit>\p{Han}+)){1,2}|[》《≥≤]\d+(?:\.\d+)?%?"
)
UNIT = deferred.regex(r"单位[:：]\s*万?元(?=.)")


def repaired(rows: Sequence[Row]) -> Repaired:
    """Put the cells of these rows in order; rows of other tables stay as they are."""
    displaced = {row.table for row in rows if row.dialect in EXTRACTED and _gives_away(row)}
    found = Repaired([])
    for row in rows:
        if row.dialect in EXTRACTED:
            row = _apart(row)
            if row.table in displaced:
                row = replace(
                    row, cells=tuple(_ordered(cell, found) for cell in _first(row, found))
                )
        found.rows.append(row)
    return found


def _gives_away(row: Row) -> bool:
    return any(LOST.match(cell.text) for cell in row.filled) or (
        opens_project(row) and any(map(_above, row.filled))
    )


def _ordered(cell: Cell, found: Repaired) -> Cell:
    """A value with its figures in their places; as it is where they may stand in several ways, or in none."""
    if len(cell.text) > LIMITS.value or labels.find(cell.text):
        return cell
    text = DRAWN.sub(lambda match: _value(match[1], match[2]), cell.text)
    if text != cell.text:
        found.repairs.append(Repair(Kind.SCATTERED, cell.span, text))
    return replace(cell, text=text)


def _value(figures: str, words: str) -> str:
    """The only value that two strings of characters make."""
    made = {text for text in _merged(figures, words) if _has_units(text)}
    return made.pop() if len(made) == 1 else figures + words


def _merged(one: str, two: str, before: str = "") -> Iterator[str]:
    """The whole values in which the characters of two strings stand, those of each in their order."""
    if not WHOLE.fullmatch(before, partial=True):
        return
    if not one and not two:
        yield from [before] * (WHOLE.fullmatch(before) is not None)
    for first, rest, other in ((one[:1], one[1:], two), (two[:1], two[1:], one)):
        if first:
            yield from _merged(rest, other, before + first)


def _has_units(text: str) -> bool:
    whole = WHOLE.fullmatch(text)
    return whole is not None and all(map(looks_like_unit, whole.captures("unit")))


def _above(cell: Cell) -> re.Match[str] | None:
    """What of a project's name is the line above the table, its year lost."""
    match = ABOVE.match(cell.text[: LIMITS.value * 2])
    if not match or not (match[1] or match[2]) or (match[1] and not is_title(match[1])):
        return None
    return match if len(cell.text) - match.end() > LIMITS.several else None


def _first(row: Row, found: Repaired) -> Iterator[Cell]:
    """The cells of a row, those of the first one without the line above the table."""
    opens = opens_project(row)
    for cell in row.cells:
        whole = not cell.rest and cell.span.text == cell.text
        unit = UNIT.match(cell.text[: LIMITS.value]) if whole else None
        if unit and labels.find(cell.text[unit.end() :]):
            found.rows.append(Row((_piece(cell, 0, unit.end()),), "line", row.table))
            yield _piece(cell, unit.end(), len(cell.text))
            continue
        match = _above(cell) if opens and whole else None
        if match is None:
            yield cell
            continue
        said = [_piece(cell, *match.span(group)) for group in (1, 2) if match[group]]
        if match[1] and found.title is None:
            found.title = said.pop(0)
        found.strays += said
        above = _piece(cell, 0, match.end())
        found.repairs.append(Repair(Kind.SCATTERED, above.span, above.text))
        yield _piece(cell, match.end(), len(cell.text))


def _piece(cell: Cell, start: int, end: int) -> Cell:
    span = cell.span.sub(start, end).strip()
    return replace(cell, span=span, text=span.text)


def _apart(row: Row) -> Row:
    """A row with a level label and what follows it (可持续影响指标 管护机制) in cells of their own."""
    if not any(_leads(cell) for cell in row.filled):
        return row
    cells = list(row.cells)
    for at, cell in enumerate(row.cells):
        parts = _leads(cell)
        free = [number for number in range(len(cells)) if number == at or not cells[number].text]
        places = _places(free, at, len(parts))
        if not places:
            continue
        start = 0
        for place, part in zip(places, parts, strict=True):
            start = cell.text.index(part, start)
            piece = _piece(cell, start, start + len(part))
            cells[place] = replace(piece, column=row.cells[place].column)
            start += len(part)
        if at not in places:
            cells[at] = replace(cell, span=cell.span.sub(0, 0), text="")
    return replace(row, cells=tuple(cells))


def _leads(cell: Cell) -> list[str]:
    """The level labels at the head of a cell and the text behind them; empty for any other cell."""
    parts = cell.text.split() if len(cell.text) <= LIMITS.value else []
    if len(parts) < 2 or not shape(parts[0]).full_label:
        return []
    names = [at for at, part in enumerate(parts) if not shape(part).full_label]
    if not names or cell.rest or cell.span.text != cell.text:
        return []
    head, tail = parts[: names[0]], cell.text.split(maxsplit=names[0])[names[0] :]
    return [*head, *tail]


def _places(free: Sequence[int], at: int, count: int) -> list[int]:
    """Neighbouring free places for so many parts, from this one on, or as far before it as it must be."""
    for start in range(at, at - count, -1):
        places = list(range(start, start + count))
        if count and start >= 0 and set(places) <= set(free):
            return places
    return []
