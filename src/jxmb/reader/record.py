"""The record of one form: the only place that knows which label fills which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from operator import attrgetter

from .. import labels, policies, values
from ..deferred import dataclass
from ..forms.entries import Entry
from ..forms.split import Form
from ..labels import inexact
from ..model import Goal, Project, Reading, readings
from ..model.repairs import Kind, Repair
from ..model.trace import Steps
from ..source import Source, Span
from ..tables import Cell
from . import prose
from . import title as titles
from .funding import funding, of_terms, of_year
from .left import left
from .many import Shares, by_project
from .named import sorted_out
from .page import Page
from .table import Block, build

SPENDING = frozenset({"基本支出", "项目支出"})  # all that an office spends; no project has both
OFFICE = "整体"  # in the title of a form for all that an office does
BROKEN = "\N{REPLACEMENT CHARACTER}"
PRINTED_GROUPS = ("field", "money", "goal")  # labels that a form may leave out
DELIMITERS = "| \t\r\n\f"  # what may stand behind the last cell of a text


def projects(
    form: Form, source: Source, without: Set[str] = frozenset()
) -> Iterator[Project | Span]:
    """The record of a form, of a table of many projects one record each, and the text behind the form."""
    again = (cell for row in form.repeated for cell in row.filled)
    page = Page(
        form,
        source,
        repairs=[Repair(Kind.REPEATED, cell.span, cell.text) for cell in again],
        steps=Steps(without),
    )
    page.read()
    between = page.between()
    found = list(_records(page))
    rest = left(page, found)
    many = any(table.columns.key is not None for table in page.tables)
    apart = [one for one in rest if one.start >= page.last or (many and _is_sum(one))]
    yield from _with_strays(found, [one for one in rest if one not in apart])
    yield from sorted((*between, *apart))


def _is_sum(span: Span) -> bool:
    """Whether a text beside the projects of a table is figures: sums are of none of them."""
    return all(values.amount(one) is not None for one in span.text.split())


def _with_strays(projects: Sequence[Project], strays: Sequence[Span]) -> Iterator[Project]:
    """The records, each with what of these stands in its rows."""
    shares = Shares([one.at.start for one in projects]).of(strays, lambda span: span.start)
    for one, own in zip(projects, shares, strict=True):
        repairs = (*one.repairs, *(Repair(Kind.STRAY, span, "") for span in own))
        ordered = tuple(sorted(repairs, key=lambda repair: repair.at.start))
        whole = replace(one, strays=(*one.strays, *own), repairs=ordered) if own else one
        yield replace(whole, damage=1.0) if whole.hollow else whole


def _records(page: Page) -> Iterator[Project]:
    flat = next((one for one in page.tables if one.columns.key is not None and one.lines), None)
    if flat is None:
        built = [
            build(table, table.lines, page.at, page.repairs, page.steps) for table in page.tables
        ]
        page.repairs.extend(_labels_mended(page))
        yield Maker(page, page.header.entries, built, page.repairs, page.strays, page.at).make()
        return
    told = prose.column(flat.columns, flat.lines)
    table = replace(flat, notes=[])  # its sums are of no project
    if told is not None:  # the heights of labels are those of rows, not of the sentences in them
        table = replace(table, columns=prose.widened(flat.columns, told), marks=None, centred=None)
    noted = [*page.repairs, *_labels_mended(page)]
    page.tables = [table]
    projects = list(by_project(flat))
    shares = Shares([one.start for one in projects])
    repairs = shares.of(noted, lambda one: one.at.start)
    strays = shares.of(page.strays, lambda cell: cell.span.start)
    for one, own, stray in zip(projects, repairs, strays, strict=True):
        entries = [*page.header.entries, *one.entries(flat)]
        lines = one.lines if told is None else list(prose.rows(one.lines, flat.columns, told))
        block = build(table, lines, one.at or page.at, own, page.steps)
        yield Maker(page, entries, [block], own, stray, one.at or page.at).make()


def _printed(page: Page) -> Iterator[tuple[Cell, str, bool]]:
    """Every label that is printed, with what it means and whether it was misread."""
    for entry in page.header.entries:
        yield entry.cell, entry.label.name, entry.misread
    for table in page.tables:
        columns = table.columns.columns
        for c in columns:
            if c.label and c.role != "note":
                yield c.label, c.role, bool(inexact.near(c.header)) and not labels.find(c.header)
        for line in table.lines:
            for at, cell in line.cells.items():
                if columns[at].role in ("margin", "level1", "level2") and not cell.carried:
                    yield cell, cell.text, False


def _labels_mended(page: Page) -> Iterator[Repair]:
    """Labels with a blank inside or a wrong character."""
    for cell, meant, misread in _printed(page):
        if misread:
            yield Repair(Kind.MISREAD, cell.span, meant)
        elif len(cell.text.split()) > 1 and labels.find(cell.text):
            yield Repair(Kind.SPLIT_LABEL, cell.span, "".join(cell.text.split()))


KEPT = ("done", "year", "period_start", "period_end")  # entries that are fields of their own, too


@dataclass(slots=True)
class Maker:
    """Makes the record of one project."""

    page: Page
    entries: Sequence[Entry]
    blocks: Sequence[Block]
    repairs: list[Repair]
    strays: Sequence[Cell]
    at: Span  # the place to point at for what is missing

    def make(self) -> Project:
        """The record."""
        page = self.page
        year = titles.year(page.form, self._entry, self.at)
        title, year = titles.dated(page.form.title, page.at, year)
        self.entries = sorted_out(of_terms(of_year(self.entries, year.value), year.value))
        name, department, implementer = self._names(title)
        found = [one for block in self.blocks for one in block.indicators]
        self.repairs.extend(Repair(Kind.STRAY, cell.span, "") for cell in self.strays)
        level1 = {one.printed1.value or one.level1.value or "" for one in found}
        level2 = {one.level2.value or "" for one in found}
        return Project(
            title=title,
            year=year,
            policy=policies.choose(level1, level2, year.value),
            project_name=name,
            department=department,
            implementer=implementer,
            nature=self._nature(),
            period=self._period(),
            funding=funding(self._group("money"), self._units(), self.at, self.repairs),
            goals=tuple(self._goals()),
            indicators=tuple(found),
            fields=self._fields(),
            repairs=tuple(sorted(dict.fromkeys(self.repairs), key=lambda repair: repair.at.start)),
            labels=frozenset(
                one.label.name for one in self.entries if one.label.group in PRINTED_GROUPS
            ),
            columns=tuple(dict.fromkeys(role for one in page.tables for role in one.columns.roles)),
            heads=tuple(one.header for table in page.tables for one in table.columns.columns),
            empty_levels=tuple(one for block in self.blocks for one in block.empty),
            templates=tuple(one for block in self.blocks for one in block.templates),
            strays=tuple(span for cell in self.strays for span in cell.spans),
            layout=self._layout(title.text),
            damage=self._damage(),
            truncated=self._truncated(found),
            trace=page.trace,
            at=self.at,
        )

    def _group(self, group: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.label.group == group]

    def _entry(self, name: str) -> Entry | None:
        """The entry of a field."""
        own = [one for one in self.entries if one.label.name == name and one.label.group == "field"]
        return min(own, key=attrgetter("rank"), default=None)

    def _field(self, name: str) -> Reading[str]:
        entry = self._entry(name)
        if entry is None:
            return readings.missing(self.at)
        return self._value(entry)

    def _names(self, title: Reading[str]) -> tuple[Reading[str], Reading[str], Reading[str]]:
        """Project, department and implementer; where no label has them, what the title says."""
        name, department, office = map(self._field, ("project_name", "department", "implementer"))
        if self.of_office or OFFICE in title.text:
            # A table that is an office's own, and names no other, is of the department.
            return name, office if department.missing else department, office
        if not name.missing:
            return name, department, office
        said = titles.said(self.page.form.title)
        if said.name is not None:
            name = said.name
            self.repairs.append(Repair(Kind.TITLE, name.at, name.text))
        if said.office is not None:
            department = said.office if department.missing else department
            office = said.office if office.missing else office
        return name, department, office

    @property
    def of_office(self) -> bool:
        """Whether the record is of a table that stands for all projects of an office."""
        return any(table.columns.key is not None for table in self.page.tables)

    def _nature(self) -> Reading[str]:
        """The nature; what the cell above spilled into its cell is left out, and noted."""
        found = self._field("nature")
        known = next((one for one in labels.NATURES if found.text.endswith(one)), None)
        before = found.text[: -len(known)] if known else ""
        if known is None or not before or not (before[-1].isalnum() or before[-1] in ")）"):
            return found
        self.repairs.append(Repair(Kind.GLUED, found.at, known))
        spans = found.spans
        if found.editable:
            spans = (found.at.sub(len(before), len(found.text)),)
        return Reading(known, known, spans)

    def _value(self, entry: Entry) -> Reading[str]:
        if not entry.values:
            return readings.blank(entry.cell.spans[-1])
        pieces = [readings.words(cell, self.repairs) for cell in entry.values]
        if len(pieces) == 1:
            return pieces[0]
        text = " ".join(piece.text for piece in pieces)
        return Reading(text, text, tuple(span for piece in pieces for span in piece.spans))

    def _units(self) -> list[str]:
        found = (entry.values for entry in self.entries if entry.label.name == "unit")
        texts = [cell.text for cells in found for cell in cells]
        title = self.page.form.title
        named = [title.text] if title is not None and "单位" in title.text else []
        return [*texts, *self.page.units, *named]

    def _period(self) -> Reading[values.Period]:
        entry = self._entry("period")
        if entry is None or not entry.values:
            ends = [
                one
                for name in ("period_start", "period_end")
                if (one := self._entry(name)) is not None
            ]
            cells = [cell for one in ends for cell in one.values[:1]]
            if cells:
                return self._span_period(cells)
            last = entry or next(iter(ends), None)
            return readings.blank(last.cell.spans[-1]) if last else readings.missing(self.at)
        cells = entry.dates()
        whole = values.period(cells[0].text)
        if len(cells) > 1 and whole is not None and whole.start and whole.end:
            # A year alone is start and end, unless the next cell goes on from it: 2022年 | 2024年.
            alone = whole.start is whole.end and values.period(cells[1].text) is not None
            cells = cells if alone else cells[:1]
        return self._span_period(cells)

    def _span_period(self, cells: Sequence[Cell]) -> Reading[values.Period]:
        text = "   ".join(cell.text for cell in cells)
        value = values.period(*(cell.text for cell in cells))
        return Reading(text, value, tuple(span for cell in cells for span in cell.spans))

    def _goals(self) -> Iterator[Goal]:
        """The goal texts; a heading with nothing beside it over other goals is only a margin."""
        entries = [entry for entry in self._group("goal") if entry.label.name != "done"]
        full = [entry for entry in entries if entry.values]
        for entry in full or entries[:1]:
            scope = entry.label.name
            if scope == "overall" and not any(one.label.name == "annual" for one in full):
                scope = "annual"
            heading = readings.words(entry.cell, self.repairs)
            yield Goal(scope=scope, heading=heading, text=self._value(entry))

    def _fields(self) -> dict[str, Reading[str]]:
        fields: dict[str, Reading[str]] = {}
        seen: set[str] = set()
        for entry in self.entries:
            group, name = entry.label.group, entry.label.name
            kept = group == "other" or name in KEPT or (group, name) == ("field", "unit")
            again = name in seen
            seen.add(name)
            if kept or (again and self._is_further(entry)):
                fields.setdefault(entry.cell.text, self._value(entry))
        for table in self.page.tables:
            for label, cells in table.notes:
                value = Entry(labels.Label("other", "total"), label, cells)
                fields.setdefault(label.text, self._value(value))
        return fields

    def _is_further(self, entry: Entry) -> bool:
        """Whether a field stands beside the record's under its own label: 省级主管部门 below 中央主管部门."""
        first = self._entry(entry.label.name) if entry.values else None
        return first is not None and first.cell.text != entry.cell.text

    def _layout(self, title: str) -> str:
        spent = {labels.bare(entry.cell.text) for entry in self._group("money")}
        if OFFICE in title or (spent >= SPENDING and self._entry("project_name") is None):
            return "department"
        columns = {role for table in self.page.tables for role in table.columns.roles}
        return "evaluation" if "自评" in title or {"actual", "score"} & columns else "target"

    def _damage(self) -> float:
        """The share of rows whose level, cells or characters could not be read safely."""
        rows = sum(block.rows for block in self.blocks)
        bad = sum(block.orphans + block.unread for block in self.blocks)
        broken = sum(
            BROKEN in one.name.text or BROKEN in one.target.text
            for block in self.blocks
            for one in block.indicators
        )
        if not rows:
            return 1.0 if bad else 0.0
        return min(1.0, (bad + broken) / rows)

    def _truncated(self, found: Sequence[object]) -> Span | None:
        """The last place of a text that stops before any indicator row."""
        form = self.page.form
        ends = [form.rows[-1].cells[-1]] if form.rows else [form.year or form.title]
        if found or ends[0] is None:
            return None
        last = ends[0].span
        at_end = not self.page.source.text[last.end :].strip(DELIMITERS)
        printed = any(one.rows or one.templates or one.empty for one in self.blocks)
        return last if at_end and not printed else None
