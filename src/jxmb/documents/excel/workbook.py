"""The parts of an Excel workbook: what its cells show. Of formulas the results that Excel stored are read."""

from __future__ import annotations

from collections.abc import Callable, Set
from contextlib import suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

from ... import deferred
from ...visible import markup
from ..limits import LIMITS, refused
from ..ooxml.package import Package
from ..ooxml.symbols import RAISED
from ..ooxml.xml import Attributes, End, Reader, Start
from ..rendition import Rendition
from . import areas, formulas, number_formats
from .sheets import COLUMNS, Sheet, reference, row, span

MAIN = "xl/workbook.xml"
TRUE = frozenset({"1", "true", "on"})
ESCAPED = deferred.re("_x([0-9A-Fa-f]{4})_")
ESCAPE = deferred.re("_(?=x[0-9A-Fa-f]{4}_)")
CONTROL = deferred.re("[\x00-\x08\x0b-\x1f]")
BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
EPOCH = datetime(1899, 12, 30)
SECONDS = 86_400


def unescaped(text: str) -> str:
    """A string of a workbook with its characters that XML has no place for, and with one kind of line end."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def escaped(text: str) -> str:
    """A text as it stands in the XML of a workbook."""
    text = ESCAPE.sub("_x005F_", text)
    return markup(CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 10 else -1


class Named(NamedTuple):
    """A sheet as the workbook names it, and its part."""

    name: str
    hidden: bool
    part: str


class Workbook:
    """What all sheets of a workbook share. Raises `Undecodable`."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.main = self.package.main(MAIN)
        self.relations = self.package.relations(self.main)
        self.since_1904 = False
        self.parts: list[Named] = []
        self.cells = 0
        starts = {"workbookPr": self._on_properties, "sheet": self._on_sheet}
        self.package.read(self.main, Reader(starts, {}))
        self.formats = Formats(self.package, self.related("styles")).found
        self.shared = Strings(self.package, self.related("sharedStrings"))
        self.strings = self.shared.found

    def related(self, type: str) -> str:
        """The part that the workbook points at as this."""
        return next((one.part for one in self.relations.values() if one.type == type), "")

    def _on_properties(self, attributes: Attributes) -> None:
        self.since_1904 = attributes.get("date1904") in TRUE

    def _on_sheet(self, attributes: Attributes) -> None:
        relation = self.relations.get(attributes.get("id", ""))
        if relation is not None and relation.type == "worksheet":  # not a chart
            hidden = attributes.get("state", "visible") != "visible"
            self.parts.append(Named(attributes.get("name", ""), hidden, relation.part))

    def render(self) -> Rendition:
        """All sheets as text. Raises `Undecodable`."""
        out = Rendition()
        for one in self.parts:
            sheet = Sheet(one.name, one.hidden)
            cells = Cells(self, sheet)
            cells.read(one.part)
            if wanted := formulas.wanted(sheet):
                formulas.work_out(sheet, cells.exact(wanted), cells.shown)
            areas.render(sheet, out)
        return out

    def count(self) -> None:
        """One more cell has content."""
        self.cells += 1
        if self.cells > LIMITS.cells:
            raise refused("cells")

    def format(self, style: str) -> str:
        """The format code of cells with a style."""
        at = _whole(style)
        return self.formats[at] if 0 <= at < len(self.formats) else number_formats.GENERAL


