"""Dates and times in the tokens of a format code: days since 1900 or 1904, the day and its parts in Excel's letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from . import digits
from .digits import Token

EPOCH = date(1899, 12, 30)
LAST = 2_958_466  # 10000-01-01
LEAP = 60  # 1900-02-29, which Excel believes in: the days before it are counted from one day later
SINCE_1904 = 1462
SECONDS = 86_400
UNITS = {"h": 3600, "m": 60, "s": 1}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CHINESE_DAYS = "一二三四五六日"


class Moment(NamedTuple):
    """A day in the calendar, as 1900-02-29 is none in parts, and the seconds of the day."""

    year: int
    month: int
    day: int
    weekday: int  # from Monday, 0
    seconds: int
    noon: bool  # hours are counted to twelve


def shown(number: Decimal, tokens: Sequence[Token], chinese: str, since_1904: bool) -> str | None:
    """A count of days in the tokens of a section; None where there is no such day."""
    days = number + SINCE_1904 if since_1904 else number
    if not 0 <= days < LAST:
        return None
    places = sum(one.kind == "digit" for one in tokens)
    clock = digits.rounded(days % 1 * SECONDS, places)
    whole, seconds = int(days) + int(clock) // SECONDS, int(clock) % SECONDS
    noon = any(one.kind == "noon" for one in tokens)
    moment = Moment(*_day(whole), seconds, noon)
    elapsed = int(digits.rounded(number * SECONDS, places))
    part = f"{clock % 1:f}".partition(".")[2].ljust(places, "0")
    found, used = [], 0
    for one, letters in zip(tokens, _letters(tokens), strict=True):
        if one.kind == "digit":
            found.append(part[used])
            used += 1
        elif one.kind == "elapsed":
            found.append(str(elapsed // UNITS[letters[0]]).zfill(len(letters)))
        elif one.kind == "noon":
            found.append(_half(one.text, seconds))
        elif letters:
            found.append(_said(PARTS[letters[0]](moment, len(letters)), letters, chinese))
        else:
            found.append(one.literal)
    return "".join(found)


def _day(number: int) -> tuple[int, int, int, int]:
    if number == LEAP:
        return 1900, 2, 29, 2
    if number == 0:
        return 1900, 1, 0, 5
    day = EPOCH + timedelta(number + (number < LEAP))
    return day.year, day.month, day.day, (number - 2) % 7


def _letters(tokens: Sequence[Token]) -> list[str]:
    """The letters of each token that is a part of a date; `m` becomes `i` where it means minutes."""
    found = [one.text.lower() if one.kind in ("date", "elapsed") else "" for one in tokens]
    parts = [at for at, letters in enumerate(found) if letters]
    for number, at in enumerate(parts):
        before = found[parts[number - 1]] if number else ""
        after = found[parts[number + 1]] if number + 1 < len(parts) else ""
        timed = before.startswith("h") or after.startswith("s")
        if timed and found[at] in ("m", "mm") and tokens[at].kind == "date":
            found[at] = found[at].replace("m", "i")
    return found


def _half(said: str, seconds: int) -> str:
    """The half of the day, in the words of the code."""
    first, _, second = said.partition("/")
    return first if seconds < SECONDS // 2 else second


def _said(part: str, letters: str, chinese: str) -> str:
    """A part of a date in figures, or as it is counted: years figure by figure."""
    if chinese and part.isdecimal() and letters[0] not in "ye":
        said = digits.counted(Decimal(int(part)), chinese)
        return said[1:] if said.startswith("一十") else said
    return digits.figures(part, chinese)


def _hours(moment: Moment, width: int) -> str:
    hours = moment.seconds // UNITS["h"]
    return str((hours - 1) % 12 + 1 if moment.noon else hours).zfill(min(width, 2))


def _month(moment: Moment, width: int) -> str:
    name = MONTHS[moment.month - 1]
    return str(moment.month).zfill(width) if width < 3 else name


def _in_month(moment: Moment, width: int) -> str:
    return str(moment.day).zfill(width) if width < 3 else DAYS[moment.weekday]


PARTS: dict[str, Callable[[Moment, int], str]] = {
    "y": lambda moment, width: str(moment.year)[2:] if width < 3 else str(moment.year),
    "e": lambda moment, _: str(moment.year),
    "m": _month,
    "d": _in_month,
    "a": lambda moment, width: ("星期" if width > 3 else "周") + CHINESE_DAYS[moment.weekday],
    "h": _hours,
    "i": lambda moment, width: str(moment.seconds // 60 % 60).zfill(width),
    "s": lambda moment, width: str(moment.seconds % 60).zfill(min(width, 2)),
}
