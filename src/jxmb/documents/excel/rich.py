"""Cells of a workbook whose text stands in runs, of which each has a font of its own."""

from __future__ import annotations

from ..ooxml.text import Text
from ..ooxml.xml import Attributes, Reader, Start
from .workbook import unescaped


class Runs:
    """Reads the element of a cell with its runs."""

    def __init__(self, cell: bytes) -> None:
        self.text = ""
        self.found: list[Text] = []
        self._look = (0, 0)
        self._first = 0
        self._parts: list[str] | None = None
        starts: dict[str, Start] = {
            "r": self._on_run,
            "rPr": self._on_look,
            "t": self._on_text,
            "rPh": self._leave_out,
        }
        self.xml = Reader(starts, {"rPr": self._end_look, "t": self._end_text}, self._take)
        self.xml.read(cell)

    def _leave_out(self, _: Attributes) -> None:
        self.xml.skip()

    def _on_run(self, _: Attributes) -> None:
        self._look = (0, 0)

    def _on_look(self, _: Attributes) -> None:
        self._look = (self.xml.at, 0)

    def _end_look(self) -> None:
        self._look = (self._look[0], self.xml.at)

    def _on_text(self, _: Attributes) -> None:
        self._first, self._parts = self.xml.at, []

    def _take(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)

    def _end_text(self) -> None:
        said = unescaped("".join(self._parts or ()))
        self._parts = None
        if said:
            self.found.append(
                Text(len(self.text), len(said), self._first, self.xml.at, self._look, "")
            )
            self.text += said