class Formats:
    """The format codes of a workbook, by the number of a style."""

    def __init__(self, package: Package, part: str) -> None:
        self.found: list[str] = []
        self.own: dict[int, str] = {}
        starts: dict[str, Start] = {"numFmt": self._on_format, "xf": self._on_style}
        self.xml = Reader(starts, {"cellXfs": lambda: self.xml.stop()}, bare=True)
        package.read(part, self.xml)

    def _on_format(self, attributes: Attributes) -> None:
        self.own[_whole(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")

    def _on_style(self, attributes: Attributes) -> None:
        if self.xml.parent == "cellXfs":
            number = _whole(attributes.get("numFmtId", ""))
            code = self.own.get(number) or number_formats.BUILT_IN.get(number)
            self.found.append(code or number_formats.GENERAL)


class Strings:
    """The strings that the cells of a workbook share. What says how they are spoken is left out."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self.found: list[str] = []
        # Where the runs of those in several fonts stand in the bytes of the part, by their number.
        self.rich: dict[int, tuple[int, int]] = {}
        self.parts: list[str] = []
        self.taken = self.raised = False
        starts: dict[str, Start] = {
            "si": lambda _: self.parts.clear(),
            "t": self._take,
            "r": self._on_run,
            "vertAlign": self._on_height,
            "rPh": lambda _: self.xml.skip(),
        }
        ends: dict[str, End] = {"t": self._leave, "si": self._end, "r": self._end_run}
        self.xml = Reader(starts, ends, self._text, bare=True)
        package.read(part, self.xml)

    @cached_property
    def data(self) -> bytes:
        """The bytes of the part."""
        return self.package.part(self.part)

    def _on_run(self, _: Attributes) -> None:
        self.rich.setdefault(len(self.found), (self.xml.at, 0))

    def _end_run(self) -> None:
        self.raised = False
        self.rich[len(self.found)] = (self.rich[len(self.found)][0], self.xml.at)

    def _take(self, _: Attributes) -> None:
        self.taken = True

    def _leave(self) -> None:
        self.taken = False

    def _text(self, text: str) -> None:
        if self.taken:
            self.parts.append(text.translate(RAISED) if self.raised else text)

    def _on_height(self, attributes: Attributes) -> None:
        self.raised = attributes.get("val") == "superscript"

    def _end(self) -> None:
        self.found.append(unescaped("".join(self.parts)))
        if len(self.found) > LIMITS.cells:
            raise refused("cells")


class Cells:
    """Reads the part of a sheet."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self.workbook, self.sheet = workbook, sheet
        self.enough = workbook.cells + areas.MOST + 2  # the cell behind one too many
        self.row = self.column = -1
        # The row that is open, once it is asked for; its cells may name another.
        self.own: int | None = -1
        self.line: Attributes = {}  # what it says of itself
        self.called = ""  # as its cells call it
        self.cell: Attributes = {}  # what the cell that is open says of itself
        self.columns: dict[str, int] = {}  # by their letters
        self.numbers: dict[tuple[int, int], str] = {}  # as long as a sheet may have formulas solved
        self.styles: dict[tuple[int, int], str] = {}  # of formulas without a result
        self.type = self.style = ""
        self.parts: dict[str, list[str]] = {}  # of the cell, by element; most cells have none
        self.into: list[str] | None = None  # what text is added to
        self.values: dict[str, Callable[[str], str]] = {
            "s": self._shared,
            "str": self._text,
            "inlineStr": self._text,
            "b": lambda said: BOOLEANS.get(said, said),
            "d": self._date,
        }

    def read(self, part: str) -> None:
        """Reads it. Raises `Undecodable`."""
        ends = {"c": self._end_cell, **dict.fromkeys(("v", "f", "t"), self._leave)}
        self.xml = Reader(self.starts(), ends, self._take, bare=True)
        self.workbook.package.read(part, self.xml)

    def starts(self) -> dict[str, Start]:
        """What is called with elements, by their names."""
        return {
            **{"row": self._on_row, "c": self._on_cell, "col": self._on_columns},
            **{"mergeCell": self._on_merge, "rPh": lambda _: self.xml.skip()},
            **{name: self._into(name) for name in ("v", "f", "t")},
        }

    def _on_row(self, attributes: Attributes) -> None:
        self.called = attributes.get("r") or str(self._open() + 2)
        self.own, self.line = None, attributes
        self.cell, self.column = {}, -1

    def _open(self) -> int:
        """The row that is open; most rows of a sheet have no content, and are not asked for."""
        if self.own is None:
            self.own = row(self.called)
            if self.line.get("hidden") in TRUE or self.line.get("ht") == "0":
                self.sheet.hidden_rows.add(self.own)
        return self.own

    def _on_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE or attributes.get("width") == "0":
            first, last = _whole(attributes.get("min", "")), _whole(attributes.get("max", ""))
            if 0 < first <= last <= COLUMNS:
                self.sheet.hidden_columns.append((first - 1, last - 1))

    def _on_merge(self, attributes: Attributes) -> None:
        self.sheet.merges.append(span(attributes.get("ref", "")))
        if len(self.sheet.merges) > LIMITS.merges:
            raise refused("merges")

    def _on_cell(self, attributes: Attributes) -> None:
        if "r" not in attributes:
            self._place()
            self.column += 1
        self.cell = attributes

    def _place(self) -> None:
        """Says where the cell that is open stands, and what it is."""
        said = self.cell.get("r")
        own = self._open()
        if said is None:
            self.row = own
        elif (column := self.columns.get(said.removesuffix(self.called))) is not None:
            self.row, self.column = own, column
        else:
            self._on_address(said)
        self.type, self.style = self.cell.get("t", "n"), self.cell.get("s", "0")

    def _on_address(self, said: str) -> None:
        self.row, self.column = reference(said)
        if (name := said.removesuffix(self.called)).isalpha():
            self.columns[name] = self.column

    def _into(self, name: str) -> Callable[[Attributes], None]:
        def start(_: Attributes) -> None:
            self.into = self.parts.setdefault(name, [])

        return start

    def _leave(self) -> None:
        self.into = None

    def _take(self, text: str) -> None:
        if self.into is not None:
            self.into.append(text)

    def _end_cell(self) -> None:
        if self.parts:
            self._place()
            self._take_cell()
            self.parts = {}

    def _take_cell(self) -> None:
        """Takes a cell with content."""
        self.workbook.count()
        if self.workbook.cells == self.enough:
            areas.check_size(self.sheet)
        said = "".join(self.parts.get("t" if self.type == "inlineStr" else "v", ()))
        formula = self.parts.get("f")
        if self.type == "e" or (formula is not None and not said and self.type != "str"):
            self.styles[self.row, self.column] = self.style
            self.sheet.unsolved[self.row, self.column] = said or "=" * bool(formula) + "".join(
                formula or ()
            )
            self.sheet.put(self.row, self.column, "")
        elif said and (text := self.values.get(self.type, self._number)(said)):
            self.sheet.put(self.row, self.column, text)

    def _shared(self, said: str) -> str:
        at = _whole(said)
        if not 0 <= at < len(self.workbook.strings):
            raise refused("damaged")
        return number_formats.text(self.workbook.strings[at], self.workbook.format(self.style))

    def _text(self, said: str) -> str:
        return number_formats.text(unescaped(said), self.workbook.format(self.style))

    def _number(self, said: str) -> str:
        code = self.workbook.format(self.style)
        if len(self.numbers) < LIMITS.places:
            self.numbers[self.row, self.column] = said
        if kind := number_formats.kind(code):
            self.sheet.shown[self.row, self.column] = kind
        return number_formats.number(said, code, self.workbook.since_1904)

    def _date(self, said: str) -> str:
        """A date that is written as one in the file."""
        try:
            passed = datetime.fromisoformat(said).replace(tzinfo=None) - EPOCH
        except ValueError:
            return said
        days = repr(passed.days + passed.seconds / SECONDS)
        self.sheet.shown[self.row, self.column] = "date"
        code = self.workbook.format(self.style)
        return number_formats.number(
            days, code if number_formats.is_date(code) else number_formats.BUILT_IN[14]
        )

    def exact(self, wanted: Set[tuple[int, int]]) -> dict[tuple[int, int], Decimal]:
        """The numbers of cells as the file has them."""
        found = {}
        for at in wanted & self.numbers.keys():
            with suppress(InvalidOperation):
                found[at] = Decimal(self.numbers[at])
        return found

    def shown(self, at: tuple[int, int], value: Decimal | str) -> str:
        """What the cell of a formula without a result shows of one."""
        code = self.workbook.format(self.styles.get(at, ""))
        if isinstance(value, str):
            return number_formats.text(value, code)
        if kind := number_formats.kind(code):
            self.sheet.shown[at] = kind
        return number_formats.number(str(value), code, self.workbook.since_1904)
