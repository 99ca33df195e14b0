"""The characters of a page of a PDF file, where they stand on the page as it is read.

PDFium is asked for a box a character; what those of a run share, its base line and size, is asked once.
"""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import Any
from unicodedata import normalize

import pypdfium2.raw as raw

from ... import deferred
from ..page.geometry import Glyph, Stroke
from ..page.measures import DRAWN, WRITTEN
from . import pdfium
from .paths import BOX, FOUR, PAIR, Edges, cut, places

RADICALS = deferred.re("[\u2e80-\u2fdf]")
SYMBOLS = str.maketrans(
    {"\x02": "-", "\ufffe": "-", "\uf0b3": "≥", "\uf0a3": "≤", "\xad": "-", "\xa0": " "}
)
CONTROL = deferred.re("[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f]")
HALVES = deferred.re("[\ud800-\udfff]")  # of characters that two units stand for
# What x and y become, by quarters against the clock.
UPRIGHT = (1, 0, 0, -1)
QUARTERS = (UPRIGHT, (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))


def cleaned(text: str) -> str:
    """Text without what PDF writes in other ways."""
    text = CONTROL.sub("", text.translate(SYMBOLS))
    return RADICALS.sub(lambda found: normalize("NFKC", found[0]), text)


@cache
def _said(one: str) -> str:
    """What a character says; a page has few different ones."""
    return cleaned(one).strip("\t\n")


def _paired(codes: Iterable[str]) -> Iterator[str]:
    """Characters with those that stand as two halves in the place of the second."""
    high = ""
    for one in codes:
        if "\ud800" <= one < "\udc00":
            high = one
            yield ""
        elif "\udc00" <= one < "\ue000":
            yield (high + one).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            high = ""
        else:
            yield one


