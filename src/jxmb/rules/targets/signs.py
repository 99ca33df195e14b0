"""JX304–JX308: the comparison sign of a target. The budget system compares sign, number and unit, not sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ... import deferred
from ...findings import Edit, Hit, Safety, Severity, Words
from ...model import Indicator
from ...values import Measure, fold, measures, width
from ...values.signs import AFTER, BEFORE, GARBLED, SYMBOLS, symbol
from ...values.units import DURATIONS
from ..base import Context, place, rewrite, rule
from ..glance import behind_first, matches, occurs, targets
from .misread import TITLE_MARKS
from .numbers import is_name, sole, whole

WHOLE = str.maketrans(GARBLED)  # nobody is told to write a garbled sign, whichever rule mends it
SIGNS = "".join(sorted(SYMBOLS - GARBLED.keys())) + "＞＜＝"
STANDARD = frozenset("≥≤><=")
# What means the same to every reader, at half width; >> and => are a guess.
CLEAR = frozenset((">=", "<=", ">", "<", "=", "≥", "≤", "≧", "≦", "⩾", "⩽", "≮", "≯"))
# A sign of one to three symbols before a number; behind a figure it is an arrow or a formula.
SYMBOLIC = deferred.re(
    rf"(?<![\d０-９{SIGNS}{TITLE_MARKS}])(?P<sign>[{SIGNS}](?:\s*[{SIGNS}]){{0,2}})(?=\s*[\d０-９.．])"
)
RARE = (SYMBOLS | frozenset("＞＜＝")) - STANDARD
# Without a sign other than the plain ones, or one behind another character, no target has odd ones.
RARELY, SECOND = occurs(RARE, targets), occurs(STANDARD, behind_first)
# So often, so long before or after something: not more nor less.
ASIDE = deferred.re(r"^每|[前后各]\s*\d")
BLANK = deferred.re(r"\s")
# Without one of these no target bounds its number in words.
WORDED = frozenset(word[0] for word in (*BEFORE, *AFTER))
CLASH = deferred.re(r"\s*(?:及|或)?(?P<word>以上|以下|以内|之内)")
# Words that do not always bound what follows: 最高 may also name a record.
LOOSE = frozenset(("最高", "最低", "突破"))
LATIN = deferred.re(r"[A-Za-z]")


@rule(
    Indicator,
    "JX304",
    Severity.INFO,
    "G",
    title=("比较符写法不规范", "Nonstandard comparison sign"),
    zh="比较符“{found}”不规范，应为“{meant}”",
    en="Use `{meant}` instead of `{found}`",
    why=(
        "本工具约定：比较符统一使用“≥”“≤”“>”“<”“=”，与预算管理一体化系统的计算符号一致",
        "Convention of this tool: only `≥`, `≤`, `>`, `<` and `=`, as in the integrated budget system",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    blame="transcription",
    when=lambda ctx: RARELY(ctx) or SECOND(ctx),
)
def ascii_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A sign put together of two characters, or one of the rare and the full-width ones."""
    text = indicator.target.text
    if RARE.isdisjoint(text) and sum(map(text.count, STANDARD)) < 2:
        return
    odd = [match for match in SYMBOLIC.finditer(text) if match["sign"] not in STANDARD]
    changes = [(*match.span("sign"), meant) for match in odd if (meant := _standard(match["sign"]))]
    if not changes:
        return
    start, end, meant = changes[0]
    fixed, edits = rewrite(indicator.target, *changes)
    words = {"found": text[start:end], "meant": meant, "fixed": fixed}
    clear = all(fold(match["sign"]) in CLEAR for match in odd) and not _bracketed(text)
    yield Hit(
        place(indicator.target, start, end),
        words,
        edits=edits,
        safety=None if clear else Safety.UNSAFE,
        value=text,
    )


def _bracketed(text: str) -> bool:
    """Whether signs stand as brackets: <90>."""
    folded = fold(text)
    return "<" in folded and ">" in folded[folded.index("<") + 2 :]


