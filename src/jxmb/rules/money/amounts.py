"""Amounts of a form: found, as text, and compared. What is close differs by rounding only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred, values
from ...model import FundingRow, Project, Reading
from ...values import Amount, fold

CLOSE = Decimal("0.005")  # a part in two hundred: rounding, not another amount
FIGURES = ("initial", "budget", "executed")  # money columns; each must add up by itself
NOTHING = deferred.re(r"[(（]?(?:[亿万千百]?元)?[)）]?|[….]+")  # with the unit printed in the cell


def plain(number: Decimal) -> str:
    """A number without exponent or trailing zeros."""
    return f"{number.normalize():f}"


def label_of(row: FundingRow) -> str:
    """The label of a row without its colon."""
    return row.label.text.strip().rstrip("：:")


def close(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by rounding only."""
    return abs(one - other) <= abs(other) * CLOSE


def total_of(project: Project) -> Decimal | None:
    """The total, where it can be read and is more than zero."""
    total = project.funding.total.value
    return total.number if total is not None and total.number > 0 else None


def cells_of(row: FundingRow) -> Iterator[tuple[str, Reading[Amount] | Reading[Decimal]]]:
    """The money cells of a row by column; one without a name where the form has no columns."""
    if not row.columns:
        yield "", row.amount
    for figure in FIGURES:
        if figure in row.columns:
            yield figure, row.columns[figure]


def is_blank(text: str) -> bool:
    """Whether nothing is written: a dash, or the unit alone, is nothing too."""
    return values.dash(text) or bool(NOTHING.fullmatch(fold(text)))


def number_of(reading: Reading[Amount] | Reading[Decimal]) -> Decimal | None:
    """The number of a money cell; None where it cannot be read."""
    value = reading.value
    return value.number if isinstance(value, Amount) else value
