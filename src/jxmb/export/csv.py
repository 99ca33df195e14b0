"""Records as CSV: one indicator a row, for a spreadsheet.

The text begins with a byte-order mark, so that Excel reads it as UTF-8, and no cell can act as a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TextIO

from . import Forms
from .encode import compact, number
from .records import record

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, also in full width.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")

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


def write(documents: Iterable[Forms], out: TextIO, sources: bool = False) -> None:
    """The rows of many files under one header; places have no room here."""
    rows = csv.writer(out, lineterminator="\r\n")
    out.write(BOM)
    rows.writerow(HEADER)
    for document in documents:
        for project in document.projects:
            for row in _rows(document.path, record(project)):
                rows.writerow([cell(value) for value in row])


def write_one(document: Forms, out: TextIO, sources: bool = False) -> None:
    """The rows of one file."""
    write([document], out, sources)


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
    """The text of a cell; what a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    text = number(value) if isinstance(value, Decimal) else str(value)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
