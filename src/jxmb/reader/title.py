"""What a title says besides the kind of its form: the project's name, and the office before it.

201003_某市水务局某水务站_水泵综合修缮项目绩效目标表
水泵维修项目绩效目标表
"""

from __future__ import annotations

from collections.abc import Callable

from .. import deferred
from ..deferred import dataclass
from ..forms.shapes import OFFICE
from ..model import Reading, readings

_KIND = (
    r"(?:(?:项目)?支出)?\s*(?:整体)?\s*绩效\s*(?:目标)?\s*(?:申报|批复|审批|自评|评价|监控|信息)?\s*表"
    r"(?:[(（].*|之?[一二三四五六七八九十\d]*)$"
)
# What a title that names no project is made of, besides the name of an office.
_GENERAL = (
    r"(?:项目|支出|部门|单位|整体|预算|专项|业务|资金|经费|重点|一般性?|财政|转移支付|区域|年度|市级|省级|县级|区级|中央|地方|本级|对|及|和|的"
    r"|其他|类|特定目标|运转|公开|申报|批复|[()（）《》“”、\-\s])*"
)
KIND = deferred.re(_KIND)
GENERAL = deferred.re(rf"(?:{_GENERAL}\d{{4}}\s*年度?)?{_GENERAL}$")
YEAR = deferred.re(rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年度?(?={_GENERAL}{_KIND})")
DATED = deferred.re(r"(?<![\d—\-])(?P<year>(?:19|20)\d\d)\s*年(?![\d—\-])")
BEFORE = deferred.re(
    r"^[#*_>\s\\'=]*(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）.、．])?\s*"
)
CODED = deferred.re(
    r"^(?:(?P<code>[A-Za-z0-9\-]{3,})\s*[_＿]\s*)?(?:(?P<office>[^_＿]+?)\s*[_＿]\s*)?(?P<name>[^_＿].*)$"
)
# Offices that may stand before 项目绩效目标表; a room or a centre may be what the project builds.
AUTHORITY = deferred.re(r"(?:局|委|厅|办|府|院|校|会|队|部|镇|乡|街道)$|^.{1,5}[省市县区州旗]$")
PROJECT = "项目"


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
    if match is None or not _is_name(match["name"], alone=match["office"] is None):
        return Said()
    parts = {
        name: readings.stretch(title, start + low, start + low + len(match[name].rstrip()))
        for name in ("name", "office")
        if (low := match.start(name)) >= 0
    }
    return Said(parts["name"], parts.get("office"))


def year(text: str, alone: Callable[[], bool]) -> tuple[int, int] | None:
    """Where the year stands that a title names before the kind of its form: 某局2026年项目支出绩效目标表.

    Where it stands `alone`, it may be anywhere in it: 某区2026年残疾人补助资金绩效目标表.
    """
    if "19" not in text and "20" not in text:
        return None
    if (found := YEAR.search(text)) is not None:
        return found.span("year")
    years = [*DATED.finditer(text)]
    return years[0].span("year") if len(years) == 1 and alone() else None


def _is_name(text: str, *, alone: bool) -> bool:
    """Whether there is more in it than the kind of the form, and the office whose form it is."""
    proper = GENERAL.sub("", text)
    if not proper:
        return False
    names = AUTHORITY if text.strip().endswith(PROJECT) else OFFICE
    return not (alone and names.search(proper))
