"""What a target cell means: a number, a range, a date, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .dates import Period
from .deadlines import DATED, dated, deadline
from .numerals import DIGITS, decimal, numeral
from .signs import AFTER, BEFORE, HOLD, SYMBOLS, WITHIN, WORD_AFTER, WORD_BEFORE, symbol
from .text import squeeze
from .units import DURATIONS, RANKS, UNITS, unit_end

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached.

    `kind` is number, range, date or text. `sign` is one of ≥ ≤ > < = (None where none is written), `number`
    to `upper` a range, `unit` as written, `date` as far as a date is said, `text` what remains in words.
    `inferred` names the fields that were read from a garbled or worded form (``sign``, ``number``, ``unit``).
    """

    kind: str
    sign: str | None = None
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    date: Period | None = None
    text: str | None = None
    inferred: tuple[str, ...] = ()


# A number that no letter, digit, percent sign, ordinal or Chinese numeral touches from the left.
NUMBER = re.compile(
    rf"(?<![0-9A-Za-z.%‰第一二三四五六七八九十:×*])(?P<minus>(?<![0-9\u4e00-\u9fffA-Za-z)])[-+±])?(?P<digits>{DIGITS})(?!\.?[0-9])"
)
MORE = re.compile("[多余几]")
CONNECTED = re.compile(r"[-‐‑‒–—―−─━~～∼〜至到]{1,3}(?=[0-9.])")
HELD_UNIT = re.compile(r"\((?P<unit>[^()]{1,8})\)")
NUMERAL = re.compile("(?:[一二两三四五六七八九十百千]{1,6}|半)")
TOGETHER = re.compile("[,，、且并和及;]*")
ENDS = " ,:;.、。，：；"
SENTENCE = re.compile("[。;!?！？；].")
EVERY = re.compile(r"(?:每(?P<one>两年|三年|半年|季度|学期|学年|星期|工作日|[\u4e00-\u9fff]))")
PERCENT_WORDS = re.compile(
    rf"百分之(?P<digits>(?:{DIGITS})|[零一二三四五六七八九十百]+)(?:点(?P<rest>[零一二三四五六七八九]+))?"
)
PLACEHOLDER = re.compile(
    r"[≥≤<>=≧≦⩾⩽]*(?:\*+|[Xx×]{1,4}|[Nn]|_{1,}|[.…]{2,}|[?？]+|待定|待填|待补充?|暂无|[Tt][Bb][Dd]|null|NULL|nan|NaN|None|[-—–]{1,4})"
    r"(?:%|‰|[\u4e00-\u9fff/·]{1,6})?"
)
FRACTION = re.compile(r"[0-9]\s*[:：]\s*[0-9]|[0-9][×xX*/][0-9]")
MIXED = re.compile(
    rf"(?P<high>{DIGITS})(?P<scale>[亿万])(?P<low>[0-9]{{1,4}})(?P<under>[万千])(?P<unit>[\u4e00-\u9fff]{{0,3}})"
)
TAIL_UNIT = re.compile("[\u4e00-\u9fff]{1,4}$")


@dataclass(slots=True)
class _Measure:
    """A number with what belongs to it, from `start` to `end` of a squeezed text."""

    start: int
    end: int
    number: Decimal
    upper: Decimal | None = None
    sign: str | None = None
    unit: str | None = None
    more: str = ""
    left: str = ""
    inferred: list[str] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        return self.sign is not None or self.unit is not None


def is_placeholder(text: str) -> bool:
    """Whether a value only holds the place of one: `*`, XX, N, 待定, ≥**%."""
    return len(text) <= 24 and PLACEHOLDER.fullmatch(squeeze(text)) is not None


def target(text: str) -> Target | None:
    """What a target cell means; None only where it is blank."""
    if len(text) > LONGEST:
        return _words(text) if text.strip() else None
    written = squeeze(text)
    if not written:
        return None
    line = written.rstrip("。；;,，、")
    if not line or PLACEHOLDER.fullmatch(written):
        return _words(text)
    if (said := deadline(line)) is not None:
        return Target("date", date=said[0], text=text.strip())
    return _numeral(line) or _number(line) or _words(text)


def looks_like_target(text: str) -> bool:
    """Whether a cell could be a target by its looks: a number, a date, a sign, a placeholder or a short word."""
    meant = target(text)
    if meant is None:
        return False
    return meant.kind != "text" or is_placeholder(text) or squeeze(text) in WORDS


WORDS = frozenset(
    """及时 合规 规范 有效 长期 提升 提高 增强 明显增强 效果明显 是 否 无 已完成 完成 正常 良好 优 良 中 差 合格 达标 按时完成 按期完成 按时 按期 显著 显著提升 明显提升
    有所提升 持续提升 不断提高 逐步提高 稳步提升 有效提升 进一步提升 进一步提高 健全 不断健全 完善 不断完善 有效保障 应保尽保 全覆盖 上升 下降 达成预期指标 不超预算 中长期
    达到 明显 较好 优良 高中低 优良中低差 好坏 有所提高 明显改善 有效改善 持续改善 逐步改善 得到改善 可持续 符合要求 符合规定 严格执行 0 高 低 一次性拨付 满意 较高""".split()
)


