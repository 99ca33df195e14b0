"""JX2: the fields at the head of a form that must be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...findings import Hit, Severity, Words
from ...light import dataclass
from ...model import Project, Reading
from ...source import Span
from ..base import Context, Rule, rule
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

BLANK = Words("后面空着", "is blank")
ABSENT = Words("这一栏没有找到", "was not found")


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

    def check(project: Project, ctx: Context) -> Iterator[Hit]:
        reading = field.read(project)
        printed = bool(project.labels & BLOCKS[field.block])
        filled = any(map(str.isalnum, reading.text))  # dashes are as good as blank
        if filled or project.layout in field.silent or _lost(project):
            return
        if not printed and (field.printed or project.truncated is not None):
            return
        yield Hit(
            project.at if reading.missing else reading.at,
            {"state": BLANK if printed else ABSENT},
            severity=None if printed or _others(project, field.block) >= ENOUGH else Severity.INFO,
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
        zh=f"“{field.label}”{{state}}",
        en=f"{field.label} ({field.english}) {{state}}",
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


def _others(project: Project, block: str) -> int:
    """How many other blocks of the head are printed."""
    return sum(bool(project.labels & names) for key, names in BLOCKS.items() if key != block)


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
    if EMPTY_BOXES.search(nature.text) and not chosen_in(nature.text):
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
        "the name of the project",
        lambda project: project.project_name,
        Words(
            "没有名称就不知道是哪个项目（财预〔2015〕88号 附表必填项），预算管理一体化系统也无法对应预算项目",
            "without a name nobody knows which project this is (财预〔2015〕88号, required field), and the budget system cannot match it",
        ),
        Words("填写与预算批复一致的项目全称", "write the full name as approved in the budget"),
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
        "the department in charge",
        _department,
        Words(
            "绩效目标由主管部门审核并负责（财预〔2015〕88号 职责分工），没有部门就找不到责任人",
            "the department reviews the targets and answers for them (财预〔2015〕88号); without it nobody does",
        ),
        Words("填写主管部门全称", "write the full name of the department"),
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
        "the unit that carries it out",
        lambda project: project.implementer,
        Words(
            "实施单位是绩效目标的直接责任单位（财预〔2015〕88号 附表）；由主管部门自己实施的也要写明",
            "the unit that carries the project out answers for it first (财预〔2015〕88号); a department that does so itself says so",
        ),
        Words(
            "填写实施单位全称；由主管部门直接实施的，填主管部门",
            "write its full name, or that of the department where it acts itself",
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
        "new or continuing",
        _nature,
        Words(
            "新增项目要说明立项必要性，延续项目要看上年绩效（财预〔2015〕88号 附表），审核方式不同",
            "a new project must show why it is needed, a continuing one how it did before (财预〔2015〕88号): they are reviewed differently",
        ),
        Words("填写“新增项目”或“延续项目”", "write 新增项目 (new) or 延续项目 (continuing)"),
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
        "when it begins and ends",
        lambda project: project.period,
        Words(
            "起止时间决定年度目标和中期目标怎么设（财预〔2015〕88号 附表），也是核对时效指标的依据",
            "from it follow the goals of the year and of later years (财预〔2015〕88号), and deadlines are checked against it",
        ),
        Words(
            "填写开始和结束日期，如“2024-01-01 至 2024-12-31”",
            "write both dates, such as 2024-01-01 至 2024-12-31",
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
        "the total budget",
        lambda project: project.funding.total,
        Words(
            "绩效目标要与资金量相匹配（财预〔2015〕88号 相应匹配要求），没有总额就无法审核",
            "a target must match the money (财预〔2015〕88号); without a total nobody can judge that",
        ),
        Words(
            "在“年度预算”（年度资金总额）后填写金额，以表头的单位计",
            "write the amount beside 年度预算 (年度资金总额), in the unit of the header",
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
        "the goal of the year",
        _goal,
        Words(
            "指标是从目标分解出来的（财预〔2015〕88号 绩效目标设定），没有目标，指标就没有依据",
            "indicators are drawn from the goal (财预〔2015〕88号); without one they rest on nothing",
        ),
        Words(
            "用一两句话写明本年度做什么、做多少、达到什么效果",
            "say in a sentence or two what is done this year, how much, and to what effect",
        ),
    )
)
