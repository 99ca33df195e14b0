"""JX514–JX516: growth, fractions, zero."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Lists, Row
from ...model import Indicator
from ..base import Context, rule

YEAR = deferred.re(r"(?:19|20)\d\d")
BY_CUSTOM = ("增长率", "增速", "增幅")  # measured on the year before without saying so
OF_A_WHOLE = deferred.re("比例|占比|比率|比重|百分比")  # their 比 compares with no other year
CHANGES = {"降幅": "下降", "增幅": "增长", "增速": "增长"}
AVERAGED = deferred.re("人均|平均|每|率|比")


@rule(
    Indicator,
    "JX514",
    Severity.INFO,
    "K",
    title=("增减幅度无基期", "Growth without baseline"),
    zh="“{name}”（{value}）未写明基期",
    en="Missing baseline in `{name}` (`{value}`)",
    why=(
        "财预〔2015〕88号 细化量化：增减幅度须有基期",
        "财预〔2015〕88号 on measurable targets: growth needs a baseline",
    ),
    remedy=("写明基期，如“{fixed}”", "Name the baseline, such as `{fixed}`"),
    damaged="some",
    target="number",
    only=lambda row, lists: lists.ends("growth_ends", row.name),
)
def growth_without_baseline(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """So many per cent more or less, of nobody knows what."""
    row = ctx.judged(indicator)
    if row is None or row.unit not in ("%", "个百分点", "百分点"):
        return
    if row.name.endswith(BY_CUSTOM):
        return
    said = OF_A_WHOLE.sub("", f"{row.printed}\n{row.value}")
    if not ctx.lists.holds("baselines", said) and not YEAR.search(said):
        year = ctx.project.year.value
        fixed = f"较{f'{year - 1}年' if year else '上年'}{_change(row, ctx.lists)}{row.value}"
        yield Hit(indicator.target.at, {**row.words, "fixed": fixed})


def _change(row: Row, lists: Lists) -> str:
    """The verb of change that a name ends with: 下降 of 下降率 and of 降幅."""
    end = lists.ending("growth_ends", row.name)
    return CHANGES.get(end) or end.removesuffix("率").removesuffix("比例")


@rule(
    Indicator,
    "JX515",
    Severity.WARNING,
    "K",
    title=("计数值为小数", "Fractional count"),
    zh="“{name}”的指标值“{value}”不是整数",
    en="Fractional count `{value}` of `{name}`",
    why=(
        "财预〔2015〕88号 合理可行：人、台、场等以整数计",
        "财预〔2015〕88号 on achievable targets: people, machines and events are whole numbers",
    ),
    remedy=("核实后改为整数，或更正单位", "Round it, or correct the unit"),
    damaged="some",
    target="number",
    only=lambda row, _: bool(row.number and row.number % 1),
)
def fractional_count(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Half a person, a tenth of a machine."""
    row = ctx.judged(indicator)
    if row is not None and ctx.lists.has("whole_units", row.unit) and not AVERAGED.search(row.text):
        yield Hit(indicator.target.at, row.words)


@rule(
    Indicator,
    "JX516",
    Severity.INFO,
    "K",
    title=("目标值为零", "Target is zero"),
    zh="“{name}”的目标值“{value}”为零",
    en="Target `{value}` of `{name}` is zero",
    why=(
        "财预〔2015〕88号 合理可行：产出和效益的目标应大于零",
        "财预〔2015〕88号 on achievable targets: output and benefit are more than zero",
    ),
    remedy=(
        "填写本年度拟完成的数值，或删除本行",
        "Write what is to be done this year, or delete the row",
    ),
    damaged="some",
    target="number",
    only=lambda row, _: row.number == 0,
)
def zero_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Nothing is to be reached, of something of which there should be some."""
    row = ctx.judged(indicator)
    if row is None or row.sign in ("≤", "<"):
        return
    if row.sign in ("≥", ">") or not ctx.lists.holds("zero_is_good", row.name):
        yield Hit(indicator.target.at, row.words)
