"""JX529: several indicators in one row."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity
from ...model import Indicator
from ...values import fold
from ..base import Context, rule
from ..glance import every_name, occurs

SEMICOLON = deferred.re("[;；]")
NUMBERED = deferred.re(r"(?<!\d)\d{1,2}(?:、|[.．](?!\d))")
SLASH = deferred.re(
    "/"
)  # in a target also a ratio, 元/人, or a date: then a piece is no figure with a unit
SHORTEST = 3  # characters of a name
DIGIT = deferred.re(r"\d")


@rule(
    Indicator,
    "JX529",
    Severity.WARNING,
    "X",
    title=("一行含多项指标", "Several indicators in one row"),
    zh="一行含 {count} 项指标：“{name}”",
    en="{count} indicators in one row: `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：一行考核一项内容，逐项计分",
        "财预〔2015〕88号 on measurable targets: a row measures one thing and is scored by it",
    ),
    remedy=(
        "拆分为 {count} 行，各填写名称和指标值",
        "Split it into {count} rows, each with name and target",
    ),
    silences=("JX314", "JX519", "JX520", "JX521"),
    damaged="some",
    when=occurs(";；/、.．", every_name),
)
def several_indicators(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Name and target that fall into as many pieces, each a name and a figure."""
    row = ctx.judged(indicator)
    if row is None:
        return
    name, value = fold(indicator.name.text), fold(indicator.target.text)
    for mark in (SEMICOLON, NUMBERED, SLASH):
        names, values = _pieces(mark.split(name)), _pieces(mark.split(value))
        if len(names) < 2 or len(names) != len(values):
            continue
        if SLASH.search(value) and (mark is not SLASH or any(map(str.isdecimal, values))):
            continue
        if all(len(one) >= SHORTEST for one in names) and all(map(DIGIT.search, values)):
            yield Hit(indicator.name.at, {**row.words, "count": len(names)})
            return


def _pieces(parts: list[str]) -> list[str]:
    return [one for one in parts if one.strip("。；;,，、 ")]
