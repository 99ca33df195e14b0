"""Tables that go on over pages.

A table goes on where it is the last of a page and the first of the next, with page numbers between at most and equal
outer edges, unless its first row there opens a form. What a page break tore apart is put together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from ... import deferred, labels
from ...deferred import dataclass
from ...source import Inside
from ...values import seams
from .geometry import Cell, Frame, Glyph, Grid, Stroke, baselines
from .measures import DRAWN, WRITTEN

TITLE = deferred.regex(r"绩效.{0,12}表|^[(（]?20\d\d年度?[)）]?$")
PROJECT = "项目名称"
LEVELS = deferred.regex("项目名称|[出益度量果效本]指标")
HEADS = deferred.regex("三级指标|指标名称|指标值|目标值")
# What is no rest of a text, as a value is none: a figure, a code, an item.
WHOLE = deferred.regex(r"^[\d,.]+$|^[A-Za-z\d]+$|^[(（]?[一二三四五六七八九十\d]+[)）、.]")
SENTENCE_END = ("。", "；")


@dataclass(slots=True, eq=False)
class Part:
    """The part of a table that stands on one page: `number` among those of the page, and where it begins in the whole."""

    page: int
    number: int
    top: float
    left: float


@dataclass(slots=True, eq=False)
class Table:
    """A table while it may go on."""

    frame: Frame
    glyphs: list[Glyph]
    parts: list[Part]

    def joined(self, other: Table, left: float, top: float) -> Table:
        """This one with that of the next page in it, its upper left corner at a place."""
        right, down = left - other.frame.left, top - other.frame.top
        return Table(
            self.frame + other.frame.moved(right, down),
            self.glyphs + [one.moved(right, down) for one in other.glyphs],
            [
                *self.parts,
                *(
                    Part(one.page, one.number, one.top + down, one.left + right)
                    for one in other.parts
                ),
            ],
        )

    @property
    def page(self) -> int:
        """The page of the last part at its left edge: what stands to the right of it is of no later row."""
        return max(one.page for one in self.parts if one.left <= self.frame.left + DRAWN.near)

    def below(self, other: Table) -> Table | None:
        """With that of the next page below it, if that is more of this."""
        if abs(self.frame.left - other.frame.left) > DRAWN.near:
            return None
        if (
            abs(self.frame.right - other.frame.right) > DRAWN.near
            or len(self.parts) >= WRITTEN.parts
        ):
            return None
        if self.frame.fields() + other.frame.fields() > DRAWN.fields:
            return None
        first = "".join(other.first_row().split())
        if first.startswith(PROJECT) or TITLE.search(first):
            return None
        if self.frame.is_open_below and other.frame.is_open_above:
            other = other.closed()
        return self.joined(other, self.frame.left, self.frame.bottom)

    def closed(self) -> Table:
        """With lines over what its first row says, where that is no rest of the row above: half of it is blank."""
        cells = [one for one in Grid(self.frame).cells(self.glyphs) if one.row == 0]
        said = [one for one in cells if one.lines]
        if len(said) * 2 <= len(cells):
            return self
        xs, top = self.frame.columns(), self.frame.top
        over = [Stroke(top, xs[one.column], xs[one.column + one.width]) for one in said]
        return Table(self.frame + Frame(tuple(over), ()), self.glyphs, self.parts)

    def beside(self, other: Table) -> Table | None:
        """With that of the next page to the right of it, if the paper was too narrow for it: rows where it
        has them, and no labels, or the heads of a table of which this one has the labels before them."""
        mine, others = self.frame.rows(), other.frame.rows()
        fewer, more = sorted((mine, others), key=len)
        if len(fewer) < WRITTEN.rows or abs(mine[0] - others[0]) > DRAWN.near:
            return None
        if abs(mine[-1] - others[-1]) > DRAWN.near or not all(
            _is_among(one, more) for one in fewer
        ):
            return None
        edge = min(
            (one.at for one in other.frame.down if one.at > other.frame.left + DRAWN.near),
            default=0,
        )
        if LEVELS.search(_said(one for one in other.glyphs if one.x < edge)) and not (
            HEADS.search(_said(other.glyphs)) and not HEADS.search(_said(self.glyphs))
        ):
            return None
        # A text that the edge of the paper cuts is printed on both sides of it, each character for one of them.
        right, left = self.frame.columns()[-1], other.frame.columns()[0]
        own = [one for one in self.glyphs if one.left + one.right < 2 * right]
        rest = [one for one in other.glyphs if one.left + one.right >= 2 * left]
        return Table(self.frame, own, self.parts).joined(
            Table(other.frame, rest, other.parts), right + other.frame.left - left, self.frame.top
        )

    @property
    def halved(self) -> bool:
        """Whether it is a form without the heads that stand in the right half of one."""
        said = _said(self.glyphs)
        return PROJECT in said and not HEADS.search(said)

    def first_row(self) -> str:
        """What its first row says."""
        edges = sorted(one.at for one in self.frame.across)
        top = self.frame.top
        bottom = next((edge for edge in edges if edge > top + DRAWN.near), self.frame.bottom)
        own = [one for one in self.glyphs if one.y < bottom]
        return "".join(glyph.text for line in baselines(own) for glyph in line)


def _said(glyphs: Iterable[Glyph]) -> str:
    return "".join(one.text for one in glyphs)


def _is_among(value: float, values: Sequence[float]) -> bool:
    """Whether one of the values, which are in order, is as great."""
    at = bisect_left(values, value - DRAWN.near)
    return at < len(values) and values[at] <= value + DRAWN.near


def edge_at(edges: Sequence[float], value: float) -> int:
    """The row or column that begins at an edge."""
    return bisect_left(edges, value - DRAWN.near)


def inside(
    parts: Sequence[Part],
    corners: Sequence[tuple[int, int]],
    row: int,
    column: int,
    order: Sequence[int],
) -> Inside:
    """The place of a cell. `corners` are the first row and column of each part, `order` the columns of the row's cells.

    Cells are counted as one sees them: on their page, and each as one, however many columns of the grid it covers.
    """
    at = max(
        at
        for at, (first, left) in enumerate(corners)
        if at == 0 or (first <= row and left <= column)
    )
    part, (first, left) = parts[at], corners[at]
    row -= first - 1
    column = bisect_left(order, column) - bisect_left(order, left) + 1
    return Inside(
        f"第{part.page}页 表{part.number} 第{row}行 第{column}列",
        f"page {part.page} table {part.number} row {row} column {column}",
        page=part.page,
        table=part.number,
        row=row,
        column=column,
    )


def mended(cells: list[Cell], first: int) -> list[Cell]:
    """Cells with the row that a page begins with put to the one above, where it is the rest of that."""
    begun = [one for one in cells if one.row == first]
    above = {(one.column, one.width): one for one in cells if one.row + one.down == first}
    # A label that the page tore reaches down as far as its rest does.
    torn = [one for one in begun if _is_torn(above.get((one.column, one.width)), one)]
    if not _is_rest([one for one in begun if one.down == 1], above, bool(torn)):
        return cells
    for one in begun:
        if one.down == 1 or one in torn:
            if one.lines:
                above[one.column, one.width].lines += one.lines
            if one in torn:
                above[one.column, one.width].down += one.down - (one.down == 1)
        else:
            one.row, one.down = one.row + 1, one.down - 1
    gone = {id(one) for one in begun if one.row == first}
    return sorted(
        (one for one in cells if id(one) not in gone), key=lambda one: (one.row, one.column)
    )


def _is_rest(own: Sequence[Cell], above: Mapping[tuple[int, int], Cell], torn: bool) -> bool:
    """Whether the cells of a row go on with what those above say: half of them at most, or more where a label is torn."""
    rests = [one for one in own if one.lines]
    if not own or (len(rests) * 2 > len(own) and not torn):
        return False
    over = ((above.get((one.column, one.width)), one) for one in rests)
    return all(cell and cell.lines and not _is_whole(one.text) for cell, one in over)


def _is_torn(above: Cell | None, below: Cell) -> bool:
    """Whether two cells say a label, and neither of them does alone."""
    if above is None or not (above.lines and below.lines):
        return False
    whole = labels.find(above.text + below.text)
    return bool(whole) and not labels.find(above.text) and not labels.find(below.text)


def _is_whole(text: str) -> bool:
    """Whether a text hardly is the end of one."""
    if text.endswith(SENTENCE_END):
        return False
    return seams.is_signed(text) or seams.is_whole_value(text) or bool(WHOLE.match(text))
