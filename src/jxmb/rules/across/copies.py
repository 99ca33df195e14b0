"""JX901–JX903, JX907: projects filed twice, cloned, or split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ...findings import Hit, Severity, Words
from ...model.facts import Fact, Facts
from ...values import fold
from ..base import Context, rule
from . import groups

CLONED = 0.8  # share of indicators in common
FEWEST = 3  # indicators in common, and projects of a split
SHORTEST = 15  # characters of a goal
HALF = 0.5
FIFTH = Decimal("0.2")
LISTED = 5  # names in a message


def _hit(facts: Facts, group: Sequence[int]) -> Hit:
    """One finding for a group: at the first form, with the others as related places."""
    first, also = facts[group[0]], tuple(facts[one].named for one in group[1:])
    words = {"count": len(group), "names": _names(facts[one].project for one in group)}
    return Hit(first.named, words, also=also, value=first.project, project=first.project)


def _names(projects: Iterable[str]) -> Words:
    """The names of the first projects of a group, each once."""
    names = list(dict.fromkeys(projects))
    more = Words("等", ", …") if len(names) > LISTED else Words("", "")
    zh = "".join(f"“{name}”" for name in names[:LISTED])
    return Words(zh + more.zh, ", ".join(f"`{name}`" for name in names[:LISTED]) + more.en)


def duplicates(ctx: Context) -> list[list[int]]:
    """Forms that file the same project twice."""
    named = ((number, one) for number, one in enumerate(ctx.facts) if fold(one.project))
    same = (_same(ctx.facts, group) for group in groups.by(named, _filed))
    return [group for group in same if len(group) > 1]


def _filed(one: Fact) -> Iterable[object]:
    """What is filed; a project's 自评表 is no second 目标表."""
    return one.project, one.year, one.department, one.implementer, one.layout == "evaluation"


def _same(facts: Facts, group: Sequence[int]) -> list[int]:
    """The first of a group with those that want the same."""
    first = facts[group[0]]
    alike = _equal_in_part if first.implementer else _equal
    return [group[0], *(one for one in group[1:] if alike(first, facts[one]))]


def _equal_total(one: Fact, other: Fact) -> bool:
    return one.total is not None and one.total == other.total


def _equal_goal(one: Fact, other: Fact) -> bool:
    return one.goal is not None and one.goal == other.goal


def _equal_in_part(one: Fact, other: Fact) -> bool:
    return _equal_total(one, other) or _equal_goal(one, other)


def _equal(one: Fact, other: Fact) -> bool:
    return _equal_total(one, other) and _equal_goal(one, other) and one.keys == other.keys


def _without_duplicates(ctx: Context) -> Iterator[tuple[int, Fact]]:
    """The facts with their numbers, each duplicate but the first left out."""
    again = {number for group in ctx.once(duplicates) for number in group[1:]}
    return ((number, one) for number, one in enumerate(ctx.facts) if number not in again)


@rule(
    Facts,
    "JX901",
    Severity.ERROR,
    "W",
    title=("项目重复申报", "Project filed twice"),
    zh="项目{names}重复申报，共 {count} 份",
    en="Project {names} was submitted {count} times",
    why=(
        "本工具约定：一批申报中，一个项目一份表",
        "Convention of this tool: one form per project in a submission",
    ),
    remedy=("保留一份，删除其余", "Keep one, and remove the others"),
)
def duplicate_project(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """The same name, year, department and implementer, with the same total or goal."""
    for group in ctx.once(duplicates):
        yield _hit(facts, group)


@rule(
    Facts,
    "JX902",
    Severity.WARNING,
    "X",
    title=("不同项目指标雷同", "Indicators cloned across projects"),
    zh="{names}共 {count} 个项目的指标雷同",
    en="{count} projects share their indicators: {names}",
    why=(
        "财预〔2015〕88号 指向明确：指标应反映本项目；八成相同为本工具约定",
        "财预〔2015〕88号 on clear aims: indicators are those of the project; 80% is a convention of this tool",
    ),
    remedy=("按各项目内容分别设置指标", "Give each project its own indicators"),
)
def cloned_indicators(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """Projects of other names with four in five indicators in common, values and all."""
    for group in ctx.once(cloned):
        yield _hit(facts, group)


def cloned(ctx: Context) -> list[list[int]]:
    """Groups of projects whose indicators were copied, one form a programme."""
    facts, found = ctx.facts, []
    for year in groups.by(_without_duplicates(ctx), lambda one: (one.year,)):
        for group in groups.alike(facts, year, CLONED, FEWEST):
            others = groups.unlike(facts, groups.in_order(facts, group))
            if len(others) > 1:
                found.append(others)
    return sorted(found, key=lambda group: groups.place(facts[group[0]]))


@rule(
    Facts,
    "JX903",
    Severity.WARNING,
    "X",
    title=("不同项目目标雷同", "Goal cloned across projects"),
    zh="{names}共 {count} 个项目的年度目标相同",
    en="{count} projects share a goal: {names}",
    why=(
        "财预〔2015〕88号 指向明确：目标应反映本项目",
        "财预〔2015〕88号 on clear aims: a goal is that of the project",
    ),
    remedy=("按各项目内容分别填写目标", "Write a goal for each project"),
)
def cloned_goal(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """One goal text in projects of other names."""
    long = (pair for pair in _without_duplicates(ctx) if pair[1].goal_length >= SHORTEST)
    for group in groups.by(long, lambda one: (one.goal,)):
        others = groups.unlike(facts, group)
        if len(others) > 1:
            yield _hit(facts, others)


@rule(
    Facts,
    "JX907",
    Severity.INFO,
    "S",
    title=("项目疑似拆分", "Project possibly split"),
    zh="{names}共 {count} 个项目疑似由一个项目拆分",
    en="{count} projects may be one that was split: {names}",
    why=(
        "财预〔2015〕88号 适当性审核：资金与目标相匹配，同一对象、同类内容宜合并申报",
        "财预〔2015〕88号 on adequacy: money matches targets; one group and matter is one project",
    ),
    remedy=("核实后合并为一个项目，或说明分设理由", "Check, and merge them or give the reason"),
)
def split_project(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """Three projects or more of one department for one group of people, half of whose indicators are equal."""
    taken = {number for group in ctx.once(cloned) for number in group}
    rest = (
        (number, one)
        for number, one in _without_duplicates(ctx)
        if number not in taken and one.department
    )
    for year in groups.by(rest, lambda one: (one.department, one.year)):
        for group in groups.alike(facts, year, HALF, 1):
            split = _split(facts, groups.unlike(facts, groups.in_order(facts, group)))
            if split:
                yield _hit(facts, split)


def _split(facts: Facts, group: Iterable[int]) -> list[int]:
    """Those of a group that are alike by pairs and serve the same people, if they are enough and one is small."""
    found: dict[int, Fact] = {}
    for number in group:
        one = facts[number]
        if all(_pairwise(one, other) for other in found.values()) and one.served:
            found[number] = one
    totals = [one.total for one in found.values() if one.total is not None]
    if len(found) < FEWEST or len(totals) < len(found):
        return []
    return list(found) if min(totals) < FIFTH * sum(totals) else []


def _pairwise(one: Fact, other: Fact) -> bool:
    common = len(one.indicators & other.indicators)
    most = max(len(one.indicators), len(other.indicators))
    return bool(one.served & other.served) and common >= HALF * most
