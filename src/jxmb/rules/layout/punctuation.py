"""JX1: punctuation in the wrong width or place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ... import deferred
from ...findings import Hit, Safety, Severity, Words
from ...model import Project, Reading, Value
from ..base import Context, place, rule, swap
from ..glance import ends, occurs, spoken

HALF = deferred.regex(r"(?<=[\p{Han}）”》]|\p{Han}\))[,:;](?=[\p{Han}（“《]|\(\p{Han})")
HALF_BRACKETS = deferred.regex(
    r"(?<=\p{Han})\((?=\p{Han})[^()（）]{1,80}\)|\([^()（）]{1,80}(?<=\p{Han})\)(?=\p{Han})"
)
FULL = str.maketrans(",:;()", "，：；（）")
END = deferred.re(r"[。；，、;,]+\s*$")
SENTENCE_END = deferred.re(r"[。；;！？]")


@rule(
    Project,
    "JX107",
    Severity.INFO,
    "G",
    title=("中文内用半角标点", "Half-width punctuation in Chinese"),
    zh="中文内用半角标点“{found}”",
    en="Half-width `{found}` in Chinese text",
    why=(
        "GB/T 15834 标点符号用法：中文使用全角标点",
        "GB/T 15834 on punctuation: Chinese text has full-width marks",
    ),
    remedy=(
        "改为“{meant}”",
        "Write `{meant}`",
    ),
    fix=Safety.SAFE,
    blame="transcription",
    when=occurs(",:;(", spoken),
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
    title=("末尾多余标点", "Superfluous end punctuation"),
    zh="{what}末尾标点“{found}”多余",
    en="Trailing `{found}` in {what}",
    why=(
        "本工具约定：指标名称和指标值为短语，末尾不用标点",
        "Convention of this tool: names and targets are phrases and have no end mark",
    ),
    remedy=(
        "删除末尾标点",
        "Remove it",
    ),
    fix=Safety.SAFE,
    blame="transcription",
    when=occurs("。；，、;,", ends),
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
    "name": Words("指标名称", "indicator name"),
    "target": Words("指标值", "target"),
}
