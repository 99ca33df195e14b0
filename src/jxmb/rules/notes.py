"""JX006 to JX010: what a document tells of its reading. Texts tell nothing, and are not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from ..findings import Hit, Severity, Words
from ..model import Project
from ..source import Inside, Note, Place, Source, Span
from .base import Context, counted, rule
from .glance import When, every_value

WORKBOOKS = ("xlsx", "xls")


def noted(kind: str) -> When:
    """Whether the document tells of a kind of thing anywhere."""
    return lambda ctx: any(one.kind == kind for one in ctx.project.at.source.notes)


def told(source: Source, kind: str) -> Iterator[Note]:
    """What the document tells of one kind."""
    return (one for one in source.notes if one.kind == kind)


def within(ctx: Context, kind: str) -> list[Note]:
    """What it tells of the form: the notes between its beginning and its last value."""
    start, end = ctx.once(extent)
    return [
        one
        for one in told(ctx.project.at.source, kind)
        if one.offset <= end and max(one.offset, one.end - 1) >= start
    ]


def extent(ctx: Context) -> tuple[int, int]:
    """Where the form begins and where its last value ends."""
    form = ctx.project
    spans = [span for value in ctx.once(every_value) for span in value.reading.spans]
    spans += [form.at, *form.strays]
    return min(span.start for span in spans), max(span.end for span in spans)


def place(source: Source, note: Note) -> Span:
    """Where a note belongs."""
    return Span(source, note.offset, max(note.offset, note.end))


@rule(
    Source,
    "JX006",
    Severity.WARNING,
    "W",
    title=("隐藏内容中有绩效表", "Form in hidden content"),
    zh="隐藏内容{named}含绩效目标表的内容",
    en="Hidden content{named} contains parts of a form",
    why=(
        "隐藏的工作表、行、列和文字未检查，但随文件一并报送",
        "Hidden sheets, rows, columns and text were not checked, yet are submitted with the file",
    ),
    remedy=(
        "取消隐藏后再检查，或删除隐藏内容",
        "Unhide it and check again, or delete it",
    ),
    blame="content",
)
def hidden_content(source: Source, ctx: Context) -> Iterator[Hit]:
    """Hidden content that the reader of the document left out because it has labels or rows of a form."""
    for note in told(source, "hidden"):
        named = Words(f"“{note.what}”", f" `{note.what}`") if note.what else ""
        yield Hit(_hidden_at(source, note), {"named": named}, value=note.what)


def partly_hidden(ctx: Context) -> bool:
    """Whether parts of the form are hidden: what seems to be missing may stand there."""
    return noted("hidden")(ctx) and any(one.end > one.offset for one in within(ctx, "hidden"))


def _hidden_at(source: Source, note: Note) -> Span | Place:
    """Where hidden content is: in a workbook what it is called, for it has no place in the text."""
    at = Span(source, note.offset, note.offset)
    if source.document not in WORKBOOKS or not note.what:
        return at
    return replace(at.place, inside=Inside(note.what, note.what, sheet=note.what.rsplit("!", 1)[0]))


@rule(
    Project,
    "JX007",
    Severity.WARNING,
    "W",
    title=("公式没有计算结果", "Formula without result"),
    zh="{problem}",
    en="{problem}",
    why=(
        "文件未保存可用的结果：能算出的按公式计算，其余按空白读取，相关检查不可靠",
        "The file has no usable result: what can be worked out was, other cells were read as empty, and checks based on them are not reliable",
    ),
    remedy=(
        "更正出错的公式，用 Excel 或 WPS 打开并保存一次，再检查",
        "Correct formulas with errors, open and save the file once in Excel or WPS, then check again",
    ),
    when=noted("formula"),
    blame="transcription",
)
def formula_without_result(project: Project, ctx: Context) -> Iterator[Hit]:
    """A cell of the form whose formula has no stored result, or an error for one."""
    for note in within(ctx, "formula"):
        zh, en = (f"“{note.what}”", f" `{note.what}`") if note.what else ("", "")
        result = project.at.source.text[note.offset : note.end]
        own, own_en = (
            (f"，按公式算得“{result}”", f", worked out as `{result}`") if result else ("", "")
        )
        problem = Words(f"公式{zh}没有计算结果{own}", f"Formula{en} without result{own_en}")
        if note.what.startswith("#"):
            problem = Words(f"计算结果为错误值“{note.what}”", f"Error value `{note.what}`")
        yield Hit(place(project.at.source, note), {"problem": problem}, value=note.what)


@rule(
    Project,
    "JX008",
    Severity.WARNING,
    "W",
    title=("修订尚未处理", "Unresolved revisions"),
    zh="表内有 {revisions}未处理，按全部接受读取",
    en="{revisions}, read as if accepted",
    why=(
        "接受或拒绝修订，表的内容不同；报送的应为定稿",
        "The form differs with the revisions accepted or rejected; the version submitted should be final",
    ),
    remedy=(
        "在 Word 或 WPS 中接受或拒绝全部修订",
        "Accept or reject all changes in Word or WPS",
    ),
    when=noted("revision"),
)
def unresolved_revision(project: Project, ctx: Context) -> Iterator[Hit]:
    """Tracked insertions and deletions inside the form, once."""
    notes = within(ctx, "revision")
    if notes:
        first, *more = (place(project.at.source, note) for note in notes)
        count = sum(note.count for note in notes)
        revisions = counted(count, "处修订", "unresolved revision", "unresolved revisions")
        yield Hit(first, {"revisions": revisions}, also=tuple(more), value="")


@rule(
    Source,
    "JX009",
    Severity.ERROR,
    "G",
    title=("扫描页未识别", "Scanned page not read"),
    zh="{pages}未读取",
    en="Not read: {pages}",
    why=(
        "图片、损坏的页和嵌入的内容没有文字可读；未检查的内容不能视为通过",
        "Pictures, damaged pages and embedded content have no text; what was not checked does not pass",
    ),
    remedy=("{advice}", "{advice}"),
    silences=("JX002",),
    always=True,
    blame="transcription",
)
def page_not_read(source: Source, ctx: Context) -> Iterator[Hit]:
    """Pages that are pictures without text, or damaged: once a file."""
    notes = list(told(source, "unread-page"))
    if notes:
        words = {"pages": listed(notes), "advice": _advice(notes)}
        yield Hit(place(source, notes[0]), words, value="")


def listed(notes: list[Note]) -> Words:
    """The pages that were not read, as ``3-5, 8``, and what has a name."""
    numbers = sorted({int(note.what) for note in notes if note.what.isdecimal()})
    runs = (
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0])
    )
    pages = [f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    names = sorted({note.what for note in notes if not note.what.isdecimal()})
    zh, en = "、".join(pages), ", ".join(pages)
    noun = "pages" if len(numbers) > 1 else "page"
    parts = [Words(f"第 {zh} 页", f"{noun} {en}")] if pages else []
    parts += [
        Words(f"“{name}”" if name else "图片", f"`{name}`" if name else "a picture")
        for name in names
    ]
    return Words("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _advice(notes: list[Note]) -> Words:
    needs = next((note.needs for note in notes if note.needs), "")
    if needs:
        return Words(
            f"安装 {needs}（pip install {needs}）后再检查",
            f"Install {needs} (pip install {needs}), then check again",
        )
    return Words(
        "改用可以复制文字的文件（Word、Excel 或由其导出的 PDF），或确认这些页中没有绩效目标表",
        "Use a file with text that can be copied (Word, Excel, or a PDF made from them), or confirm that these pages have no form",
    )


@rule(
    Project,
    "JX010",
    Severity.INFO,
    "G",
    title=("文字经识别取得", "Text from OCR"),
    zh="本表文字经识别（OCR）取得",
    en="Text obtained by character recognition (OCR)",
    why=(
        "识别可能误读比较符、小数点和形近字，所报问题以原件为准",
        "OCR may misread signs, decimal points and similar characters; the original decides",
    ),
    remedy=(
        "对照原件核对数值和比较符",
        "Compare numbers and signs with the original",
    ),
    when=noted("ocr"),
    blame="transcription",
)
def text_from_ocr(project: Project, ctx: Context) -> Iterator[Hit]:
    """A form on pages whose text was recognised."""
    if within(ctx, "ocr"):
        yield Hit(project.at, value="")


def recognised(ctx: Context) -> bool:
    """Whether the text of a form, or a part of it, was recognised."""
    return noted("ocr")(ctx) and bool(within(ctx, "ocr"))
