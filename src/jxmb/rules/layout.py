"""JX1: what the reader had to repair."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Hit, Severity
from ..model import Project
from .base import Context, rule


@rule(
    Project,
    "JX115",
    Severity.WARNING,
    "G",
    zh="这张表有 {share}% 的行没能可靠读出，缺项检查只作提示",
    en="{share}% of the rows of this form could not be read safely; what seems to be missing is only a remark",
    why=(
        "文本损坏不是填报人的漏项；读不准时不能断定缺什么",
        "damaged text is not the author's omission; where reading is unsafe nobody can say what is missing",
    ),
    remedy=(
        "请换一种方式导出或重新识别（保留表格的单元格），再检查一次",
        "export or scan the form again in a way that keeps the cells of its tables, then check it once more",
    ),
)
def unsafe_reading(project: Project, ctx: Context) -> Iterator[Hit]:
    """More rows than the limit were placed by guesses or not at all."""
    if project.damage > ctx.limits.unread_rows:
        yield Hit(project.at, {"share": round(project.damage * 100)}, value="")
