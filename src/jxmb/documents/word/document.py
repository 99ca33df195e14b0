"""Word documents as texts: paragraphs and tables in the order of the file, with all that Word shows and nothing else.

A table that only frames another is none. Notes come last; headers come first where the body has no title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ... import deferred, labels
from ...deferred import dataclass
from ...source import Declared, Note
from ..ooxml.package import Package
from ..ooxml.text import Anchor, Text
from ..rendition import Rendition
from .blocks import Block, Cell, Paragraph, Row, Table
from .body import Body
from .numbering import Numbering, Styles

MAIN = "word/document.xml"
TITLE = deferred.re("绩效[^\n\t]{0,12}表")
HEADER = ("页眉", "header")
NOTES = ("footnotes", "endnotes")
QUOTED = 30  # characters of a hidden row that name it
HIDDEN_CELLS = 2  # a row of a form has at least a label and a value


@dataclass(slots=True, eq=False)
class Own:
    """A cell of a table that is written, while the table may still go on below it."""

    pieces: tuple[tuple[int, int], ...]
    row: int
    column: int
    width: int
    down: int = 1


class Document:
    """The parts of a document."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.main = self.package.main(MAIN)
        self.relations = self.package.relations(self.main)
        self.styles = Styles(self.package, self.related("styles"))

    def related(self, type: str) -> str:
        """The part that the main part points at as this; empty where there is none."""
        return next((one.part for one in self.relations.values() if one.type == type), "")

    def render(self) -> Renderer:
        """All stories as text. Raises `Undecodable`."""
        out, body = self._stories(())
        named = (self.relations[id].part for id in body.headers if id in self.relations)
        headers = tuple(dict.fromkeys(named))
        if headers and not TITLE.search(out.text):
            out, body = self._stories(headers)
        out.unread(body)
        return out

    def _stories(self, headers: Iterable[str]) -> tuple[Renderer, Body]:
        out = Renderer()
        numbering = Numbering(self.package, self.related("numbering"))
        body = Body(out.take, lambda: out.length, self.styles, numbering)
        for part in headers:
            self.package.read(part, body.reader(*HEADER))
            body.end()
        out.written, out.anchored = [], []
        self.package.read(self.main, body.reader())
        body.end()
        written, anchored = len(out.written), len(out.anchored)
        for type in NOTES:
            self.package.read(self.related(type), body.reader())
            body.end()
        del out.written[written:], out.anchored[anchored:]
        return out, body


