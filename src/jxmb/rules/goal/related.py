"""JX710–JX712: rows that say the same, and parts beside their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import lazy
from ...findings import Hit, Severity
from ...meaning import Row, likeness, phrase
from ...model import Project
from ..base import Context, rule

DONE = "完成率"
TASK = lazy.re("完成率|任务|年度")
TIMELY = lazy.re("按期|按时|及时|计划|当期")
ALIKE = 0.8
SHORTEST = 4  # characters of what is done
PART = "其中"
LOW, HIGH = frozenset("≥>"), frozenset("≤<")


def _judged(ctx: Context) -> list[Row]:
    return [row for one in ctx.project.annual if (row := ctx.judged(one)) is not None]


@rule(
    Project,
    "JX710",
    Severity.INFO,
    "X",
    title=("指标含义重复", "Indicator restated as rate"),
    zh="“{name}”与“{other}”重复",
    en="`{name}` restates `{other}`",
    why=(
        "数量指标已经考核完成多少，完成率是同一件事（财预〔2015〕88号 指标精简）",
        "the quantity already says how much is done, and its rate is the same thing (财预〔2015〕88号 on few indicators)",
    ),
    remedy=("保留数量指标，删去完成率", "Keep the quantity, and delete the rate"),
    damaged="some",
)
def restated_indicator(project: Project, ctx: Context) -> Iterator[Hit]:
    """The rate of completion of something that another row counts."""
    rows = _judged(ctx)
    counted = [
        (one, phrase(one.name, ctx.lists))
        for one in rows
        if one.number and not one.rate and not one.unit.endswith("元")
    ]
    for one in rows:
        matter = TASK.sub("", one.name)
        if not one.name.endswith(DONE) or TIMELY.search(one.name) or len(matter) < SHORTEST:
            continue
        said = phrase(matter, ctx.lists)
        for other, named in counted:
            if len(said.core) > 2 and likeness(said, named) >= ALIKE:
                words = {**one.words, "other": other.words["name"]}
                at = one.indicator.name.at
                yield Hit(at, words, also=(other.indicator.name.at,), where=one.indicator.where)
                break


@rule(
    Project,
    "JX711",
    Severity.WARNING,
    "K",
    title=("总体指标低于分项", "Overall target below its parts"),
    zh="总体指标“{name}”为“{value}”，低于各分项",
    en="Overall target `{value}` of `{name}` is below all of its parts",
    why=(
        "各分项都完成，总体不会更低（财预〔2015〕88号 相应匹配）",
        "where every part is done the whole is not less (财预〔2015〕88号 on matching targets)",
    ),
    remedy=("核对后统一，如“=100%”", "Check, and make them agree, such as =100%"),
    damaged="some",
)
def target_contradiction(project: Project, ctx: Context) -> Iterator[Hit]:
    """All of the tasks, to a smaller share than each of them."""
    rows = [one for one in _judged(ctx) if one.number is not None and one.unit == "%"]
    for one in rows:
        if not ctx.lists.holds("umbrellas", one.name) or not ctx.lists.ends(
            "umbrella_ends", one.name
        ):
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
            yield Hit(one.indicator.target.at, one.words, also=also, where=one.indicator.where)


def _below(one: Row, other: Row) -> bool:
    return one.number is not None and other.number is not None and one.number < other.number


@rule(
    Project,
    "JX712",
    Severity.ERROR,
    "K",
    title=("分项大于总项", "Part exceeds its whole"),
    zh="“{name}”为“{value}”，大于总项“{whole}”的“{other}”",
    en="Target `{value}` of the part `{name}` exceeds `{other}` of its whole `{whole}`",
    why=(
        "其中项是总项的一部分，不会更大（财预〔2015〕88号 相应匹配）",
        "a part is not more than its whole (财预〔2015〕88号 on matching targets)",
    ),
    remedy=("核对总项和其中项，改正写错的一个", "Check whole and part, and correct the wrong one"),
    damaged="some",
)
def part_over_whole(project: Project, ctx: Context) -> Iterator[Hit]:
    """A row 其中 above the row that it is part of."""
    rows = _judged(ctx)
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