class Turn:
    """Points of a page to points of the page as it is read: turned by quarters, y downwards."""

    def __init__(self, quarters: int, box: Edges) -> None:
        self._ways = a, b, c, d = QUARTERS[quarters]
        left, bottom, right, top = box
        xs, ys = (
            (a * left + b * bottom, a * right + b * top),
            (c * left + d * bottom, c * right + d * top),
        )
        self._left, self._top = min(xs), min(ys)
        self.width, self.height = max(xs) - self._left, max(ys) - self._top
        self.aside = (
            self._left if self._ways == UPRIGHT else None
        )  # how far the page is moved, if no more is done

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point, from the upper left corner."""
        a, b, c, d = self._ways
        return a * x + b * y - self._left, c * x + d * y - self._top

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box, its lower left corner first: left, top, right, bottom."""
        if self._ways == UPRIGHT:
            return x0 - self._left, -y1 - self._top, x1 - self._left, -y0 - self._top
        (x0, y0), (x1, y1) = self.point(x0, y0), self.point(x1, y1)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def seen(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a box is on the page."""
        x, y = (left + right) / 2, (top + bottom) / 2
        return 0 <= x <= self.width and 0 <= y <= self.height


class Characters:
    """Those of a page."""

    def __init__(self, text: Any) -> None:
        self._text, self._at = text, pdfium.address(text)
        self._count = max(raw.FPDFText_CountChars(text), 0)
        self._origin, self._matrix = PAIR(), raw.FS_MATRIX()
        self._spot, self._form = places(self._origin), ctypes.addressof(self._matrix)

    @cached_property
    def _units(self) -> str:
        """All characters as they come, halves of pairs as they are."""
        buffer = (ctypes.c_ushort * (self._count + 1))()
        got = raw.FPDFText_GetText(self._text, 0, self._count, buffer)
        return bytes(buffer)[: max(got - 1, 0) * 2].decode("utf-16-le", "surrogatepass")

    def text(self) -> str:
        """All of them as they come, a line a line."""
        found = "".join(_paired(self._units)) if HALVES.search(self._units) else self._units
        return cleaned(found.replace("\r\n", "\n"))

    def quarters(self) -> int:
        """Quarters of a turn of most characters, against the clock; a hundred of them tell it."""
        matrix, found = self._matrix, Counter[int]()
        for at in range(0, self._count, max(1, self._count // 100)):
            if pdfium.character_matrix(self._at, at, self._form) and (matrix.a or matrix.b):
                found[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % len(QUARTERS)] += 1
        return found.most_common(1)[0][0] if found else 0

    def _said(self) -> Iterator[str]:
        """What each says, nothing where it is no character."""
        codes: Iterable[str] = self._units
        if len(self._units) != self._count or HALVES.search(self._units):  # it is not one each
            every = range(self._count)
            codes = list(_paired(chr(raw.FPDFText_GetUnicode(self._text, at)) for at in every))
        return map(_said, codes)

    def glyphs(self, turn: Turn, across: Iterable[Stroke], down: Iterable[Stroke]) -> list[Glyph]:
        """Where they stand; those that PDFium adds, and those that are off the page, are left out.

        What a cell has no room for is cut off at its edge when printed, and belongs to it all the same.
        """
        found, starts = self._found(turn)
        rows, columns = _Lines(across), _Lines(down)
        for (first, at), (last, _) in pairwise([*starts, (len(found), 0)]):
            one, left, right = found[first], found[first].left, found[last - 1].right
            top, middle = one.base - 2 * WRITTEN.middle * one.size, (left + right) / 2
            if rows.cross(top, one.base, middle) or columns.cross(left, right, one.y):
                found[first:last] = self._within(at, found[first:last], turn)
        return found

    def _found(self, turn: Turn) -> tuple[list[Glyph], list[tuple[int, int]]]:
        """Characters, and where runs of them begin: those that follow each other on a line."""
        text, box_of, object_of = self._at, pdfium.character_box, pdfium.character_object
        box, aside = BOX(), turn.aside
        base = size = y = end = 0.0
        top = bottom = math.nan
        begins, seen, most, last = True, False, 2 * turn.width, 0
        found: list[Glyph] = []
        starts: list[tuple[int, int]] = []
        for at, own in enumerate(self._said()):
            if (
                not own
                or (own == " " and pdfium.is_generated(text, at) == 1)
                or not box_of(text, at, box)
            ):
                continue
            left, y1, right, y0 = FOUR(box)
            if aside is None:
                left, y0, right, y1 = turn.box(left, y0, right, y1)
            else:
                left, right = left - aside, right - aside
            if y0 != top or y1 != bottom:
                top, bottom, before, last = y0, y1, last, object_of(text, at)
                if last != before or not last or left < end - size / 2:
                    base, size = self._line(at, turn)
                    y = base - WRITTEN.middle * size
                    seen, begins = size > 0 and turn.seen(0, base - size, 0, base), True
            middle = left + right
            if seen and 0 <= middle <= most:
                if begins or not end - size <= left <= end + size:
                    starts.append((len(found), at))
                    begins = False
                end = right
                found.append(Glyph(own, left, right, base, size, middle / 2, y))
        return found, starts

    def _line(self, at: int, turn: Turn) -> tuple[float, float]:
        """The base line of a character, and its size."""
        origin, matrix = self._origin, self._matrix
        pdfium.character_origin(self._at, at, *self._spot)
        pdfium.character_matrix(self._at, at, self._form)
        size = pdfium.character_size(self._at, at) * math.hypot(matrix.c, matrix.d)
        return turn.point(origin[0], origin[1])[1], size

    def _within(self, at: int, run: list[Glyph], turn: Turn) -> list[Glyph]:
        """A run with its middles where it is shown: in the box that it is cut to, if it is."""
        character = BOX()
        pdfium.character_box(self._at, at, character)
        x0, y1, x1, y0 = FOUR(character)
        box = cut(pdfium.character_object(self._at, at), (x0, y0, x1, y1))
        if box is None:
            return run
        left, top, right, bottom = turn.box(*box)
        return [
            one._replace(x=_between(left, one.x, right), y=_between(top, one.y, bottom))
            for one in run
        ]


class _Lines:
    """Lines that run one way."""

    def __init__(self, strokes: Iterable[Stroke]) -> None:
        self._strokes = sorted(strokes)
        self._ats = [one.at for one in self._strokes]

    def cross(self, first: float, last: float, along: float) -> bool:
        """Whether one stands between two edges, where it is at a point between its ends."""
        own = range(bisect_right(self._ats, first), bisect_left(self._ats, last))
        return any(self._strokes[at].start <= along <= self._strokes[at].end for at in own)


def _between(low: float, value: float, high: float) -> float:
    """A value, or what is next to it well between two edges."""
    near = min(DRAWN.near, (high - low) / 2)
    return min(max(value, low + near), high - near)
