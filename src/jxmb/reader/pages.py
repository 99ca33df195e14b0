"""The pages of a text: where their lines are a table of many projects they become its rows."""

from __future__ import annotations

from collections.abc import Iterator, Set

from ..forms.lines import is_page_mark
from ..tables import GRID, Row
from .limits import LIMITS

GOAL, NAMES = "目标", ("名称", "单位", "部门")  # what a line of heads has


def gridded(rows: Iterator[Row], without: Set[str] = frozenset()) -> Iterator[Row]:
    """The rows of a text; the lines of each page that holds a table of projects as its rows."""
    if GRID in without:
        yield from rows
        return
    page: list[Row] = []
    for row in rows:
        is_line = row.dialect == "line"
        if page and (not is_line or len(page) >= LIMITS.page or _begins_page(page[-1], row)):
            yield from _read(page)
            page = []
        if is_line:
            page.append(row)
        else:
            yield row
    yield from _read(page)


def _read(page: list[Row]) -> list[Row]:
    if not any(map(_may_be_heads, page)):
        return page
    from ..structure.grid import read

    return read(page)


def _may_be_heads(row: Row) -> bool:
    text = row.cells[0].text
    return (
        len(text) <= LIMITS.line
        and GOAL in text
        and "  " in text
        and any(name in text for name in NAMES)
    )


def _begins_page(last: Row, row: Row) -> bool:
    """Whether a page ends between two lines: a form feed stands there, or the number of the page."""
    text = row.cells[0].span.source.text
    if "\f" in text[last.cells[-1].span.end : row.cells[0].span.start]:
        return True
    mark = last.cells[0].text
    return is_page_mark(mark) and any(map(str.isdigit, mark))
