"""JX61: what the indicators say of the cost, against the budget, in the unit of the form's header."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred, policies, values
from ...findings import Hit, Severity
from ...model import Indicator, Project
from ...values import fold
from ..base import Context, rule
from .amounts import CLOSE, plain, total_of

# 社会成本 and 生态环境成本 are what others bear, not what the project costs.
COST_LEVELS = frozenset({"成本指标", "经济成本指标"})
OUTER_LEVELS = frozenset({"社会成本指标", "生态环境成本指标"})
EVERY_COST = COST_LEVELS | OUTER_LEVELS
COST_NAMES = deferred.re("总成本|成本概算|总投资")
DIGIT = deferred.re(r"\d")
COST_WORDS = deferred.re("成本|预算|控制|超")
CONTROL = deferred.re("(?:成本|预算)控制[率数]?$")
BENEFIT = "效益指标"
EACH = deferred.re("单|每|人均|年均|月|户均|平均|标准|节约|降低|减少|/")
FILLED_IN = "项目或定额成本控制率"  # printed by one province's system with 100 beside it
MONEY_UNIT = deferred.re(r"(?:亿|千万|百万|万|千|百)?元整?|万|亿")
MONEY_MARKS = frozenset("元万亿")  # without one of them no unit is one of money
WITHIN = deferred.re("不超(?:出|过)?(?:年度|项目)?预算|预算(?:范围|额度|金额|控制数)?(?:之|以)?内")
WAN = {"元": Decimal(10_000), "千元": Decimal(10), "亿元": Decimal("0.0001")}


def _costs(ctx: Context) -> frozenset[int]:
    """The rows that are about what the project costs."""
    return frozenset(id(one) for one in ctx.project.indicators if _is_cost(one))


def _is_cost(one: Indicator) -> bool:
    """Whether a row is about what the project costs, as a whole and not by the piece."""
    if one.scope != "annual" or _is_under(one, OUTER_LEVELS):
        return False
    return _is_under(one, COST_LEVELS) or COST_NAMES.search(one.name.text) is not None


def _is_under(one: Indicator, levels: frozenset[str]) -> bool:
    return one.level1.value in levels or one.level2.value in levels


def _cap(one: Indicator, unit: str) -> Decimal | None:
    """The most that a row about cost allows, in the unit of the header; None where it is no sum of money."""
    target = one.target.value
    if target is None or target.number is None or not target.unit:
        return None
    if MONEY_MARKS.isdisjoint(target.unit) or not MONEY_UNIT.fullmatch(target.unit):
        return None
    if target.sign in ("≥", ">") or EACH.search(one.name.text + one.target.text):
        return None
    said = values.amount(f"{target.upper or target.number:f}{target.unit}", unit)
    return said.number if said is not None else None


def _caps(one: Indicator, unit: str) -> Iterator[Decimal]:
    """What a row about cost may mean by its cap: without a unit, as many of the header's, or 元."""
    cap = _cap(one, unit)
    if cap is not None:
        yield cap
    target = one.target.value
    if target is None or target.number is None or target.unit or target.text:
        return
    if target.sign in ("≥", ">") or EACH.search(one.name.text + one.target.text):
        return
    yield target.number
    yield target.number / 10_000 * WAN.get(unit, Decimal(1))


