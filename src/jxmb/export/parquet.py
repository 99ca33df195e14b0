"""Records as two Parquet files in a folder, typed: money and figures are decimals, periods are dates.

`forms.parquet` has one form a row, `indicators.parquet` one indicator a row with the key of its form (path, line). The
columns are those of the records in JSON; a period of months or years runs from its first day to its last, and
`period_precision` says how exactly it was written. What no column can hold as a number (more than 28 digits before
the point, 10 behind it) is null there; its text stands beside it.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from . import Forms, Out
from .jsonl import build as build  # a piece is the record
from .records import ANNUAL

NAMES = ("forms.parquet", "indicators.parquet")
GROUP = 1_000  # forms that are held until they are written
SCALE = 10  # figures behind the point, of 38 in all
LARGEST = Decimal(10) ** (38 - SCALE)
NUMBER = pa.decimal128(38, SCALE)
TEXTS = pa.map_(
    pa.string(), pa.string()
)  # other columns and header rows under their printed labels
DATES = (("start", pa.date32()), ("end", pa.date32()), ("precision", pa.string()))
TARGET = pa.struct(
    {
        **dict.fromkeys(("raw", "kind", "sign"), pa.string()),
        **dict.fromkeys(("number", "upper"), NUMBER),
        **dict.fromkeys(("unit", "text"), pa.string()),
        **{f"date_{name}": kind for name, kind in DATES},
    }
)
FIGURE = pa.struct({"raw": pa.string(), "number": NUMBER})
FUNDING_ROW = pa.struct(
    {
        "label": pa.string(),
        "raw": pa.string(),
        "amount": NUMBER,
        **dict.fromkeys(("role", "parent", "scope"), pa.string()),
        "columns": pa.map_(pa.string(), FIGURE),
    }
)
GOAL = pa.struct({"scope": pa.string(), "text": pa.string()})
REPAIR = pa.struct({"kind": pa.string(), "line": pa.int32(), "column": pa.int32()})
KEY = {"path": pa.string(), "line": pa.int32(), "project_name": pa.string()}
FORM = pa.schema(
    {
        **KEY,
        "encoding": pa.string(),
        "title": pa.string(),
        "year": pa.int32(),
        **dict.fromkeys(("policy", "department", "implementer", "nature"), pa.string()),
        **{f"period_{name}": kind for name, kind in DATES},
        "period_raw": pa.list_(pa.string()),
        "funding_unit": pa.string(),
        **dict.fromkeys(("funding_total", "funding_fiscal", "funding_other"), NUMBER),
        "funding_rows": pa.list_(FUNDING_ROW),
        "goal": pa.string(),
        "goals": pa.list_(GOAL),
        "indicators": pa.int32(),
        "fields": TEXTS,
        "repairs": pa.list_(REPAIR),
    }
)
INDICATOR = pa.schema(
    {
        **KEY,
        "indicator_line": pa.int32(),
        **dict.fromkeys(("scope", "level1", "level2", "name"), pa.string()),
        "target": TARGET,
        "actual": TARGET,
        **{"weight": NUMBER, "weight_raw": pa.string(), "score": NUMBER, "score_raw": pa.string()},
        **dict.fromkeys(("reason", "nature", "direction"), pa.string()),
        "extra": TEXTS,
        "inferred": pa.list_(pa.string()),
    }
)


def write(documents: Iterable[Forms], outs: Sequence[Out]) -> None:
    """The rows of many files, group by group."""
    forms, indicators = (out.stream for out in outs)
    with (
        pq.ParquetWriter(forms.buffer, FORM) as form_writer,
        pq.ParquetWriter(indicators.buffer, INDICATOR) as indicator_writer,
    ):
        records = _records(documents)
        while group := list(islice(records, GROUP)):
            form_writer.write_table(_table(map(_form, group), FORM))
            rows = (row for record in group for row in _indicators(record))
            indicator_writer.write_table(_table(rows, INDICATOR))


def _records(documents: Iterable[Forms]) -> Iterator[dict[str, Any]]:
    for document in documents:
        for piece in document.pieces:
            yield json.loads(piece, parse_float=Decimal, parse_int=_integer)


def _integer(text: str) -> int | Decimal:
    """A whole number; one of thousands of digits, which `int` refuses, stays a figure."""
    return int(text) if len(text) < 40 else Decimal(text)


def _table(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema)


def _form(record: dict[str, Any]) -> dict[str, Any]:
    """The row of a record in the table of forms."""
    funding, period = record["funding"], record["period"] or {}
    amounts = {f"funding_{name}": _number(funding[name]) for name in ("total", "fiscal", "other")}
    return {
        **record,
        **{f"period_{name}": value for name, value in _dates(period).items()},
        "period_raw": period.get("raw"),
        "funding_unit": funding["unit"],
        **amounts,
        "funding_rows": [_funding_row(row) for row in funding["rows"]],
        "indicators": len(record["indicators"]),
        "fields": list(record["fields"].items()),
    }


def _funding_row(row: dict[str, Any]) -> dict[str, Any]:
    columns = [
        (name, {"raw": one["raw"], "number": _number(one["number"])})
        for name, one in row.get("columns", {}).items()
    ]
    return {"scope": ANNUAL, **row, "amount": _number(row["amount"]), "columns": columns}


def _indicators(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a record in the table of indicators."""
    key = {name: record[name] for name in KEY}
    for one in record["indicators"]:
        yield {
            "scope": ANNUAL,
            **one,
            **key,
            "indicator_line": one["line"],
            "target": _target(one["target"]),
            "actual": _target(one.get("actual")),
            **{name: _number(one.get(name)) for name in ("weight", "score")},
            "extra": list(one["extra"].items()),
        }


def _target(target: dict[str, Any] | None) -> dict[str, Any] | None:
    if target is None:
        return None
    figures = {name: _number(target[name]) for name in ("number", "upper")}
    written = {f"date_{name}": value for name, value in _dates(target.get("date") or {}).items()}
    return {**target, **figures, **written}


def _number(value: int | Decimal | None) -> Decimal | None:
    """A figure as the columns hold it; None where they cannot."""
    if value is None:
        return None
    exact = Decimal(value)
    exponent = exact.normalize().as_tuple().exponent
    fits = abs(exact) < LARGEST and isinstance(exponent, int) and exponent >= -SCALE
    return exact if fits else None


def _dates(written: Mapping[str, Any]) -> dict[str, date | str | None]:
    """The first and the last day of what was written."""
    return {
        "start": _day(written.get("start"), last=False),
        "end": _day(written.get("end"), last=True),
        "precision": written.get("precision"),
    }


def _day(iso: str | None, *, last: bool) -> date | None:
    """The first or last day of ``2024``, ``2024-03`` or ``2024-03-01``; None where there is no such day."""
    if iso is None:
        return None
    year, *rest = map(int, iso.split("-"))
    month = rest[0] if rest else (12 if last else 1)
    try:
        day = rest[1] if len(rest) > 1 else (monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except ValueError:
        return None
