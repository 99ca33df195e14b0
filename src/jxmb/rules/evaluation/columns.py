"""JX806, JX807: columns of direction and nature."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Row
from ...model import Indicator
from ...values import fold
from ...values.targets import HIGH, LOW
from ..base import Context, rule

WHILE = deferred.re(r"\d+个?(?:月|年|日|天|季度|工作日)")
DIGIT = deferred.re(r"\d")
SERIAL = deferred.re(
    r"^(?:9|10)\D|^(?:9|10)$|其他|不适用"
)  # codes of one budget system: 定量其他, 不适用


@rule(
    Indicator,
    "JX806",
    Severity.ERROR,
    "X",
    title=("指标方向与符号矛盾", "Direction contradicts sign"),
    zh="指标方向“{direction}”与指标值“{value}”的比较符矛盾",
    en="Direction `{direction}` contradicts the sign of `{value}`",
    why=(
        "财办〔2020〕13号 系统校验：正向指标用“≥”，反向指标用“≤”",
        "财办〔2020〕13号, its checks: positive indicators have `≥`, negative ones `≤`",
    ),
    remedy=("核对后更正方向或比较符", "Check, and correct direction or sign"),
    damaged="some",
    when=lambda ctx: any(one.direction.text for one in ctx.project.indicators),
)
def direction_conflict(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A positive indicator with an upper bound, a negative one with a lower."""
    row, said = ctx.row(indicator), fold(indicator.direction.text)
    wrong = ctx.lists.has("positive", said) and row.sign in HIGH
    if wrong or (ctx.lists.has("negative", said) and row.sign in LOW):
        words = {**row.words, "direction": indicator.direction.text.strip()}
        yield Hit(indicator.target.at, words, also=(indicator.direction.at,))


@rule(
    Indicator,
    "JX807",
    Severity.ERROR,
    "X",
    title=("指标性质与值矛盾", "Nature contradicts target"),
    zh="指标性质“{nature}”与指标值“{value}”矛盾",
    en="Nature `{nature}` contradicts the target `{value}`",
    why=(
        "财办〔2020〕13号 系统校验：定量指标填写数值和单位，定性指标填写文字",
        "财办〔2020〕13号, its checks: quantitative targets have number and unit, qualitative ones words",
    ),
    remedy=("核对后更正性质或指标值", "Check, and correct nature or target"),
    damaged="some",
    when=lambda ctx: any(one.nature.text for one in ctx.project.indicators),
)
def kind_conflict(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A figure called qualitative, words called quantitative."""
    row, said = ctx.judged(indicator), fold(indicator.nature.text)
    if row is None or SERIAL.search(said):
        return
    wrong = ctx.lists.has("qualitative", said) and _is_measured(row)
    if wrong or (ctx.lists.has("quantitative", said) and row.wordy):
        words = {**row.words, "nature": indicator.nature.text.strip()}
        yield Hit(indicator.target.at, words, also=(indicator.nature.at,))


def _is_measured(row: Row) -> bool:
    """Whether a target is a number with a unit; a date and a while may be qualitative."""
    figure = row.number is not None and bool(row.unit) and DIGIT.search(row.value)
    return bool(figure) and not WHILE.search(row.value)
