"""Pages to a text: lines and tables in the order of the page, tables that go on over pages as one.

A table goes on where it is the last of a page and the first of the next, with page numbers between at most and equal
outer edges, unless its first row there opens a form. What a page break tore apart is put together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from statistics import median

from .. import lazy
from ..light import dataclass
from ..source import Declared, Inside, Note, Source
from ..tables.widths import columns
from ..values import seams
from .geometry import (
    GAP,
    Cell,
    Frame,
    Glyph,
    Grid,
    Stroke,
    baselines,
    frames,
    joined,
    struck,
    words,
)
from .rendition import Rendition

NUMBER = lazy.regex(
    r"^[-—–·.\s]*(?:第?\s*\d{1,4}\s*页?)[-—–·.\s]*(?:[,，/]?\s*(?:共\s*)?\d+\s*页?)?$"
)
TITLE = lazy.regex(r"绩效.{0,12}表|^[(（]?20\d\d年度?[)）]?$")
PROJECT = "项目名称"
FEWEST_ROWS = 4  # of a table that paper cut off at its side
LEVELS = lazy.regex("项目名称|[出益度量果效本]指标")
FORM = lazy.regex("项目名称|绩效|级指标|指标值|目标值|[出益度量果效本]指标")
# What is no rest of a text, as a value is none: a figure, a code, an item.
WHOLE = lazy.regex(r"^[\d,.]+$|^[A-Za-z\d]+$|^[(（]?[一二三四五六七八九十\d]+[)）、.]")
COLON = lazy.regex("[:：]")
BETWEEN = " " * 8  # between words of a line that stand apart
SENTENCE_END = ("。", "；")
BRACKETS = "（(【["
APART = 0.4  # gap between cells of a page without lines, in sizes of a character
CENTRED = 1.5  # sizes of a character by which the middle of a line may miss that of the page
NEXT = 2.2  # distance of base lines of one paragraph, in sizes of a character
EDGE = 1.5  # sizes of a character before the right edge, behind which a full line ends


@dataclass(slots=True, eq=False)
class Page:
    """A page as it is read: characters and lines, from its upper left corner, in points."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    across: list[Stroke]
    down: list[Stroke]


