"""Text whose cells have come apart: one cell a line, blanks for columns, rows in one line, fragments of OCR.

`restore` turns the rows of a form into header rows with labels and values side by side and a table of rows
with the heights of their level labels, as `tables` gives them for texts that kept their cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .. import forms, roles
from ..header import Entry, is_pair
from ..repairs import Repair
from ..roles import Columns
from ..tables import Cell, Row
from ..values import looks_like_target
from . import fused, glued, heads, lost, pairs, pieces, prose, remnants, spaced, specks, table, torn
from .decode import LEVEL_ROLES, MOST_WORDS, Lane
from .words import Word, begin_at_margin, is_half, without_margin, words

SHARE = 0.5  # of the rows without delimiters, from which on a text has come apart
SHORTEST_ECHO = 4  # code points of a word printed twice that count as an echo
ECHOES = 3  # how many give a text away that prints merged cells in every column
SOME = 3  # words of a table before which no footer is looked for


@dataclass(slots=True)
class Restored:
    """A form put together again: header rows, the table if there is one, rows behind it, what found no place."""

    header: list[Row] = field(default_factory=list)
    table: table.Rows | None = None
    footer: list[Row] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)  # header values whose label was destroyed
    repairs: list[Repair] = field(default_factory=list)


def come_apart(rows: Sequence[Row]) -> bool:
    """Whether most rows of a form have no delimiters between their cells, or tabs that keep no columns."""
    texts = [row for row in rows if any(cell.text for cell in row.cells)]
    plain = sum(1 for row in texts if row.dialect == "line")
    loose = bool(texts) and (plain > SHARE * len(texts) or _tabs_without_columns(texts))
    return loose or fused.have_fused(texts) or specks.bars_without_columns(texts)


def _tabs_without_columns(rows: Sequence[Row]) -> bool:
    """Whether tabs stand between the pieces of a line only, as text recognition prints them.

    A table keeps its columns by empty cells, or leaves merged cells out; none of its rows is a line without
    tabs, and none of its cells the half of a level label.
    """
    if any(row.dialect not in ("line", "tabs") for row in rows):
        return False
    if any(not cell.text for row in rows for cell in row.cells):
        return False
    head = next((at for at, row in enumerate(rows) if len(forms.column_names(row)) >= 2), None)
    if head is None:
        return False
    last = max(at for at, row in enumerate(rows) if len(row.cells) > 1)
    loose = sum(
        1
        for row in rows[head:last]
        if row.dialect == "line" and not forms.is_page_mark(row.cells[0].text)
    )
    halves = sum(1 for row in rows[head:] if is_half(row.cells[0].text))
    return loose + halves > 0


def restore(rows: Sequence[Row]) -> Restored:
    """Put the cells of a form together: by the order of the text, or as torn."""
    rows, unpaired = fused.parted(rows)
    kept, marks = pieces.without_page_marks(list(specks.unwrapped(rows)))
    parts = pieces.pieces(kept)
    if len(parts) > MOST_WORDS:
        return Restored(strays=[*unpaired, *marks, *(part.cell for part in parts)])
    if blanks := spaced.is_spaced(parts):
        parts = spaced.joined(parts)
    parts, dirt = specks.swept(parts, kept)
    if glued.is_glued(parts):
        parts = glued.cut(parts)
    found = without_margin(_without_echo(words(prose.cut(parts))))
    rent = torn.read(found)
    restored = (
        _in_order(found, poor=bool(dirt or blanks))
        if rent is None
        else Restored(rent.header, rent.table, strays=rent.strays, repairs=rent.repairs)
    )
    restored.strays = [*unpaired, *marks, *dirt, *restored.strays]
    return restored


def _in_order(found: Sequence[Word], *, poor: bool) -> Restored:
    """The form as its words follow each other; `poor` where text recognition left marks in it."""
    start, end = heads.find(found)
    clean = remnants.swept(found, start, end) if poor else remnants.Swept(list(found), end)
    found, end = clean.words, clean.end
    again = lost.find(found[:start])
    restored = Restored(entries=again.entries, strays=[*clean.strays, *again.strays])
    for row, rest in map(lost.one_figure, pairs.pairs(again.words)):
        restored.header.append(row)
        restored.strays.extend(rest)
    if start == len(found):
        return restored
    columns, lanes = heads.columns(found[start:end])
    if begin_at_margin(found):
        lanes = [Lane(lane.number, lane.column) for lane in lanes]
    if start == end:
        columns = roles.default(0)
        lanes = [
            Lane(at, one) for at, one in enumerate(columns.columns) if one.role not in LEVEL_ROLES
        ]
    body, footer = _body(found[end:])
    restored.footer = list(pairs.pairs(footer))
    restored.table = table.read(columns, lanes, body)
    if poor:
        rows = restored.table
        lost_ones = (remnants.unreadable(rows.columns, row) for row in rows.cells)
        rows.strays.extend(cell for cell in lost_ones if cell is not None)
    restored.strays.extend(restored.table.strays)
    return restored


def _without_echo(found: Sequence[Word]) -> list[Word]:
    """Each word once where merged cells were printed again for every column they cover."""
    echoes = sum(
        1
        for one, two in pairwise(found)
        if one.text == two.text
        and len(one.text) >= SHORTEST_ECHO
        and not looks_like_target(one.text)
    )
    if echoes < ECHOES:
        return list(found)
    return [word for at, word in enumerate(found) if not at or word.text != found[at - 1].text]


def _body(found: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words of the table, and those behind it (`填报人：…`)."""
    for number, word in enumerate(found):
        groups = {label.group for label in word.meanings}
        ends = "other" in groups and not groups & {"level1", "level2", "column"}
        if number >= SOME and (ends or (not groups and is_pair(word.cell))):
            return list(found[:number]), list(found[number:])
    return list(found), []


def fallen(columns: Columns, rows: Sequence[Row]) -> list[dict[int, Cell]]:
    """Rows of a table with these columns whose cells stand on lines outside it; empty where they are none."""
    found = without_margin(words(pieces.pieces(rows)))
    lanes = [Lane(at, one) for at, one in enumerate(columns.columns) if one.role not in LEVEL_ROLES]
    made = table.read(columns, lanes, found)
    ends = [{columns.columns[at].role: cell.text for at, cell in row.items()} for row in made.cells]
    sure = all("name" in row and looks_like_target(row.get("target", "")) for row in ends)
    return made.cells if sure and not made.strays else []
