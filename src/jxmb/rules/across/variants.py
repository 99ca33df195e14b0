"""JX904–JX906: departments, layouts and units that vary within one submission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby, islice
from operator import itemgetter
from pathlib import PurePath
from typing import NamedTuple

from ... import deferred
from ...findings import Hit, Severity, Words
from ...meaning import same_unit
from ...model.facts import Fact, Facts
from ...source import Place
from ...spool import ordered
from ...values import fold
from ...values.units import COUNTS, MEASURES, MONEY, TIMES
from ..base import Context, rule
from . import groups

BRACKETED = deferred.re(r"\([^()]*\)|\[[^\[\]]*\]|^[\d\s-]+")
CODE = deferred.re(r"^(?:\[\d+\]|\(\d+\)|\d+)[\s-]*|[\s-]*(?:\[\d+\]|\(\d+\))$")  # 主管部门及代码
OFFICIAL = deferred.re(
    "重点专项|一般性|整体|转移支付|基本建设"
)  # kinds of project with a form of their own
PLACE = deferred.re("(?:省|市|区|县|州|盟|旗|镇|乡|自治区)$")
SUBUNIT = deferred.re("(?:站|所|队|中心|分局)$")
KIND = deferred.re("绩效(?:目标)?(?:申报|批复|自评|评价)?表")
KINDS = tuple(map(frozenset, (COUNTS, MEASURES, MONEY, TIMES)))
PEOPLE = frozenset(("人", "名", "人次"))
SHORTEST = 3  # characters of a department's name
LONGEST = 30  # of a place before it


@rule(
    Facts,
    "JX904",
    Severity.INFO,
    "G",
    title=("单位名称不统一", "Department named differently"),
    zh="同一单位写作“{first}”和“{second}”",
    en="Department under two names: `{first}` and `{second}`",
    why=(
        "财预〔2015〕88号 申报表填报说明：主管部门填写全称",
        "财预〔2015〕88号, notes to the form: departments have their full name",
    ),
    remedy=("统一填写全称", "Use the full name"),
)
def department_name_variants(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """One name that is another without its place or its bracket."""
    firsts: dict[str, int] = {}
    for number, one in enumerate(facts):
        name = CODE.sub("", fold(one.department))
        if len(name) >= SHORTEST:
            firsts.setdefault(name, number)
    bare: dict[str, str] = {}
    for name in firsts:
        other = bare.setdefault(BRACKETED.sub("", name) or name, name)
        if other == name:
            other = next((one for one in _without_place(name) if one in firsts), name)
        if other != name and not SUBUNIT.search(name) and not SUBUNIT.search(other):
            one, two = facts[firsts[name]], facts[firsts[other]]
            words = {"first": two.department, "second": one.department}
            yield _hit(one, words, (two.place,), one.department)


def _hit(one: Fact, words: Mapping[str, object], also: tuple[Place, ...], value: str) -> Hit:
    """A finding at the head of a form."""
    return Hit(one.place, words, also=also, value=value, project=one.project)


def _without_place(name: str) -> Iterator[str]:
    """What is left of a name without a place at its head."""
    for at in range(2, min(LONGEST, len(name) - SHORTEST) + 1):
        if PLACE.search(name, 0, at):
            yield name[at:]


@rule(
    Facts,
    "JX905",
    Severity.INFO,
    "G",
    title=("表式不统一", "Different form layouts"),
    zh="同一批申报使用 {count} 种表式（{forms}）",
    en="{count} form layouts in one submission: {forms}",
    why=(
        "财预〔2015〕88号 申报表：使用统一的表样",
        "财预〔2015〕88号, the form: one layout for all",
    ),
    remedy=("统一为本级财政部门印发的表样", "Use the form issued by your finance department"),
)
def layout_variants(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """Several titles or headers of one department's forms of one year in one folder."""
    signed = ((number, one) for number, one in enumerate(facts) if one.department)
    for group in groups.by(signed, _submission):
        titles, heads = _layouts(facts[one] for one in group)
        varied = titles if len(titles) > 1 else heads
        if len(varied) > 1:
            first, *others = varied.values()
            words = {"count": len(varied), "forms": _told_apart(varied)}
            yield _hit(first, words, tuple(one.place for one in others), first.title)


def _submission(one: Fact) -> Iterable[object]:
    """What forms of one layout have in common."""
    folder = PurePath(one.place.path).parent
    return folder, one.department, one.year, one.layout, OFFICIAL.findall(one.title)


def _layouts(group: Iterable[Fact]) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """The first form of each title, and of each row of headers."""
    titles: dict[str, Fact] = {}
    heads: dict[str, Fact] = {}
    for one in group:
        if title := _kind_of_title(one.title):
            titles.setdefault(title, one)
        if one.heads:
            heads.setdefault(one.heads, one)
    return titles, heads


def _told_apart(varied: Iterable[str]) -> Words:
    """What only one or some of the layouts have: “年度指标值”“指标值”."""
    split = [said.split(" ") for said in varied]
    shared = set.intersection(*map(set, split))
    own = [" ".join(word for word in words if word not in shared) or words[-1] for words in split]
    names = sorted(set(own))
    return Words("".join(f"“{one}”" for one in names), ", ".join(f"`{one}`" for one in names))


def _kind_of_title(title: str) -> str:
    """What a form is called, whosever it is."""
    match = KIND.search(fold(title))
    return match[0] if match else ""


@rule(
    Facts,
    "JX906",
    Severity.INFO,
    "X",
    title=("同名指标单位不一", "Same indicator, other units"),
    zh="“{name}”在不同项目中的单位为“{first}”和“{second}”",
    en="`{name}` has the units `{first}` and `{second}`",
    why=(
        "本工具约定：同一部门的同名指标使用同一单位",
        "Convention of this tool: an indicator has one unit within a department",
    ),
    remedy=("统一计量单位", "Use one unit"),
)
def same_indicator_other_unit(facts: Facts, ctx: Context) -> Iterator[Hit]:
    """One name of one department, counted in two units of one kind."""
    signed = ((number, one) for number, one in enumerate(facts) if one.department)
    for group in groups.by(signed, lambda one: (one.department,)):
        for one, first in ordered(_others(_counts(facts, group))):
            fact, other = facts[one.form], facts[first.form]
            words = {"name": one.name, "first": first.unit, "second": one.unit}
            yield replace(_hit(fact, words, (other.place,), one.name), where=(one.name,))


class _Count(NamedTuple):
    """What an indicator counts in: the number of its form, its own there, its name and unit."""

    form: int
    number: int
    name: str
    unit: str


def _counts(facts: Facts, group: Iterable[int]) -> Iterator[tuple[str, _Count]]:
    """The indicators of forms that have a unit, under their folded names."""
    for form in group:
        for number, (name, unit) in enumerate(facts[form].counted):
            yield fold(name), _Count(form, number, name, unit)


def _others(counts: Iterable[tuple[str, _Count]]) -> Iterator[tuple[_Count, _Count]]:
    """The first of each name that counts in another unit than the first form with it, and that one."""
    for _, group in groupby(ordered(counts), itemgetter(0)):
        (_, first), *rest = group
        differ = (
            one for _, one in rest if one.form != first.form and _differ(first.unit, one.unit)
        )
        yield from ((one, first) for one in islice(differ, 1))


def _differ(one: str, other: str) -> bool:
    one, other = same_unit(one), same_unit(other)
    if one == other or {one, other} <= PEOPLE:
        return False
    return any(one in kind and other in kind for kind in KINDS[:2])