def _words(text: str) -> Target:
    return Target("text", text=text.strip())


def _number(line: str) -> Target | None:
    if SENTENCE.search(line):
        return None
    if mixed := MIXED.search(line):
        return _mixed(line, mixed)
    if FRACTION.search(line):
        return None
    line = PERCENT_WORDS.sub(_in_digits, line)
    worded = ("number", "unit") if "\ue000" in line else ()
    line = line.replace("\ue000", "")
    masked, date = _mask(line)
    found = _measures(masked)
    if not found or any(char in "0123456789" for char in _around(masked, found)):
        return None
    whole = _joined(found, masked)
    if whole is None or not (whole.sure or _alone(line, whole)):
        return None
    return _finish(line, whole, date, worded)


def _in_digits(match: re.Match[str]) -> str:
    """百分之九十 as 90%, marked by a private character because nobody wrote it so."""
    digits = match["digits"]
    value = digits if digits[0] in "0123456789." else str(numeral(digits))
    rest = "." + str(numeral(match["rest"])) if match["rest"] else ""
    return f"\ue000{value}{rest}%"


def _mask(line: str) -> tuple[str, Period | None]:
    """`line` with its dates blotted out, and the first of them that names its year."""
    date: Period | None = None
    pieces: list[str] = []
    at = 0
    for match in DATED.finditer(line):
        if line[: match.start()].endswith(tuple(SYMBOLS)) or WORD_BEFORE.search(
            line, 0, match.start()
        ):
            continue
        date = date or dated(match[0])
        pieces += [line[at : match.start()], "\ue001" * len(match[0])]
        at = match.end()
    return "".join([*pieces, line[at:]]), date


def _around(line: str, found: list[_Measure]) -> str:
    """What stands between the measures; brackets behind a measure may explain it with figures of their own."""
    pieces: list[str] = []
    at = 0
    for one in found:
        pieces.append(line[at : one.start])
        at = one.end
    tail = line[at:]
    pieces.append("" if tail.startswith("(") and tail.endswith(")") else tail)
    return re.sub("[A-Za-z][A-Za-z0-9-]*", "", "".join(pieces))


def _measures(line: str) -> list[_Measure]:
    found: list[_Measure] = []
    at = 0
    while match := NUMBER.search(line, at):
        value = decimal(match["digits"])
        if value is None:
            return []
        one = _Measure(match.start(), match.end(), value)
        if match["minus"] == "-":
            one.number = -value
        elif match["minus"] == "±":
            one.number, one.upper = -value, value
        _read_unit(one, line)
        _read_upper(one, line)
        _read_sign(one, line, found[-1].end if found else 0)
        _read_after(one, line)
        found.append(one)
        at = one.end
        if line.startswith("(", at) and line.endswith(")"):
            break
    return found


def _read_unit(one: _Measure, line: str) -> None:
    if (more := MORE.match(line, one.end)) and unit_end(line, more.end()) > more.end():
        one.more, one.end = more[0], more.end()
    if held := HELD_UNIT.match(line, one.end):
        if unit_end(held["unit"]) == len(held["unit"]):
            one.unit, one.end = held["unit"], held.end()
        return
    end = unit_end(line, one.end)
    if end > one.end:
        one.unit, one.end = line[one.end : end], end
        return
    rest = line[one.end :]
    if TAIL_UNIT.fullmatch(rest) and (len(rest) == 1 or rest[-1] in UNITS) and not _stops(rest):
        one.unit, one.end = rest, len(line)


def _stops(rest: str) -> bool:
    return rest[0] in "以及或前后内外上下左余多达到至完满合优良整" or rest in AFTER


def _read_upper(one: _Measure, line: str) -> None:
    joint = CONNECTED.match(line, one.end)
    match = NUMBER.match(line, joint.end()) if joint and one.upper is None else None
    upper = decimal(match["digits"]) if match else None
    if match is None or upper is None:
        return
    end = unit_end(line, match.end())
    unit = line[match.end() : end] or None
    if one.unit and unit and not unit.startswith(one.unit):
        return
    one.upper, one.end = upper, end
    one.unit = unit or one.unit


def _read_sign(one: _Measure, line: str, floor: int) -> None:
    at = one.start
    while at > floor and line[at - 1] in SYMBOLS and one.start - at < 3:
        at -= 1
    if at < one.start and (meant := symbol(line[at : one.start])):
        one.sign = meant[0]
        one.start = at
        if meant[1]:
            one.inferred.append("sign")
    if match := WORD_BEFORE.search(line, floor, one.start):
        if one.sign in (None, BEFORE[match[0]]):
            one.start = match.start()
            if one.sign is None:
                one.sign = BEFORE[match[0]]
                one.inferred.append("sign")


