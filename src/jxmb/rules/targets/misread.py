"""JX301–JX303: what reading made of a comparison sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ... import deferred, policies
from ...findings import Hit, Safety, Severity, Words
from ...meaning import way
from ...model import Indicator, Project
from ...values import Measure, fold, looks_like_unit, measures, width
from ...values.signs import GARBLED, symbol
from ...values.text import squeeze
from ..base import Context, place, rewrite, rule
from ..glance import matches, occurs, targets
from .numbers import sole

TITLE_MARKS = "".join(GARBLED)
OPENERS = {"》": "《", "〉": "〈", "»": "«"}
CLEAR = frozenset(
    ("》", "〉", "》=", "〉=")
)  # what OCR makes of ≥ alone; other marks may mean two things
MARKS = frozenset(TITLE_MARKS)
CLOSERS = {opener: closer for closer, opener in OPENERS.items()}
# What OCR makes of a sign, as a letter or a character before a number.
LETTERS = dict.fromkeys(("Z", "z", "^", "工", "5=", "2="), "≥") | {"W": "≤", "w": "≤", "二": "="}
# The digits whose first may be a sign: 292 for ≥92, and 1100 for ≥100.
MISREAD = deferred.re(r"2[1-9]\d*(?:\.\d+)?|1100(?:\.0+)?")
LETTER = deferred.re(r"\s*(?P<sign>[WwZz^工二]|[25]\s*=)\s*(?=[\d.])")
READ = deferred.re(r"[WwZz^工二]|[25]\s*=")  # without one of them no letter was read for a sign
# Signs of which one says the opposite of the other, at least one a title mark, before a number and no title.
OPPOSED = deferred.re(
    r"\s*(?=\S?[》〉»《〈«])(?P<run>[》〉»《〈«≥≤><]{2,3})\s*(?P<rest>\d[^》〉»《〈«]*)$"
)
HIGHEST = 200  # per cent: a rate that is more was misread
LEAST = 10  # a number that the goal names by more than chance


@rule(
    Indicator,
    "JX301",
    Severity.ERROR,
    "G",
    title=("比较符错误", "Garbled comparison sign"),
    zh="比较符“{found}”应为“{meant}”",
    en="Use `{meant}` instead of `{found}`",
    why=(
        "GB/T 15834 标点符号用法：书名号仅用于标示书名；“≥”常被误识为“》”",
        "GB/T 15834 on punctuation: 《》 only marks titles; OCR often misreads `≥` as `》`",
    ),
    remedy=("改为“{fixed}”", "Write `{fixed}`"),
    fix=Safety.SAFE,
    silences=("JX304",),
    blame="transcription",
    when=occurs(TITLE_MARKS, targets),
)
def garbled_sign(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A title mark in the signs before a number; one that opens or closes a title is none."""
    text = indicator.target.text
    found = next(_garbled(text), None)
    if found is None and (torn := OPPOSED.match(text)) and symbol(torn["run"]) is None:
        yield _opposed(indicator, torn)
        return
    if found is None or _marks_title(found[0], text, indicator.name.text):
        return
    _, meant, (start, end) = found
    fixed, edits = rewrite(indicator.target, (start, end, meant))
    before, sign, after = fixed.partition(meant)
    # A space after the sign is another rule's to fix; what is recommended is right as a whole.
    whole = before + sign + after.lstrip()
    words = {"found": text[start:end], "meant": meant, "fixed": whole}
    at = place(indicator.target, start, end)
    if _undecided(meant, indicator, ctx):
        both = {"meant": _either(meant, meant), "fixed": _either(whole, meant)}
        yield Hit(at, {**words, **both}, severity=Severity.INFO, value=text)
        return
    alone = squeeze(text[:end]) in CLEAR and MARKS.isdisjoint(indicator.name.text + text[end:])
    yield Hit(at, words, edits=edits, safety=None if alone else Safety.UNSAFE, value=text)


def _opposed(indicator: Indicator, torn: re.Match[str]) -> Hit:
    """Of two signs the author means one."""
    fixed = _either(f"≤{torn['rest']}", "≤")
    words = {"found": torn["run"], "meant": _either("≤", "≤"), "fixed": fixed}
    return Hit(place(indicator.target, *torn.span("run")), words, value=indicator.target.text)


def _undecided(meant: str, indicator: Indicator, ctx: Context) -> bool:
    """Whether the mark says ≤ and the name that more is better: misread or miswritten, the print does not tell."""
    good = way(ctx.row(indicator).name, ctx.lists) if meant == "≤" else None
    return good is not None and not good.falling


def _either(written: str, meant: str) -> Words:
    """What is written with this sign, or with the other."""
    other = written.replace(meant, "≥")
    return Words(f"{other}”或“{written}", f"{other}` or `{written}")


