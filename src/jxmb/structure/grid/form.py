"""The table of one form, whose cells stand below its heads: its rows, and which of them the level labels cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from ... import labels
from ...forms.columns import LEVELS, Columns, declared_columns
from ...forms.levels import Mark
from ...labels import joining
from ...tables import GRID, Row
from ..result import Rows
from . import levels, pages
from .bands import Band, Column, Piece, Stand, bands
from .cells import label_cells
from .edges import VALUED, Extent, Text
from .heads import Heads, Line
from .heights import pieces
from .limits import LIMITS, PRICES
from .pages import FITS, MARGIN, fits


def read(lines: Sequence[Line], heads: Heads) -> Rows | None:
    """The rows of the table that has these lines below its heads.

    None where many projects have one table, or the words do not stand below the heads.
    """
    declared = Row(tuple(head.cell(at) for at, head in enumerate(heads.columns)), GRID)
    columns = declared_columns(declared)
    roles = [column.role for column in columns.columns]
    if columns.flat or len(roles) != len(heads.columns):
        return None
    if roles[0] == "note" and joining.in_margin(heads.columns[0].text):
        roles[0] = MARGIN
    kept, texts = _by_column(lines, heads.columns, roles)
    if not kept or _are_odd(texts, roles):
        return None
    return _rows(columns, roles, pieces(kept, texts, len(roles)))


def _by_column(
    lines: Sequence[Line], heads: Sequence[Extent], roles: Sequence[str]
) -> tuple[list[Line], list[list[Text]]]:
    """The lines, and their texts by column, without the label at the margin."""
    found = list(pages.pages(lines, heads, roles))
    kept = [line for page in found for line in page.lines]
    return kept, [line for page in found for line in page.texts]


def _are_odd(texts: Sequence[Sequence[Text]], roles: Sequence[str]) -> bool:
    """Whether many texts would do much better in another column, or are those of two in one."""
    crowded = sum(any(text.crowded for text in line) for line in texts)
    if crowded > LIMITS.crowded * len(texts):
        return True
    told = {*roles} - {*LEVELS, MARGIN, "note"}
    asked = [
        (fits(text.said, roles[text.column]), text.said)
        for line in texts
        for text in line
        if roles[text.column] in told
    ]
    odd = sum(
        own < FITS.well and max(fits(said, role) for role in roles) - own >= FITS.better
        for own, said in asked
    )
    return odd > FITS.odd * len(asked)


def _rows(columns: Columns, roles: Sequence[str], found: Sequence[Sequence[Piece]]) -> Rows:
    """The rows of these columns, with the level labels that stand over them."""
    marked = {
        role: label_cells(at, found[at])
        for role in reversed(LEVELS)
        for at in [at for at, own in enumerate(roles) if own == role][:1]
    }
    over = (*LEVELS, MARGIN)
    own = [
        Column(at, role in VALUED, found[at]) for at, role in enumerate(roles) if role not in over
    ]
    lowest = marked.get("level2", [])
    rows = Rows(columns)
    rows.cells = [dict(sorted(band.cells.items())) for band in _bands(own, lowest)]
    if rows.cells:
        _mark(rows, marked)
    return rows


def _bands(columns: Sequence[Column], lowest: Sequence[Band]) -> list[Band]:
    """The rows of these columns, their texts in the middle of the cells or elsewhere, whichever fits; `lowest` are the
    level cells next to them."""
    best: tuple[list[Band], float] = ([], inf)
    for stand in Stand:
        found = bands(columns, stand, sorted(cell.at(stand) for cell in lowest))
        best = min(best, found, key=lambda one: one[1])
        if best[1] <= PRICES.row * len(best[0]):  # nothing speaks against these
            break
    return best[0]


def _mark(rows: Rows, marked: Mapping[str, Sequence[Band]]) -> None:
    """Note the heights of the level labels."""
    said = {
        role: [one for cell in cells for one in cell.cells.values()]
        for role, cells in marked.items()
    }
    over = levels.covered(rows.cells, list(said.values()))
    for (role, cells), runs in zip(said.items(), over.runs, strict=False):
        marks = rows.marks1 if role == "level1" else rows.marks2.setdefault(0, [])
        for cell, (start, end) in zip(cells, runs, strict=True):
            if start == end and labels.meaning(cell.text, *LEVELS) is None:
                rows.strays.append(cell)
                continue
            rows.unpaired += start == end or _is_part(cell.text)
            middle = (start + end - 1) / 2
            marks.append(Mark(float(start) if over.stand is Stand.TOP else middle, cell))
    rows.centred = over.stand is not Stand.TOP
    rows.unsure = over.unsure


def _is_part(text: str) -> bool:
    """Whether a text is the beginning or the end of a level label."""
    if labels.meaning(text, *LEVELS):
        return False
    return joining.ends_level(text) or joining.begins_label(text)
