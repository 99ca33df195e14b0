"""Records as a workbook: a sheet of forms and one of indicators, under the heads that CSV has."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import TextIO

from ..workbook import Column, Workbook
from . import Forms
from .csv import FORM_HEADER, INDICATOR_HEADER, form_row, indicator_rows
from .encode import compact
from .jsonl import build as build  # a piece is the record: what a sheet makes of it needs the book

WIDTHS = {
    "path": 24,
    "title": 24,
    "project_name": 28,
    "department": 20,
    "implementer": 20,
    "goal": 60,
    "fields": 40,
    "indicator_level1": 14,
    "indicator_level2": 18,
    "indicator_name": 30,
    "target_raw": 18,
    "target_text": 18,
    "indicator_reason": 30,
    "extra": 30,
}
FORMS = (*FORM_HEADER, "indicators", "fields")
KEY = ("path", "line", "project_name")  # of the form that an indicator is one of
INDICATORS = (*KEY, *INDICATOR_HEADER)


def write(documents: Iterable[Forms], out: TextIO) -> None:
    """The forms of many files in one book, the bytes of which go below the text of `out`."""
    book = Workbook(out.buffer)
    forms = book.table("forms", _columns(FORMS))
    indicators = book.table("indicators", _columns(INDICATORS))
    for document in documents:
        for piece in document.pieces:
            form = json.loads(piece, parse_float=Decimal)
            fields = compact(form["fields"]) if form["fields"] else None
            head = form_row(form["path"], form)
            forms.add([*head, len(form["indicators"]), fields])
            for row in indicator_rows(form):
                indicators.add([*(form[name] for name in KEY), *row])
    book.close()


def write_one(document: Forms, out: TextIO) -> None:
    """The forms of one file."""
    write([document], out)


def _columns(names: Iterable[str]) -> list[Column]:
    return [Column(name, WIDTHS.get(name, len(name) + 4)) for name in names]
