"""Numbers as they are written: digits with thousands, and Chinese numerals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from .. import deferred
from .text import squeeze

# More digits than this are no measured number, and exact arithmetic ends at 28.
MOST_DIGITS = 28

# Thousands are parted by a comma, an apostrophe or a blank, everywhere or nowhere in a number.
DIGITS = r"(?:[0-9]{1,3}(?:[,' ][0-9]{3}){1,8}+(?![0-9])|[0-9]++)(?:\.[0-9]++)?+|\.[0-9]++"
PARTED = str.maketrans("", "", ",' ")

NUMBER = deferred.re(rf"=?(?P<number>[+-]?(?:{DIGITS}))\(?(?:%|‰|分|点|个百分点|百分点|百分比)?\)?")

FIGURES = dict(zip("〇零○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True))
FIGURES |= {
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
LONGEST_NUMERAL = 16


def decimal(digits: str) -> Decimal | None:
    """The exact number of matched digits; None where there are more than any amount has."""
    digits = digits.translate(PARTED)
    return plain(Decimal(digits)) if len(digits) <= MOST_DIGITS else None


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 100.00 is 100."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return value.normalize()


@lru_cache(maxsize=1024)
def number(text: str) -> Decimal | None:
    """A bare number: weights, scores, percentages (`8`, `10分`, `98.5%`)."""
    if len(text) > 2 * MOST_DIGITS:
        return None
    written = squeeze(text)
    if match := NUMBER.fullmatch(written):
        return decimal(match["number"])
    value = numeral(written.removeprefix("百分之")) if written.startswith("百分之") else None
    return None if value is None else Decimal(value)


def numeral(text: str) -> int | None:
    """A whole number in Chinese numerals: 十二 is 12, 一百零五 is 105, 二〇二二 is 2022."""
    if not text or len(text) > LONGEST_NUMERAL:
        return None
    if all(char in FIGURES for char in text):
        return int("".join(str(FIGURES[char]) for char in text))
    total = section = figure = 0
    for char in text:
        if char in FIGURES:
            figure = FIGURES[char]
        elif char in STEPS:
            section += (figure or 1) * STEPS[char]
            figure = 0
        elif char in MYRIADS:
            total = (total + section + figure) * MYRIADS[char]
            section = figure = 0
        else:
            return None
    return total + section + figure
