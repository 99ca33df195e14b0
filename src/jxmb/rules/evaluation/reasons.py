"""JX814–JX816: what was reached, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Lists
from ...model import Indicator
from ...values import Target, fold
from ..base import Context, rule

SIGNED = deferred.re(r"^\s*(?P<sign>[≥≤><＞＜≧≦]|不少于|不低于|不超过|不高于|大于|小于)")
SMALL = Decimal(10)
QUALITATIVE = "定性"


def _pair(indicator: Indicator) -> tuple[Target, Target] | None:
    """Target and actual as plain numbers of one unit."""
    wanted, got = indicator.target.value, indicator.actual.value
    if wanted is None or got is None or QUALITATIVE in indicator.nature.text:
        return None
    plain = all(one.kind == "number" and not one.text and one.date is None for one in (wanted, got))
    if not plain or ((wanted.unit or "") != (got.unit or "") and wanted.unit and got.unit):
        return None
    return wanted, got


def _missed(wanted: Target, got: Target) -> bool:
    """Whether a target is missed by its own sign."""
    if wanted.number is None or got.number is None:
        return False
    if wanted.sign in ("≤", "<"):
        return got.number > wanted.number
    return got.number < wanted.number


def _unexplained(indicator: Indicator, lists: Lists, *, missed: bool) -> bool:
    """Whether the column of reasons has nothing to say; where a target was missed 无 is nothing."""
    if indicator.reason.missing:
        return False
    said = fold(indicator.reason.text)
    return not said or (missed and lists.has("empty_reasons", said))


@rule(
    Indicator,
    "JX814",
    Severity.WARNING,
    "X",
    title=("未说明偏差原因", "Deviation not explained"),
    zh="“{name}”完成“{actual}”，未达目标“{value}”，未说明原因",
    en="Missing reason: `{name}` is `{actual}`, target `{value}`",
    why=(
        "财预〔2020〕10号 绩效自评：未完成的指标说明原因和改进措施",
        "财预〔2020〕10号 on self-evaluation: missed targets have a reason and measures",
    ),
    remedy=("填写偏差原因和改进措施", "Write the reason and the measures"),
    damaged="some",
    when=lambda ctx: "reason" in ctx.project.columns,
)
def missing_deviation_reason(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A target that was missed, and an empty column of reasons."""
    pair = _pair(indicator)
    if pair is None or not _missed(*pair) or not _unexplained(indicator, ctx.lists, missed=True):
        return
    words = {**ctx.row(indicator).words, "actual": indicator.actual.text.strip()}
    yield Hit(indicator.actual.at, words)


@rule(
    Indicator,
    "JX815",
    Severity.INFO,
    "K",
    title=("超额完成未说明", "Overachievement not explained"),
    zh="“{name}”完成“{actual}”，超出“{value}”较多，未说明原因",
    en="Missing reason: `{name}` is `{actual}`, far above the target `{value}`",
    why=(
        "财预〔2020〕10号 绩效自评：明显高于目标的说明原因；三成为本工具约定",
        "财预〔2020〕10号 on self-evaluation: results far above target have a reason; 30% is a convention of this tool",
    ),
    remedy=("说明超额完成的原因", "Give the reason"),
    damaged="some",
    when=lambda ctx: "reason" in ctx.project.columns,
)
def overachieved_unexplained(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Far more than was to be reached, without a word."""
    pair = _pair(indicator)
    if pair is None or not _unexplained(indicator, ctx.lists, missed=False):
        return
    wanted, got = pair
    if wanted.number is None or got.number is None or wanted.sign not in ("≥", "="):
        return
    enough = ctx.limits.overachieved * wanted.number
    if wanted.unit == "%" or wanted.number <= SMALL or got.number < enough:
        return
    words = {**ctx.row(indicator).words, "actual": indicator.actual.text.strip()}
    yield Hit(indicator.actual.at, words)


@rule(
    Indicator,
    "JX816",
    Severity.INFO,
    "G",
    title=("完成值带比较符", "Actual value has sign"),
    zh="实际完成值“{actual}”带比较符“{sign}”",
    en="Actual value `{actual}` has the sign `{sign}`",
    why=(
        "财预〔2020〕10号 绩效自评：实际完成值填写实际数值",
        "财预〔2020〕10号 on self-evaluation: actual values are numbers that were reached",
    ),
    remedy=("填写实际数值，如“96.4%”", "Write the actual number, such as `96.4%`"),
    once=True,
    damaged="some",
    when=lambda ctx: "actual" in ctx.project.columns,
)
def actual_with_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A bound where the figure that was reached belongs."""
    match = SIGNED.match(indicator.actual.text)
    if match:
        words = {"actual": indicator.actual.text.strip(), "sign": match["sign"]}
        yield Hit(indicator.actual.at, words)
