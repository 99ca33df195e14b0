"""JX309–JX313: the unit of a target, and what the name already says. A number without a unit measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from ... import policies
from ...findings import Hit, Safety, Severity, Words
from ...model import Indicator, Project
from ...values import Measure, fold, looks_like_unit, measures
from ...values.units import COUNTS, MEASURES, TIMES, UNITS
from ...values.units import MONEY as MONEY_UNITS
from ..base import Context, place, rewrite, rule, swap

NUMBER = regex.compile(r"[\d０-９][\d０-９,，.．]*")
BRACKET = regex.compile(r"[（(\[【](?:单位[:：])?([^（()）\[\]【】]{1,10})[)）\]】]")
UNIT_PARTS = regex.compile(r"[/·／]")
# A count in running text and the words behind it: 10家企业. The longest unit first: 人次 before 人.
COUNTED = regex.compile(rf"\d({'|'.join(sorted(COUNTS, key=len, reverse=True))})(\p{{Han}}{{2,6}})")
YEARS = range(1990, 2100)
LISTED = 6  # values that one message names
# Other units end many words that are none (网点, 社区, 平台); a name that ends in these says its unit.
ENDING_UNITS = tuple(
    unit
    for unit in (*COUNTS, *MEASURES, *MONEY_UNITS, "小时", "工作日")
    if len(unit) > 1 and (unit in MEASURES or unit[-1] in "次时天日元")
)

ODD_PERCENT = regex.compile(r"(?<=[\d０-９]\s?)[％﹪]")
PERCENT_WORD = regex.compile(r"百分之\s*(?P<digits>[\d０-９]+(?:[.．][\d０-９]+)?)(?!\s*[%％])")
SCALE = regex.compile(r"^(?:万亿|千万|百万|十万|亿|万|千|百)(?=.)")
MONEY_MARKS = regex.compile("[元圆角镑币金法郎]")
REACH = regex.compile(r"(?:须|应|要)?(?:达到?|为|是|在|保持)?[:：]?$")
TAIL_MARKS = " 。；;，,、"


@rule(
    Project,
    "JX309",
    Severity.ERROR,
    "G",
    zh="指标值“{value}”没有计量单位",
    en="target {value} has no unit",
    why=(
        "财预〔2015〕88号要求指标细化、量化：没有单位的数无法考核，预算管理一体化系统也要求定量指标填写计量单位",
        "财预〔2015〕88号 asks for targets that can be measured: a number without its unit cannot, and the budget system refuses it",
    ),
    remedy=("写明单位，如{example}", "write the unit, for instance {example}"),
    fix=Safety.UNSAFE,
    damaged="half",
)
def missing_unit(project: Project, ctx: Context) -> Iterator[Hit]:
    """A count without a unit, in its cell, its name or a column; where all are bare it is said once."""
    rows = project.indicators
    columns = _unit_columns(rows)
    bare = [one for one in rows if _is_bare(one) and not _stands_beside(one, columns)]
    lacking = [one for one in bare if _lacks_unit(one)]
    if len(lacking) > 1 and len(bare) == len(rows):
        yield _all_bare(lacking)
        return
    for one in lacking:
        text = one.target.text.strip()
        unit = _sibling_unit(one, rows) or _goal_unit(one, project.goal.text)
        end = _number_end(one.target.text)
        yield Hit(
            one.target.at,
            {"value": text, "example": f"“{text}{unit}”" if unit else _EXAMPLES},
            edits=swap(one.target, end, end, unit) if unit else (),
            where=one.where,
        )


_EXAMPLES = Words("个、家、次、份", "个, 家, 次 or 份")


def _unit_columns(rows: Sequence[Indicator]) -> frozenset[str]:
    """The headers of columns that hold units, though their own words were damaged."""
    return frozenset(
        header for one in rows for header, cell in one.extra.items() if looks_like_unit(cell.text)
    )


def _stands_beside(indicator: Indicator, columns: frozenset[str]) -> bool:
    """Whether the unit of a row stands in one of these columns."""
    return any(indicator.extra[header].text.strip() for header in columns & indicator.extra.keys())


def _all_bare(rows: Sequence[Indicator]) -> Hit:
    values = [one.target.text.strip() for one in rows]
    shown, more = values[:LISTED], len(values) > LISTED
    listed = Words("”“".join(shown) + "……" * more, ", ".join(shown) + " …" * more)
    return Hit(
        rows[0].target.at,
        {"value": listed, "example": _EXAMPLES},
        also=tuple(one.target.at for one in rows[1:]),
        where=(),
        value="",
    )


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

    Nought is nought in any unit, and less than one counts nothing: it is a coefficient or a share.
    """
    target = indicator.target.value
    assert target is not None and target.number is not None
    if target.number < 1 or _is_year(target.number, target.sign):
        return False
    name = fold(indicator.name.text)
    head = BRACKET.sub("", name)
    if _is_rate(head) or head.endswith(policies.words("unitless_names")):
        return False
    return not _names_unit(name)


