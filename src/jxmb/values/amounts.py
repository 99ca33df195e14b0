"""Money, in the unit of the form's header."""

from __future__ import annotations

import re
from decimal import Decimal

from .. import deferred
from ..deferred import dataclass
from .numerals import DIGITS, decimal, plain
from .text import fold, squeeze

LONGEST = 200

# As powers of ten of 元.
UNITS = {
    "元": 0,
    "圆": 0,
    "元整": 0,
    "百元": 2,
    "千元": 3,
    "万": 4,
    "万元": 4,
    "万圆": 4,
    "万元整": 4,
    "百万": 6,
    "百万元": 6,
    "千万": 7,
    "千万元": 7,
    "亿": 8,
    "亿元": 8,
    "亿元整": 8,
}
DASHES = frozenset("-‐‑‒–—―−－─━~～/\\／﹣無无")

UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
MONEY = deferred.re(
    rf"(?:\(?小写\)?:?)?(?:人民币)?[¥￥]?,?(?P<number>[+-]?(?:{DIGITS}))(?:(?P<unit>{UNIT})|\((?P<held>{UNIT})\))?(?:人民币)?"
    r"(?:[(\[【].*)?[。;,]?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: `number` in the unit of the form's header (万元 or 元); `unit` as written in the cell, else None."""

    number: Decimal
    unit: str | None = None


def dash(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, dashes, a slash, 无."""
    return DASHES.issuperset(fold(text))


def amount(text: str, header_unit: str = "万元") -> Amount | None:
    """Money in `header_unit`: ``96万元`` is 96, ``5000元`` under 万元 is 0.5, ``1,154.68`` is 1154.68.

    None where no money is written: a blank, a dash, a sentence, another currency, digits that came apart.
    """
    match = MONEY.fullmatch(squeeze(text)) if len(text) <= LONGEST else None
    value = decimal(match["number"]) if match else None
    if match is None or value is None:
        return None
    unit: str | None = match["unit"] or match["held"]
    if unit is None:
        return Amount(value)
    return Amount(plain(value.scaleb(UNITS[unit] - UNITS.get(header_unit, UNITS["万元"]))), unit)
