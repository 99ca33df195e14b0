"""What a title says besides the kind of its form: the project's name, and the office before it.

201003_某市水务局某水务站_水泵综合修缮项目绩效目标表
水泵维修项目绩效目标表
"""

from __future__ import annotations

from dataclasses import dataclass

from .. import lazy
from ..forms.shapes import OFFICE
from ..model import Reading, readings

KIND = lazy.regex(
    r"(?:支出)?\s*(?:整体)?\s*绩效\s*(?:目标)?\s*(?:申报|批复|审批|自评|评价|监控|信息)?\s*表(?:[(（].*|之?[一二三四五六七八九十\d]*)$"
)
BEFORE = lazy.regex(
    r"^(?:附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：.、]?|[(（]?[\d一二三四五六七八九十]{1,3}\s*[)）.、．])\s*"
)
CODED = lazy.regex(
    r"^(?:(?P<code>[A-Za-z0-9\-]{3,})\s*[_＿]\s*)?(?:(?P<office>[^_＿]+?)\s*[_＿]\s*)?(?P<name>[^_＿].*)$"
)
# What is left of a title that names no project is made of these, and of the name of an office.
KINDS = lazy.regex(
    r"(?:项目|支出|部门|单位|整体|预算|专项|业务|资金|经费|重点|一般性?|财政|转移支付|区域|年度|市级|省级|县级|区级|中央|地方|本级"
    r"|对|及|和|的|其他|类|特定目标|运转|公开|申报|批复|\d{4}\s*年度?|[()（）《》“”、_\-\s])*$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a title; None for what it does not say."""

    name: Reading[str] | None = None
    office: Reading[str] | None = None


def said(title: Reading[str]) -> Said:
    """The project and the office that a title names."""
    text = title.text
    kind = KIND.search(text)
    if kind is None:
        return Said()
    before = BEFORE.match(text)
    start = before.end() if before else 0
    match = CODED.match(text[start : kind.start()])
    if match is None:
        return Said()
    name = match["name"]
    proper = KINDS.sub("", name)
    if len(proper) < 2 or (OFFICE.search(proper) and match["office"] is None):
        return Said()
    office = match.span("office")
    return Said(
        readings.stretch(
            title, start + match.start("name"), start + match.start("name") + len(name.rstrip())
        ),
        readings.stretch(title, start + office[0], start + office[1]) if match["office"] else None,
    )
