"""JX604, JX607: the total: too large for the form, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import lazy
from ...findings import Hit, Severity
from ...model import Project
from ..base import Context, rule
from .amounts import label_of, plain

LARGE = Decimal(100_000)  # 万元: ten hundred million 元 in one project
VAST = Decimal(10_000_000)
APART = 10_000
BIG_BODY = lazy.regex("亿|省|中央|国家|自治区|转移支付|专项债|国债")


@rule(
    Project,
    "JX604",
    Severity.WARNING,
    "S",
    title=("金额单位疑有误", "Amount of doubtful magnitude"),
    zh="“{label}”{found} 万元，疑为以元填写",
    en="{label} {found}万元: probably written in 元",
    why=(
        "表头单位是万元，这个数折合 {yuan} 亿元；把以元为单位的数填进万元表是常见的错误，会放大一万倍",
        "the header says 万元, which makes this {yuan} hundred million 元; figures in 元 under a 万元 header are a frequent slip",
    ),
    remedy=(
        "核对单位；如果是元，折合 {fixed} 万元",
        "check the unit; if it is 元, write {fixed} (万元)",
    ),
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
    zh="资金总额是 {found} {unit}",
    en="the total budget is {found} {unit}",
    why=(
        "项目支出绩效目标随预算申报，没有资金的项目不需要这张表（财预〔2015〕88号 相应匹配要求）",
        "the targets come with a budget; a project without money needs no such form (财预〔2015〕88号)",
    ),
    remedy=(
        "填写实际申请的金额；确不安排资金的，不必填报本表",
        "write the amount that is asked for; where there is none, the form need not be filed",
    ),
)
def nonpositive_budget(project: Project, ctx: Context) -> Iterator[Hit]:
    """A total of nought or less."""
    total = project.funding.total
    if total.value is not None and total.value.number <= 0:
        words = {"found": plain(total.value.number), "unit": project.funding.unit}
        yield Hit(total.at, words, where=("资金总额",))
