"""JX1: characters that were lost when a text was decoded or recognised."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ... import deferred
from ...findings import Edit, Hit, Safety, Severity, Words
from ...model import Project, Value
from ...source import LOST, Span
from ..base import Context, rule
from ..glance import every_value, printed

SHOWN = 16  # characters that a message quotes

REPLACED = deferred.re("\ufffd+")
# What UTF-8 looks like when it is read as Latin-1 (æ•°é‡), and what is left of bytes that were lost twice.
LATIN = deferred.re(
    "(?:[\xc2-\xf4][\x80-\xbf\u2018-\u203a\u20ac\u2122\u0152-\u017e\u02c6\u02dc]{1,3}){2,}"
)
GBK_AS_LATIN = deferred.re("[\xa1-\xff]{4,}")
SPOILT = deferred.re("锟斤拷|锟斤|烫烫烫|屯屯屯")
HAN_ONLY = deferred.regex(r"[\p{Han}，。；：、]{2,}")
# What broken text has: U+FFFD, Latin letters, some characters, or two of UTF-8 in the bytes that GBK makes of it.
ODD, LATIN_LETTER = (LOST, *"锟烫屯"), deferred.re("[\xa1-\xff]")
MISREAD = deferred.re(rb"[\xe2-\xf0][\x80-\xbf]{2,3}[\xe2-\xf0][\x80-\xbf]{2}")
LOST_FOR_GOOD = Words("原文已丢失", "original text lost")
RETYPE = Words("对照原表重新录入", "Retype it from the original")
HAN_RUN = deferred.regex(r"\p{Han}{4,}")
CUT = 3  # bytes of a character of which the end was cut off


@rule(
    Project,
    "JX109",
    Severity.WARNING,
    "G",
    title=("含乱码字符", "Broken characters"),
    zh="含乱码“{found}”，{state}",
    en="Unreadable characters `{found}`, {state}",
    why=(
        "编码错误或识别失败所致，无法读取和审核",
        "Caused by a wrong encoding or failed OCR; such text cannot be read or reviewed",
    ),
    remedy=(
        "{advice}；整份文件均有乱码的，以 UTF-8 编码重新导出",
        "{advice}; if the whole file is affected, export it again as UTF-8",
    ),
    fix=Safety.UNSAFE,
    blame="transcription",
    when=lambda ctx: _may_be_broken(ctx),
)
def broken_character(project: Project, ctx: Context) -> Iterator[Hit]:
    """U+FFFD anywhere in a form, and runs of gibberish in its values."""
    spans: list[Span] = []
    for value in project.values():
        if value.reading.missing:
            continue
        spans.extend(value.reading.spans)
        if (at := _broken(value)) is not None:
            yield _hit(at, value.where)
    yield from _elsewhere(project, sorted(set(spans)))


def _hit(at: Span, where: tuple[str, ...]) -> Hit:
    """The finding at a broken stretch: what reads back as Chinese is offered, all else is lost."""
    meant = _read_back(at.text)
    words: dict[str, object] = {"found": at.text[:SHOWN], "state": LOST_FOR_GOOD, "advice": RETYPE}
    if meant is None:
        return Hit(at, words, where=where)
    words["state"] = Words(f"按原编码应为“{meant[:SHOWN]}”", f"originally `{meant[:SHOWN]}`")
    words["advice"] = Words(
        f"与原表核对后改为“{meant}”", f"Compare with the original and write `{meant}`"
    )
    return Hit(at, words, edits=(Edit(at, meant),), where=where)


def _may_be_broken(ctx: Context) -> bool:
    """Whether a form has U+FFFD, or one of its values a character that gibberish has."""
    project = ctx.project
    if _is_odd(ctx.once(printed)):
        return True
    ends = [span.end for value in ctx.once(every_value) for span in value.reading.spans]
    last = max(*ends, project.at.end, *(span.end for span in project.strays), 0)
    return project.at.source.text.find(LOST, project.at.start, last) >= 0


def _is_odd(text: str) -> bool:
    """Whether a text has what broken text has: few others are looked at closely."""
    if any(map(text.__contains__, ODD)) or LATIN_LETTER.search(text):
        return True
    return MISREAD.search(text.encode("gbk", "replace")) is not None


def _broken(value: Value) -> Span | None:
    """The first broken stretch of a value."""
    for span in value.reading.spans:
        text = span.text
        if not _is_odd(text):
            continue  # one odd character in a form makes the rule asked; the other values are sound
        match = REPLACED.search(text) or LATIN.search(text) or SPOILT.search(text)
        if match is not None:
            return span.sub(*match.span())
        if run := next((run for run in HAN_RUN.finditer(text) if _decoded_wrongly(run[0])), None):
            return span.sub(*run.span())
        if (latin := GBK_AS_LATIN.search(text)) and _is_gbk(latin[0]):
            return span.sub(*latin.span())
    return None


def _is_gbk(text: str) -> bool:
    """Whether Latin letters are Chinese text in GBK that was read as Latin-1 (ÊýÁ¿ for 数量)."""
    try:
        return bool(HAN_ONLY.fullmatch(text.encode("latin-1").decode("gbk")))
    except UnicodeDecodeError:
        return False


def _read_back(text: str) -> str | None:
    """What UTF-8 that was read as GBK says; None where bytes of it are gone."""
    try:
        meant = text.encode("gbk").decode("utf-8")
    except UnicodeError:
        return None
    return meant if HAN_ONLY.fullmatch(meant) else None


def _decoded_wrongly(text: str) -> bool:
    """Whether characters are UTF-8 that was read as GBK (鏁伴噺 for 数量): their bytes still say so."""
    try:
        data = text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return any(_is_utf8(data[: len(data) - cut]) for cut in range(CUT))


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are Chinese text in UTF-8; those of 时效指标 are UTF-8 too, but no Chinese."""
    try:
        return bool(HAN_ONLY.fullmatch(data.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _elsewhere(project: Project, spans: Sequence[Span]) -> Iterator[Hit]:
    """U+FFFD in labels, headers, titles and strays: one finding a line. `spans` of values are sorted."""
    source = project.at.source
    starts = [span.start for span in spans]
    last = max(span.end for span in (project.at, *spans, *project.strays))
    said = 0
    for match in REPLACED.finditer(source.text, project.at.start, last):
        at = Span(source, *match.span())
        before = bisect_right(starts, at.start) - 1
        if at.line == said or (before >= 0 and at.start < spans[before].end):
            continue
        said = at.line
        yield _hit(at, ())
