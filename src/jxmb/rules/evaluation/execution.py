"""JX811, JX817: how far the money was spent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Hit, Severity
from ...model import FundingRow, Project
from ..base import Context, rule

TOLERANCE = Decimal(1)  # percentage points
ROUNDING = Decimal("0.005")  # share
WHOLE = Decimal(100)


def _spent(row: FundingRow) -> tuple[Decimal, Decimal] | None:
    """What was spent of what the row has for the year; None where one is not known."""
    executed, budget = row.columns.get("executed"), row.columns.get("budget")
    if executed is None or budget is None or executed.value is None or not budget.value:
        return None
    return executed.value, budget.value


@rule(
    Project,
    "JX811",
    Severity.ERROR,
    "S",
    title=("预算执行率计算不符", "Execution rate wrong"),
    zh="“{label}”执行率 {rate}% 与执行数 {executed}、预算数 {budget} 不符，应为 {right}%",
    en="Execution rate of `{label}` is {rate}%, expected {right}% ({executed} ÷ {budget})",
    why=(
        "财预〔2020〕10号 预算执行率：全年执行数÷全年预算数",
        "财预〔2020〕10号 on budget execution: spending ÷ budget of the year",
    ),
    remedy=("核对执行数和预算数，执行率改为 {right}%", "Check both, and write {right}%"),
    damaged="some",
    when=lambda ctx: any("rate" in one.columns for one in ctx.project.funding.rows),
)
def execution_rate(project: Project, ctx: Context) -> Iterator[Hit]:
    """A printed rate that is not what was spent of the budget."""
    for row in project.funding.rows:
        spent, rate = _spent(row), row.columns.get("rate")
        if spent is None or rate is None or rate.value is None:
            continue
        right = spent[0] / spent[1] * WHOLE
        stated = (
            rate.value * WHOLE if rate.value <= 1 < right and "%" not in rate.text else rate.value
        )
        if abs(stated - right) > TOLERANCE:
            words = {
                "label": row.label.text.strip(),
                "rate": f"{stated.normalize():f}",
                "executed": f"{spent[0]:f}",
                "budget": f"{spent[1]:f}",
                "right": f"{right:.2f}".rstrip("0").rstrip("."),
            }
            yield Hit(rate.at, words, where=(row.label.text.strip(),))


@rule(
    Project,
    "JX817",
    Severity.WARNING,
    "S",
    title=("执行数超过预算数", "Spent more than budget"),
    zh="“{label}”执行数 {executed} 超过全年预算数 {budget}",
    en="Spending {executed} of `{label}` exceeds the budget {budget}",
    why=(
        "预算法第十三条：支出以经批准的预算为依据",
        "Budget Law, art. 13: spending rests on the approved budget",
    ),
    remedy=("核对后填写调整后的全年预算数", "Check, and write the adjusted budget of the year"),
    damaged="some",
    when=lambda ctx: any("executed" in one.columns for one in ctx.project.funding.rows),
)
def overspent(project: Project, ctx: Context) -> Iterator[Hit]:
    """More spent than there was, rounding aside."""
    for row in project.funding.rows:
        spent = _spent(row)
        if spent is None or spent[0] <= spent[1] * (1 + ROUNDING):
            continue
        words = {
            "label": row.label.text.strip(),
            "executed": f"{spent[0]:f}",
            "budget": f"{spent[1]:f}",
        }
        yield Hit(row.columns["executed"].at, words, where=(row.label.text.strip(),))
