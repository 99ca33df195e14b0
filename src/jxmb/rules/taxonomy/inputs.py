"""JX416–JX418: money put in, routine and spending in the place of output."""

from __future__ import annotations

from collections.abc import Iterator

from ... import policies
from ...findings import Hit, Severity
from ...meaning import Lists
from ...model import Indicator
from ..base import Context, rule
from ..glance import named

TARGETS = "target"  # neither a self-evaluation nor the form of a whole department
EVALUATION_LEVELS = ("过程", "投入")


@rule(
    Indicator,
    "JX416",
    Severity.WARNING,
    "X",
    title=("以投入作为产出", "Input given as output"),
    zh="数量指标“{name}”（{value}）为投入，不是产出",
    en="`{name}` (`{value}`) under 数量指标 is input, not output",
    why=(
        "财预〔2021〕101号 产出指标：数量指标反映提供的产品和服务；资金和人员属于投入",
        "财预〔2021〕101号 on output: 数量指标 is what is delivered; money and people are input",
    ),
    remedy=(
        "改为资金形成的产出，如“改造厕所 ≥30座”；金额移至成本指标下",
        "Write what the money delivers, such as `改造厕所 ≥30座`, and move the amount to 成本指标",
    ),
    silences=("JX418",),
    damaged="some",
    under=("数量",),
)
def input_as_indicator(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Money or people put in, under 数量指标."""
    row = ctx.judged(indicator)
    if row is None:
        return
    spent = any(map(row.name.__contains__, policies.words("spent_words")))
    if not spent and not ctx.lists.ends("input_ends", row.name):
        return
    if not ctx.lists.holds("moved_money", row.name):
        yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX417",
    Severity.INFO,
    "X",
    title=("以日常管理作指标", "Routine management as indicator"),
    zh="“{name}”为日常管理要求，不反映项目绩效",
    en="`{name}` is routine management, not performance",
    why=(
        "财预〔2021〕101号 高度关联：不设置与产出、效益和成本无关的常规管理性要求",
        "财预〔2021〕101号 on relevance: no routine requirements apart from output, benefit and cost",
    ),
    remedy=(
        "改为反映本项目质量的指标，如“补助对象认定准确率 ≥98%”",
        "Write an indicator of this project's quality, such as `补助对象认定准确率 ≥98%`",
    ),
    damaged="some",
    only=lambda row, lists: lists.has("management_names", row.name) or _is_virtue(row.name, lists),
)
def management_as_indicator(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A demand of financial management, in a form of targets."""
    row = ctx.judged(indicator)
    if row is None or row.under(*EVALUATION_LEVELS) or ctx.project.layout != TARGETS:
        return
    if not ctx.lists.has("local_level1", row.level1.removesuffix("指标")):
        yield Hit(indicator.name.at, row.words)


def _is_virtue(name: str, lists: Lists) -> bool:
    """Whether a name is money, perhaps named twice, and how it is managed."""
    if not lists.ends("management_ends", name):
        return False
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
        "财预〔2020〕10号 绩效自评：预算执行率另行计分",
        "财预〔2020〕10号 on self-evaluation: budget execution is scored separately",
    ),
    remedy=(
        "改为成本或产出指标，如“单位造价 ≤260元/平方米”",
        "Write a cost or output, such as `单位造价 ≤260元/平方米`",
    ),
    silences=("JX417",),
    damaged="some",
    when=named("execution_holds"),
)
def execution_as_indicator(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """How far the money is spent, in a form of targets."""
    row = ctx.judged(indicator)
    if row is None or ctx.project.layout != TARGETS:
        return
    if ctx.lists.has("local_level1", row.level1.removesuffix("指标")):
        return
    if ctx.lists.holds("execution_holds", row.name):
        yield Hit(indicator.name.at, row.words)
