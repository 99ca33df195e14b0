"""PDF files as texts: their words and ruled lines by PDFium, page by page.

Only pages with words of a form are looked at closely; of the others the text is taken as it comes.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Any
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as raw

from .. import lazy
from ..source import Source
from ..source.decoding import Undecodable
from . import scan
from .geometry import Glyph, Stroke
from .intact import Intact
from .package import LIMITS, refused
from .paper import Page, Paper
from .progress import Step, tell

NAME = "pdf"
PASSWORD = raw.FPDF_ERR_PASSWORD
THIN = 3.0  # a rectangle of such a width is a line
WHITE = 250  # from this share of red, green and blue on (of 255) a line is not seen
SCANNED = 0.5  # of the page is covered by pictures or drawings, where it has no text
CURVES = 200  # so many drawn shapes on a page without text are its text
DEEPEST = 8  # forms within forms
MOST_OBJECTS = 60_000  # of a page
STEP = 16  # every so many characters one is asked how it is turned
RADICALS = lazy.re("[\u2e80-\u2fdf]")
SYMBOLS = str.maketrans(
    {"\x02": "-", "\ufffe": "-", "\uf0b3": "≥", "\uf0a3": "≤", "\xad": "-", "\xa0": " "}
)
CONTROL = lazy.re("[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b-\u200f]")
USUAL = range(0x3000, 0xA000)  # code points that stand for themselves, as nearly all do
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # halves of pairs
WORDS = lazy.re(
    "项目名称|绩效目标|绩效指标|[一二三]级指标|指标值|目标值|产出指标|效益指标|满意度指标|数量指标|质量指标|时效指标|成本指标"
)
LEAST_WORDS = 2  # of a form: pages with so many are looked at closely
DPI, INCH = 200, 72  # at which pages that are pictures are looked at; points of an inch
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


def _meant(high: str, code: int) -> tuple[str, str]:
    """The first half of a pair, or a character out of the common, with the half before it where it is a second."""
    own = chr(code)
    if code in HIGH:
        return own, ""
    if code in LOW:
        return "", (high + own).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "", cleaned(own)


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
        return page.render(scale=min(DPI / INCH, most)).to_numpy()


def cleaned(text: str) -> str:
    """Text without what PDF writes in other ways."""
    text = CONTROL.sub("", text.translate(SYMBOLS))
    return RADICALS.sub(lambda found: normalize("NFKC", found[0]), text)


class _Leaf:
    """A page as PDFium has it."""

    def __init__(self, page: Any, text: Any, number: int) -> None:
        self._page, self._text, self.number = page, text, number
        self._count = max(raw.FPDFText_CountChars(text), 0)
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._box = (box.left, box.bottom, box.right, box.top)

    def text(self) -> str:
        """All characters as they come, a line a line."""
        if not self._count:
            return ""
        buffer = (ctypes.c_ushort * (self._count + 1))()
        got = raw.FPDFText_GetText(self._text, 0, self._count, buffer)
        units = bytes(buffer)[: max(got - 1, 0) * 2]
        found = units.decode("utf-16-le", "replace")
        return "\n".join(map(cleaned, found.replace("\r\n", "\n").split("\n")))

    def is_written(self) -> bool:
        """Whether there is a text on it, of blanks at least."""
        every = range(raw.FPDFPage_CountObjects(self._page))
        types = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(self._page, at)) for at in every)
        return raw.FPDF_PAGEOBJ_TEXT in types

    def is_scan(self) -> bool:
        """Whether a page without text is a picture of one, or drawn in curves."""
        left, bottom, right, top = self._box
        whole = (right - left) * (top - bottom)
        drawn = covered = 0.0
        for one, type, box, _ in self._objects():
            if type == raw.FPDF_PAGEOBJ_IMAGE:
                wide = min(box[2], right) - max(box[0], left)
                high = min(box[3], top) - max(box[1], bottom)
                covered += max(wide, 0) * max(high, 0)
            drawn += type == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(one) > 4
        return covered > whole * SCANNED or drawn >= CURVES

    def page(self) -> Page:
        """Its characters and lines, with the page turned so that the characters stand upright."""
        turn = _Turn(self._quarters(), self._box)
        across, down = [], []
        for x0, y0, x1, y1 in self._edges():
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
                found[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += 1
        return found.most_common(1)[0][0] if found else 0

    def _glyphs(self, turn: _Turn) -> Iterator[Glyph]:
        """Its characters; those that PDFium adds, and those that are off the page, are left out."""
        text = self._text
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        matrix = raw.FS_MATRIX()
        at_box, at_x, at_y, at_matrix = map(ctypes.byref, (box, x, y, matrix))
        high = ""  # first half of a pair
        base, size, span = 0.0, 0.0, (0.0, 0.0)  # of the character before, in whose line most stand
        for at in range(self._count):
            code = raw.FPDFText_GetUnicode(text, at)
            if code <= 32 and code != 2 and (code != 32 or raw.FPDFText_IsGenerated(text, at) == 1):
                continue
            high, own = ("", chr(code)) if code in USUAL else _meant(high, code)
            if not own or not raw.FPDFText_GetLooseCharBox(text, at, at_box):
                continue
            left, top, right, bottom = turn.box(box.left, box.bottom, box.right, box.top)
            if span != (top, bottom):
                span = top, bottom
                raw.FPDFText_GetCharOrigin(text, at, at_x, at_y)
                raw.FPDFText_GetMatrix(text, at, at_matrix)
                size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
                base = turn.point(x.value, y.value)[1]
            if size > 0 and turn.seen(left, base - size, right, base):
                yield Glyph(own, left, right, base, size)

    def _edges(self) -> Iterator[tuple[float, float, float, float]]:
        """The boxes of what looks like a straight line, across or down."""
        for one, type, box, matrix in self._objects():
            if type != raw.FPDF_PAGEOBJ_PATH:
                continue
            filled, stroked = _drawn(one)
            if not (filled or stroked):
                continue
            if min(box[2] - box[0], box[3] - box[1]) < THIN:
                yield box
                continue
            for part in _subpaths(one, matrix):
                xs, ys = [x for x, _ in part], [y for _, y in part]
                if stroked:
                    yield from _straight(part)
                elif min(max(xs) - min(xs), max(ys) - min(ys)) < THIN:
                    yield min(xs), min(ys), max(xs), max(ys)

    def _objects(self) -> Iterator[tuple[Any, int, tuple[float, float, float, float], _Matrix]]:
        """What is drawn on it, with its box and the matrix of what it stands in."""
        left = MOST_OBJECTS
        stack: list[tuple[Any, _Matrix, Callable[..., Any], int, int]] = [
            (self._page, IDENTITY, raw.FPDFPage_GetObject, raw.FPDFPage_CountObjects(self._page), 0)
        ]
        while stack:
            holder, matrix, get, count, depth = stack.pop()
            for at in range(min(count, left)):
                one = get(holder, at)
                type = raw.FPDFPageObj_GetType(one)
                left -= 1
                if type == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                    inner = _times(_matrix(one), matrix)
                    count_of = raw.FPDFFormObj_CountObjects(one)
                    stack.append((one, inner, raw.FPDFFormObj_GetObject, count_of, depth + 1))
                elif type != raw.FPDF_PAGEOBJ_TEXT:
                    yield one, type, _bounds(one, matrix), matrix


# What x and y become, by quarters against the clock.
UPRIGHT = (1, 0, 0, -1)
QUARTERS = (UPRIGHT, (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))


class _Turn:
    """Points of a page to points of the page as it is read: turned by quarters, y downwards."""

    def __init__(self, quarters: int, box: tuple[float, float, float, float]) -> None:
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


_Matrix = tuple[float, float, float, float, float, float]
IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


def _matrix(one: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(one, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    """The matrix that does `one`, then `other`."""
    a, b, c, d, e, f = one
    x, y, z, w, u, v = other
    return (
        a * x + b * z,
        a * y + b * w,
        c * x + d * z,
        c * y + d * w,
        e * x + f * z + u,
        e * y + f * w + v,
    )


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(one: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(one, left, bottom, right, top)
    box = left.value, bottom.value, right.value, top.value
    if matrix is IDENTITY:
        return box
    corners = [_moved(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _drawn(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked, with a colour that is seen on paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return (
        bool(fill.value) and _is_dark(raw.FPDFPageObj_GetFillColor, path),
        bool(stroke.value) and _is_dark(raw.FPDFPageObj_GetStrokeColor, path),
    )


def _is_dark(ask: Callable[..., Any], path: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(path, red, green, blue, alpha):
        return True
    return bool(alpha.value) and min(red.value, green.value, blue.value) < WHITE


def _subpaths(path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; one with a curve is none."""
    matrix = _times(_matrix(path), matrix)
    part: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        type = raw.FPDFPathSegment_GetType(segment)
        if type == raw.FPDF_SEGMENT_MOVETO:
            if len(part) > 1:
                yield part
            part = []
        part.append(_moved(x.value, y.value, matrix))
        if raw.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if len(part) > 1:
        yield part


def _straight(part: list[tuple[float, float]]) -> Iterator[tuple[float, float, float, float]]:
    """The edges of a part of a path that run across or down."""
    for (x0, y0), (x1, y1) in pairwise(part):
        if min(abs(x0 - x1), abs(y0 - y1)) < THIN / 2:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
