"""What a target cell means: a number, a range, a date, or words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from .. import deferred
from ..deferred import dataclass
from .dates import Period
from .deadlines import DATED, dated, deadline
from .measures import BLOT, Measure, blot, scan
from .signs import BEFORE, SYMBOLS
from .text import squeeze
from .worded import MARKED, in_digits, spans

LONGEST = 80  # more characters than this are a text
LONGEST_VALUE = 25

PLACEHOLDER = deferred.re(
    "[≥≤<>=≧≦⩾⩽》《]{0,3}"
    "(?:[*＊]{1,6}|[Xx×╳]{1,6}|[Nn]|_{1,9}|[.…·]{2,9}|[?？]{1,9}|[-—–]{1,6}|待定|待填|待补充?|暂无|[Tt][Bb][Dd]"
    "|[Nn]ull|NULL|[Nn]a[Nn]|None)(?:%|‰|(?:[^\\W\\d_a-zA-Z]|[/·]){1,6})?"
)
# A ratio, a fraction or a service time is no number to compare with.
RATIO = deferred.re("[0-9][:：][0-9]|[0-9][×xX*/+][0-9]")
SENTENCE = deferred.re("[。;!?！？；].")
TOGETHER = deferred.re("[,，、且并和及;]{0,2}")
BARE = deferred.re("[\u4e00-\u9fff]{2,6}")
NAMED = deferred.re("[率度数量比例值额为达到于]$|^¥$")
LATIN = deferred.re("[A-Za-z][A-Za-z0-9.-]*+")
FIGURE = deferred.re("[0-9]")
COUNTING = frozenset(
    "0123456789一二两三四五六七八九十百千半"
)  # without one of them no number is written
# A full stop behind a figure is no end: it is a decimal point that lost its place.
CLOSING = deferred.re(r"(?:[,:;、。]|(?<![0-9,:;、。.])\.)+$")
# A figure with its decimals that might be a month: behind a sign, or where no month has that number.
NO_MONTH = deferred.re(r"[≥≤><=]\s*\d{4}\.\d{1,2}|\d{4}\.(?:00?|1[3-9]|[2-9]\d)")
BASELINE = deferred.re("[比较同与]$")  # 比2021年增长5%: the year is no date of the target
PER = frozenset("/·每")
ENDS = " ,:;.、。，：；"
LOW, HIGH = frozenset("≥>"), frozenset("≤<")
ORDER = ("sign", "number", "unit")

# Qualitative targets as they stand alone in a cell; more words would make a name of it.
WORDS = frozenset(
    """
    是 否 无 有 优 良 中 差 高 低 好 及时 合规 规范 有效 长期 中长期 提升 提高 增强 上升 下降 完成 已完成 正常 良好 优良 优秀 合格
    达标 达到 健全 完善 按时 按期 明显 显著 较高 较好 稳定 可持续 持续 全覆盖 满意 安全 准确 完整 真实 改善 优化 促进 保障 加强
    增加 减少 降低 扩大 落实 到位 合理 合法 通过 高中低 优良中低差 好坏
    """.split()  # noqa: SIM905
)
_HOW = (
    "明显|显著|较好|良好|突出|有效|持续|不断|逐步|逐年|稳步|进一步|有所|得到|大幅|全面|基本|充分|较大|按时|按期|及时|严格|长期"
    "|更加|更为|初步|日益|日趋|趋于|切实|较为|普遍|有序|积极|全力|深入|保持|维持|确保|正常|平稳|顺利|如期|圆满|良性|高效"
)
_DOES = (
    "提升|提高|增强|改善|优化|完善|健全|保障|促进|发展|增长|减少|降低|缩小|扩大|上升|下降|稳定|完成|执行|落实|到位|加强|推进|推动|实现|有效|发挥"
    "|形成|建立|建成|巩固|缓解|规范|运行|运转|循环|改进|增加|遏制|拓展|拓宽|畅通|可控|好转|向好|坚持|开展|达标|影响"
)
STRENGTH = deferred.re(
    f"(?:效果|成效|作用|影响|水平)?(?:(?:{_HOW})[的地]?){{1,2}}(?:{_DOES})?|(?:(?:{_DOES}){{2}})"
    "|应[保收发享补]尽[保收发享补]|达成预期指标|达到预期|不超预算|一次性[拨支]付|符合(?:要求|规定|标准)"
)
STRONG = frozenset(f"效成作影水应达不一符{_HOW}{_DOES}") - {"|"}  # how one of them begins

# A value whose letters a reader of pages gave from right to left.
TURNED = deferred.re(r"(?P<unit>[%‰])(?P<number>\d{1,3}(?:\.\d{1,2})?)(?P<sign>[≥≤><])")
PLACE = 32  # code points of what holds the place of a value
FEW_WORDS = 6  # code points beside a number, or half of all


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


@lru_cache(maxsize=1024)
def target(text: str) -> Target | None:
    """What a target cell means; None only where it is blank."""
    line = squeeze(text)
    if not line:
        return None
    if len(line) > LONGEST or is_placeholder(text):
        return Target("text", text=text.strip())
    line = CLOSING.sub("", line) or line
    if turned := TURNED.fullmatch(line):
        meant = _measured(turned["sign"] + turned["number"] + turned["unit"])
        return replace(meant, inferred=("sign", "number", "unit")) if meant else None
    if not NO_MONTH.fullmatch(line) and (said := deadline(line)) is not None:
        return Target("date", date=said[0], text=text.strip())
    return _measured(line) or Target("text", text=text.strip())


def is_placeholder(text: str) -> bool:
    """Whether a value only holds the place of one: `*`, XX, N, 待定, ≥**%."""
    return len(text) <= PLACE and PLACEHOLDER.fullmatch(squeeze(text)) is not None


def looks_like_target(text: str) -> bool:
    """Whether a cell is a target by its looks: a sign, a number with its unit, a date, a short word of quality."""
    return len(text) <= 2 * LONGEST_VALUE and _looks_like_target(text)


@lru_cache(maxsize=1024)
def _looks_like_target(text: str) -> bool:
    line = squeeze(text)
    if not line or len(line) > LONGEST_VALUE:
        return False
    if line in WORDS or PLACEHOLDER.fullmatch(line):
        return True
    if line[0] in STRONG and STRENGTH.fullmatch(line):
        return True
    meant = target(line)
    return meant is not None and meant.kind != "text" and _short(meant, line)


def _short(meant: Target, line: str) -> bool:
    """Whether the words beside a number are few enough for a value; 2022年新增就业500人 is rather a name."""
    if meant.kind == "date" or meant.text is None:
        return True
    return meant.sign is not None or len(meant.text) <= max(FEW_WORDS, len(line) // 2)


def _measured(line: str) -> Target | None:
    if COUNTING.isdisjoint(line) or SENTENCE.search(line) or RATIO.search(line):
        return None
    written = in_digits(line)
    worded = MARKED in written
    written = written.replace(MARKED, "")
    blotted = _blot(written)
    found = _found(blotted)
    one = _joined(found, blotted)
    if one is None or _left_over(blotted, found) or not _whole(blotted, one):
        return None
    return _assembled(written, one, _date(written, blotted), worded)


def _blot(line: str) -> str:
    """Blot out dates, but not the 12月 of ≤12月."""
    blotted = blot(line)
    at = blotted.find(BLOT)
    signed = at > 0 and (line[at - 1] in SYMBOLS or line[:at].endswith(tuple(BEFORE)))
    return line if signed else blotted


def _date(line: str, blotted: str) -> Period | None:
    if BLOT not in blotted:
        return None
    found = (match for match in DATED.finditer(line) if not BASELINE.search(line, 0, match.start()))
    said = (dated(match[0]) for match in found)
    return next((one for one in said if one is not None), None)


def _found(line: str) -> list[Measure]:
    """The numbers of a line, without those of a bracket that explains the number before it."""
    found: list[Measure] = []
    for one in scan(line):
        found.append(one)
        if line.startswith("(", one.end) and line.endswith(")"):
            break
    return found


def _joined(found: list[Measure], line: str) -> Measure | None:
    """The one number of a line; two are a range where the first is a lower and the second an upper bound."""
    if len(found) == 1:
        return found[0]
    if len(found) != 2:
        return None
    low, high = found
    bounds = low.sign == "≥" and high.sign == "≤"  # > and < would lose that they exclude
    alike = low.unit is None or high.unit in (low.unit, None)
    simple = low.upper is None and high.upper is None
    if not (bounds and alike and simple and TOGETHER.fullmatch(line, low.end, high.start)):
        return None
    inferred = tuple(dict.fromkeys(low.inferred + high.inferred))
    return Measure(
        low.number, high.number, None, low.unit or high.unit, "", inferred, {}, low.start, high.end
    )


def _left_over(line: str, found: list[Measure]) -> bool:
    """Whether a figure or a sign stands outside the numbers that were read, so that they are not all of it."""
    head, tail = line[: found[0].start], line[found[-1].end :]
    if tail.startswith("(") and tail.endswith(")"):
        tail = ""
    rest = LATIN.sub("", head) + " " + LATIN.sub("", tail)
    return FIGURE.search(rest) is not None or any(char in LOW | HIGH | {"=", "═"} for char in rest)


def _whole(line: str, one: Measure) -> bool:
    """Whether a number can stand for the line: it has a sign or a unit, or nothing but a short word is beside it."""
    if one.sign or one.unit:
        return True
    head, tail = line[: one.start].strip(ENDS), line[one.end :].strip(ENDS)
    if tail.startswith("(") and tail.endswith(")"):
        tail = ""
    if head:
        return not tail and NAMED.search(head) is not None
    return not tail or BARE.fullmatch(tail) is not None


def _assembled(line: str, one: Measure, date: Period | None, worded: bool) -> Target:
    head, unit, per = line[: one.start], one.unit, ""
    if unit and PER.isdisjoint(unit):
        head, per = _per(head)
    inferred = set(one.inferred)
    if per:
        inferred.add("unit")
    if worded:
        inferred |= {"number", "unit"} if unit in ("%", "‰") else {"number"}
    rest = (head + one.more + line[one.end :]).strip(ENDS)
    return Target(
        "number" if one.upper is None else "range",
        one.sign,
        one.number,
        one.upper,
        unit + per if unit else None,
        date,
        rest or None,
        tuple(name for name in ORDER if name in inferred),
    )


def _per(head: str) -> tuple[str, str]:
    """The 每人每年 before a number as the /人·年 behind its unit, and what stands before that."""
    start = head.find("每")
    found, end = spans(head, start) if start >= 0 else ([], 0)
    if not found or end != len(head):
        return head, ""
    return head[:start], "/" + "·".join(found)
