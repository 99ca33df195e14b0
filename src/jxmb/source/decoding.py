"""Bytes to text: the encoding is told by a mark or by trying, and is kept for writing back."""

from __future__ import annotations

from .text import Source


class Undecodable(Exception):
    """The bytes are no text: ``zh`` and ``en`` say what they are, `advice` in both languages what to do."""

    def __init__(self, zh: str, en: str, advice: tuple[str, ...] = ()) -> None:
        super().__init__(zh)
        self.zh, self.en, self.advice = zh, en, advice


BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

FEW = 0.05  # this share of bad places among the characters beyond ASCII still counts as UTF-8


def decode(data: bytes, path: str = "-") -> Source:
    """Decode bytes: a byte-order mark decides, then UTF-8, then GB18030, then UTF-8 with few bad bytes."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _with_bom(data, path, bom, encoding)
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
