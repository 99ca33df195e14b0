"""PDF files from code: text in a font of their own, and lines in the ways in which programs draw them.

Places are in points from the upper left corner of a page. The font draws a box for each character: without one that has
forms, what is read would depend on the fonts of the machine.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import cache

HEIGHT = 842
WIDTHS = (0, 1000, 500)  # of its glyphs: none, a character, one of half the width
HALF = range(1, 96)  # the numbers that Adobe-GB1 gives to what is as wide as a half
UP, DOWN = 880, -120


@cache
def _font() -> tuple[str, ...]:
    """The objects 3 to 7: a font by numbers of Adobe-GB1, its own forms, and which form a number has."""
    half = f"{HALF[0]} {HALF[-1]} {WIDTHS[2]}"
    return (
        "<</Type/Font/Subtype/Type0/BaseFont/Boxes/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Boxes/DW {WIDTHS[1]}/W[{half}]/FontDescriptor 5 0 R"
        "/CIDToGIDMap 7 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        f"<</Type/FontDescriptor/FontName/Boxes/Flags 4/FontBBox[0 {DOWN} 1000 {UP}]/ItalicAngle 0"
        f"/Ascent {UP}/Descent {DOWN}/CapHeight 700/StemV 80/FontFile2 6 0 R>>",
        _stream(_truetype().decode("latin-1"), packed=True),
        _stream(_glyphs().decode("latin-1"), packed=True),
    )


def _truetype() -> bytes:
    """A font whose glyphs are boxes, as wide as they say."""
    boxes = [_box(width) if width else b"" for width in WIDTHS]
    ends = [sum(map(len, boxes[:at])) for at in range(len(boxes) + 1)]
    tables = {
        b"glyf": b"".join(boxes),
        b"head": struct.pack(
            ">4I2H2Q4h2H3h",
            0x10000,
            0,
            0,
            0x5F0F3CF5,
            0,
            1000,
            0,
            0,
            0,
            DOWN,
            1000,
            UP,
            0,
            8,
            2,
            1,
            0,
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, UP, DOWN, 0, 1000, *(0,) * 11, len(WIDTHS)),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in WIDTHS),
        b"loca": struct.pack(f">{len(ends)}I", *ends),
        b"maxp": struct.pack(">I14H", 0x10000, len(WIDTHS), 4, 1, *(0,) * 2, 1, *(0,) * 8),
    }
    head = struct.pack(">I4H", 0x10000, len(tables), 0, 0, 0)
    start = len(head) + 16 * len(tables)
    for name, table in tables.items():
        head += struct.pack(">4s3I", name, 0, start, len(table))
        start += len(table)
    return head + b"".join(tables.values())


def _box(width: int) -> bytes:
    """A glyph of one contour with four corners, padded to words."""
    corners = ((0, DOWN), (0, UP), (width, UP), (width, DOWN))
    steps = [
        (b - a for a, b in zip((0, *line), line, strict=False))
        for line in zip(*corners, strict=True)
    ]
    glyph = struct.pack(">5h2H4B", 1, 0, DOWN, width, UP, 3, 0, *(1,) * 4)
    glyph += b"".join(struct.pack(">h", step) for line in steps for step in line)
    return glyph + bytes(-len(glyph) % 4)


def _glyphs() -> bytes:
    """The glyph of each number of Adobe-GB1."""
    return b"".join(struct.pack(">H", 2 if at in HALF else 1) for at in range(0x8000))


def document(
    *pages: str, attributes: str = "", trailer: str = "", form: str = "", packed: bool = False
) -> bytes:
    """A file of pages, each given by what is drawn on it, `packed` or as it is; `form` is what `/X0 Do` draws."""
    fonts = "/Resources<</Font<</F 3 0 R>>/XObject<</X0 8 0 R>>>>"
    box = "" if "MediaBox" in attributes else f"/MediaBox[0 0 595 {HEIGHT}]"
    numbers = [9 + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        *_font(),
        _stream(form, f"/Type/XObject/Subtype/Form/BBox[0 0 2000 2000]{fonts}"),
    ]
    for number, drawn in zip(numbers, pages, strict=True):
        own = f"/Parent 2 0 R/Contents {number + 1} 0 R{box}{attributes}{fonts}"
        bodies += [f"<</Type/Page{own}>>", _stream(drawn, packed=packed)]
    out, starts = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\n"
    )
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def _stream(drawn: str, more: str = "", packed: bool = False) -> str:
    if packed:
        drawn = zlib.compress(drawn.encode("latin-1")).decode("latin-1")
        more += "/Filter/FlateDecode"
    return f"<<{more}/Length {len(drawn)}>>stream\n{drawn}\nendstream"


def text(x: float, y: float, words: str, size: float = 10, scale: float = 1) -> str:
    """Words with their base line at `y`; the size of the font is `size / scale`, made small by the text's matrix."""
    code = words.encode("utf-16-be").hex()
    return f"BT/F {size / scale} Tf {scale} 0 0 {scale} {x} {HEIGHT - y} Tm<{code}>Tj ET\n"


def cut(left: float, top: float, right: float, bottom: float, drawn: str) -> str:
    """What is drawn, cut off at the edges of a box."""
    box = f"{left} {HEIGHT - bottom} {right - left} {bottom - top} re"
    return f"q {box} W n {drawn}Q\n"


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line."""
    return f".5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def thin(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line as a filled rectangle."""
    return f"{x0 - 0.3} {HEIGHT - y1 - 0.3} {x1 - x0 + 0.6} {y1 - y0 + 0.6} re f\n"


def table(
    x: float,
    y: float,
    widths: Sequence[float],
    rows: Iterable[Sequence[str | None]],
    height: float = 20,
    line=stroke,
    open_at: str = "",
    **look: float,
) -> str:
    """A table with lines round its cells; one of None is more of the cell to its left, one of "^" of that above.

    `open_at` leaves out its upper or lower edge. A cell with line ends is as many lines high.
    """
    rows = [list(row) for row in rows]
    out = ""
    lefts = [x + sum(widths[:at]) for at in range(len(widths) + 1)]
    high = [height * max(1, *(1 + (cell or "").count("\n") for cell in row)) for row in rows]
    tops = [y + sum(high[:at]) for at in range(len(rows) + 1)]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            left, right, top, bottom = lefts[column], lefts[column + 1], tops[at], tops[at + 1]
            if cell != "^" and not (at == 0 and "top" in open_at):
                out += line(left, top, right, top)
            if cell is not None:
                out += line(left, top, left, bottom)
            for number, words in enumerate((cell or "").strip("^").split("\n")):
                if words:
                    out += text(left + 2, top + 14 + number * 14, words, **look)
        out += line(lefts[-1], tops[at], lefts[-1], tops[at + 1])
    return out if "bottom" in open_at else out + line(lefts[0], tops[-1], lefts[-1], tops[-1])
