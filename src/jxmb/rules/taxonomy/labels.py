"""JX401, JX402, JX404: the labels of the tree that a form prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from ... import deferred, labels
from ...findings import Hit, Severity, Words
from ...model import Indicator, Project, Reading
from ..base import Context, rule

TAIL = deferred.re(r"(?:类|性)?(?:绩效)?(?:指标|目标)$")
COST = "成本指标"
COSTS = frozenset(("经济成本指标", "社会成本指标", "生态环境成本指标"))
LASTING = "可持续影响指标"
OUTPUT = "产出指标"
LONGEST = 12  # Han characters: what is longer is no label
Known = Callable[[str, str], bool]


def core(label: Reading[str]) -> str:
    """A level label without numbering, points, brackets, 指标 and 目标."""
    return TAIL.sub("", labels.bare(label.text))


@rule(
    Project,
    "JX401",
    Severity.WARNING,
    "X",
    title=("一级指标名称不规范", "Unknown level-1 label"),
    zh="一级指标“{label}”不在指标体系内",
    en="Unknown level-1 label `{label}`",
    why=(
        "财预〔2015〕88号、财预〔2021〕101号 指标体系：一级指标为产出、效益、满意度和成本",
        "财预〔2015〕88号 and 财预〔2021〕101号 on the tree of indicators: level 1 is 产出, 效益, 满意度 or 成本",
    ),
    remedy=(
        "改为“产出指标”“效益指标”“满意度指标”或“成本指标”",
        "Use `产出指标`, `效益指标`, `满意度指标` or `成本指标`",
    ),
    damaged="some",
)
def unknown_level1(project: Project, ctx: Context) -> Iterator[Hit]:
    """A printed level 1 that belongs to no tree, central or local; once a label."""
    if "level2" not in project.columns:
        return
    for label in _unknown(project, "level1", lambda word, _: _is_level1(word, ctx)):
        yield Hit(label.at, {"label": label.text.strip()}, where=(label.text.strip(),))


def _is_level1(word: str, ctx: Context) -> bool:
    lists = ctx.lists
    return (
        lists.has("level1", word)
        or lists.has("local_level1", word)
        or lists.begins("level1_begins", word)
    )


@rule(
    Project,
    "JX402",
    Severity.WARNING,
    "X",
    title=("二级指标名称不规范", "Unknown level-2 label"),
    zh="二级指标“{label}”不在指标体系内",
    en="Unknown level-2 label `{label}`",
    why=(
        "财预〔2015〕88号、财预〔2021〕101号 指标体系：二级指标为数量、质量、时效、成本和各类效益、满意度",
        (
            "财预〔2015〕88号 and 财预〔2021〕101号 on the tree of indicators: level 2 is quantity, quality, timeliness, "
            "cost and the kinds of benefit and satisfaction"
        ),
    ),
    remedy=(
        "按考核内容改为指标体系内的二级指标，如“质量指标”",
        "Use the level 2 of the tree that fits, such as `质量指标`",
    ),
    damaged="some",
)
def unknown_level2(project: Project, ctx: Context) -> Iterator[Hit]:
    """A printed level 2 that belongs to no tree, in a form most of whose rows have one that does; once a label."""
    known = sum(one.level2.value is not None for one in project.indicators)
    if not known or 2 * known < len(project.indicators):
        return
    for label in _unknown(project, "level2", lambda word, over: _is_level2(word, over, ctx)):
        yield Hit(label.at, {"label": label.text.strip()}, where=(label.text.strip(),))


def _is_level2(word: str, over: str, ctx: Context) -> bool:
    lists = ctx.lists
    return (
        lists.has("local_level1", over)
        or lists.has("level2", word)
        or lists.has("local_level2", word)
        or lists.holds("level2_holds", word)
    )


def _unknown(project: Project, level: str, known: Known) -> Iterator[Reading[str]]:
    """The labels of a level, each once, that neither the reader nor a list knows."""
    seen: set[str] = set()
    for one in project.indicators:
        label: Reading[str] = getattr(one, level)
        if label.missing or label.value:
            continue
        word = core(label)
        if not word or word in seen or len(word) > LONGEST:
            continue
        seen.add(word)
        if labels.find(label.text) or known(word, core(one.level1)) or _is_torn(word):
            continue
        yield label


@cache
def _is_torn(word: str) -> bool:
    """Whether a word is a known label of which characters were lost in reading: 益, 社益, 效指."""
    known = (*labels.LEVEL1, *labels.LEVEL2)
    return any(_holds_in_order(label, word) for label in known)


def _holds_in_order(label: str, word: str) -> bool:
    letters = iter(label)
    return all(letter in letters for letter in word)


@rule(
    Project,
    "JX404",
    Severity.INFO,
    "X",
    title=("新旧指标体系混用", "Two taxonomies mixed"),
    zh="{new}与{old}分属新旧两套指标体系",
    en="Different trees of indicators: {new} and {old}",
    why=(
        "财预〔2021〕101号 指标体系：成本为一级指标；财预〔2015〕88号 指标体系：成本列在产出下，可持续影响列在效益下",
        "财预〔2021〕101号 has 成本 as level 1; 财预〔2015〕88号 has it under 产出, and 可持续影响 under 效益",
    ),
    remedy=("按所用表样统一为一套指标体系", "Use the tree of the form throughout"),
    damaged="some",
)
def mixed_taxonomies(project: Project, ctx: Context) -> Iterator[Hit]:
    """Cost both as level 1 and under output, or the costs of the new tree beside the lasting effect of the old."""
    rows = project.annual
    level1s = {one.level1.value for one in rows}
    level2s = {one.level2.value for one in rows}
    twice = COST in level1s and COST in level2s
    if not twice and (LASTING not in level2s or COSTS.isdisjoint(level2s)):
        return
    if any(ctx.lists.has("local_level1", core(one.level1)) for one in project.indicators):
        return
    new = next((one for one in rows if one.level1.value == COST), None)
    under = next((one for one in rows if _costs_output(one)), None)
    if new is not None and under is not None:
        yield _mixed(
            new.level1,
            under.level2,
            Words(f"一级指标“{COST}”", f"level 1 `{COST}`"),
            Words(f"“{OUTPUT} › {COST}”", f"`{OUTPUT} › {COST}`"),
            f"{OUTPUT} › {COST}",
        )
        return
    new = next((one for one in rows if one.level2.value in COSTS), None)
    old = next((one for one in rows if one.level2.value == LASTING), None)
    if new is not None and old is not None:
        cost = new.level2.value
        yield _mixed(
            new.level2,
            old.level2,
            Words(f"“{cost}”", f"`{cost}`"),
            Words(f"“{LASTING}”", f"`{LASTING}`"),
            LASTING,
        )


def _costs_output(one: Indicator) -> bool:
    return one.level1.value == OUTPUT and one.level2.value == COST


def _mixed(new: Reading[str], old: Reading[str], named: Words, other: Words, where: str) -> Hit:
    return Hit(old.at, {"new": named, "old": other}, also=(new.at,), where=(where,))
