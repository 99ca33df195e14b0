"""The indicator table: its rows, the levels they stand under, and what is left of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import field, replace
from typing import Never

from .. import deferred, labels
from ..deferred import dataclass
from ..forms import levels, rows
from ..forms.alignment import Alignment, Placed
from ..forms.columns import TARGETS, Column, Columns
from ..forms.levels import Mark
from ..model import Indicator, Reading, Value, readings
from ..model.repairs import Kind, Repair
from ..model.trace import Steps
from ..source import Span
from ..tables import Cell, Row
from . import row_steps, slides
from .indicators import (
    Line,
    Maker,
    group_head,
    have_run_on,
    heads_groups,
    level,
    line_of,
    roles_of,
)
from .limits import LIMITS

NOTES = ("注:", "注：", "说明", "备注:", "备注：", "填报说明", "填表说明")
# Who judges or signs a form, below its last row: 主管部门意见：, 批复单位（盖章）：
SIGNED = deferred.re(
    r"^[^\W\d_]{2,12}(?:意见|[(（](?:盖章|公章|签章|签字|签名)[)）])\s*(?:[:：]|$)"
)
COLUMN_NAMES = {"name": "三级指标", "target": "指标值"}


@dataclass(slots=True)
class Table:
    """All rows of one indicator table, and what is left of them."""

    columns: Columns
    alignment: Alignment = field(init=False)
    lines: list[Placed] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    notes: list[tuple[Cell, list[Cell]]] = field(default_factory=list)
    # Where cells had come apart: the heights of the level labels, and whether these stand beside the middles.
    marks: tuple[list[Mark], dict[int, list[Mark]]] | None = None
    centred: bool | None = None
    unsure: Set[int] = frozenset()  # lines that may stand under the next level 2
    leans: bool = False  # labels between two rows stand on the upper one
    unread: int = 0  # rows that the text has and that could not be placed
    noted: bool = (
        False  # a note stands below the rows: what stands alone on a row behind it goes on in it
    )
    dense: bool = (
        True  # no row has a blank cell: merged cells are printed on each, equal neighbours once
    )

    def __post_init__(self) -> None:
        self.alignment = Alignment(self.columns)

    @property
    def last(self) -> int:
        """The offset at which the last placed row ends; 0 for an empty table."""
        return max((cell.span.end for row in self.rows[-1:] for cell in row.cells), default=0)

    def marked(self, part: int) -> tuple[Sequence[Mark], Sequence[Mark]]:
        """The heights of the labels of both levels in this half of a table whose cells had come apart."""
        ones, twos = self.marks or ([], {})
        return ones, twos.get(part) or twos.get(0, [])

    def continues(self, columns: Columns) -> bool:
        """Whether these heads are the table's own, printed again; their places hold for the rows below."""
        if self.columns.roles != columns.roles:
            return False
        if [one.role for one in self.columns.columns] == [one.role for one in columns.columns]:
            self.alignment = replace(self.alignment, columns=columns)
        return True

    def read(self, row: Row) -> None:
        """Place one row."""
        cells = row.filled
        if not cells:
            return
        alone = len({cell.text for cell in cells}) == 1
        if cells[0].text.startswith(NOTES) or _numbers_columns(cells) or (alone and self.noted):
            self.strays.extend(cells)
            self.noted |= alone
            return
        if SIGNED.search(cells[0].text):
            self.strays.extend(cells)
            return
        if rows.is_sum(cells[0].text) or (alone and labels.meaning(cells[0].text, "other")):
            self.notes.append((cells[0], list(cells[1:])))
            return
        if alone and self._is_band(cells[0]):
            band = {len(self.columns.columns): cells[0]}
            self.lines.append(Placed(band, (), slid=False, score=0.0))
            self.rows.append(row)
            return
        placed = self.alignment.place(row)
        if not self.alignment.tiered and self.alignment.has_tiers(placed):
            self.alignment = replace(self.alignment, tiered=True)
        self.dense &= len(cells) == len(row.cells)
        self.strays.extend(placed.rest)
        self.lines.append(placed)
        self.rows.append(row)

    def _is_band(self, cell: Cell) -> bool:
        """Whether a label alone on its row is the level 1 of the rows below, in a table without a column for it."""
        level1 = "level1" not in self.columns.roles and labels.in_full(cell.text)
        return level1 and labels.meaning(cell.text, "level1") is not None

    @property
    def banded(self) -> Columns:
        """The columns, with one behind them for the level 1 of rows of their own."""
        band = len(self.columns.columns)
        if not any(band in line.cells for line in self.lines):
            return self.columns
        own = Column("level1", self.columns.width, self.columns.width, "")
        return replace(self.columns, columns=(*self.columns.columns, own))


