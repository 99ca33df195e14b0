"""Forms whose texts are easily mistaken, and what becomes of a golden record where a shape prints less of it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .records import GOLDEN, FormRecord, GoldenForm, GoldenRow, Row, _record, fields_of

UNPRINTED = ("nature", "period_start", "period_end")


@cache
def field() -> tuple[FormRecord, ...]:
    """Every form of the file, in its order."""
    with (GOLDEN / "field.toml").open("rb") as file:
        return tuple(_record(form) for form in tomllib.load(file)["forms"])


def golden_row(
    row: Row, levels: int = 2, *, own: bool = False, weighted: bool = False
) -> GoldenRow:
    """A row as it is printed: levels that are not printed may be blank or known from its sense."""
    value = "".join(row.pieces) if own and row.pieces else row.value
    alt = {}
    if levels < 2:
        alt["level2"] = ("",)
    if levels < 1:
        alt["level1"] = ("",)
    weight = row.weight if weighted else None
    return GoldenRow(row.level1, row.level2, row.name, value, weight=weight, alt=alt)


def golden_form(
    record: FormRecord,
    rows: Sequence[GoldenRow],
    *,
    without: tuple[str, ...] = UNPRINTED,
    unsure: tuple[str, ...] = (),
    optional: Sequence[GoldenRow] = (),
    **said: str,
) -> GoldenForm:
    """A form of these rows; `without` is not printed, `unsure` can be read in two ways, `said` is printed otherwise."""
    fields: dict[str, str | None] = {**fields_of(record, without=without), **said}
    return GoldenForm(fields | dict.fromkeys(unsure), tuple(rows), tuple(optional))


def same_unit(records: Sequence[FormRecord]) -> tuple[FormRecord, ...]:
    """The records as projects of one department in one year."""
    one = records[0]
    return tuple(
        replace(record, department=one.department, implementer=one.implementer, year=one.year)
        for record in records
    )
