"""JX517–JX523, JX526: names of indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ... import deferred
from ...findings import Hit, Safety, Severity, Words
from ...meaning import Lists, Row
from ...model import Indicator
from ...values import Target, target
from ..base import Context, rule, swap
from ..glance import longest, names, some_unjudged
from . import examples

WHETHER = deferred.re("是否|能否|与否|吗|[？?]$", re.MULTILINE)
DECLARED = deferred.re(r"[(（【\[](?:是[/／、或]?否|Y/N)[)）】\]]")
SATISFIED = ("满意度", "满意率", "满意")
LONGEST, STORED = 25, 100  # characters: a name for a table, and what budget systems store
LONGEST_TARGET = 25  # characters
SEVERAL = Words(
    "含句号或分号，不是单一指标", "has a full stop or semicolon and is not a single indicator"
)
STOPS = deferred.re("[。；]|;|．(?!\\d)")
DIGIT = deferred.re(r"\d")
SIGN = deferred.re("[≥≤><=]$")
CONDITION = deferred.re(
    "(?:及|或|\\()?(?:以上|以内|以下)."
)  # 5人以上集体来访: of whom, not how many
RANKED = ("前", "后", "TOP", "Top", "top")  # the first 1% of all: of whom, not how many
SIZES = frozenset(("米", "套", "台", "栋"))
CLASSES = (
    frozenset(("%",)),
    frozenset(("万元", "亿元", "元")),
    frozenset(("公里", "千米", "km", "米")),
    frozenset(("亩", "公顷", "平方米", "平方公里")),
    frozenset(
        (
            "人",
            "名",
            "条",
            "座",
            "栋",
            "辆",
            "台",
            "套",
            "户",
            "株",
            "家",
            "个",
            "次",
            "场",
            "期",
            "份",
            "件",
            "项",
            "处",
        )
    ),
    frozenset(("吨",)),
)
ALWAYS = CLASSES[0] | CLASSES[1]
VERBS = ("确保", "保证", "力争", "争取", "努力", "做到")
SHORT_METRICS = ("率", "度", "数", "量")


@rule(
    Indicator,
    "JX517",
    Severity.INFO,
    "X",
    title=("名称为疑问句", "Name is a question"),
    zh="指标名称“{name}”为疑问句",
    en="Indicator name `{name}` is a question",
    why=(
        "财预〔2021〕101号 指标名称：指标名称为简明的度量",
        "财预〔2021〕101号 on names: an indicator is a plain metric",
    ),
    remedy=("改为度量名称，如“验收合格率”", "Name a metric, such as `验收合格率`"),
    damaged="some",
    when=lambda ctx: WHETHER.search(ctx.once(names)) is not None,
)
def questioning_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A name that asks; (是/否) behind one declares what the target may be."""
    row = ctx.judged(indicator)
    if row is not None and WHETHER.search(row.name) and not DECLARED.search(row.printed):
        yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX518",
    Severity.WARNING,
    "X",
    title=("名称缺少对象", "Name lacks its object"),
    zh="指标名称“{name}”缺少对象",
    en="Missing object in indicator name `{name}`",
    why=(
        "财预〔2015〕88号 指向明确：指标应反映本项目",
        "财预〔2015〕88号 on clear aims: indicators are those of the project",
    ),
    remedy=(
        "写明“{name}”所指的对象，如“数据录入准确率”",
        "Say of what `{name}` is, such as `数据录入准确率`",
    ),
    damaged="some",
    only=lambda row, lists: lists.has("bare_names", row.name),
)
def bare_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A metric without the thing that it measures."""
    row = ctx.judged(indicator)
    if row is not None:
        yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX519",
    Severity.WARNING,
    "X",
    title=("名称中含指标值", "Target inside the name"),
    zh="指标名称“{name}”含指标值“{found}”",
    en="Indicator name `{name}` contains the target `{found}`",
    why=(
        "财预〔2015〕88号 绩效指标：三级指标写明考核内容，指标值写明达到多少",
        "财预〔2015〕88号 on indicators: the name says what is measured, the target how much",
    ),
    remedy=(
        "移至指标值栏，如名称“新建步道长度”、指标值“≥3公里”",
        "Move it to the target, such as `新建步道长度` and `≥3公里`",
    ),
    damaged="some",
    when=lambda ctx: DIGIT.search(ctx.once(names)) is not None,
)
def value_in_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A number in a name that could be the row's target."""
    row = ctx.judged(indicator)
    if row is None:
        return
    for match in _valued(ctx.lists.words("value_units")).finditer(row.name):
        if _could_be_target(match, row, ctx.lists, indicator.target.value):
            yield Hit(indicator.name.at, {**row.words, "found": match[0]})
            return
    if found := _repeated(row, ctx.lists):
        yield Hit(indicator.name.at, {**row.words, "found": found})


