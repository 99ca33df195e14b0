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
HEADER = (
    "path",
    *FORM,
    *(f"period_{name}" for name in PERIOD),
    *(f"funding_{name}" for name in FUNDING),
    "goal",
    "indicator_line",
    *(f"indicator_{name}" for name in INDICATOR),
    *(f"target_{name}" for name in TARGET),
    "actual",
    "extra",
    "inferred",
)


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


def _rows(path: str, form: dict[str, Any]) -> Iterator[list[object]]:
    period, funding = form["period"] or {}, form["funding"]
    head = [
        path,
        *_pick(form, FORM),
        *_pick(period, PERIOD),
        *_pick(funding, FUNDING),
        form["goal"],
    ]
    # A form without indicators keeps a row of its own: nothing is dropped.
    for one in form["indicators"] or [{}]:
        target, actual = one.get("target") or {}, one.get("actual") or {}
        yield [
            *head,
            one.get("line"),
            *_pick({"scope": "annual"} | one if one else one, INDICATOR),
            *_pick(target, TARGET),
            actual.get("raw"),
            compact(one["extra"]) if one.get("extra") else None,
            " ".join(one.get("inferred", ())),
        ]


def _pick(shape: dict[str, Any], names: Iterable[str]) -> list[object]:
    return [shape.get(name) for name in names]


def cell(value: object) -> str:
    """The text of a cell, nothing for None."""
    if value is None:
        return ""
    return visible.cell(number(value) if isinstance(value, Decimal) else str(value))
