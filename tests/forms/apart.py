"""Pages as text whose cells have come apart: blanks, print layout, one cell a line, joined, prose."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from .dialects import around, display, pad, widths
from .grid import Box, Page, first, ragged

GAP = 2  # blanks between the columns of a print layout
ROOM = {"margin": 4, "level1": 10, "level2": 12, "label": 16, "name": 26, "value": 16}
NUMERALS = "一二三四五六七八"


def blanks(page: Page) -> str:
    """One row a line, cells parted by one blank, merged cells simply missing on later rows."""
    return around(page, (" ".join(row) for row in ragged(page)), heading="")


def blanks_empty(page: Page) -> str:
    """The same with every blank cell kept, so that runs of blanks tell how many there are."""
    return around(page, (" ".join(row) for row in first(page)), heading="")


def columns_first(page: Page) -> str:
    """Columns of equal display width, a merged label on the first row of its block, blank lines between."""
    matrix = first(page)
    room = widths(matrix)
    lines: list[str] = []
    for row in matrix:
        lines += ["  " + (" " * GAP).join(map(pad, row, room)).rstrip(), ""]
    return around(page, lines, heading="")


class Canvas:
    """Lines of a print, filled by display column."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def put(self, line: int, column: int, text: str) -> None:
        """Print `text` at a place; what stands left of it is padded with blanks."""
        while len(self.lines) <= line:
            self.lines.append("")
        self.lines[line] = pad(self.lines[line], column) + text


