"""PDF files as texts: their words and ruled lines by PDFium, page by page.

Only pages with words of a form are looked at closely; of the others the text is taken as it comes.
"""

from __future__ import annotations

import math
from functools import cached_property
from hashlib import sha256
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from ... import deferred
from ...source import Source
from ...source.decoding import Undecodable
from .. import scan
from ..limits import LIMITS, refused
from ..page import Page, Paper
from ..page.geometry import Stroke
from ..page.measures import PICTURED
from ..progress import Step, tell
from .characters import Characters, Turn
from .intact import Intact
from .paths import Drawing

NAME = "pdf"
PASSWORD = raw.FPDF_ERR_PASSWORD
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
    text = leaf.characters.text()
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


class _Leaf:
    """A page as PDFium has it."""

    def __init__(self, page: Any, text: Any, number: int) -> None:
        self._page, self.number = page, number
        self.characters = Characters(text)
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._box = (box.left, box.bottom, box.right, box.top)

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
        turn = Turn(self.characters.quarters(), self._box)
        across, down = [], []
        for x0, y0, x1, y1 in Drawing(self._page).edges():
            left, top, right, bottom = turn.box(x0, y0, x1, y1)
            if not turn.seen(left, top, right, bottom):
                continue
            if right - left >= bottom - top:
                across.append(Stroke((top + bottom) / 2, left, right))
            if bottom - top >= right - left:
                down.append(Stroke((left + right) / 2, top, bottom))
        glyphs = self.characters.glyphs(turn, across, down)
        return Page(self.number, turn.width, turn.height, glyphs, across, down)
