"""JX505–JX510, JX527, JX528: targets in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity, Words
from ...meaning import Lists, Row, han
from ...model import Indicator, Project
from ..base import Context, rule
from ..glance import annual, some_unjudged, year_shown
from . import examples

PARTS = deferred.re(r"[\W_]+")
TIMELY = deferred.re("按[时期]|已")
CAPPED = deferred.re("不超|控制在|不突破|以内")
BOUND = deferred.re("[≥≤><=].")  # by another rate that is printed: it can be checked
ONCE = deferred.re("一次性")
SINGLE_GRADES = frozenset(("优", "良", "是", "否"))
FILLING = deferred.re(r"[了的\W_]+")
VAGUE_TAILS = ("情况", "程度", "状况", "水平", "能力", "作用", "效果")
PAPER_WITHIN = 24  # characters in which the other paper is named
BUDGET = deferred.re("不超.*预算|预算.*不超|成本控制")
SHORTEST_VALUE = 4  # characters
ALIKE, SAME = 0.6, 0.85  # shares of characters in common
FEWEST, MOSTLY = 5, 0.6  # targets of a form, and the share of them in words
YES_NO = frozenset(("是", "否"))
DECLARED = deferred.re(r"[(（【\[]是[/／、或]?否[)）】\]]")
DECLARE = Words(
    "改为数值；只能以是否衡量的，在名称后注明“（是/否）”",
    "Write a number; where only yes or no can be said, write `（是/否）` behind the name",
)
GRADE = Words(
    "写明拟达到的等级，如“优”，或改为数值",
    "Write the grade to be reached, such as `优`, or a number",
)
HEADS = 3  # words that make a value no more exact


def _measured_words(value: str, lists: Lists) -> bool:
    """Whether words say as much as a figure: all of it, none of it, a scale, nothing to measure."""
    return (
        lists.holds("entitlements", value)
        or lists.has("scales", PARTS.sub("", value))
        or lists.has("inapplicable", value)
    )


@rule(
    Indicator,
    "JX505",
    Severity.WARNING,
    "K",
    title=("比率指标未量化", "Rate without a figure"),
    zh="比率“{name}”的指标值“{value}”没有数值",
    en="Rate `{name}` has no number: `{value}`",
    why=(
        "财预〔2015〕88号 细化量化：比率以百分数衡量",
        "财预〔2015〕88号 on measurable targets: rates are percentages",
    ),
    remedy=("填写百分数，如“{fixed}”", "Write a percentage, such as `{fixed}`"),
    silences=("JX507", "JX508"),
    damaged="some",
    target="words",
)
def rate_with_words(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A rate whose target is words."""
    row = ctx.judged(indicator)
    if row is None or not row.rate or not row.wordy or CAPPED.search(row.value):
        return
    if _measured_words(row.value, ctx.lists) or row.value in SINGLE_GRADES:
        return
    if not ctx.lists.has("grades", row.value):
        compared = ctx.lists.holds("compared", row.value) or row.sign
        severity = Severity.INFO if compared or BOUND.match(row.value) else None
        words = {**row.words, "fixed": examples.share(row, ctx.lists)}
        yield Hit(indicator.target.at, words, severity=severity)


