"""What an indicator says, folded for the rules of meaning: its name, its value, its number."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from .. import deferred, policies
from ..deferred import dataclass
from ..model import Indicator
from ..values import fold, is_placeholder, target
from ..values.worded import MARKED, in_digits
from .lists import Lists

HEAD = deferred.re(
    r"(?:[★☆*●•◆■※]|指标\d{0,2}[:：.、]|[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}(?:[、:：)]|\.(?!\d))|[①-⑳])+"
)
# How one of those begins, or a digit.
HEADS = frozenset("★☆*●•◆■※指(（一二三四五六七八九十")
BRACKETED = deferred.re(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\([^()]*$")
RESIDUE = deferred.re(r"[≥≤><=]*[*＊]{1,6}[%‰]?|[≥≤><=]+[%‰]?$")  # of a template
LOST = "\ufffd"
TRAIL = "。；，;,"
LONGEST = 80  # characters of a value that is a plain number
DIGIT = deferred.re(r"\d")
SHARES = ("百分之", "千分之", "万分之")
NOT_APPLICABLE = deferred.re("不适用此指标|不涉及")
NOTHING = frozenset(("无", "没有", "暂无"))
NEVER = deferred.re("不发生|^无")
# A number in words with what it counts; and words that only begin so.
COUNTED = deferred.re(
    "[一二两三四五六七八九十百千万]+(?:余|多)?[个家人名户台套次场期份册件条项批篇本处座类种门所部只组对支张]"
)
NO_COUNT = deferred.re(
    "一次性|一系列|一批|一定|一体|一流|一般|一律|一致|一方面|万无一失|统一|唯一|第[一二三四五六七八九十]+|十[一二三四五]五"
)
DUE = deferred.re("(?:之前|以前|前)$")


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator in folded words (NFKC, no blanks).

    `name` is without numbering, brackets and what a template left, `printed` has its brackets. `value` is sign,
    number and unit together, without a stop behind. `number` with `sign` (≥ ≤ > < = or nothing) and `unit` (or nothing)
    is what it says where it is plain: one number and nothing else. `wordy`: no figure in it, in digits or words.
    `rate`: the name is that of a share. `level1` and `level2` are canonical, or nothing;
    `levels` are both without 指标.
    """

    indicator: Indicator
    name: str
    printed: str
    value: str
    wordy: bool
    rate: bool
    number: Decimal | None
    sign: str
    unit: str
    level1: str
    level2: str
    levels: frozenset[str]

    @property
    def words(self) -> dict[str, object]:
        """Name and value as printed, for messages."""
        one = self.indicator
        return {"name": one.name.text.strip(), "value": one.target.text.strip()}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to judge: no name, no value, only the place of one, or what was lost in reading."""
        if not self.name or not self.value or LOST in self.text or self.is_value:
            return True
        return not DIGIT.search(self.value) and is_placeholder(self.value)

    @property
    def is_value(self) -> bool:
        """Whether the printed name is a number, an amount or a date, and nothing else."""
        if not DIGIT.search(self.printed):
            return False
        meant = target(self.printed)
        if meant is None or meant.kind == "text":
            return False
        if meant.date is None:
            return not meant.text
        day = meant.date.start or meant.date.end
        whole = day is not None and DUE.sub("", self.printed) == day.text
        return meant.date.precision == "day" and whole

    def inapplicable(self, lists: Lists) -> bool:
        """Whether the row says that there is nothing to measure; 无 of what should not happen means 0."""
        if NOT_APPLICABLE.search(self.printed):
            return True
        if not lists.has("inapplicable", self.value):
            return False
        if lists.has("inapplicable", self.name):
            return True
        nothing = self.value in NOTHING
        return not (nothing and (lists.holds("zero_is_good", self.name) or NEVER.search(self.name)))

    @property
    def text(self) -> str:
        """Name and value together, for words that may stand in either."""
        return f"{self.name}\n{self.value}"

    def under(self, *levels: str) -> bool:
        """Whether the row stands under one of these levels, 一级 or 二级: 数量, 效益 …, without 指标."""
        return not self.levels.isdisjoint(levels)


def row(indicator: Indicator, lists: Lists) -> Row:
    """What an indicator says."""
    printed = fold(indicator.name.text)
    first = printed[:1]
    if (first in HEADS or first.isdigit()) and (head := HEAD.match(printed)):
        printed = printed[head.end() :]
    # As most are: without a bracket or a sign.
    name = printed if printed.isalnum() else RESIDUE.sub("", unbracketed(printed))
    value = fold(indicator.target.text).rstrip(TRAIL)
    meant = indicator.target.value
    plain = meant is not None and meant.kind == "number" and not meant.text and meant.date is None
    plain = plain and len(value) <= LONGEST
    return Row(
        indicator,
        name,
        printed,
        value,
        wordy=is_wordy(value),
        rate=is_rate(name, lists),
        number=meant.number if meant is not None and plain else None,
        sign=(meant.sign or "") if meant is not None and plain else "",
        unit=fold(meant.unit or "") if meant is not None and plain else "",
        level1=(level1 := indicator.level1.value or ""),
        level2=(level2 := indicator.level2.value or ""),
        levels=_levels(level1, level2),
    )


@lru_cache(256)
def _levels(level1: str, level2: str) -> frozenset[str]:
    return frozenset((level1.removesuffix("指标"), level2.removesuffix("指标")))


def unbracketed(text: str) -> str:
    """A folded text without what stands in brackets."""
    while (shorter := BRACKETED.sub("", text)) != text:
        text = shorter
    return text


def is_wordy(value: str) -> bool:
    """Whether a folded value has no figure: no digit, no Han numeral with its unit, no 百分之."""
    if not value or DIGIT.search(value) or any(word in value for word in SHARES):
        return False
    return not COUNTED.search(NO_COUNT.sub("", value)) and MARKED not in in_digits(value)


def is_rate(name: str, lists: Lists) -> bool:
    """Whether a name is that of a share of a whole: it ends with 率, 比例 and the like."""
    name = name.rstrip("%‰")
    if not lists.ends("rate_ends", name) or policies.percentless(name):
        return False
    return name.endswith(policies.words("rates_with_percent")) or not lists.ends("not_rates", name)


def han(text: str) -> int:
    """How many Han characters a text has."""
    return sum("\u4e00" <= character <= "\u9fff" for character in text)
