"""One form in page terms: which rows are header, which are indicator tables, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import field, replace

from .. import deferred, forms, labels, values
from ..deferred import dataclass
from ..forms import beside, header, heads
from ..forms.alignment import Placed
from ..forms.columns import Columns, declared_columns, default_columns
from ..forms.header import Header
from ..forms.lines import alone, column_names, is_page_mark, year_of
from ..forms.rows import is_sum
from ..forms.shapes import shape
from ..forms.split import Form
from ..labels.joining import meanings
from ..labels.money import UNIT
from ..model.repairs import Kind, Repair
from ..model.trace import Rival, Steps, Trace
from ..repair import repaired
from ..source import Source, Span
from ..structure import Condition, condition
from ..tables import GRID, Cell, Row
from . import outline, row_steps
from .limits import LIMITS
from .table import Table

# The year and the unit of amounts at the end of a line above a table.
CAPTION = deferred.re(
    rf"(?:^|\s{{2,}})(?:(?P<unit>[(（]?(?:金额)?单位[:：]\s?{UNIT}[)）]?)|[(（]?(?P<year>(?:19|20)\d\d\s?年度?)[)）]?)(?=\s{{2,}}|\s*$)"
)
TABLE_GROUPS = {"level1", "level2", "column", "margin"}


@dataclass(slots=True)
class Page:
    """One form while it is read: header, indicator tables, what is left."""

    form: Form
    source: Source
    header: Header = field(default_factory=Header)
    tables: list[Table] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    fallen: list[Row] = field(default_factory=list)
    repeated: Set[int] | None = None  # tables that print a merged cell in every column it covers
    repairs: list[Repair] = field(default_factory=list)
    steps: Steps = field(default_factory=Steps)
    condition: str = ""
    rivals: Sequence[Rival] = ()
    leans: bool = False  # level labels are centred, those between two rows on the upper one

    @property
    def at(self) -> Span:
        """The place to point at for what is missing: the title, else the first row."""
        if self.form.title is not None:
            return self.form.title.span
        for row in self.form.rows:
            for cell in row.cells:
                if cell.text:
                    return cell.span
        return Span(self.source, 0, 0)

    @property
    def trace(self) -> Trace:
        """How the form was read."""
        return Trace(self.condition, tuple(self.rivals), tuple(self.steps.taken))

    def read(self) -> None:
        """Sort the rows into header, tables and strays."""
        rows = self.form.rows = [
            self._uncaptioned(row) if len(row.filled) == 1 else row for row in self.form.rows
        ]
        told = self.steps.take(row_steps.OUTLINE, None, lambda _: outline.body(rows))
        if told is not None:
            self._take_outline(*told)
            return
        lost = condition(rows, self.steps.without)
        if lost is not None:
            self._recover(lost)
            return
        for row in map(self._captioned, self._repaired()):
            if row.filled and not self._alone(row):
                self._take(row)
        self._take_fallen(inside=False)
        self.tables = self.steps.take(row_steps.HALVES, self.tables, self._with_halves)
        self.strays.extend(self.header.strays)
        for table in self.tables:
            self.strays.extend(table.strays)

    def _take(self, row: Row) -> None:
        """Sort a row into header or table."""
        self._take_fallen(inside=True)
        row = self.tables[-1].columns.without_heads(row) if self.tables else row
        named = column_names(row)
        if len(named) >= 2 or (named and heads.declares_projects(row)):
            self._open_table(row)
        elif self.tables:
            self._table_row(row)
        elif self._starts_table(row):
            self.tables.append(Table(default_columns(row.width)))
            self.tables[-1].read(row)
        else:
            self.header.read(row, repeated=self._is_repeated(row))

    def _take_outline(self, told: range, body: Cell) -> None:
        """Read a form that is no table: the fields above and below a text that tells the indicators."""
        for at, row in enumerate(self.form.rows):
            if at not in told and not self._alone(row):
                self.header.read(row)
        self.tables.append(outline.table(body))
        self.strays.extend(self.header.strays)

    def _with_halves(self, tables: Sequence[Table]) -> list[Table]:
        return [self._with_both(table) for table in tables]

    def _with_both(self, table: Table) -> Table:
        """The table with both its halves, where equal cells are printed once a row, and some rows are wider than its heads."""
        if not table.dense:
            return table
        goals = {entry.label.name for entry in self.header.entries if entry.label.group == "goal"}
        roles = [column.role for column in table.columns.columns]
        once = roles.count("name") == 1 and roles[-2:] == ["name", "target"]
        wider = sum(row.width > table.columns.width for row in table.rows)
        if not (once and wider > 1 and {"annual", "midterm"} <= goals):
            return table
        found = Table(table.columns.doubled(), notes=table.notes)
        for row in table.rows:
            found.read(row)
        for line in found.lines:
            _share(line.cells, *range(len(roles) - 2, len(roles) + 2))
        return found

    def _is_repeated(self, row: Row) -> bool:
        """Whether equal neighbours on a row may be one merged cell: its table prints these in every column."""
        if not header.has_equals(row):
            return False
        if self.repeated is None:
            self.repeated = {one.table for one in self.form.rows if header.repeats(one)}
        return row.table in self.repeated

    def _repaired(self) -> Sequence[Row]:
        """The rows with their damage mended, each of one indicator or head."""
        rows = self.form.rows
        found = repaired(rows, self.steps.without)
        self.steps.taken += [GRID] * any(row.dialect == GRID for row in rows)
        self.steps.taken += found.steps
        self.leans = found.centred
        self.form.title = self.form.title or found.title
        self.strays += found.strays
        self.repairs += found.repairs
        return row_steps.upright(found.rows, self.steps)

    def _recover(self, lost: Condition) -> None:
        """Read a form whose cells were lost."""
        from ..structure.recover import recover

        own = [row for row in self.form.rows if not self._is_unit(row)]
        found = recover(own, lost, self.steps.without)
        self.condition, self.rivals = lost.name, found.rivals
        self.steps.taken += found.steps
        strays = [] if found.title is None or self.form.title is None else [found.title]
        self.form.title = self.form.title or found.title
        self.form.year = self.form.year or found.year
        for row in (*found.header, *found.footer):
            self.header.read(row)
        self.header.entries.extend(found.entries)
        self.strays.extend((*strays, *found.strays, *self.header.strays))
        self.repairs.extend(found.repairs)
        if found.table is None:
            return
        rows = found.table
        table = Table(rows.columns)
        table.lines = [Placed(cells, (), slid=False, score=0.0) for cells in rows.cells]
        table.marks = (rows.marks1, rows.marks2)
        table.centred = rows.centred
        table.unsure = rows.unsure
        table.notes = [(row.cells[0], list(row.cells[1:])) for row in found.sums]
        # A row has two words at least; where the heads or the projects are in disorder no row is sure.
        crowded = _crowded(rows.columns, rows.cells) or _wordy(rows.columns, rows.cells)
        sure = rows.columns.plausible and not crowded
        table.unread = len(rows.strays) // 2 if sure else len(rows.cells)
        self.tables.append(table)

    def _is_unit(self, row: Row) -> bool:
        cell = alone(row)
        if cell is None or not _states_unit(cell.text) or beside.is_noted(cell):
            return False
        self.units.append(cell.text)
        return True

    def _uncaptioned(self, row: Row) -> Row:
        """A line without the year and the unit of amounts behind its text: 编制部门：某局　　2026年度　　金额单位：万元."""
        (cell,) = row.filled
        if cell.rest or "单位" not in cell.text:
            return row
        text = values.width(cell.span.text)
        found = list(CAPTION.finditer(text))
        years = [one for one in found if one["year"]]
        if not years or not any(one["unit"] for one in found):
            return row
        start, end = found[0].start(), found[-1].end()
        if text[end:].strip() or len("".join(one[0] for one in found)) < end - start:
            return row
        place = cell.span.sub(*years[0].span("year"))
        self.form.year = self.form.year or replace(cell, span=place, text=place.text)
        self.units += [one["unit"] for one in found if one["unit"]]
        before = cell.span.sub(0, start).strip()
        return replace(row, cells=(replace(cell, span=before, text=before.text),))

    def _captioned(self, row: Row) -> Row:
        """The row without the year and the unit of amounts that stand in one line above a table."""
        cells = row.filled
        if self.tables or len(cells) < 2 or not _states_unit(cells[-1].text):
            return row
        years = [
            cell
            for before, cell in zip((None, *cells), cells, strict=False)
            if year_of(cell.text) and not (before and _asks(before))
        ]
        if not years:
            return row
        self.form.year = self.form.year or years[0]
        self.units.append(cells[-1].text)
        taken = (*years, cells[-1])
        return replace(row, cells=tuple([cell for cell in row.cells if cell not in taken]))

    def labels(self) -> Iterator[Cell]:
        """Every cell that was read as a label; that of a column whose head nobody knows is none."""
        yield from (entry.cell for entry in self.header.entries)
        yield from (cell for _, cell in self.header.money_columns)
        for table in self.tables:
            columns = table.columns.columns
            yield from (one.label for one in columns if one.label and one.role != "note")

    @property
    def last(self) -> int:
        """The offset at which the last row of the form ends: what stands behind it stands between two forms."""
        return max((table.last for table in self.tables), default=0) or len(self.source.text)

    def between(self) -> list[Span]:
        """Take the text behind the last row out of the strays."""
        last = self.last
        behind = [cell for cell in self.strays if cell.span.start >= last]
        self.strays = [cell for cell in self.strays if cell.span.start < last]
        return [span for cell in behind for span in cell.spans]

    def _open_table(self, row: Row) -> None:
        """Begin a table at its header row; the same one again (on a new page, as a rule) changes nothing."""
        columns = declared_columns(row)
        if self.tables and self.tables[-1].continues(columns):
            first = row.filled[0]
            self.repairs.append(Repair(Kind.REPEATED, first.span, first.text))
            return
        self.tables.append(Table(columns, centred=self.leans or None, leans=self.leans))

    def _alone(self, row: Row) -> bool:
        """Rows with one text that is neither header nor indicator: year, unit, page numbers, notes."""
        cell = alone(row)
        if cell is None:
            return False
        if self.form.year is None and not self.tables and year_of(cell.text):
            self.form.year = cell
            return True
        if is_page_mark(cell.text):
            self.strays.append(cell)
            return True
        if self._is_unit(row):
            return True
        if row.dialect == "line" and self.tables:
            self._line_in_table(row)
            return True
        return False

    def _line_in_table(self, row: Row) -> None:
        if self.header.labelled(row):
            self.header.read(row)
        else:
            self.fallen.append(row)

    def _take_fallen(self, *, inside: bool) -> None:
        """Lines that fell out of the table (at a page break, as a rule): rows of it where they read as such."""
        if not self.fallen:
            return
        rows, self.fallen = self.fallen, []
        if not any(_says(cell) for row in rows for cell in row.filled):
            self.strays += [cell for row in rows for cell in row.filled]
            return
        from ..structure.recover import fallen

        columns = self.tables[-1].columns
        none: list[dict[int, Cell]] = []
        cells = self.steps.take(row_steps.FALLEN, none, lambda _: fallen(columns, rows))
        if cells or inside:
            first = rows[0].filled[0]
            self.repairs.append(Repair(Kind.FALLEN, first.span, first.text))
        if not cells:
            self.strays.extend(cell for row in rows for cell in row.filled)
            return
        self.tables[-1].lines.extend(Placed(row, (), slid=True, score=0.0) for row in cells)
        self.tables[-1].rows.extend(rows[-1:])

    def _table_row(self, row: Row) -> None:
        cells = row.filled
        if not cells:
            return
        groups = {label.group for label in labels.find(cells[0].text)}
        names_field = groups & {"other", "field", "goal"} and not groups & TABLE_GROUPS
        # A remark at the foot, and what heads a column of remarks.
        names_field = names_field or ("other" in groups and len(cells) == 2)
        names_field = names_field or self._tells_money(cells)
        if (names_field and len(cells) > 1) or (not groups and beside.is_pair(cells[0])):
            self.header.read(row, repeated=self._is_repeated(row))
        else:
            self.tables[-1].read(row)

    def _tells_money(self, cells: Sequence[Cell]) -> bool:
        """Whether a row at the foot of a form is its money: labels and amounts in turn, and none stands above."""
        first = cells[0]
        if first.column or is_sum(first.text) or labels.meaning(first.text, *TABLE_GROUPS):
            return False
        if any(entry.label.group == "money" for entry in self.header.entries):
            return False
        told = [{one.group for one in meanings(cell.text)} for cell in cells[::2]]
        amounts = [values.amount(cell.text) for cell in cells[1::2]]
        return len(told) == len(amounts) and all("money" in one for one in told) and all(amounts)

    def _starts_table(self, row: Row) -> bool:
        """A row of level labels and something else, where the header row is lost."""
        cells = row.filled
        looks = [shape(cell.text) for cell in cells[: LIMITS.several]]
        level = any(look.full_label for look in looks)
        return (
            level
            and len(cells) >= LIMITS.several
            and any(not shape(c.text).full_label for c in cells)
        )


def _share(cells: dict[int, Cell], name: int, target: int, name2: int, target2: int) -> None:
    """Give each half of a row the cells that are printed once for both."""
    words = target in cells and not shape(cells[target].text).target
    if words and name2 in cells and target2 not in cells:  # words as targets, one for each term
        cells[target2] = cells.pop(name2)
    for pair in ((name, name2), (target, target2)):
        both = [cells[at] for at in pair if at in cells]
        cells |= dict(zip(pair, both * 2, strict=False))


def _crowded(columns: Columns, rows: Sequence[dict[int, Cell]]) -> bool:
    """Whether a table of many projects names another one on most rows: torn cells, not projects."""
    named = {at for at, column in enumerate(columns.columns) if column.role == "project_name"}
    return sum(bool(named & set(row)) for row in rows) * 2 > len(rows)


def _wordy(columns: Columns, rows: Sequence[dict[int, Cell]]) -> bool:
    """Whether words stand where a table of many projects has its amounts: their cells were not told apart."""
    amounts = {at for at, column in enumerate(columns.columns) if column.role == "total"}
    found = [cell.text for row in rows for at, cell in row.items() if at in amounts]
    return any(values.amount(text) is None and len(text) > 1 for text in found)


def _says(cell: Cell) -> bool:
    """Whether a text holds words: a figure or a dash alone numbers the page."""
    return any(map(str.isalpha, cell.text))


def _asks(cell: Cell) -> bool:
    """A label whose value stands in the next cell."""
    return bool(labels.find(cell.text)) and not beside.is_pair(cell)


def _states_unit(text: str) -> bool:
    """A line such as `单位：万元`."""
    word = values.fold(text)
    return len(word) <= forms.LIMITS.long and "单位:" in word and word.rstrip(")").endswith("元")
