"""What the letters say where one text ends and another begins: whether both may be one cell.

Here is only what is written there. How far the two stand apart, whether the line above is full, and whether a
label begins, those who ask weigh with it.
"""

from __future__ import annotations

from .. import lazy
from .units import looks_like_unit

SIGNS = "≥≤><=＝》《＞＜"
OPEN_END = lazy.regex(r"[、，,；;：:（(—–\-和及与的对在为等“]$")
OPEN_START = lazy.regex(
    r"^[、，,；;）)”。的]|^[率数性度量额](?:.?$|[、，,（(])|^(?:前|后|底|以上|以内|左右|日前|月底)"
)
# What text recognition makes of a sign that stands alone.
LIKE_SIGN = lazy.regex(r"(?:[A-Za-z\u2160-\u2188∧∨八入^~∈]{1,2}|[一二三之壹芭宇去这亏乏])[>=]?$")
# What 》 and 《 are read for stands before a figure; before a word they are marks of a title.
SIGNED = lazy.regex(r"[≥≤><=＝＞＜]|[》《]\s*(?:\d|$)")
WHOLE_VALUE = lazy.regex(rf"[{SIGNS}]?\s*\d[\d.,]*\s*(?:%|‰|[^\d\s.,]{{1,6}})$")
BEHIND_VALUE = lazy.regex(r"[/／·（(、，,；;～~—\-]|以上|以下|以内|左右|及|前|后|底")
SHRED = 2  # code points


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
