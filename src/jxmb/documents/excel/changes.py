"""Changes of the text written back into a workbook: the cells that change, and no other byte.

A cell that changes holds its text itself from then on, in its style; the strings that others share stay.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ... import deferred
from ...source import Declared, Source
from ...source.decoding import Undecodable
from .. import Change, Refused, Written
from ..ooxml.package import Package
from ..ooxml.pieces import Pieces
from ..ooxml.repack import Unsplit, repacked
from ..ooxml.xml import Attributes, Reader, Start
from ..rendition import BREAK
from . import number_formats
from .rich import Runs
from .sheets import COLUMNS, ROWS, Merge, Sheet, reference, span
from .workbook import TRUE, Cells, Named, Workbook, escaped, unescaped

SIGNED = "_xmlsignatures/"
# Why a workbook is not changed at all.
LOCKED = {
    "signed": (
        "工作簿带有数字签名，修改会使签名失效",
        "the workbook is signed, and a change would break the signature",
    ),
    "unsplit": (
        "工作簿的压缩格式不支持局部改写",
        "the zip file of the workbook cannot be rewritten in parts",
    ),
}
# Why a cell is not changed.
FIXED = {
    "number": ("单元格是数值，请在表格中修改", "the cell is a number: change it in the workbook"),
    "date": ("单元格是日期，请在表格中修改", "the cell is a date: change it in the workbook"),
    "formula": ("单元格是公式，请修改公式", "the cell is a formula: change the formula"),
    "referred": (
        "有公式引用该单元格，修改会影响计算",
        "a formula refers to the cell, and would give another result",
    ),
    "head": (
        "单元格是 Excel 表格的列标题，可能被引用",
        "the cell heads a column of an Excel table, which formulas may name",
    ),
    "rich": ("单元格内文字的格式不一致", "the text of the cell has different formats"),
    "shown": (
        "显示的文字含单元格格式添加的内容",
        "the format of the cell adds text to what is shown",
    ),
    "protected": ("工作表受保护", "the sheet is protected"),
    "encoding": ("工作表的编码不是 UTF-8", "the sheet is not written in UTF-8"),
    "across": ("涉及多个单元格", "the change is in several cells"),
    "empty": ("单元格为空", "the cell is empty"),
}
STRUCTURE = frozenset("\t\n\r")
LITERAL = deferred.re('"[^"]*"')
TARGET = deferred.re(
    r"(?:(?:(?<!')'(?P<quoted>(?:[^']++|'')++)'|(?<![\w.:\[\]])(?P<sheet>[\w.:\[\]]++))!)?(?<![\w.$])"
    r"(?P<area>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
    r"|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w(.!])"
)
TYPE = deferred.re(r"""\st\s*=\s*(["'])\w*\1""")
TAG = deferred.re(r"<((?:[\w.-]+:)?)c\b")


Place = tuple[int, int]  # row and column, from 0


class Original(NamedTuple):
    """A cell in the bytes of its part: where its element begins and ends, what it says, why it is not changed.

    `rich` is the cell with its runs in itself, where it has some.
    """

    first: int
    last: int
    text: str
    fixed: str
    rich: bytes = b""


class Wanted(NamedTuple):
    """A change of a cell, with where that begins in the text."""

    start: int
    change: Change

    @property
    def own(self) -> Change:
        """The change in the text of the cell."""
        start, end, text = self.change
        return Change(start - self.start, end - self.start, text.replace(BREAK, "\n"))


def changed(data: bytes, changes: Sequence[Change]) -> Written:
    """The workbook with changes in. Offsets are those of the text that it was read as. Raises `Undecodable`."""
    workbook = Workbook(data)
    if any(name.startswith(SIGNED) for name in workbook.package.names):
        return _locked(data, changes, "signed")
    source = workbook.render().source("", "")
    refused: list[Refused] = []
    wanted: dict[str, dict[Place, list[Wanted]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        declared = _cell(source, change)
        inside = source.inside(declared.start) if declared else None
        if declared is None or inside is None or inside.sheet is None or inside.cell is None:
            refused.append(Refused(change, *FIXED["across"]))
        else:
            wanted[inside.sheet][reference(inside.cell)].append(Wanted(declared.start, change))
    book = Book(workbook, wanted)
    parts = {}
    for name, cells in wanted.items():
        part = book.parts[name]
        written = part.written(cells, book, refused)
        if written != part.data:
            parts[part.name] = written
    if not parts:
        return Written(data, tuple(refused))
    try:
        return Written(repacked(data, parts), tuple(refused))
    except Unsplit:
        return _locked(data, changes, "unsplit")


def _locked(data: bytes, changes: Sequence[Change], why: str) -> Written:
    return Written(data, tuple(Refused(one, *LOCKED[why]) for one in changes))


def _cell(source: Source, change: Change) -> Declared | None:
    """The cell that a change stays within."""
    at = bisect_right(source.rows, change.start, key=attrgetter("start")) - 1
    if at < 0 or change.end > source.rows[at].end or STRUCTURE & {*change.text}:
        return None
    return source.rows[at]


class Part(Cells):
    """Reads a sheet once more: the cells that are to change, and all formulas."""

    def __init__(self, workbook: Workbook, named: Named, wanted: Iterable[Place]) -> None:
        super().__init__(workbook, Sheet(named.name))
        self.name, self.wanted = named.part, frozenset(wanted)
        self.data = workbook.package.part(named.part)
        self.found: dict[Place, Original] = {}
        self.formulas: list[tuple[str, str]] = []  # with the range of cells that share it
        self.protected = self.is_rich = False
        self.first = 0
        self.ref = ""
        self.read(named.part)

    def starts(self) -> dict[str, Start]:
        """As for reading, and what says of a cell that it is not changed."""
        return {
            **super().starts(),
            "f": self._on_formula,
            "r": self._on_run,
            "sheetProtection": self._on_protection,
        }

    def _on_formula(self, attributes: Attributes) -> None:
        self.into = self.parts.setdefault("f", [])
        self.ref = attributes.get("ref", "") if attributes.get("t") == "shared" else ""

    def _on_run(self, _: Attributes) -> None:
        self.is_rich = True

    def _on_protection(self, attributes: Attributes) -> None:
        self.protected = attributes.get("sheet") in TRUE

    def _on_cell(self, attributes: Attributes) -> None:
        super()._on_cell(attributes)
        self.first, self.is_rich = self.xml.at, False

    def _end_cell(self) -> None:
        self._place()
        if "f" in self.parts:
            self.formulas.append(("".join(self.parts["f"]), self.ref))
        if (self.row, self.column) in self.wanted:
            last = self.data.index(b">", self.xml.at) + 1
            text, fixed = self._held()
            rich = b"" if fixed else self._rich(last)
            held = (text, "rich", b"") if rich is None else (text, fixed, rich)
            self.found[self.row, self.column] = Original(self.first, last, *held)
        self.parts = {}

    def _held(self) -> tuple[str, str]:
        """What a cell holds, and why it is not changed."""
        said = "".join(self.parts.get("t" if self.type == "inlineStr" else "v", ()))
        code = self.workbook.format(self.style)
        if "f" in self.parts:
            return said, "formula"
        if self.type not in ("s", "str", "inlineStr"):
            return said, "date" if self.type == "d" or number_formats.is_date(code) else "number"
        shared = self.type == "s"
        text = self.workbook.strings[int(said)] if shared else unescaped(said)
        return text, "" if number_formats.text(text, code) == text else "shown"

    def written(
        self,
        cells: Mapping[Place, Sequence[Wanted]],
        book: Book,
        refused: list[Refused],
    ) -> bytes:
        """The part with those changes in that its cells take; the others are `refused`."""
        edits: list[tuple[Original, bytes]] = []
        for place, own in cells.items():
            found = self.found.get(place)
            why = "empty" if found is None else self._why(found, place, book)
            if found is None or why:
                refused += [Refused(one.change, *FIXED[why]) for one in own]
            elif found.rich:
                if element := _in_runs(found, own, refused):
                    edits.append((found, element))
            else:
                text = found.text
                for start, end, new in sorted((one.own for one in own), reverse=True):
                    text = text[:start] + new + text[end:]
                edits.append((found, self._plain(found.first, text)))
        parts, end = [], 0
        for found, element in sorted(edits):
            parts += [self.data[end : found.first], element]
            end = found.last
        return b"".join((*parts, self.data[end:]))

    def _why(self, found: Original, place: Place, book: Book) -> str:
        """Why a cell is not changed."""
        if self.protected:
            return "protected"
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return "encoding"
        return found.fixed or book.names(self.sheet.name, place)

    def _rich(self, last: int) -> bytes | None:
        """The cell with its runs in itself: nothing where it has none, None where they cannot be put there."""
        if self.is_rich:
            return self.data[self.first : last]
        number = "".join(self.parts.get("v", ())) if self.type == "s" else ""
        shared = self.workbook.shared
        if not number or int(number) not in shared.rich:
            return b""
        begin, end = shared.rich[int(number)]
        try:
            runs = shared.data.decode("utf-8") and shared.data[begin:end].decode()
        except UnicodeDecodeError:
            return None
        name = self._prefix(self.first) + "r"
        return (
            self._element(self.first, f"{runs}</{name}>") if runs.startswith(f"<{name}") else None
        )

    def _prefix(self, first: int) -> str:
        match = TAG.match(self.data[first : self.data.index(b">", first)].decode())
        return match[1] if match else ""

    def _plain(self, first: int, text: str) -> bytes:
        prefix = self._prefix(first)
        said = f'<{prefix}t xml:space="preserve">{escaped(text)}</{prefix}t>'
        return self._element(first, said)

    def _element(self, first: int, inner: str) -> bytes:
        """The tag of a cell with its text in itself."""
        tag = self.data[first : self.data.index(b">", first)].decode()
        tag, prefix = TYPE.sub("", tag.rstrip("/").rstrip()), self._prefix(first)
        return f'{tag} t="inlineStr"><{prefix}is>{inner}</{prefix}is></{prefix}c>'.encode()


def _in_runs(found: Original, wanted: Iterable[Wanted], refused: list[Refused]) -> bytes:
    """A cell with changes in its runs; nothing where they take none."""
    runs = Runs(found.rich)
    pieces = Pieces(found.rich, found.text, runs.found if runs.text == found.text else ())
    refused += [Refused(one.change, *FIXED["rich"]) for one in wanted if pieces.take(one.own)]
    return pieces.written(escaped) if pieces.edits else b""


class Book:
    """What formulas and tables of a workbook refer to."""

    def __init__(self, workbook: Workbook, wanted: Mapping[str, Iterable[Place]]) -> None:
        self.parts: dict[str, Part] = {}
        self.referred: dict[str, list[Merge]] = defaultdict(list)  # by the folded name of a sheet
        self.tables: dict[str, list[tuple[Merge, int]]] = defaultdict(list)  # with rows of heads
        self.structured = False  # a formula names columns of tables
        for named in workbook.parts:
            part = Part(workbook, named, wanted.get(named.name, ()))
            self.parts.setdefault(named.name, part)
            for formula, ref in part.formulas:
                self._refer(formula, named.name, ref)
            self._take_tables(workbook.package, named)
        for formula in _names(workbook.package, workbook.main):
            self._refer(formula, "")

    def names(self, sheet: str, place: Place) -> str:
        """Whether the head of a table or a formula names a cell: why it is not changed, of `FIXED`."""
        for table, heads in self.tables[sheet]:
            if _within(place, table) and (self.structured or place[0] < table.top + heads):
                return "head" if place[0] < table.top + heads else "referred"
        areas = (*self.referred[sheet.casefold()], *self.referred[""])
        return "referred" if any(_within(place, one) for one in areas) else ""

    def _refer(self, formula: str, sheet: str, ref: str = "") -> None:
        formula = LITERAL.sub("", formula)
        self.structured = self.structured or "[" in formula
        more = span(ref) if ref else Merge(0, 0, 0, 0)
        for match in TARGET.finditer(formula):
            named = match["quoted"].replace("''", "'") if match["quoted"] else match["sheet"]
            named = sheet if named is None else named.rpartition("]")[2]
            area = _area(match["area"].replace("$", ""))
            if area is not None:
                bottom = area.bottom + more.bottom - more.top
                right = area.right + more.right - more.left
                key = "" if ":" in named else named.casefold()
                self.referred[key].append(Merge(area.top, area.left, bottom, right))

    def _take_tables(self, package: Package, named: Named) -> None:
        def table(attributes: Attributes) -> None:
            heads = attributes.get("headerRowCount", "1")
            area = span(attributes.get("ref", ""))
            self.tables[named.name].append((area, int(heads) if heads.isdecimal() else 1))

        for one in package.relations(named.part).values():
            if one.type == "table":
                package.read(one.part, Reader({"table": table}, {}))


def _within(place: Place, area: Merge) -> bool:
    row, column = place
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def _area(said: str) -> Merge | None:
    """Cells, columns or rows that a formula names; None for what only looks like them."""
    first, _, last = said.partition(":")
    if first.isdecimal():
        return Merge(int(first) - 1, 0, int(last) - 1, COLUMNS)
    if first.isalpha():
        first, last = f"{first}1", f"{last}{ROWS}"
    try:
        return span(f"{first}:{last or first}")
    except Undecodable:
        return None


def _names(package: Package, main: str) -> Iterator[str]:
    """What the names of a workbook stand for; those of Excel itself, as the area that is printed, are none."""
    found: list[list[str]] = []
    open_names: list[list[str]] = []

    def name(attributes: Attributes) -> None:
        own: list[str] = []
        open_names.append(own)
        if not attributes.get("name", "").startswith("_xlnm."):
            found.append(own)

    def text(said: str) -> None:
        if open_names:
            open_names[-1].append(said)

    package.read(
        main, Reader({"definedName": name}, {"definedName": lambda: open_names.pop()}, text)
    )
    return map("".join, found)
