"""Pages as text in which cells can still be told apart: tabs, pipes, wiki, HTML, CSV, frames."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from html import escape

from .grid import Box, Page, filled, first, ragged, repeated

Matrix = list[list[str]]
WRAP = 18  # characters of a cell before a tool breaks its line


def display(text: str) -> int:
    """Columns that a text takes on a screen: two for each wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def pad(text: str, width: int) -> str:
    """Blanks behind a text up to a display width."""
    return text + " " * (width - display(text))


def widths(matrix: Matrix) -> list[int]:
    """The display width of each column."""
    return [max(map(display, column)) for column in zip(*matrix, strict=True)]


def around(page: Page, lines: Iterable[str], *, heading: str = "## ") -> str:
    """The table with the lines above and below it."""
    title, *others = page.before
    return "\n".join([f"{heading}{title}", *others, "", *lines, "", *page.after, ""])


def broken(text: str, join: str) -> str:
    """A cell with line breaks where a narrow column would have them."""
    return join.join(text[at : at + WRAP] for at in range(0, len(text), WRAP)) or text


def tabs(view: Callable[[Page], Matrix], *, short: bool = False) -> Callable[[Page], str]:
    """One row a line, cells parted by tabs; `short` leaves blank cells at the end of a row out."""

    def write(page: Page) -> str:
        lines = ["\t".join(row) for row in view(page)]
        return around(page, (line.rstrip("\t") for line in lines) if short else lines)

    return write


def tabs_quoted(page: Page) -> str:
    """Tabs as a spreadsheet copies them: a cell with a line break stands in quotes over two lines."""
    page = page.change(("label", "margin"), lambda box: box.text.replace("（", "\n（"))
    lines = [
        "\t".join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in first(page)
    ]
    return around(page, lines, heading="")


def tabs_cut(page: Page) -> str:
    """Tabs over two pages: behind the page break the outer column is lost and the rows slide left."""
    rows = first(page)
    cut = page.head + 2 + (page.height - page.head) // 2
    tail = [row[1:] if not row[0] else row for row in rows[cut:]]
    lines = ["\t".join(row) for row in [*rows[:cut], ["— 1 —"], *tail]]
    return around(page, lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _dashes(count: int) -> str:
    return "|" + "---|" * count


def pipes(view: Callable[[Page], Matrix]) -> Callable[[Page], str]:
    """A Markdown table whose first row is the form's first row."""

    def write(page: Page) -> str:
        head, *rows = view(page)
        return around(page, [_line(head), _dashes(page.columns), *map(_line, rows)])

    return write


def pipes_ragged(page: Page) -> str:
    """Markdown as HTML converters write it: an empty head, and rows without what is merged from above."""
    rows = ragged(page, wide=True)
    return around(page, [_line([""] * page.columns), _dashes(page.columns), *map(_line, rows)])


def pipes_plain(page: Page) -> str:
    """Pipes without a dash line."""
    return around(page, map(_line, first(page)), heading="")


def pipes_bare(page: Page) -> str:
    """Cells parted by pipes without outer ones, merged cells missing, runs of pipes at the end of a row."""
    rows = ragged(page)
    most = max(map(len, rows))
    lines = (" | ".join(row) + " | " + "|" * (most - len(row)) for row in rows)
    return around(page, (line.rstrip() for line in lines), heading="")


def pipes_tight(page: Page) -> str:
    """As html2text writes it: no outer pipes, no blank before a pipe, ragged rows, dashes behind the first."""
    head, *rows = ragged(page)
    lines = ["| ".join(head), "---|---", *("| ".join(row) for row in rows)]
    return around(page, (f"{line}  " if line != "---|---" else line for line in lines))


def pipes_padded(page: Page) -> str:
    """Markdown padded to columns of equal display width."""
    matrix = first(page)
    room = widths(matrix)
    lines = ["| " + " | ".join(map(pad, row, room)) + " |" for row in matrix]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in room) + "|")
    return around(page, lines)


def pipes_nan(page: Page) -> str:
    """A spreadsheet printed as Markdown: the title is the head, blank cells are NaN."""
    blank = [""] * (page.columns - 1)
    title, *others = page.before
    head = [title, *(f"Unnamed: {number}" for number in range(1, page.columns))]
    rows = [*([other, *blank] for other in others), *first(page)]
    lines = [_line([cell.replace("\n", "\\n") or "NaN" for cell in row]) for row in rows]
    return "\n".join(["## Sheet1", _line(head), _dashes(page.columns), *lines, *page.after, ""])


def pipes_breaks(page: Page) -> str:
    """Markdown from a PDF: `<br>` where a cell was wrapped, the margin label one character a line."""
    page = page.change(("margin",), lambda box: "<br>".join(box.text))
    page = page.change(("field", "goal", "name"), lambda box: broken(box.text, "<br>"))
    return pipes(first)(page)


