"""Workbooks out (xlsx): tables with a frozen head, filters and widths, which print on A4; no text is a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO, Any, NamedTuple
from unicodedata import east_asian_width

import xlsxwriter

from ..visible import UNMARKED, sign

ROWS = 1_048_576  # of a sheet, its head among them
LONGEST = 32_767  # characters of a cell
DIGITS = 15  # of a number that a cell holds exactly
LINE = 15.5  # points
HIGHEST = 409  # points of a row
A4 = 9
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
PLAIN = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
HEAD = PLAIN | {"bold": True, "valign": "vcenter", "bg_color": "#DDE6F0"}
AUTHOR = "jxmb"
FOOTER = "&C&P / &N"

Value = str | int | Decimal | None


class Column(NamedTuple):
    """A column: its head, its width in characters, the values to choose from, and what has a colour of its own."""

    head: str
    width: int = 12
    choices: tuple[str, ...] = ()
    colors: Mapping[str, str] = {}


class Workbook:
    """A workbook that is written to a stream of bytes when it is closed; its rows wait on disk."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.book = xlsxwriter.Workbook(stream, OPTIONS)
        self.book.set_properties({"author": AUTHOR})
        self._formats: dict[str, Any] = {}
        self._tables: list[Table] = []

    def table(self, name: str, columns: Sequence[Column]) -> Table:
        """A sheet of rows under one head."""
        table = Table(self, name, columns)
        self._tables.append(table)
        return table

    def format(self, color: str = "") -> Any:
        """How a cell looks, in a colour if one is said."""
        if color not in self._formats:
            own = {"font_color": color, "bold": True} if color else {}
            self._formats[color] = self.book.add_format(PLAIN | own)
        return self._formats[color]

    def close(self) -> None:
        """Write all of it."""
        for table in self._tables:
            table.close()
        self.book.close()


class Table:
    """Rows under one head; where a sheet is full they go on in another."""

    def __init__(self, workbook: Workbook, name: str, columns: Sequence[Column]) -> None:
        self.workbook, self.name, self.columns = workbook, name, columns
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        book, self._sheets = self.workbook.book, self._sheets + 1
        number = f" {self._sheets}" if self._sheets > 1 else ""
        self.sheet = book.add_worksheet(f"{self.name}{number}")
        head = book.add_format(HEAD)
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(0, at, column.head, head)
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(FOOTER)
        self._row = 1

    def add(self, values: Sequence[Value]) -> None:
        """A row: texts as texts, numbers as numbers; one that a cell would round is a text."""
        if self._row == ROWS:
            self.close()
            self._begin()
        self.sheet.set_row(self._row, self._height(values))
        for at, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            look = self.workbook.format(column.colors.get(str(value), ""))
            if value is None:
                self.sheet.write_blank(self._row, at, None, look)
            elif _exact(value):
                self.sheet.write_number(self._row, at, value, look)
            else:
                self.sheet.write_string(self._row, at, text(str(value)), look)
        self._row += 1

    def _height(self, values: Sequence[Value]) -> float:
        """What the text of a row takes when it is folded: not every program finds it by itself."""
        pairs = zip(self.columns, values, strict=True)
        lines = max(_lines(str(value), column.width - 1) for column, value in pairs)
        return min(lines * LINE, HIGHEST)

    def close(self) -> None:
        """Filters over all rows, and the lists of columns with choices."""
        last = self._row - 1
        self.sheet.autofilter(0, 0, last, len(self.columns) - 1)
        for at, column in enumerate(self.columns):
            if column.choices and last:
                rule = {"validate": "list", "source": list(column.choices)}
                self.sheet.data_validation(1, at, last, at, rule)


def _lines(said: str, width: int) -> int:
    """How many lines a text has in a column."""
    return sum(-(-_width(line) // width) or 1 for line in said.split("\n"))


def _width(line: str) -> int:
    """Characters, those of East Asia twice."""
    return len(line) + sum(east_asian_width(one) in "WF" for one in line)


def _exact(value: Value) -> bool:
    """Whether it is a number that a cell holds as it is."""
    return isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= DIGITS


def text(said: str) -> str:
    """A text that a cell can hold, controls as signs."""
    return UNMARKED.sub(lambda match: sign(match[0]), said)[:LONGEST]
