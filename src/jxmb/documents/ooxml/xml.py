"""XML of office files: elements by local name, one after the other, no document type, not too deep.

Local names make strict and transitional files alike. Nothing is kept of what has been read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

Attributes = dict[str, str]
Start = Callable[[Attributes], object]  # called with the attributes by local name
End = Callable[[], object]
Text = Callable[[str], object]

DEPTH = 400  # elements in elements


class Unreadable(Exception):
    """It is not read; `why` is `damaged`, `typed` (it declares a document type) or `deep`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Reader:
    """Calls back for those elements that a table names, and for text, in the order of the document.

    Of `bare` elements the attributes that are asked for never have a prefix.
    """

    def __init__(
        self,
        starts: Mapping[str, Start],
        ends: Mapping[str, End],
        text: Text | None = None,
        *,
        bare: bool = False,
    ) -> None:
        self.starts, self.ends = starts, ends
        self.path: list[str] = []  # the names of the elements that are open, the current one last
        self._skipped = 0  # the length of the path at which what is left out began
        self._begun: dict[str, tuple[str, Start | None]] = {}
        self._ended: dict[str, End | None] = {}
        self._plain: set[str] = set()  # names of attributes that have no prefix
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _typed
        self._parser.StartElementHandler = self._start_bare if bare else self._start
        self._parser.EndElementHandler = self._end
        if text is not None:
            self._parser.CharacterDataHandler = text

    @property
    def at(self) -> int:
        """The offset in the bytes of the tag that is called back for."""
        return self._parser.CurrentByteIndex

    @property
    def parent(self) -> str:
        """The name of the element that the current one stands in."""
        return self.path[-2] if len(self.path) > 1 else ""

    def skip(self) -> None:
        """Leave out what stands in the current element, and do not call back for its end."""
        self._skipped = len(self.path)

    def stop(self) -> None:
        """Do not call back any more: what follows is read to its end, but nobody asks for it."""
        self._parser.StartElementHandler = self._parser.EndElementHandler = None

    def read(self, data: bytes) -> None:
        """Reads a whole document, once. Raises `Unreadable`, and what the callbacks raise."""
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError):  # also an encoding that is not known
            raise Unreadable("damaged") from None

    def _start(self, name: str, attributes: Attributes) -> None:
        local, start = self._begun.get(name) or self._know(name)
        self.path.append(local)
        if len(self.path) > DEPTH:
            raise Unreadable("deep")
        if start is not None and not self._skipped:
            plain = not attributes or attributes.keys() <= self._plain
            start(attributes if plain else self._local(attributes))

    def _start_bare(self, name: str, attributes: Attributes) -> None:
        local, start = self._begun.get(name) or self._know(name)
        self.path.append(local)
        if len(self.path) > DEPTH:
            raise Unreadable("deep")
        if start is not None and not self._skipped:
            start(attributes)

    def _end(self, name: str) -> None:
        if not self._skipped:
            if (end := self._ended[name]) is not None:
                end()
        elif len(self.path) == self._skipped:
            self._skipped = 0
        self.path.pop()

    def _know(self, name: str) -> tuple[str, Start | None]:
        local = name[name.rfind(":") + 1 :]
        self._ended[name] = self.ends.get(local)
        known = self._begun[name] = (local, self.starts.get(local))
        return known

    def _local(self, attributes: Attributes) -> Attributes:
        self._plain.update(one for one in attributes if ":" not in one)
        return {one[one.rfind(":") + 1 :]: value for one, value in attributes.items()}


def _typed(*_: object) -> None:
    raise Unreadable("typed")
