"""JX710–JX712: rows that say the same, and parts beside their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Phrase, Row, likeness, phrase
from ...model import Project
from ...values.targets import HIGH, LOW
from ..base import Context, rule
from ..glance import annual

DONE = "完成率"
TASK = deferred.re("完成率|任务|年度")
TIMELY = deferred.re("按期|按时|及时|计划|当期")
ALIKE = 0.8
SIZE = 0.6  # of the longer phrase
SPENT = deferred.re("元$|[价额费]$|%")
SHORTEST = 4  # characters of what is done
PART = "其中"


@rule(
    Project,
    "JX710",
    Severity.INFO,
    "X",
    title=("指标含义重复", "Indicator restated as rate"),
    zh="“{name}”与“{other}”重复",
    en="`{name}` restates `{other}`",
    why=(
        "财预〔2021〕101号 重点突出：同一事项不重复设置指标",
        "财预〔2021〕101号 on focus: one thing has one indicator",
    ),
    remedy=("保留数量指标，删除完成率", "Keep the quantity, and delete the rate"),
    damaged="some",
)
def restated_indicator(project: Project, ctx: Context) -> Iterator[Hit]:
    """The rate of completion of something that another row counts."""
    rows = ctx.once(annual)
    if not any(one.name.endswith(DONE) for one in rows):
        return
    counted = [
        (one, phrase(one.name, ctx.lists))
        for one in rows
        if one.number and not one.rate and not SPENT.search(one.unit or one.name)
    ]
    for one in rows:
        matter = TASK.sub("", one.name)
        if not one.name.endswith(DONE) or TIMELY.search(one.name) or len(matter) < SHORTEST:
            continue
        said = phrase(matter, ctx.lists)
        for other, named in counted:
            if len(said.core) > 2 and _same(said, named):
                words = {**one.words, "other": other.words["name"]}
                at = one.indicator.name.at
                yield Hit(at, words, also=(other.indicator.name.at,), where=one.indicator.where)
                break


def _same(said: Phrase, named: Phrase) -> bool:
    """Whether two phrases are alike, and neither says much more than the other."""
    sizes = sorted((len(said.core), len(named.core)))
    return sizes[0] >= SIZE * sizes[1] and likeness(said, named) >= ALIKE


@rule(
    Project,
    "JX711",
    Severity.WARNING,
    "K",
    title=("总体指标低于分项", "Overall target below its parts"),
    zh="总体指标“{name}”为“{value}”，低于各分项",
    en="Overall target `{value}` of `{name}` is below all of its parts",
    why=(
        "财预〔2015〕88号 相应匹配：各分项均完成的，总体不低于分项",
        "财预〔2015〕88号 on matching targets: where every part is met, so is the whole",
    ),
    remedy=(
        "核对后统一，总体指标不低于分项的“{least}”",
        "Check, and make them agree: the whole is not below `{least}`",
    ),
    damaged="some",
)
def target_contradiction(project: Project, ctx: Context) -> Iterator[Hit]:
    """All of the tasks, to a smaller share than each of them."""
    rows = [one for one in ctx.once(annual) if one.number is not None and one.unit == "%"]
    for one in rows:
        umbrella = ctx.lists.ends("umbrella_ends", one.name)
        if not umbrella or not ctx.lists.holds("umbrellas", one.name):
            continue
        parts = [
            other
            for other in rows
            if other is not one
            and ctx.lists.ends("part_ends", other.name)
            and not ctx.lists.holds("umbrellas", other.name)
        ]
        if parts and all(_below(one, other) for other in parts):
            also = tuple(other.indicator.target.at for other in parts)
            least = min(parts, key=lambda other: other.number or 0).words["value"]
            words = {**one.words, "least": least}
            yield Hit(one.indicator.target.at, words, also=also, where=one.indicator.where)


def _below(one: Row, other: Row) -> bool:
    return one.number is not None and other.number is not None and one.number < other.number


@rule(
    Project,
    "JX712",
    Severity.ERROR,
    "K",
    title=("分项大于总项", "Part exceeds its whole"),
    zh="“{name}”为“{value}”，大于总项“{whole}”的“{other}”",
    en="Part `{value}` of `{name}` exceeds `{other}` of `{whole}`",
    why=(
        "财预〔2015〕88号 相应匹配：其中项不大于总项",
        "财预〔2015〕88号 on matching targets: a part does not exceed its whole",
    ),
    remedy=("核对总项和其中项，更正有误的一项", "Check whole and part, and correct the wrong one"),
    damaged="some",
)
def part_over_whole(project: Project, ctx: Context) -> Iterator[Hit]:
    """A row 其中 above the row that it is part of."""
    rows = ctx.once(annual)
    for at, one in enumerate(rows):
        if not one.name.startswith(PART) or one.number is None:
            continue
        whole = _whole(one, rows[:at])
        if whole is None or whole.number is None or one.number <= whole.number:
            continue
        words = {**one.words, "whole": whole.words["name"], "other": whole.words["value"]}
        also = (whole.indicator.target.at,)
        yield Hit(one.indicator.target.at, words, also=also, where=one.indicator.where)


def _whole(part: Row, before: Sequence[Row]) -> Row | None:
    """The nearest row above of the same level and unit that is no part, unless the signs differ in direction."""
    for one in reversed(before):
        if one.level2 == part.level2 and one.unit == part.unit and not one.name.startswith(PART):
            opposed = {one.sign, part.sign} & LOW and {one.sign, part.sign} & HIGH
            return None if one.number is None or opposed else one
    return None
