"""Cells joined with nothing between: cut apart again by the vocabulary of labels and the shape of values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from .. import labels, values
from ..tables import Cell
from . import spaced
from .pieces import Gap, Piece

LEAST = 2  # labels with text glued behind them that give the text away
SHORTEST = 4
SIGN = regex.compile(r"[≥≤＝》《＞＜><=]|(?:大于|小于)?等于|(?:定性|定量)(?=\S)")
NUMBER_TAIL = regex.compile(
    r"(?<=[\p{Han}）)”%])(?:\d[\d.,]*(?:[—~～-]\d[\d.,]*)?\s*(?:[万亿]?[\p{Han}%‰℃㎡/·]{0,8}))$"
)
DATE_TAIL = regex.compile(r"(?<=\p{Han})(?:19|20)\d\d\s?年\s?(?:\d{1,2}\s?月)?[\d\s\p{Han}]{0,8}$")
WEIGHT_TAIL = regex.compile(r"(?<=[^\d.,≥≤><=＝])(\d{1,2}(?:\.\d)?)$")
MISREAD = "二三之壹"  # what text recognition makes of ≥ and ≤
LONGEST_WORDS = 8
LONGEST_HEAD = 20  # of what is left between the labels of a header
UNIT = regex.compile(r"^[(（](?:亿元|万元|千元|元)[)）](?=.)")
FIGURES = regex.compile(r"(?<=[\p{Han}）)])\d[\d.,]*$")
LABEL_END = regex.compile(r"标(?![准志识牌的题记注])|(?:意?度|响|益|本)指标")
PART = regex.compile(r"其中[:：]?$")
WEIGHTED = regex.compile(r"权重|分值")


def is_glued(pieces: Sequence[Piece]) -> bool:
    """Whether labels of the header stand with their values glued behind them."""
    found = 0
    for piece in pieces[:60]:
        match = _labels().match(piece.text)
        if (
            match
            and match.end() < len(piece.text)
            and piece.text[match.end()] not in "：:（(及名编"
        ):
            found += labels.meaning(match[0], "field") is not None and not labels.find(piece.text)
    return found >= LEAST


def cut(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces cut at labels and between names and values."""
    weighted = any(WEIGHTED.search(piece.text) for piece in pieces)
    found: list[Piece] = []
    table = False
    halves = 0  # level labels whose last characters stand on lines below
    for piece in pieces:
        tails, rest = _tails(piece, halves) if table else ([], piece)
        found.extend(tails)
        halves += piece.text.endswith("指") - len(tails)
        for part in _at_labels(rest, _levels() if table else _labels()):
            name = labels.meaning(part.text, "column")
            table = table or name in ("level1", "level2")
            if table and not labels.find(part.text):
                found.extend(_values(part, weighted=weighted))
            else:
                found.extend([part] if table else _figures(part))
    return found


def _tails(piece: Piece, halves: int) -> tuple[list[Piece], Piece]:
    """The ends of level labels (标, 度指标) before the name on a line below them, and the rest."""
    text = piece.text
    at, cuts = 0, [0]
    while piece.gap >= Gap.LINE and len(cuts) <= halves and (match := LABEL_END.match(text, at)):
        at = match.end()
        cuts.append(at)
    if at == len(text):
        return [], piece
    parts = [_part(piece, start, end) for start, end in pairwise(cuts)]
    return parts, _part(piece, at, len(text)) if at else piece


def _figures(piece: Piece) -> Iterator[Piece]:
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
            yield _part(piece, begin, stop)


def _at_labels(piece: Piece, known: regex.Pattern[str]) -> Iterator[Piece]:
    """The labels in a piece and the text between them."""
    text = piece.text
    if labels.find(text):
        yield piece
        return
    start = 0
    for match in known.finditer(text):
        begin, end = match.span()
        # A value that ends in the word a label begins with: 延续项目|起止时间, not 延续|项目起止时间.
        if match[0] in labels.NATURES and (not start or begin > start):
            continue
        # What is part of another figure is called so with 其中 before it.
        if part := PART.search(text, start, begin):
            begin = part.start()
        if begin > start:
            yield _part(piece, start, begin)
        start = _with_brackets(text, end)
        yield _part(piece, begin, start)
    if start < len(text):
        yield _part(piece, start, len(text))


def _with_brackets(text: str, end: int) -> int:
    """Where a label that ends at `end` ends with its colon and its unit in brackets."""
    while end < len(text) and text[end] in "：:":
        end += 1
    if end < len(text) and text[end] in "(（":
        close = max(text.find("）", end, end + 24), text.find(")", end, end + 24))
        end = close + 1 if close > 0 else end
    return end


def _values(piece: Piece, *, weighted: bool) -> Iterator[Piece]:
    """A name with its value, unit and weight behind it."""
    text = piece.text
    end = len(text)
    weight = WEIGHT_TAIL.search(text) if weighted else None
    if weight:
        end = weight.start()
    at = _value_start(text[:end])
    if (
        at > 2
        and text[at - 1] in MISREAD
        and text[at].isdigit()
        and piece.cell.text != piece.cell.span.text
    ):
        at -= 1
    if 0 < at < end:
        yield _part(piece, 0, at)
        yield _part(piece, at, end)
    elif end:
        yield _part(piece, 0, end)
    if weight:
        yield _part(piece, end, len(text))


def _value_start(text: str) -> int:
    sign = SIGN.search(text)
    if sign:
        return sign.start()
    number = DATE_TAIL.search(text) or NUMBER_TAIL.search(text)
    if number:
        return number.start()
    for size in range(min(LONGEST_WORDS, len(text) - 3), 1, -1):
        if values.looks_like_target(text[-size:]):
            return len(text) - size
    return 0


def _part(piece: Piece, start: int, end: int) -> Piece:
    cell = piece.cell
    if cell.rest or cell.span.text != cell.text:
        if (found := spaced.part(piece, start, end)) is not None:
            return found
        return replace(piece, cell=replace(cell, text=cell.text[start:end]))
    span = cell.span.sub(start, end)
    gap = piece.gap if start == 0 else Gap.NONE
    return replace(piece, cell=Cell(span, span.text, cell.column + start), gap=gap)


@cache
def _labels() -> regex.Pattern[str]:
    """All labels long enough not to be met inside a name, the longest first."""
    known = [word for word in labels.known() if _is_safe(word)]
    known.sort(key=len, reverse=True)
    words = [regex.escape(word).replace(":", "[:：]") for word in known]
    return regex.compile("|".join((*labels.NATURES, *words)))


@cache
def _levels() -> regex.Pattern[str]:
    """The labels among the rows of a table: levels, whole or without their last character, and the footer's."""
    found = [word for word in labels.known() if _is_safe(word)]
    levels = [word for word in found if labels.meaning(word, "level1", "level2", "column")]
    other = [regex.escape(word) for word in found if labels.meaning(word, "other")]
    levels.sort(key=len, reverse=True)
    words = [
        regex.escape(word).removesuffix("标") + "标?+"
        if word.endswith("指标")
        else regex.escape(word)
        for word in levels
    ]
    return regex.compile("|".join((*words, rf"(?:{'|'.join(other)})(?=[:：])")))


def _is_safe(word: str) -> bool:
    """Whether a label is hardly ever met inside a name or a value."""
    groups = {label.group for label in labels.find(word)}
    if groups & {"level1", "level2"}:
        return word.endswith("指标")
    if "field" in groups:
        return len(word) >= SHORTEST - 1
    return len(word) >= SHORTEST + ("other" in groups) and groups != {"money_column"}
