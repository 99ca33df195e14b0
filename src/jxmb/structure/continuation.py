"""Two pieces of text, one behind the other: whether they look like one cell, by what is written there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from .. import lazy
from ..forms.shapes import Shape
from ..light import dataclass
from ..tables.widths import columns
from ..values import seams
from .fragments import Fragment, Gap, together

JOIN = {Gap.NONE: 2.5, Gap.NARROW: 0.9, Gap.WIDE: 3.5, Gap.TAB: 3.5, Gap.LINE: 1.5, Gap.EMPTY: 1.8}
LABELLED = 1.5  # the price of going on behind a level label
SIGNED = 4.0  # the price of going on with a sign
OPEN = 1.2  # what it says that a text ends or begins as no cell does
BRACKET = 1.5  # what an open bracket says
TAIL = 0.6  # what one or two letters say
YEAR = lazy.regex(r"(?:19|20)\d\d")
BLANK = 1.0  # the price of a blank between the words of Chinese text
ONE_VALUE = 2.0  # what it says that two texts are one value
OPENING = 1.5  # the price of opening a row without a level label
MIDLINE = 3.0  # the price of opening a row in the middle of a line
TOKEN = lazy.regex(r"^(?:[A-Za-z0-9.,%‰]+|.)[、，,；;。：:）)”％%]?")


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a word before the reading begins: prices that no reading changes."""

    word: Fragment
    shape: Shape
    worths: list[float]  # of beginning a cell, by lane
    prices: list[float]  # of going on with one
    opening: float
    join: float  # the price of going on with the cell of the word before
    labelled: bool
    broken: bool  # begins a line
    words: bool  # begins a line that is neither a value nor behind a label
    width: int
    fits: int  # width of what would have had to fit on the line above


def opening(word: Fragment, *, labelled: bool) -> float:
    """How well a row opens at this word."""
    if labelled:
        return 1.0
    if word.gap >= Gap.LINE:
        return -OPENING
    return -MIDLINE / 2 if word.gap is Gap.WIDE else -MIDLINE


def join(last: Fragment, word: Fragment, *, labelled: bool, units: bool) -> float:
    """The price of taking a word for the next piece of the cell before it.

    `units`: values and their units have columns of their own.
    """
    price = JOIN[word.gap] + _written(last.text, word.text)
    if labelled:
        price += LABELLED
    if may_be_broken(last, word):
        price += BLANK
    if not units and seams.one_value(last.text, word.text):
        price -= ONE_VALUE
    return price


def may_be_broken(last: Fragment, word: Fragment) -> bool:
    """Whether a blank between Chinese letters parts two words: it stands for the end of a cell or line."""
    return word.gap is Gap.NARROW and _is_han(last.text[-1]) and _is_han(word.text[0])


def _written(left: str, right: str) -> float:
    """What the letters at the seam say."""
    price = SIGNED if seams.is_signed(right) else 0.0
    if seams.ends_open(left) or seams.begins_open(right):
        price -= OPEN
    if seams.is_open(left):
        price -= BRACKET
    if seams.is_shred(right):
        price -= TAIL
    return price


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


def signed(found: Sequence[Fragment]) -> Iterator[Fragment]:
    """The words with what a sign was read as joined to the figure behind it on its line (A | 90%)."""
    sign: Fragment | None = None
    for word in found:
        if sign is not None and word.line == sign.line and word.text[0].isdigit():
            cell = together([sign.cell, word.cell])
            word = replace(sign, cell=cell, end=word.end)
            sign = None
        if sign is not None:
            yield sign
        sign = word if seams.is_like_sign(word.text) and not word.meanings else None
        if sign is None:
            yield word
    if sign is not None:
        yield sign
