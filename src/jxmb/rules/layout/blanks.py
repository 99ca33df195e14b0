"""JX1: blanks that nobody typed on purpose, and characters that cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from ... import labels, lazy
from ...findings import Edit, Hit, Safety, Severity, Words
from ...model import Value
from ..base import Context, place, rule, swap
from ..glance import in_phrases, in_print, occurs
from .punctuation import WHAT

# Blanks that are none of the keyboard's, and characters that cannot be seen. A tab or line break is a delimiter.
BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
DELIMITERS = frozenset("\t\r\n")
ODD = lazy.regex(rf"(?P<blank>[{BLANKS}])|[{UNSEEN}]")
KINDS = {
    "\xa0": Words("不换行空格", "a no-break space"),
    "\u3000": Words("全角空格", "a full-width blank"),
    "\u200b": Words("零宽空格", "a zero-width space"),
    "\xad": Words("软连字符", "a soft hyphen"),
    "\ufeff": Words("零宽不换行空格（BOM）", "a byte-order mark"),
}
OTHER_BLANK = Words("特殊空格", "an unusual blank")
OTHER_UNSEEN = Words("看不见的控制字符", "a control character that cannot be seen")
INNER_BLANK = lazy.regex(r"(?<=\p{Han}) +(?=\p{Han})")


@rule(
    Value,
    "JX106",
    Severity.INFO,
    "G",
    title=("含异常空白字符", "Odd blank or control character"),
    zh="内容里有{kind}（U+{code}）",
    en="{kind} (U+{code}) in a value",
    why=(
        "这种字符看上去是空格或根本看不见，系统导入、比对和查重时却会当作不同的内容",
        "it looks like a blank or like nothing, but import, comparison and search take it for other text",
    ),
    remedy=("{advice}", "{advice}"),
    fix=Safety.SAFE,
    blame="transcription",
    when=lambda ctx: not "".join(ctx.once(in_print) - DELIMITERS).isprintable(),
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
            "advice": Words("改为普通空格", "write a plain blank")
            if first["blank"]
            else Words("删去这个字符", "delete it"),
        },
        edits=edits,
    )


@rule(
    Value,
    "JX112",
    Severity.INFO,
    "G",
    title=("字间多余空格", "Blank between characters"),
    zh="{what}的汉字之间有空格：“{found}”",
    en="a blank between the characters of {what}: {found}",
    why=(
        "多为断行或识别留下的空格；带空格的名称在系统里查不到、也对不上",
        "mostly left by a line break or by OCR; with it the name can neither be found nor matched",
    ),
    remedy=("删去空格，写作“{meant}”", "write {meant}"),
    fix=Safety.SAFE,
    blame="transcription",
    when=occurs(" ", in_phrases),
)
def name_inner_blank(value: Value, ctx: Context) -> Iterator[Hit]:
    """Plain blanks between two Chinese characters of a name or target; others are JX106."""
    text = value.reading.text
    if value.role not in WHAT or not (blanks := list(INNER_BLANK.finditer(text))):
        return
    if labels.meaning(text.split()[0], "level1", "level2"):
        return  # two cells that the print put together: the blank is what parts them
    start, end = blanks[0].span()
    shown = text[max(0, start - 4) : end + 4].strip()
    yield Hit(
        place(value.reading, start, end),
        {"what": WHAT[value.role], "found": shown, "meant": INNER_BLANK.sub("", shown)},
        edits=tuple(edit for one in blanks for edit in swap(value.reading, *one.span(), "")),
        value=text,
    )
