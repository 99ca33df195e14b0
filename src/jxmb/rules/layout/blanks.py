"""JX1: blanks that nobody typed on purpose, and characters that cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred, labels
from ...findings import Edit, Hit, Safety, Severity, Words
from ...model import Value
from ..base import Context, place, rule, swap
from ..glance import phrases, printed
from .punctuation import WHAT

# Blanks that are none of the keyboard's, and characters that cannot be seen. A tab or line break is a delimiter.
BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
DELIMITERS = "\t\r\n"
ODD = deferred.re(rf"(?P<blank>[{BLANKS}])|[{UNSEEN}]")
KINDS = {
    "\xa0": Words("不换行空格", "No-break space"),
    "\u3000": Words("全角空格", "Full-width space"),
    "\u200b": Words("零宽空格", "Zero-width space"),
    "\xad": Words("软连字符", "Soft hyphen"),
    "\ufeff": Words("零宽不换行空格（BOM）", "Byte-order mark"),
}
OTHER_BLANK = Words("特殊空格", "Unusual space")
OTHER_UNSEEN = Words("不可见的控制字符", "Invisible control character")
INNER_BLANK = deferred.regex(r"(?<=\p{Han}) +(?=\p{Han})")
AROUND = 4  # code points beside a blank that are shown


@rule(
    Value,
    "JX106",
    Severity.INFO,
    "G",
    title=("含异常空白字符", "Odd blank or control character"),
    zh="含{kind}（U+{code}）",
    en="{kind} (U+{code})",
    why=(
        "本工具约定：特殊空格和不可见字符影响检索、比对和查重",
        "Convention of this tool: such characters prevent search and comparison",
    ),
    remedy=("{advice}", "{advice}"),
    fix=Safety.SAFE,
    blame="transcription",
    when=lambda ctx: not _undelimited(ctx.once(printed)).isprintable(),
)
def odd_blank(value: Value, ctx: Context) -> Iterator[Hit]:
    """Blanks that are none of the keyboard's become one; what cannot be seen goes."""
    if value.reading.missing:
        return
    odd = [(span, one) for span in value.reading.spans for one in ODD.finditer(span.text)]
    if not odd:
        return
    edits = tuple(Edit(span.sub(*one.span()), " " if one["blank"] else "") for span, one in odd)
    span, first = odd[0]
    yield Hit(
        span.sub(*first.span()),
        {
            "kind": KINDS.get(first[0], OTHER_BLANK if first["blank"] else OTHER_UNSEEN),
            "code": f"{ord(first[0]):04X}",
            "advice": Words("改为普通空格", "Use a plain space")
            if first["blank"]
            else Words("删除该字符", "Remove it"),
        },
        edits=edits,
    )


def _undelimited(text: str) -> str:
    for delimiter in DELIMITERS:
        text = text.replace(delimiter, "")
    return text


@rule(
    Value,
    "JX112",
    Severity.INFO,
    "G",
    title=("字间多余空格", "Blank between characters"),
    zh="{what}“{found}”含多余空格",
    en="Extra space in {what} `{found}`",
    why=(
        "本工具约定：汉字之间不留空格；多为断行或识别所致，影响检索和比对",
        "Convention of this tool: no space between Chinese characters; usually left by a line break or OCR, it prevents search and comparison",
    ),
    remedy=(
        "删除空格，改为“{meant}”",
        "Write `{meant}`",
    ),
    fix=Safety.SAFE,
    blame="transcription",
    when=lambda ctx: any(" " in one for one in ctx.once(phrases)),
)
def name_inner_blank(value: Value, ctx: Context) -> Iterator[Hit]:
    """Plain blanks between two Chinese characters of a name or target; others are JX106."""
    text = value.reading.text
    if value.role not in WHAT or not (blanks := list(INNER_BLANK.finditer(text))):
        return
    if labels.meaning(text.split()[0], "level1", "level2"):
        return  # two cells that the print put together: the blank is what parts them
    start, end = blanks[0].span()
    shown = text[max(0, start - AROUND) : end + AROUND].strip()
    yield Hit(
        place(value.reading, start, end),
        {"what": WHAT[value.role], "found": shown, "meant": INNER_BLANK.sub("", shown)},
        edits=tuple(edit for one in blanks for edit in swap(value.reading, *one.span(), "")),
        value=text,
    )
