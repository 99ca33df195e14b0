"""The text of one file and the places in it.

Everything that `jxmb` says points back here: a `Span` is two offsets in the text of a `Source`, counted in
Unicode code points, and ``span.text`` is exactly what stands there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from .. import deferred
from ..deferred import dataclass
from .place import Inside, Note, Place

# Not str.splitlines: it also splits at form feeds and Unicode separators, which OCR text is full of.
LINE_END = deferred.re(r"\r\n|\n|\r")
SURROGATE = deferred.re("[\ud800-\udfff]")
LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, eq=False)
class Source:
    """A decoded file, or a document as text. `encoding` and `bom` say how to write it back; line ends stay in `text`."""

    text: str
    path: str = "-"
    encoding: str = "utf-8"
    bom: bytes = b""
    lossy: bool = (
        False  # it is not what the file says, as where U+FFFD stands for bytes: never write it back
    )
    document: str = ""  # the format of the document that the text was made of
    editable: bool = False  # the format of the document takes edits of the text
    rows: tuple[Declared, ...] = ()  # the cells it declares, in the order of the text
    insides: tuple[
        tuple[int, Inside], ...
    ] = ()  # its places, by the offset from which on each holds
    notes: tuple[Note, ...] = ()  # what it tells of its reading, by offset

    def __post_init__(self) -> None:
        """Half a character of UTF-16 alone is none, and is read as what is lost."""
        if not self.text.isascii() and SURROGATE.search(self.text):
            vars(self).update(text=SURROGATE.sub(LOST, self.text), lossy=True)

    @cached_property
    def starts(self) -> array[int]:
        """The offset of the first character of each line."""
        if "\r" in self.text:
            return array("Q", [0, *(match.end() for match in LINE_END.finditer(self.text))])
        lines = self.text.split("\n")
        return array("Q", accumulate([len(line) + 1 for line in lines[:-1]], initial=0))

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

    def inside(self, offset: int) -> Inside | None:
        """The place in the document; None in a text, and before the first place of a document."""
        at = bisect_right(self.insides, offset, key=itemgetter(0)) if self.insides else 0
        return self.insides[at - 1][1] if at else None

    @property
    def writable(self) -> bool:
        """Whether edits of the text can be written back to the file without loss."""
        return not self.lossy and (self.editable or not self.document)

    def takes(self, text: str) -> bool:
        """Whether the encoding of the file has the characters of a text."""
        try:
            text.encode(self.encoding)
        except UnicodeError:
            return False
        return True

    def encode(self, text: str) -> bytes:
        """`text` as bytes in the encoding of this file, with its byte-order mark."""
        return self.bom + text.encode(self.encoding)


@dataclass(slots=True, order=True, unsafe_hash=True)
class Span:
    """A stretch of a source, `start` included, `end` not. Spans compare by their offsets only.

    Nobody changes a span, a cell, a row or a reading; they are not frozen because there are so many of them.
    """

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

    @property
    def place(self) -> Place:
        """Where it stands, in plain numbers."""
        source = self.source
        line, column = source.position(self.start)
        end_line, end_column = source.position(self.end)
        return Place(source.path, line, column, end_line, end_column, source.inside(self.start))

    def sub(self, start: int, end: int) -> Span:
        """The part from `start` to `end`, counted from the beginning of this span."""
        return Span(self.source, self.start + start, min(self.start + end, self.end))

    def strip(self) -> Span:
        """This span without blanks at its ends."""
        text = self.text
        inner = text.strip()
        if len(inner) == len(text):
            return self
        start = self.start + (text.index(inner) if inner else len(text))
        return Span(self.source, start, start + len(inner))

    def split(self, separator: str) -> Iterator[Span]:
        """The pieces between separators."""
        start = self.start
        text = self.source.text
        while (at := text.find(separator, start, self.end)) >= 0:
            yield Span(self.source, start, at)
            start = at + len(separator)
        yield Span(self.source, start, self.end)


@dataclass(frozen=True, slots=True)
class Declared:
    """A cell that a document says it has: the offsets of its pieces (at least one), and where it stands in its table.

    `row` and `column` count from 0; it covers `width` columns and reaches down over `down` rows.
    """

    pieces: tuple[tuple[int, int], ...]
    table: int
    row: int
    column: int
    width: int = 1
    down: int = 1

    @property
    def start(self) -> int:
        """The offset of its first piece."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """The offset behind its last piece."""
        return self.pieces[-1][1]
