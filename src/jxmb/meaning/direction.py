"""Which way is good: less complaints, more complaints that were settled. The head of a noun phrase decides."""

from __future__ import annotations

from enum import StrEnum

from .lists import Lists

SHARES = ("率", "度", "性", "面", "比例")
COUNTS = ("人数", "户数", "家数", "面积", "数量", "数")
SERVED = ("受益", "惠及")  # whoever they are: 受益渔民人数
GIVEN = (
    "补助",
    "补贴",
    "救助",
    "贴息",
    "奖补",
    "报销",
    "投入",
)  # a share of the costs may be a floor or a cap
ACTS = ("无害化处理", "处理", "处置", "整改", "治理", "修复", "化解", "排除", "查处")
NOT_SO = ("未", "不", "逾期", "超期", "延期", "超时", "填埋", "焚烧")
SUMS = ("控制数", "总额", "金额", "标准", "数")


class Way(StrEnum):
    """Less is better, of what happens (LOW), what is spent (COST) or how long it takes (SHORT); more is better, as a
    share (SHARE), a count (COUNT) or a sum paid out (SUM).
    """

    LOW = "low"
    COST = "cost"
    SHORT = "short"
    SHARE = "share"
    COUNT = "count"
    SUM = "sum"

    @property
    def falling(self) -> bool:
        """Whether less is better."""
        return self in (Way.LOW, Way.COST, Way.SHORT)


def way(name: str, lists: Lists) -> Way | None:
    """Which way is good of what a folded name without brackets says; None where that is not certain."""
    share = _before(SHARES, name)
    if share.endswith(GIVEN):
        return None
    if share and (lists.ends("high_nouns", share) or lists.ends("up_words", share)):
        return Way.SHARE
    if is_low(name, lists):
        return None if lists.holds("up_words", _of_what(name, lists)) else Way.LOW
    if lists.ends("short_times", name):
        return None if lists.holds("long_times", name) else Way.SHORT
    if _ends(name, "cost_nouns", SUMS, lists):
        return None if lists.holds("up_words", name) else Way.COST
    if lists.ends("high_sums", name):
        return Way.SUM
    counted = _before(COUNTS, name)
    if counted and (lists.ends("high_counts", counted) or counted.startswith(SERVED)):
        return Way.COUNT
    return None


def settles(name: str) -> bool:
    """Whether a name is the share of something bad that is put right: 病死猪处理率, but not 逾期处理率."""
    share = _before(SHARES, name)
    act = next((one for one in ACTS if share.endswith(one)), "")
    return bool(act) and not share.removesuffix(act).endswith(NOT_SO)


def _before(heads: tuple[str, ...], name: str) -> str:
    """What stands before the first of some words that a name ends with; nothing where it ends with none."""
    if not name.endswith(heads):
        return ""
    return next(name.removesuffix(one) for one in heads if name.endswith(one))


def is_low(name: str, lists: Lists) -> bool:
    """Whether a name ends with something of which there should be little, alone or with a measure behind."""
    return _ends(name, "low_nouns", lists.endings("measures", name), lists)


def _of_what(name: str, lists: Lists) -> str:
    """What stands before something of which there should be little: 生产 in 安全生产事故 is part of it."""
    for measure in ("", *lists.endings("measures", name)):
        noun = lists.ending("low_nouns", name.removesuffix(measure))
        if noun:
            return name.removesuffix(measure).removesuffix(noun)
    return name


def _ends(name: str, nouns: str, behind: tuple[str, ...], lists: Lists) -> bool:
    """Whether a name ends with a word of a list, alone or with one of some words behind."""
    if lists.ends(nouns, name):
        return True
    if not name.endswith(behind):
        return False
    return any(name.endswith(one) and lists.ends(nouns, name.removesuffix(one)) for one in behind)
