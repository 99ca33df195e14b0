"""JX60–JX61: the total, and what the goal and the indicators say of the money against it.

Amounts are compared in the unit of the form's header, with half a per cent for rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from .. import policies, values
from ..findings import Hit, Severity, Words
from ..model import FundingRow, Indicator, Project, Reading
from ..values import fold
from .base import Context, place, rule

MONEY = regex.compile(r"(?P<figure>\d[\d,]*(?:\.\d+)?(?:亿|千万|百万|万|千)?元)(?![/每])")
SPENDING = regex.compile(
    r"(?:资金|经费|预算)(?:使用|支出|拨付|支付|执行)(?:总?金额|总?额|数额?)$"
    r"|^(?:拨付|使用|支付|支出|下达|兑付|投入)(?:财政|补助)?(?:本|该|全部|项目|专项){1,3}(?:财政|补助)?(?:资金|经费)(?:总?金?额|总量|数额?)?$"
)
CLOSE = Decimal("0.005")  # a part in two hundred: rounding, not another amount

# How a goal says that a figure is this project's money.
OWN_MONEY = regex.compile(
    r"(?:(?:预算|经费|资金|拨款)(?:总额|总量|金额|数额|额度|规模|合计|总计|共计|共|应有|安排|投入|需要?|申请|计划|预计|约?为|是|约){0,3}"
    r"|(?:每(?:人|名|户|家|个)|元/).{0,30}?(?:共需|共计|合计|总计|共))[:：]?$"
)
SENTENCE = regex.compile("[^。；;！!]+")
PURPOSE = regex.compile("[，,]?(?:主要)?(?:用于|用来|开展|购置|支付|补助|奖励)")
PEOPLE = "人|名|位|户|家|个"
HEADS = frozenset("人名位")
THINGS = f"{PEOPLE}|台|套|件|辆|所|亩|公里|场|期|间|座|盏|株"
COUNT = regex.compile(rf"(?<![\d.每第])(?P<count>\d[\d,]*)\s*(?:余|多)?(?P<unit>{THINGS})(?!月|次)")
RATE = regex.compile(
    rf"(?:每(?P<unit>{THINGS})|(?P<unit>人)均)(?:每年|每次|一次性)?[^，。；\d]{{0,8}}(?P<rate>\d[\d,]*(?:\.\d+)?[百千万]?元)"
    rf"|(?P<rate>\d[\d,]*(?:\.\d+)?[百千万]?元)[/每](?P<unit>{THINGS})"
)
EQUATION = regex.compile(
    rf"(?P<count>\d[\d,]*)\s*(?P<unit>{THINGS})\s*[×xX*]\s*(?P<rate>\d[\d,]*(?:\.\d+)?[百千万]?元)(?:/(?:{THINGS}))?"
    r"\s*[=＝]\s*(?P<whole>\d[\d,]*(?:\.\d+)?[百千万亿]*元)"
)
WHOLE = regex.compile(r"(?:共|合计|总计)[^，。；\d]{0,8}(?P<whole>\d[\d,]*(?:\.\d+)?[百千万亿]*元)")
FURTHER = regex.compile(
    r"月|每[天日周]|[×xX*]|\d+[次天日期批轮场]|(?<!\d)\d{1,2}年|季度|其中|分别|余|多|约|以上|以内|不超|不高于|不低于|最高|上限|[≤≥]"
)
NUMBER = regex.compile(r"\d[\d,]*(?:\.\d+)?(?!\d*年)")
WITH_SUM = 3  # figures of a goal that is but heads, rate and sum
LARGE = Decimal(100_000)  # 万元: ten hundred million 元 in one project
VAST = Decimal(10_000_000)
APART = 10_000
BIG_BODY = regex.compile("亿|省|中央|国家|自治区|转移支付|专项债|国债")


def _plain(number: Decimal) -> str:
    """A number without exponent or trailing noughts."""
    return f"{number.normalize():f}"


def _label(row: FundingRow) -> str:
    return row.label.text.strip().rstrip("：:")


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * CLOSE


def _budget(project: Project) -> Decimal | None:
    """The total, where it can be read and is more than nought."""
    total = project.funding.total.value
    return total.number if total is not None and total.number > 0 else None


@rule(
    Project,
    "JX604",
    Severity.WARNING,
    "S",
    zh="“{label}”{found} 万元，疑为以元填写",
    en="{label} {found}万元: probably written in 元",
    why=(
        "表头单位是万元，这个数折合 {yuan} 亿元；把以元为单位的数填进万元表是常见的错误，会放大一万倍",
        "the header says 万元, which makes this {yuan} hundred million 元; figures in 元 under a 万元 header are a frequent slip",
    ),
    remedy=(
        "核对单位；如果是元，折合 {fixed} 万元",
        "check the unit; if it is 元, write {fixed} (万元)",
    ),
)
def suspect_magnitude(project: Project, ctx: Context) -> Iterator[Hit]:
    """A figure under a stated 万元 header that is too large for the form, or for the figures beside it."""
    funding = project.funding
    if not funding.unit_stated or funding.unit != "万元":
        return
    known = [(row, row.amount.value.number) for row in funding.rows if row.amount.value is not None]
    above = VAST if BIG_BODY.search(_about(project)) else LARGE
    least = min((number for _, number in known if number > 0), default=Decimal(0))
    for row, number in known:
        apart = number >= APART and least > 0 and number >= least * APART
        if number >= above or apart:
            words = {
                "label": _label(row),
                "found": _plain(number),
                "yuan": _plain(round(number / APART, 2)),
                "fixed": _plain(number / APART),
            }
            yield Hit(row.amount.at, words, where=(_label(row),))
            return


def _about(project: Project) -> str:
    readings = (project.title, project.project_name, project.department, project.goal)
    return " ".join(reading.text for reading in readings)


@rule(
    Project,
    "JX607",
    Severity.ERROR,
    "S",
    zh="资金总额是 {found} {unit}",
    en="the total budget is {found} {unit}",
    why=(
        "项目支出绩效目标随预算申报，没有资金的项目不需要这张表（财预〔2015〕88号 相应匹配要求）",
        "the targets come with a budget; a project without money needs no such form (财预〔2015〕88号)",
    ),
    remedy=(
        "填写实际申请的金额；确不安排资金的，不必填报本表",
        "write the amount that is asked for; where there is none, the form need not be filed",
    ),
)
def nonpositive_budget(project: Project, ctx: Context) -> Iterator[Hit]:
    """A total of nought or less."""
    total = project.funding.total
    if total.value is not None and total.value.number <= 0:
        words = {"found": _plain(total.value.number), "unit": project.funding.unit}
        yield Hit(total.at, words, where=("资金总额",))


@rule(
    Indicator,
    "JX611",
    Severity.ERROR,
    "S",
    zh="指标中的 {stated} 与项目预算 {budget} {unit} 不一致",
    en="this indicator speaks of {stated}, but the budget is {budget} {unit}",
    why=(
        "绩效目标要与资金量相匹配（财预〔2015〕88号 相应匹配要求）：同一笔资金两处写法不同，审核时必然退回",
        "targets must match the money (财预〔2015〕88号): two figures for the same money are sent back",
    ),
    remedy=(
        "核对后改成同一金额；资金使用进度宜写作时效指标，如“预算执行完成时间 2022年12月31日前”",
        "check and write one amount; how fast money is used belongs under 时效指标, such as a date by which it is spent",
    ),
)
def amount_conflicts_budget(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """An indicator about using up the money, with another amount than any in the money block."""
    stated = _stated(indicator)
    total = ctx.project.funding.total.value
    unit = ctx.project.funding.unit
    if stated is None or total is None or total.number <= 0 or indicator.scope != "annual":
        return
    reading, start, end, figure = stated
    said = values.amount(figure, unit)
    if said is None or any(_close(said.number, known) for known in ctx.project.funding.figures()):
        return
    if not _contradicts(indicator, said.number, total.number):
        return
    at = reading.part(start, end) or reading.at
    words = {"stated": figure, "budget": _plain(total.number), "unit": unit}
    yield Hit(at, words, also=(ctx.project.funding.total.at,), value=figure)


def _stated(one: Indicator) -> tuple[Reading[str], int, int, str] | None:
    """The amount that an indicator about spending states, with its place; None where it is no such indicator."""
    both = fold(one.name.text + one.target.text)
    name = fold(one.name.text)
    spent = any(word in both for word in policies.words("spent_words")) or SPENDING.search(name)
    if not spent or any(word in both for word in policies.words("partial_words")):
        return None
    target: Reading[str] = Reading(one.target.text, None, one.target.spans)
    found = [
        (reading, *match.span("figure"), match["figure"])
        for reading in (one.name, target)
        for match in MONEY.finditer(reading.text)
    ]
    return found[0] if len(found) == 1 else None


def _contradicts(one: Indicator, said: Decimal, total: Decimal) -> bool:
    """A lower bound below the budget, and a cap above it, hold."""
    target = one.target.value
    sign = target.sign if target is not None else None
    if sign in ("≥", ">"):
        return said > total
    return sign not in ("≤", "<") or said < total


@rule(
    Project,
    "JX612",
    Severity.ERROR,
    "S",
    zh="年度目标写资金 {stated}，预算是 {budget} {unit}",
    en="the goal says that the money is {stated}, but the budget is {budget}{unit}",
    why=(
        "年度目标中的资金应与预算一致（财预〔2015〕88号 相应匹配要求）：多半是预算调整后目标没有跟着改",
        "the money in the goal is that of the budget (财预〔2015〕88号); mostly the budget changed and the goal did not",
    ),
    remedy=(
        "核对后改成同一金额；不是本项目资金的，请写明是哪笔资金",
        "check and write one amount; where other money is meant, say which",
    ),
)
def goal_amount_conflicts_budget(project: Project, ctx: Context) -> Iterator[Hit]:
    """The one figure that the goal gives as this project's money, where the money block has no such amount."""
    goal, budget, unit = project.goal, _budget(project), project.funding.unit
    found = [match for match in MONEY.finditer(goal.text) if _is_own(goal.text, match.start())]
    if budget is None or len(found) != 1:
        return
    match = found[0]
    if _in_product(goal.text, match.start()) and len(NUMBER.findall(goal.text)) > WITH_SUM:
        return  # 每人2000元共28万元, and other things beside it
    said = values.amount(match["figure"], unit)
    if said is None or any(_close(said.number, known) for known in project.funding.figures()):
        return
    if said.number < budget and PURPOSE.match(goal.text, match.end()):
        return
    yield Hit(
        place(goal, *match.span("figure")),
        {"stated": match["figure"], "budget": _plain(budget), "unit": unit},
        also=(project.funding.total.at,),
        where=("年度目标",),
    )