def _numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 … below their heads."""
    if len(cells) < LIMITS.several or cells[0].text != "1":
        return False
    return all(cell.text == str(at) for at, cell in enumerate(cells, 1))


@dataclass(slots=True)
class Block:
    """What a table gave: indicators, levels printed with nothing beside them, template cells, damage."""

    indicators: list[Indicator] = field(default_factory=list)
    empty: list[Reading[str]] = field(default_factory=list)
    templates: list[Value] = field(default_factory=list)
    orphans: int = 0
    unread: int = 0
    rows: int = 0


def build(
    table: Table, lines: Sequence[Placed], at: Span, repairs: list[Repair], steps: Steps
) -> Block:
    """The indicators of these rows of a table."""
    cells = [line.cells for line in table.lines]
    table.columns = row_steps.told(table.banded, cells, steps)
    block = Block(unread=sum(1 for line in lines if line.rest) + table.unread)
    lines = lines if table.marks is not None else row_steps.with_ends(lines, table.columns, steps)
    ragged = slides.noted(table.columns, lines, repairs)
    parts = sorted({column.part for column in table.columns.columns})
    for part in parts:
        _build_part(table, lines, part, at, block, repairs, ragged)
    block.indicators.sort(key=lambda one: one.at.start)
    return block


def _build_part(
    table: Table,
    placed: Sequence[Placed],
    part: int,
    at: Span,
    block: Block,
    repairs: list[Repair],
    ragged: bool,
) -> None:
    loose = table.marks is not None
    start = table.lines.index(placed[0]) if placed and loose else 0
    lines = _lines(table, placed, part, start)
    only = _only_rows(table, part, start)
    found = _sort_lines(lines, repairs, loose=loose, leans=table.leans, only=only)
    _note_rest(found, table, block, repairs)
    marks1, marks2, centred = found.marks1, found.marks2, table.centred
    if loose:
        marks1, marks2 = (_moved(own, start, found.heights) for own in table.marked(part))
    elif found.alone and levels.order_is_centred(found.order):
        centred = True
    else:
        marks2 = _without_empty(marks2, len(found.kept), block, repairs)
    kept, rows = found.kept, len(found.kept)
    over1, over2 = _spread(marks1, marks2, rows, centred, repairs)
    if loose and len(placed) == len(table.lines):
        over1, idle = levels.claimed(*table.marked(part), over1, over2)
        repairs.extend(Repair(Kind.UNREAD, cell.span, name) for name, cell in idle.items())
    scope = _scope(table.columns, part)
    sure = range(rows) if ragged else slides.led(table.columns, kept)
    absent = readings.missing(at)
    run_on = have_run_on(kept)
    printed = _levels(over1, "level1", absent, repairs)
    level2 = _levels(over2, "level2", absent, repairs)
    for number, (line, one, two) in enumerate(zip(kept, printed, level2, strict=True)):
        maker = Maker(table.columns, line, absent, repairs, scope, number in sure, run_on)
        block.indicators.extend(maker.make(one, two))
        block.orphans += maker.orphan


def _note_rest(found: Sorted, table: Table, block: Block, repairs: list[Repair]) -> None:
    """Note what of a table is no indicator, and how many of its rows are."""
    repairs.extend(Repair(Kind.UNREAD, cell.span, cell.text) for cell in found.unplaced)
    table.notes.extend(found.heads)
    block.unread += len(found.unplaced)
    block.templates.extend(found.templates)
    block.rows += len(found.kept)


def _spread(
    marks1: Sequence[Mark],
    marks2: Sequence[Mark],
    rows: int,
    centred: bool | None,
    repairs: list[Repair],
) -> tuple[levels.Over, levels.Over]:
    """The marks of both levels over each row."""
    over2 = levels.spread(
        [one for one in marks2 if one.height < rows], rows, centred=centred or None
    )
    firsts = [one for one in marks1 if one.height < rows]
    between = any(mark.height % 1 for mark in firsts)  # two rows: the middle of a block
    over1 = levels.spread(firsts, rows, centred=(between or None) if over2.centred else False)
    if over2.centred or over1.centred:
        repairs.extend(Repair(Kind.CENTRED, mark.cell.span, mark.cell.text) for mark in marks2)
    return over1.marks, over2.marks


def _levels(
    marks: Sequence[Mark | None], group: str, absent: Reading[Never], repairs: list[Repair]
) -> Iterator[Reading[str]]:
    """What each row stands under; rows under one mark share its reading."""
    before: Mark | None = None
    found: Reading[str] = absent
    for mark in marks:
        if mark is not before:
            found = level(mark.cell, group, repairs) if mark is not None else absent
            before = mark
        yield found


def _scope(columns: Columns, part: int) -> str:
    """Whether the targets of this half of a table are those of the year or of the middle term."""
    names = (one for one in columns.columns if one.part == part and one.role == "name")
    return next((one.scope for one in names), "annual")


@dataclass(slots=True)
class Sorted:
    """The lines of a table that are indicators, and the level labels with their heights among them."""

    kept: list[Line] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)  # of each line, kept or not
    marks1: list[Mark] = field(default_factory=list)
    marks2: list[Mark] = field(default_factory=list)
    order: list[tuple[str, str]] = field(default_factory=list)  # group and name of each label
    alone: bool = False  # some labels stand on a row of their own
    templates: list[Value] = field(default_factory=list)
    unplaced: list[Cell] = field(default_factory=list)
    heads: list[tuple[Cell, list[Cell]]] = field(default_factory=list)  # of groups, their weights


def _lines(table: Table, placed: Sequence[Placed], part: int, start: int) -> list[Line]:
    """The cells of these rows, which begin with row `start` of the table, by their roles."""
    roles = roles_of(table.columns, part)
    return [
        line_of(roles, one, part, once=table.dense and one.short, unsure=at in table.unsure)
        for at, one in enumerate(placed, start)
    ]


def _only_rows(table: Table, part: int, start: int) -> set[int]:
    """The rows, counted from `start`, of a recovered table that stand alone under a level label of their own.

    Empty where few rows have targets: they were not read.
    """
    targets = {at for at, one in enumerate(table.columns.columns) if one.role in TARGETS}
    whole = sum(bool(targets & set(line.cells)) for line in table.lines)
    if table.marks is None or table.centred or 2 * whole < len(table.lines):
        return set()
    tops = {math.ceil(mark.height) for mark in table.marked(part)[1]}
    ends = tops | {len(table.lines)}
    return {top - start for top in tops if top + 1 in ends}


def lean_of(cell: Cell) -> float:
    """How far below its row a centred label may stand: one of two lines stands where it is."""
    return 0.0 if cell.rest else LIMITS.lean


def _sort_lines(
    lines: Sequence[Line],
    repairs: list[Repair],
    *,
    loose: bool,
    leans: bool,
    only: Set[int] = frozenset(),
) -> Sorted:
    """Sort the lines; in a `loose` text, put together by guesses, a name without a target is none.

    But it is an indicator where it is the `only` one of its level: somebody left its target blank.
    """
    found = Sorted()
    grouped = heads_groups(lines)
    for number, line in enumerate(lines):
        row = len(found.kept)
        found.heights.append(row)
        alone = line.get("name") is None and line.get("target") is None
        _note_marks(found, line, row, alone=alone, leans=leans)
        if alone or _template(line, found, repairs):
            continue
        blank = line.get("target") is None and line.get("target_midterm") is None
        if grouped and blank and (head := group_head(line)) is not None:
            found.heads.append(head)
            continue
        if loose and blank and number not in only:
            found.unplaced.extend(line.cells.values())
            continue
        found.kept.append(line)
    return found


def _note_marks(found: Sorted, line: Line, row: int, *, alone: bool, leans: bool) -> None:
    """Note the level labels of a line with their heights."""
    for group, marks in (("level1", found.marks1), ("level2", found.marks2)):
        cell = line.get(group)
        if cell is not None:
            lean = lean_of(cell) if leans and not alone else 0.0
            marks.append(Mark(row - 0.5 if alone else row, cell, lean))
            found.order.append((group, labels.meaning(cell.text, group) or ""))
            found.alone |= alone


def _without_empty(
    marks: Sequence[Mark], rows: int, block: Block, repairs: list[Repair]
) -> list[Mark]:
    """The marks without the labels that stand alone right above another one: levels nobody filled."""
    kept: list[Mark] = []
    for at, mark in enumerate(marks):
        following = marks[at + 1].height if at + 1 < len(marks) else float(rows)
        alone = mark.height != int(mark.height)
        if alone and math.ceil(following) <= math.ceil(mark.height):
            block.empty.append(readings.words(mark.cell, repairs))
        else:
            kept.append(mark)
    return kept


def _moved(marks: Sequence[Mark], start: int, heights: Sequence[int]) -> list[Mark]:
    """The marks of a whole table among those of its lines that begin at `start` and were kept."""
    found: list[Mark] = []
    for mark in marks:
        line = math.ceil(mark.height) - start
        if 0 <= line < len(heights):
            found.append(replace(mark, height=heights[line] + mark.height - math.ceil(mark.height)))
    return found


def _template(line: Line, found: Sorted, repairs: list[Repair]) -> bool:
    """Rows that the template printed and nobody filled; noted with the levels over them."""
    name, target = line.get("name"), line.get("target")
    texts = [cell.text for cell in (name, target) if cell is not None]
    if not texts or not all(map(readings.is_template, texts)):
        return False
    cell, role = (name, "name") if name is not None else (target, "target")
    assert cell is not None
    over = [mark.cell.text for marks in (found.marks1, found.marks2) for mark in marks[-1:]]
    where = (*over, COLUMN_NAMES[role])
    found.templates.append(Value(where, role, readings.words(cell, repairs)))
    repairs.append(Repair(Kind.TEMPLATE, cell.span, ""))
    return True
