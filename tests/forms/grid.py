"""A printed table with merged cells, and the ways in which tools write merged cells down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .records import GoldenForm

LEVELS = ("level1", "level2")
LABELS = ("label", "head", "margin", *LEVELS)


@dataclass(frozen=True)
class Box:
    """One cell: its place and extent in the grid, its text, and what it is.

    `kind` is label (of a field), field, amount, goal, margin, head (of a column), level1, level2, name,
    value, or other.
    """

    row: int
    column: int
    height: int
    width: int
    text: str
    kind: str

    @property
    def middle(self) -> int:
        """The row on which a vertically centred text stands."""
        return self.row + (self.height - 1) // 2


@dataclass(frozen=True)
class Page:
    """One printed table with the lines above and below it, and what a reader should find in it."""

    before: tuple[str, ...]
    boxes: tuple[Box, ...]
    after: tuple[str, ...]
    golden: tuple[GoldenForm, ...]

    @property
    def columns(self) -> int:
        return max(box.column + box.width for box in self.boxes)

    @property
    def height(self) -> int:
        return max(box.row + box.height for box in self.boxes)

    @property
    def head(self) -> int:
        """The row of the column headers, or the first row of the indicators where there are none."""
        rows = [box.row for box in self.boxes if box.kind == "head"]
        return min(rows or [box.row for box in self.boxes if box.kind == "level1"])

    def change(self, kinds: Sequence[str], write: Callable[[Box], str]) -> Page:
        """The same page with other texts in the boxes of these kinds."""
        boxes = tuple(
            replace(box, text=write(box)) if box.kind in kinds else box for box in self.boxes
        )
        return replace(self, boxes=boxes)

    def drop_row(self, row: int) -> Page:
        """The page without one row of the grid; boxes that reach over it shrink."""
        boxes = []
        for box in self.boxes:
            if box.row == row and box.height == 1:
                continue
            covers = box.row <= row < box.row + box.height
            boxes.append(
                replace(
                    box,
                    row=box.row - (box.row > row),
                    height=box.height - covers,
                )
            )
        return replace(self, boxes=tuple(boxes))

    def insert_row(self, row: int, boxes: Sequence[Box]) -> Page:
        """The page with one more row before `row`; boxes that reach over the place grow."""
        grown = [
            replace(
                box,
                row=box.row + (box.row >= row),
                height=box.height + (box.row < row < box.row + box.height),
            )
            for box in self.boxes
        ]
        return replace(self, boxes=(*grown, *boxes))


def first(page: Page) -> list[list[str]]:
    """Every row in full; a merged cell's text in its first cell only."""
    rows = [[""] * page.columns for _ in range(page.height)]
    for box in page.boxes:
        rows[box.row][box.column] = box.text
    return rows


def repeated(page: Page) -> list[list[str]]:
    """Every row in full; a merged cell's text in each cell it covers."""
    rows = [[""] * page.columns for _ in range(page.height)]
    for box in page.boxes:
        for row in range(box.row, box.row + box.height):
            for column in range(box.column, box.column + box.width):
                rows[row][column] = box.text
    return rows


def filled(page: Page) -> list[list[str]]:
    """Blank cells filled from above wherever something stands there, as forward filling does."""
    rows = first(page)
    for above, row in pairwise(rows):
        for column in range(page.columns):
            row[column] = row[column] or above[column]
    return rows


def centred(page: Page) -> list[list[str]]:
    """Every row in full; a merged label beside the middle of its block, between two rows on a row of its own."""
    rows = [[""] * page.columns for _ in range(2 * page.height - 1)]
    for box in page.boxes:
        rows[2 * box.row + box.height - 1][box.column] = box.text
    return [row for row in rows if any(row)]


def rounded(page: Page) -> list[list[str]]:
    """Every row in full; a merged label on the middle row of its block, or on the upper one of two."""
    rows = [[""] * page.columns for _ in range(page.height)]
    for box in page.boxes:
        rows[box.middle][box.column] = box.text
    return rows


def ragged(page: Page, *, wide: bool = False) -> list[list[str]]:
    """Only the cells that begin on a row: what lies under a merged cell is not written, the rest slides left.

    With `wide`, a cell that covers several columns is followed by blank ones.
    """
    rows: list[list[str]] = [[] for _ in range(page.height)]
    for box in sorted(page.boxes, key=lambda box: (box.row, box.column)):
        rows[box.row] += [box.text] + [""] * (box.width - 1 if wide else 0)
    return rows
