"""JX311–JX313: how a unit is written, and what the name already says."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred, policies
from ...findings import Hit, Safety, Severity, Words
from ...model import Indicator
from ...values import Target, fold, measures
from ...values.units import COUNTS, MEASURES, TIMES
from ..base import Context, place, rewrite, rule
from ..glance import occurs, targets
from .missing_units import UNIT_PARTS, names_unit, unbracketed
from .numbers import sole

ODD_PERCENT = deferred.re(r"(?:(?<=[\d０-９])|(?<=[\d０-９]\s))[％﹪]")
PERCENTS, ODD = tuple("％﹪百"), tuple("％﹪百万亿")  # without one of them nothing is amiss
PERCENT_WORD = deferred.re(r"百分之\s*(?P<digits>[\d０-９]+(?:[.．][\d０-９]+)?)(?!\s*[%％])")
SCALE = deferred.re(r"^(?:万亿|千万|百万|十万|亿|万|千|百)(?=.)")
MONEY_MARKS = frozenset("元圆角镑币金法郎")
REACH = deferred.re(r"(?:须|应|要)?(?:达到?|为|是|在|保持)?[:：]?$")
TAIL_MARKS = " 。；;，,、"


@rule(
    Indicator,
    "JX311",
    Severity.INFO,
    "G",
    title=("计量单位不规范", "Nonstandard unit"),
    zh="计量单位“{found}”不规范，应为“{meant}”",
    en="Use `{meant}` instead of `{found}`",
    why=(
        "GB/T 15835 出版物上数字用法：百分数用“%”；金额写明“元”为本工具约定",
        "GB/T 15835 on numbers: percentages have `%`; amounts have 元 (convention of this tool)",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    when=occurs(ODD, targets),
)
def nonstandard_unit(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Per cent in another dress, or money counted in 万 without its 元."""
    text = indicator.target.text
    if not any(map(text.__contains__, ODD)):
        return
    changes = sorted({*_percents(text), *_scales(indicator)})
    if not changes:
        return
    start, end, _ = changes[0]
    if end == start:  # 元 is added behind 万
        start -= 1
    fixed, edits = rewrite(indicator.target, *changes)
    found = text[start : max(end, start + 1)]
    meant = found + "元" if changes[0][2] == "元" else "%"
    words = {"found": found, "meant": meant, "fixed": fixed}
    yield Hit(place(indicator.target, start, max(end, start + 1)), words, edits=edits, value=text)


def _percents(text: str) -> Iterator[tuple[int, int, str]]:
    if not any(map(text.__contains__, PERCENTS)):
        return
    for match in ODD_PERCENT.finditer(text):
        yield *match.span(), "%"
    for match in PERCENT_WORD.finditer(text):
        yield match.start(), match.start("digits"), ""
        yield match.end(), match.end(), "%"
    for one in measures(text):
        if one.unit == "百分比":
            yield *one.places["unit"], "%"


def _scales(indicator: Indicator) -> Iterator[tuple[int, int, str]]:
    """Where 元 is missing behind 万 and 亿 in a row about money."""
    name = fold(indicator.name.text)
    head = unbracketed(name)
    levels = (indicator.level1.value, indicator.level2.value)
    if not _is_money(head) and "成本指标" not in levels and "经济成本指标" not in levels:
        return
    if names_unit(name) or any(word in head for word in policies.words("foreign_money")):
        return
    text = indicator.target.text
    for one in measures(text):
        if one.unit in ("万", "亿"):
            end = one.places["unit"][1]
            if not text[end : end + 1].isdecimal():  # 25亿3000万元 is JX319
                yield end, end, "元"


def _is_money(name: str) -> bool:
    """Whether what the name says is measured in money."""
    return name.endswith(policies.words("money_endings")) and not name.endswith(
        policies.words("not_money_endings")
    )


