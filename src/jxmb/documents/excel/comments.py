"""Comments put into a copy of a workbook, each on the cell that it is about; those that are there stay."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from ... import deferred
from ...source.decoding import Undecodable
from .. import Comment
from ..ooxml.additions import DECLARATION, Parts, Root, root, within
from ..ooxml.repack import Unsplit, repacked
from ..ooxml.xml import Attributes, Reader
from .sheets import COLUMNS, ROWS, reference
from .threads import answer
from .workbook import TRUE, Workbook, escaped

AUTHOR = "jxmb"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What may stand behind the drawing of comments in a sheet.
BEHIND = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
EMPTY = deferred.re(r"<((?:[\w.-]+:)?)(authors|commentList)\s*/>")
NAMES = deferred.re(r"<(?:[\w.-]+:)?author\b[^>]*>([^<]*)")
SHAPES = deferred.re(r"_x0000_s(\d{1,9})\b")
FIRST = 1024  # below the numbers of shapes
# Pixels: of the frame, which is wider where it would be too high, of what is round its text, of a line and of the narrower characters.
WIDTHS, HEIGHT, MARGIN, LINE, NARROW = (320, 480, 640), 640, 20, 16, 6
SIZE = 9  # points
GAP = 15  # pixels between a cell and the frame
EAST = "\u1100"  # from here on characters are twice as wide
COLUMN, ROW = 64, 20  # of a sheet that does not say how large they are
CHARACTER, POINT = 7, 4 / 3  # what widths and heights of a sheet are counted in
LARGEST = 1000  # of these
SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
VML = (
    f'<xml {SPACES}><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
SHAPE = (
    f'<v:shape {SPACES} id="_x0000_s{{number}}" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
REFUSED = (
    "工作簿无法添加批注，请用 Excel 或 WPS 重新保存",
    "the workbook takes no comments: save it once more with Excel or WPS",
)


def annotated(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The workbook with these comments. Raises `Undecodable` where it cannot take any."""
    workbook = Workbook(data)
    insides = workbook.render().insides
    if not (insides and comments):
        return data
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in comments:
        at = bisect_right(insides, one.offset, key=itemgetter(0)) - 1
        _, inside = insides[max(at, 0)]
        said[inside.sheet or ""][inside.cell or ""].append(one.text)
    parts = Parts(workbook.package)
    try:
        for named in workbook.parts:
            if own := said.pop(named.name, None):
                _annotate(parts, named.part, own)
                _answer(parts, workbook.main, named.part, own)
        return repacked(data, parts.bytes())
    except (UnicodeDecodeError, Unsplit, ValueError):
        raise Undecodable(*REFUSED) from None


def _answer(parts: Parts, main: str, sheet: str, texts: Mapping[str, Sequence[str]]) -> None:
    """Says it in the conversations of a sheet, too: Excel shows these in place of comments."""
    for one in parts.package.relations(sheet).values():
        if one.type == "threadedComment":
            answer(parts, main, one.part, texts, AUTHOR)


def _annotate(parts: Parts, sheet: str, texts: Mapping[str, Sequence[str]]) -> None:
    """Puts texts on each of these cells of a sheet."""
    related = {one.type: one.part for one in parts.package.relations(sheet).values()}
    own = root(parts.text(sheet))
    part = related.get("comments", "")
    if not part:
        part = parts.free("xl/comments{}.xml")
        parts.relate(sheet, "comments", part, own.relations)
        parts.declare(part, TYPE)
    old = parts.text(part) or (
        f'{DECLARATION}<comments xmlns="{own.space}"><authors/><commentList/></comments>'
    )
    parts.changed[part], new = _with(old, texts)
    if not new:
        return
    drawing = related.get("vmlDrawing", "")
    if not drawing:
        drawing = parts.free("xl/drawings/vmlDrawing{}.vml")
        id = parts.relate(sheet, "vmlDrawing", drawing, own.relations)
        parts.declare(drawing, DRAWING)
        parts.changed[sheet] = _drawn(parts.text(sheet), id, own)
    own_texts = {at: texts[at] for at in new}
    grid = Grid(parts.text(sheet))
    parts.changed[drawing] = _framed(parts.text(drawing) or VML, own_texts, grid)


