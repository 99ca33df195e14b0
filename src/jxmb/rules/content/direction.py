"""JX502: a sign that points away from what is good."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Edit, Hit, Safety, Severity, Words
from ...meaning import COUNTS, Lists, Row, Way, is_low, settles, way
from ...model import Indicator
from ...values import measures
from ..base import Context, rule, swap

TURNED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}
RISING = frozenset("≥>")
WANTED = {True: Words("越低越好", "less is better"), False: Words("越高越好", "more is better")}
MONEY = frozenset(("元", "万元", "亿元", "千元"))
PRICES = ("成本", "单价", "均价", "造价", "费用", "价格")


@rule(
    Indicator,
    "JX502",
    Severity.WARNING,
    "K",
    title=("比较方向错误", "Comparison in wrong direction"),
    zh="“{name}”{wanted}，指标值“{value}”的比较符方向相反",
    en="Wrong direction in `{value}`: {wanted} for `{name}`",
    why=(
        "财预〔2015〕88号 合理可行：比较符应与指标方向一致",
        "财预〔2015〕88号 on achievable targets: the sign agrees with the direction of the indicator",
    ),
    remedy=("核实后改为“{fixed}”", "Check, and write `{fixed}`"),
    fix=Safety.UNSAFE,
    damaged="some",
    target="number",
    only=lambda row, lists: _may_be_wrong(row, lists),
)
def wrong_direction(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """At least so many complaints, at most so many who gain."""
    row = ctx.judged(indicator)
    if row is None:
        return
    meant = way(row.name, ctx.lists)
    if meant is None or not _against(row, meant, ctx.lists):
        return
    text = indicator.target.text
    found = [one.places["symbol"] for one in measures(text) if "symbol" in one.places]
    turned = TURNED[row.sign]
    fixed = f"{turned}{row.value.lstrip(row.sign)}"
    edits: tuple[Edit, ...] = ()
    if len(found) == 1:
        edits = swap(indicator.target, *found[0], turned)
        fixed = text[: found[0][0]] + turned + text[found[0][1] :]
    words = {**row.words, "wanted": WANTED[meant.falling], "fixed": fixed.strip()}
    yield Hit(indicator.target.at, words, edits=edits)


def _may_be_wrong(row: Row, lists: Lists) -> bool:
    """Whether unit and name allow that the sign is wrong: most rows need no closer look at their names."""
    if row.sign not in TURNED or not row.number:
        return False
    if row.sign not in RISING:
        return row.unit == "%" or row.name.endswith(COUNTS)
    return _is_money(row) or lists.has("short_units", row.unit) or is_low(row.name, lists)


def _is_money(row: Row) -> bool:
    """Whether a row is measured in money, or in the price of one piece: 元/页. What is paid to each may well be a floor."""
    money, per, _ = row.unit.partition("/")
    return money in MONEY and (not per or row.name.endswith(PRICES))


def _against(row: Row, meant: Way, lists: Lists) -> bool:
    """Whether a bound goes against the way that is good; doubtful cases are none."""
    if row.sign in RISING:
        return _rises(row, meant, lists)
    if meant.falling:
        return False
    if lists.holds("down_words", row.name) and not (meant is Way.SHARE and settles(row.name)):
        return False
    return row.unit == "%" or meant is Way.COUNT


def _rises(row: Row, meant: Way, lists: Lists) -> bool:
    if meant is Way.LOW:
        return True
    if meant is Way.SHORT:
        return lists.has("short_units", row.unit) and not row.under("可持续影响")
    return meant is Way.COST and _is_money(row) and row.under("成本", "经济成本")
