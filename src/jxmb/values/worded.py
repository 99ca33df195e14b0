"""Numbers in words as digits: 百分之九十, 每日一次, 不少于三次, 3亿4500万.

What was rewritten is marked, since nobody wrote it so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from .. import deferred
from .numerals import DIGITS, decimal, numeral, plain
from .signs import word_at
from .units import RANKS, base_end, unit_end

MARKED = "\ufdd1"  # stands before digits that were words; no text has it

PERCENT = deferred.re(
    rf"(?P<of>[百千])分之(?P<digits>{DIGITS}|[零一二三四五六七八九十百]{{1,6}})(?:点(?P<rest>[零一二三四五六七八九]{{1,4}}))?"
)
MIXED = deferred.re(
    rf"(?<![0-9.])(?P<high>{DIGITS})(?P<scale>[亿万])(?P<low>[0-9]{{1,4}})(?P<under>[万千])(?P<unit>美元|元)?"
)
STEPS = {"亿万": 4, "万千": 1}
LONGEST_HIGH = 12  # so that the sum stays exact

# What a frequency is counted by, besides the units.
SPANS = ("年度", "两年", "三年", "五年", "半年")
YEARLY = deferred.re(
    "一(?P<one>年|月|周|天|日|季度)(?=[一二两三四五六七八九十0-9]{1,3}[次期场批轮遍])"
)
COUNT = deferred.re("[一二两三四五六七八九十][一二三四五六七八九十百千]{0,5}|半")
BEHIND = deferred.re("(?:及|含|或)?(?:以上|以下|以内|之内|内)")
WHILES = frozenset(("年", "月", "个月", "天", "日", "小时"))
ENDS = " ,:;.、。，：；!！"

if TYPE_CHECKING:
    import re


def in_digits(line: str) -> str:
    """A squeezed line with its numbers in words as digits behind a mark each; most lines come back as they are."""
    line = MIXED.sub(_mixed, line)
    if "分之" in line:
        return PERCENT.sub(_percent, line)
    return _count(line)


def spans(line: str, at: int = 0) -> tuple[list[str], int]:
    """What the 每人每年 that starts at `at` counts by, and where it ends."""
    found: list[str] = []
    while line.startswith("每", at):
        start = at + 2 if line.startswith("个", at + 1) else at + 1
        end = next(
            (start + len(one) for one in SPANS if line.startswith(one, start)), 0
        ) or base_end(line, start)
        if end <= start:
            break
        found.append(line[start:end])
        at = end
    return found, at


def _percent(match: re.Match[str]) -> str:
    digits = match["digits"]
    value = digits if digits[0] in "0123456789." else str(numeral(digits))
    rest = "." + "".join(str(numeral(one)) for one in match["rest"]) if match["rest"] else ""
    return f"{MARKED}{value}{rest}{'%' if match['of'] == '百' else '‰'}"


def _mixed(match: re.Match[str]) -> str:
    high, low = decimal(match["high"]), decimal(match["low"])
    step = STEPS.get(match["scale"] + match["under"])
    if high is None or low is None or step is None or len(match["high"]) > LONGEST_HIGH:
        return match[0]
    return f"{MARKED}{plain(high + low.scaleb(-step)):f}{match['scale']}{match['unit'] or ''}"


def _count(line: str) -> str:
    """A line that is a count in Chinese numerals from its beginning on; words may follow only behind a sign."""
    head, rest = _frequency(line)
    signed = word_at(rest)
    match = COUNT.match(rest, signed)
    if match is None:
        return head + rest
    end = unit_end(rest, match.end())
    unit = rest[match.end() : end]
    value = _value(match[0], unit)
    if value is None or not unit or (unit in RANKS and not head):
        return line
    if rest[end:].strip(ENDS) and not signed and not BEHIND.match(rest, end):
        return line
    return f"{head}{rest[:signed]}{MARKED}{value}{rest[match.end() :]}"


def _frequency(line: str) -> tuple[str, str]:
    """The 每人每年 at the beginning, and the rest; 一年一次 is the same as 每年一次."""
    if yearly := YEARLY.match(line):
        return "每" + yearly["one"], line[yearly.end() :]
    at = spans(line)[1]
    return line[:at], line[at:]


def _value(written: str, unit: str) -> Decimal | None:
    if written == "半":
        return Decimal("0.5") if unit in WHILES else None
    value = numeral(written)
    return None if value is None else Decimal(value)
