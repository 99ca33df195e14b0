"""What the letters say where one text ends and another begins: whether both may be one cell.

Here is only what is written there. How far the two stand apart, whether the line above is full, and whether a
label begins, those who ask weigh with it.
"""

from __future__ import annotations

from .. import deferred
from .numerals import number
from .targets import looks_like_target
from .units import looks_like_unit

SIGNS = "≥≤><=＝》《＞＜"
OPEN_END = deferred.re(r"[、，,；;：:（(—–\-和及与的对在为等“]$")
OPEN_START = deferred.re(
    r"^[、，,；;）)”。的]|^[率数性度量额](?:.?$|[、，,（(])|^(?:前|后|底|以上|以内|左右|日前|月底)"
)
# What text recognition makes of a sign that stands alone.
LIKE_SIGN = deferred.re(r"(?:[A-Za-z\u2160-\u2188∧∨八入^~∈]{1,2}|[一二三之壹芭宇去这亏乏])[>=]?$")
# What 》 and 《 are read for stands before a figure; before a word they are marks of a title.
SIGNED = deferred.re(r"[≥≤><=＝＞＜]|[》《]\s*(?:\d|$)")
WHOLE_VALUE = deferred.re(
    rf"[{SIGNS}]?\s*(?:\d[\d.,]*\s*(?:%|‰|[^\d\s.,]{{1,6}})|(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日[^\d\s.,]{{0,4}})$"
)
BEHIND_VALUE = deferred.re(r"[/／·（(、，,；;～~—\-]|以上|以下|以内|左右|及|前|后|底")
SHRED = 2  # code points
SIGN_END = deferred.re(rf"[{SIGNS}]$")
ONLY_SIGN = deferred.re(rf"^[{SIGNS}]=?$")
LONGEST_UNIT = 2  # code points of the end of one (元/公里·|年)
BARE = deferred.re(r"^[≥≤><=＝]\s?\d[\d.,]*\s?[万亿]?$")
COMPOUND = deferred.re(
    r"^[万亿]?[\u3400-\u9fff]{1,3}/[\u3400-\u9fff]{1,4}(?:[·./](?:[\u3400-\u9fff]{1,2})?)?$"
)  # 元/亩·年
LONGEST_NAME = 24  # of a name that begins with a number (2 型糖尿病患者管理人数)
FEW_DIGITS = deferred.re(r"^[\d—–~～-]{1,6}$|^\d{1,6}\.\d{1,4}$")
OPEN_BRACKET = deferred.re(r"[(（][^()（）]*$")
LONGEST_BRACKET = 16  # code points
DATE_END = deferred.re(r"(?:\d|[年月—–-])$")
DATE_START = deferred.re(r"^(?:[年月日]|\d{1,2}\s*[月日]|[—–-]\s*\d{4})")
YEAR_END = deferred.re(r"\d{4}\s*年$")
YEAR_OR_MONTH = deferred.re(r"\d{4}\s*年$|\d\s*月$")
MONTH_OR_DAY = deferred.re(r"\d{1,2}\s*[月日]")
POINTED = deferred.re(r"(?:19|20)\d\d\.(?:\s*\d{1,2}\.)?$")
DAY_FIGURE = deferred.re(r"\d{1,2}(?!\d)")
MONTH_FIGURE = deferred.re(r"^\d{1,2}$")
MONTH = deferred.re(r"^\d{1,2}\s*月")
ENDS_FIGURE = deferred.re(r"\d{3}(?:\.\d{1,4})?$|\.\d")  # the rest of a figure, below its beginning
OPEN_FIGURE = deferred.re(r"[≥≤><=]?\d[\d,]{0,12},$")
FIGURE = deferred.re(r"[≥≤><=]?\d[\d,]{0,12}$")
SHORT_TAIL = 3  # code points
UNIT = 8  # code points behind a number, of which those of a unit are some
SHORTEST_NAME = 3  # code points: longer ones may begin with a number


def depth(text: str) -> int:
    """How many brackets are open at the end of a text; below 0 where more are closed than opened."""
    return text.count("（") + text.count("(") - text.count("）") - text.count(")")