def _with(text: str, texts: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """The comments of a sheet with more of them, and the cells that had none: a cell has one comment at most."""
    text = EMPTY.sub(r"<\1\2></\1\2>", text)
    prefix = root(text).prefix
    names = NAMES.findall(text)
    if AUTHOR not in names:
        at = text.index(f"</{prefix}authors")
        text = f"{text[:at]}<{prefix}author>{AUTHOR}</{prefix}author>{text[at:]}"
        names.append(AUTHOR)
    new = []
    for cell, said in texts.items():
        had = re.search(rf'<{prefix}comment\s[^>]*\bref="{cell}"', text)
        if had is None:
            new.append(cell)
            at = text.index(f"</{prefix}commentList")
            head = f'<{prefix}comment ref="{cell}" authorId="{names.index(AUTHOR)}"><{prefix}text>'
            entry = f"{head}{_runs(said, prefix)}</{prefix}text></{prefix}comment>"
        else:
            at = text.index(f"</{prefix}text", had.end())
            entry = _run(f"\n\n{AUTHOR}：\n", prefix) + _runs(said, prefix)
        text = text[:at] + entry + text[at:]
    return text, new


def _runs(texts: Sequence[str], prefix: str) -> str:
    """Texts one under the other, the first line of each in bold."""
    found = ""
    for at, text in enumerate(texts):
        title, end, rest = text.partition("\n")
        found += _run("\n\n" * bool(at) + title, prefix, bold=True)
        found += _run(end + rest, prefix) if rest else ""
    return found


def _run(said: str, prefix: str, bold: bool = False) -> str:
    look = f'<{prefix}rPr>{f"<{prefix}b/>" * bold}<{prefix}sz val="{SIZE}"/></{prefix}rPr>'
    return (
        f'<{prefix}r>{look}<{prefix}t xml:space="preserve">{escaped(said)}</{prefix}t></{prefix}r>'
    )


def _drawn(sheet: str, id: str, own: Root) -> str:
    """A sheet that points at the drawing of its comments, at the place that this has among its elements."""
    data = sheet.encode()
    places: list[int] = []

    def behind(_: Attributes) -> None:
        if len(xml.path) == 2:
            places.append(xml.at)

    def end() -> None:
        places.append(xml.at)

    xml = Reader(dict.fromkeys(BEHIND, behind), {"worksheet": end})
    xml.read(data)
    at = places[0]
    new = f'<{own.prefix}legacyDrawing xmlns:r="{own.relations}" r:id="{id}"/>'
    return (data[:at] + new.encode() + data[at:]).decode()


class Grid:
    """How large the columns and rows of a sheet are, in pixels."""

    def __init__(self, sheet: str) -> None:
        self.width, self.height = COLUMN, ROW
        self.widths: list[tuple[int, int, int]] = []  # of columns from one to another
        self.heights: dict[int, int] = {}
        starts = {"sheetFormatPr": self._on_sizes, "col": self._on_column, "row": self._on_row}
        Reader(starts, {}).read(sheet.encode())

    def _on_sizes(self, attributes: Attributes) -> None:
        self.width = _size(attributes, "defaultColWidth", CHARACTER, COLUMN)
        self.height = _size(attributes, "defaultRowHeight", POINT, ROW)

    def _on_column(self, attributes: Attributes) -> None:
        width = _size(attributes, "width", CHARACTER, self.width)
        first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
        self.widths.append((first - 1, last - 1, width))

    def _on_row(self, attributes: Attributes) -> None:
        if number := int(attributes.get("r", 0)):
            self.heights[number - 1] = _size(attributes, "ht", POINT, self.height)

    def column(self, at: int) -> int:
        """The width of a column."""
        return next((one for first, last, one in self.widths if first <= at <= last), self.width)

    def row(self, at: int) -> int:
        """The height of a row."""
        return self.heights.get(at, self.height)

    def anchor(self, row: int, column: int, text: str) -> str:
        """The frame of a text beside a cell: columns and rows, each with the pixels beyond its edge."""
        sizes = ((wide, _high(text, wide)) for wide in WIDTHS)
        wide, high = next((one for one in sizes if one[1] <= HEIGHT), (WIDTHS[-1], HEIGHT))
        left, top = min(column + 1, COLUMNS - 1), max(row - 1, 0)
        right, beyond = _reached(left, wide, self.column, COLUMNS - 1)
        bottom, below = _reached(top, high, self.row, ROWS - 1)
        return f"{left}, {GAP}, {top}, 0, {right}, {beyond}, {bottom}, {below}"


def _high(text: str, wide: int) -> int:
    """How high the frame of a text is."""
    lines = (sum(1 + (one >= EAST) for one in line) * NARROW for line in text.split("\n"))
    return sum(max(1, -(-line // (wide - MARGIN))) for line in lines) * LINE + MARGIN


def _size(attributes: Attributes, name: str, unit: float, default: int) -> int:
    """A width or a height; nothing where it is hidden."""
    if attributes.get("hidden") in TRUE:
        return 0
    return round(min(float(attributes[name]), LARGEST) * unit) if name in attributes else default


def _reached(at: int, pixels: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """Where something ends that begins with a column or a row: in which, and how far behind the edge of that."""
    while at < last and pixels > size(at):
        pixels -= size(at)
        at += 1
    return at, min(pixels, size(at))


def _framed(drawing: str, texts: Mapping[str, Sequence[str]], grid: Grid) -> str:
    """A drawing with a frame for each comment, which is shown beside its cell."""
    last = max([FIRST, *map(int, SHAPES.findall(drawing))])
    shapes = []
    for number, (cell, said) in enumerate(texts.items(), last + 1):
        row, column = reference(cell)
        anchor = grid.anchor(row, column, "\n\n".join(said))
        shapes.append(SHAPE.format(number=number, row=row, column=column, anchor=anchor))
    return within(drawing, "".join(shapes))
