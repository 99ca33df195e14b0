"""Bytes to text: the encoding is told by a mark, is named, or is found by trying; it is kept for writing back.

Where a few bytes are broken the rest is read: each broken place stands as U+FFFD, and the text is never written back.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from .. import deferred
from .text import LOST, Source


class Undecodable(Exception):
    """The bytes are no text: ``zh`` and ``en`` say what they are, `advice` in both languages what to do.

    >>> from pathlib import Path
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "forms.rar")
    ...     _ = file.write_bytes(b"Rar!\\x1a\\x07")
    ...     try:
    ...         jxmb.parse(file)
    ...     except jxmb.Undecodable as error:
    ...         print(error.en)
    an archive, not supported: unpack it
    """

    def __init__(self, zh: str, en: str, advice: tuple[str, ...] = ()) -> None:
        super().__init__(zh)
        self.zh, self.en, self.advice = zh, en, advice


BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
MOST = 0.8  # this share of characters of daily use makes a text with broken places Chinese
FEW = 0.1  # this share of broken places among the characters beyond ASCII is still a text
# Encodings under the name of the one that has all their characters, or leaves the mark to `bom`.
WIDER = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
NAME_ENCODING = (
    "用 --encoding 写明文件的编码，如 big5；或另存为 UTF-8",
    "name the encoding of the file with --encoding, such as big5, or save it as UTF-8",
)
NULS = ("文件含有空字节，不是文本", "the file holds NUL bytes and is no text")
PLACES = deferred.re(f"{LOST}+")
ASCII = 0x80  # the first byte beyond
# The first and second bytes of GB 2312, of its marks and figures, and of the characters of daily use.
FIRST, LAST, MARKS, DAILY = 0xA1, 0xF7, 0xA3, range(0xB0, 0xD8)
DAILY_BIG5 = range(0xA4, 0xC7)  # its first bytes of the characters of daily use
LEAST = 10  # letters below which a text says too little
SAMPLE = 10_000  # characters by which a text is judged
COMMON, AGAIN, RARE, BROKEN, ODD = (
    0,
    1,
    3,
    3,
    6,
)  # what a character costs when broken GB18030 is parted


def known(name: str) -> str:
    """The encoding that a name means. Raises `LookupError` where it is none of text."""
    info = codecs.lookup(name.strip())
    if not info._is_text_encoding or info.name in NO_TEXT:
        raise LookupError(name)
    return WIDER.get(info.name, info.name)


NO_TEXT = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
)


def decode(data: bytes, path: str = "-", encoding: str | None = None) -> Source:
    """Decode bytes: a byte-order mark decides, then `encoding` if it is named, else what fits best.

    UTF-8 is tried, then UTF-8 with few broken places, GB18030, and that with few. Raises `Undecodable`.
    """
    for bom, marked in BOMS:
        if data.startswith(bom):
            start = len(bom)
            while data.startswith(bom, start):  # of files that were joined, or marked once more
                start += len(bom)
            return _named(data[start:], path, marked, data[:start])
    if encoding is not None:
        try:
            return _named(data, path, known(encoding), b"")
        except LookupError:
            said = f"未知编码“{encoding}”", f"Unknown encoding `{encoding}`"
            raise Undecodable(*said, NAME_ENCODING) from None
    if b"\0" in data:
        raise Undecodable(*NULS, NAME_ENCODING)
    return _guess(data, path)


def _named(data: bytes, path: str, encoding: str, bom: bytes) -> Source:
    """Text in an encoding that is sure; broken places do not make it another."""
    try:
        text, lossy = data.decode(encoding), False
    except UnicodeError:
        text, lossy = _replaced(data, encoding), True
    if "\0" in text:
        raise Undecodable(*NULS)
    if lossy and not _few(text):
        name = encoding.upper()
        raise Undecodable(f"{name} 编码已损坏", f"the {name} text is damaged")
    return Source(text, path, encoding, bom, lossy or _encoded(text, encoding) != data)


def _encoded(text: str, encoding: str) -> bytes | None:
    """The text as bytes again; None where it cannot be."""
    try:
        return text.encode(encoding)
    except UnicodeError:
        return None


def _guess(data: bytes, path: str) -> Source:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = _replaced(data, encoding)
        else:
            if encoding == "gb18030" and _is_big5(data, text):
                raise Undecodable("编码疑为 Big5", "the bytes seem to be Big5", NAME_ENCODING)
            return Source(text, path, encoding)
        if _few(text) and (encoding == "utf-8" or _daily(text)):
            return Source(text, path, encoding, lossy=True)
    raise Undecodable(
        "编码既不是 UTF-8、UTF-16，也不是 GB18030",
        "the bytes are neither UTF-8, UTF-16 with BOM nor GB18030",
        NAME_ENCODING,
    )


def _replaced(data: bytes, encoding: str) -> str:
    """The text with U+FFFD for each broken place."""
    if encoding == "gb18030":
        return "".join(map(_parted, data.splitlines(keepends=True)))
    return data.decode(encoding, "replace")


def _is_big5(data: bytes, text: str) -> bool:
    """Whether bytes are Big5, almost all of which GB18030 takes too, for characters that nobody uses."""
    if _daily(text[:SAMPLE]):
        return False
    try:
        other = data.decode("big5")
    except UnicodeDecodeError:
        return False
    enough = sum(map(str.isalpha, other[:SAMPLE])) >= LEAST
    return enough and _daily(other[:SAMPLE], "big5", DAILY_BIG5)


def _daily(text: str, encoding: str = "gb2312", daily: range = DAILY) -> bool:
    """Whether a text is Chinese: what is not shows by characters that nobody uses."""
    beyond = "".join(one for one in text if ord(one) >= ASCII and one != LOST)
    leads = beyond.encode(encoding, "ignore")[::2]
    return sum(lead <= MARKS or lead in daily for lead in leads) >= len(beyond) * MOST


def _few(text: str) -> bool:
    """Whether the broken places are few among the characters beyond ASCII."""
    places = len(PLACES.findall(text))
    sound = len(text) - len(text.encode("ascii", "ignore")) - text.count(LOST)
    return sound > 0 and places <= max(1, sound * FEW)


def _parted(line: bytes) -> str:
    """A line of GB18030 as characters, U+FFFD for what is not sure.

    A byte that is missing would shift all that follow it, so the line is broken where the others are then the most common
    characters; what would be another character if it broke elsewhere is lost too.
    """
    try:
        return line.decode("gb18030")
    except UnicodeDecodeError:
        pass
    early, late = _characters(line, 1), _characters(line, -1)
    parts, at = [], 0
    for start, end in sorted(early.keys() & late.keys()):
        if start > at:
            parts.append(LOST)
        parts.append(early[start, end])
        at = end
    return "".join(parts) + LOST * (at < len(line))


def _characters(line: bytes, order: int) -> dict[tuple[int, int], str]:
    """The characters by where they stand in a line, that breaks as early (1) or as late (-1) as is well."""
    # Up to each byte: what the characters cost, where the last begins (with the order), and what it is.
    best: list[tuple[int, int, str]] = [(0, 0, "")]
    for end in range(1, len(line) + 1):
        ways = _ending(line, end)
        best.append(
            min(_after(best[start], order * start, cost, said) for start, cost, said in ways)
        )
    found, at = {}, len(line)
    while at:
        _, start, said = best[at]
        start *= order
        if said != LOST:
            found[start, at] = said
        at = start
    return found


def _after(before: tuple[int, int, str], start: int, cost: int, said: str) -> tuple[int, int, str]:
    """A character behind others: what breaks mostly breaks in one place."""
    if said == LOST == before[2]:
        cost = AGAIN
    return before[0] + cost, start, said


def _ending(line: bytes, end: int) -> Iterator[tuple[int, int, str]]:
    """The characters that may end there: where each begins, what it costs, and what it is."""
    last = line[end - 1]
    yield (end - 1, COMMON, chr(last)) if last < ASCII else (end - 1, BROKEN, LOST)
    for size in (2, 4):
        said = _one(line[end - size : end]) if end >= size else ""
        if said:
            yield end - size, _cost(line[end - size], last, size), said


def _one(data: bytes) -> str:
    """The one character of these bytes; empty where they are none, or many."""
    try:
        said = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return said if len(said) == 1 and ord(said) >= ASCII else ""


def _cost(lead: int, trail: int, size: int) -> int:
    """Marks, figures and the characters of daily use cost nothing, then all of GB 2312, then what is not in it."""
    if size > 2 or trail < FIRST or not FIRST <= lead <= LAST:
        return ODD
    return COMMON if lead <= MARKS or lead in DAILY else RARE
