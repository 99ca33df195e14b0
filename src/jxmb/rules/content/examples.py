"""Targets as they could be written instead: what a remedy shows fits the name of the row."""

from __future__ import annotations

from ...meaning import Lists, Row, is_low, way
from ...values import Target

MEASURED = {"数量": "个", "面积": "平方米", "里程": "公里"}  # in what is counted that names no unit
TIMES = ("时间", "时限", "日期", "期限", "周期", "时点")


def share(row: Row, lists: Lists) -> str:
    """A percentage: few of what should be rare."""
    return "≤2%" if is_low(row.name, lists) else "≥95%"


def count(row: Row, lists: Lists) -> str:
    """A number in the unit that the name says."""
    end = lists.ending("count_ends", row.name)
    return f"≥24{MEASURED.get(end) or end.removesuffix('数') or '次'}"


def day(year: int) -> str:
    """A day of the year."""
    return f"{year}年10月31日前"


def target(row: Row, lists: Lists, year: int) -> str:
    """A target of the kind that the name asks for: a share, a day, a cap, a number."""
    if row.rate or row.name.endswith("满意度"):
        return share(row, lists)
    if row.under("时效") or row.name.endswith(TIMES):
        return day(year)
    meant = way(row.name, lists)
    if row.under("成本", "经济成本") or (meant is not None and meant.value == "cost"):
        return "≤1500元"
    return count(row, lists) if lists.ends("count_ends", row.name) else "≥95%"


def is_day(meant: Target | None) -> bool:
    """Whether a value is a date."""
    return meant is not None and meant.date is not None
