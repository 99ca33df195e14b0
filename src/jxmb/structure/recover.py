"""A form whose cells were lost: every way to read it is a rival, and the one that says most is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, groupby, pairwise
from math import ceil
from operator import attrgetter

from ..deferred import dataclass
from ..forms.beside import is_pair
from ..forms.columns import Columns, default_columns
from ..forms.rows import adds_up
from ..model.trace import Rival
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
    noise,
    rejects,
    table,
    visual_rows,
)
from .fragments import Fragment, Gap
from .grid import form, lined
from .grid.heads import Head, of_indicators
from .header import unlabelled
from .labelling import keep_places, named_in_rows, without_margin, words
from .noise import Text, run_together, specks
from .result import Structure
from .table import heads
from .table.lanes import Lane

NO_TABLE, BY_PLACE = "no table", "by place"
REMNANTS, IMPOSSIBLE = "remnants", "impossible rows"
COLON = "："


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a text tells something of all of it."""

    echoes: int = 3  # of a text that prints merged cells in every column
    words: int = 3  # of a table before which no footer is looked for


LIMITS = Limits()


def recover(
    rows: Sequence[Row], condition: Condition, without: Set[str] = frozenset()
) -> Structure:
    """The structure of a form that this condition sent here: of all ways to read it the one of most worth.

    What is named in `without` is not tried.
    """
    if condition is MERGED_ROWS:
        return _best(merged_rows.read(rows, without))
    text = _text(rows, lines=condition is VISUAL_ROWS)
    if len(text.fragments) > fragments.LIMITS.pieces:
        return Structure(strays=[*text.marks, *(one.cell for one in text.fragments)])
    noise.undo(text, without)
    best = _best(_rivals(_words(text, without), text, without))
    best.steps = [*text.steps, *best.steps]
    best.strays = [*text.marks, *best.strays]
    best.repairs = [*text.repairs, *best.repairs]
    return best


def _best(ways: Iterable[Structure]) -> Structure:
    """The way of most worth, with all of them as its rivals."""
    rivals = list(ways)
    best = max(rivals, key=lambda one: one.worth, default=Structure())
    named = [Rival(one.name, one.worth) for one in rivals if one.name]
    best.rivals = sorted(named, key=lambda one: one.name != best.name)
    return best


def _text(rows: Sequence[Row], *, lines: bool) -> Text:
    """The fragments of these rows, without page marks."""
    kept, marks = fragments.without_page_marks(
        rows if lines else list(specks.unwrapped(fragments.lines(rows)))
    )
    if lines:
        parts, foot = visual_rows.cut(kept)
        return Text(parts, kept, lines, [*marks, *foot])
    placed = next(fragments.placed(kept))
    return Text(fragments.joined(placed), kept, lines, marks, placed=placed)


def _words(text: Text, without: Set[str]) -> list[Fragment]:
    """Labels and text, cells and labels printed once."""
    found = words(text.fragments)
    for name, step in WORD_STEPS.items():
        if name not in without and not (text.lines and step is _without_echo):
            before, found = found, step(found)
            text.steps += [name] * (found != before)
    return found


def _rivals(found: Sequence[Fragment], text: Text, without: Set[str]) -> Iterator[Structure]:
    """The ways to read these words: one after the other, as a page, column by column.

    Text whose columns stand one after another is read otherwise only where its labels are those of a page.
    """
    torn = [] if text.lines else columnwise.read(found, without)
    if not torn or table.is_centred(found[heads.find(found)[1] :]):
        placed = _by_place(found, text, without)
        if placed is not None:
            yield placed
        if placed is None or placed.worth < 1:
            yield from _in_order(found, without, poor=text.poor)
    yield from torn


def _by_place(found: Sequence[Fragment], text: Text, without: Set[str]) -> Structure | None:
    """The form where the words of its table keep their places below the heads; None where they do not."""
    if text.lines or BY_PLACE in without or not keep_places(found):
        return None
    lines = lined(fragments.numbers_joined(text.placed, Gap.NARROW))
    head = of_indicators(lines)
    if head is None:
        return None
    top, bottom = (lines[at][0].line for at in (head.start, head.end - 1))
    above = Structure(name=BY_PLACE)
    before = [word for word in found if word.line < top]
    labelled = unlabelled.find(before, above, table=True)
    above.header = list(header.pairs(labelled))
    rest, again = heads.without_repeats([word for word in found if word.line > bottom])
    body, footer = _body(rest)
    body, above.sums = _without_sums(body)
    body, noted = _noted(body, head.columns)
    above.footer = list(header.pairs(footer))
    above.strays += [word.cell for word in (*again, *noted)]
    end = min([word.line for word in (*noted, *footer)], default=lines[-1][0].line + 1)
    printed = {word.line for word in again}
    own = [
        line
        for line in lines[head.end :]
        if line[0].line < end and line[0].line not in printed
        if not adds_up([word.text for word in line])
    ]
    above.table = form.read(own, head)
    return _checked(above, without, poor=text.poor) if above.table is not None else None


