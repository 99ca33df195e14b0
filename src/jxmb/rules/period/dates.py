"""JX62: the project's period as it is written, and dates that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ... import deferred
from ...findings import Edit, Hit, Safety, Severity, Words
from ...model import Project, Reading, Value
from ...source import Span
from ...values import Day, Period
from ..base import Context, place, rule

# Dates written as GB/T 7408 and GB/T 15835 have them. Everything else is loose.
TIDY = deferred.re(
    r"(?a)\d{4}(?:-\d\d(?:-\d\d)?|\d{4}|年?度?)|(?:\d{4}年)?\d{1,2}月份?(?:\d{1,2}[日号])?|\d{1,2}[日号]"
)
WRITTEN = deferred.re(
    r"""(?a)(?<![\d.-])(?:
      (?P<y1>(?:19|20)\d\d)\s*年\s*(?P<m1>\d{1,2})\s*月(?:\s*(?P<d1>\d{1,2})\s*[日号])?
    | (?P<y2>(?:19|20)\d\d)(?P<sep>[./-])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?![\d.])
    | (?P<m3>\d{1,2})\s*月\s*(?P<d3>\d{1,2})\s*[日号]
    )""",
    re.VERBOSE,
)
APART = deferred.re(r"[\t\n\r|<>]")  # what parts two cells
FULL_YEAR, DIGIT = deferred.re(r"\d{4}"), deferred.re(r"\d")
JOINTED = deferred.re("[月./-]")  # without one of them no text has a date
LEAP = 2000  # stands for the year of a date that names none
STYLES = ("年", "月", "-", ".", "/", " ")
JOINT = 12  # code points between two dates of one line


def _length(year: int, month: int) -> int:
    """The days of a month."""
    from calendar import monthrange

    return monthrange(year, month)[1]


def _first(day: Day) -> tuple[int, int, int]:
    return day.year, day.month or 1, day.day or 1


def _last(day: Day) -> tuple[int, int, int]:
    return day.year, day.month or 12, day.day or 31


def _both(period: Period | None) -> tuple[Day, Day] | None:
    """Start and end where both are written and exist."""
    if period is None or period.start is None or period.end is None:
        return None
    return (period.start, period.end) if period.start.valid and period.end.valid else None


def _days(period: Period) -> list[Day]:
    """The dates as written; a year that stands for the whole period is written once."""
    days = [day for day in (period.start, period.end) if day is not None]
    return days[:1] if len(days) == 2 and days[0] is days[1] else days


def _spot(reading: Reading[Period], day: Day) -> Span | None:
    """Where a date of the period stands: the start is looked for from the left, the end from the right."""
    last = reading.value is not None and day is reading.value.end
    for span in reversed(reading.spans) if last else reading.spans:
        at = span.text.rfind(day.text) if last else span.text.find(day.text)
        if at >= 0 and day.text:
            return span.sub(at, at + len(day.text))
    return None


def _of_cell(reading: Reading[Period], day: Day) -> bool:
    """Whether a date is one of a workbook: its cell has a format, and the author wrote none."""
    at = _spot(reading, day)
    notes = at.source.notes if at else ()
    return any(one.kind == "date" and one.offset <= at.start < one.end for one in notes if at)


def said(reading: Reading[Period]) -> str:
    """A period as it is written, on one line."""
    return " ".join(reading.text.split())


def _rewrite(reading: Reading[Period], written: list[tuple[Day, str]]) -> tuple[Edit, ...]:
    """The edits that write each date anew; none unless all of them stand in the file exactly so."""
    edits: list[Edit] = []
    for day, text in written:
        at = _spot(reading, day)
        if at is None:
            return ()
        edits.append(Edit(at, text))
    if len(edits) == 2 and (joint := _joint(edits[0].span, edits[1].span)) is not None:
        if joint.text.strip():  # with hyphens on both sides of it, a hyphen joins nothing any more
            edits.insert(1, Edit(joint, " 至 "))
        elif not joint.text:
            return ()
    return tuple(edit for edit in edits if edit.span.text != edit.text)


def _joint(first: Span, second: Span) -> Span | None:
    """What stands between two dates in one line; None where they stand in cells of their own."""
    if second.start < first.end:
        return None
    between = Span(first.source, first.end, second.start)
    return None if APART.search(between.text) or len(between.text) > JOINT else between


@rule(
    Project,
    "JX621",
    Severity.ERROR,
    "W",
    title=("起止时间颠倒", "Period runs backwards"),
    zh="项目结束时间“{end}”早于开始时间“{start}”",
    en="Project ends on `{end}`, before it starts on `{start}`",
    why=(
        "财预〔2015〕88号 申报表填报说明：起止时间为项目计划开始和完成的时间",
        "财预〔2015〕88号, notes to the form: the period runs from planned start to planned end",
    ),
    remedy=(
        "核对年份和月份；前后颠倒的，予以调换",
        "Check year and month; swap the two where they are reversed",
    ),
    silences=("JX623",),
)
def reversed_period(project: Project, ctx: Context) -> Iterator[Hit]:
    """An end that is over before the start begins, as far as both are written."""
    both = _both(project.period.value)
    if both is None or _last(both[1]) >= _first(both[0]):
        return
    start, end = both
    at = _spot(project.period, end) or project.period.at
    also = tuple(span for span in (_spot(project.period, start),) if span is not None)
    yield Hit(
        at,
        {"start": start.iso, "end": end.iso},
        also=also,
        where=("项目起止时间",),
        value=f"{start.iso} {end.iso}",
    )


@rule(
    Value,
    "JX622",
    Severity.ERROR,
    "W",
    title=("日期不存在", "Date does not exist"),
    zh="日期“{date}”不存在，{trouble}",
    en="Date `{date}` does not exist: {trouble}",
    why=(
        "财预〔2015〕88号 细化量化：时间应可考核；预算年度为公历1月1日至12月31日（预算法第十八条）",
        "财预〔2015〕88号 on measurable targets: dates can be checked; the budget year is the calendar year (Budget Law, art. 18)",
    ),
    remedy=("改为存在的日期，如“{example}”", "Write a date that exists, such as `{example}`"),
)
def invalid_date(value: Value, ctx: Context) -> Iterator[Hit]:
    """A date that the calendar does not have, in the period or in any text."""
    if not _may_be_dated(value.reading):
        return
    for day, at in _wrong(value):
        if day.month is None:
            continue
        if day.month > 12 and not FULL_YEAR.match(day.text):
            continue  # figures that came apart
        month = min(max(day.month, 1), 12)
        most = _length(day.year, month)
        trouble = Words(f"{month}月只有 {most} 天", f"month {month} has {most} days")
        if month != day.month:
            trouble = Words("月份为 1 至 12", "months are 1 to 12")
        elif day.day == 0:
            trouble = Words("日期自 1 日起", "days begin with 1")
        example = f"{month}月{most}日" if day.day is not None else f"{month}月"
        yield Hit(at, {"date": day.text.strip(), "trouble": trouble, "example": example})


def _may_be_dated(reading: Reading[object]) -> bool:
    """Whether a date may be written in a value: a glance, since hardly any has one."""
    if reading.missing:
        return isinstance(reading.value, Period)
    text = reading.text
    return bool(JOINTED.search(text)) or isinstance(reading.value, Period)


def _wrong(value: Value) -> Iterator[tuple[Day, Span]]:
    """Each date of a value that does not exist, with its place. Numbers with dots are dates only where a date is asked for."""
    reading = value.reading
    if isinstance(reading.value, Period):
        for day in _days(reading.value):
            if not day.valid:
                yield day, _spot(reading, day) or reading.at  # type: ignore[arg-type]
        return
    for match in WRITTEN.finditer(reading.text):
        if match["sep"] and value.role not in ("target", "field"):
            continue
        year, month = match["y1"] or match["y2"], match["m1"] or match["m2"] or match["m3"]
        of_month = match["d1"] or match["d2"] or match["d3"]
        day = Day(int(year or LEAP), int(month), int(of_month) if of_month else None, match[0])
        if not day.valid:
            yield day, place(reading, *match.span())


@rule(
    Project,
    "JX624",
    Severity.INFO,
    "W",
    title=("起止时间仅有年份", "Period gives years only"),
    zh="起止时间“{found}”仅有年份",
    en="Project period `{found}` has years only",
    why=(
        "财预〔2015〕88号 申报表填报说明：起止时间为项目计划开始和完成的时间",
        "财预〔2015〕88号, notes to the form: the period runs from planned start to planned end",
    ),
    remedy=(
        "写明月、日，如“{fixed}”（按整年推定，请核实）",
        "Add month and day, such as `{fixed}` (whole years are assumed, please check)",
    ),
    fix=Safety.UNSAFE,
    once=True,
)
def year_only_period(project: Project, ctx: Context) -> Iterator[Hit]:
    """Nothing but years."""
    period = project.period.value
    if period is None or any(day.precision != "year" for day in _days(period)):
        return
    first = f"{period.start.year}-01-01" if period.start else ""
    last = f"{period.end.year}-12-31" if period.end else ""
    fixed = " 至 ".join(text for text in (first, last) if text)
    days = _days(period)
    texts = [fixed] if len(days) == 1 else [first, last]
    yield Hit(
        project.period.at,
        {"found": said(project.period), "fixed": fixed},
        edits=_rewrite(project.period, list(zip(days, texts, strict=True))),
        where=("项目起止时间",),
    )


@rule(
    Project,
    "JX625",
    Severity.INFO,
    "G",
    title=("日期格式不规范", "Loose date format"),
    zh="起止时间“{found}”的日期格式不规范",
    en="Loose date format in `{found}`",
    why=(
        "本工具约定：日期写作“2022-01-01”或“2022年1月1日”（GB/T 15835、GB/T 7408）",
        "Convention of this tool: dates are 2022-01-01 or 2022年1月1日 (GB/T 15835, GB/T 7408)",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
)
def loose_date_format(project: Project, ctx: Context) -> Iterator[Hit]:
    """Points, slashes, blanks, single figures beside hyphens. Which is the month in 3/4/2022 is a guess."""
    period = project.period.value
    if period is None or all(TIDY.fullmatch(day.text) for day in _days(period)):
        return
    days = _days(period)
    if not all(day.valid for day in days):
        return
    own = [day for day in days if not _of_cell(project.period, day)]
    if all(TIDY.fullmatch(day.text) or not DIGIT.search(day.text) for day in own):
        return
    guess = any(not FULL_YEAR.match(day.text) and "/" in day.text for day in days)
    yield Hit(
        project.period.at,
        {"found": said(project.period), "fixed": " 至 ".join(day.iso for day in days)},
        edits=_rewrite(project.period, [(day, day.iso) for day in own]),
        safety=Safety.UNSAFE if guess else None,
        where=("项目起止时间",),
    )


@rule(
    Project,
    "JX626",
    Severity.INFO,
    "G",
    title=("日期格式不一致", "Mixed date formats"),
    zh="开始时间“{start}”与结束时间“{end}”格式不一致",
    en="Mixed date formats, `{start}` and `{end}`",
    why=(
        "GB/T 15835 出版物上数字用法：局部体例统一",
        "GB/T 15835 on numbers: one style within a text",
    ),
    remedy=("统一格式，如“{first} 至 {last}”", "Use one format, such as `{first} 至 {last}`"),
)
def mixed_date_formats(project: Project, ctx: Context) -> Iterator[Hit]:
    """Other separators, or another exactness; an end that leaves out the year of its start is no fault."""
    both = _both(project.period.value)
    if both is None or both[0] is both[1] or not FULL_YEAR.match(both[1].text):
        return
    start, end = both
    if (start.precision, _style(start)) == (end.precision, _style(end)):
        return
    if start.precision == end.precision == "year" and STYLES[0] not in start.text:
        return  # 2025—2027年 says 年 once for both
    days = {"first": _first(start), "last": _last(end)}
    tidy = {name: f"{year}-{month:02}-{day:02}" for name, (year, month, day) in days.items()}
    if end.day is None and end.month is not None:
        tidy["last"] = f"{end.iso}-{_length(end.year, end.month)}"
    at = _spot(project.period, end) or project.period.at
    words = {"start": start.text.strip(), "end": end.text.strip(), **tidy}
    yield Hit(at, words, where=("项目起止时间",))


def _style(day: Day) -> str:
    return next((mark for mark in STYLES if mark in day.text), "")