@rule(
    Indicator,
    "JX506",
    Severity.WARNING,
    "K",
    title=("计数指标未量化", "Count without a figure"),
    zh="计数指标“{name}”的指标值“{value}”没有数值",
    en="Count `{name}` has no number: `{value}`",
    why=(
        "财预〔2015〕88号 细化量化：数量以数值和单位衡量",
        "财预〔2015〕88号 on measurable targets: counts have a number and a unit",
    ),
    remedy=("填写数值和单位，如“{fixed}”", "Write number and unit, such as `{fixed}`"),
    silences=("JX507", "JX508"),
    damaged="some",
    target="words",
)
def count_with_words(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Something that is counted, and whose target is words."""
    row = ctx.judged(indicator)
    if row is None or not row.wordy or row.under("效益"):
        return
    if not ctx.lists.ends("count_ends", row.name) or ctx.lists.holds("compared", row.value):
        return
    if not _measured_words(row.value, ctx.lists) and not ONCE.match(row.value):
        words = {**row.words, "fixed": examples.count(row, ctx.lists)}
        yield Hit(indicator.target.at, words)


@rule(
    Indicator,
    "JX507",
    Severity.WARNING,
    "K",
    title=("指标值笼统", "Vague target"),
    zh="“{name}”的指标值“{value}”笼统",
    en="Vague target `{value}` of `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：指标应细化、量化，不能量化的应有可衡量的标准",
        "财预〔2015〕88号 on measurable targets: where there is no number, a standard is needed",
    ),
    remedy=(
        "改为可衡量的值，如“档案抽检合格率 ≥95%”",
        "Write something measurable, such as `档案抽检合格率 ≥95%`",
    ),
    once=True,
    damaged="some",
    under=("产出", "效益"),
    target="words",
)
def vague_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A target that is a word of praise or of change; under benefit, where that is custom, an info."""
    row = ctx.judged(indicator)
    if row is None or not row.wordy or row.rate or not _is_vague(row, ctx.lists):
        return
    benefit = row.under("效益")
    if not benefit and (not row.under("产出") or row.under("成本")):
        return
    severity = Severity.INFO if benefit else None
    yield Hit(indicator.target.at, row.words, severity=severity)


def _is_vague(row: Row, lists: Lists) -> bool:
    value = row.value
    if lists.has("grades", value) or TIMELY.match(value) or _measured_words(value, lists):
        return False
    if lists.ends("count_ends", row.name):
        return False
    heads = [value]
    for _ in range(HEADS):
        shorter = lists.without_heads("intensifiers", heads[-1], most=1)
        if shorter == heads[-1]:
            break
        heads.append(shorter)
    return any(lists.has("vague", one) or _twice_vague(one, lists) for one in heads)


def _twice_vague(value: str, lists: Lists) -> bool:
    """Whether a value is two vague words: 及时准确, 安全稳定."""
    return lists.has("vague", value.removeprefix(lists.beginning("vague", value)))


@rule(
    Indicator,
    "JX508",
    Severity.WARNING,
    "K",
    title=("指标值与名称雷同", "Target only repeats name"),
    zh="指标值“{value}”仅重复指标名称“{name}”",
    en="Target `{value}` only repeats the name `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：指标值写明达到的数量或标准",
        "财预〔2015〕88号 on measurable targets: the target says how much or which standard",
    ),
    remedy=("改为可衡量的值，如“知晓率 ≥85%”", "Write something measurable, such as `知晓率 ≥85%`"),
    silences=("JX507",),
    damaged="some",
    target="words",
)
def tautological_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A target most of whose characters are those of the name."""
    row = ctx.judged(indicator)
    if row is None or not row.wordy or not han(row.value) or BUDGET.search(row.text):
        return
    value = FILLING.sub("", ctx.lists.without_heads("intensifiers", row.value))
    name = FILLING.sub("", row.name)
    for tail in VAGUE_TAILS:
        name = name.replace(tail, "")
    if len(value) < SHORTEST_VALUE or not name:
        return
    common = (Counter(value) & Counter(name)).total()
    of_value, of_name = common / len(value), common / len(name)
    if of_value >= ALIKE and of_name >= ALIKE:
        yield Hit(indicator.target.at, row.words)
    elif of_value >= SAME:
        yield Hit(indicator.target.at, row.words, severity=Severity.INFO)


@rule(
    Indicator,
    "JX509",
    Severity.WARNING,
    "K",
    title=("指标值转引他文", "Target defers to another paper"),
    zh="“{name}”的指标值“{value}”未写明具体内容",
    en="Target `{value}` of `{name}` refers to another document",
    why=(
        "财预〔2015〕88号 细化量化：指标值在表内写明",
        "财预〔2015〕88号 on measurable targets: targets are stated in the form",
    ),
    remedy=(
        "填写所依据文件中的数值或标准，如“{fixed}”",
        "Write the number or standard of that document, such as `{fixed}`",
    ),
    silences=("JX505", "JX506", "JX507", "JX508", "JX511"),
    damaged="some",
    target="words",
)
def deferring_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A target without a figure that leaves it to a plan, a rule or a contract."""
    row = ctx.judged(indicator)
    if row is not None and row.wordy and _defers(row.value, ctx.lists):
        fixed = examples.target(row, ctx.lists, year_shown(ctx.project))
        yield Hit(indicator.target.at, {**row.words, "fixed": fixed})