def _repeated(row: Row, lists: Lists) -> str:
    """The row's own figure with its unit, whatever it counts, where the name says it too."""
    figure = row.value.removeprefix(row.sign)
    if not row.number or not row.unit or "/" in row.unit or not figure.endswith(row.unit):
        return ""
    if not DIGIT.search(figure):  # 两次 in a name says a way, not how much
        return ""
    head, said, tail = row.name.partition(figure)
    if lists.ends("not_value_before", head) or DIGIT.match(head[-1:]):
        return ""
    return "" if lists.begins("not_value_after", tail) else said


@cache
def _valued(units: tuple[str, ...]) -> re.Pattern[str]:
    said = "|".join(map(re.escape, units))
    return re.compile(rf"(?<![\d.])(?P<number>\d[\d,]*+(?:\.\d++)?)(?:多|余)?(?P<unit>{said})")


def _could_be_target(match: re.Match[str], row: Row, lists: Lists, meant: Target | None) -> bool:
    head, tail, unit = row.name[: match.start()], row.name[match.end() :], match["unit"]
    if tail.startswith(("/", "每")) or lists.begins("not_value_after", match["unit"] + tail):
        return False
    if tail.startswith(lists.words("not_value_after")):
        return False
    if CONDITION.match(tail):
        return False
    bare = SIGN.sub("", head)
    if unit == "%" and bare.endswith(RANKED):
        return False
    if bare.endswith(("第", "〔", "年")) or (unit != "%" and lists.ends("not_value_before", bare)):
        return False
    if unit in SIZES and row.under("成本", "经济成本"):
        return False
    if unit in ALWAYS:
        return True
    own = meant.unit if meant is not None and meant.number is not None else None
    return own is not None and any(unit in one and own in one for one in CLASSES)


