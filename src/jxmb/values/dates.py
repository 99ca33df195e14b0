"""Dates and periods, as far as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from .. import deferred
from ..deferred import dataclass
from .numerals import numeral
from .text import fold, squeeze, width

SHORTEST = 8  # code points of a whole date
HALVES = (4, 6)  # of a year, and of one with its month, in figures alone
LONGEST = 120
YEAR = r"(?:19|20)[0-9]{2}"
FIGURE = "[〇零○一二三四五六七八九]"
TIME = r"(?:[ ]*T?[ ]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?)?"

# The first that fits holds: from the most to the least that can be said. Numbered groups are year, month, day.
DATE = deferred.re(
    rf"""(?<![0-9])(?<![0-9][./])(?:
      (?P<y1>{YEAR})(?P<m1>[0-9]{{2}})(?P<d1>[0-9]{{2}})(?![0-9]){TIME}
    | (?P<y2>{YEAR})(?P<m2>0[1-9]|1[0-2])(?![0-9])
    | (?P<y3>{YEAR})\ *年\ *(?P<m3>[0-9]{{1,2}})\ *月份?\ *(?P<d3>[0-9]{{1,2}})(?![0-9])\ *[日号]?{TIME}
    | (?P<y4>{YEAR})\ *(?P<sep>[./-])\ *(?P<m4>[0-9]{{1,2}})\ *(?P=sep)\ *(?P<d4>[0-9]{{1,2}})(?![0-9])(?!\ *月)\ *[日号]?{TIME}
    | (?P<y5>{YEAR})\ +(?P<m5>[0-9]{{1,2}})\ +(?P<d5>[0-9]{{1,2}})(?![0-9])
    | (?P<m6>[0-9]{{1,2}})/(?P<d6>[0-9]{{1,2}})/(?P<y6>{YEAR})(?![0-9])
    | (?P<y7>{YEAR})\ *[./-]\ *(?P<m7>[0-9]{{1,2}})(?![0-9])(?:\ *月份?)?
    | (?P<y0>{YEAR})\ *年\ *(?P<m0>[0-9]{{1,2}})(?:\ *月份?|(?=\ *[-—–―~～〜至到]))
    | (?P<y8>{FIGURE}{{4}})年(?:(?P<m8>[一二三四五六七八九十]{{1,2}})月份?(?:(?P<d8>[一二三四五六七八九十]{{1,3}})[日号])?)?
    | (?P<y9>{YEAR})(?![0-9])(?:\ *年度?)?
    )""",
    re.VERBOSE,
)
# The second date of a period that gives its year once: 12月31日, 12.31, 12月, 31日; a bare 12 only after 2022.1.
LATER = deferred.re(
    r"[\s\-‐‑‒–—―−─━~～∼〜至到]*(?P<date>(?P<m1>[0-9]{1,2}) *(?:月份?|[./-]) *(?P<d1>[0-9]{1,2})(?![0-9]) *[日号]?"
    r"|(?P<m2>[0-9]{1,2}) *月份?|(?P<d3>[0-9]{1,2}) *[日号]|(?P<bare>[0-9]{1,2})(?![0-9年个]))"
    r"(?![./-]?[0-9])"
)
# What may stand around the dates of a period.
AROUND = deferred.re(
    r"""[\s\-‐‑‒–—―−─━~～∼〜_一.,、:;/()\[\]【】至到起止从自于和及]
    |以前|之前|前|项目|建设|实施|周期|期限|期间|时间|日期|开始|结束|完成|截至|截止|启动|计划|预计|全年|年度|长期|至今
    |[0-9]{1,2}个?[年月]|[一二三四五六七八九十]年""",
    re.VERBOSE,
)
# A dash that text recognition took for the numeral: 2022年一2024年.
TAKEN = deferred.re(r"(?<=[0-9年月日])一(?=(?:19|20)[0-9]{2})")
# A year that the end of a line cut: 20 23-12-31.
SPLIT_YEAR = deferred.re(r"(?<![0-9./-])[12] ?[09] ?[0-9] ?[0-9](?= ?[年./-])")
BACKWARD = deferred.re(r"(?:[至到止]|截至|截止|[-‐‑‒–—―−─━~～] *)[:\s]*$")
FORWARD = deferred.re(r"\s*(?:前|止|以前|之前|结束)")


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date as far as it was written. `text` is the piece it was read from. It may not exist (`valid`)."""

    year: int
    month: int | None = None
    day: int | None = None
    text: str = ""

    @property
    def iso(self) -> str:
        """`2022`, `2022-03` or `2022-03-01`."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def valid(self) -> bool:
        """Whether there is such a day, month or year."""
        try:
            date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError:
            return False
        return True

    @property
    def precision(self) -> str:
        """How far it was written: day, month or year."""
        return "year" if self.month is None else "month" if self.day is None else "day"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end` (either may be unwritten); `precision` is day, month or year."""

    start: Day | None
    end: Day | None
    precision: str


