"""Pieces of a sliced table without a column: each takes the one that its look and the lines beside it give.

A bare line holds what hit no column: the cell that the line beside it lacks, or a further line of one of its
cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field

from ... import deferred, labels
from ...deferred import dataclass
from ...forms.columns import FIELD_ROLES
from ...forms.shapes import fit, shape
from ...labels import joining
from ...values import seams
from .limits import LIMITS
from .slices import Slice, settle

NEAR = 2  # lines between a name and its target that were printed apart
LEVELS = frozenset({"margin", "level1", "level2"})
BESIDE = LEVELS | FIELD_ROLES | {"goal", "total"}
PAIR = deferred.regex(r"[：:]\S")  # a line behind the table: 填报人：某某
SENTENCE = deferred.regex(r"[，。；]")


def fits(text: str, role: str) -> float:
    """How well a text does in a role; ends of level labels and pieces of the margin stand before the names."""
    if joining.in_margin(text):
        return 1.0 if role == "margin" else 0.5 if role == "level1" else -2.0
    if joining.ends_level(text):
        return 1.0 if role in LEVELS else 0.0
    return max(LIMITS.worst, fit(shape(text), role))


def assign(roles: Sequence[str], body: Sequence[Slice]) -> None:
    """Give the free slices among these a place, and put names and targets printed on two lines on one."""
    lines: dict[int, list[Slice]] = defaultdict(list)
    for one in body:
        if not (one.free and PAIR.search(one.text)):
            lines[one.line].append(one)
    page = _Page(roles, sorted(line for line, slices in lines.items() if any(map(_tells, slices))))
    for one in body:
        if not one.free:
            page.fill(one, one.place // LIMITS.step)
    for slices in lines.values():
        if len(slices) <= LIMITS.many and any(one.free for one in slices):
            page.place(slices)
    _move(body, page.moved())


def _move(body: Sequence[Slice], moved: Mapping[int, int]) -> None:
    for one in body:
        if one.line in moved and labels.meaning(one.text, "level1", "level2") is None:
            one.line = moved[one.line]
            one.height = float(one.line)


def _tells(one: Slice) -> bool:
    """Whether a slice is a cell of a row, no level label and no piece of one."""
    if joining.in_margin(one.text) or joining.ends_level(one.text):
        return False
    return not (labels.meaning(one.text, "level1", "level2") and labels.in_full(one.text))


@dataclass(slots=True)
class _Page:
    """The lines of a table: `lines` are those with cells of rows, in order."""

    roles: Sequence[str]
    lines: Sequence[int]
    filled: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    order: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = {line: at for at, line in enumerate(self.lines)}

    def fill(self, one: Slice, at: int) -> None:
        """Note what stands in a column of a line."""
        if _tells(one):
            self.filled[one.line][at] = one.text

    def beside(self, line: int, step: int) -> int:
        """The line above or below with cells of rows; -1 where none is near."""
        at = self.order.get(line, -1) + step
        if line not in self.order or not 0 <= at < len(self.lines):
            return -1
        other = self.lines[at]
        return other if abs(other - line) <= NEAR else -1

    def place(self, slices: Sequence[Slice]) -> None:
        """The best columns, from left to right, for the slices of one line."""
        states: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
        for one in slices:
            options: dict[int, tuple[float, tuple[int, ...]]] = {}
            for worth, path in states:
                first = path[-1] + 1 if path else 0
                fixed = range(one.place // LIMITS.step, one.place // LIMITS.step + 1)
                for at in range(first, len(self.roles)) if one.free else fixed:
                    value = worth + (self.worth(one, at) if one.free else 0.0)
                    if at >= first and (at not in options or value > options[at][0]):
                        options[at] = (value, (*path, at))
            states = list(options.values()) or states
        path = max(states)[1]
        if len(path) == len(slices):
            for one, at in zip(slices, path, strict=True):
                settle(one, at)
                self.fill(one, at)

    def worth(self, one: Slice, at: int) -> float:
        """How well a slice without a column does in this one."""
        role = self.roles[at]
        worth = fits(one.text, role)
        if role in LEVELS:
            return worth
        if SENTENCE.search(one.text):
            worth += {"name": -LIMITS.empty, "goal": 2 * LIMITS.empty}.get(role, 0.0)
        for step in (-1, 1):
            other = self.beside(one.line, step)
            row = self.filled.get(other, {})
            if role in FIELD_ROLES or role in ("goal", "total"):
                worth += LIMITS.empty * (at in row)
            elif at not in row:
                worth += LIMITS.empty
            elif seams.is_whole_value(row[at]):
                worth -= LIMITS.empty  # a value with sign and unit is not gone on with
        return worth

    def moved(self) -> dict[int, int]:
        """Names printed above or below the line of their target, with no other line of them on its other side.

        Tools round the heights of words; so the cells of one line may come as two.
        """
        found: dict[int, int] = {}
        for line in self.lines:
            partners = [
                other
                for step in (-1, 1)
                if (other := self.beside(line, step)) == line + step
                and other not in found
                and self._completes(line, other)
            ]
            if len(partners) == 1 and partners[0] not in found.values():
                found[line] = partners[0]
        return found

    def _on(self, line: int) -> set[str]:
        return {self.roles[at] for at in self.filled.get(line, {})} - BESIDE

    def _completes(self, line: int, other: int) -> bool:
        """Whether a line has a name, and the other one its target."""
        mine, theirs = self._on(line), self._on(other)
        if mine & theirs or "target" in mine:
            return False
        return "name" in mine and "target" in theirs
