"""JX701, JX704–JX707: what the annual goal says, and how long it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ... import deferred
from ...findings import Hit, Severity
from ...model import Project
from ...values import fold
from ..base import Context, rule
from ..glance import annual

WHERE = ("年度目标",)
SHORTEST, LONGEST, NOTE = 20, 450, 80  # characters
MANY_FIGURES = 5
MONEY = frozenset(("元", "美元"))
WORK = 2  # figures of other things than money: who is paid, and what is done
SHARED = 8  # characters that goal and project name share
ENUMERATED = deferred.re(
    r"(?:^|(?<=[。；;，,：:\s]))(?:目标|任务)?(?:[(（]?\d{1,2}[)）.、．:：]|[①-⑳]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[一二三四五六七八九十]是)"
    r"|目标\d{1,2}[:：]?|第[一二三四五六七八九十\d]{1,3}"
)
DATED = deferred.re(
    r"(?:19|20)\d\d\s*(?:[-—~～至到]\s*(?:19|20)?\d\d)?\s*年?度?|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]|[〔\[（(](?:19|20)\d\d[〕\]）)]\d{0,4}号?"
    r"|[“\"]?十[一二三四五]五[”\"]?|\d{1,9}号(?:文|文件)?|第\d+"
)
DIGIT, DIGITS = deferred.re(r"\d"), deferred.re(r"\d+")
TITLES = deferred.re("《[^《》]*》")
AMOUNT = deferred.re(r"\d[\d,.]{0,20}\s{0,4}[百千万亿]{0,4}元")
NO_COUNT = deferred.re("一次性|一系列|一批|一定|一体|一流|一般|一律|一致|一方面|一个")


def goal_text(ctx: Context) -> str:
    """The annual goal, folded; nothing where there is none."""
    return fold(ctx.project.goal.text)


def without_figures(text: str) -> str:
    """A folded goal without enumerators, dates, years and the numbers of papers."""
    return DATED.sub("", ENUMERATED.sub("", text))


@rule(
    Project,
    "JX701",
    Severity.INFO,
    "K",
    title=("年度目标未量化", "Goal without any figure"),
    zh="年度目标没有数值，{total} 个指标中 {measured} 个有数值",
    en="No number in the goal; {measured} of {total} targets have one",
    why=(
        "财预〔2015〕88号 细化量化：绩效目标应细化、量化",
        "财预〔2015〕88号 on measurable targets: goals are specific and measurable",
    ),
    remedy=(
        "写明主要任务的数量，如“养护县道120公里”",
        "State the main quantities, such as `养护县道120公里`",
    ),
    silences=("JX528",),
    damaged="some",
)
def goal_without_number(project: Project, ctx: Context) -> Iterator[Hit]:
    """A goal without a figure, in a form few of whose targets have one; a warning where none has."""
    text = ctx.once(goal_text)
    rows = ctx.once(annual)
    measured = sum(not one.wordy for one in rows)
    if not text or 2 * measured >= len(rows) or _has_figure(text, ctx):
        return
    words = {"total": len(rows), "measured": measured}
    severity = None if measured else Severity.WARNING
    yield Hit(project.goal.at, words, severity=severity, where=WHERE, value="")


def _has_figure(text: str, ctx: Context) -> bool:
    rest = without_figures(text)
    if DIGIT.search(rest) or "百分之" in rest:
        return True
    return _counted(ctx.lists.words("units")).search(NO_COUNT.sub("", rest)) is not None


@cache
def _counted(units: tuple[str, ...]) -> re.Pattern[str]:
    said = "|".join(map(re.escape, units))
    return re.compile(rf"[一二两三四五六七八九十百千万]+(?:余|多)?(?:{said})")


@rule(
    Project,
    "JX704",
    Severity.INFO,
    "X",
    title=("目标只列工作事项", "Goal lists only activities"),
    zh="年度目标仅有工作事项，缺少预期效果",
    en="Missing effect in the goal",
    why=(
        "财预〔2015〕88号 绩效目标：包括预期产出和预期效果",
        "财预〔2015〕88号 on goals: a goal has expected output and expected effect",
    ),
    remedy=("补充预期效果，如“……，提升检测能力”", "Add the effect, such as `…，提升检测能力`"),
    damaged="some",
)
def goal_activity_only(project: Project, ctx: Context) -> Iterator[Hit]:
    """A goal without a word of what it is good for."""
    text = ctx.once(goal_text)
    if not text:
        return
    rest = TITLES.sub("", text) if "《" in text else text
    rest = rest.replace(_shared(rest, fold(project.project_name.text)), "")
    if ctx.lists.holds("effects", rest):
        return
    # Every quantity has digits of its own.
    if len(DIGITS.findall(text)) < MANY_FIGURES or len(ctx.quantities(text)) < MANY_FIGURES:
        yield Hit(project.goal.at, where=WHERE, value="")


def _shared(text: str, name: str) -> str:
    """The longest piece of a name that stands in a text, if it is long enough; else a text that stands nowhere."""
    for size in range(len(name), SHARED - 1, -1):
        for at in range(len(name) - size + 1):
            if name[at : at + size] in text:
                return name[at : at + size]
    return "\0"


@rule(
    Project,
    "JX705",
    Severity.INFO,
    "W",
    title=("年度目标过短", "Goal too short"),
    zh="年度目标仅 {length} 字",
    en="Goal has only {length} characters",
    why=(
        "本工具约定：年度目标不少于20字，写明任务、数量和效果（财预〔2015〕88号 绩效目标）",
        "Convention of this tool: at least 20 characters, with tasks, quantities and effects (财预〔2015〕88号 on goals)",
    ),
    remedy=("补充任务、数量和预期效果", "Add tasks, quantities and the expected effect"),
    silences=("JX701", "JX704"),
    damaged="some",
)
def goal_too_short(project: Project, ctx: Context) -> Iterator[Hit]:
    """A goal of a few words."""
    length = len(ctx.once(goal_text))
    if 0 < length < SHORTEST:
        yield Hit(project.goal.at, {"length": length}, where=WHERE, value="")


@rule(
    Project,
    "JX706",
    Severity.INFO,
    "W",
    title=("年度目标过长", "Goal too long"),
    zh="年度目标共 {length} 字",
    en="Goal has {length} characters",
    why=("本工具约定：年度目标宜在450字以内", "Convention of this tool: at most 450 characters"),
    remedy=(
        "精简为任务、数量和效果，背景和措施另行说明",
        "Shorten it to tasks, quantities and effects; state background and measures elsewhere",
    ),
    damaged="some",
)
def goal_too_long(project: Project, ctx: Context) -> Iterator[Hit]:
    """A goal of pages."""
    length = len(ctx.once(goal_text))
    if length > LONGEST:
        yield Hit(project.goal.at, {"length": length}, where=WHERE, value="")


@rule(
    Project,
    "JX707",
    Severity.INFO,
    "X",
    title=("目标仅为资金说明", "Goal is only budget note"),
    zh="年度目标仅有资金安排，缺少工作内容",
    en="Goal is only a note on the money",
    why=(
        "财预〔2015〕88号 绩效目标：包括预期产出和预期效果",
        "财预〔2015〕88号 on goals: a goal has expected output and expected effect",
    ),
    remedy=(
        "改为拟完成的工作和效果，如“保障2个站点正常运转，服务居民6000人次”",
        "Write work and effect, such as `保障2个站点正常运转，服务居民6000人次`",
    ),
    silences=("JX701", "JX704", "JX705"),
    damaged="some",
)
def goal_is_budget_note(project: Project, ctx: Context) -> Iterator[Hit]:
    """A short goal with an amount and without a word of work or several figures of other things."""
    text = ctx.once(goal_text)
    if not (0 < len(text) < NOTE and AMOUNT.search(text)) or ctx.lists.holds("work_words", text):
        return
    others = [one for one in ctx.quantities(project.goal.text) if one.unit not in MONEY]
    if len(others) < WORK:
        yield Hit(project.goal.at, where=WHERE, value="")