def between(start: Day | None, end: Day | None) -> Period:
    """The period of two days, as precise as the less precise of them."""
    precisions = {one.precision for one in (start, end) if one is not None}
    return Period(start, end, next(name for name in ("year", "month", "day") if name in precisions))


@lru_cache(maxsize=1024)
def period(*texts: str) -> Period | None:
    """The period written in one cell or in two.

    A year alone is a whole year; a month or a day alone is where the period starts, or ends in a second
    cell or behind 至. None where no date is written (长期, 3年) or more than two are.
    """
    if sum(map(len, texts)) > LONGEST:
        return None
    texts = tuple(SPLIT_YEAR.sub(_whole_year, TAKEN.sub("—", text)) for text in texts)
    return _period(texts) or (_unbroken(texts[0]) if len(texts) == 1 else None)


def _unbroken(text: str) -> Period | None:
    """The period of a cell whose lines cut its dates: 2022-04-0 1至2022-1 0-31."""
    line = fold(text)
    found = _period((line,)) if line != text else None
    ends = (found.start, found.end) if found is not None else ()
    days = [one for one in ends if one is not None and one.valid]
    return found if len(days) == 2 and days[0].iso < days[1].iso else None


def _period(texts: Sequence[str]) -> Period | None:
    if len(texts) == 1 and (both := _touching(texts[0])):
        return between(*both)
    found: list[tuple[Day, bool]] = []
    for place, text in enumerate(texts):
        days = _days(text, found[0][0] if found else None)
        if days is None:
            return None
        found += [(one, place > 0 or last) for one, last in days]
    if not found or len(found) > 2:
        return None
    (first, last), *rest = found
    if rest:
        return between(first, rest[0][0])
    if first.month is None and not last:
        return between(first, first)
    return between(None, first) if last else between(first, None)


def _whole_year(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _touching(text: str) -> tuple[Day, Day] | None:
    """Two dates written alike that touch: 2023-01-012023-12-31, 20222022; None for anything else."""
    line = squeeze(text)
    half = len(line) // 2
    short = half in HALVES and line.isdecimal() and exact(line) is None
    if len(line) % 2 or not (short or half >= SHORTEST):
        return None
    start, end = exact(line[:half]), exact(line[half:])
    if start is None or end is None or start.precision != end.precision:
        return None
    return (start, end) if short or start.day else None


def _days(text: str, since: Day | None) -> list[tuple[Day, bool]] | None:
    """Each date of a cell and whether it is said to be the last; None where other words stand there."""
    line = width(text)
    found: list[tuple[Day, bool]] = []
    rest: list[str] = []
    at = 0
    for start, end, one in _dates(line, text, since):
        last = bool(BACKWARD.search(line, at, start) or FORWARD.match(line, end))
        found.append((one, last))
        rest.append(line[at:start])
        at = end
    rest.append(line[at:])
    return None if AROUND.sub("", "".join(rest)) else found


def _dates(line: str, text: str, since: Day | None) -> Iterator[tuple[int, int, Day]]:
    """The dates of a cell with their offsets; behind one with a year, another may go without."""
    at = 0
    while True:
        match = (LATER.match(line, at) if since else None) or DATE.search(line, at)
        if match is None:
            return
        start, end = match.span("date" if match.re.pattern is LATER.pattern else 0)
        one = _day(match, text[start:end].strip(), since)
        if one is None:
            return
        yield start, end, one
        since, at = one, end


def _day(match: re.Match[str], text: str, since: Day | None) -> Day | None:
    parts = {
        name[0]: figure(value)
        for name, value in match.groupdict().items()
        if value and name not in ("sep", "date")
    }
    year, month, day = parts.get("y"), parts.get("m"), parts.get("d")
    if year is not None:
        if match.re.pattern is DATE.pattern and match["m6"] and (month or 0) > 12:
            month, day = day, month
        return Day(year, month, day, text)
    if since is None or since.month is None:
        return None
    if "b" in parts:
        return Day(since.year, parts["b"], None, text) if since.day is None else None
    return Day(since.year, month if month is not None else since.month, day, text)


def figure(digits: str) -> int:
    """A whole number in digits or Chinese numerals."""
    return int(digits) if digits.isdecimal() else numeral(digits) or 0


def exact(text: str) -> Day | None:
    """The one date that the whole of `text` is, if it exists."""
    match = DATE.fullmatch(width(text).strip())
    one = _day(match, text, None) if match else None
    return one if one and one.valid else None
