"""JX614: a whole and its parts in one sentence of a goal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ... import deferred
from ...findings import Hit, Severity
from ...meaning import Lists, Quantity
from ...model import Project
from ..base import Context, place, rule
from .amounts import close

SENTENCE = deferred.re("[^。；;\n]+")
LOOSE = deferred.re("等|部分|左右|约|以上|余")


@rule(
    Project,
    "JX614",
    Severity.WARNING,
    "S",
    title=("目标内分项合计不符", "Goal's parts do not sum"),
    zh="“{whole}”与其后各分项之和“{total}”不一致",
    en="`{whole}` is not the sum of its parts, `{total}`",
    why=(
        "财预〔2015〕88号 相应匹配：总数等于各分项之和",
        "财预〔2015〕88号 on matching targets: a total is the sum of its parts",
    ),
    remedy=(
        "核对总数和各分项，更正有误的一项；未列全的写“等”",
        "Check total and parts, and correct the wrong one; where some are left out, add 等",
    ),
    damaged="some",
)
def goal_parts(project: Project, ctx: Context) -> Iterator[Hit]:
    """So many in all, of which so many here and so many there, that are more or less."""
    goal = project.goal
    if not any(word in goal.text for word in ctx.lists.words("part_words")):
        return
    figures = ctx.quantities(goal.text)
    for match in SENTENCE.finditer(goal.text):
        inside = [one for one in figures if match.start() <= one.start and one.end <= match.end()]
        yield from _checked(project, match[0], match.start(), inside, ctx.lists)


def _checked(
    project: Project, sentence: str, start: int, figures: list[Quantity], lists: Lists
) -> Iterator[Hit]:
    marks = [sentence.find(word) for word in lists.words("part_words") if word in sentence]
    if len(marks) != 1 or sentence.count("其中") > 1 or LOOSE.search(sentence):
        return
    at = start + marks[0]
    before = [one for one in figures if one.end <= at]
    if not before or not lists.ends("whole_words", _head(before[-1].before, lists)):
        return
    whole = before[-1]
    parts = [one for one in figures if one.start >= at and one.unit == whole.unit]
    if len(parts) < 2 or any(one.ranged or one.per or one.about for one in (whole, *parts)):
        return
    total = sum((one.number for one in parts), Decimal(0))
    if close(total, whole.number):
        return
    goal = project.goal
    words = {
        "whole": goal.text[whole.start : whole.end].strip(),
        "total": f"{total.normalize():f}{whole.unit}",
    }
    yield Hit(place(goal, whole.start, whole.end), words, where=("年度目标",))


def _head(before: str, lists: Lists) -> str:
    """What stands before a figure, cut behind the last word that means the whole."""
    ends = [before.rfind(word) + len(word) for word in lists.words("whole_words") if word in before]
    return before[: max(ends)] if ends else ""
