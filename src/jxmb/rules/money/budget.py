"""JX604, JX607: the total: too large for the form, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred
from ...findings import Hit, Severity
from ...model import Project
from ..base import Context, rule
from .amounts import label_of, plain

LARGE = Decimal(100_000)  # 万元: ten hundred million 元 in one project
VAST = Decimal(10_000_000)
APART = 10_000
BIG_BODY = deferred.re("亿|省|中央|国家|自治区|转移支付|专项债|国债")


@rule(
    Project,
    "JX604",
    Severity.WARNING,
    "S",
    title=("金额单位疑有误", "Amount of doubtful magnitude"),
    zh="“{label}”{found}万元，疑以元填写",
    en="`{label}` of `{found}万元` may be in 元",
    why=(
        "本工具约定：表头单位为万元时，该数折合 {yuan}亿元，疑将以元计的金额填入",
        "Convention of this tool: under a header in 万元 this is {yuan}亿元; an amount in 元 was probably written",
    ),
    remedy=("核对单位；以元计的，改为“{fixed}”", "Check the unit; if it is 元, write `{fixed}`"),
)
def suspect_magnitude(project: Project, ctx: Context) -> Iterator[Hit]:
    """A figure under a stated 万元 header that is too large for the form, or for the figures beside it."""
    funding = project.funding
    if not funding.unit_stated or funding.unit != "万元":
        return
    known = [(row, row.amount.value.number) for row in funding.rows if row.amount.value is not None]
    above = VAST if BIG_BODY.search(_about(project)) else LARGE
    least = min((number for _, number in known if number > 0), default=Decimal(0))
    for row, number in known:
        apart = number >= APART and least > 0 and number >= least * APART
        if number >= above or apart:
            words = {
                "label": label_of(row),
                "found": plain(number),
                "yuan": plain(round(number / APART, 2)),
                "fixed": plain(number / APART),
            }
            yield Hit(row.amount.at, words, where=(label_of(row),))
            return


def _about(project: Project) -> str:
    readings = (project.title, project.project_name, project.department, project.goal)
    return " ".join(reading.text for reading in readings)


@rule(
    Project,
    "JX607",
    Severity.ERROR,
    "S",
    title=("预算金额为零或负", "Budget not positive"),
    zh="资金总额为 {found}{unit}，应大于 0",
    en="Total budget is `{found}{unit}`, expected more than 0",
    why=(
        "财预〔2015〕88号 相应匹配：绩效目标随预算申报，与资金量相匹配",
        "财预〔2015〕88号 on matching targets: targets are submitted with a budget",
    ),
    remedy=(
        "填写实际申请的金额；确不安排资金的，不必填报本表",
        "Write the amount requested; where there is none, the form need not be submitted",
    ),
)
def nonpositive_budget(project: Project, ctx: Context) -> Iterator[Hit]:
    """A total of zero or less."""
    total = project.funding.total
    if total.value is not None and total.value.number <= 0:
        words = {"found": plain(total.value.number), "unit": project.funding.unit}
        yield Hit(total.at, words, where=("资金总额",))
