"""Which cell of a row is level 1, level 2, name, target, unit, weight …

One mechanism for every kind of table: a row's cells are matched in order to the roles of the table's columns
so that the sum of three kinds of evidence is greatest: the table's own columns, the vocabulary of labels, and
the shape of values. A row that keeps its columns needs no search; a row that slid, lost its merged cells or
has no columns at all is read by the other two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from . import labels, values
from .labels import inexact
from .tables import Cell, Row

UNPLACED = -4.0  # the price of leaving a cell without a role
SLIDE = -0.6  # the price of reading a row as slid
LEVELS = ("level1", "level2")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an indicator table: its role, the place it has, and its header as printed."""

    role: str
    start: int
    end: int
    header: str
    scope: str = "annual"
    part: int = 0  # 1 for the right half of a table with two target sets side by side
    label: Cell | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, in order."""

    columns: tuple[Column, ...]
    width: int
    inferred: bool = False  # the header row is missing

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, in order, each once."""
        return tuple(dict.fromkeys(column.role for column in self.columns))

    @property
    def plausible(self) -> bool:
        """Whether the levels stand before the name, as in every form."""
        roles = self.roles
        levels = [roles.index(level) for level in LEVELS if level in roles]
        return "name" not in roles or all(at < roles.index("name") for at in levels)

    @property
    def flat(self) -> bool:
        """Whether the table holds many projects, their names in a column."""
        return "project_name" in self.roles


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its cells by column number (in `Columns.columns`); `slid` where columns did not hold."""

    cells: dict[int, Cell]
    rest: tuple[Cell, ...]
    slid: bool
    score: float
    short: bool = False  # the row has fewer columns than the table


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text of a cell looks like, whatever column it stands in."""

    level1: bool
    level2: bool
    margin: bool
    target: bool
    number: bool
    unit: bool
    mark: bool
    long: bool
    full_label: bool  # ends in 指标: a label's word and no indicator's name


@lru_cache(maxsize=8192)
def shape(text: str) -> Shape:
    """The shape of a text."""
    meanings = labels.find(text) or inexact.near(text) or inexact.spilled(text)
    groups = {label.group for label in meanings}
    number = values.number(text) is not None
    return Shape(
        level1="level1" in groups,
        level2="level2" in groups,
        margin="margin" in groups,
        target=len(text) <= 40 and values.looks_like_target(text),
        number=number,
        unit=values.looks_like_unit(text),
        mark=values.looks_like_sign(text),
        long=len(text) > 40,
        full_label=bool(groups & {"level1", "level2"}) and labels.bare(text).endswith("指标"),
    )


def fit(look: Shape, role: str) -> float:
    """How well a text of this shape does in a role, from -8 to 4."""
    return _FITS.get(role, _fit_other)(look)


def _either(attribute: str, yes: float, no: float) -> Callable[[Shape], float]:
    """A fit that one trait of the shape decides."""
    return lambda look: yes if getattr(look, attribute) else no


def _fit_level1(look: Shape) -> float:
    if look.margin:
        return -8.0
    if look.level1:
        return 3.9 if look.level2 else 4.0  # 成本指标 alone on its row is a level 2
    return -5.0 if look.level2 or look.target or look.long else -3.0


def _fit_level2(look: Shape) -> float:
    if look.margin:
        return -8.0
    if look.level2:
        return 4.0
    return -5.0 if look.level1 or look.target or look.number or look.long else -2.5


def _fit_name(look: Shape) -> float:
    if look.margin or look.full_label:
        return -5.0
    if look.level1 or look.level2:
        return 0.0
    if look.number or look.unit or look.mark:
        return -3.0
    return -1.0 if look.target else 1.0


def _fit_target(look: Shape) -> float:
    if look.full_label or look.margin:
        return -6.0
    if look.target:
        return 2.0
    return -2.0 if look.mark else -0.3


def _fit_words(look: Shape) -> float:
    return -6.0 if look.full_label or look.margin else -0.5 if look.number else 0.0


def _fit_actual(look: Shape) -> float:
    return -6.0 if look.full_label or look.margin else 1.0 if look.target else -0.5


def _fit_field(look: Shape) -> float:
    return -6.0 if look.full_label or look.mark or look.unit else -2.5 if look.target else 0.0


def _fit_other(look: Shape) -> float:
    return -6.0 if look.full_label else 0.0


_FITS = {
    "margin": _either("margin", 4.0, -8.0),
    "level1": _fit_level1,
    "level2": _fit_level2,
    "name": _fit_name,
    "target": _fit_target,
    "target_midterm": _fit_target,
    "mark": _either("mark", 4.0, -6.0),
    "unit": _either("unit", 3.0, -4.0),
    "weight": _either("number", 2.0, -5.0),
    "score": _either("number", 2.0, -5.0),
    "actual": _fit_actual,
    "note": _fit_words,
    "reason": _fit_words,
    "total": _either("number", 2.0, -3.0),
}
# Project data of a table of many projects may stand in its own column only.
FIELD_ROLES = frozenset(labels.FIELDS) - {"unit"} | {"total", "goal", "other_field"}
_FITS |= dict.fromkeys(FIELD_ROLES - {"total", "goal"}, _fit_field)
MISSING = {"name": -1.5, "target": -1.2}


