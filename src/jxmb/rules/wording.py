"""JX1: how the values of a form are typed: residue of other programs, blanks, punctuation, slips."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from .. import labels, policies
from ..findings import Edit, Hit, Safety, Severity, Words
from ..model import Project, Reading, Value
from ..source import Span
from .base import Context, place, rule, swap

# Tags that carry no meaning. <br> is how Markdown writes a line break, <sub> and <sup> say something: not listed.
BLOCK = "p|div|li|ul|ol|h[1-6]|section|center|table|tbody|tr|td|th"
TAG = rf"</?(?:{BLOCK}|b|i|u|a|em|strong|span|font|o:p)(?:\s[^<>]{{0,300}})?/?>"
MARKUP = regex.compile(
    rf"(?P<tags>(?:{TAG})+)|(?P<blank>&(?:nbsp|ensp|emsp|thinsp|\#160|\#xa0);)"
    r"|(?:(?<=^|[\s>])(?P<open>\*\*)(?=[^\s*%])(?:[^*]{1,200})(?<=[^\s*])(?P<close>\*\*)(?=$|[\s<，。；]))",
    regex.IGNORECASE,
)
BLOCK_TAG = regex.compile(rf"</?(?:{BLOCK})\b", regex.IGNORECASE)
HTML_CELL = regex.compile(r"<(?:td|th|tr)\b", regex.IGNORECASE)

# Blanks that are none of the keyboard's, and characters that cannot be seen. A tab or line break is a delimiter.
BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
ODD = regex.compile(rf"(?P<blank>[{BLANKS}])|[{UNSEEN}]")
KINDS = {
    "\xa0": Words("不换行空格", "a no-break space"),
    "\u3000": Words("全角空格", "a full-width blank"),
    "\u200b": Words("零宽空格", "a zero-width space"),
    "\xad": Words("软连字符", "a soft hyphen"),
    "\ufeff": Words("零宽不换行空格（BOM）", "a byte-order mark"),
}
OTHER_BLANK = Words("特殊空格", "an unusual blank")
OTHER_UNSEEN = Words("看不见的控制字符", "a control character that cannot be seen")

HALF = regex.compile(r"(?<=[\p{Han}）”》]|\p{Han}\))[,:;](?=[\p{Han}（“《]|\(\p{Han})")
HALF_BRACKETS = regex.compile(
    r"(?<=\p{Han})\((?=\p{Han})[^()（）]{1,80}\)|\([^()（）]{1,80}(?<=\p{Han})\)(?=\p{Han})"
)
FULL = str.maketrans(",:;()", "，：；（）")

END = regex.compile(r"[。；，、;,]+\s*$")
SENTENCE_END = regex.compile(r"[。；;！？]")
INNER_BLANK = regex.compile(r"(?<=\p{Han}) +(?=\p{Han})")
# Longest first; 帐篷 behind another word (购入帐篷) is no slip of 入账.
SLIPS = regex.compile(
    f"(?:{'|'.join(sorted(policies.table('slips'), key=len, reverse=True))})(?<!帐(?=篷))"
)
WRITTEN = frozenset({"name", "target", "goal", "extra"})

# A cell that holds nothing but what the template printed there.
TEMPLATE = regex.compile(
    r"\s*(?:"
    r"(?:(?:指标|目标)\s*(?:\d{1,2}\s*[:：.、]?|[:：])\s*(?:[….·]{1,12}\s*)?){1,20}"
    r"|(?:…|\.{3}|·{3})[….·\s]{0,20}"
    r"|[（(【]?\s*(?:示例|样例|范例|参考模板|填写说明|填报说明|填表说明)\s*[)）】]?\s*[:：]?"
    r"|[（(【](?:请|此处|由[^（）()]{1,10})?(?:填写|填报|填入)[^（）()【】]{0,30}[)）】]"
    r"|[*＊×XxＸ]{2,20}"
    r")\s*"
)


@rule(
    Project,
    "JX104",
    Severity.INFO,
    "G",
    zh="内容里残留排版标记“{mark}”",
    en="left-over markup {mark} in a value",
    why=(
        "标记是别的软件留下的，不是填报内容，录入预算系统后会原样显示",
        "the mark was left by another program; it is not part of what the form says, and a budget system shows it as it is",
    ),
    remedy=("删去标记，保留文字", "delete the mark and keep the text"),
    fix=Safety.SAFE,
)
def markup_residue(project: Project, ctx: Context) -> Iterator[Hit]:
    """Tags, bold marks and blank entities, in forms that are no HTML themselves."""
    found = [hit for value in project.values() if (hit := _markup(value)) is not None]
    if found and not _is_html(project):
        yield from found


def _markup(value: Value) -> Hit | None:
    if value.reading.missing:
        return None
    spans = [_with_stars(span) for span in value.reading.spans]
    marks = [(span, one) for span in spans for one in MARKUP.finditer(span.text)]
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
    Value,
    "JX106",
    Severity.INFO,
    "G",
    zh="内容里有{kind}（U+{code}）",
    en="{kind} (U+{code}) in a value",
    why=(
        "这种字符看上去是空格或根本看不见，系统导入、比对和查重时却会当作不同的内容",
        "it looks like a blank or like nothing, but import, comparison and search take it for other text",
    ),
    remedy=("{advice}", "{advice}"),
    fix=Safety.SAFE,
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
    Project,
    "JX107",
    Severity.INFO,
    "G",
    zh="汉字之间用了半角标点“{found}”",
    en="half-width {found} between Chinese characters",
    why=(
        "中文里用全角标点（GB/T 15834 标点符号用法）；半角、全角混用会使同样的内容比对不上",
        "Chinese text takes full-width punctuation (GB/T 15834); mixed widths make equal texts differ",
    ),
    remedy=("改为“{meant}”", "write {meant}"),
    fix=Safety.SAFE,
)
def mixed_punctuation(project: Project, ctx: Context) -> Iterator[Hit]:
    """Commas, colons, semicolons and brackets with Chinese characters on both sides."""
    for value in project.values():
        yield from _half_width(value.reading, value.where, brackets=True)
    for row in project.funding.rows:  # its brackets hold the unit: 项目资金(万元)
        yield from _half_width(row.label, (row.label.text,), brackets=False)


def _half_width(reading: Reading[Any], where: tuple[str, ...], *, brackets: bool) -> Iterator[Hit]:
    text = reading.text
    if reading.missing or text.isascii():
        return
    places = {match.start() for match in HALF.finditer(text)}
    for match in HALF_BRACKETS.finditer(text) if brackets else ():
        places |= {match.start(), match.end() - 1}
    if not places:
        return
    ordered = sorted(places)
    edits = tuple(
        edit for at in ordered for edit in swap(reading, at, at + 1, text[at].translate(FULL))
    )
    found = "".join(dict.fromkeys(text[at] for at in ordered))
    at = place(reading, ordered[0], ordered[0] + 1)
    yield Hit(at, {"found": found, "meant": found.translate(FULL)}, edits=edits, where=where)


@rule(
    Value,
    "JX111",
    Severity.INFO,
    "G",
    zh="{what}末尾多了标点“{found}”",
    en="{what} ends in {found}",
    why=(
        "指标名称和指标值是短语，不是句子，末尾不用标点；录入系统后标点会成为名称的一部分",
        "a name or a value is a phrase and takes no mark at its end; in a budget system the mark becomes part of it",
    ),
    remedy=("删去末尾的标点", "delete the mark"),
    fix=Safety.SAFE,
)
def end_punctuation(value: Value, ctx: Context) -> Iterator[Hit]:
    """A mark at the end of a name or target, unless it closes the last of several sentences."""
    text = value.reading.text
    if value.role not in WHAT or (match := END.search(text)) is None:
        return
    kept = text[: match.start()]
    if not kept.strip() or SENTENCE_END.search(kept):
        return
    start, end = match.span()
    yield Hit(
        place(value.reading, start, end),
        {"what": WHAT[value.role], "found": match[0].strip()},
        edits=swap(value.reading, start, end, ""),
    )


WHAT = {
    "name": Words("指标名称", "the name of the indicator"),
    "target": Words("指标值", "the target"),
}


@rule(
    Value,
    "JX112",
    Severity.INFO,
    "G",
    zh="{what}的汉字之间有空格：“{found}”",
    en="a blank between the characters of {what}: {found}",
    why=(
        "多为断行或识别留下的空格；带空格的名称在系统里查不到、也对不上",
        "mostly left by a line break or by OCR; with it the name can neither be found nor matched",
    ),
    remedy=("删去空格，写作“{meant}”", "write {meant}"),
    fix=Safety.SAFE,
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


@rule(
    Value,
    "JX113",
    Severity.INFO,
    "G",
    zh="“{found}”应为“{meant}”",
    en="{found} should be {meant}",
    why=(
        "常见的错别字或旧写法（《现代汉语词典》）；同一个词写法不一，审核和检索都会出错",
        "a common slip or an older way of writing (现代汉语词典); one word in two spellings misleads review and search",
    ),
    remedy=("改为“{meant}”", "write {meant}"),
    fix=Safety.UNSAFE,
)
def wrong_word(value: Value, ctx: Context) -> Iterator[Hit]:
    """A listed slip in a name, target, goal or note."""
    if value.role not in WRITTEN:
        return
    slips = policies.table("slips")
    for match in SLIPS.finditer(value.reading.text):
        meant = slips[match[0]]
        yield Hit(
            place(value.reading, *match.span()),
            {"found": match[0], "meant": meant},
            edits=swap(value.reading, *match.span(), meant),
            value=match[0],
        )


@rule(
    Project,
    "JX114",
    Severity.WARNING,
    "W",
    zh="这一格只有模板文字“{found}”，没有填写",
    en="this cell holds nothing but the template's {found}",
    why=(
        "“指标1：”“……”是表样里预印的提示，不是指标（财预〔2015〕88号 绩效目标申报表），照原样上报等于没有填",
        "指标1： and …… are printed in the specimen form (财预〔2015〕88号); handed in as they are, nothing was written",
    ),
    remedy=(
        "填写内容，或删去没有用到的行",
        "write what belongs there, or delete the row that is not used",
    ),
)
def template_residue(project: Project, ctx: Context) -> Iterator[Hit]:
    """Cells with only template text. A placeholder in a target is JX315."""
    seen: set[int] = set()
    for where, reading in _template_cells(project):
        if reading.at.start not in seen:
            seen.add(reading.at.start)
            yield Hit(reading.at, {"found": reading.text.strip()}, where=where)


def _template_cells(project: Project) -> Iterator[tuple[tuple[str, ...], Reading[Any]]]:
    for reading in project.templates:
        yield (), reading
    for value in project.values():
        if value.role in ("target", "amount") or value.reading.missing:
            continue
        if value.reading.text.strip() and TEMPLATE.fullmatch(value.reading.text):
            yield value.where, value.reading
