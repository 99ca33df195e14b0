"""The indicator table of a text that has come apart: its rows, and the heights of its level labels.

`heads` finds the row of column names. The rows are read in one of two ways: `in_sequence` (one cell after the other),
or `on_page` (the page from top to bottom; `row_shapes`: how many lines each cell of a row has, `columns`: what
their places tell). Where a table is `regular` neither has anything to weigh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import field, replace
from itertools import pairwise
from math import ceil

from ... import labels
from ...forms.columns import FIELD_ROLES, Columns
from ...forms.levels import Mark, order_is_centred, spread
from ...light import dataclass
from ...model.readings import PREFIX
from ...tables import Cell
from ...values import looks_like_target
from ..continuation import signed
from ..fragments import Fragment, Gap, together
from ..result import Rows
from . import heads, on_page, regular
from .columns import aside, given, named, projects, straight, unbroken, with_own_levels
from .in_sequence import LEVEL_ROLES, MOST_WORDS, Decoder, Lane, Step

COSTS = ("经济成本指标", "社会成本指标", "生态环境成本指标")
FEW_LINES = 0.05  # a word, up to which the line ends say nothing
LEAST_NAME = 2  # code points
CLEAR = 1.2  # the worth of a reading per word from which on no other order of the columns is tried
REORDERED = 0.15  # by which columns in another order than their heads must be better, a word
FEWEST = 4  # names that tell so
MANY = 0.3  # of them
SHRED = 2  # code points of a name that can hardly be whole
LINED = 0.3  # the share of words that stand behind another on their line


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

    Labels beside the middles of their blocks, or places, tell a text that was read line by line; else that
    way is tried where the other one leaves rows by halves.
    """
    body = with_own_levels(named(unbroken(straight(body, lanes), lanes), lanes), lanes)
    if "mark" not in columns.roles:
        body = list(signed(body))
    found = _sort(body)
    lines = len({word.line for word in found.texts})
    if lines <= 1 + FEW_LINES * len(found.texts) or len(found.texts) > MOST_WORDS:
        yield IN_SEQUENCE, _ordered(columns, lanes, found, one_line=True)
        return
    if found.centred or _keep_places(lanes):
        yield ON_PAGE, visual(columns, lanes, body)
        return
    rows = _ordered(columns, lanes, found)
    yield IN_SEQUENCE, rows
    beside = sum(Gap.NONE < word.gap < Gap.LINE for word in found.texts)
    if beside >= LINED * len(found.texts) and rows.worth < 1:
        yield ON_PAGE, visual(columns, lanes, body)


def whole(rows: Rows) -> Rows:
    """The rows, all of them as strays where the names are mere shreds."""
    if not in_shreds(rows):
        return rows
    cells = [cell for row in rows.cells for cell in row.values()]
    return Rows(rows.columns, strays=[*rows.strays, *cells, *(mark.cell for mark in rows.marks)])


def visual(columns: Columns, lanes: Sequence[Lane], body: Sequence[Fragment]) -> Rows:
    """The rows of a text that shows the lines of a page from top to bottom."""
    kept, taken = aside(body, lanes)
    found = _sort(kept)
    neighbours = sum(one.line == two.line for one, two in pairwise(found.texts))
    lined = neighbours >= LINED * len(found.texts)
    orders = [
        (order, [lane for lane in lanes if lane.column.role not in LEVEL_ROLES | FIELD_ROLES])
        for order, lanes in heads.orders(columns, lanes)
    ]
    beside = columns.flat and not taken
    options = [cells for _, cells in orders]
    plain = None if columns.flat else regular.steps(options[0], found.texts, found.after_label)
    best, reading = (
        (0, on_page.Reading(list(plain), 0.0, {}))
        if plain
        else on_page.read(options, found.texts, lined=lined, beside=beside)
    )
    rows = Rows(orders[best][0], centred=found.centred)
    if beside:
        reading = _sure(rows, found.texts, reading)
    row_of = _fill(rows, found.texts, reading)
    placed = _keep_places(lanes)
    _mark_by_lines(rows, found, row_of, placed=placed)
    if placed:
        rows.centred = rows.centred or any(mark.height % 1 for mark in rows.marks2.get(0, []))
    if columns.flat:
        _part_projects(rows, found, row_of, taken)
    _drop_tail(rows)
    return rows


def _keep_places(lanes: Sequence[Lane]) -> bool:
    """Whether the heads of the columns keep their places on the page."""
    return any(lane.bounds for lane in lanes)


def is_centred(body: Sequence[Fragment]) -> bool:
    """Whether the level labels among these words stand beside the middles of their blocks."""
    return _sort(body).centred


def in_shreds(rows: Rows) -> bool:
    """Whether the columns of a table are so narrow that its names are mere shreds."""
    names = {at for at, column in enumerate(rows.columns.columns) if column.role == "name"}
    sizes = [
        len("".join(cell.text.split()))
        for row in rows.cells
        for at, cell in row.items()
        if at in names
    ]
    return len(sizes) >= FEWEST and sum(size <= SHRED for size in sizes) >= MANY * len(sizes)


