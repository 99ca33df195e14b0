"""The pieces of a sliced table while they have no place yet, and labels torn over several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ... import labels
from ...deferred import dataclass
from ...labels import joining
from ...tables import Cell
from ...values import seams
from ..fragments import together
from .limits import LIMITS


@dataclass(slots=True)
class Slice:
    """A piece of text on a visual line, with its grid and column there (-1: none) and its place.

    `free` marks one whose column is unknown or that shares it with others.
    """

    cell: Cell
    line: int
    grid: int
    column: int
    height: float
    place: int
    end: int
    free: bool

    @property
    def text(self) -> str:
        """The text."""
        return self.cell.text


def joined(found: Sequence[Slice], groups: Sequence[str]) -> list[Slice]:
    """The slices with the torn labels of these groups put together."""
    taken: set[int] = set()
    kept: list[Slice] = []
    for at, one in enumerate(found):
        if at in taken:
            continue
        used = _torn(found, at, taken, groups)
        taken.update(used)
        kept.append(one if len(used) == 1 else _together([found[number] for number in used]))
    return kept


def _torn(found: Sequence[Slice], at: int, taken: set[int], groups: Sequence[str]) -> list[int]:
    """The slices that make a label with this one, or this one alone."""
    text, used = found[at].text, [at]
    if len(text) > labels.LIMITS.text or not (joining.begins_label(text) or seams.is_open(text)):
        return used
    for number in range(at + 1, min(at + 1 + LIMITS.ahead, len(found))):
        other = found[number]
        if other.line > found[used[-1]].line + LIMITS.lines:
            break
        if number in taken or other.line == found[used[-1]].line or not _under(found[at], other):
            continue
        ends = joining.rest(text, other.text, *groups)
        if ends:
            return [*used, number]
        if ends is None:
            used, text = [*used, number], text + other.text
    return [at]


def _under(upper: Slice, lower: Slice) -> bool:
    """Whether a slice may stand below another one: in its column, or one of them in none."""
    if upper.free or lower.free:
        return True
    # The end of a label may have slid into the next column, under a cell that is wider.
    return upper.grid == lower.grid and lower.column - upper.column in (0, 1)


def _together(used: Sequence[Slice]) -> Slice:
    first = next((one for one in used if not one.free), used[0])
    height = (used[0].line + used[-1].line) / 2
    cell = together([one.cell for one in used])
    return replace(first, cell=cell, line=int(height), height=height)


def settle(one: Slice, at: int) -> None:
    """Give a slice the place of a column."""
    one.place, one.end = at * LIMITS.step, at * LIMITS.step + LIMITS.step - 2
