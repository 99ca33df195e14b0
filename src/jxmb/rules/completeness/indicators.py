"""JX2: rows of the indicator table that are not whole, too few or too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ... import deferred
from ...findings import Hit, Severity, Words
from ...model import Indicator, Project, Reading
from ...source import Span
from ..base import Context, counted, rule
from ..glance import unsolved

SIGN_ONLY = deferred.re(r"\s*[≥≤><=＞＜＝≧≦⩾⩽》《〉〈]+\s*")
BLANKS = deferred.re(r"[ \r]*+")
DASHES = deferred.re(r"[\s\-—–－─/／_＿]+")
TARGET_AS_NAME = deferred.re(r"\s*[≥≤＞＜><]\s*=?\s*\d")


@rule(
    Indicator,
    "JX221",
    Severity.ERROR,
    "W",
    title=("三级指标名称未填", "Indicator name blank"),
    zh="指标值“{value}”缺少指标名称",
    en="Target `{value}` has no indicator name",
    why=(
        "财预〔2015〕88号 指向明确：指标应明确考核内容；预算管理一体化系统要求填写（财办〔2020〕13号 系统校验）",
        "财预〔2015〕88号 on clear targets: an indicator says what is measured; required by the integrated budget system (财办〔2020〕13号, its checks)",
    ),
    remedy=(
        "补充三级指标名称，如“培训人次”“验收合格率”；未使用的行整行删除",
        "Add the indicator name, such as `培训人次` or `验收合格率`, or delete the row",
    ),
    damaged="some",
    when=lambda ctx: any(_is_none(one.name.text) for one in ctx.project.indicators),
)
def blank_indicator_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A target without a name, in a table that has a column for names."""
    name, target = indicator.name, indicator.target
    if not _is_none(name.text) or _is_none(target.text):
        return  # a row of strokes is not used
    if indicator.scope != "annual" or name.missing or "name" not in ctx.project.columns:
        return
    yield Hit(target.at, {"value": target.text.strip()})


def _is_none(text: str) -> bool:
    """Whether nothing is written, or strokes only."""
    return not text.strip() or DASHES.fullmatch(text) is not None


