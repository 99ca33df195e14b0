"""Rows to forms: where one form ends and the next begins, in page terms only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import regex

from . import labels
from .labels import inexact
from .source import Span
from .tables import Cell, Row
from .values import fold

TITLE_WORDS = regex.compile(r"绩效(?:目标|自评|评价|指标|监控|信息)?|预算项目.{0,8}目标")
TITLE_END = regex.compile(
    r"表(?:样)?(?:之?[一二三四五六七八九十\d]{1,3})?[)\]】]?"
    r"(?:[(\[]?.{0,12}[)\]]?)?(?:[(\[]?\d{2,4}年?度?[)\]]?)?$"
)
TITLE_YEAR = regex.compile(r"(?:^|[(\[（]?)((?:19|20)\d\d)\)?年?度?[)\]]?")
YEAR_LINE = regex.compile(r"^[(\[]?((?:19|20)\d\d)\)?年?度?[)\]]?$")
PAGE = regex.compile(
    r"^(?:[-—–_·.=~|+\s]{3,}|[-—–一·.~|\s]*(?:第?\s*\d{1,4}\s*页?|第[一二三四五六七八九十]+页)[-—–一·.~|\s]*"
    r"(?:[,，/]?\s*(?:共|还剩)\s*\d+\s*页)?|\d+/\d+)$"
)
MARKS = "#*_>·•'= \t|\\"
LONGEST_TITLE = 60
LONGEST_LINE = 2_000  # code points in which a title is looked for
CUTTING = ("pipes", "tabs")
MOST_CUTS = 4  # cells that a title is cut into
NOTHING = (" NaN", " None", " nan")  # what a data frame prints for an empty cell
SHORTEST_FORM = 120  # code points of a form in one line
LEAST_WORDS = 25  # of such a line
MOST_WORDS = 60  # of it that are looked at
SOME_FIELDS = 3  # labels of the header among them
LEAD = 12  # lines before a form without title that are looked at once it opens
ECHO = 2  # rows within which a second 项目名称 is the same one, printed again
LONGEST_FUSED = 200  # code points of a cell that holds several
LATE = 3  # how many of them may belong to it (its year, its unit)


@dataclass(slots=True)
class Form:
    """The rows of one form, its title and the year beside it."""

    title: Cell | None = None
    year: Cell | None = None
    rows: list[Row] = field(default_factory=list)
    echo: list[Row] = field(default_factory=list)  # rows that were printed before the form, too

    @property
    def substantial(self) -> bool:
        """Whether there is more than a title and a few lines below it."""
        return len(self.rows) > 8 or any(len(filled(row)) > 1 for row in self.rows)


def filled(row: Row) -> list[Cell]:
    """The cells of a row in which something stands."""
    return [cell for cell in row.cells if cell.text]


def alone(row: Row) -> Cell | None:
    """The cell that stands alone in its row, repeated or not."""
    cells = filled(row)
    if not cells or any(cell.text != cells[0].text for cell in cells):
        return None
    cell = cells[0]
    if row.dialect == "line" and cell.text.endswith(NOTHING) and cell.span.text == cell.text:
        return _without_nothing(cell)
    return cell


def _without_nothing(cell: Cell) -> Cell:
    """A line without the marks of empty cells that a data frame printed behind its text."""
    text = cell.text[:LONGEST_LINE]
    while text.endswith(NOTHING):
        text = text.removesuffix("NaN").removesuffix("None").removesuffix("nan").rstrip()
    return Cell(cell.span.sub(0, len(text)), text, cell.column) if text else cell


def _cut_title(row: Row) -> Cell | None:
    """The title of a form that the columns of its table cut into cells."""
    cells = filled(row)
    if row.dialect not in CUTTING or not 0 < len(cells) <= MOST_CUTS:
        return None
    if labels.find(cells[0].text):
        return None
    text = "".join(cell.text for cell in cells)
    if "：" in text or not is_title(text):
        return None
    rest = tuple(span for cell in cells for span in cell.spans)[1:]
    return Cell(cells[0].span, text, cells[0].column, rest=rest)


def is_title(text: str) -> bool:
    """Whether a text standing alone is the title of a form."""
    if not 4 <= len(text) <= LONGEST_TITLE * 2:
        return False
    word = fold(text).strip(MARKS)
    if (
        not 5 <= len(word) <= LONGEST_TITLE
        or word[0] in "《注附说填"
        or any(c in word for c in "。；;,，")
    ):
        return False
    return bool(TITLE_WORDS.search(word) and TITLE_END.search(word)) and not labels.find(text)


def year_of(text: str) -> str | None:
    """The year that a line consists of: `(2022年度)`, `2022年`."""
    match = YEAR_LINE.match(fold(text[:40]).strip(MARKS))
    return match[1] if match else None


def is_page_mark(text: str) -> bool:
    """Page numbers and rules: they belong to the paper, not to the form."""
    word = text[:60].strip()
    return len(word) <= 40 and not word.isdigit() and bool(PAGE.match(word))


def opens_project(row: Row) -> bool:
    """Whether a row has the label 项目名称 near its beginning."""
    return any(
        label.name == "project_name" and label.group == "field"
        for cell in filled(row)[:3]
        for text in map(_before_colon, _texts(cell, row))
        for label in (labels.find(text) or inexact.near(text) or inexact.jumbled(text))
    )


def _texts(cell: Cell, row: Row) -> list[str]:
    """The text of a cell, and its parts where blanks or line ends may join several cells: in HTML tables
    that were read from images."""
    if row.dialect != "html" or len(cell.text) > LONGEST_FUSED:
        return [cell.text]
    parts = cell.span.text.split() if not cell.rest else []
    return [cell.text, *parts] if len(parts) > 1 else [cell.text]


def in_one_line(row: Row) -> bool:
    """Whether a row holds a whole form in one line."""
    cell = row.cells[0] if row.dialect == "line" and len(row.cells) == 1 else None
    if cell is None or len(cell.text) < SHORTEST_FORM or "项目名称" not in cell.text:
        return False
    words = cell.text.split()
    known = sum(1 for word in words[:MOST_WORDS] if labels.meaning(word, "field"))
    return known >= SOME_FIELDS and len(words) >= LEAST_WORDS


def word_in(cell: Cell, fits: Callable[[str], object]) -> Cell | None:
    """The first word before the labels of a form in one line that fits: its title, its year."""
    text = cell.span.text
    start = 0
    for word in text[: max(0, text.find("项目名称"))].split():
        start = text.find(word, start)
        if fits(word):
            span = cell.span.sub(start, start + len(word))
            return Cell(span, span.text)
        start += len(word)
    return None


def _before_colon(text: str) -> str:
    head = text[:30]
    for colon in "：:":
        head = head.split(colon, 1)[0]
    return head


def gather(rows: Iterator[Row]) -> Iterator[Form | Span]:
    """Split rows into forms. A form opens at a title or, failing that, at its 项目名称 row.

    Titles that stand together before several tables are kept and given to them in order.
    """
    gatherer = Gatherer()
    for row in rows:
        yield from gatherer.take(row)
    yield from gatherer.end()


@dataclass(slots=True)
class Gatherer:
    """The form that is open, the titles that wait for their table, and the lines before any form."""

    form: Form | None = None
    named: bool = False
    untitled: Form | None = None  # the form before, whose title may be printed behind it
    waiting: deque[Form] = field(default_factory=deque)
    lead: deque[Row] = field(default_factory=deque)

    def take(self, row: Row) -> Iterator[Form | Span]:
        """One more row; what is complete with it."""
        cell = alone(row) or _cut_title(row)
        opens = opens_project(row)
        yield from self._with_next(row, opens=opens)
        if cell is not None and in_one_line(row):
            yield from self._whole(row, cell)
            return
        if cell is not None and is_title(cell.text) and not (opens and row.dialect == "html"):
            yield from self._title(cell, in_table=row.dialect != "line")
            return
        if cell is not None and self._year(cell):
            return
        begins = opens or (cell is not None and any(map(is_title, _texts(cell, row))))
        again = opens and self.form is not None and any(map(opens_project, self.form.rows[-ECHO:]))
        if begins and self.named and self.form and not again and not _is_table_head(row):
            year = self._year_behind(self.form)
            yield self.form
            self.form, self.named = self.waiting.popleft() if self.waiting else Form(), False
            self.form.year = self.form.year or year
        if self.form is None and (begins or _is_table_head(row)):
            yield from self._open(row)
        if self.form is None:
            self.lead.append(row)
            if len(self.lead) > LEAD:
                yield from _spans([self.lead.popleft()])
            return
        self.form.rows.append(row)
        self.named = self.named or opens

    def _open(self, row: Row) -> Iterator[Span]:
        """Open a form without title at this row, with the rows of its table above it or the last few lines."""
        own = [one for one in self.lead if one.dialect != "line" and one.table == row.table]
        if not own:
            own = [one for one in self.lead if len(filled(one)) <= 2][-LATE:]
        self.form = Form(rows=own)
        yield from _spans(one for one in self.lead if one not in own)
        self.lead.clear()

    @staticmethod
    def _year_behind(form: Form) -> Cell | None:
        """Take the year behind the rows of a form: it stands above the next one, whose title is lost."""
        cell = alone(form.rows[-1]) if form.rows else None
        if cell is None or year_of(cell.text) is None:
            return None
        form.rows.pop()
        return cell

    def _title(self, cell: Cell, *, in_table: bool) -> Iterator[Form | Span]:
        yield from self._settled()
        form = self.form
        if form is not None and (self.named or form.substantial):
            if form.title is None and self.named:
                self.untitled = form
            else:
                yield form
            self.form, self.named = None, False
        if self.form is None:
            yield from _spans(self.lead)
            self.lead.clear()
            self.form = Form(title=cell)
        elif self.form.title is None or in_table or _in_full(self.form.title, cell):
            # The name of a sheet or page, printed again in full at the head of its table.
            self.form.title = cell
        else:
            self.waiting.append(Form(title=cell))

    def _with_next(self, row: Row, *, opens: bool) -> Iterator[Form]:
        """The form before, whose title is lost, once the next one opens below the title behind it."""
        if self.untitled is not None and (opens or _is_table_head(row)):
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
        title = word_in(cell, is_title) or (self.form.title if self.form is not None else None)
        yield from _spans(self.lead)
        self.lead.clear()
        yield Form(title=title, year=word_in(cell, year_of), rows=[row])
        self.form, self.named = None, False

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
        yield from _spans(self.lead)
        for form in self.waiting:
            if form.title is not None:
                yield from form.title.spans


def _in_full(title: Cell, cell: Cell) -> bool:
    """Whether a line prints in full what the title before it (a sheet's name) says in short."""
    short, full = fold(title.text), fold(cell.text)
    return short != full and short in full


def _is_table_head(row: Row) -> bool:
    return len(column_names(row, parts=True)) >= 2


def column_names(row: Row, *, parts: bool = False) -> set[str]:
    """The canonical names of the indicator table's columns on this row; also those of fused cells with `parts`."""
    names = {
        name
        for cell in filled(row)
        for text in ([cell.text] if not parts else _texts(cell, row))
        if (name := labels.meaning(text, "column")) is not None
    }
    return names if names & {"name", "level2", "target"} else set()


def _spans(rows: Iterable[Row]) -> Iterator[Span]:
    for row in rows:
        for cell in filled(row):
            yield from cell.spans
