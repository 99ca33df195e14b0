"""JX309, JX310: a number without a unit measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ... import deferred, policies
from ...findings import Hit, Safety, Severity, Words
from ...model import Indicator, Project
from ...values import fold, looks_like_unit
from ...values.units import COUNTS, MEASURES, UNITS
from ...values.units import MONEY as MONEY_UNITS
from ..base import Context, rewrite, rule, swap
from .numbers import number_end

BRACKET = deferred.re(r"[（(\[【](?:单位[:：])?([^（()）\[\]【】]{1,10})[)）\]】]")
# Of so many people, vehicles or so much output, not of a hundred: 万车死亡率, 亿元GDP事故死亡率.
PER_MANY = deferred.re(
    r"(?<!\d)(?:(?:[十百]?万|亿)(?:元|车|人|名|吨|户|公里|工时|就业)|10万人?)|每[十百千万亿]|(?<![\d万])千人"
)
ABBREVIATION = deferred.re(r"[A-Za-z]+$")  # of a name, behind it: 路面技术状况指数PQI
UNIT_PARTS = deferred.re(r"[/·／]")
# A count in running text and the words behind it: 10家企业. The longest unit first: 人次 before 人.
COUNTED = deferred.regex(
    rf"\d({'|'.join(sorted(COUNTS, key=len, reverse=True))})(\p{{Han}}{{2,6}})"
)
YEARS = range(1990, 2100)
LISTED = 6  # values that one message names
# Other units end many words that are none (网点, 社区, 平台); a name that ends in these says its unit.
ENDING_UNITS = tuple(
    unit
    for unit in (*COUNTS, *MEASURES, *MONEY_UNITS, "小时", "工作日")
    if len(unit) > 1 and (unit in MEASURES or unit[-1] in "次时天日元")
)
ALIKE = 2  # code points of the end of a name that stand beside its number in the goal
ENDS = (4, 3, 2)  # code points of the end of a name that say what is counted


@rule(
    Project,
    "JX309",
    Severity.ERROR,
    "G",
    title=("缺少计量单位", "Unit missing"),
    zh="指标值{value}缺少计量单位",
    en="Missing unit in {value}",
    why=("财预〔2015〕88号 细化量化：指标值应可衡量", "财预〔2015〕88号 on measurable targets"),
    remedy=("补充单位，如{example}", "Add a unit, such as {example}"),
    fix=Safety.UNSAFE,
    damaged="half",
    when=lambda ctx: bool(ctx.once(_bare)),
)
def missing_unit(project: Project, ctx: Context) -> Iterator[Hit]:
    """A count without a unit, in its cell, its name or a column; where all are bare it is said once."""
    rows = project.indicators
    columns = _unit_columns(rows)
    bare = [one for one in ctx.once(_bare) if not _stands_beside(one, columns)]
    lacking = [one for one in bare if _lacks_unit(one)]
    if len(lacking) > 1 and len(bare) == len(rows):
        yield _all_bare(lacking)
        return
    for one in lacking:
        text = one.target.text.strip()
        unit = (
            _sibling_unit(one, rows) or _goal_unit(one, project.goal.text) or _figure_unit(one, ctx)
        )
        end = number_end(one.target.text)
        yield Hit(
            one.target.at,
            {"value": _quoted(text), "example": _quoted(f"{text}{unit}") if unit else _EXAMPLES},
            edits=swap(one.target, end, end, unit) if unit else (),
            where=one.where,
        )


_EXAMPLES = Words("“个”“家”“次”“份”", "`个`, `家`, `次` or `份`")


def _unit_columns(rows: Sequence[Indicator]) -> frozenset[str]:
    """The headers of columns that hold units, though their own words were damaged."""
    return frozenset(
        header for one in rows for header, cell in one.extra.items() if looks_like_unit(cell.text)
    )


def _stands_beside(indicator: Indicator, columns: frozenset[str]) -> bool:
    """Whether the unit of a row stands in one of these columns."""
    return any(indicator.extra[header].text.strip() for header in columns & indicator.extra.keys())


def _quoted(*values: str) -> Words:
    return Words("".join(f"“{one}”" for one in values), ", ".join(f"`{one}`" for one in values))


def _all_bare(rows: Sequence[Indicator]) -> Hit:
    values = [one.target.text.strip() for one in rows]
    listed = _quoted(*values[:LISTED])
    if (more := len(values) - LISTED) > 0:
        listed = Words(f"{listed.zh}等 {len(values)} 个值", f"{listed.en} and {more} more")
    return Hit(
        rows[0].target.at,
        {"value": listed, "example": _EXAMPLES},
        also=tuple(one.target.at for one in rows[1:]),
        where=(),
        value="",
    )


def _bare(ctx: Context) -> list[Indicator]:
    return [one for one in ctx.project.indicators if _is_bare(one)]


def _is_bare(indicator: Indicator) -> bool:
    """Whether the target of a named indicator is a number and nothing else."""
    target = indicator.target.value
    return (
        target is not None
        and bool(indicator.name.text.strip())
        and target.kind in ("number", "range")
        and target.number is not None
        and not target.unit
        and not target.text
        and target.date is None
        and not _may_be_weight(indicator, target.sign)
    )


def _may_be_weight(indicator: Indicator, sign: str | None) -> bool:
    """Whether a row without its weight may have slid, so that the weight stands in the target's place."""
    return sign is None and indicator.weight.blank