@rule(
    Indicator,
    "JX608",
    Severity.WARNING,
    "S",
    title=("成本等于预算总额", "Cost cap equals budget"),
    zh="成本指标“{value}”等于全部预算，起不到约束作用",
    en="Cost target `{value}` equals the entire budget",
    why=(
        "财预〔2021〕101号 成本指标：反映单位成本或分项成本，预算为 {budget}{unit}",
        "财预〔2021〕101号 on cost: targets are unit costs or costs of items; the budget is {budget}{unit}",
    ),
    remedy=(
        "改为单位成本或分项成本，如“每平方米搭建费用 ≤1500元”；确为单一合同的，填写合同价并说明依据",
        "Write a unit or item cost, such as `每平方米搭建费用 ≤1500元`; for a single contract, its price and basis",
    ),
)
def cost_equals_budget(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A cap on the cost that is the total of the form."""
    if id(indicator) not in ctx.once(_costs):
        return
    unit, budget = ctx.project.funding.unit, total_of(ctx.project)
    if budget is None:
        return
    tolerance = ctx.limits.amount_tolerance * WAN.get(unit, Decimal(1))
    if any(abs(cap - budget) <= tolerance for cap in _caps(indicator, unit)):
        words = {
            "value": indicator.target.text.strip(),
            "budget": plain(budget),
            "unit": unit,
        }
        yield Hit(indicator.target.at, words, also=(ctx.project.funding.total.at,))


@rule(
    Indicator,
    "JX609",
    Severity.ERROR,
    "S",
    title=("成本超过预算", "Cost cap above budget"),
    zh="成本上限“{value}”超过预算 {budget}{unit}",
    en="Cost cap `{value}` exceeds the budget of `{budget}{unit}`",
    why=(
        "财预〔2015〕88号 相应匹配：绩效目标与资金量相匹配，成本不超过预算",
        "财预〔2015〕88号 on matching targets: targets match the money, and costs do not exceed the budget",
    ),
    remedy=(
        "核对单位和金额，将上限调整至预算以内；跨年项目填写当年成本",
        "Check unit and amount, and keep the cap within the budget; for a project of several years, state this year's cost",
    ),
)
def cost_over_budget(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A cap above every total of the form; a question only where a project of years prints one year's total."""
    if id(indicator) not in ctx.once(_costs):
        return
    project = ctx.project
    unit, budget = project.funding.unit, total_of(project)
    cap = _cap(indicator, unit)
    if budget is None or cap is None:
        return
    most = max(project.funding.figures(), default=budget)
    if cap <= most * (1 + CLOSE):
        return
    yield Hit(
        indicator.target.at,
        {"value": indicator.target.text.strip(), "budget": plain(most), "unit": unit},
        also=(project.funding.total.at,),
        severity=Severity.WARNING if _lasts_years(project) else None,
    )


def _lasts_years(project: Project) -> bool:
    """Whether the project runs over several years and the form does not print the money of all of them."""
    period = project.period.value
    if period is None or period.start is None or period.end is None:
        return False
    several = period.end.year > period.start.year
    return several and all(row.scope == "annual" for row in project.funding.rows)


@rule(
    Indicator,
    "JX610",
    Severity.WARNING,
    "S",
    title=("成本指标无约束", "Cost cap binds nobody"),
    zh="成本指标“{name}”的指标值“{value}”无约束",
    en="Cost target `{value}` of `{name}` sets no limit",
    why=(
        "财预〔2021〕101号 成本指标：指标值应明确并有约束",
        "财预〔2021〕101号 on cost: targets are definite and set a limit",
    ),
    remedy=(
        "填写单位成本或分项成本的金额，如“人均培训费 ≤400元/天”",
        "Write the amount of a unit or item cost, such as `人均培训费 ≤400元/天`",
    ),
    silences=(
        "JX505",
        "JX507",
        "JX509",
        "JX527",
    ),
)
def empty_cost_cap(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A cost row whose target is the whole, the budget, or words."""
    if indicator.level1.value == BENEFIT or indicator.scope != "annual":
        return
    name = fold(indicator.name.text)
    if not _is_under(indicator, EVERY_COST) and not CONTROL.search(name):
        return
    text = fold(indicator.target.text)
    if name == FILLED_IN or not text:
        return
    if _is_whole(indicator) or WITHIN.search(text) or _wordy(indicator, name, text):
        words = {
            "name": indicator.name.text.strip(),
            "value": indicator.target.text.strip(),
        }
        yield Hit(indicator.target.at, words)


def _is_whole(one: Indicator) -> bool:
    """Whether a cost of at most a hundred per cent is all that is asked."""
    target = one.target.value
    if target is None or target.number != 100 or target.unit != "%" or target.sign in ("≥", ">"):
        return False
    return bool(COST_WORDS.search(one.name.text + one.target.text))


def _wordy(one: Indicator, name: str, text: str) -> bool:
    """Whether only words stand there, about cost."""
    target = one.target.value
    if target is None or target.kind != "text" or len(text) < 2 or DIGIT.search(text):
        return False
    return bool(COST_WORDS.search(name + text)) and text not in policies.words("nothing_words")
