"""JX2: the dimensions of performance that a form must speak of: output, benefit, satisfaction …"""

from __future__ import annotations

from collections.abc import Iterator

from ... import labels, policies
from ...findings import Hit, Severity, Words
from ...light import dataclass
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
        f"没有{dimension.label}", f"the form has no {dimension.label} ({dimension.english})"
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
        return not project.strays
    known = named & (policies.level1_names() | frozenset(labels.LEVEL2))
    return bool(known) and not named & INVESTMENT


def _named(ctx: Context) -> frozenset[str]:
    """The canonical names of all levels in a form, and what its unknown levels are called."""
    named: set[str] = set()
    for one in ctx.project.indicators:
        for level in (one.level1, one.level2, one.printed1):
            if level.text:
                own = level.value or labels.meaning(level.text, "level1", "level2")
                named.add(own or labels.bare(level.text))
    return frozenset(named)


def _has(named: frozenset[str], dimension: Dimension) -> bool:
    """Whether a level stands for the dimension, be it an unknown one that has its word."""
    if named & dimension.names:
        return True
    unknown = named - policies.level1_names() - frozenset(labels.LEVEL2)
    return any(dimension.sign in name for name in unknown)


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
            "产出指标说明钱花出去做成了什么，是每个项目都要有的（财预〔2015〕88号 指标体系）",
            "output says what the money gets done; every project needs it (财预〔2015〕88号)",
        ),
        Words(
            "补充产出指标，至少写明数量和质量，如“培训人次 ≥200人次”“验收合格率 ≥98%”",
            "add 产出指标, at least quantity and quality, such as 培训人次 ≥200人次 and 验收合格率 ≥98%",
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
            "效益指标说明项目给经济、社会、生态带来什么，没有它无法判断值不值得做（财预〔2015〕88号 指标体系；中发〔2018〕34号）",
            "benefit says what a project brings to economy, society or nature; without it nobody knows its worth (财预〔2015〕88号; 中发〔2018〕34号)",
        ),
        Words(
            "从经济、社会、生态效益中选与项目有关的补充，如“受益群众人数 ≥5000人”",
            "add what fits of economic, social and ecological benefit, such as 受益群众人数 ≥5000人",
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
            "服务对象满意度是绩效指标体系的一部分（财预〔2015〕88号 指标体系；中发〔2018〕34号），审核时会要求说明",
            "satisfaction of those served is part of the system of indicators (财预〔2015〕88号; 中发〔2018〕34号); a reviewer will ask",
        ),
        Words(
            "补充满意度指标，写明对象，如“参训人员满意度 ≥90%”；项目确无服务对象的，请予说明",
            "add one that names the group, such as 参训人员满意度 ≥90%; where nobody is served, say so",
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
            "数量指标说明做多少，是产出里必有的（财预〔2015〕88号 指标体系；财预〔2021〕101号 产出指标设置）",
            "quantity says how much is done and belongs to every output (财预〔2015〕88号; 财预〔2021〕101号)",
        ),
        Words(
            "补充数量指标，写明数和单位，如“修缮校舍面积 ≥1200平方米”",
            "add one with figure and unit, such as 修缮校舍面积 ≥1200平方米",
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
            "质量指标说明做到什么标准，原则上都要设置（财预〔2021〕101号 产出指标设置）",
            "quality says to what standard work is done; as a rule every form has it (财预〔2021〕101号)",
        ),
        Words(
            "补充质量指标，如“验收合格率 ≥98%”“补助对象认定准确率 =100%”",
            "add one, such as 验收合格率 ≥98% or 补助对象认定准确率 =100%",
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
            "时效指标说明什么时候做完（财预〔2015〕88号 指标体系）；财预〔2021〕101号的指标体系里按需设置，只作提示",
            "timeliness says when work is done (财预〔2015〕88号); under 财预〔2021〕101号 it is set where needed, so only a remark there",
        ),
        Words(
            "补充时效指标，写明日期或时限，如“完成时间 2024年11月底前”",
            "add one with a date or term, such as 完成时间 2024年11月底前",
        ),
        Words(
            "没有时效指标（按{tree}的指标体系）",
            "the form has no 时效指标 (timeliness), judged by the tree of {tree}",
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
            "成本指标约束花钱的标准；工程、购置、信息化类项目应当设置（财预〔2021〕101号 成本指标设置）",
            "cost binds what may be spent on a unit of work; works, purchases and IT projects must have it (财预〔2021〕101号)",
        ),
        Words(
            "补充成本指标，写单位成本或分项控制数，如“每平方米造价 ≤1800元”",
            "add one with a unit cost or a cap, such as 每平方米造价 ≤1800元",
        ),
    )
)
