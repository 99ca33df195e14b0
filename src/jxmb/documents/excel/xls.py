"""Old Excel workbooks (xls, and et, which is the same), read by xlrd: what their cells show, as in an xlsx.

xlrd does not tell formulas from values: what Excel stored as their results is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import xlrd
from xlrd.formatting import std_format_strings

from ...source import Source
from ...source.decoding import Undecodable
from ..limits import LIMITS, refused
from ..rendition import Rendition
from . import areas, number_formats
from .sheets import Merge, Sheet

NAME = "xls"
ENCRYPTED = "encrypted"  # what the error says of a workbook with a password
NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
BOOLEANS = ("FALSE", "TRUE")


def read(data: bytes, shown: str) -> Source:
    """The workbook as text. Raises `Undecodable`."""
    out = Rendition()
    for sheet in _sheets(data):
        areas.render(sheet, out)
    return out.source(shown, NAME)


def _sheets(data: bytes) -> list[Sheet]:
    try:
        # Sectors that belong to two streams are what report software writes; Excel does not mind.
        book = xlrd.open_workbook(
            file_contents=data,
            logfile=StringIO(),
            formatting_info=True,
            ragged_rows=True,
            ignore_workbook_corruption=True,
        )
        return list(Workbook(book).sheets())
    except Undecodable:
        raise
    except Exception as error:  # of a damaged file it raises whatever its parts do
        raise refused("password" if ENCRYPTED in str(error) else "damaged") from None


class Workbook:
    """A workbook of xlrd."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.since_1904 = book.datemode == 1
        self.cells = 0

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets in their order. Raises `Undecodable`, and whatever xlrd does."""
        for own in self.book.sheets():
            sheet = Sheet(own.name, own.visibility != 0)
            merged = own.merged_cells
            if len(merged) > LIMITS.merges:
                raise refused("merges")
            sheet.merges = [
                Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in merged
            ]
            sheet.hidden_rows = {
                at for at, one in own.rowinfo_map.items() if _hidden(one.hidden, one.height)
            }
            sheet.hidden_columns = [
                (at, at) for at, one in own.colinfo_map.items() if _hidden(one.hidden, one.width)
            ]
            for row in range(own.nrows):
                for column in range(own.row_len(row)):
                    self._cell(sheet, row, column, own.cell(row, column))
            yield sheet

    def _cell(self, sheet: Sheet, row: int, column: int, cell: Any) -> None:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            sheet.unsolved[row, column] = xlrd.error_text_from_code.get(cell.value, "#")
            sheet.put(row, column, "")
        elif text := self._text(cell):
            self.cells += 1
            if self.cells > LIMITS.cells:
                raise refused("cells")
            sheet.put(row, column, text)
            if cell.ctype in NUMBERS and (kind := number_formats.kind(self._format(cell))):
                sheet.shown[row, column] = kind

    def _text(self, cell: Any) -> str:
        """What a cell shows."""
        if cell.ctype in NUMBERS:
            return number_formats.number(repr(cell.value), self._format(cell), self.since_1904)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return BOOLEANS[bool(cell.value)]
        if cell.ctype == xlrd.XL_CELL_TEXT:
            said = cell.value.replace("\r\n", "\n").replace("\r", "\n")
            return number_formats.text(said, self._format(cell))
        return ""

    def _format(self, cell: Any) -> str:
        """The format code of a cell: of the file, or the one that Excel has for its number."""
        number = self.book.xf_list[cell.xf_index].format_key
        code = self.book.format_map[number].format_str
        if not code or code == std_format_strings.get(number):
            code = number_formats.BUILT_IN.get(number, code)
        return code or number_formats.GENERAL


def _hidden(hidden: int, size: int | None) -> bool:
    return bool(hidden) or size == 0
