"""How a page prints the rows of a table: which cells' lines follow each other, by the heights of the cells.

Read from top to bottom, the lines of a tall cell stand above and below its neighbours'. How many lines each
cell of a row has fixes the order of all of them; `rows` gives all such orders as a tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import accumulate, product, zip_longest
from math import prod

from ...deferred import dataclass

SURE = frozenset({"name", "target", "target_midterm", "mark", "unit", "weight"})


@dataclass(frozen=True, slots=True)
class Role:
    """What the cells of a column are like: the price of a row without one, and how many lines one has at most."""

    lack: float = 0.3
    lines: int = 1
    few: int = 1  # where a table has but few columns
    beside: int = 1  # where other columns stand beside the rows
    in_turn: int = 4  # where cells come in turn


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns that are not like most."""

    name: Role = Role(lack=4.0, lines=4, few=5, beside=3, in_turn=12)
    target: Role = Role(lack=2.4, lines=3, few=8, beside=2, in_turn=12)
    target_midterm: Role = Role(lines=3, few=3, in_turn=12)
    mark: Role = Role(lack=1.2, in_turn=1)
    unit: Role = Role(lack=0.5, in_turn=1)
    weight: Role = Role(lack=2.0, in_turn=1)
    score: Role = Role(lack=0.8, in_turn=1)
    actual: Role = Role(lack=0.8, lines=3, few=3)
    note: Role = Role(lines=3, few=3)
    reason: Role = Role(lines=3, few=3)
    goal: Role = Role(in_turn=12)
    amount: Role = Role(in_turn=1)
    total: Role = Role(in_turn=1)


@dataclass(frozen=True, slots=True)
class Shapes:
    """How rows are printed: prices in the unit of one sure sign, heights in lines."""

    few: int = 3  # columns of a table that has but few
    lines: int = 12  # of all cells of a row
    patterns: int = 700  # choices of heights
    weightless: float = 4.0  # the price of a row without weight where weights tell the rows
    off_centre: float = 0.25  # the price of cells printed half a line too high or low
    top: float = 1.6  # the price of cells printed from the top of their row
    one_line: float = 0.6  # the price of cells whose lines are all in one


OTHER, ROLES, SHAPES = Role(), Roles(), Shapes()

Place = Callable[[int, int, int], float]
Manner = tuple[float, Place]
Way = tuple[int, bool, bool, float, "Node"]


def _off(shift: float) -> Place:
    """Cells beside the gap between two lines of the tallest stand so far off its middle."""

    def place(line: int, height: int, tallest: int) -> float:
        return line - (height - 1) / 2 + shift * ((tallest - height) % 2)

    return place


# The ways in which a row is printed: what each costs, and the place of a line of a cell by its number, the
# height of the cell, and that of the tallest one. A cell beside the gap between two lines may be printed
# with the upper or the lower one, and the cells of a row from its top.
WAYS: tuple[Manner, ...] = (
    (0.0, _off(0.0)),
    (SHAPES.off_centre, _off(0.5)),
    (SHAPES.off_centre, _off(-0.5)),
    (SHAPES.top, lambda line, height, tallest: float(line)),
)
FLAT: Manner = (SHAPES.one_line, lambda line, height, tallest: 0.0)  # all read as one line


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
    few = len(roles) <= SHAPES.few
    columns = [_role(role) for role in roles]
    high = [one.beside if beside else one.few if few else one.lines for one in columns]
    for heights in product(*(range(highest + 1) for highest in _limits(roles, high))):
        if not 0 < sum(heights) <= SHAPES.lines:
            continue
        lack = sum(
            SHAPES.weightless if beside and role == "weight" else _role(role).lack
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
    missing = list(accumulate((_role(role).lack for role in roles), initial=0.0))
    lines = [
        [Node(end=missing[-1] - missing[at + 1]) for _ in range(_role(role).in_turn)]
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


def _role(name: str) -> Role:
    """What the cells of a column are like."""
    found: Role = getattr(ROLES, name, OTHER)
    return found


def _limits(roles: Sequence[str], high: Sequence[int]) -> list[int]:
    """How many lines the cells of each column may have, fewer where the columns are many."""
    limits = list(high)
    while prod(limit + 1 for limit in limits) > SHAPES.patterns:
        # First lower cells, then columns of words not at all.
        at = max(range(len(limits)), key=lambda at: (limits[at], roles[at] not in SURE))
        limits[at] -= 1
    return limits


def _orders(
    heights: Sequence[int], tilt: float, *, flat: bool
) -> Iterator[tuple[float, list[tuple[float, int]]]]:
    """The orders in which cells so high are printed, and what each costs: (place in the row, column)."""
    seen: list[list[tuple[float, int]]] = []
    for price, place in (*WAYS, FLAT) if flat else WAYS:
        order = sorted(
            (place(line, height, max(heights)) + tilt * at, at)
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
