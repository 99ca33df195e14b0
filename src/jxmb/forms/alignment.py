"""Which cell of a row stands in which column.

A row's cells are matched in order to the columns so that the sum of three kinds of evidence is greatest: the
table's own columns, the vocabulary of labels, and the shape of values. A row that keeps its columns needs no
search; a row that slid, lost its merged cells or has no columns at all is read by the other two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..deferred import dataclass
from ..tables import GRID, Cell, Row
from .columns import FIELD_ROLES, LEVELS, Column, Columns
from .shapes import WORTH, fit, holds, shape


@dataclass(frozen=True, slots=True)
class Prices:
    """What speaks for and against a way to place the cells of a row, on the scale of `shapes.WORTH`."""

    unplaced: float = -4.0  # a cell without a role
    nameless: float = -1.5  # a row without a name
    aimless: float = -1.2  # one without a target
    slid: float = -0.6  # a row that slid
    own: float = 3.0  # a cell in the column of the table that it stands in


PRICES = Prices()


@dataclass(slots=True)
class Placed:
    """A row with its cells by column number (in `Columns.columns`); `slid` where columns did not hold."""

    cells: dict[int, Cell]
    rest: tuple[Cell, ...]
    slid: bool
    score: float
    short: bool = False  # the row has fewer columns than the table


MISSING = {"name": PRICES.nameless, "target": PRICES.aimless}


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places the rows of one table.

    In a `tiered` one labels of level 1 stand below others (实施效果指标 over 产出指标), in the column of level 2.
    """

    columns: Columns
    tiered: bool = False

    def place(self, row: Row) -> Placed:
        """The cells of a row by column; those of a grid stand where they are, below its own heads."""
        if row.dialect == GRID and not self.columns.inferred:
            return Placed({c.column: c for c in row.filled}, (), slid=False, score=0.0)
        cells = merged(row, self.columns)
        short = row.width < self.columns.width
        own = self._columns_hold(cells, short=short)
        if own is not None:
            return own
        best: Placed | None = None
        for slide in self._slides(row, cells):
            placed = self._match(cells, slide)
            if best is None or placed.score > best.score:
                best = placed
        assert best is not None
        return replace(best, short=short)

    def has_tiers(self, placed: Placed) -> bool:
        """Whether a row has a label of level 1, and in the column of level 2 another that is none of level 2."""
        found = [placed.cells[at].text for at in self.columns.levels if at in placed.cells]
        if len(found) < len(LEVELS):
            return False
        one, two = map(shape, found[: len(LEVELS)])
        return one.level1 and two.level1 and not two.level2

    def _columns_hold(self, cells: Sequence[Cell], *, short: bool) -> Placed | None:
        """Each cell stands in a column of its own that its shape agrees with: nothing to search."""
        placed: dict[int, Cell] = {}
        columns = self.columns.columns
        at = 0
        for cell in cells:
            while at < len(columns) and columns[at].end <= cell.column:
                at += 1
            if at == len(columns) or cell.column < columns[at].start or at in placed:
                return None
            placed[at] = cell
        self._exchange(placed)
        for at, cell in placed.items():
            above, look, role = placed.get(at - 1), shape(cell.text), columns[at].role
            if holds(look, role) or (self.tiered and role == "level2" and look.level1):
                continue
            if above is None or not _is_named_as_level(cell, columns[at], above):
                return None
        roles = {columns[at].role for at in placed}
        if "name" in self.columns.roles and "name" not in roles and roles & {"target", "weight"}:
            return None
        return Placed(placed, (), slid=False, score=0.0, short=short)

    def _exchange(self, placed: dict[int, Cell]) -> None:
        """Put a sign in the column of units and the unit in that of signs each into the other's place."""
        if not {"mark", "unit"}.issubset(self.columns.roles):
            return
        by_role = {self.columns.columns[at].role: at for at in placed}
        sign, unit = by_role.get("unit"), by_role.get("mark")
        if sign is None or unit is None:
            return
        if shape(placed[sign].text).mark and shape(placed[unit].text).unit:
            placed[sign], placed[unit] = placed[unit], placed[sign]

    def _slides(self, row: Row, cells: Sequence[Cell]) -> list[int | None]:
        """How far the row may have moved: not at all, flush right, by one, by its name or labels, or anyhow."""
        width = row.width
        slides: list[int | None] = [0, self.columns.width - width, 1, -1]
        slides += [
            one.start - cells[0].column for one in self.columns.columns if one.role == "name"
        ]
        for cell in cells:
            look = shape(cell.text)
            for column in self.columns.columns:
                if (column.role == "level2" and look.level2) or (
                    column.role == "level1" and look.level1
                ):
                    slides.append(column.start - cell.column)
        slides.append(None)
        return list(dict.fromkeys(slides))

    def _match(self, cells: Sequence[Cell], slide: int | None) -> Placed:
        """The best increasing assignment of cells to columns (dynamic programming over both)."""
        columns = self.columns.columns
        width = len(columns)
        best = [0.0] * (width + 1)
        for at, column in enumerate(columns):
            best[at + 1] = best[at] + MISSING.get(column.role, 0.0)
        steps: list[list[int]] = []
        for cell in cells:
            look = shape(cell.text)
            nxt = [best[0] + PRICES.unplaced] + [0.0] * width
            step = [-1] * (width + 1)
            for at, column in enumerate(columns):
                skip = nxt[at] + MISSING.get(column.role, 0.0)
                drop = best[at + 1] + PRICES.unplaced
                take = best[at] + fit(look, column.role) + _habit(cell, column, slide)
                value, choice = max((skip, 0), (take, 1), (drop, -1))
                nxt[at + 1], step[at + 1] = value, choice
            best = nxt
            steps.append(step)
        placed, rest = _trace(cells, steps, width)
        slid = any(not _inside(cell, columns[at]) for at, cell in placed.items())
        price = 0.0 if slide == 0 else PRICES.slid
        return Placed(placed, rest, slid, best[width] + price)


