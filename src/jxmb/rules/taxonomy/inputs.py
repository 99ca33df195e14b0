"""JX416–JX418: money put in, routine and spending in the place of output."""

from __future__ import annotations

from collections.abc import Iterator

from ... import policies
from ...findings import Hit, Severity
from ...meaning import Lists
from ...model import Indicator
from ..base import Context, rule

EVALUATION = "evaluation"
EVALUATION_LEVELS = ("过程", "投入")


@rule(
    Indicator,
    "JX416",
    Severity.WARNING,
    "X",
    title=("以投入作为产出", "Input given as output"),
    zh="数量指标“{name}”（{value}）是投入，不是产出",
    en="`{name}` (`{value}`) under 数量指标 is input, not output",
    why=(
        "数量指标反映提供的产品和服务（财预〔2021〕101号 产出指标）；花了多少钱、投了多少人是投入",
        "数量指标 says what is delivered (财预〔2021〕101号 on output); money and people put in are input",
    ),
    remedy=(
        "改写资金形成的产出，如“改造厕所 ≥30座”；金额移到成本指标下",
        "Write what the money delivers, such as 改造厕所 ≥30座, and move the sum to 成本指标",
    ),
    silences=("JX418",),
    damaged="some",
)
def input_as_indicator(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Money or people put in, under 数量指标."""
    row = ctx.judged(indicator)
    if row is None or not row.under("数量") or ctx.lists.holds("moved_money", row.name):
        return
    spent = any(word in row.name for word in policies.words("spent_words"))
    if spent or ctx.lists.ends("input_ends", row.name):
        yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX417",
    Severity.INFO,
    "X",
    title=("以日常管理作指标", "Routine management as indicator"),
    zh="“{name}”是日常管理要求，不是项目绩效",
    en="`{name}` is routine management, not performance",
    why=(
        "专款专用、核算规范是各项目的共同要求，不反映本项目的产出和效果（财预〔2015〕88号 指向明确）",
        "that money is used and booked properly is asked of every project and says nothing of this one (财预〔2015〕88号 on clear aims)",
    ),
    remedy=(
        "改写反映本项目质量的指标，如“补助对象认定准确率 ≥98%”",
        "Write what shows the quality of this project, such as 补助对象认定准确率 ≥98%",
    ),
    damaged="some",
)
def management_as_indicator(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A demand of financial management, in a form of targets."""
    row = ctx.judged(indicator)
    if row is None or row.under(*EVALUATION_LEVELS) or ctx.project.layout == EVALUATION:
        return
    if ctx.lists.has("management_names", row.name) or _is_virtue(row.name, ctx.lists):
        yield Hit(indicator.name.at, row.words)


def _is_virtue(name: str, lists: Lists) -> bool:
    """Whether a name is money, perhaps named twice, and how it is managed."""
    rest = lists.without_heads("management_nouns", name, most=2)
    return rest != name and lists.has("management_ends", rest)


@rule(
    Indicator,
    "JX418",
    Severity.INFO,
    "X",
    title=("以预算执行作指标", "Budget execution as indicator"),
    zh="“{name}”反映预算执行，不反映绩效",
    en="`{name}` is budget execution, not performance",
    why=(
        "预算执行率在自评时另行计分（财预〔2020〕10号 绩效自评），不宜作为绩效指标重复设置",
        "execution is scored by itself in the self-evaluation (财预〔2020〕10号), and need not be an indicator too",
    ),
    remedy=(
        "改写成本或产出，如“单位造价 ≤260元/平方米”",
        "Write a cost or an output, such as 单位造价 ≤260元/平方米",
    ),
    silences=("JX417",),
    damaged="some",
)
def execution_as_indicator(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """How far the money is spent, in a form of targets."""
    row = ctx.judged(indicator)
    if row is None or ctx.project.layout == EVALUATION:
        return
    if ctx.lists.holds("execution_holds", row.name):
        yield Hit(indicator.name.at, row.words)