@rule(
    Indicator,
    "JX312",
    Severity.WARNING,
    "G",
    title=("单位与名称不符", "Unit contradicts name"),
    zh="单位“{unit}”与指标“{name}”（{kind}）不符",
    en="Unit `{unit}` does not fit `{name}` ({kind})",
    why=(
        "财预〔2015〕88号 细化量化：指标值应可衡量，单位应与指标一致",
        "财预〔2015〕88号 on measurable targets: unit and indicator agree",
    ),
    remedy=("更正单位或名称", "Correct the unit or the indicator name"),
)
def unit_name_conflict(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Money, people, time or a rate in the name, and a unit of something else. Only clear cases."""
    target = indicator.target.value
    if target is None or target.kind == "date" or target.text:
        return
    one = sole(indicator.target.text)
    if one is None or one.unit is None:
        return
    name = unbracketed(fold(indicator.name.text))
    kind = _conflict(name, SCALE.sub("", one.unit)) or _no_rate(name, one.unit)
    if kind is None:
        return
    start, end = one.places["unit"]
    words = {"name": indicator.name.text.strip(), "kind": kind, "unit": one.unit}
    yield Hit(place(indicator.target, start, end), words, value=indicator.target.text)


THINGS = frozenset("个家件项台套次场期份篇处座条辆")
NOT_PEOPLE = THINGS.union(MEASURES, TIMES, ("元", "册", "本", "户"))
NOT_TIME = THINGS.union(("人", "名", "元", "人次", "户")) - {"次", "期"}
MONEY, PEOPLE, TIME = Words("金额", "money"), Words("人数", "people"), Words("时间", "time")
RATE = Words("比率", "a rate")


def _conflict(name: str, unit: str) -> Words | None:
    """What the name measures, where the unit measures something else for certain."""
    if name.endswith(policies.words("person_endings")):
        turns = unit == "次" and "人次" in name
        return PEOPLE if unit in NOT_PEOPLE and not turns else None
    if name.endswith(policies.words("time_endings")):
        return TIME if unit in NOT_TIME else None
    if not _is_money(name) or not MONEY_MARKS.isdisjoint(unit):
        return None
    if unit == "%":
        return MONEY if name.endswith(policies.words("sum_endings")) else None
    base = UNIT_PARTS.split(unit)[0]
    counted = base in COUNTS and base not in ("倍", "折", "成", "分", "角")
    return MONEY if counted or base in MEASURES or base in TIMES else None


def _no_rate(name: str, unit: str) -> Words | None:
    """A rate that is counted as no rate is: 响应及时率 in hours, 成本控制率 in money."""
    if not name.endswith("率") or policies.percentless(name):
        return None
    base = SCALE.sub("", unit)
    if {unit, base} & set(policies.words("rate_units")) or len(UNIT_PARTS.split(unit)) > 1:
        return None
    known = base in COUNTS or base in MEASURES or base in TIMES or not MONEY_MARKS.isdisjoint(base)
    return RATE if known else None


@rule(
    Indicator,
    "JX313",
    Severity.INFO,
    "G",
    title=("指标值重复名称文字", "Target repeats the name"),
    zh="指标值“{value}”中的“{words}”与指标名称重复",
    en="Target `{value}` repeats the indicator name `{words}`",
    why=(
        "财预〔2015〕88号 绩效指标：三级指标写明考核内容，指标值填写比较符、数值和单位",
        "财预〔2015〕88号 on indicators: the name says what is measured, the target has sign, number and unit",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.UNSAFE,
    when=lambda ctx: any(_has_words(one.target.value) for one in ctx.project.indicators),
)
def value_repeats_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Words before or behind the number that stand in the name."""
    text = indicator.target.text
    one = sole(text) if _has_words(indicator.target.value) else None
    if one is None:
        return
    head, tail = text[: one.start], text[one.end :]
    said = fold(REACH.sub("", head) + tail).strip(TAIL_MARKS)
    if (
        len(said) < 2
        or (head.strip() and tail.strip(TAIL_MARKS))
        or said not in fold(indicator.name.text)
    ):
        return
    changes = [(0, one.start, "")] if head.strip() else [(one.end, len(text), "")]
    fixed, edits = rewrite(indicator.target, *changes)
    start, end = changes[0][:2]
    words = {"value": text.strip(), "words": said, "fixed": fixed}
    yield Hit(place(indicator.target, start, end), words, edits=edits, value=text)


def _has_words(target: Target | None) -> bool:
    """Whether a target is a number with words beside it."""
    if target is None or target.kind != "number":
        return False
    return bool(target.text) and target.date is None
