"""PDF files from code: text in a font that every reader has, and lines in the ways in which programs draw them.

Places are in points from the upper left corner of a page.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

HEIGHT = 842
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor 5 0 R"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    "/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
)


def document(
    *pages: str, attributes: str = "", trailer: str = "", form: str = "", packed: bool = False
) -> bytes:
    """A file of pages, each given by what is drawn on it, `packed` or as it is; `form` is what `/X0 Do` draws."""
    fonts = "/Resources<</Font<</F 3 0 R>>/XObject<</X0 6 0 R>>>>"
    box = "" if "MediaBox" in attributes else f"/MediaBox[0 0 595 {HEIGHT}]"
    numbers = [7 + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        *FONT,
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