@rule(
    Indicator,
    "JX520",
    Severity.INFO,
    "X",
    title=("指标名称过长", "Name too long"),
    zh="指标名称“{short}”{fault}",
    en="Indicator name `{short}` {fault}",
    why=(
        "本工具约定：名称宜在25字以内；超过100字的，预算管理一体化系统不予保存（财办〔2020〕13号 系统校验）",
        (
            "Convention of this tool: at most 25 characters; the integrated budget system stores no name over 100 "
            "(财办〔2020〕13号, its checks)"
        ),
    ),
    remedy=(
        "只写考核的事物和度量，如“整改老旧小区数量”",
        "Write only what is measured, such as `整改老旧小区数量`",
    ),
    damaged="some",
    when=lambda ctx: ctx.once(longest) > LONGEST or STOPS.search(ctx.once(names)) is not None,
)
def overlong_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A sentence in the place of a name; one that systems refuse is a warning."""
    row = ctx.judged(indicator)
    if row is None or (len(row.name) <= LONGEST and not STOPS.search(row.name.rstrip("。；;"))):
        return
    length = len(row.name)
    fault = Words(f"过长（{length}字）", f"is too long ({length} characters)")
    words = {
        **row.words,
        "short": _short(indicator.name.text.strip()),
        "fault": fault if length > LONGEST else SEVERAL,
    }
    severity = Severity.WARNING if len(row.name) > STORED else None
    yield Hit(indicator.name.at, words, severity=severity)


@rule(
    Indicator,
    "JX521",
    Severity.INFO,
    "X",
    title=("指标值过长", "Target too long"),
    zh="指标值“{short}”过长（{length}字）",
    en="Target `{short}` is too long ({length} characters)",
    why=("本工具约定：指标值宜在25字以内", "Convention of this tool: at most 25 characters"),
    remedy=(
        "改为数值，如“≥8场”，或拆分为多个指标",
        "Write a number, such as `≥8场`, or split it into several indicators",
    ),
    damaged="some",
    when=lambda ctx: ctx.once(longest) > LONGEST_TARGET,
)
def overlong_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A sentence in the place of a target."""
    row = ctx.judged(indicator)
    meant = indicator.target.value
    if (
        row is None
        or len(row.value) <= LONGEST_TARGET
        or (meant is not None and meant.kind == "date")
    ):
        return
    short = _short(indicator.target.text.strip())
    words = {**row.words, "short": short, "length": len(row.value)}
    yield Hit(indicator.target.at, words)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@rule(
    Indicator,
    "JX522",
    Severity.INFO,
    "X",
    title=("名称含保证类动词", "Name begins with promise"),
    zh="指标名称“{name}”以“{verb}”开头",
    en="Indicator name `{name}` begins with the promise `{verb}`",
    why=(
        "财预〔2021〕101号 指标名称：指标名称为简明的度量，程度由指标值表示",
        "财预〔2021〕101号 on names: an indicator is a plain metric, and the target says how much",
    ),
    remedy=("删除“{verb}”，改为“{fixed}”", "Remove `{verb}`: `{fixed}`"),
    fix=Safety.UNSAFE,
    damaged="some",
    when=lambda ctx: any(verb in ctx.once(names) for verb in VERBS),
)
def verb_led_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A metric with a promise before it."""
    row = ctx.judged(indicator)
    verb = "" if row is None else next((one for one in VERBS if row.name.startswith(one)), "")
    if row is None or not verb or not _is_metric(row.name[len(verb) :], ctx.lists):
        return
    text = indicator.name.text
    at = text.find(verb)
    edits = swap(indicator.name, at, at + len(verb), "") if at >= 0 else ()
    fixed = text.replace(verb, "", 1).strip()
    yield Hit(indicator.name.at, {**row.words, "verb": verb, "fixed": fixed}, edits=edits)


def _is_metric(name: str, lists: Lists) -> bool:
    metric = lists.ending("metric_ends", name)
    return len(name) > 2 and (len(metric) > 1 or name.endswith(SHORT_METRICS))


@rule(
    Indicator,
    "JX523",
    Severity.INFO,
    "X",
    title=("满意度对象不明", "Whose satisfaction is unclear"),
    zh="“{name}”未写明满意度的对象",
    en="Missing subject of satisfaction in `{name}`",
    why=(
        "财预〔2015〕88号 指向明确：满意度应写明调查对象",
        "财预〔2015〕88号 on clear aims: satisfaction names those who are asked",
    ),
    remedy=("写明对象，如“参训教师满意度”", "Name them, such as `参训教师满意度`"),
    damaged="some",
    only=lambda row, _: row.name.endswith(SATISFIED),
)
def generic_satisfaction_subject(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Satisfaction of whoever it may be."""
    row = ctx.judged(indicator)
    if row is None:
        return
    tail = next(one for one in SATISFIED if row.name.endswith(one))
    if ctx.lists.has("generic_subjects", row.name.removesuffix(tail)):
        yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX526",
    Severity.WARNING,
    "X",
    title=("名称仅为数值或日期", "Name is only a value"),
    zh="指标名称“{name}”仅为数值或日期",
    en="Indicator name `{name}` is only a value",
    why=(
        "财预〔2021〕101号 指标名称：指标名称写明考核内容",
        "财预〔2021〕101号 on names: an indicator says what is measured",
    ),
    remedy=(
        "写明考核内容，如“{fixed}”，{kind}移至指标值栏",
        "Write what is measured, such as `{fixed}`, and move the {kind} to the target",
    ),
    silences=("JX411", "JX518", "JX519", "JX520"),
    damaged="some",
    when=some_unjudged,
)
def name_is_value(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A number, an amount or a date where the name belongs."""
    row = ctx.row(indicator)
    if row.is_value and row.value and not row.printed.isdecimal():
        day = examples.is_day(target(row.printed))
        fixed, kind = (
            ("设备安装完成时间", Words("日期", "date"))
            if day
            else ("设备购置总价", Words("数值", "value"))
        )
        yield Hit(indicator.name.at, {**row.words, "fixed": fixed, "kind": kind})
