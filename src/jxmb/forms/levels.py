"""Which level labels a row stands under, where merged cells left their label on one row only.

A label may stand on the first row of its block, on every row, or beside the middle of the block. The regime
is decided for a table as a whole: rows before the first label give the centred one away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import labels
from ..deferred import dataclass
from ..tables import Cell
from . import LIMITS


@dataclass(frozen=True, slots=True)
class Mark:
    """A level label and the height at which it stands: a row number, or between two rows.

    `lean` is how far below it may be, where a text puts a label between two rows on the upper one.
    """

    height: float
    cell: Cell
    lean: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """For each row the mark it stands under, and whether the labels stand beside the middles of their blocks."""

    marks: tuple[Mark | None, ...]
    centred: bool


def spread(marks: Sequence[Mark], rows: int, *, centred: bool | None = None) -> Spread:
    """Give each of `rows` rows its mark. `centred` forces a regime; None decides by the evidence."""
    if not marks or not rows:
        return Spread((None,) * rows, centred=False)
    if centred is None:
        centred = marks[0].height > 0 and len(marks) <= LIMITS.marks
    if centred:
        cut = blocks([mark.height + mark.lean for mark in marks], rows)
        if cut is not None and cut[1] <= LIMITS.centred * len(marks):
            return Spread(_fill(marks, cut[0], rows), centred=True)
    return Spread(_carry(marks, rows), centred=False)


def _carry(marks: Sequence[Mark], rows: int) -> tuple[Mark | None, ...]:
    found: list[Mark | None] = []
    at = -1
    for row in range(rows):
        while at + 1 < len(marks) and marks[at + 1].height <= row:
            at += 1
        found.append(marks[at] if at >= 0 else None)
    return tuple(found)


def _fill(marks: Sequence[Mark], ends: Sequence[int], rows: int) -> tuple[Mark | None, ...]:
    found: list[Mark | None] = []
    for mark, end in zip(marks, ends, strict=True):
        found.extend([mark] * (end - len(found)))
    return tuple(found[:rows])


def blocks(heights: Sequence[float], rows: int) -> tuple[list[int], float] | None:
    """Cut rows into consecutive blocks whose middles lie at the heights: the end of each, and the cost.

    The cost is the sum of squared distances in rows. None where the rows do not suffice for the labels.
    """
    states: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, height in enumerate(heights):
        last = number == len(heights) - 1
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in states.items():
            aim = round(2 * height - start + 1)
            for end in (rows,) if last else range(aim - 2, aim + 2 + 1):
                if not start < end <= rows:
                    continue
                total = cost + ((start + end - 1) / 2 - height) ** 2
                if end not in following or total < following[end][0]:
                    following[end] = (total, (*ends, end))
        best = sorted(following.items(), key=lambda item: item[1][0])[: LIMITS.states]
        states = dict(best)
    if rows not in states:
        return None
    cost, ends = states[rows]
    return list(ends), cost


def order_is_centred(order: Sequence[tuple[str, str]]) -> bool:
    """Whether level-1 labels stand among the level-2 labels under them, not before them.

    `order` has the group (level1, level2) and the canonical name of each label in the order of the text.
    """
    seen: set[str] = set()
    child: str | None = None
    for group, name in order:
        if group == "level2":
            child = name
            continue
        under = child is not None and name in labels.PARENTS.get(child, ()) and name != "成本指标"
        if under and name not in seen:
            return True
        seen.add(name)
        child = None
    return False


def parent(level2: str, standing: str | None) -> str | None:
    """The level 1 of a level 2 by the tree; the one that stands over the row where the tree allows it."""
    parents = labels.PARENTS.get(level2, ())
    if not parents or standing in parents:
        return standing
    return parents[0]


Over = tuple[Mark | None, ...]  # of each row the label that it stands under


def claimed(
    ones: Sequence[Mark], twos: Sequence[Mark], over1: Over, over2: Over
) -> tuple[Over, Mapping[str, Cell]]:
    """The labels of level 1 over each row, and those of both levels by their names that no row stands under.

    One that was printed away from its rows stands over those that the tree gives it.
    """
    idle = _idle(ones, over1, "level1")

    def claimed(one: Mark | None, two: Mark | None) -> Mark | None:
        parents = labels.PARENTS.get(_name(two, "level2"), ())
        if _name(one, "level1") in parents:
            return one
        return next(filter(None, map(idle.get, parents)), one)

    found = tuple(map(claimed, over1, over2)) if idle else over1
    left = _idle(ones, found, "level1") | _idle(twos, over2, "level2")
    return found, {name: mark.cell for name, mark in left.items()}


def _idle(marks: Sequence[Mark], over: Over, group: str) -> dict[str, Mark]:
    """The labels of a level that stand over no row, by their names."""
    taken = {_name(mark, group) for mark in over}
    named = {_name(mark, group): mark for mark in marks}
    return {name: mark for name, mark in named.items() if name and name not in taken}


def _name(mark: Mark | None, group: str) -> str:
    """The canonical name of a label, empty where there is none."""
    return labels.meaning(mark.cell.text, group) or "" if mark is not None else ""
