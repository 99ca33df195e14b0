"""What a Word document is made of, while it is read: paragraphs, tables with rows and cells, and what they stand in.

There are very many of them: what most never say is a default of the class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...source import Inside
from ..ooxml.text import Text

NESTED = 3  # tables in tables that a place names; what is deeper stands after …
# A text, the offsets of its tags in the bytes of the part, those of the properties of its run, why it is not written.
Piece = tuple[str, int, int, tuple[int, int], str]


class Paragraph:
    """A paragraph: its text in pieces with line ends for breaks, and what Word hides or tracks in it.

    `number` counts in its scope. `tags` are offsets in the bytes: of the tag that its runs follow, of its end tag.
    """

    hidden: str = ""
    revisions: int = 0
    listed: tuple[str, int] | None = None  # its list and level
    style: str = ""
    tags: tuple[int, int] = (0, 0)
    goes_on: bool = False  # the mark at its end is deleted: the next one belongs to it

    def __init__(self, scope: Scope, number: int) -> None:
        self.scope, self.number = scope, number
        self.pieces: list[Piece] = []

    @property
    def inside(self) -> Inside:
        """Its place: its scope, or its own number in the body."""
        zh, en = self.scope.called
        return Inside(zh or f"第{self.number}段", en or f"paragraph {self.number}")

    @property
    def text(self) -> str:
        """All of it."""
        return "".join([one[0] for one in self.pieces])

    def texts(self, at: int) -> Iterator[Text]:
        """Its pieces, where it begins at an offset of the text."""
        for text, first, last, look, fixed in self.pieces:
            yield Text(at, len(text), first, last, look, fixed)
            at += len(text)

    def lead(self, number: str) -> None:
        """Puts a number before it, which stands nowhere in the file."""
        if number:
            self.pieces.insert(0, (number, 0, 0, (0, 0), "number"))


class Row:
    """A row of a table. `left_out` says why it is not read: it is `hidden` or `deleted`."""

    column: int = 0  # at which the next cell begins
    left_out: str = ""
    frames: bool = False  # tables stand in it
    hides: bool = False  # text in it is hidden

    def __init__(self) -> None:
        self.cells: list[Cell] = []


class Table:
    """A table; `zh` and `en` are what it is called."""

    def __init__(self, scope: Scope) -> None:
        own, scope_en = scope.called
        self.scope = scope
        self.zh, self.en = f"表{scope.tables}", f"table {scope.tables}"
        self.number = None if own else scope.tables  # among the tables of the body
        if own:
            self.zh, self.en = f"{own} › {self.zh}", f"{scope_en} › {self.en}"
        self.rows: list[Row] = []


Block = Paragraph | Table


class Scope:
    """What paragraphs and tables stand in: the body, a cell, a text box, a note.

    `take` is called with each of them; `called` names the scope in both languages, and is empty for the body.
    """

    depth: int = 0
    tables: int = 0
    paragraphs: int = 0
    open: Paragraph | None = None  # one that goes on in the next

    def __init__(self, take: Callable[[Block], object], zh: str = "", en: str = "") -> None:
        self.take = take
        self._called = zh, en

    @property
    def called(self) -> tuple[str, str]:
        """Its name."""
        return self._called

    def paragraph(self) -> Paragraph:
        """The next paragraph."""
        self.paragraphs += 1
        return self.open or Paragraph(self, self.paragraphs)

    def table(self) -> Table:
        """The next table."""
        self.tables += 1
        return Table(self)


class Cell(Scope):
    """The next cell of a row: where it begins, how many columns it covers, whether it goes on below or beside."""

    width: int = 1
    down: str = ""  # `restart` or `continue`
    beside: str = ""

    def __init__(self, table: Table, row: Row) -> None:
        row.cells.append(self)
        self.table_of, self.row, self.number = table, len(table.rows), len(row.cells)
        self.column = row.column
        self.blocks: list[Block] = []
        self.take = self.blocks.append
        self.depth = table.scope.depth + 1

    @property
    def inside(self) -> Inside:
        """Its place."""
        table = self.table_of
        zh = f"{table.zh} 第{self.row}行 第{self.number}格"
        en = f"{table.en} row {self.row} cell {self.number}"
        if table.number is None:
            return Inside(zh, en)
        return Inside(zh, en, table=table.number, row=self.row, column=self.number)

    @property
    def called(self) -> tuple[str, str]:
        """As a scope: what is nested too deep is called like what it stands in."""
        if self.depth <= NESTED:
            return self.inside.zh, self.inside.en
        zh, en = self.table_of.scope.called
        more = "" if zh.endswith("…") else " › …"
        return zh + more, en + more

    def framed(self) -> list[Table]:
        """The tables in it."""
        return [one for one in self.blocks if isinstance(one, Table)]

    def said(self) -> list[Paragraph]:
        """The paragraphs in it."""
        return [one for one in self.blocks if isinstance(one, Paragraph)]
