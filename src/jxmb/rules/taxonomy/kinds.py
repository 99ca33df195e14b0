"""JX405–JX407: an indicator of one kind under the 二级指标 of another."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Lists, is_low
from ...model import Indicator
from ..base import Context, rule

SCALES = "千万亿"
COUNTED_NAMES = ("数", "量")
PERCENT = frozenset(("%", "百分比"))
SATISFIED = ("满意", "满意度", "满意率", "满意程度")
WHETHER = deferred.re("是否.*满意")


@rule(
    Indicator,
    "JX405",
    Severity.WARNING,
    "X",
    title=("数量指标误列质量", "Count listed under quality"),
    zh="质量指标“{name}”的指标值“{value}”为数量",
    en="Count `{value}` under 质量指标: `{name}`",
    why=(
        "财预〔2021〕101号 产出指标：数量指标反映提供产品和服务的数量，质量指标反映其达到的标准和水平",
        "财预〔2021〕101号 on output: 数量指标 is how much is delivered, 质量指标 which standard it meets",
    ),
    remedy=(
        "移至数量指标下；质量指标改为达到的标准，如“……合格率 ≥95%”",
        "Move it to 数量指标; under 质量指标 write the standard to be met, such as `…合格率 ≥95%`",
    ),
    damaged="some",
    under=("质量",),
    target="number",
)
def quantity_as_quality(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A plain count under 质量指标 that is no standard of quality."""
    row = ctx.judged(indicator)
    if row is None or not row.number or row.rate:
        return
    if not _is_counted(row.unit, ctx.lists) or is_low(row.name, ctx.lists):
        return
    if not ctx.lists.holds("quality_words", row.name + row.unit):
        yield Hit(indicator.name.at, row.words)


def _is_counted(unit: str, lists: Lists) -> bool:
    """Whether a unit counts things: alone, in thousands, or by the month."""
    counted = unit.removesuffix("/月")
    return lists.has("count_units", counted) or lists.has("count_units", counted.lstrip(SCALES))


@rule(
    Indicator,
    "JX406",
    Severity.WARNING,
    "X",
    title=("比率列入数量指标", "Rate listed under quantity"),
    zh="数量指标“{name}”的指标值“{value}”为比率",
    en="Rate `{value}` under 数量指标: `{name}`",
    why=(
        "财预〔2021〕101号 产出指标：数量指标反映提供产品和服务的数量；比率属于质量、时效或效益",
        "财预〔2021〕101号 on output: 数量指标 is how much is delivered; a rate is quality, timeliness or benefit",
    ),
    remedy=(
        "改为数量，如“检修线路长度 ≥60公里”；或移至质量指标、时效指标下",
        "Write the quantity, such as `检修线路长度 ≥60公里`, or move it to 质量指标 or 时效指标",
    ),
    damaged="some",
    under=("数量",),
)
def rate_in_quantity(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A rate under 数量指标; an info for rates by which national forms measure quantity."""
    row = ctx.judged(indicator)
    if row is None or not (row.rate or row.unit in PERCENT):
        return
    if row.name.endswith(COUNTED_NAMES):
        return
    tolerated = ctx.lists.ends("tolerated_rates", row.name)
    yield Hit(indicator.name.at, row.words, severity=Severity.INFO if tolerated else None)


@rule(
    Indicator,
    "JX407",
    Severity.WARNING,
    "X",
    title=("满意度指标归类不当", "Satisfaction listed elsewhere"),
    zh="满意度指标“{name}”列在“{level}”下",
    en="Satisfaction indicator `{name}` under `{level}`",
    why=(
        "财预〔2015〕88号、财预〔2021〕101号 指标体系：满意度为单列的一级指标",
        "财预〔2015〕88号 and 财预〔2021〕101号 on the tree of indicators: satisfaction is a level 1 of its own",
    ),
    remedy=("移至满意度指标下", "Move it to 满意度指标"),
    silences=("JX213", "JX405", "JX406"),
    damaged="some",
    only=lambda row, _: "满意" in row.name and "满意" not in row.level1 + row.level2,
)
def satisfaction_outside(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Satisfaction that stands under another level; a survey is work."""
    row = ctx.judged(indicator)
    if row is None or not row.level1:
        return
    if not row.name.endswith(SATISFIED) and not WHETHER.search(row.name):
        return
    if ctx.lists.holds("survey_words", row.name):
        return
    yield Hit(indicator.name.at, {**row.words, "level": row.level2 or row.level1})