def _defers(value: str, lists: Lists) -> bool:
    if lists.begins("not_deferring", value) or "依据充分" in value:
        return False
    if head := lists.beginning("always_deferring", value):
        if len(value) >= len(head) + 2:
            return True
    elif head := lists.beginning("deferring_begins", value):
        if lists.holds("deferring_papers", value[len(head) : len(head) + PAPER_WITHIN]):
            return True
    elif head := lists.beginning("complying_begins", value):
        return not lists.holds("real_standards", value) and _complies(value[len(head) :], lists)
    return lists.holds("deferring_holds", value)


def _complies(rest: str, lists: Lists) -> bool:
    """Whether 2 to 24 characters are followed by a paper to comply with."""
    return any(2 <= rest.find(word, 2) <= PAPER_WITHIN for word in lists.words("complying_papers"))


@rule(
    Indicator,
    "JX510",
    Severity.INFO,
    "K",
    title=("指标值为不适用", "Target says not applicable"),
    zh="“{name}”填写“{value}”，无考核内容",
    en="Nothing to measure in `{name}`: `{value}`",
    why=(
        "财预〔2021〕101号 重点突出：只设置核心产出和效果指标，不适用的不设",
        "财预〔2021〕101号 on focus: only core outputs and effects are indicators",
    ),
    remedy=("删除本行", "Delete the row"),
    silences=("JX222", "JX315"),
    damaged="some",
    when=some_unjudged,
)
def inapplicable_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A row that says that it has nothing to say; 无 of accidents means zero and is a target."""
    row = ctx.row(indicator)
    if row.value and row.name and row.inapplicable(ctx.lists):
        yield Hit(indicator.target.at, row.words)


@rule(
    Indicator,
    "JX527",
    Severity.INFO,
    "K",
    title=("以等级或是否作目标", "Scale or yes/no as target"),
    zh="“{name}”的指标值“{value}”为等级序列或“是”“否”，未写明目标",
    en="Target `{value}` of `{name}` is a scale or yes/no, not a target",
    why=(
        "财预〔2015〕88号 细化量化：指标值写明拟达到的等级或数值",
        "财预〔2015〕88号 on measurable targets: the target is the grade or number to be reached",
    ),
    remedy=(
        "{advice}",
        "{advice}",
    ),
    once=True,
    silences=("JX517",),
    damaged="some",
    only=lambda row, _: row.number is None,
)
def scale_as_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """The whole scale, or yes and no, in the place of a target."""
    row = ctx.judged(indicator)
    if row is None:
        return
    if row.value in YES_NO:
        if not DECLARED.search(row.printed):
            yield Hit(indicator.target.at, {**row.words, "advice": DECLARE})
    elif ctx.lists.has("scales", PARTS.sub("", row.value)):
        yield Hit(indicator.target.at, {**row.words, "advice": GRADE})


@rule(
    Project,
    "JX528",
    Severity.INFO,
    "K",
    title=("定量指标占比偏低", "Too few measured targets"),
    zh="{total} 个指标值中 {wordy} 个没有数值",
    en="{wordy} of {total} targets have no number",
    why=(
        "财预〔2015〕88号 细化量化：以定量指标为主；六成为本工具约定",
        "财预〔2015〕88号 on measurable targets: most indicators are quantitative; 60% is a convention of this tool",
    ),
    remedy=(
        "可计数、可计算的，改为数值和单位",
        "Write number and unit where something can be counted or calculated",
    ),
    once=True,
    damaged="some",
)
def mostly_words(project: Project, ctx: Context) -> Iterator[Hit]:
    """Five targets or more, of which six in ten are words."""
    if project.layout == "evaluation":
        return
    rows = [one for one in ctx.once(annual) if not ctx.lists.has("inapplicable", one.value)]
    wordy = [one for one in rows if one.wordy]
    if len(rows) >= FEWEST and len(wordy) >= MOSTLY * len(rows):
        spans = [one.indicator.target.at for one in wordy]
        words = {"total": len(rows), "wordy": len(wordy)}
        yield Hit(spans[0], words, also=tuple(spans[1:]), value="", where=())
