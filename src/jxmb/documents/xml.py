"""XML of office files: elements by local name, one after the other, no document type, not too deep.

Local names make strict and transitional files alike. Nothing is kept of what has been read.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]
Start = Callable[[str, Attributes], object]
End = Callable[[str], object]
Text = Callable[[str], object]

DEPTH = 400  # elements in elements


class Unreadable(Exception):
    """It is not read; `why` is `damaged`, `typed` (it declares a document type) or `deep`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Reader:
    """Calls back for the elements and the text of a document, by local names of elements and attributes."""

    def __init__(
        self, start: Start | None = None, end: End | None = None, text: Text | None = None
    ) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _typed
        self.depth = 0
        self.local: dict[str, str] = {}
        self.start, self.end = start or _ignored, end or _ignored
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        if text is not None:
            self.parser.CharacterDataHandler = text

    @property
    def at(self) -> int:
        """The offset in the bytes at which the element that is called back for, start or end, begins."""
        return self.parser.CurrentByteIndex

    def read(self, data: bytes) -> None:
        """Reads a whole document. Raises `Unreadable`, and what the callbacks raise."""
        try:
            self.parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError):  # also an encoding that is not known
            raise Unreadable("damaged") from None

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise Unreadable("deep")
        if attributes:
            local = self.local
            attributes = {
                local.get(one) or self._cut(one): value for one, value in attributes.items()
            }
        self.start(self.local.get(name) or self._cut(name), attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(self.local[name])

    def _cut(self, name: str) -> str:
        local = self.local[name] = name.rpartition(":")[2]
        return local


def _ignored(*_: object) -> None:
    """Nobody asked."""


def _typed(*_: object) -> None:
    raise Unreadable("typed")