def bars(page: Page) -> str:
    """Cells parted by full-width bars."""
    return around(page, ("｜".join(row) for row in first(page)), heading="")


def wiki(page: Page) -> str:
    """A MediaWiki table, merged cells blank."""
    lines = ["{|"]
    for row in first(page):
        lines += ["|-", *(f"| {cell}".rstrip() for cell in row)]
    return around(page, [*lines, "|}"], heading="")


def comma(view: Callable[[Page], Matrix]) -> Callable[[Page], str]:
    """Comma-separated values, titles in rows of their own, line breaks inside quoted cells."""

    def write(page: Page) -> str:
        page = page.change(("label",), lambda box: box.text.replace("（", "\n（"))
        page = page.change(("goal",), lambda box: box.text.replace("，", "，\n", 1))
        blank = [""] * (page.columns - 1)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([*([line, *blank] for line in page.before), *view(page)])
        writer.writerows([line, *blank] for line in page.after)
        return out.getvalue()

    return write


def lists(page: Page) -> str:
    """A list of strings a row, as Python prints it; a cell that another covers is None."""
    rows = (repr([cell or None for cell in row]) for row in first(page))
    return around(page, rows, heading="")


def json_rows(page: Page) -> str:
    """All rows in one list, as JSON; line breaks in cells are escaped."""
    page = page.change(("label",), lambda box: box.text.replace("（", "\n（"))
    return around(page, [json.dumps(list(map(list, first(page))), ensure_ascii=False)], heading="")


def _rows(page: Page) -> list[list[Box]]:
    rows: list[list[Box]] = [[] for _ in range(page.height)]
    for box in sorted(page.boxes, key=lambda box: (box.row, box.column)):
        rows[box.row].append(box)
    return rows


def _td(box: Box, tag: str = "td", inside: str = "{}") -> str:
    spans = "".join(
        f' {name}="{size}"'
        for name, size in (("rowspan", box.height), ("colspan", box.width))
        if size > 1
    )
    return f"<{tag}{spans}>{inside.format(escape(box.text, quote=False))}</{tag}>"


def _table(rows: Iterable[Iterable[str]], join: str = "\n") -> str:
    return join.join(["<table>", *("<tr>" + "".join(row) + "</tr>" for row in rows), "</table>"])


def html(page: Page) -> str:
    """A plain web page with merged cells as spans."""
    head = "\n".join(f"<p>{line}</p>" for line in page.before)
    body = _table([_td(box) for box in row] for row in _rows(page))
    tail = "\n".join(f"<p>{line}</p>" for line in page.after)
    return f"<html><body>\n{head}\n{body}\n{tail}\n</body></html>\n"


def html_line(page: Page) -> str:
    """The same without a single line break, a paragraph in each cell."""
    head = "".join(f"<p><strong>{line}</strong></p>" for line in page.before)
    body = _table(([_td(box, inside="<p>{}</p>") for box in row] for row in _rows(page)), join="")
    return f"{head}{body}" + "".join(f"<p>{line}</p>" for line in page.after) + "\n"


def html_office(page: Page) -> str:
    """Capital tags, attributes and inline tags, entities for blanks, as office programs export."""
    inside = '<P ALIGN="CENTER"><FONT SIZE=2><SPAN LANG="zh-CN">{}</SPAN></FONT></P>'
    rows = ([_td(box, "TD", inside) for box in row] for row in _rows(page))
    body = _table(rows).replace("<table>", '<TABLE BORDER="1">').replace("</table>", "</TABLE>")
    body = body.replace("<tr>", "<TR>\n").replace("</tr>", "\n</TR>").replace("rowspan", "ROWSPAN")
    head = "\n".join(f"<P><B>{line}</B>&nbsp;</P>" for line in page.before)
    return f"{head}\n{body.replace('（万元）', '<BR>（万元）')}\n"


def html_pages(page: Page) -> str:
    """Two tables: behind the page break the merged labels of the first one are blank."""
    cut = page.head + 1 + (page.height - page.head) // 2
    upper, lower = [], []
    for box in sorted(page.boxes, key=lambda box: (box.row, box.column)):
        end = box.row + box.height
        if box.row < cut:
            upper.append(_shrunk(box, box.row, min(end, cut), box.text))
        if end > cut:
            at = max(box.row, cut)
            lower.append(_shrunk(box, at - cut, end - cut, box.text if box.row >= cut else ""))
    parts = [Page(page.before, tuple(boxes), (), ()) for boxes in (upper, lower)]
    tables = [_table([_td(box) for box in row] for row in _rows(part)) for part in parts]
    head = "\n".join(f"<p>{line}</p>" for line in page.before)
    return f"{head}\n{tables[0]}\n<p>— 1 —</p>\n{tables[1]}\n"


