"""Whether a page of a PDF is damaged, or as blank as it looks: asked of PDFium's own copy of it.

In the copy everything that the page has is a plain object, whatever the file packs it in.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

import pypdfium2

from ... import deferred

STREAM = deferred.re(rb"(?s)(\d+) 0 obj\r\n(<<(?:(?!endobj).){0,4000}?>>)stream\r\n")
RAW = deferred.re(rb"/FlateDecode[^\r\n]{0,200}\s{0,2}stream\r?\n")  # of a file: a packed stream
SAID = 500  # bytes before that, within which its object begins
LENGTH = deferred.re(rb"/Length (\d+)")
PACKED = deferred.re(rb"/Filter *\[? */FlateDecode")
# What is no content of a page: pictures, fonts, functions, colours.
OTHER = deferred.re(rb"/Subtype */(?!Form)|/(?:Length1|FunctionType|ShadingType|N) ")
CONTENTS = deferred.re(rb"/Contents *(\d+ 0 R|\[[^\]]*\])")
MOST = 16_000_000  # bytes of a stream that are unpacked
NUMBER = deferred.re(rb"(\d+) 0 R")
FONTS = deferred.re(rb"/Font *(?:<<|\d)")  # a page without content has none
SHOWN = deferred.re(rb"(?:[^(\s]\)|[0-9A-Fa-f]>|[)>][^\[\]()<>]{0,9}\])\s*T[jJ]")  # a text is drawn


class Intact:
    """What of a document is whole. Raises nothing."""

    def __init__(self, document: Any, data: bytes) -> None:
        self._document, self._data = document, data

    @cached_property
    def _is_sound(self) -> bool:
        """Whether all contents in the file unpack as they stand there; then pages with text need no second look."""
        for found in RAW.finditer(self._data):
            start = self._data.rfind(b"obj", max(found.start() - SAID, 0), found.start())
            if OTHER.search(self._data[start : found.start()]):
                continue
            end = self._data.find(b"endstream", found.end())
            if _unpacked(self._data[found.end() : end], whole=True) is None:
                return False
        return True

    def is_whole(self, number: int, written: bool) -> bool:
        """Whether all of a page was read: its streams unpack, and where it is not `written` on none of them draws a text."""
        if written and self._is_sound:
            return True
        try:
            copy = _copy(self._document, number)
        except pypdfium2.PdfiumError:
            return False
        found: set[bytes] = set()
        for own, said, data in _streams(copy):
            found.add(own)
            is_content = not OTHER.search(said)
            if written and not is_content:  # pictures and fonts may be as they are
                continue
            content = _unpacked(data, is_content) if PACKED.search(said) else data
            if content is None or (is_content and not written and SHOWN.search(content)):
                return False
        drawn = CONTENTS.search(copy)
        if drawn is None:
            return written or not FONTS.search(copy)
        return all(
            one in found or b"\n%s 0 obj\r\n[" % one in copy for one in NUMBER.findall(drawn[1])
        )


def _copy(document: Any, number: int) -> bytes:
    """A file with this page alone."""
    alone, out = pypdfium2.PdfDocument.new(), BytesIO()
    try:
        alone.import_pages(document, [number - 1])
        alone.save(out)
    finally:
        alone.close()
    return out.getvalue()


def _streams(copy: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The number of each stream, what is said of it, and the stream."""
    at = 0
    while found := STREAM.search(copy, at):
        length = LENGTH.search(found[2])
        at = found.end() + (int(length[1]) if length else 0)
        yield found[1], found[2], copy[found.end() : at]


def _unpacked(data: bytes, whole: bool) -> bytes | None:
    """A stream as it was packed; None where it is damaged, or ought to be whole and is not."""
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, MOST)
    except zlib.error:
        return None
    return found if reader.eof or len(found) >= MOST or not whole else None
