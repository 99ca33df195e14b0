"""Pages as extraction tools write them: lists of rows, frames without junctions, one record, breaks inside cells."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .apart import _wrapped, layout
from .dialects import around, broken, html, pad, tabs, widths
from .grid import Page, first

SEAM = "\x1f"  # where a cell was wrapped, until the page is written
Matrix = Sequence[Sequence[str]]


def _lists(write: Callable[[Matrix], Iterable[str]]) -> Callable[[Page], str]:
    return lambda page: around(page, write(first(page)), heading="")


def _nulls(rows: Matrix) -> list[list[str | None]]:
    return [[cell or None for cell in row] for row in rows]


def _json_rows(rows: Matrix) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in _nulls(rows)]


def _json_grid(rows: Matrix) -> list[str]:
    return [json.dumps(rows, ensure_ascii=False)]


def _json_fenced(rows: Matrix) -> list[str]:
    return ["```json", json.dumps(_nulls(rows), ensure_ascii=False, indent=1), "```"]


def _json_records(rows: Matrix) -> list[str]:
    return [json.dumps(_objects(rows), ensure_ascii=False)]


def _json_lines(rows: Matrix) -> list[str]:
    return [json.dumps(one, ensure_ascii=False) for one in _objects(rows)]


def _objects(rows: Matrix) -> list[dict[str, str | None]]:
    """An object a row: its cells by the numbers of their columns."""
    return [{str(at): cell for at, cell in enumerate(row)} for row in _nulls(rows)]


def _python_rows(rows: Matrix) -> list[str]:
    return [repr(row) for row in _nulls(rows)]


def _python_grid(rows: Matrix) -> list[str]:
    return [repr(_nulls(rows))]


def _bullets(rows: Matrix) -> list[str]:
    """A Markdown list of rows, nothing for blank cells behind the last word."""
    return ["- " + " | ".join(row).rstrip(" |") for row in rows]


def _none_tabs(rows: Matrix) -> list[str]:
    return ["\t".join(cell or "None" for cell in row) for row in rows]


def open_frame(page: Page) -> str:
    """A frame whose rules run through: no junction tells where a column stands."""
    rows = [[_wrapped(cell, 24) for cell in row] for row in first(page)]
    flat = [piece for row in rows for piece in _lines(row)]
    room = widths(flat)
    rule = "─" * (sum(room) + 3 * len(room) + 1)
    lines = [rule]
    for row in rows:
        lines += ["│ " + " │ ".join(map(pad, piece, room)) + " │" for piece in _lines(row)]
        lines.append(rule)
    return around(page, lines, heading="")


def _lines(row: Sequence[Sequence[str]]) -> list[list[str]]:
    height = max(map(len, row))
    return [
        [cell[number] if number < len(cell) else "" for cell in row] for number in range(height)
    ]


def one_record(page: Page) -> str:
    """Comma-separated values whose first record holds the whole head of the form, labels and values in turn."""
    rows = first(page)
    head = [cell for row in rows[: page.head] for cell in row if cell]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([line] for line in page.before)
    writer.writerow(head)
    writer.writerows(rows[page.head :])
    return out.getvalue()


def ragged(page: Page) -> str:
    """Comma-separated values without the commas behind the last cell of a row that is not empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([line] for line in page.before)
    for row in first(page):
        filled = max((at for at, cell in enumerate(row, 1) if cell), default=0)
        writer.writerow(row[:filled])
    return out.getvalue()


def html_breaks(page: Page) -> str:
    """A web page with a break wherever the print wrapped a cell."""
    kinds = ("field", "goal", "name", "value", "head", "label")
    page = page.change(kinds, lambda box: broken(box.text, SEAM))
    return html(page).replace(SEAM, "<br>")


def tab_breaks(page: Page) -> str:
    """Tabs with `<br>` inside the cells."""
    page = page.change(("field", "goal", "name"), lambda box: broken(box.text, "<br>"))
    return tabs(first)(page)


def html_paragraphs(page: Page) -> str:
    """Each piece of a wrapped cell as a paragraph of its own."""
    page = page.change(("field", "goal", "name"), lambda box: broken(box.text, SEAM))
    return html(page).replace(SEAM, "</p><p>")


def glued(page: Page) -> str:
    """Tabs in which the cell behind the name, its target as a rule, has run into it."""
    names = {(box.row, box.column + box.width) for box in page.boxes if box.kind == "name"}
    behind = {(box.row, box.column): box.text for box in page.boxes if box.kind == "value"}
    boxes = tuple(box for box in page.boxes if (box.row, box.column) not in names & behind.keys())
    joined = replace(page, boxes=boxes).change(
        ("name",), lambda box: box.text + behind.get((box.row, box.column + box.width), "")
    )
    return tabs(first)(joined)


def narrow(page: Page) -> str:
    """A print whose first column is so narrow that its labels stand on several lines beside their rows."""
    boxes = tuple(
        replace(box, kind="level1") if box.kind == "label" and box.column == 0 else box
        for box in page.boxes
    )
    return layout(replace(page, boxes=boxes))


WRITERS: dict[str, Callable[[Page], str]] = {
    "json-rows": _lists(_json_rows),
    "json-grid": _lists(_json_grid),
    "json-fenced": _lists(_json_fenced),
    "json-records": _lists(_json_records),
    "json-lines": _lists(_json_lines),
    "python-rows": _lists(_python_rows),
    "python-grid": _lists(_python_grid),
    "bullets": _lists(_bullets),
    "none-tabs": _lists(_none_tabs),
    "open-frame": open_frame,
    "one-record": one_record,
    "ragged": ragged,
    "html-breaks": html_breaks,
    "html-paragraphs": html_paragraphs,
    "tab-breaks": tab_breaks,
    "glued": glued,
}
