"""JX314–JX320: how numbers are written, and values that are none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ... import deferred
from ...findings import Hit, Safety, Severity
from ...model import Indicator, Value
from ...values import Measure, Target, looks_like_unit, measures, numeral, width
from ...values.units import DURATIONS, UNITS
from ..base import Context, place, rewrite, rule
from ..glance import occurs, spoken, targets

LONGEST = 40  # a longer value is a sentence, not two figures in one cell
BRACKETED = deferred.re(r"[（(][^（()）]*[)）]")
JOINTS = deferred.re(r"[、，,；;\s]|[和及与并且]|合计|共计?")
COUNTED = deferred.re(r"\d|半")
OF_MONTH = deferred.re("[月旬]")  # 每月5日、20日 are dates
EACH = deferred.regex(r"每\p{Han}{0,3}$")

PLACEHOLDER = deferred.regex(
    r"(?P<mark>[*＊]+|[XxＸｘ]+|×+|[Nn]|[_＿]+|[?？]{1,9}|[○◯〇]{2,}|[-—–－─]{2,6}|…{1,6}|[.．]{3,9}|待定|待填写?|待补充?|TBD|tbd|null|NULL)"
    r"(?P<unit>[%％‰]|[\p{Han}/·㎡]{1,6})?"
)
SIGN = deferred.re(r"[≥≤><=≧≦⩾⩽＞＜＝》〉《〈]{1,2}")
LONGEST_UNIT = 6
WORDS = frozenset(("待定", "待填", "待填写", "待补", "待补充", "TBD", "tbd", "null", "NULL"))

NUMERALS = "一二两三四五六七八九十百千"
NUMERAL = deferred.re(f"[{NUMERALS}]{{1,6}}")
HUNDREDTHS = deferred.re(r"百分之([一二三四五六七八九十百]+)(?![点\d])")

RANGE = deferred.re(
    r"(?<![\d０-９.．\-－])(?P<low>\d++(?:\.\d++)?)(?P<joint>\s*[-‐‑‒–—―−－─~～∼〜至到]{1,2}\s*)"
    r"(?P<high>\d+(?:\.\d+)?)\s*(?P<mark>[%％‰]|万亿|亿|万)"
)
FULLWIDTH = deferred.re(r"[０-９]+(?:．[０-９]+)?")
ROLES = frozenset(("target", "amount", "goal"))
MIXED = deferred.re(
    r"(?<![\d.])(?P<high>\d++(?:\.\d++)?)\s*+(?P<scale>[亿万])\s*(?P<low>\d{1,4})\s*(?P<under>[万千])(?P<unit>[^\W\d_a-zA-Z]{0,2})"
)
STEPS = {"亿万": 4, "万千": 1}
UNDER = ("万", "千")  # without one of them no number is told in two parts
BARE_POINT = deferred.regex(
    r"(?:^|(?<=[\s≥≤><=＞＜＝~～至]))(?P<point>[.．])(?P<digits>[\d０-９]+)\s*(?P<unit>\p{Han}?)"
)
WHOLE = frozenset("个家人名次件台套户项场期份篇册辆")


@rule(
    Indicator,
    "JX314",
    Severity.WARNING,
    "G",
    title=("一格含多个指标值", "Several values in one target"),
    zh="指标值含“{first}”“{second}”两个数值",
    en="Target contains two values, `{first}` and `{second}`",
    why=(
        "财预〔2015〕88号 细化量化：一个指标考核一项内容；含两个数值的无法判断是否完成，也无法计分",
        "财预〔2015〕88号 on measurable targets: an indicator measures one thing; with two values it cannot be scored",
    ),
    remedy=(
        "拆分为两个三级指标，各填写一个数值",
        "Split it into two indicators, with one value each",
    ),
    silences=("JX521",),
)
def several_values(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Two measured numbers side by side; dates, ranges, rates per something and brackets are none."""
    target, text = indicator.target.value, indicator.target.text
    if target is None or target.kind not in ("text", "number") or len(text) > LONGEST:
        return
    if any(map(text.__contains__, UNDER)) and MIXED.search(width(text)):  # 3亿4500万 is one number
        return
    plain = text
    if "(" in text or "（" in text:
        plain = BRACKETED.sub(lambda match: " " * len(match[0]), text)
    found = [one for one in measures(plain) if one.unit]
    for first, second in pairwise(found):
        if _apart(first, second, plain):
            yield Hit(
                place(indicator.target, first.start, second.end),
                {
                    "first": text[first.start : first.end],
                    "second": text[second.start : second.end],
                },
                value=text,
            )
            return


