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
from . import levels
from .bands import Band, Column, Piece, Stand, bands
from .cells import label_cells
from .edges import VALUED, are_crowded
from .heads import Heads, Line
from .heights import pieces
from .limits import PRICES
from .pages import MARGIN, in_pages


def read(lines: Sequence[Line], heads: Heads) -> Rows | None:
    """The rows of the table that has these lines below its heads.

    None where many projects have one table, or the words do not stand below the heads.
    """
    declared = Row(tuple(head.cell(at) for at, head in enumerate(heads.columns)), GRID)
    columns = declared_columns(declared)
    roles = [column.role for column in columns.columns]
    if columns.flat or len(roles) != len(heads.columns):
        return None
    best: Rows | None = None
    for places in (heads.columns, ()):  # what stands in columns tells them where the heads do not
        texts = list(in_pages(lines, places, roles))
        if not lines or len(texts) < len(lines) or are_crowded(texts):
            continue
        rows = _rows(columns, roles, pieces(lines, texts, len(roles)))
        if best is None or rows.worth > best.worth:
            best = rows
        if best.worth == 1:
            break
    return best


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
    rows = Rows(columns)
    rows.cells = [dict(sorted(band.cells.items())) for band in _bands(own)]
    if rows.cells:
        _mark(rows, marked)
    return rows


def _bands(columns: Sequence[Column]) -> list[Band]:
    """The rows of these columns, their texts in the middle of the cells or elsewhere, whichever fits."""
    best: tuple[list[Band], float] = ([], inf)
    for stand in (Stand.MIDDLE, Stand.TOP):
        found = bands(columns, stand)
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
            marks.append(Mark(float(start) if over.top else (start + end - 1) / 2, cell))
    rows.centred, rows.unsure = not over.top, over.unsure


def _is_part(text: str) -> bool:
    """Whether a text is the beginning or the end of a level label."""
    if labels.meaning(text, *LEVELS):
        return False
    return joining.ends_level(text) or joining.begins_label(text)