@dataclass(slots=True, eq=False)
class Line:
    """A line of text outside of tables: its words with their edges."""

    page: int
    number: int
    words: list[tuple[str, float, float]]
    apart: list[tuple[str, float, float]]
    top: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """Its words, apart as columns are; letters that stand apart are one word, a word with a colon is its own line."""
        every = [text.strip() for text, _, _ in self.words]
        if all(len(one) == 1 for one in every):
            return " ".join(every)
        out = every[0]
        for one in every[1:]:
            out += ("\n" if COLON.search(one) else BETWEEN) + one
        return out

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0][1]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1][2]


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
        first = other.parts[0]
        return Table(
            self.frame + other.frame.moved(right, down),
            self.glyphs + [one.moved(right, down) for one in other.glyphs],
            [*self.parts, Part(first.page, first.number, top, left)],
        )

    def below(self, other: Table) -> Table | None:
        """With that of the next page below it, if that is more of this."""
        if abs(self.frame.left - other.frame.left) > GAP:
            return None
        if abs(self.frame.right - other.frame.right) > GAP:
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
        has them, no labels."""
        mine, others = self.frame.rows(), other.frame.rows()
        fewer, more = sorted((mine, others), key=len)
        if len(fewer) < FEWEST_ROWS or abs(mine[0] - others[0]) > GAP:
            return None
        if abs(mine[-1] - others[-1]) > GAP or not all(_is_among(one, more) for one in fewer):
            return None
        edge = min(
            (one.at for one in other.frame.down if one.at > other.frame.left + GAP), default=0
        )
        first = "".join(one.text for one in other.glyphs if one.x < edge)
        if LEVELS.search(first):
            return None
        return self.joined(other, self.frame.right, self.frame.top)

    def first_row(self) -> str:
        """What its first row says."""
        edges = sorted(one.at for one in self.frame.across)
        top = self.frame.top
        bottom = next((edge for edge in edges if edge > top + GAP), self.frame.bottom)
        own = [one for one in self.glyphs if one.y < bottom]
        return "".join(glyph.text for line in baselines(own) for glyph in line)


class Paper(Rendition):
    """Takes pages one after another."""

    def __init__(self) -> None:
        super().__init__()
        self._open: Table | None = None
        self._held: list[Line] = []  # page numbers behind the open table, and what stands beside it
        self._tables = 0
        self.expects = False  # whether the next page may go on with what is on the last one

    def unread(self, number: int, needs: str) -> None:
        """A page that is a picture, or damaged."""
        self._close()
        self.notes.append(Note("unread-page", self.length, what=str(number), needs=needs))

    def flow(self, number: int, text: str) -> None:
        """A page of which only the text is known."""
        self._close()
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
        text = _lines(page, self._dealt(page, tables))
        tables = [one for one in tables if one.glyphs]
        if not tables:
            self._close()
            self._laid_out(page, text)
            return
        blocks: list[Line | Table] = sorted([*_paragraphs(text, page.width), *tables], key=_top)
        bottom = 0.0  # of the table above
        for block in blocks:
            if isinstance(block, Table):
                bottom = block.frame.bottom
                self._table(block)
            elif self._open and (block.top < bottom or NUMBER.match(block.text.strip())):
                self._held.append(block)
            else:
                self._close()
                self._line(block.page, block.number, block.text)
        self.expects = self._open is not None

    def _dealt(self, page: Page, tables: Sequence[Table]) -> list[Glyph]:
        """Gives the tables their characters, and leaves out those that are struck; gives the others."""
        ruled = {one for table in tables for one in table.frame.across}
        gone = struck(page.glyphs, [one for one in joined(page.across) if one not in ruled])
        if gone:
            self.notes.append(Note("revision", self.length, count=1))
        areas = [(*one.frame.area(), one.glyphs) for one in tables]
        rest: list[Glyph] = []
        for glyph in page.glyphs:
            x, y = glyph.x, glyph.y
            if gone and glyph in gone:
                continue
            for left, top, right, bottom, own in areas:
                if left <= x <= right and top <= y <= bottom:
                    own.append(glyph)
                    break
            else:
                rest.append(glyph)
        return rest

    def source(self, shown: str, document: str) -> Source:
        """The document as a text."""
        self._close()
        return super().source(shown, document)

    def _table(self, table: Table) -> None:
        before = self._open
        more = None
        if before is not None and before.parts[-1].page < table.parts[0].page:
            more = before.beside(table) or before.below(table)
        if more is None:
            self._close()
        self._open = more or table

    def _close(self) -> None:
        """Writes the open table, and what was held."""
        table, self._open = self._open, None
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
        firsts = [_row_at(grid.ys, part.top) for part in table.parts]
        for first in filter(None, firsts[:0:-1]):
            cells = mended(cells, first)
        declared = bool(FORM.search("".join(one.text for one in cells)))
        number, self._tables = self._tables, self._tables + declared
        own: list[Declared] = []
        reaching: list[Cell] = []
        for row, group in groupby(cells, key=attrgetter("row")):
            reaching = [one for one in reaching if one.row + one.down > row]
            column = 0
            for cell in list(group):
                self.add("\t" * (cell.column - column))
                column = cell.column
                at = 1 + sum(one.column < column for one in reaching)
                reaching.append(cell)
                self.place(_inside(table.parts, firsts, row, at))
                pieces = self.pieces("\n".join(cell.lines).replace("\t", " "))
                own.append(Declared(pieces, number, row, column, cell.width, cell.down))
            self.add("\n")
        if declared:
            self.table(own)
        self.add("\n")


def _is_among(value: float, values: Sequence[float]) -> bool:
    """Whether one of the values, which are in order, is as great."""
    at = bisect_left(values, value - GAP)
    return at < len(values) and values[at] <= value + GAP


def _top(block: Line | Table) -> float:
    return block.top if isinstance(block, Line) else block.frame.top


def _row_at(ys: Sequence[float], top: float) -> int:
    """The row that begins at an edge."""
    return bisect_left(ys, top - GAP)


def _inside(parts: Sequence[Part], firsts: Sequence[int], row: int, column: int) -> Inside:
    at = max(sum(first <= row for first in firsts) - 1, 0)
    part, row = parts[at], row - firsts[at] + 1
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
    own = [one for one in cells if one.row == first and one.down == 1]
    rests = [one for one in own if one.lines]
    above = {(one.column, one.width): one for one in cells if one.row + one.down == first}
    if not own or len(rests) * 2 > len(own):
        return cells
    for one in rests:
        over = above.get((one.column, one.width))
        if over is None or not over.lines or _is_whole(one.text):
            return cells
    for one in rests:
        above[one.column, one.width].lines += one.lines
    found = []
    for one in cells:
        if one.row == first:
            if one.down == 1:
                continue
            one.row, one.down = one.row + 1, one.down - 1
        found.append(one)
    return sorted(found, key=lambda one: (one.row, one.column))


def _is_whole(text: str) -> bool:
    """Whether a text hardly is the end of one."""
    if text.endswith(SENTENCE_END):
        return False
    return seams.is_signed(text) or seams.is_whole_value(text) or bool(WHOLE.match(text))


def _lines(page: Page, glyphs: Sequence[Glyph]) -> list[Line]:
    found: list[Line] = []
    for line in baselines(glyphs):
        if own := words(line):
            top, size = min(one.y for one in line), median(one.size for one in line)
            found.append(
                Line(page.number, len(found) + 1, own, words(line, APART), top, line[0].base, size)
            )
    return found


def _paragraphs(text: Sequence[Line], width: float) -> list[Line]:
    """Lines with those that go on put together: titles over two lines, and body lines up to the right edge."""
    found: list[Line] = []
    edge = max((one.right for one in text), default=0.0)
    last: Line | None = None
    for line in text:
        if last is not None and _continues(last, line, width, edge):
            (before, left, _), *_ = found[-1].words
            found[-1].words = [(before + line.words[0][0], left, line.right)]
        else:
            found.append(
                Line(line.page, line.number, line.words, line.apart, line.top, line.base, line.size)
            )
        last = line
    return found


def _continues(last: Line, line: Line, width: float, edge: float) -> bool:
    if len(last.words) > 1 or len(line.words) > 1 or abs(last.size - line.size) > last.size / 10:
        return False
    if line.base - last.base > NEXT * last.size or line.text[:1] in BRACKETS:
        return False
    size = last.size
    centred = all(
        abs((one.left + one.right) / 2 - width / 2) < CENTRED * size for one in (last, line)
    )
    if centred and last.right - last.left > width / 2:
        return line.right - line.left < last.right - last.left
    return (
        last.right > edge - EDGE * size and line.left < last.left + GAP and last.right > width / 2
    )