def _apart(first: Measure, second: Measure, text: str) -> bool:
    """Whether two neighbours are figures of their own, not one told in two parts (3年5次, 1人1档)."""
    between = text[first.end : second.start]
    if EACH.search(between) or len(between) > LONGEST // 2:
        return False
    if first.unit == second.unit == "日" and OF_MONTH.search(text, 0, first.start):
        return False
    if JOINTS.search(between):
        return first.unit != second.unit or between.strip() in ("、", "，", ",")
    timed = first.unit in DURATIONS or second.unit in DURATIONS
    return not between and not timed and first.unit != second.unit and first.number != second.number


@rule(
    Indicator,
    "JX315",
    Severity.ERROR,
    "W",
    title=("指标值为占位符", "Placeholder as target"),
    zh="指标值“{value}”为占位符，未填写",
    en="Placeholder target `{value}`",
    why=(
        "财预〔2015〕88号 完整性审核：“{name}”应有指标值",
        "财预〔2015〕88号 on completeness: `{name}` needs a target",
    ),
    remedy=(
        "填写本年度拟达到的值，如“≥95%”“≥12次”；本年度不考核的，删除本行",
        "Write the value to be reached this year, such as `≥95%` or `≥12次`, or delete the row",
    ),
)
def placeholder_value(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Stars, crosses, dots or 待定 where the number belongs."""
    text = indicator.target.text.strip()
    if text.lstrip("≥≤><=")[:1].isdigit():
        return
    sign = SIGN.match(text)
    rest = text[sign.end() if sign else 0 :].strip()
    if rest[:1].isdigit():
        return
    match = PLACEHOLDER.fullmatch(rest)
    unfilled = bool(sign) and len(rest) <= LONGEST_UNIT and looks_like_unit(rest)  # ≥套, ≥%
    held = match and (not match["unit"] or _measured(match["mark"], match["unit"]))
    if not unfilled and not held:
        return
    words = {"name": indicator.name.text.strip(), "value": text}
    yield Hit(indicator.target.at, words, value=text)


def _measured(mark: str, unit: str) -> bool:
    """Whether what follows a mark is its unit: N年 and XX家, but not 待定事项."""
    return mark not in WORDS and (
        unit in "%％‰" or unit.split("/")[0].lstrip("万亿") in UNITS | {""}
    )


@rule(
    Indicator,
    "JX316",
    Severity.INFO,
    "G",
    title=("用汉字书写数值", "Number in Chinese numerals"),
    zh="指标值“{value}”使用汉字数字",
    en="Chinese numeral in target `{value}`",
    why=(
        "GB/T 15835 出版物上数字用法：计量的数值用阿拉伯数字",
        "GB/T 15835 on numbers: quantities have Arabic digits",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.UNSAFE,
    when=lambda ctx: any(_is_worded(one.target.value) for one in ctx.project.indicators),
)
def chinese_numeral(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A number in words that was read as one: 每日一次, 不少于三次, 百分之九十. Not 一次性, 半年, 一季度."""
    target, text = indicator.target.value, indicator.target.text
    if target is None or not _is_worded(target):
        return
    if COUNTED.search(text):
        return
    change = _in_figures(target, text)
    if change is None:
        return
    fixed, edits = rewrite(indicator.target, change)
    start, end, _ = change
    yield Hit(
        place(indicator.target, start, end),
        {"value": text.strip(), "fixed": fixed},
        edits=edits,
        value=text,
    )


def _is_worded(target: Target | None) -> bool:
    """Whether a target was read from a number in words."""
    return target is not None and target.kind == "number" and "number" in target.inferred


def _in_figures(target: Target, text: str) -> tuple[int, int, str] | None:
    """The change that writes the number of a target in figures."""
    if hundredths := HUNDREDTHS.search(text):
        return *hundredths.span(), f"{numeral(hundredths[1])}%"
    unit = target.unit or ""
    if "unit" in target.inferred and target.sign is None and not target.text:
        start = len(text) - len(text.lstrip())
        return start, len(text.rstrip(" 。；;")), f"{target.number}{unit}"
    for match in NUMERAL.finditer(text):
        if text.startswith(unit.split("/")[0], match.end()) and numeral(match[0]) == target.number:
            return *match.span(), str(target.number)
    return None


@rule(
    Indicator,
    "JX317",
    Severity.INFO,
    "G",
    title=("数值范围书写不规范", "Unclear number range"),
    zh="范围“{found}”的下限缺少“{mark}”",
    en="Missing `{mark}` after the lower bound of `{found}`",
    why=(
        "GB/T 15835 出版物上数字用法：范围的上下限均写明百分号或数量级，如“63%～68%”",
        "GB/T 15835 on numbers: both bounds of a range have `%` or their magnitude, as in `63%～68%`",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    when=occurs("-‐‑‒–—―−－─~～∼〜至到", targets),
)
def unclear_range(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A range whose first number lacks the % or 万 of the second; 3-5天 cannot be misread."""
    target, text = indicator.target.value, indicator.target.text
    match = RANGE.search(width(text))
    if match is None or target is None or target.kind != "range":
        return
    if Decimal(match["low"]) >= Decimal(match["high"]):
        return
    mark = text[slice(*match.span("mark"))]
    fixed, edits = rewrite(indicator.target, (*match.span("joint"), f"{mark}～"))
    words = {"found": text[match.start() : match.end()], "mark": mark, "fixed": fixed}
    yield Hit(place(indicator.target, *match.span()), words, edits=edits, value=text)


@rule(
    Value,
    "JX318",
    Severity.INFO,
    "G",
    title=("使用全角数字", "Full-width digits"),
    zh="“{found}”为全角数字",
    en="Full-width digits `{found}`",
    why=(
        "GB/T 15835 出版物上数字用法：阿拉伯数字用半角",
        "GB/T 15835 on numbers: digits are half-width",
    ),
    remedy=("改为“{meant}”", "Write `{meant}`"),
    fix=Safety.SAFE,
    when=occurs("０１２３４５６７８９", spoken),
)
def fullwidth_digit(value: Value, ctx: Context) -> Iterator[Hit]:
    """Full-width figures in a target, an amount or a goal; all of one value are one finding."""
    found = list(FULLWIDTH.finditer(value.reading.text)) if value.role in ROLES else []
    if not found:
        return
    _, edits = rewrite(value.reading, *((*match.span(), width(match[0])) for match in found))
    yield Hit(
        place(value.reading, *found[0].span()),
        {"found": found[0][0], "meant": width(found[0][0])},
        edits=edits,
    )


@rule(
    Indicator,
    "JX319",
    Severity.INFO,
    "G",
    title=("数值单位层级混用", "Mixed magnitudes"),
    zh="“{found}”混用两个数量级",
    en="Mixed magnitudes in `{found}`",
    why=(
        "GB/T 15835 出版物上数字用法：一个数值只用一个“万”或“亿”",
        "GB/T 15835 on numbers: a number has one 万 or 亿",
    ),
    remedy=("改为“{meant}”", "Write `{meant}`"),
    when=occurs("亿万", targets),
)
def mixed_magnitude(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """3亿4500万 instead of 3.45亿."""
    text = indicator.target.text
    match = MIXED.search(width(text))
    step = STEPS.get(match["scale"] + match["under"]) if match else None
    if match is None or step is None:
        return
    number = Decimal(match["high"]) + Decimal(match["low"]).scaleb(-step)
    start, end = match.span()
    meant = f"{number.normalize():f}{match['scale']}{match['unit']}"
    words = {"found": text[start:end], "meant": f"{text[:start]}{meant}{text[end:]}".strip()}
    yield Hit(place(indicator.target, start, end), words)


@rule(
    Indicator,
    "JX320",
    Severity.INFO,
    "G",
    title=("小数缺少整数位", "Bare decimal point"),
    zh="“{found}”的小数点前缺少“0”",
    en="Missing `0` before the decimal point in `{found}`",
    why=(
        "GB/T 15835 出版物上数字用法：纯小数须写出小数点前的“0”",
        "GB/T 15835 on numbers: the `0` before a decimal point is not omitted",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    when=occurs(".．", targets),
)
def bare_decimal_point(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A number that begins with its point; before something that is counted whole the point is a speck."""
    text = indicator.target.text
    match = BARE_POINT.search(text)
    if match is None or match["unit"] in WHOLE:
        return
    start = match.start("point")
    if text[:start].rstrip()[-1:].isdigit():  # 8 .2 is 8.2, if anything
        return
    fixed, edits = rewrite(indicator.target, (start, start, "0"))
    found = text[start : match.end("digits")]
    words = {"found": found, "fixed": fixed}
    yield Hit(place(indicator.target, start, match.end("digits")), words, edits=edits, value=text)