def _in_product(text: str, at: int) -> bool:
    """Whether a figure is the sum of so many heads at so much each."""
    before = SENTENCE.findall(text[max(0, at - 60) : at])
    return bool(before) and (RATE.search(before[-1]) is not None)


def _is_own(text: str, at: int) -> bool:
    """Whether the words before a figure make it this project's money."""
    before = SENTENCE.findall(text[max(0, at - 60) : at])
    if not before or text[at - 1] in "。；;！!" or not OWN_MONEY.search(before[-1]):
        return False
    return not any(word in before[-1] for word in policies.words("other_money_words"))


@rule(
    Project,
    "JX613",
    Severity.ERROR,
    "S",
    zh="{count} × {rate} = {product}，不是{stated}",
    en="{count} × {rate} = {product}, not {stated}",
    why=(
        "人数、标准和金额要算得通（财预〔2015〕88号 相应匹配要求）：审核时首先核算这三个数",
        "heads, rate and amount must agree (财预〔2015〕88号): these three are what a reviewer checks first",
    ),
    remedy=(
        "核对人数、标准和金额，改正写错的一个；还有其他支出的，请写明",
        "check the three figures and correct the wrong one; where there are further expenses, name them",
    ),
)
def per_capita_arithmetic(project: Project, ctx: Context) -> Iterator[Hit]:
    """So many heads at so much each that is not the sum stated, or not the budget where nothing else is named."""
    goal = project.goal
    for one in _products(project):
        product = Decimal(one.number.replace(",", "")) * one.each
        if not _close(product, one.whole):
            words = {
                "count": one.heads,
                "rate": one.rate,
                "product": _in_words(product),
                "stated": one.said,
            }
            at = place(goal, one.start, one.end)
            yield Hit(at, words, severity=one.severity, where=("年度目标",))


