"""A form whose cells were lost: every way to read it is a rival, and the one that says most is taken."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from ..forms.columns import Columns, default_columns
from ..forms.header import is_pair
from ..tables import Cell, Row
from ..values import looks_like_target
from . import (
    MERGED_ROWS,
    VISUAL_ROWS,
    Condition,
    columnwise,
    fragments,
    header,
    merged_rows,
    rejects,
    table,
    visual_rows,
)
from .header import unlabelled
from .labelling import Word, begin_at_margin, without_margin, words
from .noise import blurred, letterspaced, prose, run_together, specks
from .result import Rows, Structure
from .table import heads
from .table.in_sequence import MOST_WORDS, Lane

SHORTEST_ECHO = 4  # code points of a word printed twice that count as an echo
ECHOES = 3  # how many give a text away that prints merged cells in every column
SOME = 3  # words of a table before which no footer is looked for


def recover(rows: Sequence[Row], condition: Condition) -> Structure:
    """The structure of a form that this condition sent here: by the order of the text, or column by column."""
    if condition is MERGED_ROWS:
        return merged_rows.read(rows)
    lines = condition is VISUAL_ROWS
    kept, marks = fragments.without_page_marks(rows if lines else list(specks.unwrapped(rows)))
    parts, foot = visual_rows.cut(kept) if lines else (fragments.pieces(kept), [])
    marks += foot
    if len(parts) > MOST_WORDS:
        return Structure(strays=[*marks, *(part.cell for part in parts)])
    if blanks := not lines and letterspaced.is_spaced(parts):
        parts = letterspaced.joined(parts)
    dirt: list[Cell] = []
    if not lines:
        parts, dirt = specks.swept(parts, kept)
    poor = bool(dirt or blanks)
    cut = run_together.labels_apart if lines else run_together.cut
    if poor and run_together.is_glued(parts):
        cut = blurred.cut
    found = run_together.apart(words(prose.cut(cut(parts))))
    found = without_margin(found if lines else _without_echo(found))
    rent = None if lines else columnwise.read(found)
    if rent is not None and _in_shreds(rent.table):
        rent = None
    # Only a page read line by line can be whole all the same.
    page = rent is None or table.is_centred(found[heads.find(found)[1] :])
    best = _in_order(found, poor=poor) if page else Structure()
    if rent is not None and not _whole(best.table):
        best = rent
    best.strays = [*marks, *dirt, *best.strays]
    return best


def _in_shreds(rows: Rows | None) -> bool:
    return rows is not None and table.in_shreds(rows)


def _whole(rows: Rows | None) -> bool:
    """Whether the lines of a page make rows with nothing left over: such a text is not torn."""
    return rows is not None and rows.centred and not rows.halves


def _in_order(found: Sequence[Word], *, poor: bool) -> Structure:
    """The form as its words follow each other; `poor` where text recognition left marks in it."""
    start, end = heads.find(found)
    clean = rejects.swept(found, start, end) if poor else rejects.Swept(list(found), end)
    found, end = clean.words, clean.end
    again = unlabelled.find(found[:start])
    restored = Structure(entries=again.entries, strays=[*clean.strays, *again.strays])
    restored.header += header.pairs(again.words)
    if start == len(found):
        return restored
    columns, lanes = heads.columns(found[start:end])
    if begin_at_margin(found):
        lanes = [Lane(lane.number, lane.column) for lane in lanes]
    if start == end:
        columns = default_columns(0)
        lanes = [Lane(at, one) for at, one in enumerate(columns.columns)]
    body, footer = _body(found[end:])
    restored.footer = list(header.pairs(footer))
    restored.table = table.read(columns, lanes, body)
    if poor:
        rows = restored.table
        lost_ones = (rejects.unreadable(rows.columns, row) for row in rows.cells)
        rows.strays.extend(cell for cell in lost_ones if cell is not None)
    rejects.drop_impossible(restored.table)
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
    found = without_margin(words(fragments.pieces(rows)))
    lanes = [Lane(at, one) for at, one in enumerate(columns.columns)]
    made = table.visual(columns, lanes, found)
    roles_of = [one.role for one in columns.columns]
    if len(made.cells) == 1 and (tail := _name_below(found, made)) is not None:
        name = roles_of.index("name")
        made.cells[0][name] = fragments.together([made.cells[0][name], tail])
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


def _name_below(found: Sequence[Word], made: Rows) -> Cell | None:
    """The end of a name that is printed above and below the line of its target."""
    if len(made.strays) != 1 or len(found) < SOME:
        return None
    first, *middle, last = found
    lines = {word.line for word in middle}
    between = len(lines) == 1 and first.line < min(lines) < last.line
    plain = not (first.meanings or last.meanings)
    return last.cell if between and plain and last.cell == made.strays[0] else None
