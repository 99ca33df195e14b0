"""JX61: what the goal and the indicators say of the money, against the money block."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred, policies, values
from ...findings import Hit, Severity
from ...model import Indicator, Project, Reading
from ...values import fold
from ..base import Context, place, rule
from ..glance import year_shown
from .amounts import close, plain, total_of
from .products import DECIMAL, NUMBER, RATE, SENTENCE

MONEY = deferred.regex(rf"(?P<figure>{DECIMAL}(?:亿|千万|百万|万|千)?元)(?![/每])")
SPENDING = deferred.re(
    r"(?:资金|经费|预算)(?:使用|支出|拨付|支付|执行)(?:总?金额|总?额|数额?)$"
    r"|^(?:拨付|使用|支付|支出|下达|兑付|投入)(?:财政|补助)?(?:本|该|全部|项目|专项){1,3}(?:财政|补助)?(?:资金|经费)(?:总?金?额|总量|数额?)?$"
)
# How a goal says that a figure is this project's money.
OWN_MONEY = deferred.re(
    r"(?:(?:预算|经费|资金|拨款)(?:总额|总量|金额|数额|额度|规模|合计|总计|共计|共|应有|安排|投入|需要?|申请|计划|预计|约?为|是|约){0,3}"
    r"|(?:每(?:人|名|户|家|个)|元/).{0,30}?(?:共需|共计|合计|总计|共))[:：]?$"
)
PURPOSE = deferred.re("[，,]?(?:主要)?(?:用于|用来|开展|购置|支付|补助|奖励)")
WITH_SUM = 3  # figures of a goal that is but heads, rate and sum
BEFORE = 60  # code points before a figure in which its sentence is looked for


@rule(
    Indicator,
    "JX611",
    Severity.ERROR,
    "S",
    title=("指标金额与预算不符", "Indicator amount contradicts budget"),
    zh="指标中的金额 {stated}与项目预算 {budget}{unit}不一致",
    en="Indicator amount `{stated}` does not match the budget of `{budget}{unit}`",
    why=(
        "财预〔2015〕88号 相应匹配：绩效目标与资金量相匹配",
        "财预〔2015〕88号 on matching targets: targets match the money",
    ),
    remedy=(
        "核对后统一金额；资金使用进度宜作为时效指标，如“预算执行完成时间 {year}年12月31日前”",
        "Check, and use one amount; how fast money is spent belongs under 时效指标, such as `预算执行完成时间 {year}年12月31日前`",
    ),
    silences=("JX702",),
)
def amount_conflicts_budget(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """An indicator about using up the money, with another amount than any in the money block."""
    if indicator.scope != "annual" or (stated := _stated(indicator)) is None:
        return
    total, unit = ctx.project.funding.total.value, ctx.project.funding.unit
    if total is None or total.number <= 0:
        return
    reading, start, end, figure = stated
    said = values.amount(figure, unit)
    if said is None or any(close(said.number, known) for known in ctx.project.funding.figures()):
        return
    if not _contradicts(indicator, said.number, total.number):
        return
    at = reading.part(start, end) or reading.at
    words = {
        "stated": figure,
        "budget": plain(total.number),
        "unit": unit,
        "year": year_shown(ctx.project),
    }
    yield Hit(at, words, also=(ctx.project.funding.total.at,), value=figure)


def _stated(one: Indicator) -> tuple[Reading[str], int, int, str] | None:
    """The amount that an indicator about spending states, with its place; None where it is no such indicator."""
    if "元" not in one.name.text and "元" not in one.target.text:
        return None
    both = fold(one.name.text + one.target.text)
    name = fold(one.name.text)
    spent = any(word in both for word in policies.words("spent_words")) or SPENDING.search(name)
    if not spent or any(word in both for word in policies.words("partial_words")):
        return None
    target: Reading[str] = Reading(one.target.text, None, one.target.spans)
    found = [
        (reading, *match.span("figure"), match["figure"])
        for reading in (one.name, target)
        for match in MONEY.finditer(reading.text)
    ]
    return found[0] if len(found) == 1 else None


def _contradicts(one: Indicator, said: Decimal, total: Decimal) -> bool:
    """A lower bound below the budget, and a cap above it, hold."""
    target = one.target.value
    sign = target.sign if target is not None else None
    if sign in ("≥", ">"):
        return said > total
    return sign not in ("≤", "<") or said < total


@rule(
    Project,
    "JX612",
    Severity.ERROR,
    "S",
    title=("目标金额与预算不符", "Goal amount contradicts budget"),
    zh="年度目标中的资金 {stated}与预算 {budget}{unit}不一致",
    en="Goal amount `{stated}` does not match the budget of `{budget}{unit}`",
    why=(
        "财预〔2015〕88号 相应匹配：年度目标中的资金与预算一致",
        "财预〔2015〕88号 on matching targets: the money of the goal is that of the budget",
    ),
    remedy=(
        "核对后统一金额；不是本项目资金的，写明资金来源",
        "Check, and use one amount; where other money is meant, say which",
    ),
    when=lambda ctx: "元" in ctx.project.goal.text,
    silences=("JX702",),
)
def goal_amount_conflicts_budget(project: Project, ctx: Context) -> Iterator[Hit]:
    """The one figure that the goal gives as this project's money, where the money block has no such amount."""
    goal, budget, unit = project.goal, total_of(project), project.funding.unit
    found = [match for match in MONEY.finditer(goal.text) if _is_own(goal.text, match.start())]
    if budget is None or len(found) != 1:
        return
    match = found[0]
    if _in_product(goal.text, match.start()) and len(NUMBER.findall(goal.text)) > WITH_SUM:
        return  # 每人2000元共28万元, and other things beside it
    said = values.amount(match["figure"], unit)
    if said is None or any(close(said.number, known) for known in project.funding.figures()):
        return
    if said.number < budget and PURPOSE.match(goal.text, match.end()):
        return
    yield Hit(
        place(goal, *match.span("figure")),
        {"stated": match["figure"], "budget": plain(budget), "unit": unit},
        also=(project.funding.total.at,),
        where=("年度目标",),
    )


def _in_product(text: str, at: int) -> bool:
    """Whether a figure is the sum of so many heads at so much each."""
    before = SENTENCE.findall(text[max(0, at - BEFORE) : at])
    return bool(before) and (RATE.search(before[-1]) is not None)


def _is_own(text: str, at: int) -> bool:
    """Whether the words before a figure make it this project's money."""
    before = SENTENCE.findall(text[max(0, at - BEFORE) : at])
    if not before or text[at - 1] in "。；;！!" or not OWN_MONEY.search(before[-1]):
        return False
    return not any(word in before[-1] for word in policies.words("other_money_words"))
