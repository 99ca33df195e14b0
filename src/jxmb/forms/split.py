"""Rows to forms: where one form ends and the next begins, in page terms only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice

from .. import labels
from ..deferred import dataclass
from ..source import Span
from ..tables import Cell, Row
from ..values import fold
from . import LIMITS
from .lines import (
    BUDGET,
    CONTINUED,
    PUBLISHED,
    alone,
    begins_chapter,
    cut_title,
    heads_table,
    in_one_line,
    is_title,
    names_project,
    opens_project,
    project_heads,
    texts,
    word_in,
    year_of,
)
from .titles import NUMBERED, is_whole, without_page, wrapped


@dataclass(slots=True)
class Form:
    """The rows of one form, its title and the year beside it."""

    title: Cell | None = None
    year: Cell | None = None
    heading: Cell | None = None  # the year in the heading of the document or chapter above
    rows: list[Row] = field(default_factory=list)
    repeated: list[Row] = field(default_factory=list)  # rows that were printed before the form, too

    def above(self) -> Iterator[Span]:
        """The places of its title and year."""
        for cell in (self.title, self.year):
            yield from cell.spans if cell is not None else ()

    @property
    def substantial(self) -> bool:
        """Whether there is more than a title and a few lines below it."""
        return len(self.rows) > LIMITS.body or any(len(row.filled) > 1 for row in self.rows)


def split(rows: Iterator[Row]) -> Iterator[Form | Span]:
    """Split rows into forms. A form opens at a title or, failing that, at its 项目名称 row.

    Titles that stand together before several tables are kept and given to them in order.
    """
    splitter = Splitter()
    for row in rows:
        yield from splitter.take(row)
    yield from splitter.end()


@dataclass(slots=True)
class Splitter:
    """The form that is open, the titles that wait for their table, and the lines before any form."""

    form: Form | None = None
    named: bool = False
    heading: Cell | None = None  # the last one with a year
    heads: frozenset[tuple[str, ...]] = frozenset()  # rows of them of a table of many projects
    untitled: Form | None = None  # the form before, whose title may be printed behind it
    waiting: deque[Form] = field(default_factory=deque)
    lead: deque[Row] = field(default_factory=deque)

    def take(self, row: Row) -> Iterator[Form | Span]:
        """One more row; what is complete with it."""
        cell = self._wrapped(row) or alone(row) or cut_title(row)
        opens = opens_project(row)
        yield from self._with_next(row, opens=opens)
        if cell is not None and in_one_line(row):
            yield from self._whole(row, cell)
        elif cell is not None and is_title(cell.text) and not (opens and row.dialect == "html"):
            if not self._goes_on(row, cell):
                yield from self._title(cell, in_table=row.dialect != "line")
        elif cell is None or not self._year(cell):
            yield from self._row(row, cell, opens=opens)

    def _row(self, row: Row, cell: Cell | None, *, opens: bool) -> Iterator[Form | Span]:
        """A row that is no title: it opens a form, belongs to the open one, or stands before any."""
        heads = project_heads(row)
        begins = opens or (cell is not None and any(map(is_title, texts(cell, row))))
        begins = begins or (self.form is None and names_project(row))
        again = opens and self._opened(heads)
        if begins and self.named and self.form and not again and not heads_table(row):
            yield self.form
            self.form, self.named = self.waiting.popleft() if self.waiting else Form(), False
        if self.form is None and (begins or heads_table(row)):
            yield from self._open(row)
        if self.form is None:
            self.lead.append(row)
            if len(self.lead) > LIMITS.lead:
                yield from spans([self.lead.popleft()])
            return
        self.form.rows.append(row)
        self.named = self.named or opens
        self.heads |= {heads} - {()}

    def _wrapped(self, row: Row) -> Cell | None:
        """The title that ends on this row and began on the rows above it, which are taken back."""
        if row.dialect != "line":
            return None
        above = self.lead if self.form is None else self.form.rows
        found = wrapped(list(islice(reversed(above), LIMITS.above)), row)
        if found is None:
            return None
        title, count = found
        for _ in range(count):
            above.pop()
        return title

    def _goes_on(self, row: Row, cell: Cell) -> bool:
        """Whether a title says that its form goes on, or is the one above a table of many projects again."""
        form = self.form
        if form is None or form.title is None:
            return False
        again = self.heads and fold(form.title.text) == fold(cell.text)
        goes_on = form.substantial and CONTINUED.search(cell.text)
        if not (again or goes_on or self._heads_part(form, row)):
            return False
        form.repeated.append(row)
        return True

    def _heads_part(self, form: Form, row: Row) -> bool:
        """Whether a title in the table of a form heads its indicators: these have not begun above it."""
        last = form.rows[-1] if form.rows else row
        if not self.named or row.dialect == "line" or row.table != last.table:
            return False
        return len(form.rows) < LIMITS.lead and not any(map(heads_table, form.rows))

    def _opened(self, heads: tuple[str, ...]) -> bool:
        """Whether a row with 项目名称 is one that the open form has: printed twice, or the heads of its projects."""
        if heads in self.heads:
            return True
        return self.form is not None and any(map(opens_project, self.form.rows[-LIMITS.above :]))

    def _lists_amounts(self) -> bool:
        """Whether the open form is a list of projects with their amounts: the title behind it is the next form's."""
        heads = [head for row in self.heads for head in row]
        return bool(heads) and not any(labels.meaning(head, "goal") for head in heads)

    def _open(self, row: Row) -> Iterator[Span]:
        """Open a form without title at this row, with the rows of its table above it or the last few lines."""
        own = [one for one in self.lead if one.dialect != "line" and one.table == row.table]
        lines = [one for one in self.lead if len(one.filled) <= 2 and one not in own]
        own = [*lines[-LIMITS.some :], *own]
        dated = next(filter(None, map(_dated_heading, reversed(self.lead))), None)
        self.heading = dated or self.heading
        self.form = Form(heading=self.heading, rows=own)
        yield from spans(one for one in self.lead if one not in own)
        self.lead.clear()

    def _title(self, cell: Cell, *, in_table: bool) -> Iterator[Form | Span]:
        yield from self._settled()
        cell, page = without_page(cell)
        yield from page
        above = list(self.lead if self.form is None else self.form.rows)[-LIMITS.above :]
        dated = next(filter(None, map(_dated_heading, reversed(above))), None)
        self.heading = heading = dated or self.heading
        yield from self._other_chapter()
        form = self.form
        if form is not None and (self.named or form.substantial):
            if form.title is None and self.named and not self._lists_amounts():
                self.untitled = form
            else:
                yield form
            self.form, self.named, self.heads = None, False, frozenset()
        if self.form is None:
            yield from spans(self.lead)
            self.lead.clear()
            self.form = Form(title=cell, heading=heading)
        elif self.form.title is None or in_table or _in_full(self.form.title, cell):
            # The name of a sheet or page, printed again in full at the head of its table.
            yield from self.form.title.spans if self.form.title is not None else ()
            self.form.title = cell
        elif _heads_chapter(self.form, cell):
            yield from self.form.title.spans
            yield from spans(self.form.rows)
            self.form = Form(title=cell, year=self.form.year, heading=heading)
        else:
            self.waiting.append(Form(title=cell, heading=heading))

    def _other_chapter(self) -> Iterator[Span]:
        """What a title of a list of contents opened: another chapter stands below it, and no form."""
        form = self.form
        if form is None or self.named or form.substantial or not _has_chapter(form.rows):
            return
        yield from spans(form.repeated)
        for one in (form, *self.waiting):
            yield from one.above()
        yield from spans(form.rows)
        self.form = None
        self.waiting.clear()

    def _with_next(self, row: Row, *, opens: bool) -> Iterator[Form]:
        """The form before, whose title is lost, once the next one opens below the title behind it."""
        if self.untitled is not None and (opens or heads_table(row)):
            yield self.untitled
            self.untitled = None

    def _settled(self) -> Iterator[Form]:
        """The form before, with the title behind it where nothing opened below that title."""
        if self.untitled is not None and self.form is not None:
            self.untitled.title, self.untitled.year = self.form.title, self.form.year
            self.untitled.rows += self.form.rows
            self.form = None
            yield self.untitled
        self.untitled = None

    def _whole(self, row: Row, cell: Cell) -> Iterator[Form | Span]:
        """A line that is a form of its own."""
        yield from self._settled()
        if self.form is not None and self.form.rows:
            yield self.form
            self.form = None
        title = word_in(cell, is_title)
        if self.form is not None:
            yield from self.form.above() if title else ()
            title = title or self.form.title
        yield from spans(self.lead)
        self.lead.clear()
        yield Form(title=title, year=word_in(cell, year_of), rows=[row])
        self.form, self.named, self.heads = None, False, frozenset()

    def _year(self, cell: Cell) -> bool:
        """A line that is a year belongs to the title above it."""
        form = self.waiting[-1] if self.waiting else self.form
        if form is None or form.title is None or form.year is not None or form.substantial:
            return False
        if year_of(cell.text) is None:
            return False
        form.year = cell
        return True

    def end(self) -> Iterator[Form | Span]:
        """What is left at the end of the text."""
        yield from self._settled()
        if self.form is not None:
            yield self.form
        yield from spans(self.lead)
        for form in self.waiting:
            yield from form.above()


