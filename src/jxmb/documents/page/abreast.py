"""Tables that stand side by side at the end of a page and go on side by side on the next."""

from __future__ import annotations

from collections.abc import Sequence

from .continued import Table
from .paragraphs import Line, is_beside

Block = Line | Table


def begin(blocks: Sequence[Block]) -> int:
    """Where the tables that end a page side by side begin among its lines and tables; at its end without such."""
    at = len(blocks)
    while at and _is_number(blocks[at - 1]):
        at -= 1
    tables = [(place, one) for place, one in enumerate(blocks[:at]) if isinstance(one, Table)]
    if not tables or tables[-1][0] < at - 1:
        return len(blocks)
    first = len(tables) - 1
    while first and is_beside(tables[first - 1][1], tables[first][1]):
        first -= 1
    return tables[first][0] if first < len(tables) - 1 else len(blocks)


def go_on(held: list[Block], blocks: Sequence[Block]) -> list[Block] | None:
    """Puts the tables that begin a page below those that are held, one below each; gives what else stands on the page.

    None where they do not go on, and nothing is put anywhere.
    """
    places = [at for at, one in enumerate(held) if isinstance(one, Table)]
    head = [one for one in blocks if not _is_number(one)][: len(places)]
    found = []
    for at, one in zip(places, head, strict=False):
        above = held[at]
        if not isinstance(one, Table) or not isinstance(above, Table):
            return None
        if (below := above.below(one)) is None:
            return None
        found.append(below)
    if not places or len(found) < len(places):
        return None
    for at, one in zip(places, found, strict=True):
        held[at] = one
    return [one for one in blocks if not any(one is other for other in head)]


def _is_number(block: Block) -> bool:
    return isinstance(block, Line) and block.is_number