class Renderer(Rendition):
    """Writes paragraphs and tables into a rendition."""

    def __init__(self) -> None:
        super().__init__()
        # The paragraphs of the main part, one by one and cell by cell, and where they begin.
        self.written: list[tuple[int, Paragraph]] = []
        self.anchored: list[tuple[int, list[Paragraph]]] = []
        self._tables = 0
        self._after_table = False

    def take(self, block: Block) -> None:
        """Appends a paragraph or a table."""
        if isinstance(block, Paragraph):
            self._paragraph(block)
        else:
            self._table(block)

    @property
    def texts(self) -> list[Text]:
        """The pieces of the main part, by offset."""
        return [piece for at, one in self.written for piece in one.texts(at)]

    @property
    def anchors(self) -> list[Anchor]:
        """The paragraphs and cells of the main part, by offset."""
        every = ((at, [one.tags for one in own if one.tags[1]]) for at, own in self.anchored)
        return [Anchor(at, tags[0][0], tags[-1][1]) for at, tags in every if tags]

    def unread(self, body: Body) -> None:
        """Notes what stands in other files inside the document, and a document of nothing but pictures."""
        self.notes += [Note("unread-page", at, what=name) for at, name in body.unread]
        if body.pictures and not self.text.strip():
            self.notes.append(Note("unread-page", 0))

    def _paragraph(self, one: Paragraph) -> None:
        start = self.length
        text = one.text
        if text.strip():
            self.place(one.inside)
            self.anchored.append((start, [one]))
            self.written.append((start, one))
            self.add(text + "\n")
            self._after_table = False
        self._revisions(one, start)

    def _revisions(self, one: Paragraph, start: int) -> None:
        if one.revisions:
            end = start + len(one.text)
            self.notes.append(Note("revision", start, end, count=one.revisions))

    def _table(self, table: Table) -> None:
        if self._after_table:
            self.add("\n")
        number, self._tables = self._tables, self._tables + 1
        own: list[Own] = []
        above: dict[int, Own] = {}  # the cells that reach down to the next row, by column
        self._hidden(table)
        if deleted := sum(row.left_out == "deleted" for row in table.rows):
            self.notes.append(Note("revision", self.length, count=deleted))
        for at, row in enumerate(one for one in table.rows if not one.left_out):
            if row.frames and (frames := _frames(row)):
                for block in (block for frame in frames for block in frame.blocks):
                    self.take(block)
                above = {}
                continue
            above = self._row(row, at, above, own)
            for cell in row.cells if row.frames else ():
                for inner in cell.framed():
                    self._table(inner)
        self.table(
            [Declared(one.pieces, number, one.row, one.column, one.width, one.down) for one in own]
        )
        self._after_table = True

    def _row(self, row: Row, number: int, above: dict[int, Own], own: list[Own]) -> dict[int, Own]:
        """Writes the cells that begin in a row; gives those that reach down to the next."""
        below: dict[int, Own] = {}
        first, column = len(own), 0
        for cell in row.cells:
            if cell.beside == "continue" and len(own) > first:
                own[-1].width += cell.width
            elif cell.down == "continue" and cell.column in above:
                below[cell.column] = above[cell.column]
                below[cell.column].down += 1
            else:
                if cell.column > column:
                    self.add("\t" * (cell.column - column))
                    column = cell.column
                own.append(Own(self._cell(cell), number, column, cell.width))
                if cell.down:
                    below[column] = own[-1]
        if len(own) > first:
            self.add("\n")
        return below

    def _cell(self, cell: Cell) -> tuple[tuple[int, int], ...]:
        self.place(cell.inside)
        paragraphs, start, text = cell.said(), self.length, ""
        self.anchored.append((start, paragraphs))
        for one in paragraphs:
            own = one.text.replace("\t", " ")
            text += "\n" if text and own else ""
            self.written.append((start + len(text), one))
            self._revisions(one, start + len(text))
            text += own
        return self.pieces(text)

    def _hidden(self, table: Table) -> None:
        """Notes the rows of a form that Word hides: of a table with a label in what is hidden or in what is not."""
        rows = [
            row for row in table.rows if row.left_out == "hidden" or (row.hides and _is_hidden(row))
        ]
        if rows and any(labels.find(text) for row in table.rows for text in _said(row)):
            what = " ".join(filter(None, _said(rows[0])))[:QUOTED]
            self.notes.append(
                Note("hidden", self.length, self.length + 1, count=len(rows), what=what)
            )


def _frames(row: Row) -> list[Cell]:
    """The cells of a row that only lays tables out: the single one, or several side by side with nothing else between."""
    framed = [cell for cell in row.cells if cell.framed()]
    if len(row.cells) == 1 or len(framed) == len(row.cells):
        return framed
    rest = (one for cell in row.cells if cell not in framed for one in cell.said())
    return [] if len(framed) == 1 or any(one.text.strip() for one in rest) else framed


def _said(row: Row) -> Iterator[str]:
    """What the cells of a row say, hidden or not."""
    return ("".join(one.text or one.hidden for one in cell.said()) for cell in row.cells)


def _is_hidden(row: Row) -> bool:
    """Whether all that a row says is hidden, and it says something in several cells."""
    every = [one for cell in row.cells for one in cell.said()]
    return sum(bool(one.hidden.strip()) for one in every) >= HIDDEN_CELLS and not any(
        one.text.strip() for one in every
    )
