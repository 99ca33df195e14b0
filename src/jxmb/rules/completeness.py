"""JX2: what a form must say and does not."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from .. import policies
from ..findings import Hit, Severity
from ..model import Indicator, Project
from ..source import Span
from .base import Context, rule

# The header labels of the 目标表 layout. Who prints three of them should print them all.
LAYOUT = frozenset(
    {"project_name", "department", "implementer", "nature", "period", "annual", "total", "head"}
)
ENOUGH = 3
MONEY = frozenset({"total", "head", "fiscal", "other", "part"})
SATISFACTION = frozenset({"满意度指标", "服务对象满意度指标"})
SIGN_ONLY = regex.compile(r"\s*[≥≤><=＞＜＝≧≦⩾⩽》《〉〈]+\s*")


@rule(
    Project,
    "JX206",
    Severity.ERROR,
    "W",
    zh="没有资金总额",
    en="the form has no total budget",
    why=(
        "绩效目标要与资金量相匹配（财预〔2015〕88号 相应匹配要求），没有总额就无法审核",
        "a target must match the money (财预〔2015〕88号); without a total nobody can judge that",
    ),
    remedy=(
        "在“年度预算”（年度资金总额）后填写金额，以表头的单位计",
        "write the amount beside 年度预算 (年度资金总额), in the unit of the header",
    ),
)
def missing_budget(project: Project, ctx: Context) -> Iterator[Hit]:
    """No total: blank in a printed money block, or no money block in a form that should have one."""
    total = project.funding.total
    if total.text.strip():
        return
    printed = not total.missing or bool(project.labels & MONEY)
    known = printed or len(project.labels & LAYOUT) >= ENOUGH
    yield Hit(
        total.at,
        severity=None if known else Severity.INFO,
        where=("项目资金",),
        value="",
    )


@rule(
    Project,
    "JX213",
    Severity.WARNING,
    "W",
    zh="没有满意度指标",
    en="the form has no 满意度指标 (satisfaction)",
    why=(
        "服务对象满意度是绩效指标体系的一部分（财预〔2015〕88号 指标体系；中发〔2018〕34号），审核时会要求说明",
        "satisfaction of those served is part of the system of indicators (财预〔2015〕88号; 中发〔2018〕34号); a reviewer will ask",
    ),
    remedy=(
        "补充满意度指标，写明对象，如“参训人员满意度 ≥90%”；项目确无服务对象的，请予说明",
        "add one that names the group, such as 参训人员满意度 ≥90%; where nobody is served, say so",
    ),
)
def missing_satisfaction(project: Project, ctx: Context) -> Iterator[Hit]:
    """No row under 满意度指标, in a form whose levels are those of the official trees."""
    named = {
        level.value
        for one in project.indicators
        for level in (one.level1, one.level2)
        if level.value
    }
    if named & SATISFACTION or not named & policies.level1_names():
        return
    yield Hit(project.at, where=("满意度指标",), value="")


@rule(
    Indicator,
    "JX222",
    Severity.ERROR,
    "W",
    zh="三级指标“{name}”没有指标值",
    en="indicator {name} has no target",
    why=(
        "没有指标值就无从考核（财预〔2015〕88号 细化量化要求），预算管理一体化系统也不接受空的指标值",
        "without a target nothing can be measured (财预〔2015〕88号), and the budget system refuses a blank one",
    ),
    remedy=(
        "填写指标值：能计数的写“≥数＋单位”，比率写百分数，时间写日期；不考核的指标请整行删去",
        "write a target: sign, number and unit for a count, a percentage for a rate, a date for a deadline; or delete the row",
    ),
)
def blank_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A named indicator with a blank target, or with a sign and nothing after it."""
    columns = ctx.project.columns
    name, target = indicator.name, indicator.target
    if not name.text.strip() or indicator.scope != "annual":
        return
    if (columns and "target" not in columns) or _lost(indicator, ctx.project):
        return
    if not target.text.strip() or SIGN_ONLY.fullmatch(target.text):
        at = name.at if target.missing or not target.spans else target.at
        yield Hit(at, {"name": name.text.strip()}, value="")


def _lost(indicator: Indicator, project: Project) -> bool:
    """Whether the line ends with a middle-term target, without even a blank cell for the annual one.

    Tools that print equal neighbours once leave one of two equal targets out.
    """
    return any(
        one.scope != indicator.scope
        and one.at == indicator.at
        and one.target.text
        and not _rest_of_line(one.target.spans[-1]).strip(" \r")
        for one in project.indicators
    )


def _rest_of_line(at: Span) -> str:
    return Span(at.source, at.end, at.source.line(at.line).end).text