def _shrunk(box: Box, start: int, end: int, text: str) -> Box:
    return Box(start, box.column, end - start, box.width, text, box.kind)


def frame(page: Page) -> str:
    """A frame of box-drawing lines; no line is drawn inside a merged cell."""
    owner = {
        (row, column): box
        for box in page.boxes
        for row in range(box.row, box.row + box.height)
        for column in range(box.column, box.column + box.width)
    }
    room = widths(_narrow(page))
    lines = []
    for row in range(page.height + 1):
        lines.append(_border(page, owner, room, row))
        if row < page.height:
            lines.append(_content(page, owner, room, row))
    return around(page, lines, heading="")


def _narrow(page: Page) -> Matrix:
    """Texts of cells one column wide; a wide cell's text is spread over its columns."""
    rows = [[""] * page.columns for _ in range(page.height)]
    for box in page.boxes:
        share = -(-len(box.text) // box.width)
        for number in range(box.width):
            rows[box.row][box.column + number] = box.text[number * share : (number + 1) * share]
    return rows


def _border(page: Page, owner: dict[tuple[int, int], Box], room: list[int], row: int) -> str:
    out = []
    for column in range(page.columns + 1):
        left = owner.get((row, column - 1)) is not owner.get((row - 1, column - 1))
        right = owner.get((row, column)) is not owner.get((row - 1, column))
        up = owner.get((row - 1, column)) is not owner.get((row - 1, column - 1))
        down = owner.get((row, column)) is not owner.get((row, column - 1))
        out.append(JOINTS[(up, down, left, right)])
        if column < page.columns:
            out.append(("─" if right else " ") * room[column])
    return "".join(out)


def _content(page: Page, owner: dict[tuple[int, int], Box], room: list[int], row: int) -> str:
    out = []
    column = 0
    while column < page.columns:
        box = owner.get((row, column))
        width = box.width if box else 1
        space = sum(room[column : column + width]) + width - 1
        text = box.text if box and box.row == row else ""
        out.append("│" + pad(text, space))
        column += width
    return "".join(out) + "│"


JOINTS = {
    (up, down, left, right): char
    for char, up, down, left, right in (
        (" ", False, False, False, False),
        ("─", False, False, True, True),
        ("│", True, True, False, False),
        ("┌", False, True, False, True),
        ("┐", False, True, True, False),
        ("└", True, False, False, True),
        ("┘", True, False, True, False),
        ("├", True, True, False, True),
        ("┤", True, True, True, False),
        ("┬", False, True, True, True),
        ("┴", True, False, True, True),
        ("┼", True, True, True, True),
        ("╷", False, True, False, False),
        ("╵", True, False, False, False),
        ("╴", False, False, True, False),
        ("╶", False, False, False, True),
    )
}


def grid_table(page: Page) -> str:
    """A grid table of plus, minus and bar; merged cells blank, long cells wrapped inside their column."""
    matrix = first(page)
    chunks = [[_chunks(cell) for cell in row] for row in matrix]
    room = [max(display(piece) for row in chunks for piece in row[n]) for n in range(page.columns)]
    rule = "+" + "+".join("-" * (width + 2) for width in room) + "+"
    lines = [rule]
    for row in chunks:
        for number in range(max(map(len, row))):
            pieces = [cell[number] if number < len(cell) else "" for cell in row]
            lines.append("| " + " | ".join(map(pad, pieces, room)) + " |")
        lines.append(rule)
    return around(page, lines, heading="")


def _chunks(cell: str) -> list[str]:
    return [cell[at : at + WRAP] for at in range(0, len(cell), WRAP)] or [""]


DIALECTS: dict[str, Callable[[Page], str]] = {
    "tabs": tabs(first),
    "tabs-short": tabs(first, short=True),
    "tabs-repeated": tabs(repeated),
    "tabs-filled": tabs(filled),
    "tabs-ragged": tabs(ragged),
    "tabs-cut": tabs_cut,
    "tabs-quoted": tabs_quoted,
    "pipes": pipes(first),
    "pipes-repeated": pipes(repeated),
    "pipes-ragged": pipes_ragged,
    "pipes-plain": pipes_plain,
    "pipes-bare": pipes_bare,
    "pipes-tight": pipes_tight,
    "pipes-padded": pipes_padded,
    "pipes-nan": pipes_nan,
    "pipes-breaks": pipes_breaks,
    "bars": bars,
    "wiki": wiki,
    "comma": comma(first),
    "comma-filled": comma(filled),
    "lists": lists,
    "json": json_rows,
    "html": html,
    "html-line": html_line,
    "html-office": html_office,
    "html-pages": html_pages,
    "frame": frame,
    "grid-table": grid_table,
}
