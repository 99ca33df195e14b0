"""Sheets as text: forms that stand side by side become tables one after another, and hidden content is left out.

Only what has the labels of a form is given as cells. What else there is stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from ... import deferred, labels
from ...deferred import dataclass
from ...source import Declared, Note
from ..limits import LIMITS, refused
from ..rendition import BREAK, Rendition
from .layout import Columns, Shown, lay
from .sheets import Sheet, letters, quoted

TITLE = deferred.re("绩效[^\n\t]{0,12}表")
# The labels that only forms have, by group.
OWN = {
    "field": frozenset({"project_name"}),
    "column": frozenset({"level1", "level2", "name", "target", "target_midterm"}),
    "goal": frozenset({"annual", "midterm", "overall"}),
}
LEVELS = frozenset({"level1", "level2"})  # in full: 数量 heads many a table
HIDDEN_CELLS = 2  # a row of a form has at least a label and a value
SEPARATORS = deferred.re("[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")

MOST = 2 * LIMITS.places  # cells of a sheet with a form, most of them foreign to it

Row = tuple[int, list[Shown]]


def opens(text: str) -> bool:
    """Whether a form begins with a text: its title, or the first of its labels."""
    return bool(TITLE.search(text)) or labels.meaning(text, "field") == "project_name"


def marks(text: str) -> bool:
    """Whether a text is a title or a label that only forms have."""
    if TITLE.search(text):
        return True
    found = labels.find(text)
    if any(one.name in OWN.get(one.group, ()) for one in found):
        return True
    return any(one.group in LEVELS for one in found) and labels.in_full(text)


def _marked(sheet: Sheet) -> Iterator[dict[int, str]]:
    """The rows with what only forms have."""
    return (row for row in sheet.rows.values() if any(map(marks, row.values())))


def check_size(sheet: Sheet) -> None:
    """Raises `Undecodable` where a sheet that is shown has a form and too many cells, as far as it has been read."""
    if sum(map(len, sheet.rows.values())) > MOST and not sheet.hidden and any(_marked(sheet)):
        raise refused("places")


def render(sheet: Sheet, out: Rendition) -> None:
    """Appends a sheet to a rendition."""
    marked = list(_marked(sheet))
    form = bool(marked)
    if sheet.hidden:
        # A list to choose from has labels too, one below another.
        if any(sum(map(bool, row.values())) >= HIDDEN_CELLS for row in marked):
            out.notes.append(Note("hidden", out.length, what=sheet.name))
        return
    columns = Columns(sheet.hidden_columns)
    writer = Area(sheet, columns, out)
    if not form:
        writer.lines(lay(sheet, columns))
        return
    check_size(sheet)
    start, hidden = out.length, tuple(_hidden(sheet, columns))
    for area in _areas(list(lay(sheet, columns))):
        writer.render(area)
    for name in hidden:
        out.notes.append(Note("hidden", start, out.length, what=f"{quoted(sheet.name)}!{name}"))


def _hidden(sheet: Sheet, columns: Columns) -> Iterator[str]:
    """The rows of a form, and the columns with a label of one, that Excel hides: 7:9, D:D."""
    rows = [
        row
        for row in sorted(sheet.rows.keys() & sheet.hidden_rows)
        if len(sheet.rows[row]) >= HIDDEN_CELLS or any(map(marks, sheet.rows[row].values()))
    ]
    for first, last in _runs(rows):
        yield f"{first + 1}:{last + 1}"
    for first, last in columns.ranges:
        if any(
            first <= column <= last and marks(text)
            for row in sheet.rows.values()
            for column, text in row.items()
        ):
            yield f"{letters(first)}:{letters(last)}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of numbers that follow each other."""
    found: list[tuple[int, int]] = []
    for one in numbers:
        if found and found[-1][1] == one - 1:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return found


def _areas(rows: list[Row]) -> Iterator[list[Row]]:
    """The parts of a sheet that stand side by side, each with its rows."""
    starts = _starts(rows)
    found: list[list[Row]] = [[] for _ in starts]
    for number, cells in rows:
        parts: dict[int, list[Shown]] = {}
        for one in cells:
            parts.setdefault(max(bisect_right(starts, one.left) - 1, 0), []).append(one)
        for at, part in parts.items():
            found[at].append((number, part))
    yield from found


def _starts(rows: list[Row]) -> list[int]:
    """The columns at which a part begins: where a form begins behind an empty column, or nothing has a label.

    What is alone to the right of everything else is a part of its own.
    """
    pieces = _pieces(rows)
    firsts = [first for first, _ in pieces]
    opening, labelled = set(), set()
    for _, cells in rows:
        for one in cells:
            at = max(bisect_right(firsts, one.left) - 1, 0)
            if one.text and at not in opening and labels.find(one.text):
                labelled.add(at)
            if one.text and at not in opening and opens(one.text):
                opening.add(at)
    labelled |= opening
    found: list[int] = []
    before = False
    for at, first in enumerate(firsts):
        if at in opening or not before or at not in labelled:
            found.append(first)
        before = at in labelled
    return [*found, *(last + 1 for _, last in pieces[-1:])]


