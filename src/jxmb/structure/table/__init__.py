"""The indicator table of a text that has come apart: its rows, and the heights of its level labels.

`heads` finds the row of column names. `decoding` makes the rows: of cells one after the other, or of a page from top
to bottom (`row_shapes`: how many lines each cell of a row has).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import field, replace
from itertools import chain, pairwise
from math import ceil, floor

from ... import labels
from ...deferred import dataclass
from ...forms.columns import FIELD_ROLES, Columns
from ...forms.levels import Mark, order_is_centred, spread
from ...model.readings import PREFIX
from ...tables import Cell
from ...values import looks_like_target
from ..continuation import signed
from ..fragments import Fragment, Gap, together
from ..grid import levels
from ..result import Rows
from . import decoding, heads
from .lanes import LEVEL_ROLES, Lane, Step

SATISFACTION = "满意度指标"  # says nothing of how level 2 is written
COSTS = ("经济成本指标", "社会成本指标", "生态环境成本指标")


@dataclass(frozen=True, slots=True)
class Limits:
    """What the lines of a table say of the way in which it is to be read."""

    lined: float = 0.3  # of the words behind another on their line: lines hold several cells
    name: int = 2  # code points of one, at least


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Level:
    """A level label: before which of the other words it stands, and whether it is level1 or level2."""

    at: int
    word: Fragment
    group: str


@dataclass(slots=True)
class Sorted:
    """The words of a table: those of its rows, and the level labels among them."""

    texts: list[Fragment] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    after_label: list[bool] = field(default_factory=list)

    @property
    def centred(self) -> bool:
        """Whether the level labels stand beside the middles of their blocks."""
        return order_is_centred(
            [(level.group, level.word.name(level.group) or "") for level in self.levels]
        )


IN_SEQUENCE, ON_PAGE = "in sequence", "on the page"


def rivals(
    columns: Columns, lanes: Sequence[Lane], body: Sequence[Fragment]
) -> Iterator[tuple[str, Rows]]:
    """The ways to read the rows of the table with these columns: one cell after the other, and as the page shows them.

    Labels beside the middles of their blocks tell a text that was read line by line; else that way is tried where
    the other one leaves rows by halves.
    """
    body = _named(body, lanes)
    if "mark" not in columns.roles:
        body = list(signed(body))
    found = _sort(body)
    if found.centred:
        yield ON_PAGE, visual(columns, lanes, body)
        return
    rows = _ordered(columns, lanes, found)
    yield IN_SEQUENCE, rows
    beside = sum(Gap.NONE < word.gap < Gap.LINE for word in found.texts)
    if beside >= LIMITS.lined * len(found.texts) and rows.worth < 1:
        yield ON_PAGE, visual(columns, lanes, body)


def _named(words: Sequence[Fragment], lanes: Sequence[Lane]) -> list[Fragment]:
    """The words, level labels in the column of names as names where another label stands beside them."""
    if not any(lane.bounds for lane in lanes):
        return list(words)
    own = [max(lanes, key=lambda one: one.place(word)).column.role for word in words]
    over = [word for word, role in zip(words, own, strict=True) if role == "level2"]
    beside = {line for word in over if word.name(*LEVEL_ROLES) for line in _lines(word)}
    return [
        replace(word, meanings=())
        if role == "name" and word.name(*LEVEL_ROLES) and not beside.isdisjoint(_lines(word))
        else word
        for word, role in zip(words, own, strict=True)
    ]


def _lines(word: Fragment) -> tuple[int, int]:
    """The lines on which a word stands, or between which."""
    return floor(word.height), ceil(word.height)


def visual(columns: Columns, lanes: Sequence[Lane], body: Sequence[Fragment]) -> Rows:
    """The rows of a text that shows the lines of a page from top to bottom."""
    found = _sort(body)
    neighbours = sum(one.line == two.line for one, two in pairwise(found.texts))
    lined = neighbours >= LIMITS.lined * len(found.texts)
    orders = _orders(columns, lanes)
    options = [cells for _, cells in orders]
    best, reading = decoding.read(options, found.texts, lined=lined, beside=columns.flat)
    rows = Rows(orders[best][0], centred=found.centred)
    if columns.flat:
        reading = _sure(rows, found.texts, reading)
    row_of = _fill(rows, found.texts, reading)
    divided = any(column.part for column in columns.columns)
    if rows.cells and any(lane.bounds for lane in lanes) and not (columns.flat or divided):
        _mark_by_cover(rows, found)
    else:
        _mark_by_lines(rows, found, row_of)
    if columns.flat:
        _print_level1(rows)
    _drop_tail(rows)
    return rows


def is_centred(body: Sequence[Fragment]) -> bool:
    """Whether the level labels among these words stand beside the middles of their blocks."""
    return _sort(body).centred


def _print_level1(rows: Rows) -> None:
    """Put level 1 on the first row of its block, where it alone tells a project from the next."""
    number = next((at for at, one in enumerate(rows.columns.columns) if one.role == "level1"), -1)
    above: Mark | None = None
    for row, mark in zip(rows.cells, spread(rows.marks1, len(rows.cells)).marks, strict=True):
        if mark is not None and mark is not above and number >= 0:
            row[number] = mark.cell
        above = mark


def _sure(rows: Rows, texts: Sequence[Fragment], reading: decoding.Reading) -> decoding.Reading:
    """The reading without rows that words of other columns may have made: only a value tells a row there."""
    weighed = "weight" in rows.columns.roles
    steps = list(reading.steps)
    starts = [at for at, step in enumerate(steps) if step is None or step.opens]
    for start, end in pairwise([*starts, len(steps)]):
        row: dict[str, str] = {}
        for word, step in zip(texts[start:end], steps[start:end], strict=True):
            if step is not None:
                role = rows.columns.columns[step.column].role
                row[role] = row.get(role, "") + word.text
        valued = looks_like_target(row.get("target", "")) or "mark" in row
        named = len(row.get("name", "")) >= LIMITS.name
        if not (valued and named and ("weight" in row or not weighed)):
            steps[start:end] = [None] * (end - start)
    return replace(reading, steps=steps)


def _ordered(columns: Columns, lanes: Sequence[Lane], found: Sorted) -> Rows:
    """The rows of a text in which the cells of a row follow each other."""
    orders = _orders(columns, lanes)
    data = [lane for lane in lanes if lane.column.role in FIELD_ROLES]
    options = [cells for _, cells in orders]
    best, reading = decoding.read(options, found.texts, after_label=found.after_label)
    rows = Rows(orders[best][0], centred=found.centred)
    if data:
        reading = _sure(rows, found.texts, reading)
    row_of = _fill(rows, found.texts, reading)
    _mark(rows, found, reading.steps, row_of)
    if data:
        _give_data(rows, found, row_of, data)
    _drop_tail(rows)
    return rows


def _give_data(rows: Rows, found: Sorted, row_of: Sequence[int], lanes: Sequence[Lane]) -> None:
    """Give each project of a table of many the words before its first row."""
    used: set[int] = set()
    # The tree may begin again with the label that it ended with: words that no row took stand before it then.
    under = {ceil(mark.height) for mark in rows.marks1}
    loose = {row for at, row in enumerate(row_of) if at and row_of[at - 1] < 0}
    for start in sorted({*_projects(rows), *(under & loose)}):
        end = first = row_of.index(start)
        while first and row_of[first - 1] < 0:
            first -= 1
        words = found.texts[first:end]
        begins = [at == 0 for at in range(len(words))]
        _, reading = decoding.read([lanes], words, after_label=begins, single=True)
        cells: dict[int, list[Cell]] = {}
        for word, step in zip(words, reading.steps, strict=True):
            if step is not None:
                cells.setdefault(step.column, []).append(word.cell)
                used.add(id(word.cell))
        given = {at: together(parts) for at, parts in cells.items()}
        rows.cells[start] = dict(sorted((rows.cells[start] | given).items()))
    rows.strays = [cell for cell in rows.strays if id(cell) not in used]


def _projects(rows: Rows) -> list[int]:
    """The number of the first row of each project: where the tree of level 1 begins again."""
    starts: list[int] = [0] if rows.cells else []
    seen: list[str] = []
    for row, mark in enumerate(spread(rows.marks1, len(rows.cells)).marks):
        name = labels.meaning(mark.cell.text, "level1") if mark is not None else None
        if name is None or name in seen[-1:]:
            continue
        if name in seen:
            starts.append(row)
            seen = []
        seen.append(name)
    return starts


def _orders(columns: Columns, lanes: Sequence[Lane]) -> list[tuple[Columns, list[Lane]]]:
    """The orders that the columns may have, with the lanes of the cells of a row: levels and data stand beside rows."""
    return [
        (order, [lane for lane in option if lane.column.role not in LEVEL_ROLES | FIELD_ROLES])
        for order, option in heads.orders(columns, lanes)
    ]


def _sort(body: Sequence[Fragment]) -> Sorted:
    """Part the level labels from the words of the rows."""
    found = Sorted()
    full = {
        name
        for word in body
        if labels.in_full(word.text) and labels.bare(word.text) != SATISFACTION
        for name in (word.name("level1"), word.name("level2"))
    }
    tree2021 = any(word.name("level2") in COSTS for word in body)
    pending = False
    for word in body:
        group = group_of(word, found.levels, full, tree2021=tree2021)
        if group is not None:
            found.levels.append(Level(len(found.texts), word, group))
            pending = True
        elif word.name("column") not in ("level1", "level2"):
            found.texts.append(word)
            found.after_label.append(pending)
            pending = False
    return found


def group_of(
    word: Fragment, before: Sequence[Level], full: Set[str | None] = frozenset(), *, tree2021: bool
) -> str | None:
    """Whether a word is a level label here: level1, level2 or neither (an indicator's name)."""
    if not word.meanings:
        return None
    one, two = word.name("level1"), word.name("level2")
    if one is None and two is None:
        return None
    if not labels.in_full(word.text) and full & {one, two} - {None}:
        return None  # the table writes this level in full: it is part of a name (…数量)
    if one is None or two is None:
        return "level1" if two is None else "level2"
    if one == "成本指标":
        return "level1" if tree2021 else "level2"
    seen = any(level.group == "level1" and level.word.name("level1") == one for level in before)
    return "level2" if seen or len(labels.bare(word.text)) != len(SATISFACTION) else "level1"


def _fill(rows: Rows, texts: Sequence[Fragment], reading: decoding.Reading) -> list[int]:
    """Put the words into rows; the row of each word, -1 for one that belongs to none."""
    found: list[dict[int, list[Fragment]]] = []
    row_of: list[int] = []
    for word, step in zip(texts, reading.steps, strict=True):
        if step is None:
            rows.strays.append(word.cell)
            row_of.append(-1)
            continue
        if step.opens or not found:
            found.append({})
        found[-1].setdefault(step.column, []).append(word)
        row_of.append(len(found) - 1)
    for row in found:
        ordered = {
            at: decoding.in_order(words, reading.widths.get(at, 0))
            for at, words in sorted(row.items())
        }
        rows.cells.append(
            {at: together([word.cell for word in words]) for at, words in ordered.items()}
        )
    return row_of


def _mark(rows: Rows, found: Sorted, steps: Sequence[Step | None], row_of: Sequence[int]) -> None:
    """The heights of the level labels among the rows."""
    for level in found.levels:
        part = 0
        height = len(rows.cells) - 0.5
        step = steps[level.at] if level.at < len(found.texts) else None
        if step is not None:
            row = row_of[level.at]
            beside = not step.opens or found.texts[level.at].line == level.word.line
            height = float(row) if beside else row - 0.5
            part = rows.columns.columns[step.column].part
        _add_mark(rows, level, part, height)


def _mark_by_lines(rows: Rows, found: Sorted, row_of: Sequence[int]) -> None:
    """The heights of level labels by the lines on which they and the rows stand."""
    lines: list[list[int]] = [[] for _ in rows.cells]
    for word, row in zip(found.texts, row_of, strict=True):
        if row >= 0:
            lines[row].append(word.line)
    reach = [(min(one), max(one)) for one in lines]
    two_sided = any(column.part for column in rows.columns.columns)
    seen: Counter[str | None] = Counter()
    heights = decoding.heights(reach, [level.word.height for level in found.levels])
    for level, height in zip(found.levels, heights, strict=True):
        name = level.word.name(level.group)
        # In a table of two halves each label comes twice, the left one first.
        part = seen[name] % 2 if two_sided and level.group == "level2" else 0
        seen[name] += 1
        _add_mark(rows, level, part, height)


def _mark_by_cover(rows: Rows, found: Sorted) -> None:
    """The heights of level labels by the rows that they cover on the page."""
    groups = [[one for one in found.levels if one.group == group] for group in ("level2", "level1")]
    over = levels.covered(rows.cells, [[level.word.cell for level in own] for own in groups])
    for level, (start, end) in zip(chain(*groups), chain(*over.runs), strict=True):
        _add_mark(rows, level, 0, float(start) if over.top else (start + end - 1) / 2)
    rows.centred, rows.unsure = not over.top, over.unsure


def _add_mark(rows: Rows, level: Level, part: int, height: float) -> None:
    marks = rows.marks1 if level.group == "level1" else rows.marks2.setdefault(part, [])
    marks.append(Mark(height, level.word.cell))


def _drop_tail(rows: Rows) -> None:
    """Lines behind the last row that has a target are no indicators: the foot of a page or site.

    But a row under a level label of its own is one whose target was left blank.
    """
    names = {at for at, column in enumerate(rows.columns.columns) if column.role == "name"}
    labelled = {ceil(mark.height) for mark in rows.marks}
    while rows.cells:
        last, at = rows.cells[-1], len(rows.cells) - 1
        blank = set(last) <= names and not (last and at in labelled)
        if not blank and not _is_footer(last, names):
            return
        rows.strays.extend(rows.cells.pop().values())


def _is_footer(row: dict[int, Cell], names: set[int]) -> bool:
    texts = (PREFIX.sub("", cell.text, count=1) for at, cell in row.items() if at in names)
    return any("：" in text for text in texts)
