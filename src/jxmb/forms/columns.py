"""The columns of an indicator table: their roles, and the places they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from .. import deferred, labels, values
from ..deferred import dataclass
from ..labels import inexact, money
from ..tables import Cell, Row

LEVELS = ("level1", "level2")
TARGETS = frozenset({"target", "target_midterm"})
BOTH = deferred.re("[及和与、](?:指标|目标)?值$")  # a head of names and targets
THIRD = frozenset({"三级指标", "三级指标名称", "三级绩效指标", "三级目标"})


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
    """The columns of one table, in order; `roles` are their roles, each once."""

    columns: tuple[Column, ...]
    width: int
    inferred: bool = False  # the header row is missing
    roles: tuple[str, ...] = field(init=False, compare=False, repr=False)
    levels: tuple[int, ...] = field(init=False, compare=False, repr=False)  # their numbers

    def __post_init__(self) -> None:
        roles = tuple(dict.fromkeys([column.role for column in self.columns]))
        object.__setattr__(self, "roles", roles)
        levels = [at for at, column in enumerate(self.columns) if column.role in LEVELS]
        object.__setattr__(self, "levels", tuple(levels))

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

    @property
    def key(self) -> int | None:
        """The number of the column that names the projects, or the offices, whose data the table holds."""
        roles = [column.role for column in self.columns]
        if "project_name" in roles:
            return roles.index("project_name")
        if not PROJECT_DATA.issubset(roles):
            return None
        return next((at for at, role in enumerate(roles) if role in OFFICES), None)

    def doubled(self) -> Columns:
        """Those of two halves whose equal heads are printed once: name and target come again, without places of their own."""
        more = [replace(one, start=self.width, end=self.width) for one in self.columns[-2:]]
        return Columns(tuple(halves([*self.columns, *more])), self.width + len(more))

    def without_heads(self, row: Row) -> Row:
        """The row without the heads that stand in it: a tool filled its blank cells from above."""
        heads = {one.start: one.header for one in self.columns if one.role != "margin"}
        kept = [cell for cell in row.filled if heads.get(cell.column) != cell.text]
        if len(kept) == len(row.filled):
            return row
        own = [cell for cell in kept if cell.column in heads]
        if not own:
            return row
        if any(labels.meaning(cell.text, "column") for cell in own):
            return row
        cells = (cell if cell in kept else replace(cell, text="", rest=()) for cell in row.cells)
        return replace(row, cells=tuple(cells))


# Project data of a table of many projects may stand in its own column only.
FIELD_ROLES = frozenset(labels.FIELDS) - {"unit"} | {"total", "amount", "goal", "other_field"}
OFFICES = ("implementer", "department")
PROJECT_DATA = frozenset({"total", "goal"})


def declared_columns(row: Row) -> Columns:
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
    both = found[-1] if found and BOTH.search(labels.bare(found[-1].header)) else None
    if both is not None and both.role == "name":  # 三级指标及指标值
        found[-1] = replace(both, end=both.start + 1)
        end = max(both.end, both.start + 2)
        found.append(replace(both, role="target", start=both.start + 1, end=end, label=None))
    return Columns(
        tuple(halves(_with_name(_with_levels(by_depth(found))))), max(row.width, found[-1].end)
    )


def _with_levels(found: list[Column]) -> list[Column]:
    """The columns, the only one of levels as both where its head stands over two: 指标类别."""
    at = next((at for at, one in enumerate(found) if one.role in LEVELS), len(found))
    if at + 1 >= len(found) or found[at].role != "level2":
        return found
    one, behind = found[at], found[at + 1]
    if behind.start - one.start != 2 or behind.role in LEVELS:
        return found
    both = [
        replace(one, role=role, start=start, end=start + 1)
        for start, role in enumerate(LEVELS, one.start)
    ]
    return [*found[:at], *both, *found[at + 1 :]]


def _with_name(found: list[Column]) -> list[Column]:
    """The columns, one whose head nobody knows (指标) as that of the names where it stands between level and target."""
    roles = [one.role for one in found]
    if "name" in roles or "target" not in roles:
        return found
    levels = [at for at, role in enumerate(roles) if role in LEVELS]
    between = range(levels[-1] + 1, roles.index("target")) if levels else range(0)
    unknown = [at for at in between if roles[at] == "note" and not meanings(found[at].header)]
    if not unknown:
        return found
    found[unknown[0]] = replace(found[unknown[0]], role="name")
    return found


def by_depth(found: list[Column]) -> list[Column]:
    """The columns, those right before the name as the levels above it, where two may be either.

    指标类型 and 指标名称 before a 三级指标, 指标类别 and 指标子类 before a 指标名称.
    """
    third = next((at for at, one in enumerate(found) if labels.bare(one.header) in THIRD), 0)
    first = next((at for at, one in enumerate(found) if one.role == "name"), 0)
    for name, either in ((third, "name"), (first, "level2")):
        above = found[max(0, name - 2) : name]
        if [one.role for one in above] == ["level2", either]:
            levels = [replace(one, role=role) for one, role in zip(above, LEVELS, strict=True)]
            return [*found[: name - 2], *levels, *found[name:]]
    return found


def meanings(text: str) -> tuple[labels.Label, ...]:
    """What the head of a column may mean."""
    return labels.find(text) or money.find(text) or inexact.near(text)


def _header_role(text: str, before: Sequence[Column]) -> str:
    meant = {label.group: label.name for label in meanings(text)}
    if "column" in meant:
        if meant["column"] == "name" and "margin" in meant and not before:
            return "margin"
        return meant["column"]
    if "margin" in meant and not before:
        return "margin"
    if "field" in meant:
        return meant["field"]
    if "money" in meant:
        return "total" if meant["money"].startswith("total") else "amount"
    if "goal" in meant:
        return "goal" if meant["goal"] != "done" else "other_field"
    if "other" in meant:
        return "other_field"
    cut = inexact.column_head(text)
    return _header_role(text[cut:], before) if cut else "note"


def halves(found: Sequence[Column]) -> Iterable[Column]:
    """Number the halves of a two-sided table; the left one is the middle-term set."""
    names = [at for at, column in enumerate(found) if column.role == "name"]
    if len(names) < 2:
        yield from _natures(found)
        return
    if sum(column.role in TARGETS for column in found) < 2:  # 三级指标 … 指标值 … 指标内容
        for at, column in enumerate(found):
            yield replace(column, role="note") if at in names[1:] else column
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


def _natures(found: Sequence[Column]) -> Iterator[Column]:
    """The columns, a second 二级指标 behind the name of the indicator as its nature: 指标类型 means both."""
    roles: list[str] = []
    for column in found:
        again = column.role == "level2" and {"level2", "name"} <= set(roles)
        roles.append(column.role)
        yield replace(column, role="mark") if again else column


def default_columns(width: int) -> Columns:
    """The columns of a table whose header row is lost."""
    roles = ["margin", "level1", "level2", "name", "target"]
    columns = [Column(role, at, at + 1, "") for at, role in enumerate(roles)]
    return Columns(tuple(columns), max(width, len(roles)), inferred=True)


def signs_apart(columns: Columns, rows: Iterable[Mapping[int, Cell]]) -> Columns:
    """The columns, one of targets that holds nothing but signs as that of the signs: 指标值, beside 全年计划值."""
    roles = [column.role for column in columns.columns]
    at = [at for at, role in enumerate(roles) if role == "target"]
    at = (at if len(at) > 1 else []) + [at for at, role in enumerate(roles) if role == "note"]
    said = {number: [row[number].text for row in rows if number in row] for number in at}
    found = list(columns.columns)
    for number, texts in said.items():
        if texts and all(map(values.looks_like_sign, texts)):
            found[number] = replace(found[number], role="mark")
    return replace(columns, columns=tuple(found))


def with_targets(columns: Columns, rows: Sequence[Mapping[int, Cell]]) -> Columns:
    """The columns, where none is that of the targets the first behind the name that holds such: 优, 良, 差."""
    if "name" not in columns.roles or not TARGETS.isdisjoint(columns.roles):
        return columns
    for at in range(columns.roles.index("name") + 1, len(columns.columns)):
        said = [row[at].text for row in rows if at in row]
        told = sum(map(values.looks_like_target, said))
        if columns.columns[at].role == "note" and told > 1 and 2 * told > len(said):
            found = list(columns.columns)
            found[at] = replace(found[at], role="target")
            return replace(columns, columns=tuple(found))
    return columns


def named_levels(columns: Columns, rows: Iterable[Mapping[int, Cell]]) -> Columns:
    """The columns, the only one of levels as level 1 where its labels are no level 2: 产出指标, 效益指标.

    An office may have a label of its own among them (管理类指标).
    """
    at = [number for number, column in enumerate(columns.columns) if column.role == "level2"]
    if len(at) != 1 or "level1" in columns.roles:
        return columns
    said = [row[at[0]].text for row in rows if at[0] in row]
    groups = [{label.group for label in labels.find(text)} for text in said]
    if not any("level1" in one for one in groups) or {"level2"} in groups:
        return columns
    if all("level2" in one for one in groups):
        return columns
    found = list(columns.columns)
    found[at[0]] = replace(found[at[0]], role="level1")
    return replace(columns, columns=tuple(found))
