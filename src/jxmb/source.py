"""The text of one file and the places in it.

Everything that `jxmb` says points back here: a `Span` is two offsets in the text of a `Source`, counted in
Unicode code points, and ``span.text`` is exactly what stands there.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

# Not str.splitlines: it also splits at form feeds and Unicode separators, which OCR text is full of.
LINE_END = re.compile(r"\r\n|\n|\r")


class Undecodable(Exception):
    """The bytes are no text: ``zh`` and ``en`` say what they are and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


@dataclass(frozen=True, eq=False)
class Source:
    """A decoded file. `encoding` and `bom` say how to write it back; line ends stay in `text`."""

    text: str
    path: str = "-"
    encoding: str = "utf-8"
    bom: bytes = b""
    lossy: bool = False  # some bytes could not be decoded and stand as U+FFFD: never write it back

    @cached_property
    def starts(self) -> array[int]:
        """The offset of the first character of each line."""
        starts = array("Q", [0])
        starts.extend(match.end() for match in LINE_END.finditer(self.text))
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; a column counts code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> Span:
        """The line with this number (from 1), without its line end."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(self, start, end)

    def lines(self) -> Iterator[Span]:
        """Each line without its line end; the empty text after a last line end is no line."""
        start = 0
        for match in LINE_END.finditer(self.text):
            yield Span(self, start, match.start())
            start = match.end()
        if start < len(self.text):
            yield Span(self, start, len(self.text))

    def encode(self, text: str) -> bytes:
        """`text` as bytes in the encoding of this file, with its byte-order mark."""
        return self.bom + text.encode(self.encoding)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a source, `start` included, `end` not. Spans compare by their offsets only."""

    source: Source = field(compare=False, repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """Exactly what stands there in the file."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """Line of the first character, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """Column of the first character, from 1, in code points."""
        return self.source.position(self.start)[1]

    @property
    def end_line(self) -> int:
        """Line of the place just behind the last character."""
        return self.source.position(self.end)[0]

    @property
    def end_column(self) -> int:
        """Column just behind the last character."""
        return self.source.position(self.end)[1]

    def sub(self, start: int, end: int) -> Span:
        """The part from `start` to `end`, counted from the beginning of this span."""
        return Span(self.source, self.start + start, min(self.start + end, self.end))

    def strip(self) -> Span:
        """This span without blanks at its ends."""
        text = self.text
        left = len(text) - len(text.lstrip())
        return self.sub(left, max(left, len(text.rstrip())))

    def split(self, separator: str) -> Iterator[Span]:
        """The pieces between separators."""
        start = self.start
        text = self.source.text
        while (at := text.find(separator, start, self.end)) >= 0:
            yield Span(self.source, start, at)
            start = at + len(separator)
        yield Span(self.source, start, self.end)


BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

# The beginning of files that people hand in instead of their text.
KINDS = (
    (
        b"PK\x03\x04",
        "Word/Excel（docx、xlsx、wps 等压缩格式）",
        "a Word or Excel file (zip container)",
    ),
    (b"\xd0\xcf\x11\xe0", "旧版 Word/Excel（doc、xls）", "an old Word or Excel file"),
    (b"%PDF", "PDF", "a PDF file"),
    (b"{\\rtf", "RTF", "an RTF file"),
    (b"\x89PNG", "图片（PNG）", "an image (PNG)"),
    (b"\xff\xd8\xff", "图片（JPEG）", "an image (JPEG)"),
    (b"II*\x00", "图片（TIFF）", "an image (TIFF)"),
    (b"MM\x00*", "图片（TIFF）", "an image (TIFF)"),
)
FEW = 0.05  # this share of bad places among the characters beyond ASCII still counts as UTF-8


def read(path: Path, shown: str | None = None) -> Source:
    """Read and decode a file; `shown` is the path that findings print.

    Raises `OSError` where the file cannot be read and `Undecodable` where it is no text.
    """
    return decode(path.read_bytes(), shown if shown is not None else str(path))


def decode(data: bytes, path: str = "-") -> Source:
    """Decode bytes: a byte-order mark decides, then UTF-8, then GB18030, then UTF-8 with few bad bytes."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _with_bom(data, path, bom, encoding)
    for start, zh, en in KINDS:
        if data.startswith(start):
            raise Undecodable(f"这是{zh}文件，不是文本", f"this is {en}, not text")
    if b"\0" in data:
        raise Undecodable("文件含有空字节，不是文本", "the file holds NUL bytes and is no text")
    return _guess(data, path)


def _with_bom(data: bytes, path: str, bom: bytes, encoding: str) -> Source:
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise Undecodable("UTF-16 编码已损坏", "the UTF-16 text is damaged") from None
        text = body.decode(encoding, "replace")
        return Source(text, path, encoding, bom, lossy=True)
    if "\0" in text:
        raise Undecodable("文件含有空字节，不是文本", "the file holds NUL bytes and is no text")
    return Source(text, path, encoding, bom)


def _guess(data: bytes, path: str) -> Source:
    try:
        return Source(data.decode("utf-8"), path)
    except UnicodeDecodeError:
        replaced = data.decode("utf-8", "replace")
    bad = replaced.count("\N{REPLACEMENT CHARACTER}")
    beyond = len(replaced) - len(replaced.encode("ascii", "ignore"))
    if bad <= max(1, (beyond - bad) * FEW) and beyond > bad:
        return Source(replaced, path, "utf-8", lossy=True)
    try:
        return Source(data.decode("gb18030"), path, "gb18030")
    except UnicodeDecodeError:
        raise Undecodable(
            "编码既不是 UTF-8、UTF-16，也不是 GB18030",
            "the bytes are neither UTF-8, UTF-16 with BOM nor GB18030",
        ) from None
