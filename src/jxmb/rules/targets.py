"""JX3: how a target is written. The budget system compares sign, number and unit, not sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from .. import policies
from ..findings import Hit, Safety, Severity, Words
from ..model import Indicator, Project
from ..values import fold
from ..values.units import COUNTS, UNITS
from .base import Context, place, rule, swap

# A mark of a title where a sign should stand, before a number. OCR reads ≥ as 》, and ≤ as 《.
GARBLED = regex.compile(r"\s*(?P<sign>(?:(?P<high>[》〉])|[《〈])(?:\s*[=＝])?)\s*[\d０-９.．]")
NUMBER = regex.compile(r"[\d０-９][\d０-９,，.．]*")
BRACKET = regex.compile(r"[（(\[【](?:单位[:：])?([^（()）\[\]【】]{1,10})[)）\]】]")
UNIT_PARTS = regex.compile(r"[/·／]")
# A count in running text and the words behind it: 10家企业. The longest unit first: 人次 before 人.
COUNTED = regex.compile(rf"\d({'|'.join(sorted(COUNTS, key=len, reverse=True))})(\p{{Han}}{{2,6}})")
YEARS = range(1990, 2100)
LISTED = 6  # values that one message names


@rule(
    Indicator,
    "JX301",
    Severity.ERROR,
    "G",
    zh="比较符“{found}”应为“{meant}”",
    en="comparison sign {found} should read {meant}",
    why=(
        "“《》”只用作书名号（GB/T 15834 标点符号用法），文字识别常把“≥”认成“》”；这样的指标值系统无法比较",
        "《》 only marks titles (GB/T 15834 on punctuation), and OCR often reads ≥ as 》; no system can compare such a target",
    ),
    remedy=("写作“{fixed}”", "write {fixed}"),
    fix=Safety.SAFE,
)
def garbled_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A title mark before a number; one that opens a title is none."""
    text = indicator.target.text
    match = GARBLED.match(text)
    if match is None or (not match["high"] and regex.search("[》〉]", text)):
        return
    start, end = match.span("sign")
    meant = "≥" if match["high"] else "≤"
    yield Hit(
        place(indicator.target, start, end),
        {"found": match["sign"], "meant": meant, "fixed": text[:start] + meant + text[end:]},
        edits=swap(indicator.target, start, end, meant),
        value=text,
    )


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
)
def missing_unit(project: Project, ctx: Context) -> Iterator[Hit]:
    """A count without a unit, in its cell, its name or a column; where all are bare it is said once."""
    rows = project.annual
    bare = [one for one in rows if _is_bare(one)]
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
    )


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
    return not _names_unit(name, head)


def _is_year(number: Decimal, sign: str | None) -> bool:
    return sign is None and number == int(number) and int(number) in YEARS


def _is_rate(name: str) -> bool:
    """Whether what the name says is measured in per cent."""
    return name.endswith(policies.words("rate_endings")) and not name.endswith(
        policies.words("rates_without_percent")
    )


def _names_unit(name: str, head: str) -> bool:
    """Whether a name says its unit: 参训人数, 道路里程（公里）."""
    if head.endswith("数") and head[:-1].endswith(tuple(UNITS)):
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
)
def missing_percent(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A rate with a bare number from 1 to 100."""
    target = indicator.target.value
    name = fold(indicator.name.text)
    if not _is_bare(indicator) or target is None or target.number is None:
        return
    if not _is_rate(BRACKET.sub("", name)) or _names_unit(name, ""):
        return
    if not 1 <= target.number <= 100 or (target.upper is not None and target.upper > 100):
        return
    if target.number == 1 and target.sign in (None, "="):  # 100%, as spreadsheets print it
        return
    text = indicator.target.text
    end = _number_end(text)
    yield Hit(
        indicator.target.at,
        {
            "name": indicator.name.text.strip(),
            "value": text.strip(),
            "fixed": (text[:end] + "%" + text[end:]).strip(),
        },
        edits=swap(indicator.target, end, end, "%"),
    )
