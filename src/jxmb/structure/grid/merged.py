"""Cells that reach down over several rows: their text stands beside the middle of the rows they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import inf

from ... import labels
from ...deferred import dataclass
from .bands import Band, Stand
from .limits import LIMITS

SLACK = 0.5  # lines


@dataclass(frozen=True, slots=True)
class Covers:
    """What speaks against a way to lay cells over rows; a line off costs 1."""

    alone: float = 2.5  # a cell without a row
    bare: float = 3.0  # a row without a cell, a cell without the row beside it
    open: float = 1.5  # a row before the first cell, a project before its tree of levels
    two: float = 6.0  # trees of levels in a project
    half: float = 0.1  # a line off the middle, of less than one
    padding: float = 0.3  # lines between two rows, that print nothing
    near: float = 0.8  # by so much may a way to lay labels cost more that is as likely
    unusual: float = 0.3  # labels that stand beside a line next to the middle
    cut: float = 4.0  # at most, a cell that the end of the page cuts


COVERS = Covers()


# The best ways to cover so many rows with the cells up to one: the price, and the numbers of cells and rows before.
Ways = dict[int, tuple[float, tuple[int, int]]]
# The price of a cell that covers a row, from the first one it covers on.
Misfits = Callable[[Band, Sequence[Band], int, int], float]


def merged(
    rows: Sequence[Band], cells: Sequence[Band], stand: Stand, misfits: Misfits | None = None
) -> tuple[list[Band], float]:
    """The rows with the cells that reach over them, and the price; a cell that covers no row is one itself."""
    found: list[Band] = []
    done = 0
    runs, price = cover(cells, rows, stand, misfits)
    for cell, (start, end) in zip(cells, runs, strict=True):
        found += rows[done:start]
        if start == end:
            found.append(cell)
        for at in range(start, end):
            carried = at > start
            over = {number: replace(one, carried=carried) for number, one in cell.cells.items()}
            found.append(replace(rows[at], cells=rows[at].cells | over))
        done = end
    return [*found, *rows[done:]], price


def misfits(level1: Band, rows: Sequence[Band], at: int, _: int) -> float:
    """The price of a row whose level 2 does not belong to a level 1."""
    (said,) = level1.cells.values()
    one = labels.meaning(said.text, "level1")
    below = [labels.meaning(cell.text, "level2") for cell in rows[at].cells.values()]
    return float(any(two is not None and one not in labels.PARENTS[two] for two in below))


def again(rows: Sequence[Band], column: int) -> dict[int, int]:
    """The rows where a level 1 stands for the second time behind another one, each with the last row of the first."""
    found: dict[int, int] = {}
    last: dict[str, int] = {}
    before = None
    for at, row in enumerate(rows):
        cell = row.cells.get(column)
        level = labels.meaning(cell.text, "level1") if cell is not None else None
        if level is None:
            continue
        if level in last and level != before:
            found[at] = last[level]
        last[level] = at
        before = level
    return found


@dataclass(slots=True)
class Page:
    """The rows, how cells stand beside them, and what else speaks against one there."""

    rows: Sequence[Band]
    stand: Stand
    misfits: Misfits | None


def cover(
    cells: Sequence[Band],
    rows: Sequence[Band],
    stand: Stand,
    misfits: Misfits | None,
    limit: float = inf,
) -> tuple[list[tuple[int, int]], float]:
    """The first row that each cell covers and the one behind the last; the price is how far it is from their middle,
    or from the first one. Where all ways cost more than the limit there is none, and the price is infinite."""
    page = Page(rows, stand, misfits)
    # On most pages the best way leaves no row without a cell: what costs more is looked at where there is none.
    for most in sorted({min(limit, COVERS.open), limit}):
        table = _laid(cells, page, most)
        if len(rows) in table[-1]:
            return _traced(table, len(rows)), table[-1][len(rows)][0]
    return [], inf


def _laid(cells: Sequence[Band], page: Page, limit: float) -> list[Ways]:
    """The best ways within the limit: for each number of cells, by the number of rows that they cover."""
    rows = len(page.rows)
    table: list[Ways] = [{} for _ in range(len(cells) + 1)]
    table[0][0] = (0.0, (0, 0))
    for at, own in enumerate(table):
        bare = COVERS.bare if 0 < at < len(cells) else COVERS.open
        least = min([price for price, _ in own.values()], default=inf)
        most = inf if at == len(cells) else least + LIMITS.far
        for start in range(min(own, default=0), rows + 1):
            paid, _ = own.get(start, (inf, None))
            if paid > min(most, limit):
                continue
            if start < rows:
                _put(own, start + 1, paid + bare, limit, (at, start))
            for end, price in _ways(cells[at : at + 2], page, start, limit - paid):
                _put(table[at + 1], end, paid + price, limit, (at, start))
    return table


def _traced(table: Sequence[Ways], rows: int) -> list[tuple[int, int]]:
    """The rows of each cell on the best way."""
    found: list[tuple[int, int]] = []
    at, end = len(table) - 1, rows
    while (at, end) != (0, 0):
        before, start = table[at][end][1]
        if before < at:
            found.append((start, end))
        at, end = before, start
    return found[::-1]


def _put(ways: Ways, at: int, price: float, limit: float, before: tuple[int, int]) -> None:
    """Note a way that costs less than the best one so far, and no more than the limit."""
    if price <= limit and (at not in ways or price < ways[at][0]):
        ways[at] = (price, before)


def _ways(
    cells: Sequence[Band], page: Page, start: int, room: float
) -> Iterator[tuple[int, float]]:
    """The row behind those that the first cell may cover from one on, with the price, as far as there is room for it."""
    if not cells:
        return
    if room >= COVERS.alone:
        height = cells[0].at(page.stand)
        beside = page.rows[start : start + 1]
        inside = any(row.top - SLACK <= height <= row.bottom + SLACK for row in beside)
        yield start, COVERS.alone + COVERS.bare * inside
    odd = 0.0
    prices = (_below if page.stand is Stand.TOP else _around)(cells, page, start, room)
    for end, price in enumerate(prices, start + 1):
        if page.misfits is not None:
            odd += page.misfits(cells[0], page.rows, end - 1, start)
        if price + odd <= room:
            yield end, price + odd


def _below(cells: Sequence[Band], page: Page, start: int, room: float) -> Iterator[float]:
    """The price of a cell that stands beside its first row, for each row down to the next cell."""
    last = cells[1].top if len(cells) > 1 else inf
    for row in page.rows[start:]:
        price = abs(page.rows[start].top - cells[0].top)
        if price > room:
            return
        yield price
        if row.top > last:
            return


def _around(cells: Sequence[Band], page: Page, start: int, room: float) -> Iterator[float]:
    """The price of a cell that stands beside the middle of its rows, for each row down to where it would be far off."""
    cell, rows = cells[0], page.rows
    deep = LIMITS.off if room > COVERS.cut else min(LIMITS.off, room + SLACK)
    for end in range(start + 1, len(rows) + 1):
        middle = (min(rows[start].top, cell.top) + max(rows[end - 1].bottom, cell.bottom)) / 2
        if end == start + 1:  # text and label stand beside each other
            middle = rows[start].middle
        off = middle - cell.middle
        price = _aside(off, page.stand)
        if not start or end == len(rows):
            price = min(price, COVERS.cut)
        yield price
        if off > (deep if end > start + 1 else LIMITS.off):
            return


def _aside(off: float, stand: Stand) -> float:
    """The price of a text that stands so many lines above the middle of its cell; little for less than a line."""
    if stand is Stand.MIDDLE:
        return min(off * off, abs(off))
    low, high = (0.0, SLACK) if stand is Stand.UPPER else (-SLACK, 0.0)
    return max(low - off, off - high, 0.0) + COVERS.half * abs(off)