def _garbled(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Each run of signs that holds a title mark, as the number was read with it: mark, what is meant, place."""
    for one in measures(text):
        start, end = one.places.get("symbol", (0, 0))
        run = text[start:end].rstrip()
        mark = next((char for char in run if char in GARBLED), None)
        if mark is not None and (meant := symbol("".join(width(run).split()))) is not None:
            yield mark, meant[0], (start, start + len(run))


def _marks_title(mark: str, text: str, name: str) -> bool:
    """Whether a mark opens a title that is closed later, or closes one that the name cell opened."""
    opener = OPENERS.get(mark)
    if opener is None:
        return CLOSERS[mark] in text
    return name.count(opener) > name.count(mark)


@rule(
    Indicator,
    "JX302",
    Severity.WARNING,
    "G",
    title=("比较符疑似误识为数字", "Sign misread as digit"),
    zh="指标值“{value}”首字“{digit}”疑为“≥”",
    en="Leading `{digit}` in `{value}` may be a misread `≥`",
    why=(
        "财预〔2015〕88号 合理可行：{reason}；“≥”常被误识为数字",
        "财预〔2015〕88号 on achievable targets: {reason}; OCR often misreads `≥` as a digit",
    ),
    remedy=(
        "核对原件，确为“{fixed}”的予以更正",
        "Check the original; if it reads `{fixed}`, correct the target",
    ),
    fix=Safety.UNSAFE,
    blame="transcription",
    silences=(
        "JX307",
        "JX501",
    ),
)
def sign_read_as_digit(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A number without a sign that makes sense only without its first digit."""
    target, text = indicator.target.value, indicator.target.text
    if target is None or target.kind != "number" or target.sign or target.text:
        return
    one = sole(text)
    if one is None or one.unit is None:
        return
    start, end = one.places["number"]
    digits = width(text[start:end])
    if not MISREAD.fullmatch(digits) or (digits[0] == "1" and one.unit != "%"):
        return
    reason = _reason(indicator, Decimal(digits[1:]), one, ctx.project)
    if reason is None:
        return
    fixed, edits = rewrite(indicator.target, (start, start + 1, "≥"))
    words = {
        "name": indicator.name.text.strip(),
        "value": text.strip(),
        "fixed": fixed,
        "digit": digits[0],
        "reason": reason,
    }
    yield Hit(place(indicator.target, start, end), words, edits=edits)


def _reason(indicator: Indicator, rest: Decimal, one: Measure, project: Project) -> Words | None:
    """Why the 2 cannot be meant: a share above 200 per cent, or a goal that names the other digits."""
    if one.unit == "%":
        if one.number > HIGHEST and rest <= 100 and _bounded(indicator.name.text):
            return Words("该比率不超过 200%", "this rate does not exceed 200%")
        return None
    said = _said("\n".join(goal.text.text for goal in project.goals))
    if rest >= LEAST and (rest, one.unit) in said and (one.number, one.unit) not in said:
        return Words(f"年度目标为 {rest}{one.unit}", f"the goal says `{rest}{one.unit}`")
    return None


def _bounded(name: str) -> bool:
    """Whether a name is that of a share of a whole, which growth and over-fulfilment are not."""
    head = fold(name)
    return head.endswith(policies.words("rate_endings")) and not any(
        word in head for word in policies.words("unbounded_rates")
    )


@lru_cache(maxsize=8)
def _said(goal: str) -> frozenset[tuple[Decimal, str | None]]:
    return frozenset((one.number, one.unit) for one in measures(goal))


@rule(
    Indicator,
    "JX303",
    Severity.WARNING,
    "G",
    title=("比较符疑似误识为字母", "Sign misread as letter"),
    zh="指标值“{value}”开头“{found}”疑为“{meant}”",
    en="Leading `{found}` in `{value}` may be a misread `{meant}`",
    why=(
        "财预〔2015〕88号 细化量化：指标值应可衡量；比较符常被误识为形近的字母或汉字",
        "财预〔2015〕88号 on measurable targets; OCR often misreads a comparison sign as a letter or character of similar shape",
    ),
    remedy=(
        "核对原件，确为“{fixed}”的予以更正",
        "Check the original; if it reads `{fixed}`, correct the target",
    ),
    fix=Safety.UNSAFE,
    blame="transcription",
    when=matches(READ, targets),
    silences=(
        "JX307",
        "JX501",
    ),
)
def sign_read_as_letter(indicator: Indicator, ctx: Context) -> Iterator[Hit]:
    """A letter before a number with its unit, and nothing else."""
    text = indicator.target.text
    match = LETTER.match(width(text))
    if match is None:
        return
    rest = text[match.end() :].rstrip()
    one = sole(rest)
    if one is None or not looks_like_unit(one.unit or "") or (one.start, one.end) != (0, len(rest)):
        return
    start, end = match.span("sign")
    meant = LETTERS["".join(match["sign"].split())]
    fixed, edits = rewrite(indicator.target, (start, end, meant))
    words = {"found": text[start:end], "meant": meant, "value": text.strip(), "fixed": fixed}
    yield Hit(place(indicator.target, start, end), words, edits=edits, value=text)