def _noted(
    body: Sequence[Fragment], columns: Sequence[Head]
) -> tuple[list[Fragment], list[Fragment]]:
    """The words of a table without its last lines that are notes; and these."""
    lines = [list(line) for _, line in groupby(body, attrgetter("line"))]
    last = len(lines)
    while last and _is_note(lines[last - 1], columns):
        last -= 1
    return list(chain(*lines[:last])), list(chain(*lines[last:]))


def _is_note(line: Sequence[Fragment], columns: Sequence[Head]) -> bool:
    """Whether a line begins with words before a colon, or with no more than words left of all columns."""
    word = line[0]
    if COLON in word.text:
        return word.start < columns[1].start
    return len(line) == 1 and word.start < columns[0].start and not word.meanings


def _in_order(found: Sequence[Fragment], without: Set[str], *, poor: bool) -> Iterator[Structure]:
    """The form as its words follow each other; `poor` where text recognition left marks in it."""
    start, end = heads.find(found)
    above = Structure()
    if poor and REMNANTS not in without:
        before, found = found, rejects.swept(found, start, end, above.strays)
        above.steps += [REMNANTS] * (found != before)
    labelled = unlabelled.find(found[:start], above, table=start < len(found))
    above.header = list(header.pairs(labelled))
    if start == len(found):
        if NO_TABLE not in without:
            yield replace(above, name=NO_TABLE)
        return
    columns, lanes = heads.columns(found[start:end], placed=keep_places(found))
    if start == end:
        columns = default_columns(0)
        lanes = [Lane(at, one) for at, one in enumerate(columns.columns)]
    rest, again = heads.without_repeats(found[end:])
    above.strays += [word.cell for word in again]
    body, footer = _body(rest)
    body, above.sums = _without_sums(body)
    above.footer = list(header.pairs(footer))
    for name, rows in table.rivals(columns, lanes, body):
        if name not in without:
            yield _checked(replace(above, name=name, table=rows), without, poor=poor)


def _checked(found: Structure, without: Set[str], *, poor: bool) -> Structure:
    """A way to read a form without the rows that are none."""
    rows = found.table
    assert rows is not None
    if poor:
        lost_ones = (rejects.unreadable(rows.columns, row) for row in rows.cells)
        rows.strays.extend(cell for cell in lost_ones if cell is not None)
    if IMPOSSIBLE not in without:
        before = len(rows.strays)
        rejects.drop_impossible(rows)
        found.steps = [*found.steps, *[IMPOSSIBLE] * (len(rows.strays) != before)]
    found.strays = [*found.strays, *rows.strays]
    return found


def _without_echo(found: Sequence[Fragment]) -> list[Fragment]:
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
        and len(one.text) >= fragments.LIMITS.echo
        and not looks_like_target(one.text)
    )
    if echoes < LIMITS.echoes:
        return list(found)
    return [
        word
        for at, word in enumerate(found)
        if not at or at > until or word.text != found[at - 1].text
    ]


def _body(found: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """The words of the table, and those behind it (`填报人：…`)."""
    for number, word in enumerate(found):
        groups = {label.group for label in word.meanings}
        ends = "other" in groups and not groups & {"level1", "level2", "column"}
        if number >= LIMITS.words and (ends or (not groups and is_pair(word.cell))):
            return list(found[:number]), list(found[number:])
    return list(found), []


def _without_sums(body: Sequence[Fragment]) -> tuple[list[Fragment], list[Row]]:
    """The words of a table without the lines that add up its rows, and these."""
    kept: list[Fragment] = []
    sums: list[Row] = []
    for _, own in groupby(body, attrgetter("line")):
        line = list(own)
        if adds_up([word.text for word in line]):
            sums.append(Row(tuple(word.cell for word in line), "line"))
        else:
            kept += line
    return kept, sums


def fallen(columns: Columns, rows: Sequence[Row]) -> list[dict[int, Cell]]:
    """Rows of a table with these columns whose cells stand on lines outside it; empty where they are none."""
    found = without_margin(words(fragments.pieces(rows)))
    lanes = [Lane(at, one) for at, one in enumerate(columns.columns)]
    made = table.visual(columns, lanes, found)
    roles_of = [one.role for one in columns.columns]
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


WORD_STEPS: dict[str, Callable[[Sequence[Fragment]], list[Fragment]]] = {
    "values run together": run_together.apart,
    "repeated cells": _without_echo,
    "margin label": without_margin,
    "names like labels": lambda found: named_in_rows(found, heads.find(found)[1]),
}
STEPS = frozenset(
    (
        *(step.name for step in noise.STEPS),
        *WORD_STEPS,
        *(REMNANTS, IMPOSSIBLE, NO_TABLE, BY_PLACE, table.IN_SEQUENCE, table.ON_PAGE),
        *(columnwise.COLUMNWISE, columnwise.IN_PAIRS, columnwise.IN_STEPS, *merged_rows.WAYS),
    )
)
