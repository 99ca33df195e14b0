"""JX511–JX513: deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Safety, Severity, Words
from ...model import Indicator, Project
from ...values import Day
from ..base import Context, rule, swap
from ..glance import occurs, targets, year_shown
from . import examples

MONTH_BEFORE = deferred.re(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月份?(?:之前|以前|前)(?:完成)?"
)
YEARLESS = deferred.re(
    r"\s*(?P<when>(?:1[0-2]|0?[1-9])\s*月(?:份)?(?:\s*(?:[0-3]?\d\s*[日号]?|底|末|[上中下]旬))?\s*(?:之前|以前|前))"
)


@rule(
    Indicator,
    "JX511",
    Severity.WARNING,
    "K",
    title=("完成时限不明确", "Ambiguous deadline"),
    zh="“{name}”的时限“{value}”不明确",
    en="Ambiguous deadline `{value}` of `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：时限应可考核；“N月前”可指月初或月底，“按时”没有时间",
        "财预〔2015〕88号 on measurable targets: deadlines can be checked; N月前 may be the start or end of the month, 按时 has no date",
    ),
    remedy=(
        "写明到日或月底，如“{fixed}”",
        "Give the day or the end of a month, such as {fixed}",
    ),
    silences=("JX507",),
    damaged="some",
    under=("时效",),
)
def ambiguous_deadline(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A deadline under 时效 of which nobody can say when it is."""
    row = ctx.judged(indicator)
    if row is None:
        return
    month = MONTH_BEFORE.fullmatch(row.value)
    if month or ctx.lists.has("loose_deadlines", row.value):
        fixed = _exact(month, year_shown(ctx.project))
        yield Hit(indicator.target.at, {**row.words, "fixed": fixed})


def _exact(month: re.Match[str] | None, year: int) -> Words:
    """Deadlines that can be checked: both that N月前 may mean, or any."""
    number = int(month["month"]) if month and month["month"].isdecimal() else 0
    if month is None or number < 2:
        day = examples.day(year)
        return Words(day, f"`{day}`")
    of = f"{month['year'] or year}年"
    before, by = f"{of}{number - 1}月底前", f"{of}{number}月底前"
    return Words(f"{before}”或“{by}", f"`{before}` or `{by}`")


@rule(
    Indicator,
    "JX512",
    Severity.ERROR,
    "K",
    title=("时限超出项目期", "Deadline outside project period"),
    zh="“{name}”的时限“{value}”不在项目期内（{limit}）",
    en="Deadline `{value}` of `{name}` is outside the project period ({limit})",
    why=(
        "财预〔2015〕88号 合理可行：产出在项目起止时间内完成；预算年度为公历1月1日至12月31日（预算法第十八条）",
        (
            "财预〔2015〕88号 on achievable targets: output is due within the period; the budget year is the calendar year "
            "(Budget Law, art. 18)"
        ),
    ),
    remedy=(
        "核对时限和项目起止时间，更正有误的一处",
        "Check deadline and period, and correct the wrong one",
    ),
    damaged="some",
    under=("产出",),
    only=lambda row, _: (
        (meant := row.indicator.target.value) is not None and meant.date is not None
    ),
)
def deadline_after_period(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """An output that is due after the project has ended; before it begins, a warning."""
    row = ctx.judged(indicator)
    meant = indicator.target.value
    if row is None or meant is None or meant.date is None:
        return
    due = meant.date.end or meant.date.start
    first = meant.date.start or meant.date.end
    if due is None or first is None or due.month is None or not (due.valid and first.valid):
        return
    start, end = _bounds(ctx.project)
    if end is not None and _after(first, end):
        yield Hit(
            indicator.target.at, {**row.words, "limit": Words(f"止于 {end.iso}", f"ends {end.iso}")}
        )
    elif start is not None and _after(start, due):
        limit = Words(f"始于 {start.iso}", f"starts {start.iso}")
        yield Hit(indicator.target.at, {**row.words, "limit": limit}, severity=Severity.WARNING)


def _bounds(project: Project) -> tuple[Day | None, Day | None]:
    """The first and the last day of the project where both are printed; else the year of the form begins."""
    period, year = project.period.value, project.year.value
    if period is not None and period.start is not None and period.end is not None:
        # Which end of a period that runs backwards is wrong, JX621 leaves open.
        return (None, None) if _after(period.start, period.end) else (period.start, period.end)
    return (Day(year, 1, 1) if year is not None else None), None


def _after(one: Day, other: Day) -> bool:
    """Whether a day is later than another, as far as both are written."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    for mine, its in pairs:
        if mine is None or its is None:
            return False
        if mine != its:
            return mine > its
    return False


@rule(
    Indicator,
    "JX513",
    Severity.INFO,
    "K",
    title=("时限未写年份", "Deadline without year"),
    zh="“{name}”的时限“{value}”未写年份",
    en="Missing year in deadline `{value}` of `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：时限应可考核；跨年项目和自评时须明确年份",
        "财预〔2015〕88号 on measurable targets: deadlines can be checked; projects of several years and self-evaluations need the year",
    ),
    remedy=("补充年份，如“{fixed}”", "Add the year, such as `{fixed}`"),
    fix=Safety.UNSAFE,
    damaged="some",
    when=occurs("月", targets),
)
def yearless_deadline(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A deadline by month, or by month and day, without a year."""
    row = ctx.judged(indicator)
    text = indicator.target.text
    match = YEARLESS.match(text) if row is not None else None
    if row is None or match is None or "每年" in row.text:
        return
    year, at = ctx.project.year.value, match.start("when")
    fixed = f"{year or '××××'}年{text[at:].strip()}"
    edits = swap(indicator.target, at, at, f"{year}年") if year is not None else ()
    yield Hit(indicator.target.at, {**row.words, "fixed": fixed}, edits=edits)
