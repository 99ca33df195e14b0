"""The projects of a table that holds many of them: which rows are whose, and what their columns say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from decimal import Decimal
from itertools import accumulate
from typing import TypeVar

from .. import labels, values
from ..deferred import dataclass
from ..forms.alignment import Placed
from ..forms.columns import FIELD_ROLES, OFFICES, Column, Columns, meanings
from ..forms.entries import Entry
from ..labels import Label
from ..source import Span
from ..tables import Cell
from .table import Table

T = TypeVar("T")

GROUPS = ("field", "money", "goal", "other")
TOTAL = Label("money", "total")
IMPLEMENTER = Label("field", "implementer")


@dataclass(slots=True)
class ProjectRows:
    """The rows of one project; `standing` are the offices of the rows above, whose cells reach down to it."""

    lines: list[Placed] = field(default_factory=list)
    standing: dict[int, Cell] = field(default_factory=dict)
    heading: Entry | None = None  # the office whose sum stands above its projects

    @property
    def at(self) -> Span | None:
        """Where its rows begin."""
        return min((cell.span for cell in self.lines[0].cells.values()), default=None)

    @property
    def start(self) -> int:
        """The offset at which its rows begin."""
        return self.at.start if self.at is not None else 0

    def entries(self, table: Table) -> Iterator[Entry]:
        """The project data that stands in columns, as if it were a header."""
        found = [_label(column) for column in table.columns.columns]
        sums = [label for label in found if label is not None and label.group == "money"]
        for number, (column, label) in enumerate(zip(table.columns.columns, found, strict=True)):
            if label is None or column.label is None:
                continue
            if [label] == sums:
                label = TOTAL  # the only amount of a project is its budget, whoever pays it
            cell = _first(self.lines, number) or self.standing.get(number)
            yield Entry(label, column.label, [cell] if cell is not None else [])
        if self.heading is not None:
            yield self.heading


class Shares:
    """Tells what was noted about a table of many projects apart: each project has what stands in its rows.

    What stands above them all is the first one's.
    """

    def __init__(self, starts: Sequence[int]) -> None:
        self.starts = list(accumulate(starts, max))

    def of(self, things: Iterable[T], place: Callable[[T], int]) -> list[list[T]]:
        """The things of each project."""
        found: list[list[T]] = [[] for _ in self.starts]
        for one in things:
            found[max(0, bisect_right(self.starts, place(one)) - 1)].append(one)
        return found


def by_project(table: Table) -> Iterator[ProjectRows]:
    """The rows of each project. Sums of an office are none: it is the office of the projects below."""
    columns = table.columns
    key = columns.key
    assert key is not None
    standing: dict[int, Cell] = {}
    heading: Entry | None = None
    shares = list(_shares(table.lines, columns, key))
    for at, lines in enumerate(shares):
        if _is_sum(lines, shares[at + 1 : at + 2], columns):
            label = columns.columns[key].label
            if label is not None and key in lines[0].cells:
                heading = Entry(IMPLEMENTER, label, [lines[0].cells[key]])
            continue
        yield ProjectRows(lines, dict(standing), heading)
        for number, column in enumerate(columns.columns):
            if column.role in OFFICES and (cell := _first(lines, number)) is not None:
                standing[number] = replace(cell, carried=True)


def _shares(lines: Sequence[Placed], columns: Columns, key: int) -> Iterator[list[Placed]]:
    """A new project begins where another name or amount stands, or where the tree of levels begins again."""
    roles = [column.role for column in columns.columns]
    level1 = roles.index("level1") if "level1" in roles else -1
    total = roles.index("total") if "total" in roles else -1
    found: list[Placed] = []
    seen: list[str] = []
    standing: dict[int, str] = {}
    for line in lines:
        said = {at: values.fold(line.cells[at].text) for at in (key, total) if at in line.cells}
        level = labels.meaning(line.cells[level1].text, "level1") if level1 in line.cells else None
        other = key in said and any(standing.get(at, said[at]) != said[at] for at in said)
        again = key not in said and level is not None and level in seen[:-1]
        if found and (other or again):
            yield found
            found, seen, standing = [], [], {}
        standing |= said
        if level is not None and level not in seen[-1:]:
            seen.append(level)
        found.append(line)
    if found:
        yield found


def _is_sum(
    lines: Sequence[Placed], following: Sequence[Sequence[Placed]], columns: Columns
) -> bool:
    """Whether a row has a name and an amount and nothing else, and the amount covers that of the next row."""
    if len(lines) != 1 or not following:
        return False
    others = {"goal", "level1", "level2", "name", "target", "target_midterm"}
    if others & {columns.columns[at].role for at in lines[0].cells}:
        return False
    if "total" not in columns.roles:  # the office alone stands above its projects
        return len(lines[0].cells) == 1
    own, next_one = (_amount(some, columns) for some in (lines, following[0]))
    return own is not None and next_one is not None and own >= next_one


def _amount(lines: Sequence[Placed], columns: Columns) -> Decimal | None:
    for at, cell in lines[0].cells.items():
        if columns.columns[at].role == "total" and (found := values.amount(cell.text)) is not None:
            return found.number
    return None


def _label(column: Column) -> Label | None:
    """What a column of project data says, as the label of a header would."""
    if column.role not in FIELD_ROLES:
        return None
    by_group = {label.group: label for label in reversed(meanings(column.header))}
    return next((by_group[group] for group in GROUPS if group in by_group), None)


def _first(lines: Sequence[Placed], number: int) -> Cell | None:
    return next((line.cells[number] for line in lines if number in line.cells), None)