def is_open(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    return depth(text) > 0


def ends_open(text: str) -> bool:
    """Whether a text ends as no cell does: with a comma, a dash, a preposition."""
    return OPEN_END.search(text) is not None


def begins_open(text: str) -> bool:
    """Whether a text begins as no cell does: with a comma, what a name ends in, what stands behind a value."""
    return OPEN_START.match(text) is not None


def is_signed(text: str) -> bool:
    """Whether a text begins with a comparison sign, as a value does and hardly ever the rest of a cell."""
    return SIGNED.match(text) is not None


def is_like_sign(text: str) -> bool:
    """Whether a text may be what a sign that stands alone was read as."""
    return LIKE_SIGN.match(text) is not None


def is_shred(text: str) -> bool:
    """Whether a text is a letter or two, the end of a cell rather than one."""
    return len(text) <= SHRED and not text[0].isascii()


def is_whole_value(text: str) -> bool:
    """Whether a text is a figure with its unit, which hardly ever goes on."""
    return WHOLE_VALUE.match(text) is not None and not is_open(text)


def follows_value(text: str) -> bool:
    """Whether a whole value goes on with this text all the same: 以上, /亩."""
    return BEHIND_VALUE.match(text) is not None


def ends_value(text: str) -> bool:
    """Whether a text is no value and ends one: its unit, or what stands behind that."""
    return follows_value(text) or looks_like_unit(text)


def is_rest_of_unit(text: str) -> bool:
    """Whether a text is a unit of several parts (元/公里·), which no cell begins with."""
    return "/" in text and looks_like_unit(text.rstrip("·/"))


def ends_figure(text: str) -> bool:
    """Whether a text may be the rest of a figure: three digits, decimals."""
    return ENDS_FIGURE.match(text) is not None


def one_figure(left: str, right: str) -> bool:
    """Whether a figure goes on in the rest of one below it, where its cell was too narrow: `1,250,` and `000`."""
    return (OPEN_FIGURE if right[0].isdigit() else FIGURE).match(left) is not None


def one_value(left: str, right: str) -> bool:
    """Whether a value goes on in a text that is none of its own: `≤1` and `万元/公里·年`."""
    if not _is_value(left) or _is_value(right):
        return False
    if left[-1].isdigit() and looks_like_unit(right):
        return True
    return (len(right) <= SHORT_TAIL or not left[-1].isalpha()) and looks_like_target(left + right)


def _is_value(text: str) -> bool:
    return number(text) is not None or looks_like_target(text)


def wants(left: str, right: str) -> bool:
    """Whether a value that cannot end so has its rest in a text: a sign its figure, a figure its unit of two parts."""
    if ONLY_SIGN.match(left):
        return right[0].isdigit()
    if left.endswith(("·", "/")) and is_signed(left):
        return len(right) <= LONGEST_UNIT
    return bool(BARE.match(left) and COMPOUND.match(right))


def blank_within(left: str, right: str) -> bool:
    """Whether a blank between two texts stands within a value, or a name that begins with a number."""
    if SIGN_END.search(left):
        return right[0].isdigit()
    if one_date(left, right):
        return True
    if not left[-1].isdigit() or right[0].isdigit():
        return False
    if looks_like_unit(right[:UNIT]):
        return True
    return (
        bool(FEW_DIGITS.match(left))
        and SHORTEST_NAME < len(right) <= LONGEST_NAME
        and "，" not in right
    )


def one_date(left: str, right: str) -> bool:
    """Whether a blank stands within a date: 2019 年 1 月, 2024. 1. 1, but not between two months."""
    if left.endswith("月") and MONTH.match(right):
        return False
    if YEAR_END.search(left) and MONTH_FIGURE.match(right):
        return True
    if POINTED.search(left) and DAY_FIGURE.match(right):
        return True
    return bool(DATE_END.search(left) and DATE_START.match(right))


def goes_on_in_date(left: str, right: str) -> bool:
    """Whether a year or a month has its month or day in a text."""
    return bool(YEAR_OR_MONTH.search(left) and MONTH_OR_DAY.match(right))


def in_brackets(left: str, right: str) -> bool:
    """Whether a blank stands within brackets: （90 分）."""
    if len(left) + len(right) > LONGEST_BRACKET or right[-1] not in ")）":
        return False
    return bool(OPEN_BRACKET.search(left)) and not any(one in "(（" for one in right)
