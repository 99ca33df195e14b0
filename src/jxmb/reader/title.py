"""What a title says besides the kind of its form: its year, the project's name, and the office before it.

201003_某市水务局某水务站_水泵综合修缮项目绩效目标表
水泵维修项目绩效目标表
"""

from __future__ import annotations

from collections.abc import Callable

from .. import deferred, labels, values
from ..deferred import dataclass
from ..forms.entries import Entry
from ..forms.lines import ANNEX, year_of
from ..forms.shapes import OFFICE
from ..forms.split import Form
from ..model import Reading, readings
from ..source import Span
from ..tables import Cell

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
YEAR_AT_END = deferred.re(
    r"^[(（\[]?((?:19|20)\d\d)(?!\d)[)）\]]?\s*(?:年度?[)）\]]?)?|[(（\[〈《]\s*((?:19|20)\d\d)\s*年?\s*度?\s*[)）\]〉》]?|((?:19|20)\d\d)\s*年度?[)）]?$"
)
YEAR = deferred.re(rf"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年度?(?={_GENERAL}{_KIND})")
DATED = deferred.re(r"(?<![\d—\-])(?P<year>(?:19|20)\d\d)\s*年(?![\d—\-])")
MARKS = deferred.re(r"^[#*_>\s\\'=]+|[*_#\s\\'=]+$")
BEFORE = deferred.re(
    r"^[#*_>\s\\'=]*(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）.、．])?\s*"
)
CODED = deferred.re(
    r"^(?:(?P<code>[A-Za-z0-9\-]{3,})\s*[_＿]\s*)?(?:(?P<office>[^_＿]+?)\s*[_＿]\s*)?(?P<name>[^_＿].*)$"
)
# Offices that may stand before 项目绩效目标表; a room or a centre may be what the project builds.
AUTHORITY = deferred.re(rf"(?:{labels.AUTHORITIES})$|^.{{1,5}}[省市县区州旗]$")
PROJECT = "项目"


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a title; None for what it does not say."""

    name: Reading[str] | None = None
    office: Reading[str] | None = None


def said(cell: Cell | None) -> Said:
    """The project and the office that a title names."""
    kind = KIND.search(cell.text) if cell is not None else None
    if cell is None or kind is None:
        return Said()
    text, title = cell.text, Reading(cell.text, cell.text, cell.spans)
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


def dated(
    cell: Cell | None, at: Span, elsewhere: Reading[int]
) -> tuple[Reading[str], Reading[int]]:
    """The title without a year at one of its ends, and its year; where it has none, that which stands `elsewhere`."""
    if cell is None:
        return readings.missing(at), elsewhere
    text = values.characters(ANNEX.sub("", MARKS.sub("", cell.text)))
    start = cell.span.text.find(text)
    span = cell.span.sub(start, start + len(text)) if start >= 0 else cell.span
    exact = not cell.rest and span.text == text
    plain = values.width(text)
    if "19" not in plain and "20" not in plain:
        found = inside = None
    elif found := YEAR_AT_END.search(plain):
        inside = found.span(found.lastindex or 0)
    else:
        inside = _within(plain, alone=elsewhere.missing)
    if inside is not None:
        printed = plain[slice(*inside)]
        elsewhere = Reading(printed, int(printed), (span.sub(*inside) if exact else span,))
    if found is not None:
        before, behind = (0, found.start()), (found.end(), len(text))
        begin, end = max(before, behind, key=lambda piece: piece[1] - piece[0])
        span = span.sub(begin, end).strip() if exact else span
        text = MARKS.sub("", text[begin:end])
    return Reading(text, text, (span,) if not cell.rest else cell.spans), elsewhere


def year(form: Form, entry: Callable[[str], Entry | None], at: Span) -> Reading[int]:
    """The year that stands below the title of a form, in a field or in a heading above it."""
    cell, heading = form.year, form.heading
    if cell is not None and (text := year_of(cell.text)):
        start = cell.span.text.find(text)
        span = cell.span.sub(start, start + len(text)) if start >= 0 else cell.span
        return Reading(text, int(text), (span,))
    field = entry("year")
    if field is not None and field.values and (text := year_of(field.values[0].text)):
        return Reading(text, int(text), (field.values[0].span,))
    if heading is not None:
        return Reading(heading.text, int(heading.text), (heading.span,))
    return readings.missing(at)


def _within(text: str, *, alone: bool) -> tuple[int, int] | None:
    """Where the year stands that a title names before the kind of its form: 某局2026年项目支出绩效目标表.

    Where it stands `alone`, it may be anywhere in it: 某区2026年残疾人补助资金绩效目标表.
    """
    if (found := YEAR.search(text)) is not None:
        return found.span("year")
    years = [*DATED.finditer(text)]
    return years[0].span("year") if len(years) == 1 and alone else None


def _is_name(text: str, *, alone: bool) -> bool:
    """Whether there is more in it than the kind of the form, and the office whose form it is."""
    proper = GENERAL.sub("", text)
    if not proper:
        return False
    names = AUTHORITY if text.strip().endswith(PROJECT) else OFFICE
    return not (alone and names.search(proper))
