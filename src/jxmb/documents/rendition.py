"""The text of a document as it grows: lines, cells between tabs, and for each of them its place."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from ..source import Declared, Inside, Note, Source
from .limits import LIMITS, refused

BREAK = "\v"  # between the pieces of a cell: no line end, and a blank for patterns


class Rendition:
    """Grows by lines and cells; raises `Undecodable` where it grows beyond the limits."""

    def __init__(self) -> None:
        self.length = 0
        self.cells: list[Declared] = []
        self.insides: list[tuple[int, Inside]] = []
        self.notes: list[Note] = []
        self._parts: list[str] = []

    def add(self, text: str) -> int:
        """Appends text; gives the offset at which it begins."""
        start = self.length
        if text:
            self._parts.append(text)
            self.length += len(text)
            if self.length > LIMITS.text:
                raise refused("text")
        return start

    @property
    def text(self) -> str:
        """All of it so far."""
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def place(self, inside: Inside) -> None:
        """From here on the text stands in this place of the document."""
        self.insides.append((self.length, inside))
        if len(self.insides) > LIMITS.places:
            raise refused("places")

    def pieces(self, text: str) -> tuple[tuple[int, int], ...]:
        """Appends the text of a cell, its lines as pieces."""
        if "\n" not in text:
            at = self.add(text)
            return ((at, at + len(text)),)
        at = self.add(text.replace("\n", BREAK))
        found = []
        for line in text.split("\n"):
            found.append((at, at + len(line)))
            at += len(line) + 1
        return tuple(found)

    def table(self, cells: list[Declared]) -> None:
        """Takes the cells of a table; spans beyond the last column that is used are cut."""
        last = max(map(attrgetter("column"), cells), default=0)
        for one in cells:
            most = last - one.column + 1
            self.cells.append(one if one.width <= most else replace(one, width=most))

    def source(self, shown: str, document: str) -> Source:
        """The document as a text."""
        self.cells.sort(key=attrgetter("start"))
        return Source(
            "".join(self._parts),
            shown,
            document=document,
            rows=tuple(self.cells),
            insides=tuple(self.insides),
            notes=tuple(sorted(self.notes, key=attrgetter("offset"))),
        )