def _is_year(number: Decimal, sign: str | None) -> bool:
    return sign is None and number == int(number) and int(number) in YEARS


def _is_rate(name: str) -> bool:
    """Whether what the name says is measured in per cent."""
    return name.endswith(policies.words("rate_endings")) and not name.endswith(
        policies.words("rates_without_percent")
    )


def _names_unit(name: str) -> bool:
    """Whether a name says its unit: 参训人数, 培训人次, 道路里程（公里）, 合格率%."""
    head = BRACKET.sub("", name)
    counted = head.removesuffix("数")
    if head.endswith(("%", "‰", *ENDING_UNITS)):
        return True
    if counted != head and counted.endswith(tuple(UNITS)):
        return True
    return any(part in UNITS for found in BRACKET.findall(name) for part in UNIT_PARTS.split(found))


def _number_end(text: str) -> int:
    """Where the last number of a text ends."""
    return max((match.end() for match in NUMBER.finditer(text)), default=len(text))


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
    name = fold(BRACKET.sub("", indicator.name.text))
    for match in COUNTED.finditer(fold(goal)):
        if any(name.endswith(match[2][:length]) for length in (4, 3, 2)):
            return str(match[1])
    return None


@rule(
    Indicator,
    "JX310",
    Severity.ERROR,
    "G",
    zh="“{name}”的指标值“{value}”缺少“%”",
    en="target {value} of {name} lacks %",
    why=(
        "率、比例、满意度按百分数计量；不写“%”，{value} 可以是分、人或百分之几，无法考核（财预〔2015〕88号 细化量化要求）",
        "rates, shares and satisfaction are percentages; without %, {value} may be points or people and cannot be measured "
        "(财预〔2015〕88号 on measurable targets)",
    ),
    remedy=("写作“{fixed}”", "write {fixed}"),
    fix=Safety.UNSAFE,
    damaged="half",
)
def missing_percent(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A rate with a bare number from 1 to 100."""
    target = indicator.target.value
    name = fold(indicator.name.text)
    if not _is_bare(indicator) or target is None or target.number is None:
        return
    if not _is_rate(BRACKET.sub("", name)) or _names_unit(name):
        return
    if not 1 <= target.number <= 100 or (target.upper is not None and target.upper > 100):
        return
    if target.number == 1 and target.sign in (None, "="):  # 100%, as spreadsheets print it
        return
    if _unit_columns((indicator,)):
        return
    text = indicator.target.text
    end = _number_end(text)
    fixed, edits = rewrite(indicator.target, (end, end, "%"))
    words = {"name": indicator.name.text.strip(), "value": text.strip(), "fixed": fixed}
    yield Hit(indicator.target.at, words, edits=edits)


@rule(
    Indicator,
    "JX311",
    Severity.INFO,
    "G",
    zh="“{found}”的规范写法是“{meant}”",
    en="{found} is written {meant}",
    why=(
        "计量单位用规范的符号（GB 3100～3102 量和单位；GB/T 15835 出版物上数字用法）：百分数用“%”，金额写全“万元”",
        "units have standard symbols (GB 3100 to 3102; GB/T 15835 on numbers): % for percentages, 万元 in full for money",
    ),
    remedy=("写作“{fixed}”", "write {fixed}"),
    fix=Safety.SAFE,
)
def nonstandard_unit(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Per cent in another dress, or money counted in 万 without its 元."""
    text = indicator.target.text
    changes = sorted({*_percents(text), *_scales(indicator)})
    if not changes:
        return
    start, end, _ = changes[0]
    if end == start:  # 元 is added behind 万
        start -= 1
    fixed, edits = rewrite(indicator.target, *changes)
    found = text[start : max(end, start + 1)]
    meant = found + "元" if changes[0][2] == "元" else "%"
    words = {"found": found, "meant": meant, "fixed": fixed}
    yield Hit(place(indicator.target, start, max(end, start + 1)), words, edits=edits, value=text)


def _percents(text: str) -> Iterator[tuple[int, int, str]]:
    for match in ODD_PERCENT.finditer(text):
        yield *match.span(), "%"
    for match in PERCENT_WORD.finditer(text):
        yield match.start(), match.start("digits"), ""
        yield match.end(), match.end(), "%"
    for one in measures(text):
        if one.unit == "百分比":
            yield *one.places["unit"], "%"


def _scales(indicator: Indicator) -> Iterator[tuple[int, int, str]]:
    """Where 元 is missing behind 万 and 亿 in a row about money."""
    name = fold(indicator.name.text)
    head = BRACKET.sub("", name)
    levels = (indicator.level1.value, indicator.level2.value)
    if not _is_money(head) and "成本指标" not in levels and "经济成本指标" not in levels:
        return
    if _names_unit(name) or any(word in head for word in policies.words("foreign_money")):
        return
    for one in measures(indicator.target.text):
        if one.unit in ("万", "亿"):
            end = one.places["unit"][1]
            yield end, end, "元"


def _is_money(name: str) -> bool:
    """Whether what the name says is measured in money."""
    return name.endswith(policies.words("money_endings")) and not name.endswith(
        policies.words("not_money_endings")
    )


@rule(
    Indicator,
    "JX312",
    Severity.WARNING,
    "G",
    zh="“{name}”是{kind}，指标值却以“{unit}”计",
    en="{name} is {kind}, but its target is in {unit}",
    why=(
        "名称和单位对不上，就不知道考核的是什么（财预〔2015〕88号 细化量化要求）",
        "where name and unit disagree nobody knows what is measured (财预〔2015〕88号 on measurable targets)",
    ),
    remedy=(
        "改单位，或把名称改成“{unit}”所计的事",
        "change the unit, or name what is counted in {unit}",
    ),
)
def unit_name_conflict(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Money, people or time in the name, and a unit of something else. Only clear cases."""
    target = indicator.target.value
    one = _sole(indicator.target.text)
    if target is None or target.kind == "date" or target.text or one is None or one.unit is None:
        return
    name = BRACKET.sub("", fold(indicator.name.text))
    kind = _conflict(name, SCALE.sub("", one.unit))
    if kind is None:
        return
    start, end = one.places["unit"]
    words = {"name": indicator.name.text.strip(), "kind": kind, "unit": one.unit}
    yield Hit(place(indicator.target, start, end), words, value=indicator.target.text)


THINGS = frozenset("个家件项台套次场期份篇处座条辆")
NOT_PEOPLE = THINGS.union(MEASURES, TIMES, ("元", "册", "本", "户"))
NOT_TIME = THINGS.union(("人", "名", "元", "人次", "户")) - {"次", "期"}
MONEY, PEOPLE, TIME = Words("金额", "money"), Words("人数", "people"), Words("时间", "time")


def _conflict(name: str, unit: str) -> Words | None:
    """What the name measures, where the unit measures something else for certain."""
    if name.endswith(policies.words("person_endings")):
        turns = unit == "次" and "人次" in name
        return PEOPLE if unit in NOT_PEOPLE and not turns else None
    if name.endswith(policies.words("time_endings")):
        return TIME if unit in NOT_TIME else None
    if not _is_money(name) or MONEY_MARKS.search(unit):
        return None
    if unit == "%":
        return MONEY if name.endswith(policies.words("sum_endings")) else None
    base = UNIT_PARTS.split(unit)[0]
    counted = base in COUNTS and base not in ("倍", "折", "成", "分", "角")
    return MONEY if counted or base in MEASURES or base in TIMES else None


def _sole(text: str) -> Measure | None:
    """The measured number of a text that holds exactly one."""
    found = measures(text)
    return found[0] if len(found) == 1 else None


@rule(
    Indicator,
    "JX313",
    Severity.INFO,
    "G",
    zh="指标值“{value}”里的“{words}”名称已经说过",
    en="{words} in target {value} only repeats the name",
    why=(
        "名称说考核什么，指标值只写比较符、数值和单位；预算管理一体化系统的定量指标值只收数字",
        "the name says what is measured, the target only sign, number and unit; the integrated budget system takes a bare number",
    ),
    remedy=("只写“{fixed}”", "write only {fixed}"),
    fix=Safety.UNSAFE,
)
def value_repeats_name(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Words before or behind the number that stand in the name."""
    target, text = indicator.target.value, indicator.target.text
    if target is None or target.kind != "number" or not target.text or target.date is not None:
        return
    one = _sole(text)
    if one is None:
        return
    head, tail = text[: one.start], text[one.end :]
    said = fold(REACH.sub("", head) + tail).strip(TAIL_MARKS)
    if (
        len(said) < 2
        or (head.strip() and tail.strip(TAIL_MARKS))
        or said not in fold(indicator.name.text)
    ):
        return
    changes = [(0, one.start, "")] if head.strip() else [(one.end, len(text), "")]
    fixed, edits = rewrite(indicator.target, *changes)
    start, end = changes[0][:2]
    words = {"value": text.strip(), "words": said, "fixed": fixed}
    yield Hit(place(indicator.target, start, end), words, edits=edits, value=text)