def _lacks_unit(indicator: Indicator) -> bool:
    """Whether a bare number needs a unit that nothing else names.

    Zero is zero in any unit, and less than one counts nothing: it is a coefficient or a share.
    """
    target = indicator.target.value
    assert target is not None and target.number is not None
    if target.number < 1 or _is_year(target.number, target.sign):
        return False
    name = fold(indicator.name.text)
    head = unbracketed(name)
    unitless = policies.words("unitless_names")
    if (
        _is_rate(head)
        or PER_MANY.search(head)
        or head.endswith(unitless)
        or ABBREVIATION.sub("", head).endswith(unitless)
    ):
        return False
    return not names_unit(name)


def _is_year(number: Decimal, sign: str | None) -> bool:
    return sign is None and number == int(number) and int(number) in YEARS


def _is_rate(name: str) -> bool:
    """Whether what the name says is measured in per cent."""
    return name.endswith(policies.words("rate_endings")) and not policies.percentless(name)


def names_unit(name: str) -> bool:
    """Whether a name says its unit: 参训人数, 培训人次, 道路里程（公里）, 合格率%."""
    head = unbracketed(name)
    counted = head.removesuffix("数")
    if head.endswith(("%", "‰", *ENDING_UNITS)):
        return True
    if counted != head and counted.endswith(tuple(UNITS)):
        return True
    parts = (part for found in BRACKET.findall(name) for part in UNIT_PARTS.split(found))
    return any(map(looks_like_unit, parts))


def _sibling_unit(indicator: Indicator, rows: Sequence[Indicator]) -> str | None:
    """The unit that the same name has in another row of the form."""
    name = fold(indicator.name.text)
    for other in rows:
        target = other.target.value
        if target is not None and target.unit and fold(other.name.text) == name:
            return target.unit
    return None


def _goal_unit(indicator: Indicator, goal: str) -> str | None:
    """The unit that the goal gives to what the name ends with: 10家企业 for 参展企业."""
    name = fold(unbracketed(indicator.name.text))
    for match in COUNTED.finditer(fold(goal)):
        if any(name.endswith(match[2][:length]) for length in ENDS):
            return str(match[1])
    return None


def _figure_unit(indicator: Indicator, ctx: Context) -> str | None:
    """The unit of the same number in the goal, where it counts the same thing: 黑板42块."""
    goal, target = ctx.project.goal.text, indicator.target.value
    name = fold(unbracketed(indicator.name.text))
    if target is None or not goal:
        return None
    for one in ctx.quantities(goal):
        if one.number == target.number and name[-ALIKE:] in f"{one.before} {one.behind}":
            return fold(goal[one.start : one.end]).lstrip("0123456789,.") or None
    return None


@rule(
    Indicator,
    "JX310",
    Severity.ERROR,
    "G",
    title=("缺少百分号", "Percent sign missing"),
    zh="指标值“{value}”缺少百分号",
    en="Missing `%` in `{value}`",
    why=(
        "财预〔2015〕88号 细化量化：指标值应可衡量；“{name}”按百分数计量",
        "财预〔2015〕88号 on measurable targets; `{name}` is a percentage",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.UNSAFE,
    damaged="half",
    when=lambda ctx: bool(ctx.once(_bare)),
)
def missing_percent(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A rate with a bare number from 1 to 100."""
    target = indicator.target.value
    if not _is_bare(indicator) or target is None or target.number is None:
        return
    name = fold(indicator.name.text)
    if not _is_rate(unbracketed(name)) or names_unit(name) or PER_MANY.search(name):
        return
    if not 1 <= target.number <= 100 or (target.upper is not None and target.upper > 100):
        return
    if target.number == 1 and target.sign in (None, "="):  # 100%, as spreadsheets print it
        return
    if _unit_columns((indicator,)):
        return
    text = indicator.target.text
    end = number_end(text)
    fixed, edits = rewrite(indicator.target, (end, end, "%"))
    words = {"name": indicator.name.text.strip(), "value": text.strip(), "fixed": fixed}
    yield Hit(indicator.target.at, words, edits=edits)


def unbracketed(name: str) -> str:
    """A name without the short brackets that hold its unit."""
    return BRACKET.sub("", name)
