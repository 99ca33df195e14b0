"""Cells that stand in a sentence: `项目名称：…`, `【产出指标-数量指标】`, `指标1：名称（≥3台）`, `名称 ≥3台；名称 …`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import deferred, labels, values
from ..fragments import Fragment, Gap, part
from .limits import LIMITS

TAG = deferred.regex(r"^【([^【】]{2,16})[-—－–·/]([^【】]{2,20})】$")
NUMBERED = deferred.regex(r"^指标\s*\d{1,2}\s*[：:.、]\s*(?=\S)")
IN_BRACKETS = deferred.regex(
    r"^(.{2,60})[（(]([^（）()]{1,40}(?:[（(][^（）()]{0,10}[）)])?)[）)]$"
)
SEAMS = frozenset("：:【")
ENDS = "；;。"


def cut(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces with what stands in one sentence cut apart."""
    lists = any(_opens_list(piece.text) for piece in pieces)
    found: list[Fragment] = []
    for piece in pieces:
        joined = lists or not SEAMS.isdisjoint(piece.text)
        found.extend(_cut(piece, lists=lists) if joined else (piece,))
    return found


def _opens_list(text: str) -> bool:
    """Whether indicators follow in a sentence: behind a level and a colon, or numbered with value in brackets."""
    colon = _colon(text)
    if colon:
        return colon + 1 < len(text) and labels.meaning(text[:colon], "level2") is not None
    return bool(NUMBERED.match(text) and IN_BRACKETS.match(text))


def _cut(piece: Fragment, *, lists: bool) -> Iterator[Fragment]:
    if piece.cell.rest or piece.cell.span.text != piece.cell.text or labels.find(piece.text):
        yield piece
        return
    tag = TAG.match(piece.text)
    if tag and all(labels.meaning(word, "level1", "level2") for word in tag.groups()):
        yield part(piece, tag.start(1), tag.end(1), piece.gap)
        yield part(piece, tag.start(2), tag.end(2), Gap.NARROW)
        return
    colon = _colon(piece.text)
    if colon:
        yield part(piece, 0, colon, piece.gap)
        piece = part(piece, colon + 1, len(piece.text), Gap.NARROW)
        if not piece.text:
            return
    if lists:
        yield from _sentence(piece)
    else:
        yield piece


def _colon(text: str) -> int:
    """Where the colon behind a label stands; 0 where there is none."""
    if ":" not in text and "：" not in text:
        return 0
    ends = [at for at in (text.find("："), text.find(":")) if 0 < at <= LIMITS.run]
    if not ends:
        return 0
    at = min(ends)
    if text[:at] == "其中":
        later = [at for at in (text.find("：", at + 1), text.find(":", at + 1)) if at > 0]
        at = min(later, default=at)
    return at if labels.find(text[:at]) else 0


def _sentence(piece: Fragment) -> Iterator[Fragment]:
    """Names and values of a list: `≥12台；巡查次数`, `指标1：设备完好率（≥95%）`."""
    text = piece.text
    number = NUMBERED.match(text)
    bracket = IN_BRACKETS.match(text) if number else None
    if bracket and values.looks_like_target(bracket[2]):
        yield part(piece, number.end(), bracket.end(1), piece.gap) if number else piece
        yield part(piece, bracket.start(2), bracket.end(2), Gap.NARROW)
        return
    start = 0
    gap = piece.gap
    for at, letter in enumerate(text):
        if letter in ENDS and at > start and values.looks_like_target(text[start:at]):
            yield part(piece, start, at, gap)
            start, gap = at + 1, Gap.LINE
    if start < len(text):
        yield part(piece, start, len(text), gap)
