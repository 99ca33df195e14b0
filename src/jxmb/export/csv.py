"""Records as CSV: one indicator a row, for a spreadsheet.

The text begins with a byte-order mark, so that Excel reads it as UTF-8, and no cell can act as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TextIO

from .. import visible
from ..model import Project
from ..source import Source
from . import Forms
from .encode import compact, number
from .records import record

BOM = "\ufeff"

FORM = ("title", "year", "line", "policy", "project_name", "department", "implementer", "nature")
PERIOD = ("start", "end")
FUNDING = ("unit", "total", "fiscal", "other")
INDICATOR = (
    "scope",
    "level1",
    "level2",
    "name",
    "weight",
    "score",
    "reason",
    "nature",
    "direction",
)
TARGET = ("raw", "kind", "sign", "number", "upper", "unit", "text")
FORM_HEADER = (
    "path",
    *FORM,
    *(f"period_{name}" for name in PERIOD),
    *(f"funding_{name}" for name in FUNDING),
    "goal",
)
INDICATOR_HEADER = (
    "indicator_line",
    *(f"indicator_{name}" for name in INDICATOR),
    *(f"target_{name}" for name in TARGET),
    "actual",
    "extra",
    "inferred",
)
HEADER = (*FORM_HEADER, *INDICATOR_HEADER)


def build(project: Project, source: Source, places: bool = False) -> str:
    """The rows of a form; its places have no room here."""
    return _text([cell(value) for value in row] for row in _rows(source.path, record(project)))


def write(documents: Iterable[Forms], out: TextIO) -> None:
    """The rows of many files under one header."""
    out.write(BOM + _text([HEADER]))
    for document in documents:
        out.writelines(document.pieces)


def write_one(document: Forms, out: TextIO) -> None:
    """The rows of one file."""
    write([document], out)


def _text(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def _rows(path: str, form: dict[str, Any]) -> Iterator[list[Any]]:
    head = form_row(path, form)
    # A form without indicators keeps a row of its own: nothing is dropped.
    for row in indicator_rows(form) or [[None] * len(INDICATOR_HEADER)]:
        yield [*head, *row]


def form_row(path: str, form: dict[str, Any]) -> list[Any]:
    """The values of a record under FORM_HEADER."""
    return [
        path,
        *_pick(form, FORM),
        *_pick(form["period"] or {}, PERIOD),
        *_pick(form["funding"], FUNDING),
        form["goal"],
    ]


def indicator_rows(form: dict[str, Any]) -> list[list[Any]]:
    """The values of each indicator of a record under INDICATOR_HEADER."""
    return [
        [
            one["line"],
            *_pick({"scope": "annual"} | one, INDICATOR),
            *_pick(one["target"] or {}, TARGET),
            (one.get("actual") or {}).get("raw"),
            compact(one["extra"]) if one["extra"] else None,
            " ".join(one["inferred"]),
        ]
        for one in form["indicators"]
    ]


def _pick(shape: dict[str, Any], names: Iterable[str]) -> list[Any]:
    return [shape.get(name) for name in names]


def cell(value: object) -> str:
    """The text of a cell, nothing for None."""
    if value is None:
        return ""
    return visible.cell(number(value) if isinstance(value, Decimal) else str(value))
