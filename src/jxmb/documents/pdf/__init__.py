"""PDF files as texts: their words and ruled lines by PDFium, page by page.

Only pages with words of a form are looked at closely; of the others the text is taken as it comes.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from hashlib import sha256
from typing import Any
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as raw

from ... import deferred
from ...source import Source
from ...source.decoding import Undecodable
from .. import scan
from ..limits import LIMITS, refused
from ..page import Page, Paper
from ..page.geometry import Glyph, Stroke
from ..page.measures import PICTURED
from ..progress import Step, tell
from .intact import Intact
from .paths import Drawing, Edges

NAME = "pdf"
PASSWORD = raw.FPDF_ERR_PASSWORD
STEP = 16  # every so many characters one is asked how it is turned
RADICALS = deferred.re("[\u2e80-\u2fdf]")
SYMBOLS = str.maketrans(
    {"\x02": "-", "\ufffe": "-", "\uf0b3": "≥", "\uf0a3": "≤", "\xad": "-", "\xa0": " "}
)
CONTROL = deferred.re("[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f]")
HALVES = deferred.re("[\ud800-\udfff]")  # of characters that two units stand for
WORDS = deferred.re(
    "项目名称|绩效目标|绩效指标|[一二三]级指标|指标值|目标值|产出指标|效益指标|满意度指标|数量指标|质量指标|时效指标|成本指标"
)
LEAST_WORDS = 2  # of a form: pages with so many are looked at closely
NEEDS = "rapidocr onnxruntime"


def read(data: bytes, shown: str) -> Source:
    """The document as text. Raises `Undecodable`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        why = "password" if error.err_code == PASSWORD else "damaged"
        raise refused(why) from None
    try:
        if len(document) > LIMITS.pages:
            raise refused("pages")
        return _read(document, data, shown)
    finally:
        tell(Step(shown))
        document.close()


def _read(document: Any, data: bytes, shown: str) -> Source:
    paper, scans = Paper(), _Scans(document, data, shown)
    for number in range(1, len(document) + 1):
        tell(Step(shown, number, len(document)))
        page = raw.FPDF_LoadPage(document.raw, number - 1)
        if not page:
            paper.unread(number, "")
            continue
        text = raw.FPDFText_LoadPage(page)
        try:
            _page(_Leaf(page, text, number), paper, scans)
        finally:
            raw.FPDFText_ClosePage(text)
            raw.FPDF_ClosePage(page)
    found = paper.source(shown, NAME)
    return scan.noted(found, scans.read) if scans.read else found


def _page(leaf: _Leaf, paper: Paper, scans: _Scans) -> None:
    text = leaf.text()
    if not text.strip():
        if leaf.is_scan():
            scans.take(leaf.number, paper)
        elif not scans.intact.is_whole(leaf.number, leaf.is_written()):
            paper.unread(leaf.number, "")
        return
    if not scans.intact.is_whole(leaf.number, True):
        paper.damaged(leaf.number)
    if paper.expects or len(set(WORDS.findall("".join(text.split())))) >= LEAST_WORDS:
        paper.take(leaf.page())
    else:
        paper.flow(leaf.number, text)


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


class _Scans:
    """The pages of a document that are pictures, and what of it is damaged."""

    def __init__(self, document: Any, data: bytes, shown: str) -> None:
        self._document, self._data, self._shown = document, data, shown
        self.intact = Intact(document, data)
        self.read: set[int | None] = set()  # numbers of those that were recognised

    @cached_property
    def _key(self) -> str:
        return sha256(self._data).hexdigest()

    def take(self, number: int, paper: Paper) -> None:
        """Hands a page to the paper: what is recognised on it, or that it was not read."""
        try:
            (look,) = scan.looks(f"{self._key}-{number}", lambda: [self._rendered(number)])
        except ModuleNotFoundError:
            paper.unread(number, NEEDS)
        except Undecodable:
            paper.unread(number, "")
        else:
            self.read.add(number)
            paper.take(scan.page(number, look))

    def _rendered(self, number: int) -> Any:
        tell(Step(self._shown, number, len(self._document), slow=True))
        page = self._document[number - 1]
        width, height = page.get_size()
        most = math.sqrt(LIMITS.pixels / (width * height))
        return page.render(scale=min(PICTURED.dpi / PICTURED.inch, most)).to_numpy()


