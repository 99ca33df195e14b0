"""Pages to a text: lines and tables in the order of the page, tables that go on over pages as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from statistics import median

from ... import deferred
from ...deferred import dataclass
from ...source import Declared, Inside, Note, Source
from ...source.widths import columns
from ..rendition import Rendition
from .abreast import begin, go_on
from .continued import Part, Table, edge_at, inside, mended
from .geometry import (
    Cell,
    Glyph,
    Grid,
    Stroke,
    frames,
    joined,
    overhanging,
    struck,
)
from .paragraphs import Line, by_table, lines, paragraphs
from .strips import Block, Paged, Strips

FORM = deferred.regex("项目名称|绩效|级指标|指标值|目标值|[出益度量果效本]指标")


@dataclass(slots=True, eq=False)
class Page:
    """A page as it is read: characters and lines, from its upper left corner, in points."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Stroke]
    down: list[Stroke]


class Paper(Rendition):
    """Takes pages one after another."""

    def __init__(self) -> None:
        super().__init__()
        self._open: Table | None = None
        self._held: list[Line] = []  # page numbers behind the open table, and what stands beside it
        self._ended = False  # text stands below it: it may go on beside itself only
        self._tables = 0
        self._strips = Strips()
        self._abreast: Paged = (0, [])  # what ends a page side by side
        self.expects = False  # whether the next page may go on with what is on the last one

    def unread(self, number: int, needs: str) -> None:
        """A page that is a picture, or damaged."""
        self._end()
        self.notes.append(Note("unread-page", self.length, what=str(number), needs=needs))

    def damaged(self, number: int) -> None:
        """A page of which there may be more than can be taken."""
        self.notes.append(Note("unread-page", self.length, what=str(number)))

    def flow(self, number: int, text: str) -> None:
        """A page of which only the text is known."""
        self._end()
        self.expects = False
        for at, line in enumerate(filter(str.strip, text.split("\n")), 1):
            self._line(number, at, line.replace("\t", " ").strip())
        self.add("\n")

    def take(self, page: Page) -> None:
        """A page with all that is known of it."""
        found = frames(page.across, page.down)
        tables = [
            Table(one, [], [Part(page.number, at, one.top, one.left)])
            for at, one in enumerate(found, 1)
        ]
        text = lines(page.number, self._dealt(page, tables))
        tables = [one for one in tables if one.glyphs]
        if not tables:
            self._end()
            self._laid_out(page, text)
            return
        blocks = by_table(sorted([*paragraphs(text, page.width), *tables], key=_top))
        self._lay(self._strips.take(page.number, blocks))
        self.expects = self._open is not None or bool(self._strips.pages or self._abreast[1])

    def _lay(self, pages: Iterable[Paged]) -> None:
        """Writes pages but for the tables that end one side by side: they may go on so on the next."""
        for number, blocks in pages:
            rest = go_on(self._abreast[1], blocks)
            if rest is not None and all(isinstance(one, Line) and one.is_number for one in rest):
                self._abreast[1].extend(rest)
                continue
            self._release()
            now = blocks if rest is None else rest
            at = begin(now)
            self._laid(number, now[:at])
            self._abreast = number, now[at:]

    def _release(self) -> None:
        """Writes the tables that stood side by side."""
        (number, blocks), self._abreast = self._abreast, (0, [])
        self._laid(number, blocks)

    def _laid(self, number: int, blocks: Sequence[Block]) -> None:
        """The lines and tables of a page, from its top."""
        bottom = 0.0  # of the table above
        edge = float("-inf")  # of it, where what stands to the left is on the page before, too
        for block in blocks:
            if isinstance(block, Table):
                bottom = block.frame.bottom
                edge = block.frame.left if self._table(block) else float("-inf")
            elif block.top < bottom and block.right < edge + block.size:
                continue
            elif self._open and (block.top < bottom or block.is_number):
                self._held.append(block)
            elif self._open and self._open.parts[-1].page == number and self._open.halved:
                self._held.append(block)
                self._ended = True
            else:
                self._close()
                self._line(block.page, block.number, block.text)

    def _dealt(self, page: Page, tables: Sequence[Table]) -> list[Glyph]:
        """Gives the tables their characters; gives the others. Those that are struck say nothing, where they stand."""
        ruled = {one for table in tables for one in table.frame.across}
        gone = struck(page.glyphs, [one for one in joined(page.across) if one not in ruled])
        if gone:
            self.notes.append(Note("revision", self.length, count=1))
        areas = [(*one.frame.area(), one.glyphs) for one in tables]
        rest: list[Glyph] = []
        for glyph in page.glyphs:
            if gone and glyph in gone:
                glyph = glyph._replace(text="")
            x, y = glyph.x, glyph.y
            for left, top, right, bottom, own in areas:
                if left <= x < right and top <= y < bottom:
                    own.append(glyph)
                    break
            else:
                rest.append(glyph)
        for _, _, right, _, own in areas:
            rest = overhanging(rest, own, right)
        return rest

    def source(self, shown: str, document: str) -> Source:
        """The document as a text."""
        self._end()
        return super().source(shown, document)

    def _table(self, table: Table) -> bool:
        """Takes a table; whether it is the part of the open one that the paper was too narrow for."""
        before, beside, below = self._open, None, None
        if before is not None and before.page < table.parts[0].page:
            beside = before.beside(table)
            below = None if beside or self._ended else before.below(table)
        if before is not None and beside is not None:
            right, bottom = before.frame.right, table.frame.bottom
            self._held = [
                one for one in self._held if one.left + one.size < right or one.top > bottom
            ]
        elif below is None:
            self._close()
        self._open = beside or below or table
        return beside is not None

    def _end(self) -> None:
        """Nothing goes on: writes what waits, too."""
        self._lay(self._strips.rest())
        self._release()
        self._close()

    def _close(self) -> None:
        """Writes the open table, and what was held."""
        table, self._open, self._ended = self._open, None, False
        if table is not None:
            self._write(table)
        for line in self._held:
            self._line(line.page, line.number, line.text)
        self._held = []

    def _line(self, page: int, number: int, text: str) -> None:
        self.place(
            Inside(f"第{page}页 第{number}行", f"page {page} line {number}", page=page, row=number)
        )
        self.add(text + "\n")

    def _laid_out(self, page: Page, text: Sequence[Line]) -> None:
        """A page without tables: its words where they stand, as characters of one width."""
        if not text:
            return
        unit = median(one.size for one in text) / 2
        edge = min(one.left for one in text)
        for line in text:
            out = ""
            for word, left, _ in line.apart:
                out += " " * max(round((left - edge) / unit) - columns(out), bool(out)) + word
            self._line(page.number, line.number, out)
        self.add("\f\n")
        self.expects = bool(FORM.search("".join(one.text for one in text)))

    def _write(self, table: Table) -> None:
        grid = Grid(table.frame)
        cells = grid.cells(table.glyphs)
        corners = [
            (edge_at(grid.ys, part.top), edge_at(grid.xs, part.left)) for part in table.parts
        ]
        for first in sorted({row for row, _ in corners if row}, reverse=True):
            cells = mended(cells, first)
        declared = bool(FORM.search("".join(one.text for one in cells)))
        number, self._tables = self._tables, self._tables + declared
        own: list[Declared] = []
        reaching: list[Cell] = []
        for row, group in groupby(cells, key=attrgetter("row")):
            begun = list(group)
            reaching = [one for one in reaching if one.row + one.down > row] + begun
            order = sorted(one.column for one in reaching)
            column = 0
            for cell in begun:
                self.add("\t" * (cell.column - column))
                column = cell.column
                self.place(inside(table.parts, corners, row, column, order))
                pieces = self.pieces("\n".join(cell.lines).replace("\t", " "))
                own.append(Declared(pieces, number, row, column, cell.width, cell.down))
            self.add("\n")
        if declared:
            self.table(own)
        self.add("\n")


def _top(block: Line | Table) -> float:
    return block.top if isinstance(block, Line) else block.frame.top
