"""Text whose cells have come apart: one cell a line, blanks for columns, rows in one line, fragments of OCR.

`restore` turns the rows of a form into header rows with labels and values side by side and a table of rows
with the heights of their level labels, as `tables` gives them for texts that kept their cells. On the way:

- `cleaned` (blanks between characters, specks, cells joined with nothing between) and `sliced` (tables of
  visual lines) are undone;
- `pieces` says what blanks set apart, `words` puts labels together by the vocabulary;
- `pairs` reads the header, `table` the indicators, where cells stand in order or on a page; `remnants` and
  `doubt` keep out what is no row;
- or another way altogether: `torn` (columns one after another), `fused` (rows of a table model in one cell).

Each of these packages says in its docstring which module does what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

from ..forms.columns import Columns, default_columns
from ..forms.header import Entry, is_pair
from ..forms.lines import column_names, is_page_mark
from ..labels.joining import is_half
from ..model.repairs import Repair
from ..tables import Cell, Row
from ..values import looks_like_target
from . import doubt, fused, pairs, pieces, remnants, sliced, table, torn
from .cleaned import blurred, glued, prose, spaced, specks
from .pairs import lost
from .table import heads
from .table.decode import MOST_WORDS, Lane
from .words import Word, begin_at_margin, without_margin, words

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
    title: Cell | None = None  # that stood among the rows
    year: Cell | None = None


def come_apart(rows: Sequence[Row]) -> bool:
    """Whether most rows of a form have no delimiters between their cells, or tabs that keep no columns."""
    texts = [row for row in rows if any(cell.text for cell in row.cells)]
    plain = sum(1 for row in texts if row.dialect == "line")
    loose = bool(texts) and (plain > SHARE * len(texts) or _tabs_without_columns(texts))
    return (
        loose
        or fused.have_fused(texts)
        or sliced.is_sliced(rows)
        or specks.bars_without_columns(texts)
    )


def _tabs_without_columns(rows: Sequence[Row]) -> bool:
    """Whether tabs stand between the pieces of a line only, as text recognition prints them.

    A table keeps its columns by empty cells, or leaves merged cells out; none of its rows is a line without
    tabs, and none of its cells the half of a level label.
    """
    if any(row.dialect not in ("line", "tabs") for row in rows):
        return False
    if any(not cell.text for row in rows for cell in row.cells):
        return False
    head = next((at for at, row in enumerate(rows) if len(column_names(row)) >= 2), None)
    if head is None:
        return False
    last = max(at for at, row in enumerate(rows) if len(row.cells) > 1)
    loose = sum(
        1
        for row in rows[head:last]
        if row.dialect == "line" and not is_page_mark(row.cells[0].text)
    )
    halves = sum(1 for row in rows[head:] if is_half(row.cells[0].text))
    return loose + halves > 0


def restore(rows: Sequence[Row]) -> Restored:
    """Put the cells of a form together: by the order of the text, or as torn."""
    if fused.have_fused(rows):
        read = fused.read(rows)
        return Restored(
            read.header,
            read.table,
            strays=read.strays,
            repairs=read.repairs,
            title=read.title,
            year=read.year,
        )
    lines = sliced.is_sliced(rows)
    kept, marks = pieces.without_page_marks(rows if lines else list(specks.unwrapped(rows)))
    parts, foot = sliced.cut(kept) if lines else (pieces.pieces(kept), [])
    marks += foot
    if len(parts) > MOST_WORDS:
        return Restored(strays=[*marks, *(part.cell for part in parts)])
    if blanks := not lines and spaced.is_spaced(parts):
        parts = spaced.joined(parts)
    dirt: list[Cell] = []
    if not lines:
        parts, dirt = specks.swept(parts, kept)
    poor = bool(dirt or blanks)
    cut = glued.labels_apart if lines else glued.cut
    if poor and glued.is_glued(parts):
        cut = blurred.cut
    found = glued.apart(words(prose.cut(cut(parts))))
    found = without_margin(found if lines else _without_echo(found))
    rent = None if lines else torn.read(found)
    if rent is not None and _in_shreds(rent.table):
        rent = None
    # Only a page read line by line can be whole all the same.
    page = rent is None or table.is_centred(found[heads.find(found)[1] :])
    restored = _in_order(found, poor=poor) if page else Restored()
    if rent is not None and not _whole(restored.table):
        restored = Restored(rent.header, rent.table, strays=rent.strays, repairs=rent.repairs)
    restored.strays = [*marks, *dirt, *restored.strays]
    return restored


def _in_shreds(rows: table.Rows | None) -> bool:
    return rows is not None and table.in_shreds(rows)


def _whole(rows: table.Rows | None) -> bool:
    """Whether the lines of a page make rows with nothing left over: such a text is not torn."""
    return rows is not None and rows.centred and not rows.halves


def _in_order(found: Sequence[Word], *, poor: bool) -> Restored:
    """The form as its words follow each other; `poor` where text recognition left marks in it."""
    start, end = heads.find(found)
    clean = remnants.swept(found, start, end) if poor else remnants.Swept(list(found), end)
    found, end = clean.words, clean.end
    again = lost.find(found[:start])
    restored = Restored(entries=again.entries, strays=[*clean.strays, *again.strays])
    restored.header += pairs.pairs(again.words)
    if start == len(found):
        return restored
    columns, lanes = heads.columns(found[start:end])
    if begin_at_margin(found):
        lanes = [Lane(lane.number, lane.column) for lane in lanes]
    if start == end:
        columns = default_columns(0)
        lanes = [Lane(at, one) for at, one in enumerate(columns.columns)]
    body, footer = _body(found[end:])
    restored.footer = list(pairs.pairs(footer))
    restored.table = table.read(columns, lanes, body)
    if poor:
        rows = restored.table
        lost_ones = (remnants.unreadable(rows.columns, row) for row in rows.cells)
        rows.strays.extend(cell for cell in lost_ones if cell is not None)
    doubt.swept(restored.table)
    restored.strays.extend(restored.table.strays)
    return restored


def _without_echo(found: Sequence[Word]) -> list[Word]:
    """Each word once where merged cells were printed again for every column they cover.

    In a table of two halves equal neighbours are the cells of both.
    """
    start, end = heads.find(found)
    columns = [word.name("column") for word in found[start:end] if not word.name("margin")]
    two_sided = "target" in columns and "name" in columns[columns.index("target") :]
    until = start if two_sided else len(found)
    echoes = sum(
        1
        for one, two in pairwise(found[:until])
        if one.text == two.text
        and len(one.text) >= SHORTEST_ECHO
        and not looks_like_target(one.text)
    )
    if echoes < ECHOES:
        return list(found)
    return [
        word
        for at, word in enumerate(found)
        if not at or at > until or word.text != found[at - 1].text
    ]


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
    lanes = [Lane(at, one) for at, one in enumerate(columns.columns)]
    made = table.visual(columns, lanes, found)
    roles_of = [one.role for one in columns.columns]
    if len(made.cells) == 1 and (tail := _name_below(found, made)) is not None:
        name = roles_of.index("name")
        made.cells[0][name] = pieces.together([made.cells[0][name], tail])
        made.strays.clear()
    ends = [{roles_of[at]: cell.text for at, cell in row.items()} for row in made.cells]
    whole = all("name" in row and row.get("target") for row in ends)
    sure = whole and any(looks_like_target(row["target"]) for row in ends)
    if not sure or made.strays:
        return []
    for role, marks in (("level1", made.marks1), ("level2", made.marks2.get(0, []))):
        for mark in marks:
            row = ceil(mark.height)
            if role in roles_of and row < len(made.cells):
                made.cells[row].setdefault(roles_of.index(role), mark.cell)
    return made.cells


def _name_below(found: Sequence[Word], made: table.Rows) -> Cell | None:
    """The end of a name that is printed above and below the line of its target."""
    if len(made.strays) != 1 or len(found) < SOME:
        return None
    first, *middle, last = found
    lines = {word.line for word in middle}
    between = len(lines) == 1 and first.line < min(lines) < last.line
    plain = not (first.meanings or last.meanings)
    return last.cell if between and plain and last.cell == made.strays[0] else None
