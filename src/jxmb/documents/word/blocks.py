"""What a Word document is made of, while it is read: paragraphs, tables with rows and cells, and what they stand in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from ...deferred import dataclass
from ...source import Inside
from ..ooxml.text import Text

NESTED = 3  # tables in tables that a place names; what is deeper stands after …


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph: its text with line ends for breaks, and what Word hides or tracks in it."""

    scope: Scope
    number: int  # in its scope
    parts: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    size: int = 0  # characters of all parts
    hidden: str = ""
    revisions: int = 0
    listed: tuple[str, int] | None = None  # its list and level
    style: str = ""
    tags: tuple[int, int] = (
        0,
        0,
    )  # offsets in the bytes: of the tag that its runs follow, of its end tag
    goes_on: bool = False  # the mark at its end is deleted: the next one belongs to it

    @property
    def inside(self) -> Inside:
        """Its place: its scope, or its own number in the body."""
        if self.scope.zh:
            return Inside(self.scope.zh, self.scope.en)
        return Inside(f"第{self.number}段", f"paragraph {self.number}")

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def lead(self, number: str) -> None:
        """Puts a number before it, which stands nowhere in the file."""
        if not number:
            return
        self.parts.insert(0, number)
        self.texts = [one.moved(len(number)) for one in self.texts]
        self.texts.insert(0, Text(0, len(number), 0, 0, (0, 0), "number"))
        self.size += len(number)


@dataclass(slots=True, eq=False)
class Cell:
    """A cell: where it begins, how many columns it covers, whether it goes on below or beside, and what it holds."""

    column: int
    inside: Inside
    width: int = 1
    down: str = ""  # `restart` or `continue`
    beside: str = ""
    blocks: list[Block] = field(default_factory=list)

    def tables(self) -> list[Table]:
        """The tables in it."""
        return [one for one in self.blocks if isinstance(one, Table)]

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in it."""
        return [one for one in self.blocks if isinstance(one, Paragraph)]


@dataclass(slots=True, eq=False)
class Row:
    """A row of a table. `left_out` says why it is not read: it is `hidden` or `deleted`."""

    cells: list[Cell] = field(default_factory=list)
    column: int = 0  # at which the next cell begins
    left_out: str = ""


@dataclass(slots=True, eq=False)
class Table:
    """A table; `zh` and `en` are what it is called."""

    zh: str
    en: str
    number: int | None  # among the tables of the body
    depth: int
    rows: list[Row] = field(default_factory=list)

    def cell(self, number: int) -> Inside:
        """The place of a cell, by its number in the last row."""
        row = len(self.rows)
        zh = f"{self.zh} 第{row}行 第{number}格"
        en = f"{self.en} row {row} cell {number}"
        if self.number is None:
            return Inside(zh, en)
        return Inside(zh, en, table=self.number, row=row, column=number)


Block = Paragraph | Table


@dataclass(slots=True, eq=False)
class Scope:
    """What paragraphs and tables stand in: the body, a cell, a text box, a note.

    `take` is called with each of them; `zh` and `en` name the scope, and are empty for the body.
    """

    take: Callable[[Block], object]
    zh: str = ""
    en: str = ""
    depth: int = 0
    tables: int = 0
    paragraphs: int = 0
    open: Paragraph | None = None  # one that goes on in the next

    def paragraph(self) -> Paragraph:
        """The next paragraph."""
        self.paragraphs += 1
        return self.open or Paragraph(self, self.paragraphs)

    def table(self) -> Table:
        """The next table."""
        self.tables += 1
        number = None if self.zh else self.tables
        zh, en = f"表{self.tables}", f"table {self.tables}"
        if self.zh:
            zh, en = f"{self.zh} › {zh}", f"{self.en} › {en}"
        return Table(zh, en, number, self.depth)

    def within(self, take: Callable[[Block], object], inside: Inside) -> Scope:
        """The scope of a cell of a table in this one."""
        if self.depth < NESTED:
            return Scope(take, inside.zh, inside.en, self.depth + 1)
        more = "" if self.zh.endswith("…") else " › …"
        return Scope(take, self.zh + more, self.en + more, self.depth + 1)
