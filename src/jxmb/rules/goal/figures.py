"""JX702, JX703, JX713: the figures of a goal, and those of the indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ... import deferred, policies
from ...findings import Hit, Severity
from ...meaning import Phrase, Quantity, Row, base, likeness, phrase, same_unit
from ...model import Goal, Project
from ...values import fold
from ..base import Context, place, rule
from ..glance import annual

ALIKE = 0.8  # likeness from which on two phrases are about one thing
ABOUT = Decimal("0.05")  # share by which a rounded figure may differ
TOTALS = deferred.re("总|累计|其中")
MONEY = frozenset(("元", "美元"))
SHARES = frozenset(("%", "‰", "百分点", "个百分点"))
WHILES = frozenset(("小时", "天", "课时"))  # 24小时值班 is how, not how much
APART = MONEY | SHARES | WHILES  # no indicator is asked for what is measured in these
DIGITS = deferred.re(r"\d[\d,]{0,40}(?:\.\d{1,40})?")
MOST = 100  # figures of a goal, and rows of one unit, that are compared with each other
TAILS = range(2, 9)  # Han characters behind a figure that a name may end with
PART = 2  # Han characters by which a name says more than the goal


class Counted(NamedTuple):
    """A row with a plain number, in the base of its unit."""

    row: Row
    number: Decimal
    unit: str


def sets(project: Project) -> Iterator[tuple[Goal, str]]:
    """Each goal with the scope of the indicators that belong to it; one text for both sets is that of the year.

    An overall goal beside one of the year is of the middle term.
    """
    seen: set[str] = set()
    annual = any(one.scope == "annual" and one.text.text for one in project.goals)
    wide = {"midterm", "overall"} if annual else {"midterm"}
    for goal in sorted(project.goals, key=lambda one: one.scope in wide):
        text = fold(goal.text.text)
        if text and text not in seen:
            seen.add(text)
            yield goal, "midterm" if goal.scope in wide else "annual"


def _counted(ctx: Context, scope: str) -> list[Counted]:
    """The rows of a set with a plain number."""
    found = []
    for one in ctx.project.indicators:
        row = ctx.judged(one) if one.scope == scope else None
        if row is not None and row.number is not None:
            number, unit = base(row.number, row.unit)
            found.append(Counted(row, number, unit))
    return found


def _noun(one: Quantity, ctx: Context) -> Phrase:
    """What a figure counts: what stands before it; behind it where that is nothing, or but a verb.

    Of a verb that says something itself both are what it counts: 覆盖112个行政村.
    """
    name = fold(ctx.project.project_name.text)
    before = phrase(one.before, ctx.lists, name)
    if len(before.core) < 2:
        return phrase(one.behind, ctx.lists, name)
    if before.short and one.behind:
        return phrase(one.before + one.behind, ctx.lists, name)
    return before


def _matter(row: Row, unit: str, ctx: Context) -> Phrase:
    """What a row counts: its name without the measure at its end (期数, 面积)."""
    name = fold(ctx.project.project_name.text)
    return phrase(row.name.removesuffix(f"{unit}数") or row.name, ctx.lists, name)


@rule(
    Project,
    "JX702",
    Severity.WARNING,
    "X",
    title=("目标与指标数值不符", "Goal and indicator disagree"),
    zh="指标“{name}”的指标值“{value}”与年度目标“{stated}”不一致",
    en="Target `{value}` of `{name}` differs from `{stated}` in the goal",
    why=(
        "财预〔2015〕88号 相应匹配：指标应与年度目标一致",
        "财预〔2015〕88号 on matching targets: indicators agree with the goal",
    ),
    remedy=("核对后统一数值", "Check, and use one number"),
    silences=("JX703", "JX713"),
    damaged="some",
)
def goal_indicator_conflict(project: Project, ctx: Context) -> Iterator[Hit]:
    """A figure of the goal, and a row about the same thing with another."""
    for goal, scope in sets(project):
        rows: dict[str, list[Counted]] = defaultdict(list)
        for counted in _counted(ctx, scope):
            rows[counted.unit].append(counted)
        figures = ctx.quantities(goal.text.text)[:MOST]
        for one in figures:
            best = _best(one, rows[one.unit][:MOST], figures, ctx)
            if best is None:
                continue
            row, equal = best
            words = {**row.words, "stated": goal.text.text[one.start : one.end].strip()}
            yield Hit(
                row.indicator.target.at,
                words,
                also=(place(goal.text, one.start, one.end),),
                severity=Severity.ERROR if equal else None,
                where=row.indicator.where,
            )


def _best(
    one: Quantity, same: Sequence[Counted], figures: Sequence[Quantity], ctx: Context
) -> tuple[Row, bool] | None:
    """The row of the same unit that is most like what a figure counts, if it contradicts it, and whether the phrases are equal."""
    if one.unit in SHARES or one.ranged or one.per:
        return None
    if not same or any(other.number == one.number for other in same):
        return None
    noun = _noun(one, ctx)
    letters = frozenset(noun.core)
    shared = [other for other in same if not letters.isdisjoint(other.row.name)]
    if not shared:  # not one character of it is in a name
        return None
    named = [(_matter(other.row, other.unit, ctx), other) for other in shared]
    rated = [(likeness(noun, matter), matter, other) for matter, other in named]
    rate, matter, best = max(rated, key=lambda one: one[0])
    if rate < ALIKE or not _contradicts(one, best, figures):
        return None
    if best.number < one.number and _is_part(matter, noun):
        return None
    return best.row, noun.core == matter.core


def _is_part(matter: Phrase, noun: Phrase) -> bool:
    """Whether a row is about some of what a figure counts: 特困人员集中供养人数 of 特困人员1100人."""
    return len(matter.core) >= len(noun.core) + PART and noun.core in matter.core


def _contradicts(one: Quantity, other: Counted, figures: Sequence[Quantity]) -> bool:
    if one.sign in ("≥", ">") and other.number >= one.number:
        return False
    if one.sign in ("≤", "<") and other.number <= one.number:
        return False
    if one.about and abs(one.number - other.number) <= ABOUT * one.number:
        return False
    if bool(TOTALS.search(one.before)) != bool(TOTALS.search(other.row.name)):
        return False
    return not _is_sum(other.number, [each.number for each in figures if each.unit == one.unit])


def _is_sum(number: Decimal, numbers: Sequence[Decimal]) -> bool:
    """Whether a number is the sum of neighbours."""
    for start in range(len(numbers)):
        total = numbers[start]
        for further in numbers[start + 1 :]:
            total += further
            if total == number:
                return True
            if total > number:
                break
    return False


@rule(
    Project,
    "JX703",
    Severity.INFO,
    "X",
    title=("目标数值未设指标", "Goal figure without indicator"),
    zh="年度目标中的“{stated}”未设指标",
    en="No indicator for `{stated}` in the goal",
    why=(
        "财预〔2015〕88号 指向明确：年度目标的主要任务应设置指标",
        "财预〔2015〕88号 on clear aims: the main tasks of a goal have indicators",
    ),
    remedy=(
        "设置指标，如“铺设管网长度 ≥8公里”，或从目标中删除",
        "Add an indicator, such as `铺设管网长度 ≥8公里`, or remove the number",
    ),
    once=True,
    damaged="some",
)
def goal_number_unused(project: Project, ctx: Context) -> Iterator[Hit]:
    """A counted figure of the annual goal that is the number of no row and stands in no name."""
    goal = project.goal
    asked = [one for one in ctx.quantities(goal.text) if _asks(one)]
    if not asked or not project.annual:
        return
    rows = [ctx.row(one) for one in project.annual]
    plain = [base(one.number, one.unit) for one in rows if one.number is not None]
    known = {number for number, _ in plain}
    unknown = [one for one in asked if one.number not in known]
    if unknown:
        known.update(map(_number, DIGITS.findall("\n".join([one.text for one in rows]))))
    for one in unknown:
        written = DIGITS.match(goal.text[one.start : one.end])
        if one.number in known or (written and _number(written[0]) in known):
            continue
        if _is_sum(one.number, [number for number, unit in plain if unit == one.unit]):
            continue
        stated = goal.text[one.start : one.end].strip()
        yield Hit(place(goal, one.start, one.end), {"stated": stated}, where=("年度目标",))


def _asks(one: Quantity) -> bool:
    """Whether a figure of a goal asks for an indicator."""
    return not (one.unit in APART or one.per or one.ranged)


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").rstrip(".")) + 0


@rule(
    Project,
    "JX713",
    Severity.INFO,
    "X",
    title=("单位与目标不一致", "Unit differs from goal"),
    zh="“{name}”的指标值“{value}”与年度目标“{stated}”单位不一致",
    en="Unit of `{value}` (`{name}`) differs from `{stated}` in the goal",
    why=(
        "财预〔2015〕88号 相应匹配：同一事项在目标和指标中单位一致",
        "财预〔2015〕88号 on matching targets: one thing has one unit in goal and indicator",
    ),
    remedy=("统一为“{unit}”", "Use `{unit}` in both"),
    damaged="some",
)
def unit_differs_from_goal(project: Project, ctx: Context) -> Iterator[Hit]:
    """The same number of the same thing, in another unit or in none."""
    goal = project.goal
    rows: dict[Decimal | None, list[Row]] = defaultdict(list)
    for row in ctx.once(annual):
        rows[row.number].append(row)
    for one in ctx.quantities(goal.text)[:MOST]:
        for row in rows[one.number][:MOST]:
            if not _same_thing(row, one, ctx):
                continue
            if row.printed != row.name or not _near(row.unit, one.unit):
                continue
            stated = goal.text[one.start : one.end].strip()
            words = {**row.words, "stated": stated + _tail(row, one), "unit": one.unit}
            yield Hit(row.indicator.target.at, words, where=row.indicator.where)


def _same_thing(row: Row, one: Quantity, ctx: Context) -> bool:
    """Whether a name ends with the characters behind a figure, or is like what stands before it."""
    if likeness(_noun(one, ctx), _matter(row, row.unit, ctx)) >= ALIKE:
        return True
    return bool(_tail(row, one))


def _tail(row: Row, one: Quantity) -> str:
    """The characters behind a figure that a name ends with, as many as there are."""
    tails = (one.behind[:size] for size in reversed(TAILS) if len(one.behind) >= size)
    return next((tail for tail in tails if row.name.endswith(tail)), "")


def _near(unit: str, other: str) -> bool:
    return not unit or frozenset((same_unit(unit), other)) in policies.near_units()
