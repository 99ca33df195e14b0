"""How a page prints the rows of a table: which cells' lines follow each other, by the heights of the cells.

Read from top to bottom, the lines of a tall cell stand above and below its neighbours'. How many lines each
cell of a row has fixes the order of all of them; `rows` gives all such orders as a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import accumulate, product, zip_longest
from math import prod

from ...light import dataclass

LACK = {  # the price of a row without such a cell
    "name": 4.0,
    "target": 2.4,
    "mark": 1.2,
    "unit": 0.5,
    "weight": 2.0,
    "score": 0.8,
    "actual": 0.8,
}
LACK_OTHER = 0.3
HEIGHTS = {"name": 4, "target": 3, "target_midterm": 3}  # lines of the cells of a column
TALL = {"name": 5, "target": 8}  # where a table has but few columns
FEW = 3
LOW = {"name": 3, "target": 2}  # where other columns stand beside the rows
IN_TURN = {"name": 12, "target": 12, "target_midterm": 12, "goal": 12}  # where cells come in turn
IN_TURN |= dict.fromkeys(("mark", "unit", "weight", "score", "total", "amount"), 1)
LOW_IN_TURN = 4
SURE = frozenset({"name", "target", "target_midterm", "mark", "unit", "weight"})
WORDS = frozenset({"note", "reason", "actual"})  # columns of words, up to this high
HIGHEST = 3
MOST_LINES = 12  # of all cells of a row
MOST_PATTERNS = 700  # choices of heights
OFF_CENTRE = 0.25  # the price of cells printed half a line too high or low
WEIGHTLESS = 4.0  # the price of a row without weight where weights tell the rows
TOP = 1.6  # of cells printed from the top of their row
ONE_LINE = 0.6  # of cells whose lines are all in one

Place = Callable[[int, int, int, int], float]
Manner = tuple[float, Place]
Way = tuple[int, bool, bool, float, "Node"]


def _centred(line: int, height: int, off: float) -> float:
    return line - (height - 1) / 2 + off


def _off(shift: float, *, odd: bool) -> Place:
    """Cells lower than the tallest stand so far off its middle, all or those beside a gap between lines."""

    def place(line: int, height: int, at: int, tallest: int) -> float:
        moved = (tallest - height) % 2 if odd else tallest > height
        return _centred(line, height, shift * moved)

    return place


def _late(line: int, height: int, at: int, tallest: int) -> float:
    return _centred(line, height, 0.6 * (at > 1 and (tallest - height) % 2))


# The ways in which a row is printed: what each costs, and the place of a line of a cell by its number, the
# height and number of the cell, and the height of the tallest one. A cell beside the gap between two lines
# may be printed with the upper or the lower one, lines side by side one below the other, the last cells low.
WAYS: tuple[Manner, ...] = (
    (0.0, _off(0.0, odd=True)),
    (OFF_CENTRE, _off(0.5, odd=True)),
    (OFF_CENTRE, _off(-0.5, odd=True)),
    (OFF_CENTRE, _off(0.25, odd=False)),
    (OFF_CENTRE, _off(-0.25, odd=False)),
    (2 * OFF_CENTRE, _late),
    (TOP, lambda line, height, at, tallest: float(line)),
)
FLAT: Manner = (
    ONE_LINE,
    lambda line, height, at, tallest: 0.0,
)  # all lines of a row read as one line


@dataclass(slots=True)
class Node:
    """The rows that begin with the same cells: how they go on, and the price of ending here."""

    edges: dict[tuple[int, bool, bool], Node] = field(default_factory=dict)
    end: float | None = None
    ways: list[Way] = field(default_factory=list)

    def close(self) -> None:
        """Lay the edges out flat, as they are walked most of the time."""
        self.ways = [(*key, 0.0, node) for key, node in self.edges.items()]
        for node in self.edges.values():
            node.close()


@lru_cache(maxsize=64)
def rows(roles: tuple[str, ...], tilt: float, *, lined: bool, flat: bool, beside: bool) -> Node:
    """All rows that a table with these columns may have, by the order in which their words are printed.

    `tilt` is by how many lines each column stands lower than the one before it. An edge has the number of
    the column, whether a cell begins, and whether a line does (always no where lines say nothing: not
    `lined`). `flat` adds rows whose lines were read as one. With words of other columns `beside` the rows, a
    row is told by its weight.
    """
    root = Node()
    few = TALL if len(roles) <= FEW else {}
    high = LOW if beside else {**dict.fromkeys(WORDS, HIGHEST), **HEIGHTS, **few}
    for heights in product(*(range(highest + 1) for highest in _limits(roles, high))):
        if not 0 < sum(heights) <= MOST_LINES or not _is_row(roles, heights):
            continue
        lack = sum(
            WEIGHTLESS if beside and role == "weight" else LACK.get(role, LACK_OTHER)
            for role, height in zip(roles, heights, strict=True)
            if not height
        )
        for price, order in _orders(heights, tilt, flat=flat):
            _add(root, order, lack + price, lined=lined)
    root.close()
    return root


@lru_cache(maxsize=64)
def in_turn(roles: tuple[str, ...], entries: frozenset[int]) -> Node:
    """All rows whose cells come one after the other; before those in the columns `entries` a label may stand."""
    missing = list(accumulate((LACK.get(role, LACK_OTHER) for role in roles), initial=0.0))
    lines = [
        [Node(end=missing[-1] - missing[at + 1]) for _ in range(IN_TURN.get(role, LOW_IN_TURN))]
        for at, role in enumerate(roles)
    ]

    def next_cells(start: int) -> list[Way]:
        """The ways to a cell from this column on, at the price of those left out."""
        return [
            (at, True, label, missing[at] - missing[start], lines[at][0])
            for at in range(start, len(roles))
            for label in {False, at in entries}
        ]

    for at, nodes in enumerate(lines):
        for node, below in zip_longest(nodes, nodes[1:]):
            node.ways = [(at, False, False, 0.0, below)] if below else []
            node.ways += next_cells(at + 1)
    return Node(ways=next_cells(0))


def _limits(roles: Sequence[str], high: Mapping[str, int]) -> list[int]:
    """How many lines the cells of each column may have, fewer where the columns are many."""
    limits = [high.get(role, 1) for role in roles]
    while prod(limit + 1 for limit in limits) > MOST_PATTERNS:
        # First lower cells, then columns of words not at all.
        at = max(range(len(limits)), key=lambda at: (limits[at], roles[at] not in SURE))
        limits[at] -= 1
    return limits


def _is_row(roles: Sequence[str], heights: Sequence[int]) -> bool:
    filled = {role for role, height in zip(roles, heights, strict=True) if height}
    return bool(filled & {"name", "target", "target_midterm"})


def _orders(
    heights: Sequence[int], tilt: float, *, flat: bool
) -> Iterator[tuple[float, list[tuple[float, int]]]]:
    """The orders in which cells so high are printed, and what each costs: (place in the row, column)."""
    seen: list[list[tuple[float, int]]] = []
    for price, place in (*WAYS, FLAT) if flat else WAYS:
        order = sorted(
            (place(line, height, at, max(heights)) + tilt * at, at)
            for at, height in enumerate(heights)
            for line in range(height)
        )
        if order not in seen:
            seen.append(order)
            yield price, order


def _add(root: Node, order: Sequence[tuple[float, int]], price: float, *, lined: bool) -> None:
    node = root
    filled: set[int] = set()
    place: float | None = None
    for where, at in order:
        key = (at, at not in filled, lined and where != place)
        node = node.edges.setdefault(key, Node())
        filled.add(at)
        place = where
    node.end = price if node.end is None else min(node.end, price)
