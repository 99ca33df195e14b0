"""JX412–JX415: rows under 效益 that are no benefit, or one of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...findings import Hit, Severity
from ...meaning import Lists
from ...model import Indicator
from ..base import Context, rule

BEHIND = ("率", "度", "情况")


@rule(
    Indicator,
    "JX412",
    Severity.WARNING,
    "X",
    title=("以完成任务为效益", "Task completion as benefit"),
    zh="效益指标“{name}”（{value}）仅说明任务完成",
    en="`{name}` (`{value}`) under 效益指标 is task completion, not benefit",
    why=(
        "财预〔2015〕88号、财预〔2021〕101号 效益指标：反映产出带来的影响和效果；完成任务属于产出",
        "财预〔2015〕88号 and 财预〔2021〕101号 on benefit: it is the effect of the output; task completion is output",
    ),
    remedy=(
        "写明受益对象和改善程度，如“惠及居民户数 ≥1200户”",
        "Say who benefits and how much, such as `惠及居民户数 ≥1200户`",
    ),
    silences=("JX507",),
    damaged="some",
    under=("效益",),
)
def completion_as_benefit(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A benefit that is only that the task is carried out."""
    row = ctx.judged(indicator)
    if row is None or ctx.lists.holds("beneficiary_words", row.name):
        return
    if row.under("生态效益") and ctx.lists.holds("ecology", row.name):
        return
    done = _done(ctx.lists.words("task_nouns"), ctx.lists.words("task_verbs"))
    phrased = ctx.lists.holds("task_phrases", row.text)
    if phrased or any(
        _ends(text, ctx.lists) and done.search(text) for text in (row.name, row.value)
    ):
        yield Hit(indicator.name.at, row.words)


def _ends(text: str, lists: Lists) -> bool:
    """Whether a text ends as one about a task that is carried out: few do, and only these are searched."""
    return text.endswith(BEHIND) or lists.ends("task_verbs", text)


@cache
def _done(nouns: tuple[str, ...], verbs: tuple[str, ...]) -> re.Pattern[str]:
    """A task, and that it is carried out, at the end of a text."""
    said = "|".join(map(re.escape, nouns)), "|".join(map(re.escape, verbs))
    return re.compile(rf"(?:{said[0]}).{{0,4}}(?:{said[1]})(?:{'|'.join(BEHIND)})?$")


@rule(
    Indicator,
    "JX413",
    Severity.WARNING,
    "X",
    title=("与生态效益无关", "Ecology row without ecology"),
    zh="生态效益指标“{name}”与生态环境无关",
    en="`{name}` under 生态效益指标 is not about the environment",
    why=(
        "财预〔2015〕88号 绩效指标：生态效益指标反映对自然生态环境的影响",
        "财预〔2015〕88号 on indicators: 生态效益指标 is the effect on the environment",
    ),
    remedy=(
        "删除本行，或改为对生态环境的影响，如“减少用纸量 ≥2吨”",
        "Delete the row, or write an effect on the environment, such as `减少用纸量 ≥2吨`",
    ),
    damaged="some",
    under=("生态效益",),
)
def ecology_not_ecology(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A row about money, work or staff under 生态效益."""
    row = ctx.judged(indicator)
    if row is None or not ctx.lists.holds("not_ecology", row.name):
        return
    if ctx.lists.holds("ecology", f"{row.text}\n{ctx.project.project_name.text}"):
        return
    yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX414",
    Severity.INFO,
    "X",
    title=("与可持续影响无关", "Nothing lasting in it"),
    zh="可持续影响指标“{name}”无持续性",
    en="`{name}` under 可持续影响指标 has no lasting effect",
    why=(
        "财预〔2015〕88号 绩效指标：可持续影响指标反映项目带来影响的持续期限",
        "财预〔2015〕88号 on indicators: 可持续影响指标 is how long the effect of the project lasts",
    ),
    remedy=(
        "改为持续的影响，如“设备使用年限 ≥8年”；一次性的工作移至产出指标下",
        "Write a lasting effect, such as `设备使用年限 ≥8年`; move work done once to output",
    ),
    damaged="some",
    under=("可持续影响",),
)
def sustainability_not_lasting(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Something that happens once under 可持续影响."""
    row = ctx.judged(indicator)
    if row is None:
        return
    if ctx.lists.holds("not_lasting", row.name) and not ctx.lists.holds("lasting_words", row.text):
        yield Hit(indicator.name.at, row.words)


@rule(
    Indicator,
    "JX415",
    Severity.INFO,
    "X",
    title=("与经济效益无关", "Nothing economic in it"),
    zh="经济效益指标“{name}”与经济无关",
    en="`{name}` under 经济效益指标 is not economic",
    why=(
        "财预〔2015〕88号 绩效指标：经济效益指标反映对经济发展的影响",
        "财预〔2015〕88号 on indicators: 经济效益指标 is the effect on the economy",
    ),
    remedy=(
        "删除本行或移至相应指标下；确有经济效益的，写明金额，如“减少损失金额 ≥20万元”",
        "Delete or move the row; where there is an economic effect, write the amount, such as `减少损失金额 ≥20万元`",
    ),
    damaged="some",
    under=("经济效益",),
)
def economic_not_economic(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A row under 经济效益 without a word of money, trade or growth."""
    row = ctx.judged(indicator)
    if row is not None and not ctx.lists.holds("economic_words", row.text):
        yield Hit(indicator.name.at, row.words)
