"""JX501, JX503, JX504, JX524, JX525: percentages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import policies
from ...findings import Hit, Severity
from ...meaning import Lists
from ...model import Indicator, Project
from ..base import Context, rule

WHOLE = Decimal(100)
BEHIND = ("率", "度", "性", "面", "比例")
FEWEST = 4  # targets of which all may be 100 %
SMALL = Decimal(50)  # per cent: below it a share behind a verb of change is growth
SHORTEST = 4  # characters of a phrase


@rule(
    Indicator,
    "JX501",
    Severity.WARNING,
    "K",
    title=("百分数超过100%", "Percentage above 100"),
    zh="“{name}”的指标值“{value}”超过100%",
    en="Target `{value}` of `{name}` exceeds 100%",
    why=(
        "财预〔2015〕88号 合理可行：合格率、覆盖率等比率最高为100%",
        "财预〔2015〕88号 on achievable targets: rates of this kind cannot exceed 100%",
    ),
    remedy=("改为不超过100%的值，如“{fixed}”", "Write at most 100%, such as `{fixed}`"),
    damaged="some",
    target="percent",
)
def percent_over_100(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """More than all of a share that ends at 100 per cent."""
    row = ctx.judged(indicator)
    if row is None or row.number is None or row.number <= WHOLE:
        return
    if any(word in row.name for word in policies.words("unbounded_rates")):
        return
    if _is_bounded(row.name, ctx.lists):
        fixed = "≥95%" if "满意" in row.name else "=100%"  # who are asked are never all satisfied
        yield Hit(indicator.target.at, {**row.words, "fixed": fixed})


def _is_bounded(name: str, lists: Lists) -> bool:
    stem = next((name.removesuffix(one) for one in BEHIND if name.endswith(one)), name)
    return lists.ends("bounded_rates", stem)


@rule(
    Indicator,
    "JX503",
    Severity.WARNING,
    "K",
    title=("满意度目标偏低", "Satisfaction target too low"),
    zh="“{name}”的指标值“{value}”低于{least}%",
    en="Satisfaction target `{value}` of `{name}` is below {least}%",
    why=(
        "本工具约定：满意度一般不低于{least}%（可设置）",
        "Convention of this tool: satisfaction is at least {least}% (can be set)",
    ),
    remedy=("提高指标值，如“≥85%”，或说明理由", "Raise it, such as `≥85%`, or give the reason"),
    damaged="some",
    target="percent",
)
def low_satisfaction(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A satisfaction below what offices usually ask."""
    row = ctx.judged(indicator)
    if row is None or row.number is None or row.sign in ("≤", "<"):
        return
    if "满意" not in row.name or "不满意" in row.name or "投诉" in row.name:
        return
    least = ctx.limits.least_satisfaction
    if row.number < least:
        yield Hit(indicator.target.at, {**row.words, "least": f"{least:f}"})


@rule(
    Indicator,
    "JX504",
    Severity.INFO,
    "K",
    title=("满意度要求100%", "Satisfaction of 100 percent"),
    zh="满意度指标“{name}”要求“{value}”",
    en="Satisfaction target `{value}` of `{name}` is absolute",
    why=(
        "财预〔2015〕88号 合理可行：满意度来自抽样调查，难以达到100%",
        "财预〔2015〕88号 on achievable targets: satisfaction comes from surveys and hardly reaches 100%",
    ),
    remedy=("改为可以达到的值，如“≥95%”", "Write an achievable value, such as `≥95%`"),
    damaged="some",
    under=("满意度", "服务对象满意度"),
    target="percent",
)
def absolute_satisfaction(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Everybody is to be satisfied."""
    row = ctx.judged(indicator)
    if row is None or "满意" not in row.name:
        return
    if row.number == WHOLE and row.sign in ("", "=", "≥"):
        yield Hit(indicator.target.at, row.words)


@rule(
    Project,
    "JX524",
    Severity.INFO,
    "K",
    title=("指标值均为100%", "Every target is 100 percent"),
    zh="{count} 个有数值的指标值均为100%",
    en="All {count} targets with a number are 100%",
    why=(
        "财预〔2015〕88号 细化量化、合理可行：指标值应有区分，并有数量",
        "财预〔2015〕88号 on measurable targets and achievability: targets differ, and some are quantities",
    ),
    remedy=(
        "按实际水平分别设置，如“覆盖率 ≥90%”“满意度 ≥92%”，并补充数量指标",
        "Set each by what is achievable, such as `覆盖率 ≥90%`, and add quantities",
    ),
    damaged="some",
)
def every_target_100(project: Project, ctx: Context) -> Iterator[Hit]:
    """Four or more measured targets, and all of them 100 per cent."""
    rows = [row for one in project.annual if (row := ctx.row(one)).number is not None]
    if len(rows) >= FEWEST and all(one.number == WHOLE and one.unit == "%" for one in rows):
        spans = [one.indicator.target.at for one in rows]
        yield Hit(spans[0], {"count": len(rows)}, also=tuple(spans[1:]), value="")


@rule(
    Indicator,
    "JX525",
    Severity.WARNING,
    "K",
    title=("定性内容套用百分比", "Percentage on a phrase"),
    zh="“{name}”为定性内容，指标值却为“{value}”",
    en="Percentage `{value}` on the phrase `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：百分比须有可计算的分子、分母",
        "财预〔2015〕88号 on measurable targets: percentages can be calculated",
    ),
    remedy=(
        "改为可计算的比率，如“路段通行率 ≥95%”，或改用定性指标值",
        "Write a rate that can be calculated, such as `路段通行率 ≥95%`, or a qualitative target",
    ),
    silences=("JX514", "JX522"),
    damaged="some",
    target="percent",
)
def pseudo_quantified(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A percentage beside a phrase that is no metric."""
    row = ctx.judged(indicator)
    if row is None or row.number is None or len(row.name) < SHORTEST:
        return
    if "满意" in row.name or not ctx.lists.begins("phrase_verbs", row.name):
        return
    if ctx.lists.holds("entitlements", row.name):  # 应纳尽纳 is a coverage
        return
    if ctx.lists.ends("metric_ends", row.name):
        return
    if row.number < SMALL and ctx.lists.holds("change_verbs", row.name):
        return
    yield Hit(indicator.target.at, row.words)