def _dated_heading(row: Row) -> Cell | None:
    """The year in a heading of a budget, or of the goals that it publishes: 某局2026年部门预算."""
    cell = alone(row)
    if cell is None or cell.rest:
        return None
    line = cell.span.text[: LIMITS.title]
    found = BUDGET.search(line) or PUBLISHED.search(line)
    if found is None:
        return None
    span = cell.span.sub(*found.span("year"))
    return Cell(span, span.text)


def _has_chapter(rows: Iterable[Row]) -> bool:
    return any(begins_chapter(cell.text) for row in rows if (cell := alone(row)) is not None)


def _heads_chapter(form: Form, cell: Cell) -> bool:
    """Whether the title of a form without labels is the heading of the chapter that a form's title opens."""
    assert form.title is not None
    general = is_whole(form.title.text) and not is_whole(cell.text)
    if not general and not NUMBERED.match(form.title.text):
        return False
    words = (word for row in form.rows for one in row.filled for word in one.text.split())
    return not any(map(labels.find, words))


def _in_full(title: Cell, cell: Cell) -> bool:
    """Whether a line prints in full what the title before it (a sheet's name) says in short."""
    short, full = fold(title.text), fold(cell.text)
    return short != full and short in full


def spans(rows: Iterable[Row]) -> Iterator[Span]:
    """All places of these rows."""
    for row in rows:
        for cell in row.filled:
            yield from cell.spans