@rule(
    Indicator,
    "JX222",
    Severity.ERROR,
    "W",
    title=("指标值未填", "Target blank"),
    zh="“{name}”的指标值未填写",
    en="Missing target for `{name}`",
    why=(
        "财预〔2015〕88号 细化量化：指标值应可衡量；预算管理一体化系统要求填写（财办〔2020〕13号 系统校验）",
        "财预〔2015〕88号 on measurable targets; required by the integrated budget system (财办〔2020〕13号, its checks)",
    ),
    remedy=(
        "填写指标值，如“≥200人次”“≥95%”“2025年11月底前”；不考核的指标整行删除",
        "Write a target, such as `≥200人次`, `≥95%` or `2025年11月底前`, or delete the row",
    ),
    silences=("JX315",),
    damaged="some",
    when=lambda ctx: any(_is_open(one.target.text) for one in ctx.project.indicators),
)
def blank_target(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A named indicator with a blank target, or with a sign and nothing after it.

    A target in the place of the name shows a row that was read wrongly, not a blank one.
    """
    columns = ctx.project.columns
    name, target = indicator.name, indicator.target
    if not _is_open(target.text) or not name.text.strip() or indicator.scope != "annual":
        return
    if TARGET_AS_NAME.match(name.text) or (columns and "target" not in columns):
        return
    at = name.at if target.missing or not target.spans else target.at
    if not _lost(indicator, ctx) and not unsolved(ctx, at):
        yield Hit(at, {"name": name.text.strip()}, value="")


def _is_open(text: str) -> bool:
    """Whether a target is blank, or but a sign."""
    return not text.strip() or SIGN_ONLY.fullmatch(text) is not None


def _lost(indicator: Indicator, ctx: Context) -> bool:
    """Whether the line ends with a middle-term target, without even a blank cell for the annual one.

    Tools that print equal neighbours once leave one of two equal targets out.
    """
    return bool(ctx.once(_last_in_line).get(indicator.at, set()) - {indicator.scope})


def _last_in_line(ctx: Context) -> dict[Span, set[str]]:
    """Of each row of the form, the scopes of the targets behind which nothing stands."""
    found: dict[Span, set[str]] = defaultdict(set)
    for one in ctx.project.indicators:
        if one.target.text and _ends_line(one.target.spans[-1]):
            found[one.at].add(one.scope)
    return found


def _ends_line(at: Span) -> bool:
    """Whether only blanks stand behind a place on its line."""
    end = at.source.line(at.line).end
    return BLANKS.fullmatch(at.source.text, at.end, max(at.end, end)) is not None


@rule(
    Project,
    "JX223",
    Severity.INFO,
    "W",
    title=("二级指标下无内容", "Empty level-2 indicator"),
    zh="“{level}”下未设三级指标",
    en="No indicators under `{level}`",
    why=(
        "财预〔2015〕88号 完整性审核：内容应完整，不适用与漏填应可区分",
        "财预〔2015〕88号 on completeness: what does not apply must differ from what was omitted",
    ),
    remedy=(
        "补充三级指标和指标值；不适用的，删除本行",
        "Add an indicator and its target, or delete the row if it does not apply",
    ),
    damaged="some",
)
def empty_level2(project: Project, ctx: Context) -> Iterator[Hit]:
    """A 二级指标 that is printed with nothing beside it."""
    for level in project.empty_levels:
        label = "".join(level.text.split())
        if label:
            yield Hit(level.at, {"level": label}, where=(label,))


@rule(
    Project,
    "JX224",
    Severity.WARNING,
    "W",
    title=("指标数量过少", "Too few indicators"),
    zh="{indicators}，少于 {least} 个",
    en="{indicators}, expected at least {least}",
    why=(
        "财预〔2015〕88号 指标体系：产出、效益、满意度均应设指标；最少个数为本工具约定",
        "财预〔2015〕88号 on indicators: output, benefit and satisfaction each have one; the minimum is a convention of this tool",
    ),
    remedy=(
        "按产出（数量、质量、时效、成本）、效益、满意度补充核心指标",
        "Add the key indicators of output (数量, 质量, 时效, 成本), benefit and satisfaction",
    ),
    damaged="some",
)
def too_few_indicators(project: Project, ctx: Context) -> Iterator[Hit]:
    """Fewer indicators than the limit, in a form that was read to its end."""
    count = sum(bool(one.name.text.strip()) for one in project.annual)
    unread = not project.indicators and bool(project.fallen_out)
    if count >= ctx.limits.fewest_indicators or project.truncated is not None or unread:
        return
    some = counted(count, "个", "indicator", "indicators")
    found = Words(f"三级指标仅 {some.zh}", f"Only {some.en}")
    words = {
        "indicators": found if count else Words("未设三级指标", "No indicators"),
        "least": ctx.limits.fewest_indicators,
    }
    severity = (
        None if project.columns else Severity.INFO
    )  # perhaps only the table was not known as one
    yield Hit(project.at, words, severity=severity, where=("三级指标",), value="")


@rule(
    Project,
    "JX225",
    Severity.INFO,
    "W",
    title=("指标数量过多", "Too many indicators"),
    zh="{where}三级指标 {count} 个，多于 {most} 个",
    en="{count} indicators {where}, expected at most {most}",
    why=(
        "财预〔2021〕101号 重点突出：指标应少而精；个数上限为本工具约定",
        "财预〔2021〕101号 on focus: indicators should be few and central; the maximum is a convention of this tool",
    ),
    remedy=(
        "保留反映项目核心内容的指标，其余合并或删除",
        "Keep the indicators of the core of the project; merge or delete the others",
    ),
    damaged="some",
)
def too_many_indicators(project: Project, ctx: Context) -> Iterator[Hit]:
    """More indicators than the limits, in the whole form or under one 二级指标."""
    rows = project.annual
    most = ctx.limits.most_indicators
    if len(rows) > most:
        words = {"where": Words("全表", "in the form"), "count": len(rows), "most": most}
        yield Hit(project.at, words, where=("三级指标",), value="")
    groups: defaultdict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for one in rows:
        groups[_name(one.level1), _name(one.level2)].append(one)
    most = ctx.limits.most_per_level2
    for (level1, level2), found in groups.items():
        if level2 and len(found) > most:
            words = {
                "where": Words(f"“{level2}”下", f"under `{level2}`"),
                "count": len(found),
                "most": most,
            }
            yield Hit(found[0].level2.at, words, where=(level1, level2), value="")


def _name(level: Reading[str]) -> str:
    return level.value or "".join(level.text.split())