def _pieces(rows: list[Row]) -> list[tuple[int, int]]:
    """Runs of columns that say something in rows of several cells; a cell that is alone may stand over all."""
    every: set[tuple[int, int]] = set()
    several: set[tuple[int, int]] = set()
    for _, cells in rows:
        spans = [(one.left, one.right) for one in cells if one.text]
        every.update(spans)
        several.update(spans if len(spans) > 1 else ())
    found: list[tuple[int, int]] = []
    for left, right in sorted(several or every):
        if found and left <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found


def _segments(rows: list[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of rows, and whether they belong to a form.

    A form ends where many rows without a label follow: at the first blank row behind its last label, if there is one.
    """
    start = last = 0
    end = len(rows)
    given = any(_says(row, marks) for row in rows[: LIMITS.foreign])
    for at, row in enumerate(rows):
        if not given and _says(row, marks):
            yield False, rows[start:at]
            start, last, end, given = at, at, len(rows), True
        elif given and _says(row, labels.find):
            last, end = at, len(rows)
        elif given:
            end = min(end, at) if row[0] > rows[at - 1][0] + 1 else end
            if at - last == LIMITS.foreign:
                end = min(end, at)
                yield True, rows[start:end]
                start, given = end, False
    yield given, rows[start:]


def _says(row: Row, what: Callable[[str], object]) -> bool:
    return any(one.text and what(one.text) for one in row[1])


@dataclass(slots=True, eq=False)
class Area:
    """Writes a part of a sheet."""

    sheet: Sheet
    columns: Columns
    out: Rendition

    def render(self, rows: list[Row]) -> None:
        """Forms as tables, what stands before and behind them as text."""
        for given, part in _segments(rows):
            if not given:
                self.lines(part)
            elif any(_says(row, bool) for row in part):
                self._table(part)

    def lines(self, rows: Iterable[Row]) -> None:
        """Text: a row a line."""
        gap = bool(self.out.length)
        for _, cells in rows:
            if said := [one for one in cells if one.text]:
                self.out.add("\n" * gap)
                gap = False
                self.out.place(self.sheet.inside(said[0].row, said[0].column))
                texts = (_in_line(one.text).replace("\n", BREAK) for one in said)
                self.out.add("\t".join(texts) + "\n")

    def _table(self, rows: list[Row]) -> None:
        self.out.add("\n" * bool(self.out.length))
        number = self.out.cells[-1].table + 1 if self.out.cells else 0
        unsolved = self.sheet.unsolved
        shown = (one for _, cells in rows for one in cells)
        lefts = [one.left for one in shown if one.text or (one.row, one.column) in unsolved]
        used = range(min(lefts), max(lefts) + 1)
        found: list[Declared] = []
        above: list[Shown] = []
        for row, cells in rows:
            if _says((row, cells), bool):
                at = used.start
                for one in self._filled(row, cells, above, used):
                    self.out.add("\t" * (one.left - at))
                    at = one.left
                    pieces = self._cell(one)
                    width, down = one.right - at + 1, one.last - row + 1
                    found.append(Declared(pieces, number, row, at - used.start, width, down))
                self.out.add("\n")
            above = [one for one in (*above, *cells) if one.last > row]
        self.out.table(found)

    def _filled(
        self, row: int, cells: list[Shown], above: list[Shown], used: range
    ) -> Iterator[Shown]:
        """The cells that begin in a row of a table, with those that say nothing."""
        at = used.start
        for one in sorted((*cells, *above)):
            yield from self._blank(row, range(at, min(one.left, used.stop)))
            if one.left in used and not (above and one in above):
                yield one
            at = max(at, one.right + 1)
        yield from self._blank(row, range(at, used.stop))

    def _blank(self, row: int, columns: range) -> Iterator[Shown]:
        return (Shown(one, one, row, "", row, self.columns.column(one)) for one in columns)

    def _cell(self, one: Shown) -> tuple[tuple[int, int], ...]:
        self.out.place(self.sheet.inside(one.row, one.column))
        if (what := self.sheet.unsolved.get((one.row, one.column))) is not None:
            end = self.out.length + len(one.text)
            self.out.notes.append(Note("formula", self.out.length, end, what=what))
        if (kind := self.sheet.shown.get((one.row, one.column))) is not None:
            end = self.out.length + len(one.text)
            self.out.notes.append(Note(kind, self.out.length, end))
        return self.out.pieces(_in_line(one.text))


def _in_line(text: str) -> str:
    """A text that breaks at ends of lines only: tabs and other separators are blanks."""
    return SEPARATORS.sub(" ", text) if SEPARATORS.search(text) else text
