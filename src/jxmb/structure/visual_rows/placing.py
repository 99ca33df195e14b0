"""Pieces of a sliced table without a column: each takes the one that its look and the lines beside it give.

A bare line holds what hit no column: the cell that the line beside it lacks, or a further line of one of its
cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field

from ... import labels, lazy
from ...forms.columns import FIELD_ROLES
from ...forms.shapes import fit, shape
from ...labels import joining
from ...light import dataclass
from ...tables.widths import columns as width
from ...values import seams
from .slices import STEP, Slice, settle

MOST = 40  # pieces of a line that are placed
GAP = 1.5  # what it says for a column that the next line leaves it empty
GOES_ON = 1.2  # and that the line above has a text there that may go on
FULL = 0.8  # of the widest text in a column: one that may go on below
TAIL = 4  # code points of a short rest of a cell
NEAR = 2  # lines between a name and its target that were printed apart
LEVELS = frozenset({"margin", "level1", "level2"})
BESIDE = LEVELS | FIELD_ROLES | {"goal", "total"}
SINGLE = frozenset({"weight", "unit", "mark"})  # cells that are hardly ever wrapped
PAIR = lazy.regex(r"[：:]\S")  # a line behind the table: 填报人：某某
SENTENCE = lazy.regex(r"[，。；]")


def fits(text: str, role: str) -> float:
    """How well a text does in a role; ends of level labels and pieces of the margin stand before the names."""
    if joining.in_margin(text):
        return 1.0 if role == "margin" else 0.5 if role == "level1" else -2.0
    if joining.ends_level(text):
        return 1.0 if role in LEVELS else 0.0
    return max(-4.0, fit(shape(text), role))


def assign(roles: Sequence[str], body: Sequence[Slice]) -> None:
    """Give the free slices among these a place, and put names and targets printed on two lines on one."""
    lines: dict[int, list[Slice]] = defaultdict(list)
    for one in body:
        if not (one.free and PAIR.search(one.text)):
            lines[one.line].append(one)
    page = _Page(roles, sorted(line for line, slices in lines.items() if any(map(_tells, slices))))
    for one in body:
        if not one.free:
            page.fill(one, one.place // STEP)
    for slices in lines.values():
        if len(slices) <= MOST and any(one.free for one in slices):
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
    widest: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    order: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = {line: at for at, line in enumerate(self.lines)}

    def fill(self, one: Slice, at: int) -> None:
        """Note what stands in a column of a line."""
        if _tells(one):
            self.filled[one.line][at] = one.text
            self.widest[at] = max(self.widest[at], width(one.text))

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
                fixed = range(one.place // STEP, one.place // STEP + 1)
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
        if role == "name" and SENTENCE.search(one.text):
            worth -= GAP
        if role == "goal" and width(one.text) > self._widest_name() / FULL:
            worth += 2 * GAP
        for step in (-1, 1):
            other = self.beside(one.line, step)
            row = self.filled.get(other, {})
            if role in FIELD_ROLES or role in ("goal", "total"):
                worth += GOES_ON * (at in row)
            elif at not in row and self._wants(row, role) and not self._has(other, step, at):
                worth += GAP
        above = self._above(one.line, at)
        return worth if above is None else worth + self._goes_on(above, one.text, at)

    def _widest_name(self) -> int:
        return max(
            (self.widest[at] for at, role in enumerate(self.roles) if role == "name"), default=0
        )

    def _wants(self, row: Mapping[int, str], role: str) -> bool:
        """Whether a line wants a cell of this role: a whole target its name, a name its target."""
        other = "target" if role == "name" else "name"
        return any(
            self.roles[at] == other and (other == "name" or shape(text).target)
            for at, text in row.items()
        )

    def _has(self, line: int, step: int, at: int) -> bool:
        """Whether the line behind this one has alone what this one wants."""
        behind = self.filled.get(self.beside(line, step), {})
        return at in behind and not any(
            self.roles[column] == self.roles[own] and column != at
            for column in behind
            for own in self.filled.get(line, {})
        )

    def _above(self, line: int, at: int) -> str | None:
        """What stands in a column on the line above, or above the target there."""
        above = self.beside(line, -1)
        row = self.filled.get(above, {})
        if at in row or self.roles[at] != "name":
            return row.get(at)
        return self.filled.get(self.beside(above, -1), {}).get(at)

    def _goes_on(self, above: str, text: str, at: int) -> float:
        """Whether a text may be the next line of the one above it."""
        if self.roles[at].startswith("target"):
            closed = seams.is_whole_value(above) and not seams.follows_value(text)
            short = len(text) <= TAIL and not closed
            whole = short and seams.one_value(above, text)
            return GOES_ON * 2 if whole else 0.0
        full = width(above) >= FULL * self.widest[at]
        if not full or len(text) > 2 * TAIL:
            return 0.0
        return GOES_ON + max(0.0, -fits(text, self.roles[at]))  # 次, 例: no name begins so

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
                and not self._is_rest(line, other + step)
            ]
            if len(partners) == 1 and partners[0] not in found.values():
                found[line] = partners[0]
        return found

    def _on(self, line: int) -> set[str]:
        return {self.roles[at] for at in self.filled.get(line, {})} - BESIDE

    def _completes(self, line: int, other: int) -> bool:
        """Whether a line with a name, or with cells of one line only, has what the other one lacks."""
        mine, theirs = self._on(line), self._on(other)
        if mine & theirs or "target" in mine:
            return False
        if "name" in mine:
            return "target" in theirs
        return bool(mine) and mine <= SINGLE and bool(theirs & {"name", "target"})

    def _is_rest(self, line: int, other: int) -> bool:
        """Whether a line on the other side may be the rest of a cell of this one."""
        rest = self._on(other)
        return bool(rest & self._on(line)) and "target" not in rest
