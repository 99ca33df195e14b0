"""JX2: the dimensions of performance that a form must speak of: output, benefit, satisfaction …"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ... import labels, policies
from ...deferred import dataclass
from ...findings import Hit, Severity, Words
from ...model import Project
from ...model.repairs import Kind
from ..base import Context, Rule, rule

# The tree of 中央预算内投资 projects has dimensions of its own.
INVESTMENT = frozenset({"实施效果指标", "过程管理指标"})


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension and the level labels that stand for it.

    `sign` is the word that tells it in a local label; `level` is the column that must be printed.
    """

    code: str
    name: str
    title: Words
    severity: Severity
    label: str
    english: str
    names: frozenset[str]
    sign: str
    level: str
    why: Words
    remedy: Words
    says: Words | None = None  # where the tree by which the form is judged matters


def _missing(dimension: Dimension) -> Rule[Project]:
    """The rule that looks for a dimension."""

    def check(project: Project, ctx: Context) -> Iterator[Hit]:
        named = ctx.once(_named)
        if _judged(project, dimension.level, named) and not _has(named, dimension):
            severity = _severity(dimension, project, ctx)
            words = {"tree": ctx.policy.source}
            yield Hit(project.at, words, severity=severity, where=(dimension.label,), value="")

    check.__name__ = dimension.name
    says = dimension.says or Words(
        f"缺少{dimension.label}", f"Missing {dimension.english} indicators ({dimension.label})"
    )
    return rule(
        Project,
        dimension.code,
        dimension.severity,
        "W",
        title=dimension.title,
        zh=says.zh,
        en=says.en,
        why=dimension.why,
        remedy=dimension.remedy,
        damaged="some",
    )(check)


def _judged(project: Project, level: str, named: frozenset[str]) -> bool:
    """Whether a form prints levels of the official trees and was read to the end of its table."""
    if level not in project.columns or project.truncated is not None:
        return False
    if "project_name" in project.columns:  # one of several cut from one table
        return False
    if not project.indicators:
        return not project.fallen_out
    return not named.isdisjoint(_official()) and named.isdisjoint(INVESTMENT)


@cache
def _official() -> frozenset[str]:
    """The levels of all trees."""
    return policies.level1_names() | frozenset(labels.LEVEL2)


def _named(ctx: Context) -> frozenset[str]:
    """The canonical names of all levels in a form, and what its unknown levels are called.

    A label that is printed where cells were lost, and stands over no row, has its rows under another one.
    """
    unread = (one.meant for one in ctx.project.repairs if one.kind is Kind.UNREAD)
    named = {name for name in unread if name in _official()}
    for one in ctx.project.indicators:
        for level in (one.level1, one.level2, one.printed1):
            if level.text:
                own = level.value or labels.meaning(level.text, "level1", "level2")
                named.add(own or labels.bare(level.text))
    return frozenset(named)


def _has(named: frozenset[str], dimension: Dimension) -> bool:
    """Whether a level stands for the dimension, be it an unknown one that has its word."""
    if not named.isdisjoint(dimension.names):
        return True
    return any(dimension.sign in name for name in named - _official())


def _severity(dimension: Dimension, project: Project, ctx: Context) -> Severity | None:
    """What differs from the rule's own: 101号 asks for no 时效, works and purchases need 成本.

    Where rows fell out of the table at a page break, a label may have been lost with them.
    """
    if any(repair.kind is Kind.FALLEN for repair in project.repairs):
        return Severity.INFO
    if dimension.code == "JX216" and ctx.policy.id == "2021":
        return Severity.INFO
    if dimension.code == "JX217" and any(
        word in project.project_name.text for word in policies.words("costed_words")
    ):
        return Severity.WARNING
    return None


OUTPUT = frozenset({"产出指标", "数量指标", "质量指标", "时效指标"})
BENEFIT = frozenset(
    {
        "效益指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "可持续影响指标",
        "社会、经济、生态效益指标",
    }
)
COST = frozenset({"成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标"})

