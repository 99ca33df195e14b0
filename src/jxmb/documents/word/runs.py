"""The text of Word's paragraphs, run by run: what Word shows of it, and what it hides or tracks."""

from __future__ import annotations

from ...deferred import dataclass
from ..ooxml.symbols import RAISED, SYMBOLS, plain, symbol
from ..ooxml.xml import Attributes, End, Reader, Start
from .blocks import Paragraph
from .numbering import Styles, on

BLANKS = str.maketrans("\t\n\r", "   ")
BOXES = ("☐", "☑")
XML_SPACE = " \t\n\r"


@dataclass(slots=True)
class Run:
    """A stretch of text of one look."""

    hidden: bool | None = None
    style: str = ""
    font: str = ""
    raised: bool = False
    look: tuple[int, int] = (0, 0)


PLAIN = Run()  # says nothing of its look


class Runs:
    """Follows the runs of the paragraphs that are open, the innermost last.

    Tracked insertions are read, deletions are not; results of fields are read, their instructions are not.
    """

    xml: Reader

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.paragraphs: list[Paragraph] = []
        self.runs: list[Run] = []
        self.fields: list[bool] = []  # of each that is open, whether its result has begun
        self.inserted: list[
            bool
        ] = []  # of each insertion that is open, whether it is still to be counted
        self.prompts: list[
            bool
        ] = []  # of each control that is open, whether it shows but its prompt
        self.formulas = 0
        self.powers = 0  # of formulas, that are open
        self.chosen: list[bool] = []  # of each alternative that is open, whether one is taken
        self._ticked = False
        self._look = 0
        self._chunks: list[str] | None = None
        self._keeps = False
        self._first = 0

    def run_starts(self) -> dict[str, Start]:
        """What is done where an element begins."""
        return {
            "r": self._on_run,
            "rPr": self._on_look,
            "vanish": self._on_vanish,
            "rStyle": self._on_run_style,
            "rFonts": self._on_fonts,
            "t": self._on_text,
            "tab": self._on_tab,
            "ptab": self._on_tab,
            "br": self._on_break,
            "cr": self._on_break,
            "noBreakHyphen": self._on_hyphen,
            "sym": self._on_symbol,
            "fldChar": self._on_field,
            "fldSimple": self._on_simple_field,
            "checkBox": self._on_checkbox,
            "default": self._on_ticked,
            "checked": self._on_ticked,
            "oMath": self._on_formula,
            "den": self._on_denominator,
            "sup": self._on_power,
            "vertAlign": self._on_height,
            "sdt": self._on_control,
            "showingPlcHdr": self._on_prompt,
            "ins": self._on_insertion,
            "moveTo": self._on_insertion,
            "del": self._on_deletion,
            "moveFrom": self._on_deletion,
        }

    def run_ends(self) -> dict[str, End]:
        """What is done where an element ends."""
        return {
            "r": self._end_run,
            "rPr": self._end_look,
            "t": self._end_text,
            "fldSimple": self._end_simple_field,
            "checkBox": self._end_checkbox,
            "oMath": self._end_formula,
            "sup": self._end_power,
            "sdt": self._end_control,
            "ins": self._end_insertion,
            "moveTo": self._end_insertion,
        }

    def characters(self, text: str) -> None:
        """Text between tags, of which only that of `t` counts."""
        if self._chunks is not None:
            self._chunks.append(text)

    def add(self, text: str, fixed: str = "", last: int = 0) -> None:
        """Appends to the paragraph; `fixed` says why it cannot be written back."""
        if not (text and self.paragraphs) or not all(self.fields) or any(self.prompts):
            return
        paragraph = self.paragraphs[-1]
        run = self.runs[-1] if self.runs else PLAIN
        if run.hidden or (run.hidden is None and self.styles.hidden(run.style, paragraph.style)):
            self.hide(paragraph, text)
            return
        if any(self.inserted):
            self.inserted = [False] * len(self.inserted)
            paragraph.revisions += 1
        paragraph.pieces.append((text, self._first, last, run.look, fixed or self._fixed()))

    def hide(self, paragraph: Paragraph, text: str) -> None:
        """Keeps apart what Word does not show of a paragraph."""
        paragraph.hidden += text

    def _fixed(self) -> str:
        """Why text that comes now cannot be written back; in alternatives it stands twice, and one would be."""
        return (
            "box" if self.chosen else "field" if self.fields else "formula" if self.formulas else ""
        )

    def _on_run(self, _: Attributes) -> None:
        self.runs.append(PLAIN)

    def _end_run(self) -> None:
        self.runs.pop()

    def _on_look(self, _: Attributes) -> None:
        self._look = self.xml.at
        if self.runs and self.xml.parent == "r":
            self.runs[-1] = Run()

    def _end_look(self) -> None:
        if self.xml.parent == "r" and self.runs:
            self.runs[-1].look = (self._look, self.xml.at)

    def _of_run(self) -> bool:
        return self.xml.path[-3:-1] == ["r", "rPr"] and bool(self.runs)

    def _on_vanish(self, attributes: Attributes) -> None:
        if self._of_run():
            self.runs[-1].hidden = on(attributes)

    def _on_run_style(self, attributes: Attributes) -> None:
        if self._of_run():
            self.runs[-1].style = attributes.get("val", "")

    def _on_fonts(self, attributes: Attributes) -> None:
        if self._of_run() and attributes.get("ascii") in SYMBOLS:
            self.runs[-1].font = attributes["ascii"]

    def _on_text(self, attributes: Attributes) -> None:
        self._chunks = []
        self._keeps = attributes.get("space") == "preserve"
        self._first = self.xml.at

    def _end_text(self) -> None:
        text = "".join(self._chunks or ())
        self._chunks = None
        if not self._keeps:
            text = text.strip(XML_SPACE)
        if not text.isprintable():
            text = text.translate(BLANKS)
        run = self.runs[-1] if self.runs else PLAIN
        shown = plain(run.font, text) if run.font else text
        if self.powers or run.raised:
            shown = shown.translate(RAISED)
        self.add(shown, "" if shown == text else "symbol", self.xml.at)

    def _on_tab(self, _: Attributes) -> None:
        if self.xml.parent == "r":
            self.add("\t", "break")

    def _on_break(self, _: Attributes) -> None:
        self.add("\n", "break")

    def _on_hyphen(self, _: Attributes) -> None:
        self.add("-", "symbol")

    def _on_symbol(self, attributes: Attributes) -> None:
        code = attributes.get("char", "")
        try:
            self.add(symbol(attributes.get("font", ""), int(code, 16)), "symbol")
        except ValueError:
            return

    def _on_field(self, attributes: Attributes) -> None:
        kind = attributes.get("fldCharType")
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _on_simple_field(self, _: Attributes) -> None:
        self.fields.append(True)

    def _end_simple_field(self) -> None:
        if self.fields:
            self.fields.pop()

    def _on_checkbox(self, _: Attributes) -> None:
        self._ticked = False

    def _on_ticked(self, attributes: Attributes) -> None:
        if self.xml.parent == "checkBox":
            self._ticked = on(attributes)

    def _end_checkbox(self) -> None:
        """A box to tick, drawn where its field begins."""
        if self.fields:
            self.fields[-1] = True
            self.add(BOXES[self._ticked], "symbol")
            self.fields[-1] = False

    def _on_control(self, _: Attributes) -> None:
        self.prompts.append(False)

    def _on_prompt(self, attributes: Attributes) -> None:
        """A control that nobody filled in: what it shows is no content."""
        if self.prompts and self.xml.parent == "sdtPr":
            self.prompts[-1] = on(attributes)

    def _end_control(self) -> None:
        self.prompts.pop()

    def _on_formula(self, _: Attributes) -> None:
        self.formulas += 1

    def _end_formula(self) -> None:
        self.formulas -= 1

    def _on_denominator(self, _: Attributes) -> None:
        self.add("/", "formula")

    def _on_power(self, _: Attributes) -> None:
        self.powers += 1

    def _end_power(self) -> None:
        self.powers -= 1

    def _on_height(self, attributes: Attributes) -> None:
        if self._of_run():
            self.runs[-1].raised = attributes.get("val") == "superscript"

    def _on_insertion(self, _: Attributes) -> None:
        self.inserted.append(self.xml.parent not in ("rPr", "trPr"))

    def _end_insertion(self) -> None:
        self.inserted.pop()

    def _on_deletion(self, _: Attributes) -> None:
        """Of text: left out and counted. A move is counted once, where it goes to."""
        if self.xml.parent == "rPr":  # of the mark at the end of a paragraph
            if self.paragraphs and self.xml.path[-1] == "del":
                self.paragraphs[-1].goes_on = True
            return
        if self.paragraphs and self.xml.path[-1] == "del":
            self.paragraphs[-1].revisions += 1
        self.xml.skip()
