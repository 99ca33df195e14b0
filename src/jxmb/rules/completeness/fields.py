"""JX2: the fields at the head of a form that must be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...deferred import dataclass
from ...findings import Hit, Severity, Words
from ...model import Project, Reading
from ...source import Span
from ..base import Context, Rule, rule
from ..glance import unsolved
from .nature import EMPTY_BOXES, chosen_in
from .printed import LOOK_BACK, label_before

# The blocks of the head of a 目标表 and the labels that stand for each. Who prints three of them should print all.
BLOCKS = {
    "project_name": frozenset({"project_name"}),
    "department": frozenset({"department"}),
    "implementer": frozenset({"implementer"}),
    "nature": frozenset({"nature"}),
    "period": frozenset({"period", "period_start", "period_end"}),
    "money": frozenset({"total", "total_midterm", "head", "fiscal", "other", "part"}),
    "goal": frozenset({"annual", "overall", "midterm"}),
}
ENOUGH = 3
# What only carries a project out, and is not the department that asks for the money.
CARRIERS = frozenset(
    {"实施单位", "项目实施单位", "具体实施单位", "组织实施单位", "项目执行单位", "项目承担单位"}
)

DELIMITERS = frozenset("\t|,<│")


@dataclass(frozen=True, slots=True)
class Field:
    """A field at the head of a form: how it is read, where it need not be, and whether it must be printed.

    `printed` means that the rule asks only for what the form prints: many local forms have no such field.
    """

    code: str
    name: str
    title: Words
    severity: Severity
    block: str
    label: str
    english: str
    read: Callable[[Project], Reading[Any]]
    why: Words
    remedy: Words
    silent: frozenset[str] = frozenset({"department"})
    printed: bool = False


def _missing(field: Field) -> Rule[Project]:
    """The rule that asks for a field."""
    called = f"{field.label} ({field.english})"
    blank = Words(f"“{field.label}”未填写", f"Empty field {called}")
    absent = Words(f"缺少“{field.label}”栏", f"Missing field {called}")

    def check(project: Project, ctx: Context) -> Iterator[Hit]:
        reading = field.read(project)
        printed = bool(project.labels & BLOCKS[field.block])
        filled = any(map(str.isalnum, reading.text))  # dashes are as good as blank
        if filled or project.layout in field.silent or _lost(project):
            return
        if not printed and (field.printed or project.truncated is not None):
            return
        if not reading.missing and unsolved(ctx, reading.at):
            return
        yield Hit(
            project.at if reading.missing else reading.at,
            {"problem": blank if printed else absent},
            severity=None if printed or _asks(project, field.block) else Severity.INFO,
            where=(field.label,),
            value="",
        )

    check.__name__ = field.name
    return rule(
        Project,
        field.code,
        field.severity,
        "W",
        title=field.title,
        zh="{problem}",
        en="{problem}",
        why=field.why,
        remedy=field.remedy,
        damaged="some",
    )(check)


def _lost(project: Project) -> bool:
    """Whether a table of many projects has lost what stands in this project's first row.

    Tools lose it at a page break. Who fills in a table leaves out one cell, hardly ever most of them. And where
    the cells have come apart, what is blank may as well stand in the next column.
    """
    if "project_name" not in project.columns:
        return False
    first = next(iter(project.indicators), None)
    if first is not None and not DELIMITERS & set(_line(first.at)):
        return True
    head = (project.project_name, project.department, project.implementer, project.funding.total)
    blank = [one for one in (*head, _goal(project)) if not one.text.strip()]
    return len(blank) >= ENOUGH


def _line(at: Span) -> str:
    return at.source.line(at.line).text[:LOOK_BACK]


def _asks(project: Project, block: str) -> bool:
    """Whether so many other blocks of the head are printed that this one should be; the heads of a table are none."""
    others = [bool(project.labels & names) for key, names in BLOCKS.items() if key != block]
    return sum(others) >= ENOUGH and "project_name" not in project.columns


def _department(project: Project) -> Reading[Any]:
    """The department, or the unit that asks for the money where the form has only that."""
    unit = project.implementer
    if project.department.missing and unit.text.strip():
        label = label_before(unit, "implementer")
        if label and label not in CARRIERS:
            return unit
    return project.department


def _nature(project: Project) -> Reading[Any]:
    """The kind of project; boxes of which none is ticked are as good as blank."""
    nature = project.nature
    if not EMPTY_BOXES.isdisjoint(nature.text) and not chosen_in(nature.text):
        return Reading(spans=nature.spans)
    return nature


def _goal(project: Project) -> Reading[Any]:
    """The goal of the year, or any other there is where none of the year is printed."""
    filled = [goal for goal in project.goals if goal.text.text.strip()]
    annual = [goal for goal in filled if goal.scope in ("annual", "overall")]
    if annual or (filled and "annual" not in project.labels):
        return (annual or filled)[0].text
    blank = [goal.text for goal in project.goals if goal.scope in ("annual", "overall")]
    return blank[0] if blank else Reading(spans=(project.at,), missing=True)


missing_project_name = _missing(
    Field(
        "JX201",
        "missing_project_name",
        Words("项目名称缺失", "Project name missing"),
        Severity.ERROR,
        "project_name",
        "项目名称",
        "project name",
        lambda project: project.project_name,
        Words(
            "财预〔2015〕88号 附表：项目名称应与部门预算一致",
            "财预〔2015〕88号, annexed form: the name agrees with the budget of the department",
        ),
        Words(
            "填写与部门预算一致的项目全称",
            "Write the full project name as in the budget",
        ),
    )
)
missing_department = _missing(
    Field(
        "JX202",
        "missing_department",
        Words("主管部门缺失", "Department missing"),
        Severity.ERROR,
        "department",
        "主管部门",
        "department",
        _department,
        Words(
            "财预〔2015〕88号 职责分工：主管部门审核绩效目标",
            "财预〔2015〕88号 on duties: the department reviews the targets",
        ),
        Words(
            "填写主管部门全称",
            "Write the full name of the department",
        ),
    )
)
missing_implementer = _missing(
    Field(
        "JX203",
        "missing_implementer",
        Words("实施单位缺失", "Implementing unit missing"),
        Severity.INFO,
        "implementer",
        "实施单位",
        "implementing unit",
        lambda project: project.implementer,
        Words(
            "财预〔2015〕88号 附表：实施单位为使用资金的单位",
            "财预〔2015〕88号, annexed form: the unit that spends the funds",
        ),
        Words(
            "填写实施单位全称；主管部门直接实施的，填主管部门",
            "Write the full name of the unit, or of the department if it implements the project itself",
        ),
    )
)
missing_nature = _missing(
    Field(
        "JX204",
        "missing_nature",
        Words("项目属性未填", "Project nature not filled"),
        Severity.WARNING,
        "nature",
        "项目属性",
        "project nature",
        _nature,
        Words(
            "财预〔2015〕88号 附表：项目属性为新增项目或延续项目",
            "财预〔2015〕88号, annexed form: a project is new or continuing",
        ),
        Words(
            "填写“新增项目”或“延续项目”",
            "Write `新增项目` or `延续项目`",
        ),
        frozenset({"department", "evaluation"}),
        printed=True,
    )
)
missing_period = _missing(
    Field(
        "JX205",
        "missing_period",
        Words("起止时间未填", "Project period not filled"),
        Severity.WARNING,
        "period",
        "项目起止时间",
        "project period",
        lambda project: project.period,
        Words(
            "财预〔2015〕88号 附表：填写整个项目的计划开始和完成时间",
            "财预〔2015〕88号, annexed form: planned start and end of the whole project",
        ),
        Words(
            "填写开始和完成日期，如“2025-01-01 至 2025-12-31”",
            "Write both dates, such as `2025-01-01 至 2025-12-31`",
        ),
        frozenset({"department", "evaluation"}),
        printed=True,
    )
)
missing_budget = _missing(
    Field(
        "JX206",
        "missing_budget",
        Words("资金总额缺失", "Total budget missing"),
        Severity.ERROR,
        "money",
        "资金总额",
        "total budget",
        lambda project: project.funding.total,
        Words(
            "财预〔2015〕88号 相应匹配：绩效目标应与资金量匹配",
            "财预〔2015〕88号 on matching: targets match the funds",
        ),
        Words(
            "在“年度资金总额”后填写金额，单位同表头",
            "Write the amount beside 年度资金总额, in the unit of the header",
        ),
    )
)
missing_goal = _missing(
    Field(
        "JX207",
        "missing_goal",
        Words("年度目标缺失", "Annual goal missing"),
        Severity.ERROR,
        "goal",
        "年度目标",
        "annual goal",
        _goal,
        Words(
            "财预〔2015〕88号 目标设定：指标由绩效目标分解细化",
            "财预〔2015〕88号 on setting targets: indicators are derived from the goal",
        ),
        Words(
            "写明本年度的工作内容、数量和预期效果",
            "State what is done this year, how much, and the expected effect",
        ),
    )
)