def header(row: Row) -> Columns:
    """The columns that a header row declares."""
    found: list[Column] = []
    for cell in row.cells:
        if not cell.text:
            continue
        last = found[-1] if found else None
        if last is not None and last.header == cell.text and last.end == cell.column:
            found[-1] = Column(
                last.role, last.start, cell.column + cell.width, last.header, label=last.label
            )
            continue
        role = _header_role(cell.text, found)
        found.append(Column(role, cell.column, cell.column + cell.width, cell.text, label=cell))
    width = max((cell.column + cell.width for cell in row.cells), default=0)
    return Columns(tuple(halves(found)), width)


def _header_role(text: str, before: Sequence[Column]) -> str:
    meanings = {label.group: label.name for label in labels.find(text) or inexact.near(text)}
    if "column" in meanings:
        if meanings["column"] == "name" and "margin" in meanings and not before:
            return "margin"
        return meanings["column"]
    if "margin" in meanings and not before:
        return "margin"
    if "field" in meanings:
        return meanings["field"]
    if "money" in meanings:
        return "total" if meanings["money"].startswith("total") else "other_field"
    if "goal" in meanings:
        return "goal" if meanings["goal"] != "done" else "other_field"
    if "other" in meanings:
        return "other_field"
    cut = inexact.column_head(text)
    return labels.meaning(text[cut:], "column") or "note" if cut else "note"


def halves(found: Sequence[Column]) -> Iterable[Column]:
    """Number the halves of a two-sided table; the left one is the middle-term set."""
    names = [at for at, column in enumerate(found) if column.role == "name"]
    if len(names) < 2:
        yield from found
        return
    split = next(
        (at for at in range(names[0] + 1, names[1] + 1) if found[at].role in (*LEVELS, "name")),
        names[1],
    )
    for at, column in enumerate(found):
        right = at >= split
        yield Column(
            column.role,
            column.start,
            column.end,
            column.header,
            "annual" if right or column.role in ("margin", "level1") else "midterm",
            int(right),
            column.label,
        )


def default(width: int) -> Columns:
    """The columns of a table whose header row is lost."""
    roles = ["margin", "level1", "level2", "name", "target"]
    columns = [Column(role, at, at + 1, "") for at, role in enumerate(roles)]
    return Columns(tuple(columns), max(width, len(roles)), inferred=True)


@dataclass(frozen=True, slots=True)
class Reader:
    """Places the rows of one table."""

    columns: Columns

    def place(self, row: Row) -> Placed:
        """The cells of a row by column."""
        cells = merged(row, self.columns)
        short = _width(row) < self.columns.width
        own = self._columns_hold(cells)
        if own is not None:
            return replace(own, short=short)
        best: Placed | None = None
        for slide in self._slides(row, cells):
            placed = self._match(cells, slide)
            if best is None or placed.score > best.score:
                best = placed
        assert best is not None
        return replace(best, short=short)

    def _columns_hold(self, cells: Sequence[Cell]) -> Placed | None:
        """Each cell stands in a column of its own that its shape agrees with: nothing to search."""
        placed: dict[int, Cell] = {}
        columns = self.columns.columns
        at = 0
        for cell in cells:
            while at < len(columns) and columns[at].end <= cell.column:
                at += 1
            if at == len(columns) or cell.column < columns[at].start or at in placed:
                return None
            if fit(shape(cell.text), columns[at].role) <= -2.0:
                return None
            placed[at] = cell
        roles = {columns[at].role for at in placed}
        if "name" in self.columns.roles and "name" not in roles and roles & {"target", "weight"}:
            return None
        return Placed(placed, (), slid=False, score=0.0)

    def _slides(self, row: Row, cells: Sequence[Cell]) -> list[int | None]:
        """How far the row may have moved: not at all, flush right, by one, by its labels, or anyhow."""
        width = _width(row)
        slides: list[int | None] = [0, self.columns.width - width, 1, -1]
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
            nxt = [best[0] + UNPLACED] + [0.0] * width
            step = [-1] * (width + 1)
            for at, column in enumerate(columns):
                skip = nxt[at] + MISSING.get(column.role, 0.0)
                drop = best[at + 1] + UNPLACED
                take = best[at] + fit(look, column.role) + _habit(cell, column, slide)
                value, choice = max((skip, 0), (take, 1), (drop, -1))
                nxt[at + 1], step[at + 1] = value, choice
            best = nxt
            steps.append(step)
        placed, rest = _trace(cells, steps, width)
        slid = any(not _inside(cell, columns[at]) for at, cell in placed.items())
        price = 0.0 if slide == 0 else SLIDE
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


def _width(row: Row) -> int:
    return max((cell.column + cell.width for cell in row.cells), default=0)


def _inside(cell: Cell, column: Column) -> bool:
    return column.start <= cell.column < column.end


def _habit(cell: Cell, column: Column, slide: int | None) -> float:
    """What the table's own columns say of a cell that slid by so many columns."""
    if slide is None:
        return -6.0 if column.role in FIELD_ROLES else 0.0
    start = cell.column + slide
    if column.start <= start < column.end:
        return 3.0
    if column.role in FIELD_ROLES:
        return -8.0
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


def _covers(last: Cell, cell: Cell, columns: Columns) -> bool:
    if last.column + last.width != cell.column:
        return False
    look = shape(cell.text)
    if look.full_label or look.margin or (columns.inferred and not look.number):
        return True
    return any(one.start <= last.column and cell.column < one.end for one in columns.columns)
