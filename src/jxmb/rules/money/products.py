"""JX61: heads, rate and sum that a goal states must agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ... import deferred, values
from ...findings import Hit, Severity, Words
from ...model import Project
from ..base import Context, place, rule
from .amounts import close, plain

if TYPE_CHECKING:
    import regex

    Found = regex.Match[str]

SENTENCE = deferred.re("[^。；;！!]+")
PEOPLE = "人|名|位|户|家|个"
HEADS = frozenset("人名位")
THINGS = f"{PEOPLE}|台|套|件|辆|所|亩|公里|场|期|间|座|盏|株"
# A figure from its first digit on: a search that may also begin inside one goes over its digits once for each.
FIGURE = r"\d(?<!\d,*\d)[\d,]*+"
DECIMAL = rf"{FIGURE}(?:\.\d++)?"
COUNT = deferred.regex(rf"(?<![.每第])(?P<count>{FIGURE})\s*(?:余|多)?(?P<unit>{THINGS})(?!月|次)")
RATE = deferred.regex(
    rf"(?:每(?P<unit>{THINGS})|(?P<unit>人)均)(?:每年|每次|一次性)?[^，。；\d]{{0,8}}(?P<rate>{DECIMAL}[百千万]?元)"
    rf"|(?P<rate>{DECIMAL}[百千万]?元)[/每](?P<unit>{THINGS})"
)
EQUATION = deferred.regex(
    rf"(?P<count>{FIGURE})\s*(?P<unit>{THINGS})\s*[×xX*]\s*(?P<rate>{DECIMAL}[百千万]?元)(?:/(?:{THINGS}))?"
    rf"\s*[=＝]\s*(?P<whole>{DECIMAL}[百千万亿]*元)"
)
WHOLE = deferred.regex(rf"(?:共|合计|总计)[^，。；\d]{{0,8}}(?P<whole>{DECIMAL}[百千万亿]*元)")
FURTHER = deferred.re(
    r"月|每[天日周]|[×xX*]|\d[次天日期批轮场]|(?<!\d)\d{1,2}年|季度|其中|分别|余|多|约|以上|以内|不超|不高于|不低于|最高|上限|[≤≥]"
)
NUMBER = deferred.regex(r"\d(?<!\d,*\d)\d*+(?:,\d*+)*(?:\.\d++)?(?!\d*年)")


@rule(
    Project,
    "JX613",
    Severity.ERROR,
    "S",
    title=("人均标准计算不符", "Per-capita arithmetic wrong"),
    zh="{count}×{rate}＝{product}，与{stated}不符",
    en="`{count} × {rate}` is `{product}`, not {stated}",
    why=(
        "财预〔2015〕88号 相应匹配：人数、标准与金额应相符",
        "财预〔2015〕88号 on matching targets: number, rate and amount agree",
    ),
    remedy=(
        "核对人数、标准和金额，更正有误的一项；另有支出的，予以写明",
        "Check the three, and correct the wrong one; where there are other expenses, name them",
    ),
    when=lambda ctx: "元" in ctx.project.goal.text,
)
def per_capita_arithmetic(project: Project, ctx: Context) -> Iterator[Hit]:
    """So many heads at so much each that is not the sum stated, or not the budget where nothing else is named."""
    goal = project.goal
    for one in _products(project):
        product = Decimal(one.number.replace(",", "")) * one.each
        if not close(product, one.whole):
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
    said: Words
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
) -> tuple[Decimal, Words, Severity | None] | None:
    """What the product should be, in 元: the sum in the same sentence, else the budget of a goal with two figures."""
    if written is not None:
        said = values.amount(written, "元")
        return (
            (said.number, Words(f" {written}", f"`{written}`"), None) if said is not None else None
        )
    budget = project.funding.total.value
    if budget is None or budget.number <= 0 or len(NUMBER.findall(project.goal.text)) != 2:
        return None
    number, unit = plain(budget.number), project.funding.unit
    whole = values.amount(f"{number}{unit}", "元")
    words = Words(f"预算 {number}{unit}", f"the budget of `{number}{unit}`")
    return (whole.number, words, Severity.WARNING) if whole is not None else None


def _in_words(yuan: Decimal) -> str:
    """An amount in 元 as a reader wants it."""
    return f"{plain(yuan / 10_000)}万元" if yuan >= 10_000 else f"{plain(yuan)}元"
