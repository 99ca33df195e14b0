"""Rows to forms: where one form ends and the next begins, in page terms only."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from . import labels
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
    r"^(?:[-—–_·.=~|+\s]*第?\d{0,4}页?[-—–_·.=~|+\s]*(?:共\d+页)?|第[\d一二三四五六七八九十]+页.{0,10}|\d+/\d+)$"
)
MARKS = "#*_>·•'= \t|\\"
LONGEST_TITLE = 60


@dataclass(slots=True)
class Form:
    """The rows of one form, its title row and the stray text among them."""

    title: Cell | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def started(self) -> bool:
        """Whether the form has more than a title."""
        return bool(self.rows)


def filled(row: Row) -> list[Cell]:
    """The cells of a row in which something stands."""
    return [cell for cell in row.cells if cell.text]


def alone(row: Row) -> Cell | None:
    """The cell that stands alone in its row, repeated or not."""
    cells = filled(row)
    if cells and all(cell.text == cells[0].text for cell in cells):
        return cells[0]
    return None


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
    return len(text) <= 40 and bool(PAGE.match(fold(text)))


def _opens_project(row: Row) -> bool:
    cells = filled(row)[:3]
    return any(
        label.name == "project_name" and label.group == "field"
        for cell in cells
        for label in (
            labels.find(_before_colon(cell.text)) or labels.near(_before_colon(cell.text))
        )
    )


def _before_colon(text: str) -> str:
    head = text[:30]
    for colon in "：:":
        head = head.split(colon, 1)[0]
    return head


def gather(rows: Iterator[Row]) -> Iterator[Form | Span]:
    """Split rows into forms. A form opens at a title or, failing that, at its 项目名称 row.

    Titles that stand together before several tables are kept and given to them in order.
    """
    form: Form | None = None
    waiting: deque[Cell] = deque()
    named = False
    lead: list[Row] = []
    for row in rows:
        cell = alone(row)
        title = cell if cell is not None and is_title(cell.text) else None
        opens = _opens_project(row)
        if title is not None:
            if form is not None and (named or _substantial(form)):
                yield form
                form, named = None, False
            if form is not None and form.title is not None and not _same_title(form.title, title):
                waiting.append(title)
                continue
            if form is None:
                yield from _spans(lead)
                lead, form = [], Form()
            if form.title is None:
                form.title = title
            continue
        if opens and named and form is not None and not _same_flat(row):
            yield form
            form, named = Form(title=waiting.popleft() if waiting else None), False
        if form is None and (opens or _is_table_head(row)):
            form = Form(rows=_late(lead))
            lead = []
        if form is None:
            lead.append(row)
            if len(lead) > 12:
                yield from _spans([lead.pop(0)])
            continue
        form.rows.append(row)
        named = named or opens
    if form is not None:
        yield form
    else:
        yield from _spans(lead)


def _same_title(one: Cell, other: Cell) -> bool:
    return fold(one.text) == fold(other.text) and one.span == other.span


def _same_flat(row: Row) -> bool:
    """The head of a table of many projects names 项目名称 as a column."""
    return _is_table_head(row)


def _substantial(form: Form) -> bool:
    return any(len(filled(row)) > 1 for row in form.rows) or len(form.rows) > 8


def _is_table_head(row: Row) -> bool:
    return len(column_names(row)) >= 2


def column_names(row: Row) -> set[str]:
    """The canonical names of the indicator table's columns that stand on this row."""
    names = {
        name for cell in filled(row) if (name := labels.meaning(cell.text, "column")) is not None
    }
    return names if names & {"name", "level2", "target"} else set()


def _late(lead: list[Row]) -> list[Row]:
    """What stands just before a form without title and may belong to it (a year, a unit)."""
    return [row for row in lead if len(filled(row)) <= 2][-3:]


def _spans(rows: list[Row]) -> Iterator[Span]:
    for row in rows:
        for cell in filled(row):
            yield from cell.spans
