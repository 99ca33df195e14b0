"""Tables read from images whose rows fused: names, targets and level labels of several rows in one cell.

The models that find the cells of a table in a picture lay the borders wrong: neighbouring rows become one,
labels and values share a cell, a value slides to the next row. What they keep is the order of the text in each
column. So the cells are taken apart (`cells`), names and values paired in order (`pairing`), and levels given by the
height of their labels; what finds no partner is a stray. `header.by_kind` reads what stands above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from ... import labels
from ...forms import levels
from ...forms.beside import is_pair
from ...forms.columns import Columns
from ...forms.levels import Mark
from ...forms.lines import is_page_mark
from ...tables import Cell, Row
from ...values import seams
from .. import BREAK, STRIPS, columnwise, fragments, is_target, stretches
from ..cells import Item
from ..fragments import APART, Fragment, Gap, together
from ..header import by_kind
from ..labelling import without_margin, words
from ..result import Rows, Structure
from ..table import COSTS, Level, group_of
from .cells import items_of, row_of
from .limits import LIMITS
from .pairing import bundles, paired

TABLES = ("html", "pipes")  # the dialects of tables that were read from pictures or pages


def _signed(found: Sequence[Cell], *, dates: bool) -> list[Cell]:
    """The parts of a cell, a sign together with the number behind it, and `dates` with their months and days."""
    kept: list[Cell] = []
    for part in found:
        last = kept[-1].text if kept else ""
        if seams.wants(last, part.text) or (dates and seams.goes_on_in_date(last, part.text)):
            kept[-1] = together([kept[-1], part])
        else:
            kept.append(part)
    return kept


WAYS = {"cells joined": True, "cells apart": False}  # whether a cell of several lines is one


def read(rows: Sequence[Row], without: Set[str] = frozenset()) -> list[Structure]:
    """The ways to read the form that these rows hold; those behind a perfect one are not tried."""
    found = Structure()
    tall: dict[int, int] = {}
    pieces, doubles = _without_echo(list(_pieces(rows, found, tall)))
    found.strays += doubles
    if len(pieces) > fragments.LIMITS.pieces:
        found.strays += [piece.cell for piece in pieces]
        return [found]
    all_words = words(pieces)
    kept = without_margin(all_words)
    inside = {id(word) for word in kept}
    found.strays += [word.cell for word in all_words if id(word) not in inside]
    ways: list[Structure] = []
    for name, joined in WAYS.items():
        if name not in without and not any(way.worth == 1 for way in ways):
            way = _read(found, items_of(kept, joined=joined), tall)
            ways.append(replace(way, name=name))
    return ways


def _read(above: Structure, items: Sequence[Item], tall: dict[int, int]) -> Structure:
    """The form whose cells these are."""
    found = replace(
        above, header=list(above.header), strays=list(above.strays), repairs=list(above.repairs)
    )
    names = [item for item in items if item.kind == "name"]
    targets = bundles(items)
    by_kind.read(found, items, LIMITS.step)
    pairs = paired(names, targets)
    columnwise.table(found, items, names, targets, [pairs])
    assert found.table is not None
    found.strays += _name_columns(found.table, items)
    found.strays += _levels(found.table, items, [names[number] for number, _ in pairs], tall)
    return found


def _name_columns(table: Rows, items: Sequence[Item]) -> list[Cell]:
    """Give the columns the heads that the text has for them; those of columns that are not there."""
    heads = [item for item in items if item.kind == "head"]
    named = []
    for column in table.columns.columns:
        head = next((one for one in heads if one.words[0].name("column") == column.role), None)
        if head is not None:
            heads.remove(head)
            column = replace(column, header=head.text, label=head.cell)
        named.append(column)
    table.columns = Columns(tuple(named), table.columns.width)
    return [item.cell for item in heads]


def _pieces(rows: Sequence[Row], found: Structure, tall: dict[int, int]) -> Iterator[Fragment]:
    """The parts of all cells, each at its height in the table and in its column; `block` numbers the cells.

    `tall` gathers over how many rows each cell reaches.
    """
    reach = Counter(cell.span.start for row in rows for cell in row.cells if cell.text)
    for at, row in enumerate(rows):
        gap = Gap.LINE
        for block, cell in enumerate(row.cells[: LIMITS.step], at * LIMITS.step):
            if not cell.text or cell.carried:
                continue
            if is_pair(cell) and not any(labels.find(part.text) for part in stretches(cell)):
                found.header.append(Row((cell,), APART))
                continue
            strip = row.dialect == "pipes"
            split = _signed(stretches(cell, STRIPS if strip else BREAK), dates=strip)
            tall[block] = reach[cell.span.start] if row.dialect in TABLES else 1
            for number, part in enumerate(split):
                if is_page_mark(part.text):
                    found.strays.append(part)
                    continue
                height = LIMITS.step * at + (2 * number + 1) * LIMITS.step * tall[block] // (
                    2 * len(split)
                )
                left = cell.column + LIMITS.step * row.table
                yield Fragment(part, gap, height, start=left, end=left + cell.width, block=block)
                gap = Gap.LINE
            gap = Gap.TAB


def _without_echo(found: Sequence[Fragment]) -> tuple[list[Fragment], list[Cell]]:
    """The pieces without those that were given to two cells: the lower one has them with what follows."""
    kept: list[Fragment] = []
    doubles: list[Cell] = []
    given: set[str] = set()  # above, with other text below
    for at, piece in enumerate(found):
        first = piece.block == _block(found, at + 1) and piece.block != _block(found, at - 1)
        if first and not is_target(found[at + 1].cell):
            given.add(piece.text)
    for at, piece in enumerate(found):
        below = piece.block == _block(found, at - 1) and piece.block != _block(found, at + 1)
        if below and len(piece.text) >= fragments.LIMITS.echo and piece.text in given:
            doubles.append(piece.cell)
        else:
            kept.append(piece)
    return kept, doubles


def _block(found: Sequence[Fragment], at: int) -> int:
    return found[at].block if 0 <= at < len(found) else -1


def _levels(
    table: Rows, items: Sequence[Item], rows: Sequence[Item], tall: dict[int, int]
) -> list[Cell]:
    """The level labels at the heights of their rows (those too many as strays): those that their cells reach over, or beside their middles."""
    found = list(_labels(items))
    if len(found) > LIMITS.levels:
        return [level.word.cell for level in found]
    used = {level.at for level in found}
    spare = [item.cell for item in items if item.kind == "level" and item.at not in used]
    places = [row_of(item.words[0]) for item in rows]
    seconds = [_reach(level.word, tall) for level in found if level.group == "level2"]
    covered = sum(any(place in reach for reach in seconds) for place in places)
    spans = covered >= LIMITS.covered * len(places)
    heights = [item.height for item in rows]
    same = Counter((level.word.block, level.group) for level in found)  # in one cell
    for level in found:
        reach = _reach(level.word, tall)
        beside = [at for at, place in enumerate(places) if place in reach]
        height = level.word.height
        above = sum(1 for one in heights if one < height)
        if spans and beside:
            at = float(min(beside) if same[level.word.block, level.group] == 1 else above)
        elif len(reach) == 1 and beside:
            at = sum(beside) / len(beside)
        else:
            at = above - 0.5
        marks = table.marks1 if level.group == "level1" else table.marks2.setdefault(0, [])
        marks.append(Mark(at, level.word.cell))
    order = [(level.group, level.word.name(level.group) or "") for level in found]
    table.centred = not spans and levels.order_is_centred(order)
    return spare


def _labels(items: Sequence[Item]) -> Iterator[Level]:
    """The level labels of the table, each as level1 or level2."""
    tree2021 = any(item.words[0].name("level2") in COSTS for item in items)
    before: list[Level] = []
    for item in items:
        group = group_of(item.words[0], before, tree2021=tree2021)
        if group is not None:
            before.append(Level(item.at, item.words[0], group))
            yield before[-1]


def _reach(word: Fragment, tall: dict[int, int]) -> range:
    """The rows that the cell of a word reaches over."""
    return range(row_of(word), row_of(word) + tall[word.block])
