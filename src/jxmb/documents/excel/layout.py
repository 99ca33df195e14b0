"""What a sheet shows: cells in visible columns, merged ones once, with how far they reach."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from .sheets import Merge, Sheet


class Shown(NamedTuple):
    """A cell as it is shown: from column `left` to `right` of the visible ones, down to row `last`.

    `row` and `column` are its place in the sheet.
    """

    left: int
    right: int
    last: int
    text: str
    row: int
    column: int


class Columns:
    """The visible columns, counted from 0."""

    def __init__(self, hidden: Iterable[tuple[int, int]]) -> None:
        self.ranges: list[tuple[int, int]] = []
        for first, last in sorted(hidden):
            if self.ranges and first <= self.ranges[-1][1] + 1:
                self.ranges[-1] = (self.ranges[-1][0], max(last, self.ranges[-1][1]))
            else:
                self.ranges.append((first, last))
        sizes = (last - first + 1 for first, last in self.ranges)
        self.counts = list(accumulate(sizes, initial=0))  # hidden columns before each range

    def before(self, column: int) -> int:
        """How many visible columns stand before one: its number, or that of the next where it is hidden."""
        at = bisect_left(self.ranges, column, key=itemgetter(0))
        if not at:
            return column
        return (
            column
            - self.counts[at - 1]
            - (min(column - 1, self.ranges[at - 1][1]) - self.ranges[at - 1][0] + 1)
        )

    def column(self, number: int) -> int:
        """The column of the sheet that is the visible one with this number."""
        for first, last in self.ranges:
            if first > number:
                break
            number += last - first + 1
        return number

    def hides(self, column: int) -> bool:
        """Whether a column is not shown."""
        at = bisect_right(self.ranges, column, key=itemgetter(0))
        return at > 0 and column <= self.ranges[at - 1][1]


class Merges:
    """Merged ranges, row by row from the top. Of ranges that overlap the first counts."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self.waiting = sorted(merges, reverse=True)
        self.open: list[Merge] = []  # in the current row, from the left
        self.ends: list[tuple[int, int]] = []

    def begin(self, row: int) -> list[Merge]:
        """Goes down to a row; gives the ranges that are met there first."""
        while self.ends and self.ends[0][0] < row:
            _, left = heappop(self.ends)
            del self.open[bisect_left(self.open, left, key=_left)]
        found = []
        while self.waiting and self.waiting[-1].top <= row:
            one = self.waiting.pop()
            if one.bottom >= row and not self._overlaps(one):
                insort(self.open, one, key=_left)
                heappush(self.ends, (one.bottom, one.left))
                found.append(one)
        return found

    def covers(self, column: int) -> bool:
        """Whether a range covers a column of the current row."""
        at = bisect_right(self.open, column, key=_left)
        return at > 0 and self.open[at - 1].right >= column

    def _overlaps(self, merge: Merge) -> bool:
        at = bisect_right(self.open, merge.right, key=_left)
        return at > 0 and self.open[at - 1].right >= merge.left


def _left(merge: Merge) -> int:
    return merge.left


def lay(sheet: Sheet, columns: Columns) -> Iterator[tuple[int, list[Shown]]]:
    """The visible rows that say something, with the cells that begin in them from the left; merged ones may be blank.

    The sheet lets go of its rows.
    """
    merges = Merges(sheet.merges)
    for row in sorted(sheet.rows.keys() - sheet.hidden_rows):
        found = []
        for one in merges.begin(row):
            left, right = columns.before(one.left), columns.before(one.right + 1) - 1
            if left <= right:
                text = sheet.rows.get(one.top, {}).get(one.left, "")
                found.append(Shown(left, right, one.bottom, text, one.top, one.left))
        for column, text in sheet.rows.pop(row).items():
            if not (merges.covers(column) or columns.hides(column)):
                at = columns.before(column)
                found.append(Shown(at, at, row, text, row, column))
        if found:
            found.sort()
            yield row, found