def _read_after(one: _Measure, line: str) -> None:
    match = WORD_AFTER.match(line, one.end)
    if match is None and _duration(one.unit):
        match = WITHIN.match(line, one.end)
    if match is None:
        return
    meant = AFTER[match["word"]]
    if one.sign is not None and one.sign != meant:
        return
    one.end = match.end()
    if one.sign is None and one.number >= 0:
        one.sign = meant
        one.inferred.append("sign")
    if held := HOLD.search(line, 0, one.start):
        one.start = held.start()


def _duration(unit: str | None) -> bool:
    return unit in DURATIONS


def _joined(found: list[_Measure], line: str) -> _Measure | None:
    """The one measure of a line; two are a range if the first bounds it below and the second above."""
    first, *rest = found
    if not rest:
        return first
    second = rest[0]
    bounds = first.sign in ("≥", ">") and second.sign in ("≤", "<")
    same = second.unit in (first.unit, None) or first.unit is None
    if (
        len(rest) > 1
        or not bounds
        or not same
        or first.upper is not None
        or second.upper is not None
    ):
        return None
    if not TOGETHER.fullmatch(line, first.end, second.start):
        return None
    inferred = list(dict.fromkeys([*first.inferred, *second.inferred]))
    return _Measure(
        first.start,
        second.end,
        first.number,
        second.number,
        None,
        first.unit or second.unit,
        inferred=inferred,
    )


def _alone(line: str, one: _Measure) -> bool:
    rest = line[: one.start] + line[one.end :]
    return (
        not rest.strip(ENDS + "()")
        or (rest.startswith("(") and rest.endswith(")"))
        or _wordy(line, one)
    )


def _wordy(line: str, one: _Measure) -> bool:
    """Whether a bare number stands before words: 0投诉, 100满意."""
    rest = line[one.end :]
    return one.start == 0 and re.fullmatch("[\u4e00-\u9fff]{2,6}", rest) is not None


def _finish(line: str, one: _Measure, date: Period | None, worded: tuple[str, ...]) -> Target:
    head, unit = line[: one.start], one.unit
    inferred = [*one.inferred, *worded]
    pers: list[str] = []
    if unit and not any(mark in unit for mark in "/·每"):
        while match := re.search(EVERY.pattern + "$", head):
            if match["one"] not in UNITS and match["one"] not in ("半年", "两年", "三年"):
                break
            pers.insert(0, match["one"])
            head = head[: match.start()]
    if unit and pers:
        unit = unit + "/" + "·".join(pers)
        inferred.append("unit")
    rest = (head + one.more + line[one.end :]).strip(ENDS)
    order = tuple(name for name in ("sign", "number", "unit") if name in inferred)
    kind = "number" if one.upper is None else "range"
    return Target(kind, one.sign, one.number, one.upper, unit, date, rest or None, order)


def _mixed(line: str, match: re.Match[str]) -> Target | None:
    """3亿4500万元 is 3.45亿元."""
    high, low = decimal(match["high"]), decimal(match["low"])
    steps = {"亿万": 4, "万千": 1}
    step = steps.get(match["scale"] + match["under"])
    if high is None or low is None or step is None:
        return None
    value = high + low.scaleb(-step)
    simple = (
        line[: match.start()] + f"{value:f}{match['scale']}{match['unit']}" + line[match.end() :]
    )
    meant = _number(simple)
    return replace(meant, inferred=(*meant.inferred, "number")) if meant else None


def _numeral(line: str) -> Target | None:
    """A target whose number is a Chinese numeral: 每日一次, 两期, 不少于三次, 一周内."""
    per = re.match("(?:一(?P<one>年|月|周|天|日|季度)|(?P<every>每))", line)
    head = ""
    if per and per["one"] and NUMERAL.match(line, per.end()):
        head, line = "每" + per["one"], line[per.end() :]
    elif per and per["every"]:
        while match := EVERY.match(line):
            if match["one"] not in UNITS and match["one"] not in ("半年", "两年", "三年"):
                break
            head, line = head + match[0], line[match.end() :]
    start = 0
    sign = None
    if before := re.match("(?:" + "|".join(sorted(BEFORE, key=len, reverse=True)) + ")", line):
        start, sign = before.end(), BEFORE[before[0]]
    match = NUMERAL.match(line, start)
    if match is None:
        return None
    end = unit_end(line, match.end())
    unit = line[match.end() : end]
    if not unit or unit in RANKS and not head:
        return None
    one = _Measure(0, end, _value(match[0], unit), sign=sign, unit=unit)
    if sign:
        one.inferred.append("sign")
    _read_after(one, line)
    if line[one.end :].strip(ENDS) and not one.sign:
        return None
    one.inferred.append("number")
    whole = head + line
    one.start, one.end = len(head), one.end + len(head)
    return _finish(whole, one, None, ())


def _value(digits: str, unit: str) -> Decimal:
    return Decimal("0.5") if digits == "半" else Decimal(numeral(digits) or 0)
