"""The story of a Word document, element by element: what Word shows of it becomes paragraphs and tables.

Of alternatives the first is taken. Text boxes come before the paragraph that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable

from ..limits import LIMITS, refused
from ..ooxml.xml import Attributes, End, Reader, Start
from .blocks import Block, Cell, Paragraph, Row, Scope, Table
from .numbering import Numbering, Styles, on, whole
from .runs import Runs

COLUMNS = 63  # what a cell of Word covers at most
APART = ("separator", "continuationSeparator", "continuationNotice")
# Objects with content of their own, by the beginning of what they are called.
OBJECTS = ("Excel.Sheet", "Word.Document", "PowerPoint.Show", "ET.", "KET.", "WPS.", "KWPS.")
LEFT_OUT = (
    *("pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblPrExChange"),
    *("sectPrChange", "tblGridChange", "numberingChange", "rt"),
)
NOTES = {"footnote": ("脚注", "footnote"), "endnote": ("尾注", "endnote")}


class Body(Runs):
    """Reads the stories of a document.

    `take` is called with each paragraph and table outside of tables; `length` gives how long the text is by then.
    """

    def __init__(
        self,
        take: Callable[[Block], object],
        length: Callable[[], int],
        styles: Styles,
        numbering: Numbering,
    ) -> None:
        super().__init__(styles)
        self.length = length
        self.numbering = numbering
        self.take = take
        self.scopes: list[Scope] = []
        self.tables: list[Table] = []
        self.headers: list[str] = []  # ids of relations
        self.unread: list[
            tuple[int, str]
        ] = []  # content that is kept elsewhere: the offset, its kind
        self.boxes = self.notes = self.pictures = self.places = 0

    def reader(self, zh: str = "", en: str = "") -> Reader:
        """A reader for one part, which is called `zh` and `en`; the body has no name."""
        self.scopes = [Scope(self.take, zh, en)]
        self.xml = Reader(self._starts(), self._ends(), self.characters)
        return self.xml

    def _starts(self) -> dict[str, Start]:
        return {
            **dict.fromkeys(LEFT_OUT, self._leave_out),
            **self.run_starts(),
            "p": self._on_paragraph,
            "pStyle": self._on_style,
            "numPr": self._on_number,
            "numId": self._on_list,
            "ilvl": self._on_level,
            "tbl": self._on_table,
            "tr": self._on_row,
            "hidden": self._on_hidden_row,
            "gridBefore": self._on_before,
            "tc": self._on_cell,
            "gridSpan": self._on_span,
            "vMerge": self._on_down,
            "hMerge": self._on_beside,
            "txbxContent": self._on_box,
            "AlternateContent": self._on_alternatives,
            "Choice": self._on_alternative,
            "Fallback": self._on_alternative,
            "footnote": self._on_note,
            "endnote": self._on_note,
            "headerReference": self._on_header,
            "altChunk": self._on_chunk,
            "OLEObject": self._on_object,
            "blip": self._on_picture,
            "imagedata": self._on_picture,
        }

    def _ends(self) -> dict[str, End]:
        return {
            **self.run_ends(),
            "p": self._end_paragraph,
            "pPr": self._end_look_of_paragraph,
            "tbl": self._end_table,
            "tr": self._end_row,
            "tc": self._end_scope,
            "txbxContent": self._end_scope,
            "AlternateContent": self._end_alternatives,
            "footnote": self._end_scope,
            "endnote": self._end_scope,
        }

    def end(self) -> None:
        """The story is over."""
        self._close(self.scopes[0])

    def _leave_out(self, _: Attributes) -> None:
        self.xml.skip()

    def _count(self) -> None:
        self.places += 1
        if self.places > LIMITS.places:
            raise refused("places")

    def _on_paragraph(self, _: Attributes) -> None:
        self._count()
        paragraph = self.scopes[-1].paragraph()
        if not paragraph.tags[1]:
            paragraph.tags = (self.xml.at, 0)
        self.paragraphs.append(paragraph)

    def _end_look_of_paragraph(self) -> None:
        if self.paragraphs and self.xml.parent == "p" and not self.paragraphs[-1].tags[1]:
            self.paragraphs[-1].tags = (self.xml.at, 0)

    def hide(self, paragraph: Paragraph, text: str) -> None:
        """In a table the row says so too."""
        super().hide(paragraph, text)
        self._row().hides = True

    def _end_paragraph(self) -> None:
        paragraph, scope = self.paragraphs.pop(), self.scopes[-1]
        if "txbxContent" not in self.xml.path:
            paragraph.tags = (paragraph.tags[0], self.xml.at)
        while (
            self.fields and not self.fields[-1]
        ):  # instructions end with their paragraph at the latest
            self.fields.pop()
        if paragraph.goes_on:
            paragraph.goes_on = False
            scope.open = paragraph
        else:
            scope.open = None
            self._finish(paragraph, scope)

    def _finish(self, paragraph: Paragraph, scope: Scope) -> None:
        listed = paragraph.listed or (
            self.styles.numbered(paragraph.style) if paragraph.style else None
        )
        if listed is not None and (paragraph.pieces or not paragraph.hidden):
            paragraph.lead(self.numbering.text(*listed))
        scope.take(paragraph)

    def _on_style(self, attributes: Attributes) -> None:
        if self.paragraphs:
            self.paragraphs[-1].style = attributes.get("val", "")

    def _on_number(self, _: Attributes) -> None:
        if self.paragraphs and self.xml.path[-3:-1] == ["p", "pPr"]:
            self.paragraphs[-1].listed = ("0", 0)

    def _on_list(self, attributes: Attributes) -> None:
        if self.paragraphs and (listed := self.paragraphs[-1].listed):
            self.paragraphs[-1].listed = (attributes.get("val", ""), listed[1])

    def _on_level(self, attributes: Attributes) -> None:
        if self.paragraphs and (listed := self.paragraphs[-1].listed):
            self.paragraphs[-1].listed = (listed[0], whole(attributes.get("val")))

    def _on_table(self, _: Attributes) -> None:
        self.tables.append(self.scopes[-1].table())

    def _end_table(self) -> None:
        self.scopes[-1].take(self.tables.pop())
        self._row().frames = True

    def _on_row(self, _: Attributes) -> None:
        if self.tables:
            self.tables[-1].rows.append(Row())

    def _row(self) -> Row:
        rows = self.tables[-1].rows if self.tables else []
        return rows[-1] if rows else Row()

    def _end_row(self) -> None:
        row = self._row()
        if not row.cells and self.tables and self.tables[-1].rows:
            self.tables[-1].rows.pop()

    def _on_hidden_row(self, attributes: Attributes) -> None:
        if self.xml.parent == "trPr" and on(attributes):
            self._row().left_out = "hidden"

    def _on_deletion(self, attributes: Attributes) -> None:
        if self.xml.parent == "trPr":
            self._row().left_out = "deleted"
        else:
            super()._on_deletion(attributes)

    def _on_before(self, attributes: Attributes) -> None:
        self._row().column = self._columns(attributes)

    @staticmethod
    def _columns(attributes: Attributes) -> int:
        return max(0, min(whole(attributes.get("val"), 1), COLUMNS))

    def _on_cell(self, _: Attributes) -> None:
        self._count()
        table, row = self.tables[-1] if self.tables else self.scopes[-1].table(), self._row()
        self.scopes.append(Cell(table, row))
        row.column += 1

    def _cell(self) -> Cell | None:
        cells = self._row().cells
        return cells[-1] if cells else None

    def _on_span(self, attributes: Attributes) -> None:
        if cell := self._cell():
            cell.width = max(1, self._columns(attributes))
            self._row().column = cell.column + cell.width

    def _on_down(self, attributes: Attributes) -> None:
        if cell := self._cell():
            cell.down = attributes.get("val", "continue")

    def _on_beside(self, attributes: Attributes) -> None:
        if cell := self._cell():
            cell.beside = attributes.get("val", "continue")

    def _on_box(self, _: Attributes) -> None:
        self.boxes += 1
        scope = self.scopes[-1]
        self.scopes.append(Scope(scope.take, f"文本框{self.boxes}", f"text box {self.boxes}"))

    def _end_scope(self) -> None:
        self._close(self.scopes.pop())

    def _close(self, scope: Scope) -> None:
        if scope.open is not None:
            self._finish(scope.open, scope)
            scope.open = None

    def _on_alternatives(self, _: Attributes) -> None:
        self.chosen.append(False)

    def _end_alternatives(self) -> None:
        self.chosen.pop()

    def _on_alternative(self, _: Attributes) -> None:
        if self.chosen and self.chosen[-1]:
            self.xml.skip()
        elif self.chosen:
            self.chosen[-1] = True

    def _on_note(self, attributes: Attributes) -> None:
        if attributes.get("type") in APART:
            self.xml.skip()
            return
        self.notes += 1
        zh, en = NOTES[self.xml.path[-1]]
        self.scopes.append(Scope(self.scopes[-1].take, f"{zh}{self.notes}", f"{en} {self.notes}"))

    def _on_header(self, attributes: Attributes) -> None:
        self.headers.append(attributes.get("id", ""))

    def _on_chunk(self, _: Attributes) -> None:
        self.unread.append((self.length(), "altChunk"))

    def _on_object(self, attributes: Attributes) -> None:
        if (name := attributes.get("ProgID", "")).startswith(OBJECTS):
            self.unread.append((self.length(), name))

    def _on_picture(self, _: Attributes) -> None:
        self.pictures += 1
