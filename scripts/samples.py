#!/usr/bin/env python3
"""Make the documents in samples/: one form as a file of each kind that is read.

    python scripts/samples.py [FOLDER]

The Word file is written here; LibreOffice (`soffice`) makes the others of it, and pypdfium2 the picture of the page.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.documents.docx import docx, form  # noqa: E402

from jxmb import documents  # noqa: E402
from jxmb.source import Source  # noqa: E402

NAME = "form-2024"
TARGET = "》 2公里"  # what a check finds
EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
GRID = '<w:gridCol w:w="2100"/>' * 4
RULED = f"<w:tblPr><w:tblBorders>{EDGES}</w:tblBorders></w:tblPr><w:tblGrid>{GRID}</w:tblGrid>"
DOTS = 150  # an inch
FILTERS = {
    "doc": ("docx", "doc:MS Word 97"),
    "pdf": ("docx", "pdf:writer_pdf_Export"),
    "xlsx": ("html", "xlsx:Calc MS Excel 2007 XML"),
    "xls": ("html", "xls:MS Excel 97"),
}


def word() -> bytes:
    """The form as a Word file with a ruled table."""
    return docx(*(block.replace("<w:tblPr/>", RULED) for block in form(TARGET)))


def html(source: Source) -> str:
    """A document as a web page, for spreadsheets: its table, the lines before it as rows."""
    lines = source.text[: source.rows[0].start].split("\n")
    rows = [f'<tr><td colspan="4">{escape(line)}</td></tr>' for line in lines if line]
    numbers = sorted({cell.row for cell in source.rows})
    for number in numbers:
        cells = "".join(
            f'<td colspan="{cell.width}" rowspan="{cell.down}">'
            + "<br>".join(escape(source.text[start:end]) for start, end in cell.pieces)
            + "</td>"
            for cell in source.rows
            if cell.row == number
        )
        rows.append(f"<tr>{cells}</tr>")
    return f'<meta charset="utf-8"><table border="1">{"".join(rows)}</table>'


def office(path: Path, target: str, folder: Path) -> None:
    """What LibreOffice makes of a file."""
    call = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    if path.suffix == ".html":
        call.append("--infilter=HTML (StarCalc)")
    call += ["--convert-to", target, "--outdir", str(folder), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)


def picture(path: Path) -> bytes:
    """The first page of a PDF as a grey PNG."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[0].render(scale=DOTS / 72, grayscale=True)
        width, height, stride = image.width, image.height, image.stride
        dots = bytes(image.buffer)
    lines = b"".join(b"\0" + dots[at * stride : at * stride + width] for at in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def main(folder: Path) -> None:
    """Write all of them."""
    (folder / f"{NAME}.docx").write_bytes(word())
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / f"{NAME}.docx").write_bytes(word())
        page = html(documents.open(word()))
        (work / f"{NAME}.html").write_text(page, encoding="utf-8")
        for suffix, (source, target) in FILTERS.items():
            office(work / f"{NAME}.{source}", target, work)
            shutil.copyfile(work / f"{NAME}.{suffix}", folder / f"{NAME}.{suffix}")
    (folder / f"{NAME}.png").write_bytes(picture(folder / f"{NAME}.pdf"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "samples")