class Product(NamedTuple):
    """So many heads at so much each, and what they should come to, in 元; with its place in the goal."""

    heads: str
    number: str
    rate: str
    each: Decimal
    whole: Decimal
    said: str | Words
    severity: Severity | None
    start: int
    end: int


def _products(project: Project) -> Iterator[Product]:
    """The calculations that a goal holds, one a sentence."""
    for match in SENTENCE.finditer(project.goal.text):
        sentence = match[0]
        if equation := EQUATION.search(sentence):
            parts, written = (equation, equation), equation["whole"]
        else:
            found = _calculation(sentence)
            if found is None:
                continue
            *pair, whole = found
            parts, written = (pair[0], pair[1]), whole["whole"] if whole else None
        count, rate = parts
        each, stated = values.amount(rate["rate"], "元"), _stated_whole(project, written)
        if each is None or stated is None:
            continue
        start = match.start() + min(count.start(), rate.start())
        heads = f"{count['count']}{count['unit']}"
        yield Product(
            heads, count["count"], rate["rate"], each.number, *stated,
            start, match.start() + max(count.end(), rate.end()),
        )  # fmt: skip


Found = regex.Match[str]


def _calculation(sentence: str) -> tuple[Found, Found, Found | None] | None:
    """The one count, rate and sum of a sentence, up to its sum; None where it holds others or conditions."""
    whole = WHOLE.search(sentence)
    said = sentence[: whole.end()] if whole else sentence
    rates = list(RATE.finditer(said))
    counts = [one for one in COUNT.finditer(said) if rates and _same(one["unit"], rates[0]["unit"])]
    others = len(list(COUNT.finditer(said))) > len(counts)
    if FURTHER.search(said) or len(counts) != 1 or len(rates) != 1 or others:
        return None
    if rates[0].start() < counts[0].start() and whole is None:
        return None
    return counts[0], rates[0], whole


def _same(one: str, other: str) -> bool:
    """Whether a rate is for what was counted: 人, 名 and 位 are all heads."""
    return one == other or {one, other} <= HEADS


def _stated_whole(
    project: Project, written: str | None
) -> tuple[Decimal, str | Words, Severity | None] | None:
    """What the product should be, in 元: the sum in the same sentence, else the budget of a goal with two figures."""
    if written is not None:
        said = values.amount(written, "元")
        return (said.number, written, None) if said is not None else None
    budget = project.funding.total.value
    if budget is None or budget.number <= 0 or len(NUMBER.findall(project.goal.text)) != 2:
        return None
    number, unit = _plain(budget.number), project.funding.unit
    whole = values.amount(f"{number}{unit}", "元")
    words = Words(f"预算的 {number} {unit}", f"the budget of {number}{unit}")
    return (whole.number, words, Severity.WARNING) if whole is not None else None


def _in_words(yuan: Decimal) -> str:
    """An amount in 元 as a reader wants it."""
    return f"{_plain(yuan / 10_000)}万元" if yuan >= 10_000 else f"{_plain(yuan)}元"