def _trace(
    cells: Sequence[Cell], steps: Sequence[Sequence[int]], width: int
) -> tuple[dict[int, Cell], tuple[Cell, ...]]:
    placed: dict[int, Cell] = {}
    rest: list[Cell] = []
    at = width
    for cell, step in zip(reversed(cells), reversed(steps), strict=True):
        while at > 0 and step[at] == 0:
            at -= 1
        if at > 0 and step[at] == 1:
            at -= 1
            placed[at] = cell
        else:
            rest.append(cell)
    return dict(sorted(placed.items())), tuple(reversed(rest))


def _inside(cell: Cell, column: Column) -> bool:
    return column.start <= cell.column < column.end


def _habit(cell: Cell, column: Column, slide: int | None) -> float:
    """What the table's own columns say of a cell that slid by so many columns."""
    if slide is None:
        return WORTH.never if column.role in FIELD_ROLES else 0.0
    start = cell.column + slide
    if column.start <= start < column.end:
        return PRICES.own
    if column.role in FIELD_ROLES:
        return WORTH.never
    distance = column.start - start if start < column.start else start - column.end + 1
    return 1.0 - distance


def merged(row: Row, columns: Columns) -> list[Cell]:
    """The filled cells of a row; a cell that is printed again in the columns it covers counts once."""
    found: list[Cell] = []
    for cell in row.cells:
        if not cell.text:
            continue
        last = found[-1] if found else None
        if last is None or last.text != cell.text or not _covers(last, cell, columns):
            found.append(cell)
            continue
        width = cell.column + cell.width - last.column
        found[-1] = Cell(last.span, last.text, last.column, width, last.rest, last.carried)
    return found


def _is_named_as_level(cell: Cell, column: Column, level: Cell) -> bool:
    """Whether a cell names an indicator that is called as the level 2 beside it: 服务对象满意度指标."""
    return (
        column.role == "name"
        and cell.column == column.start
        and level.column + level.width == cell.column
        and shape(level.text).level2
    )


def _covers(last: Cell, cell: Cell, columns: Columns) -> bool:
    if last.column + last.width != cell.column:
        return False
    if not columns.inferred and any(_is_named_as_level(cell, one, last) for one in columns.columns):
        return False
    look = shape(cell.text)
    if look.full_label or look.margin or (columns.inferred and not look.number):
        return True
    return any(one.start <= last.column and cell.column < one.end for one in columns.columns)