def _standard(signs: str) -> str | None:
    """The sign that one to three symbols mean together; None where they contradict each other."""
    meant = symbol("".join(width(signs).split()))
    return meant[0] if meant else None


@rule(
    Indicator,
    "JX305",
    Severity.INFO,
    "G",
    title=("用文字代替比较符", "Sign written in words"),
    zh="“{found}”为文字表述，宜用比较符“{meant}”",
    en="Use `{meant}` instead of `{found}`",
    why=(
        "《民法典》第一千二百五十九条：“以上”“以下”“以内”包括本数，“超过”“不满”不包括；定量指标值由比较符、数值和单位组成",
        "Civil Code, art. 1259: 以上, 以下 and 以内 include the number, 超过 and 不满 do not; a measured target is sign, number and unit",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    when=occurs(WORDED, targets),
)
def worded_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """Words for a sign before or behind the number; those of a column of signs are the system's own."""
    target, text = indicator.target.value, indicator.target.text
    if target is None or target.kind != "number" or "sign" in indicator.pieces:
        return
    one = sole(text)
    if one is None or one.sign is None or one.more or one.number < 0:
        return
    before, after = one.places.get("before"), one.places.get("after")
    if "symbol" in one.places or (before is None) == (after is None):
        return
    if is_name(one, text):
        return
    start, end = before or after or (0, 0)
    found = text[start:end].strip()
    if found == "内" and one.unit in DURATIONS:  # 5个工作日内 is how a deadline is written
        return
    changes = [(one.start, one.places["number"][0], one.sign)]
    if after is not None:
        changes.append((*after, ""))
    fixed, edits = rewrite(indicator.target, *changes)
    yield Hit(
        place(indicator.target, start, end),
        {"found": found, "meant": one.sign, "fixed": fixed},
        edits=edits,
        safety=None if whole(one, text) and found not in LOOSE else Safety.UNSAFE,
        value=text,
    )


@rule(
    Indicator,
    "JX306",
    Severity.WARNING,
    "G",
    title=("比较符重复", "Sign given twice"),
    zh="“{value}”中“{sign}”“{word}”重复",
    en="Redundant bound in `{value}`: `{sign}` and `{word}`",
    why=(
        "《民法典》第一千二百五十九条：“以上”“以下”“以内”已包括本数，不与比较符并用",
        "Civil Code, art. 1259: 以上, 以下 and 以内 already include the number and need no sign beside them",
    ),
    remedy=("{advice}", "{advice}"),
    fix=Safety.SAFE,
    when=occurs(WORDED, targets),
)
def doubled_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A sign and a word, or words on both sides, for one bound. Where they differ, only a person can choose."""
    target, text = indicator.target.value, indicator.target.text
    one = sole(text)
    if target is None or target.kind == "date" or one is None or one.sign is None:
        return
    doubled = _doubled(one, text)
    if doubled is None or is_name(one, text):
        return
    sign, (start, end), same = doubled
    advice = Words("请核实后保留其一", "Check, and keep one of them")
    edits: tuple[Edit, ...] = ()
    if same:
        fixed, edits = rewrite(indicator.target, (start, end, ""))
        advice = Words(f"改为“{fixed}”", f"Write `{fixed}`")
    words = {"value": text.strip(), "sign": sign, "word": text[start:end].strip(), "advice": advice}
    safety = None if whole(one, text) else Safety.UNSAFE
    yield Hit(place(indicator.target, start, end), words, edits=edits, safety=safety, value=text)


def _doubled(one: Measure, text: str) -> tuple[str, tuple[int, int], bool] | None:
    """The first of two bounds, the place of the other, and whether both say the same."""
    before, after, symbols = (one.places.get(name) for name in ("before", "after", "symbol"))
    if symbols and before and text[slice(*symbols)].strip() in ("=", "＝"):
        return None  # 大于=90% is one sign, half in words
    first = before or symbols
    if symbols and before:
        return text[slice(*symbols)], before, BEFORE.get(fold(text[slice(*before)])) == one.sign
    if first and after:
        word = next(word for word in AFTER if word in text[slice(*after)])
        return text[slice(*first)].strip(), after, AFTER[word] == one.sign
    if symbols and (clash := CLASH.match(text, one.end)):
        return text[slice(*symbols)], clash.span(), False
    return None


@rule(
    Indicator,
    "JX307",
    Severity.INFO,
    "G",
    title=("缺少比较符", "Comparison sign missing"),
    zh="指标值“{value}”缺少比较符",
    en="Missing comparison sign in `{value}`",
    why=(
        "财预〔2015〕88号 细化量化：指标值应可衡量；缺少比较符时，指标方向和达标标准不明",
        "财预〔2015〕88号 on measurable targets; without a sign, direction and threshold are not known",
    ),
    remedy=(
        "补充比较符：正向指标用“≥”，反向指标用“≤”，须恰好达到的用“=”",
        "Add a sign: `≥` where more is better, `≤` where less is better, `=` for an exact value",
    ),
    once=True,
)
def missing_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A number without a sign, where no column says the direction either."""
    target = indicator.target.value
    if target is None or target.kind != "number" or target.sign or "number" in target.inferred:
        return
    text = indicator.target.text
    if (
        indicator.direction.text.strip()
        or (target.text and _amid_words(text))
        or ASIDE.search(text)
    ):
        return
    words = {"name": indicator.name.text.strip(), "value": text.strip()}
    yield Hit(indicator.target.at, words)


def _amid_words(text: str) -> bool:
    """Whether words stand on both sides of the number: a sentence that has a figure in it, not a target."""
    one = sole(text)
    return (
        one is not None and bool(text[: one.start].strip()) and bool(text[one.end :].strip("。； "))
    )


@rule(
    Indicator,
    "JX308",
    Severity.INFO,
    "G",
    title=("指标值内有空格", "Blank inside target"),
    zh="指标值“{value}”含多余空格",
    en="Extra space in target `{value}`",
    why=(
        "本工具约定：比较符、数值和单位连写",
        "Convention of this tool: no space between sign, number and unit",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    when=matches(BLANK, targets),
)
def spaced_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A blank between sign, number and unit; before a unit in Latin letters it belongs there."""
    target, text = indicator.target.value, indicator.target.text
    if target is None or target.kind not in ("number", "range"):
        return
    found = measures(text)
    gaps = [(*gap, "") for one in found for gap in _gaps(one, text)]
    if not gaps:
        return
    _, edits = rewrite(indicator.target, *gaps)
    # A garbled sign is another rule's to fix; what is recommended is right as a whole.
    fixed, _ = rewrite(indicator.target, *sorted([*gaps, *_garbled(found, text)]))
    if not edits:  # the blank was put in when the pieces of a wrapped cell were joined
        return
    yield Hit(
        place(indicator.target, gaps[0][0], gaps[0][1]),
        {"value": text.strip(), "fixed": fixed.translate(WHOLE)},
        edits=edits,
        value=text,
    )


def _garbled(found: Iterable[Measure], text: str) -> Iterator[tuple[int, int, str]]:
    """The marks that can only be what is left of ≥."""
    for one in found:
        start, end = one.places.get("symbol", (0, 0))
        if marks := text[start:end].strip():
            said = symbol(marks) if SYMBOLS.issuperset(marks) else None
            if said == ("≥", True):
                yield start, end, "≥"


def _gaps(one: Measure, text: str) -> Iterator[tuple[int, int]]:
    """The blanks between the pieces of a measured number."""
    pieces = [one.places[name] for name in ("symbol", "number", "unit") if name in one.places]
    for (_, start), (end, _) in pairwise(pieces):
        if start < end and not text[start:end].strip() and not LATIN.match(text, end):
            yield start, end
