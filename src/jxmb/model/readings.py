"""Cells to readings: the text a person reads, its place, and what was cleaned away on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Never, TypeVar

from .. import deferred, values
from ..source import Span
from ..tables import Cell
from . import Reading
from .repairs import Kind, Repair

T = TypeVar("T")

TAG = deferred.regex(
    r"</?(?:p|br|span|div|b|i|u|em|strong|font|sub|sup|o:p|td|tr|th|table|tbody|a|li|ul|ol|h[1-6]|section|center)"
    r"(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
# Stars in pairs around words make them bold, as does one pair that lost the other; ≥**人 holds a place. They look back
# once they are met: a search would otherwise look back from each character.
BOLD = deferred.regex(
    r"\*\*(?:(?=[^*\s][^*]*\*\*)|(?<=\*\*[^*\s][^*]*\*\*)|(?<=^\*\*)(?=[^*]{4,}$)|$(?<=^[^*]{4,}\*\*))"
)
MARK = deferred.regex(
    rf"{TAG.pattern}|{BOLD.pattern}|&(?:nbsp|amp|lt|gt|quot|emsp|ensp|#\d{{1,6}}|#x[0-9a-f]{{1,5}});",
    re.IGNORECASE,
)
PREFIX = deferred.re(r"^\s*(?:[★☆*●]+\s*)?指标\s*\d{1,2}\s*[:：.、]\s*|^\s*[★☆*]+\s*")
PREFIX_GLUED = deferred.regex(r"^\s*指标\d(?=(?:19|20)\d\d)|^\s*指标\d(?=[\p{Han}“《（])")
BEFORE_NUMBER = ("指", "★", "☆", "*", "●")  # with one of them such a prefix begins
TEMPLATE = deferred.re(
    r"^(?:指标\s*\d{0,2}\s*[:：.、]?\s*)?[…·.。\-—]*$|^指标\s*\d{1,2}\s*[:：.、]?\s*$"
    r"|^[（(]\s*(?:20\s*[×xX*_]{2})?\s*年度?\s*[)）]$"
)

PRINTED = frozenset("指…·.。-—（(")  # with one of them it begins


def reading(cell: Cell, read: Callable[[str], T | None], repairs: list[Repair]) -> Reading[T]:
    """The reading of a cell; markup inside it is taken out and noted. What documents show is text, and no markup."""
    text, spans = cell.text, cell.spans
    if not text.isalpha():  # there may be more in it than words
        if ("<" in text or "**" in text or "&" in text) and not cell.span.source.document:
            text, spans = _unmarked(cell, repairs)
        text = values.characters(text)
    return Reading(text, read(text) if text.strip() else None, spans)


def words(cell: Cell, repairs: list[Repair]) -> Reading[str]:
    """The reading of a cell that holds words."""
    return reading(cell, str.strip, repairs)


def name(cell: Cell, repairs: list[Repair]) -> Reading[str]:
    """An indicator's name without its number (指标1：) or star."""
    found = words(cell, repairs)
    if not found.text.lstrip().startswith(BEFORE_NUMBER):
        return found
    match = PREFIX.match(found.text) or PREFIX_GLUED.match(found.text)
    if match is None or not match.end():
        return found
    text = found.text[match.end() :]
    spans = found.spans
    if found.editable:
        spans = (spans[0].sub(match.end(), len(found.text)),)
    return Reading(text, text or None, spans)


def is_template(text: str) -> bool:
    """Whether a cell holds nothing but what the template printed there."""
    text = text.strip()
    return (not text or text[0] in PRINTED) and bool(TEMPLATE.match(text))


def blank(behind: Span) -> Reading[Never]:
    """A datum whose place, just behind this one, is empty."""
    return Reading(spans=(Span(behind.source, behind.end, behind.end),))


def missing(at: Span) -> Reading[Never]:
    """A datum for which the form has no place; rules point at `at`."""
    return Reading(spans=(at,), missing=True)


def stretch(found: Reading[str], start: int, end: int) -> Reading[str]:
    """A part of what was read, with its own places where the text stands in the file as it was read."""
    text = found.text[start:end]
    if "".join(span.text for span in found.spans) != found.text:
        return Reading(text, text, found.spans)
    places: list[Span] = []
    begin = 0
    for span in found.spans:
        size = span.end - span.start
        low, high = max(start - begin, 0), min(end - begin, size)
        if low < high:
            places.append(span.sub(low, high))
        begin += size
    return Reading(text, text, tuple(places))


def joined(pieces: Iterable[Reading[str]], read: Callable[[str], T | None]) -> Reading[T]:
    """Pieces of several cells read as one, written together in this order."""
    kept = [piece for piece in pieces if piece.text]
    text = "".join(piece.text for piece in kept)
    spans = tuple(span for piece in kept for span in piece.spans)
    return Reading(text, read(text) if text else None, spans)


def _unmarked(cell: Cell, repairs: list[Repair]) -> tuple[str, tuple[Span, ...]]:
    import html

    marks = list(MARK.finditer(cell.text))
    if not marks:
        return cell.text, cell.spans
    text = html.unescape(BOLD.sub("", TAG.sub("", cell.text))).strip()
    spans = cell.spans
    if not cell.rest and cell.span.text == cell.text:
        for mark in marks:
            repairs.append(Repair(Kind.MARKUP, cell.span.sub(mark.start(), mark.end()), text))
        start = cell.text.find(text)
        if start >= 0:
            spans = (cell.span.sub(start, start + len(text)),)
    else:
        repairs.append(Repair(Kind.MARKUP, cell.span, text))
    return text, spans
