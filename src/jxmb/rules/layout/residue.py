"""JX1: what other programs and the template left in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ... import deferred
from ...findings import Edit, Hit, Safety, Severity
from ...model import Project, Reading, Value
from ...source import Span
from ..base import Context, rule
from ..glance import beginnings, occurs, printed

if TYPE_CHECKING:
    import regex

# Tags that carry no meaning. <br> is how Markdown writes a line break, <sub> and <sup> say something: not listed.
BLOCK = "p|div|li|ul|ol|h[1-6]|section|center|table|tbody|tr|td|th"
TAG = rf"</?(?:{BLOCK}|b|i|u|a|em|strong|span|font|o:p)(?:\s[^<>]{{0,300}})?/?>"
BOLD = r"(?:(?<=^|[\s>])(?P<open>\*\*)(?=[^\s*%])(?:[^*]{1,200})(?<=[^\s*])(?P<close>\*\*)(?=$|[\s<，。；]))"
MARKUP = deferred.regex(
    rf"(?P<tags>(?:{TAG})+)|(?P<blank>&(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0);)|{BOLD}",
    re.IGNORECASE,
)
# The same in HTML, where tags and entities are its own: residue is what is shown as written.
SHOWN = deferred.regex(
    rf"(?P<tags>(?:&lt;/?(?:{BLOCK}|b|i|u|a|em|strong|span|font|o:p)(?:\s[^<>&]{{0,300}})?/?&gt;)+)"
    rf"|(?P<blank>&amp;(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0);)|{BOLD}",
    re.IGNORECASE,
)
BLOCK_TAG = deferred.regex(rf"(?:<|&lt;)/?(?:{BLOCK})\b", re.IGNORECASE)
HTML_CELL = deferred.regex(r"<(?:td|th|tr)\b", re.IGNORECASE)
# A cell that holds nothing but what the template printed there.
TEMPLATE = deferred.re(
    r"\s*(?:"
    r"(?:(?:指标|目标)\s*(?:\d{1,2}\s*[:：.、]?|[:：])\s*(?:[….·]{1,12}\s*)?){1,20}"
    r"|(?:…|\.{3}|·{3})[….·\s]{0,20}"
    r"|[（(【]?\s*(?:示例|样例|范例|参考模板|填写说明|填报说明|填表说明)\s*[)）】]?\s*[:：]?"
    r"|[（(【](?:请|此处|由[^（）()]{1,10})?(?:填写|填报|填入)[^（）()【】]{0,30}[)）】]"
    r"|[（(]\s*必填\s*[)）]"
    r"|[*＊×XxＸ]{2,20}"
    r")\s*"
)

MARKED = occurs("指目….·（(【示样范参填*＊×XxＸ", beginnings)  # how one of those begins


@rule(
    Project,
    "JX104",
    Severity.INFO,
    "G",
    title=("残留标记符号", "Markup left in value"),
    zh="含排版标记“{mark}”",
    en="Leftover markup `{mark}`",
    why=(
        "由其他软件带入，不属于填报内容，录入系统后原样显示",
        "Left by another program: not part of the content, and shown as it is by other systems",
    ),
    remedy=(
        "删除标记，保留文字",
        "Remove the markup and keep the text",
    ),
    fix=Safety.SAFE,
    blame="transcription",
    when=occurs("<&*", printed),
)
def markup_residue(project: Project, ctx: Context) -> Iterator[Hit]:
    """Tags, bold marks and blank entities; in HTML those that it shows."""
    marked = SHOWN if _is_html(project) else MARKUP
    for value in project.values():
        if (hit := _markup(value, marked)) is not None:
            yield hit


def _markup(value: Value, marked: regex.Pattern[str]) -> Hit | None:
    if value.reading.missing:
        return None
    spans = [_with_stars(span) for span in value.reading.spans]
    marks = [(span, one) for span in spans for one in marked.finditer(span.text)]
    if not marks:
        return None
    span, first = marks[0]
    edits = tuple(edit for span, one in marks for edit in _unmarked(span, one))
    mark = next(first[name] for name in ("tags", "blank", "open") if first[name])
    return Hit(
        span.sub(first.start(), first.start() + len(mark)),
        {"mark": mark},
        edits=edits,
        where=value.where,
    )


def _with_stars(span: Span) -> Span:
    """A place with the bold marks round it, which the reader has left out."""
    text = span.source.text
    if text[span.start - 2 : span.start] == "**" == text[span.end : span.end + 2]:
        return Span(span.source, span.start - 2, span.end + 2)
    return span


def _unmarked(span: Span, mark: regex.Match[str]) -> Iterator[Edit]:
    """The edits that take a mark away; where it parted two words, a blank takes its place."""
    if mark["open"]:
        yield Edit(span.sub(*mark.span("open")), "")
        yield Edit(span.sub(*mark.span("close")), "")
        return
    text = span.text
    before, after = text[: mark.start()][-1:], text[mark.end() :][:1]
    inside = bool(before and after)
    words = inside and (before + after).isascii() and (before + after).isalnum()
    parts = inside if mark["blank"] else words and BLOCK_TAG.search(mark["tags"])
    yield Edit(span.sub(mark.start(), mark.end()), " " if parts else "")


def _is_html(project: Project) -> bool:
    """Whether the form is written in HTML, where tags are no residue."""
    end = max(span.end for value in project.values() for span in value.reading.spans)
    return bool(HTML_CELL.search(project.at.source.text, project.at.start, end))


@rule(
    Project,
    "JX114",
    Severity.WARNING,
    "W",
    title=("模板文字未删除", "Template text not removed"),
    zh="仅有模板文字“{found}”，未填写",
    en="Only template text `{found}`",
    why=(
        "财预〔2015〕88号 附表：“指标1：”“……”为预印提示，不是填报内容",
        "财预〔2015〕88号, annexed form: `指标1：` and `……` are printed hints, not content",
    ),
    remedy=(
        "填写内容，或删除未使用的行",
        "Fill it in, or delete the unused row",
    ),
    silences=("JX222",),
    blame="transcription",
    when=lambda ctx: bool(ctx.project.templates) or MARKED(ctx),
)
def template_residue(project: Project, ctx: Context) -> Iterator[Hit]:
    """Cells with only template text. A placeholder in a target is JX315."""
    seen: set[int] = set()
    for where, reading in _template_cells(project):
        if reading.at.start not in seen:
            seen.add(reading.at.start)
            yield Hit(reading.at, {"found": reading.text.strip()}, where=where)


def _template_cells(project: Project) -> Iterator[tuple[tuple[str, ...], Reading[Any]]]:
    """The cells with their place in the form: levels and column, or the label of a field."""
    for value in project.templates:
        yield value.where, value.reading
    for value in project.values():
        if value.role in ("target", "amount") or value.reading.missing:
            continue
        if value.reading.text.strip() and TEMPLATE.fullmatch(value.reading.text):
            named = value.role == "name"
            yield (*value.where[:-1], "三级指标") if named else value.where, value.reading