def _wrapped(text: str, room: int) -> list[str]:
    pieces = [""]
    for char in text:
        if display(pieces[-1] + char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _rooms(page: Page) -> list[int]:
    """How wide each column is printed: narrow for labels, by its longest cell up to a limit otherwise."""
    rooms = [6] * page.columns
    for box in page.boxes:
        if box.width == 1:
            limit = ROOM.get(box.kind, 14)
            rooms[box.column] = max(rooms[box.column], min(limit, display(box.text)))
    return rooms


def printed(page: Page, lead: int = 1) -> list[str]:
    """The table as a print layout: long cells wrapped, every cell centred in the height of its rows.

    `lead` is how many print lines a row takes at least: with two, the label of an even block stands between rows.
    """
    rooms = _rooms(page)
    lefts = [sum(rooms[:column]) + GAP * column for column in range(page.columns)]
    pieces = {box: _wrapped(box.text, _span(box, rooms)) for box in page.boxes}
    tops = _tops(page, pieces, lead)
    canvas = Canvas()
    for box in sorted(page.boxes, key=lambda box: (box.column, box.row)):
        height = tops[box.row + box.height] - tops[box.row]
        start = tops[box.row] + (height - len(pieces[box])) // 2
        for number, piece in enumerate(pieces[box]):
            slack = (_span(box, rooms) - display(piece)) // 2 if box.kind in CENTRED else 0
            if piece:
                canvas.put(start + number, lefts[box.column] + max(slack, 0), piece)
    return canvas.lines


CENTRED = ("margin", "level1", "level2", "label", "head", "value")


def _span(box: Box, rooms: list[int]) -> int:
    covered = rooms[box.column : box.column + box.width]
    return sum(covered) + GAP * (len(covered) - 1)


def _tops(page: Page, pieces: dict[Box, list[str]], lead: int) -> list[int]:
    """The print line on which each row of the grid begins: rows are as high as their highest cell."""
    heights = [lead] * page.height
    for box in sorted(page.boxes, key=lambda box: box.height):
        rows = range(box.row, box.row + box.height)
        lack = len(pieces[box]) - sum(heights[row] for row in rows)
        if lack > 0:
            heights[rows[-1]] += lack
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _printed_page(page: Page, lines: list[str]) -> str:
    title = [" " * 24 + line for line in page.before]
    return "\n".join([*title, "", *(f" {line}".rstrip() for line in lines), "", *page.after, ""])


def layout(page: Page) -> str:
    """Columns by position, wrapped cells meshed; a label whose middle lies between two rows has its own line."""
    return _printed_page(page, [line for line in printed(page, 2) if line.strip()])


def layout_open(page: Page) -> str:
    """The same with the blank lines of the print."""
    return _printed_page(page, printed(page, 2))


def layout_rounded(page: Page) -> str:
    """The same where a label between two rows is put on the upper one: some blocks then have two readings."""
    return _printed_page(page, printed(page, 1))


def words(page: Page) -> str:
    """The print without blank lines and with all runs of blanks shrunk to one."""
    lines = (re.sub(" +", " ", line.strip()) for line in printed(page, 2))
    return around(page, filter(None, lines), heading="")


def lines_plain(page: Page) -> str:
    """One cell a line; nothing stands for blank and covered cells."""
    cells = [cell for row in ragged(page) for cell in row if cell]
    return "\n".join([*page.before, *cells, *page.after, ""])


def lines_spaced(page: Page) -> str:
    """One cell a line with a blank line between."""
    cells = [cell for row in ragged(page) for cell in row if cell]
    return "\n\n".join([*page.before, *cells, *page.after, ""])


def lines_empty(page: Page) -> str:
    """One cell a line, an empty line for each blank or covered cell."""
    cells = [cell for row in first(page) for cell in row]
    return "\n".join([*page.before, *cells, *page.after, ""])


def lines_centred(page: Page) -> str:
    """One cell a line, labels and values centred with blanks."""
    lines = []
    for box in sorted(page.boxes, key=lambda box: (box.row, box.column)):
        indent = 0 if box.kind in ("goal", "name") else (76 - display(box.text)) // 2
        if box.text:
            lines.append(" " * max(indent, 0) + box.text)
    return "\n".join([*(" " * 28 + line for line in page.before), *lines, *page.after, ""])


def lines_pipes(page: Page) -> str:
    """One cell a line, each ending in a pipe; a run of pipes ends a row."""
    lines = []
    for row in ragged(page):
        lines += [f"{cell} |" if cell else "|" for cell in row]
        lines.append("|" * (page.columns - len(row) + 2))
    return "\n".join([*page.before, *lines, *page.after, ""])


def lines_wrapped(page: Page) -> str:
    """One piece of a cell a line, as readers of print give it in the order of its making."""
    rooms = _rooms(page)
    boxes = sorted(page.boxes, key=lambda box: (box.row, box.column))
    pieces = [piece for box in boxes for piece in _wrapped(box.text, _span(box, rooms)) if piece]
    return "\n".join([*page.before, *pieces, *page.after, ""])


def fragments(page: Page) -> str:
    """Parts of rows: tall and wrapped cells on lines of their own, the other cells of a row on one line."""
    rooms = _rooms(page)
    lines = list(page.before)
    for row in range(page.height):
        run: list[str] = []
        for box in sorted(
            (box for box in page.boxes if box.row == row), key=lambda box: box.column
        ):
            pieces = [piece for piece in _wrapped(box.text, _span(box, rooms)) if piece]
            if box.height == 1 and len(pieces) < 2:
                run += pieces
                continue
            lines += [" ".join(run)] * bool(run) + pieces
            run = []
        lines += [" ".join(run)] * bool(run)
    return "\n".join([*lines, *page.after, ""])


def one_line(page: Page) -> str:
    """The whole form on one line, cells parted by one blank."""
    cells = [cell for row in ragged(page) for cell in row if cell]
    return " ".join([*page.before, *cells, *page.after]) + "\n"


def joined(page: Page) -> str:
    """One row a line, nothing between the cells of a row."""
    return around(page, ("".join(row) for row in ragged(page)), heading="")


def sliced(page: Page) -> str:
    """A grid table whose columns are a few characters wide."""
    matrix = first(page)
    rooms = [12 if index < page.columns - 2 else 16 for index in range(page.columns)]
    rooms[0] = 4
    rule = "+" + "+".join("-" * (room + 2) for room in rooms) + "+"
    lines = [rule]
    for row in matrix:
        pieces = [_wrapped(cell, room) for cell, room in zip(row, rooms, strict=True)]
        for number in range(max(map(len, pieces))):
            cells = [one[number] if number < len(one) else "" for one in pieces]
            lines.append("| " + " | ".join(map(pad, cells, rooms)) + " |")
        lines.append(rule)
    return around(page, lines, heading="")


def _header_lines(page: Page) -> list[str]:
    """The header block as `label：value` lines."""
    lines: list[str] = []
    for box in sorted(page.boxes, key=lambda box: (box.row, box.column)):
        if box.row >= page.head:
            break
        if box.kind == "label":
            lines.append(f"{box.text}：")
        elif lines:
            lines[-1] += box.text if lines[-1].endswith("：") else f"至{box.text}"
    return lines


def _blocks(page: Page) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """Level 1 with its level 2 blocks, each with its names and values, from the golden rows."""
    (form,) = page.golden
    return [
        (
            level1,
            [
                (level2, [(row.name, row.value) for row in inner])
                for level2, inner in groupby(outer, lambda row: row.level2)
            ],
        )
        for level1, outer in groupby(form.rows, lambda row: row.level1)
    ]


def tags(page: Page) -> str:
    """【产出指标-数量指标】 and then 指标1：name（value）."""
    lines = [*page.before, *_header_lines(page)]
    for level1, inner in _blocks(page):
        for level2, rows in inner:
            lines.append(f"【{level1}-{level2}】")
            lines += [
                f"指标{number}：{name}（{value}）"
                for number, (name, value) in enumerate(rows, start=1)
            ]
    return "\n".join([*lines, ""])


def prose(page: Page) -> str:
    """一、产出指标, then 数量指标：name value；name value。"""
    lines = [*page.before, *_header_lines(page)]
    for numeral, (level1, inner) in zip(NUMERALS, _blocks(page), strict=False):
        lines.append(f"{numeral}、{level1}")
        for level2, rows in inner:
            lines.append(
                f"{level2}：" + "；".join(f"{name} {value}" for name, value in rows) + "。"
            )
    return "\n".join([*lines, ""])


def indented(page: Page) -> str:
    """Levels told by leading blanks, each value on a line of its own."""
    lines = [*page.before, *_header_lines(page)]
    for level1, inner in _blocks(page):
        lines.append(f"   {level1}")
        for level2, rows in inner:
            lines.append(f"    {level2}")
            for name, value in rows:
                lines += [f"     {name}", value]
    return "\n".join([*lines, ""])


APART: dict[str, Callable[[Page], str]] = {
    "blanks": blanks,
    "blanks-empty": blanks_empty,
    "columns-first": columns_first,
    "layout": layout,
    "layout-open": layout_open,
    "words": words,
    "lines": lines_plain,
    "lines-spaced": lines_spaced,
    "lines-empty": lines_empty,
    "lines-centred": lines_centred,
    "lines-pipes": lines_pipes,
    "lines-wrapped": lines_wrapped,
    "fragments": fragments,
    "one-line": one_line,
    "joined": joined,
    "sliced": sliced,
    "tags": tags,
    "prose": prose,
    "indented": indented,
}