def _print_level1(rows: Rows) -> None:
    """Put level 1 on the first row of its block, where it alone tells a project from the next."""
    number = next((at for at, one in enumerate(rows.columns.columns) if one.role == "level1"), -1)
    above: Mark | None = None
    for row, mark in zip(rows.cells, spread(rows.marks1, len(rows.cells)).marks, strict=True):
        if mark is not None and mark is not above and number >= 0:
            row[number] = mark.cell
        above = mark


def _sure(rows: Rows, texts: Sequence[Fragment], reading: on_page.Reading) -> on_page.Reading:
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
        named = len(row.get("name", "")) >= LEAST_NAME
        if not (valued and named and ("weight" in row or not weighed)):
            steps[start:end] = [None] * (end - start)
    return replace(reading, steps=steps)


def _ordered(
    columns: Columns, lanes: Sequence[Lane], found: Sorted, *, one_line: bool = False
) -> Rows:
    """The rows of a text in which the cells of a row follow each other."""
    plain = regular.steps(_cells(lanes), found.texts, found.after_label)
    order, steps = (columns, plain) if plain else _decoded(columns, lanes, found, one_line=one_line)
    rows = Rows(order, centred=found.centred)
    if not steps:
        rows.strays.extend(word.cell for word in found.texts)
        return rows
    reading = on_page.Reading(list(steps), 0.0, {})
    _mark(rows, found, reading.steps, _fill(rows, found.texts, reading))
    _drop_tail(rows)
    return rows


def _decoded(
    columns: Columns, lanes: Sequence[Lane], found: Sorted, *, one_line: bool
) -> tuple[Columns, list[Step]]:
    """The order of the columns that explains the words best, and the step of each word."""
    best: tuple[float, Columns, Decoder, list[Step]] | None = None
    for order, option in heads.orders(columns, lanes):
        decoder = Decoder(_cells(option), found.after_label, one_line)
        steps, worth = decoder.decode(found.texts)
        if best is None or worth > best[0] + REORDERED:
            best = worth, order, decoder, steps
        if best[0] > CLEAR:
            break
    assert best is not None
    worth, order, decoder, steps = best
    return order, decoder.refine(steps, worth)[0]


def _cells(lanes: Sequence[Lane]) -> list[Lane]:
    """The lanes of the cells of a row: level labels stand beside rows."""
    return [lane for lane in lanes if lane.column.role not in LEVEL_ROLES]


def _part_projects(
    rows: Rows, found: Sorted, row_of: Sequence[int], taken: dict[int, list[Fragment]]
) -> None:
    """Give each project of a table of many its data, on its first row."""
    names = [labels.meaning(mark.cell.text, "level1") or "" for mark in rows.marks1]
    starts = projects(rows.marks1, names, len(rows.cells))
    if not taken:
        _print_level1(rows)
    tops = [
        min(word.line for word, row in zip(found.texts, row_of, strict=True) if row == start)
        for start in starts
    ]
    if not starts:
        rows.strays.extend(word.cell for words in taken.values() for word in words)
        return
    cells_of, again = given(taken, starts, tops)
    rows.strays.extend(again)
    for row, cells in cells_of.items():
        rows.cells[row] = dict(sorted((rows.cells[row] | cells).items()))


def _sort(body: Sequence[Fragment]) -> Sorted:
    """Part the level labels from the words of the rows."""
    found = Sorted()
    full = {
        name
        for word in body
        if labels.in_full(word.text)
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
    return "level2" if seen or len(labels.bare(word.text)) != len("满意度指标") else "level1"


def _fill(rows: Rows, texts: Sequence[Fragment], reading: on_page.Reading) -> list[int]:
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
            at: on_page.in_order(words, reading.widths.get(at, 0))
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


def _mark_by_lines(rows: Rows, found: Sorted, row_of: Sequence[int], *, placed: bool) -> None:
    """The heights of level labels by the lines on which they and the rows stand."""
    lines: list[list[int]] = [[] for _ in rows.cells]
    for word, row in zip(found.texts, row_of, strict=True):
        if row >= 0:
            lines[row].append(word.line)
    reach = [(min(one), max(one)) for one in lines]
    two_sided = any(column.part for column in rows.columns.columns)
    seen: Counter[str | None] = Counter()
    levels = [level.word.height for level in found.levels]
    heights = on_page.heights(reach, levels, placed=placed)
    for level, height in zip(found.levels, heights, strict=True):
        name = level.word.name(level.group)
        # In a table of two halves each label comes twice, the left one first.
        part = seen[name] % 2 if two_sided and level.group == "level2" else 0
        seen[name] += 1
        _add_mark(rows, level, part, height)


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
