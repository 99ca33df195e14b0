"""Two pieces of text, one behind the other: whether they look like one cell, by what is written there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from .. import deferred
from ..source.widths import columns
from ..tables import Cell
from ..values import seams
from .fragments import Fragment, Gap, together

YEAR = deferred.regex(r"(?:19|20)\d\d")
TOKEN = deferred.regex(r"^(?:[A-Za-z0-9.,%‰]+|.)[、，,；;。：:）)”％%]?")


def may_be_broken(last: Fragment, word: Fragment) -> bool:
    """Whether a blank between Chinese letters parts two words: it stands for the end of a cell or line."""
    return word.gap is Gap.NARROW and _is_han(last.text[-1]) and _is_han(word.text[0])


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


@lru_cache(maxsize=1024)
def first_token(text: str) -> int:
    """The width of what cannot be broken at the beginning of a text."""
    match = TOKEN.match(text)
    return columns(match[0]) if match else 0


def chunks(found: Sequence[Fragment]) -> list[Fragment]:
    """The words of a placed text, whose columns stand further apart, with those joined that a single blank parts."""
    kept: list[Fragment] = []
    for word in found:
        if kept and _belongs(kept[-1], word):
            last = kept[-1]
            cell = together([last.cell, word.cell])
            kept[-1] = replace(last, cell=cell, end=max(last.end, word.end))
        else:
            kept.append(word)
    return kept


def _belongs(last: Fragment, word: Fragment) -> bool:
    """Whether no more than a blank stands between two words; a year begins another text."""
    if word.gap > Gap.NARROW or YEAR.match(word.text):
        return False
    return word.cell.span.start <= last.cell.span.end + 1


def signed(found: Sequence[Fragment], apart: list[Cell] | None = None) -> Iterator[Fragment]:
    """The words with what a sign was read as joined to the figure behind it on its line (A | 90%).

    Where signs have a column of their own, it goes to those set `apart`.
    """
    sign: Fragment | None = None
    for word in found:
        if sign is not None and word.line == sign.line and word.text[0].isdigit():
            if apart is None:
                word = replace(sign, cell=together([sign.cell, word.cell]), end=word.end)
            else:
                apart.append(sign.cell)
            sign = None
        if sign is not None:
            yield sign
        sign = word if seams.is_like_sign(word.text) and not word.meanings else None
        if sign is None:
            yield word
    if sign is not None:
        yield sign
