"""Dates and deadlines as targets: 2022年底前, 12月前, 每月15日前, 第四季度, 全年."""

from __future__ import annotations

import re

from .. import deferred
from .dates import DATE, YEAR, Day, Period, between, figure, period

NUMERAL = "[一二三四五六七八九十]"
HOUR = "(?:[0-9]{1,2}[时点])?"
EXACT = (
    rf"{YEAR}年[0-9]{{1,2}}月份?(?:[0-9]{{1,2}}(?:[日号]{HOUR}|(?![0-9])))?|{YEAR}(?P<{{0}}>[./-])[0-9]{{1,2}}(?:(?P={{0}})[0-9]{{1,2}}[日号]?)?(?![0-9])"
    rf"|{YEAR}[01][0-9][0-3][0-9](?![0-9])|{YEAR}(?![0-9])年?度?|[〇零○一二三四五六七八九]{{4}}年"
)
YEARLY = "当年度?|本年度?|今年|次年|明年|第二年|翌年|年度|全年|[当本次]月|[当本次]季度?|[0-9]{2}年(?=度?[底末初终]|[0-9]{1,2}月)"
EVERY = "每(?:年度?|月|季度?|周|旬|学期|学年|半年)(?:[首末次]月)?"
MONTH = rf"(?:[0-9]{{1,2}}|{NUMERAL}{{1,2}})月份?"
DAY = rf"(?:[0-9]{{1,2}}|{NUMERAL}{{1,3}})[日号]{HOUR}"
PART = rf"第?[一二三四1-4]季度|[上下]半年|{MONTH}(?:{DAY})?|{DAY}|[0-9]{{1,2}}(?=[-—–―~～至到]{{1,2}}[0-9]{{1,2}}月)"
EDGE = "[年月周季]?度?[底末初终]|[上中下]旬|[年月]中|[年月]内|全年"
FEAST = (
    "春节|元旦|国庆节?|中秋节?|清明节?|端午节?|重阳节?|劳动节|五一|七一|八一|十一|两节|双节|节|年|汛期|主汛期|冬季|入冬|入汛"
    "|供暖[期季]?|采暖[期季]?|开学|雨季|防火期"
)
ONE = rf"(?:{EXACT}|{YEARLY}|{EVERY})?(?:{PART})?(?:{EDGE})?"
LEAD = "(?:定性|定量|[≥≤<=:]|不晚于|不迟于|不超过|早于|最迟|最晚|截至|截止到?|计划|预计|力争|确保|争取|于|在|到|至|全年(?=[0-9]))*"
HELD = r"(?:\(含[^()]{0,6}\))?"
MARK = "之前|以前|前|之内|以内|内|为止|止|期间|之间|起|开始|以后|之后|后"
WHEN = deferred.re(
    rf"(?P<lead>{LEAD})(?:(?P<feast>{FEAST})(?=之?前|以前|期间)|(?P<first>{ONE.replace('{0}', 's1')})"
    rf"(?:(?P<joint>[-—–―~～至到]{{1,2}})(?P<second>[0-9]{{1,2}}\.[0-9]{{1,2}}|(?=[0-9〇零○一二三四五六七八九十]){ONE.replace('{0}', 's2')}))?)"
    rf"{HELD}(?P<mark>{MARK})?(?P<rest>.*)"
)
TIMES = frozenset(
    "年月季周旬期日号前底末初终"
)  # one of them stands in all that WHEN finds but a bare year or date
UNTIL = deferred.re("[≤<]|截至|截止|不晚于|不迟于|不超过|早于|最迟|最晚|[到至]")
DONE = deferred.re(
    "(?:(?:全部|全面|基本|按时|按期|完成|完工|竣工|验收|到位|拨付|支付|发放|兑付|使用|执行|交付|结束|开工|启动|上报|报送|提交"
    "|建成|落实|实施完|完毕|通车|上线|缴纳|付清|举办)[\u4e00-\u9fff]{0,8}|每[日天周月年])?"
)
BACK = frozenset(("之前", "以前", "前", "之内", "以内", "内", "为止", "止"))
ONWARD = frozenset(("起", "开始", "以后", "之后", "后"))
WITHIN = frozenset(("之内", "以内", "内"))
LONGEST_REST = 30
AT_END = deferred.re("[底末终](?:[前内止]|之前|以前)?$")
EVERY_ALONE, DAY_ALONE, MONTH_ALONE = map(deferred.re, (EVERY, DAY, MONTH))
DIGIT = deferred.re("[0-9]")

