"""Records as CSV: one indicator a row, for a spreadsheet.

The text begins with a byte-order mark, so that Excel reads it as UTF-8, and no cell can act as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from .. import visible
from ..model import Project
from ..source import Source
from . import Forms, Out
from .encode import number
from .records import record
from .tables import FORM_COLUMNS, INDICATOR_COLUMNS, heads, wide_rows

BOM = "\ufeff"


def build(project: Project, source: Source, places: bool = False) -> str:
    """The rows of a form; its places have no room here."""
    return text(wide_rows(source.path, record(project)))


def write(documents: Iterable[Forms], out: Out) -> None:
    """The rows of many files under one head."""
    out.stream.write(head((*FORM_COLUMNS, *INDICATOR_COLUMNS), out))
    for document in documents:
        out.stream.writelines(document.pieces)


def write_one(document: Forms, out: Out) -> None:
    """The rows of one file."""
    write([document], out)


def head(columns: Iterable[str], out: Out) -> str:
    """The first line of a table."""
    return BOM + text([heads(columns, out.heads)])


def text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as they stand in a file."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([map(cell, row) for row in rows])
    return written.getvalue()


def cell(value: object) -> str:
    """The text of a cell, nothing for None."""
    if value is None:
        return ""
    return visible.cell(number(value) if isinstance(value, Decimal) else str(value))