def cleaned(text: str) -> str:
    """Text without what PDF writes in other ways."""
    text = CONTROL.sub("", text.translate(SYMBOLS))
    return RADICALS.sub(lambda found: normalize("NFKC", found[0]), text)


@cache
def _said(one: str) -> str:
    """What a character says; a page has few different ones."""
    return cleaned(one).strip("\t\n")


class _Leaf:
    """A page as PDFium has it."""

    def __init__(self, page: Any, text: Any, number: int) -> None:
        self._page, self._text, self.number = page, text, number
        self._count = max(raw.FPDFText_CountChars(text), 0)
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._box = (box.left, box.bottom, box.right, box.top)

    @cached_property
    def _units(self) -> str:
        """All characters as they come, halves of pairs as they are."""
        buffer = (ctypes.c_ushort * (self._count + 1))()
        got = raw.FPDFText_GetText(self._text, 0, self._count, buffer)
        return bytes(buffer)[: max(got - 1, 0) * 2].decode("utf-16-le", "surrogatepass")

    def text(self) -> str:
        """All characters as they come, a line a line."""
        found = "".join(_paired(self._units)) if HALVES.search(self._units) else self._units
        return "\n".join(map(cleaned, found.replace("\r\n", "\n").split("\n")))

    def is_written(self) -> bool:
        """Whether there is a text on it, of blanks at least."""
        every = range(raw.FPDFPage_CountObjects(self._page))
        types = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(self._page, at)) for at in every)
        return raw.FPDF_PAGEOBJ_TEXT in types

    def is_scan(self) -> bool:
        """Whether a page without text is a picture of one, or drawn in curves."""
        return Drawing(self._page).is_scan(*self._box)

    def page(self) -> Page:
        """Its characters and lines, with the page turned so that the characters stand upright."""
        turn = _Turn(self._quarters(), self._box)
        across, down = [], []
        for x0, y0, x1, y1 in Drawing(self._page).edges():
            left, top, right, bottom = turn.box(x0, y0, x1, y1)
            if not turn.seen(left, top, right, bottom):
                continue
            if right - left >= bottom - top:
                across.append(Stroke((top + bottom) / 2, left, right))
            if bottom - top >= right - left:
                down.append(Stroke((left + right) / 2, top, bottom))
        glyphs = list(self._glyphs(turn))
        return Page(self.number, turn.width, turn.height, glyphs, across, down)

    def _quarters(self) -> int:
        """Quarters of a turn of most characters, against the clock."""
        matrix, found = raw.FS_MATRIX(), Counter[int]()
        for at in range(0, self._count, STEP):
            if raw.FPDFText_GetMatrix(self._text, at, matrix) and (matrix.a or matrix.b):
                found[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % len(QUARTERS)] += 1
        return found.most_common(1)[0][0] if found else 0

    def _characters(self) -> Iterator[str]:
        """What each says, nothing where it is no character."""
        codes: Iterable[str] = self._units
        if len(self._units) != self._count or HALVES.search(self._units):  # it is not one each
            every = range(self._count)
            codes = list(_paired(chr(raw.FPDFText_GetUnicode(self._text, at)) for at in every))
        return map(_said, codes)

    def _glyphs(self, turn: _Turn) -> Iterator[Glyph]:
        """Its characters; those that PDFium adds, and those that are off the page, are left out."""
        text, box_of = self._text, raw.FPDFText_GetLooseCharBox
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        matrix = raw.FS_MATRIX()
        base, size, span, seen = 0.0, 0.0, (0.0, 0.0), False  # of the one before: most share a line
        most = 2 * turn.width
        for at, own in enumerate(self._characters()):
            if not own or (own == " " and raw.FPDFText_IsGenerated(text, at) == 1):
                continue
            if not box_of(text, at, box):
                continue
            left, top, right, bottom = turn.box(box.left, box.bottom, box.right, box.top)
            if span != (top, bottom):
                span = top, bottom
                raw.FPDFText_GetCharOrigin(text, at, x, y)
                raw.FPDFText_GetMatrix(text, at, matrix)
                size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
                base = turn.point(x.value, y.value)[1]
                seen = size > 0 and turn.seen(0, base - size, 0, base)
            if seen and 0 <= left + right <= most:
                yield Glyph(own, left, right, base, size)


# What x and y become, by quarters against the clock.
UPRIGHT = (1, 0, 0, -1)
QUARTERS = (UPRIGHT, (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))


class _Turn:
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