QUARTERS = {
    "一季度": (1, 3), "1季度": (1, 3), "二季度": (4, 6), "2季度": (4, 6), "三季度": (7, 9), "3季度": (7, 9),
    "四季度": (10, 12), "4季度": (10, 12), "上半年": (1, 6), "下半年": (7, 12),
}  # fmt: skip
WITHIN_YEAR = deferred.re(
    rf"(?:第?(?P<quarter>[一二三四1-4]季度|[上下]半年)"
    rf"|(?P<month>[0-9]{{1,2}}|{NUMERAL}{{1,2}})月份?(?:(?P<day>[0-9]{{1,2}}|{NUMERAL}{{1,3}})[日号])?)"
)

# A date inside other words, whose digits are no measure: 12月底前100%到位.
DATED = deferred.re(
    rf"(?<![0-9.])(?:{YEAR}年(?:度|[0-9]{{1,2}}月份?(?:[0-9]{{1,2}}[日号]{HOUR})?)?"
    rf"|{YEAR}-{YEAR}年?度?|{YEAR}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}}(?![0-9])"
    rf"|[0-9]{{1,2}}月份?(?:[0-9]{{1,2}}[日号]{HOUR})?|[0-9]{{1,2}}-[0-9]{{1,2}}月|[0-9]{{1,2}}[日号](?=之?前)|第?[1-4]季度)"
    rf"(?:(?:{EDGE})(?:{MARK})?|之前|以前|前)?"
)
YEAR_FIGURES = 4


def deadline(text: str) -> tuple[Period | None] | None:
    """What a squeezed text says if all of it is a date or a deadline.

    The one member is the period as far as it is said: None for 12月前, which names no year.
    None where the text is no date.
    """
    if TIMES.isdisjoint(text) and "19" not in text and "20" not in text:
        return None
    match = WHEN.fullmatch(text)
    if match is None or not _fits(match):
        return None
    if match["joint"] and match["second"]:
        return (period(match["first"] + match["joint"] + match["second"]),)
    until = UNTIL.search(match["lead"]) is not None
    return (_period(match["first"] or "", match["mark"] or "", until or bool(match["rest"])),)


def dated(text: str) -> Period | None:
    """The date said by a piece of text that `DATED` found."""
    mark = "前" if text.endswith("前") else ""
    return _period(text, mark, until=False)


def _fits(match: re.Match[str]) -> bool:
    first, mark, rest = match["first"], match["mark"], match["rest"]
    if match["feast"]:
        return len(rest) <= LONGEST_REST and not DIGIT.search(rest)
    if not first or not _says_when(match):
        return False
    if DONE.fullmatch(rest):
        return True
    ends = mark is not None or first[-1] in "底末"
    return ends and len(rest) <= LONGEST_REST and not DIGIT.search(rest)


def _says_when(match: re.Match[str]) -> bool:
    first, mark = match["first"], match["mark"]
    if match["joint"]:
        return True
    if first.startswith("每"):
        return EVERY_ALONE.fullmatch(first) is None
    if DAY_ALONE.fullmatch(first):  # 30日 is a while, 30日前 a day
        return mark in BACK - WITHIN
    if first.isdecimal() and len(first) == YEAR_FIGURES:
        return mark is not None
    if MONTH_ALONE.fullmatch(first):
        return not DIGIT.search(first) or not set(match["lead"]) & set("≥≤<")
    return first != "年度"


def _period(first: str, mark: str, until: bool) -> Period | None:
    days = _moment(first)
    if days is None:
        return None
    start, end = days
    if mark in ONWARD:
        return between(start, None)
    if until or mark in BACK or AT_END.search(first):
        return between(None, end)
    return between(start, end)


def _moment(first: str) -> tuple[Day, Day] | None:
    """The first and the last of what one expression with a year covers, no finer than it says."""
    match = DATE.match(first)
    if match is None:
        return None
    said = period(match[0])
    day = (said.start or said.end) if said else None
    if day is None or day.month is not None:
        return (day, day) if day else None
    within = WITHIN_YEAR.match(first, match.end())
    if within is None:
        return day, day
    if within["quarter"]:
        first_month, last_month = QUARTERS[within["quarter"]]
        return Day(day.year, first_month, text=first), Day(day.year, last_month, text=first)
    day_of_month = figure(within["day"]) if within["day"] else None
    one = Day(day.year, figure(within["month"]), day_of_month, first)
    return one, one