missing_output = _missing(
    Dimension(
        "JX211",
        "missing_output",
        Words("缺少产出指标", "No output indicators"),
        Severity.ERROR,
        "产出指标",
        "output",
        OUTPUT,
        "产出",
        "level1",
        Words(
            "财预〔2015〕88号 指标体系：产出指标反映资金形成的产出",
            "财预〔2015〕88号 on indicators: output is what the funds produce",
        ),
        Words(
            "补充产出指标，至少包括数量和质量，如“培训人次≥200人次”“验收合格率≥98%”",
            "Add output indicators, at least quantity and quality, such as `培训人次 ≥200人次` and `验收合格率 ≥98%`",
        ),
    )
)
missing_benefit = _missing(
    Dimension(
        "JX212",
        "missing_benefit",
        Words("缺少效益指标", "No benefit indicators"),
        Severity.ERROR,
        "效益指标",
        "benefit",
        BENEFIT,
        "效益",
        "level1",
        Words(
            "财预〔2015〕88号 指标体系：效益指标反映项目对经济、社会、生态的影响",
            "财预〔2015〕88号 on indicators: benefit is the effect on economy, society and environment",
        ),
        Words(
            "补充与项目有关的经济、社会或生态效益指标，如“受益群众人数≥5000人”",
            "Add economic, social or ecological benefit, such as `受益群众人数 ≥5000人`",
        ),
    )
)
missing_satisfaction = _missing(
    Dimension(
        "JX213",
        "missing_satisfaction",
        Words("缺少满意度指标", "No satisfaction indicator"),
        Severity.WARNING,
        "满意度指标",
        "satisfaction",
        frozenset({"满意度指标", "服务对象满意度指标"}),
        "满意",
        "level1",
        Words(
            "财预〔2015〕88号 指标体系：满意度指标反映服务对象的认可程度",
            "财预〔2015〕88号 on indicators: satisfaction is the approval of those served",
        ),
        Words(
            "补充满意度指标并注明对象，如“参训人员满意度≥90%”；确无服务对象的，予以说明",
            "Add one that names the group, such as `参训人员满意度 ≥90%`, or explain that no group is served",
        ),
    )
)
missing_quantity = _missing(
    Dimension(
        "JX214",
        "missing_quantity",
        Words("缺少数量指标", "No quantity indicator"),
        Severity.ERROR,
        "数量指标",
        "quantity",
        frozenset({"数量指标"}),
        "数量",
        "level2",
        Words(
            "财预〔2015〕88号 指标体系：产出指标包括数量；财预〔2021〕101号 产出指标：原则上均应设置",
            "财预〔2015〕88号 on indicators: output includes quantity; 财预〔2021〕101号 on output: expected of every project",
        ),
        Words(
            "补充数量指标，写明数值和单位，如“修缮校舍面积≥1200平方米”",
            "Add one with number and unit, such as `修缮校舍面积 ≥1200平方米`",
        ),
    )
)
missing_quality = _missing(
    Dimension(
        "JX215",
        "missing_quality",
        Words("缺少质量指标", "No quality indicator"),
        Severity.WARNING,
        "质量指标",
        "quality",
        frozenset({"质量指标"}),
        "质量",
        "level2",
        Words(
            "财预〔2015〕88号 指标体系：产出指标包括质量；财预〔2021〕101号 产出指标：原则上均应设置",
            "财预〔2015〕88号 on indicators: output includes quality; 财预〔2021〕101号 on output: expected of every project",
        ),
        Words(
            "补充质量指标，如“验收合格率≥98%”“补助对象认定准确率=100%”",
            "Add one, such as `验收合格率 ≥98%` or `补助对象认定准确率 =100%`",
        ),
    )
)
missing_timeliness = _missing(
    Dimension(
        "JX216",
        "missing_timeliness",
        Words("缺少时效指标", "No timeliness indicator"),
        Severity.WARNING,
        "时效指标",
        "timeliness",
        frozenset({"时效指标"}),
        "时效",
        "level2",
        Words(
            "财预〔2015〕88号 指标体系：产出指标包括时效；财预〔2021〕101号 产出指标：时效按需设置",
            "财预〔2015〕88号 on indicators: output includes timeliness; 财预〔2021〕101号 on output: set where needed",
        ),
        Words(
            "补充时效指标，写明日期或时限，如“完成时间：2025年11月底前”",
            "Add one with a date or a term, such as `完成时间 2025年11月底前`",
        ),
        Words(
            "缺少时效指标（按{tree} 指标体系）",
            "Missing timeliness indicators (时效指标) under the indicator tree of {tree}",
        ),
    )
)
missing_cost = _missing(
    Dimension(
        "JX217",
        "missing_cost",
        Words("缺少成本指标", "No cost indicator"),
        Severity.INFO,
        "成本指标",
        "cost",
        COST,
        "成本",
        "level2",
        Words(
            "财预〔2021〕101号 成本指标：工程基建类、大型修缮及购置类项目应设置",
            "财预〔2021〕101号 on cost: required of construction, major repair and purchase",
        ),
        Words(
            "补充成本指标，写明单位成本或分项控制数，如“每平方米造价≤1800元”",
            "Add a unit cost or a cap, such as `每平方米造价 ≤1800元`",
        ),
    )
)
