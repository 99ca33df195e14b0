"""Cells of a poorly read page that lost the blanks between them: cut at labels, also torn ones, and at values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import regex

from ... import labels, lazy
from ...labels import inside
from ...labels.inside import is_safe
from ..fragments import Fragment, Gap
from .run_together import (
    NUMBER_TAIL,
    SIGN,
    part,
    with_brackets,
    words_start,
)

DATE_TAIL = lazy.regex(r"(?<=\p{Han})(?:19|20)\d\d\s?年\s?(?:\d{1,2}\s?月)?[\d\s\p{Han}]{0,8}$")
MISREAD = "二三之壹"  # what text recognition makes of ≥ and ≤
LONGEST_HEAD = 20  # of what is left between the labels of a header
UNIT = lazy.regex(r"^[(（](?:亿元|万元|千元|元)[)）](?=.)")
FIGURES = lazy.regex(r"(?<=[\p{Han}）)])\d[\d.,]*$")
LABEL_END = lazy.regex(r"标(?![准志识牌的题记注])|(?:意?度|响|益|本)指标")


def cut(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces cut at labels and between names and values."""
    found: list[Fragment] = []
    table = False
    halves = 0  # level labels whose last characters stand on lines below
    for piece in pieces:
        tails, rest = _tails(piece, halves) if table else ([], piece)
        found.extend(tails)
        halves += piece.text.endswith("指") - len(tails)
        for one in _at_labels(rest, table=table):
            name = labels.meaning(one.text, "column")
            table = table or name in ("level1", "level2")
            if table and not labels.find(one.text):
                found.extend(_values(one))
            else:
                found.extend([one] if table else _figures(one))
    return found


def _tails(piece: Fragment, halves: int) -> tuple[list[Fragment], Fragment]:
    """The ends of level labels (标, 度指标) before the name on a line below them, and the rest."""
    text = piece.text
    at, cuts = 0, [0]
    while piece.gap >= Gap.LINE and len(cuts) <= halves and (match := LABEL_END.match(text, at)):
        at = match.end()
        cuts.append(at)
    if at == len(text):
        return [], piece
    parts = [part(piece, start, end) for start, end in pairwise(cuts)]
    return parts, part(piece, at, len(text)) if at else piece


def _figures(piece: Fragment) -> Iterator[Fragment]:
    """A short text of the header, the unit in brackets before it and the figures behind it apart."""
    text = piece.text
    if len(text) > LONGEST_HEAD or labels.find(text):
        yield piece
        return
    unit, figures = UNIT.match(text), FIGURES.search(text)
    start = unit.end() if unit else 0
    end = figures.start() if figures else len(text)
    for begin, stop in ((0, start), (start, end), (end, len(text))):
        if begin < stop:
            yield part(piece, begin, stop)


def _at_labels(piece: Fragment, *, table: bool) -> Iterator[Fragment]:
    """The labels in a piece, in the table those of levels, and the text between them."""
    text = piece.text
    if labels.find(text):
        yield piece
        return
    start = 0
    levels = (match.span() for match in _levels().finditer(text))
    for begin, end in levels if table else inside.spans(text):
        if begin > start:
            yield part(piece, start, begin)
        start = with_brackets(text, end)
        yield part(piece, begin, start)
    if start < len(text):
        yield part(piece, start, len(text))


def _values(piece: Fragment) -> Iterator[Fragment]:
    """A name with its value and unit behind it."""
    text = piece.text
    at = _value_start(text)
    if (
        at > 2
        and text[at - 1] in MISREAD
        and text[at].isdigit()
        and piece.cell.text != piece.cell.span.text
    ):
        at -= 1
    if 0 < at < len(text):
        yield part(piece, 0, at)
        yield part(piece, at, len(text))
    else:
        yield piece


def _value_start(text: str) -> int:
    found = SIGN.search(text) or DATE_TAIL.search(text) or NUMBER_TAIL.search(text)
    return found.start() if found else words_start(text)


@cache
def _levels() -> regex.Pattern[str]:
    """The labels among the rows of a table: levels, whole or without their last character, and the footer's."""
    found = [word for word in labels.known() if is_safe(word)]
    levels = [word for word in found if labels.meaning(word, "level1", "level2", "column")]
    other = [regex.escape(word) for word in found if labels.meaning(word, "other")]
    levels.sort(key=len, reverse=True)
    words = [
        regex.escape(word).removesuffix("标") + "标?+"
        if word.endswith(labels.LEVEL_END)
        else regex.escape(word)
        for word in levels
    ]
    return regex.compile("|".join((*words, rf"(?:{'|'.join(other)})(?=[:：])")))
