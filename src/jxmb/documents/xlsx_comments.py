"""Comments put into a copy of a workbook, each on the cell that it is about; those that are there stay."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter

from .. import lazy
from ..source.decoding import Undecodable
from . import Comment
from .additions import DECLARATION, Parts, Root, root, within
from .repack import Unsplit, repacked
from .workbook import Workbook, escaped, reference
from .xml import Attributes, Reader

AUTHOR = "jxmb"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# What may stand behind the drawing of comments in a sheet.
BEHIND = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
EMPTY = lazy.re(r"<((?:[\w.-]+:)?)(authors|commentList)\s*/>")
NAMES = lazy.re(r"<(?:[\w.-]+:)?author\b[^>]*>([^<]*)")
SHAPES = lazy.re(r"_x0000_s(\d{1,9})\b")
FIRST = 1024  # below the numbers of shapes
WIDE = 20  # characters in a line of the frame
COLUMNS, MOST = 3, 30  # how many columns wide the frame is, and rows high at most
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
    '<x:ClientData ObjectType="Note"><x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>'
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
                _annotate(parts, named.part, {at: "\n\n".join(own[at]) for at in own})
        return repacked(data, parts.bytes())
    except (UnicodeDecodeError, Unsplit, ValueError):
        raise Undecodable(*REFUSED) from None


def _annotate(parts: Parts, sheet: str, texts: Mapping[str, str]) -> None:
    """Puts a text on each of these cells of a sheet."""
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
    parts.changed[drawing] = _framed(parts.text(drawing) or VML, {at: texts[at] for at in new})


def _with(text: str, texts: Mapping[str, str]) -> tuple[str, list[str]]:
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
            entry = f"{head}{_run(said, prefix)}</{prefix}text></{prefix}comment>"
        else:
            at = text.index(f"</{prefix}text", had.end())
            entry = _run(f"\n\n{AUTHOR}：\n{said}", prefix)
        text = text[:at] + entry + text[at:]
    return text, new


def _run(said: str, prefix: str) -> str:
    return f'<{prefix}r><{prefix}t xml:space="preserve">{escaped(said)}</{prefix}t></{prefix}r>'


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


def _framed(drawing: str, texts: Mapping[str, str]) -> str:
    """A drawing with a frame for each comment, which is shown beside its cell."""
    last = max([FIRST, *map(int, SHAPES.findall(drawing))])
    shapes = []
    for number, (cell, said) in enumerate(texts.items(), last + 1):
        row, column = reference(cell)
        high = sum(len(line) // WIDE + 1 for line in said.split("\n")) + 1
        shapes.append(
            SHAPE.format(
                **{"number": number, "row": row, "column": column, "left": column + 1, "top": row},
                **{"right": column + 1 + COLUMNS, "bottom": row + min(high, MOST)},
            )
        )
    return within(drawing, "".join(shapes))
