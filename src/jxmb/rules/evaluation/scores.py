"""JX812, JX813: scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred
from ...findings import Hit, Severity
from ...model import Indicator, Project, Reading
from ...values import fold
from ..base import Context, rule
from .weights import CLOSE, NUMBER, is_one_of

TOTALS = frozenset(("总分", "合计", "总计", "得分合计", "总得分"))
BONUS = deferred.re("加分|附加")
ZERO = Decimal(0)
FULL = (90, 100)  # the sums of weights: without and with the execution of the budget


@rule(
    Indicator,
    "JX812",
    Severity.ERROR,
    "X",
    title=("得分超过分值", "Score above weight"),
    zh="“{name}”的得分 {score} 超过分值 {weight}",
    en="Score {score} of `{name}` exceeds its weight {weight}",
    why=(
        "财预〔2020〕10号 绩效自评：得分不超过该项分值",
        "财预〔2020〕10号 on self-evaluation: a score does not exceed its weight",
    ),
    remedy=("核对得分和分值，更正有误的一处", "Check both, and correct the wrong one"),
    damaged="some",
    when=lambda ctx: "score" in ctx.project.columns,
)
def score_over_weight(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """More points than there are."""
    score, weight = indicator.score.value, indicator.weight.value
    if score is None or weight is None or score <= weight + CLOSE:
        return
    if not any(BONUS.search(head) for head in (*ctx.project.heads, indicator.name.text)):
        name = indicator.name.text.strip()
        words = {"name": name, "score": f"{score:f}", "weight": f"{weight:f}"}
        yield Hit(indicator.score.at, words, also=(indicator.weight.at,))


@rule(
    Project,
    "JX813",
    Severity.ERROR,
    "X",
    title=("总分合计不符", "Total score wrong"),
    zh="总分 {stated} 与各项得分合计 {total} 不符",
    en="Total score is {stated}, but the scores sum to {total}",
    why=(
        "财预〔2020〕10号 绩效自评：总分为各指标得分与预算执行率得分之和",
        "财预〔2020〕10号 on self-evaluation: the total is the sum of all scores, that of budget execution included",
    ),
    remedy=("核对各项得分，总分改为 {total}", "Check the scores, and write {total}"),
    damaged="some",
    when=lambda ctx: "score" in ctx.project.columns,
)
def total_score(project: Project, ctx: Context) -> Iterator[Hit]:
    """A printed total that is not the sum of all scores."""
    scores = [one.score.value for one in project.annual]
    said = next((one for label, one in project.fields.items() if fold(label) in TOTALS), None)
    if said is None or not scores or None in scores or project.truncated is not None:
        return
    stated = _stated(said, project)
    if stated is None:
        return
    total = sum((one for one in scores if one is not None), ZERO)
    executed = _execution_score(project)
    if not is_one_of(stated, (total, total + executed)):
        words = {"stated": f"{stated:f}", "total": f"{total + executed:f}"}
        yield Hit(said.at, words, where=("总分",))


def _stated(said: Reading[str], project: Project) -> Decimal | None:
    """The total score: the last of two numbers, or the only one where it is not that of the weights."""
    numbers = [Decimal(one) for one in NUMBER.findall(said.text)]
    weights = [one.weight.value for one in project.annual]
    if len(numbers) == 2:
        return numbers[1]
    if len(numbers) != 1 or (numbers[0] in FULL and any(weights)):
        return None
    return numbers[0]


def _execution_score(project: Project) -> Decimal:
    """The score of the budget's execution, which stands beside the total of the money block."""
    found = (row.columns["score"].value for row in project.funding.rows if "score" in row.columns)
    return next((one for one in found if one is not None), ZERO)
