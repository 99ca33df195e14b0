"""HTML, whole pages and single tables, with the exact places of the text in the file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import field
from itertools import groupby

from .. import deferred
from ..deferred import dataclass
from ..source import LINE_END, Source, Span
from .cells import Cell, Row, seen, shown
from .grid import Grid
from .lines import Lines
from .markup import ATTRIBUTES, BLOCKS, NAMED, TAG, decoded, glued, tag
from .plain import NAME as LINE

NAME = "html"

# Elements whose content nobody reads on the page.
HIDDEN = ("script", "style", "title", "xml")
HIDDEN_END = {name: deferred.re(rf"</{name}\s*+>", re.IGNORECASE) for name in HIDDEN}
HIDDEN_END["<!--"] = deferred.re("-->")
# Tags that a line of a page begins or ends with; <br> ends lines of any text.
SHAPING = BLOCKS.union(HIDDEN, ("meta", "link", "font")) - {"br"}
TABLE_TAG = deferred.re(r"</?(?:table|thead|tbody|tfoot|tr|td|th)\b", re.IGNORECASE)
OPENING = deferred.re(
    r"\s*+<(?:!--|!doctype\b|\?xml\b|/?([A-Za-z][A-Za-z0-9]*+)[\s/>])", re.IGNORECASE
)
CLOSING = deferred.re(r"</([A-Za-z][A-Za-z0-9]*+)\s*+>\s*+\Z")
REACH = deferred.re(r"""\b(row|col)span\s*+=\s*+["']?\s*+([0-9]{1,6})""", re.IGNORECASE)
MARK = deferred.re(r"<(?:!--|[!?]|/?[A-Za-z])")
DECLARATION = deferred.re(r"<[!?][^<>]*+>")
BLANKS = (
    "&nbsp;", "&nbsp", "&ensp;", "&emsp;", "&thinsp;", "&#160;", "&#xa0;", "&#xA0;", "&#12288;", "&#x3000;",
)  # fmt: skip
BLANK_ENDS = frozenset(blank[-1] for blank in BLANKS)
BLANK = rf"(?:\s|{'|'.join(BLANKS)})"
LEADING = deferred.re(rf"{BLANK}*+")
RUN = deferred.re(r"[ \t]{2,}")

# What may stand between cells and lines: tags, comments, elements that are not shown, blanks.
DELIMITERS = deferred.re(
    rf"""(?:{BLANK}
    | <!--.*?-->
    | <(?P<hidden>{"|".join(HIDDEN)})\b[^>]*+>.*?</(?P=hidden)\s*+>
    | <[!?][^<>]*+>
    | (?-i:</?{NAMED}{ATTRIBUTES}>)
    )+""".replace("#", r"\#"),
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def claims(lines: Lines) -> bool:
    """Whether the next line begins or ends with a tag of a page, or holds a tag of a table."""
    line = lines.peek()
    return line is not None and _claimed(line.text)


def _claimed(text: str) -> bool:
    if "<" not in text:
        return False
    if TABLE_TAG.search(text):
        return True
    if match := OPENING.match(text):
        return match[1] is None or match[1].lower() in SHAPING
    return (
        "\t" not in text
        and (match := CLOSING.search(text)) is not None
        and match[1].lower() in SHAPING
    )


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """Rows of the tables and lines of the text around them, to the end of the page or piece of page."""
    page = _Page(lines.source, lines.at, table)
    while not page.over:
        page.step()
        while page.rows:
            yield page.rows.popleft()
    lines.seek(page.at)


NOWHERE = (-1, -1)  # the place of the end of a line


@dataclass(slots=True)
class _Text:
    """Text between tags as it is gathered: its parts, and where its first and last visible characters stand."""

    place: int
    parts: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(
        default_factory=list
    )  # of its parts; none of an end of a line
    start: int = -1
    end: int = -1

    def add(self, source: Source, start: int, end: int) -> None:
        """The text from `start` to `end`."""
        text = source.text
        self.parts.append(text[start:end])
        self.places.append((start, end))
        first = LEADING.match(text, start, end)
        visible = first.end() if first else start
        if visible == end:
            return
        if self.start < 0:
            self.start = visible
        self.end = _visible_end(text, visible, end)

    def end_line(self) -> None:
        """What follows stands on another line."""
        self.parts.append("\n")
        self.places.append(NOWHERE)

    def lines(self, source: Source) -> Iterator[Cell]:
        """Each of its lines as a cell."""
        for apart, places in groupby(self.places, NOWHERE.__eq__):
            line = _Text(self.place)
            for place in () if apart else places:
                line.add(source, *place)
            if line.start >= 0:
                yield line.cell(source)

    def cell(self, source: Source, width: int = 1) -> Cell:
        """What was gathered as a cell; without visible text it is empty and stands at its place."""
        if self.start < 0:
            return Cell(Span(source, self.place, self.place), "", width=width)
        text = decoded(RUN.sub(" ", "".join(self.parts)))
        text = glued(LINE_END.split(text)) if LINE_END.search(text) else text.strip()
        return Cell(Span(source, self.start, self.end), shown(text, -1), width=width)


def _visible_end(text: str, start: int, end: int) -> int:
    """The end of the text without the blanks behind it, however they are written."""
    while end > start:
        if text[end - 1].isspace():
            end -= 1
        elif text[end - 1] in BLANK_ENDS and text.endswith(BLANKS, start, end):
            end = text.rindex("&", start, end)
        else:
            break
    return end


@dataclass(slots=True)
class _Table:
    number: int
    grid: Grid = field(default_factory=Grid)
    fresh: list[tuple[Cell, int]] = field(default_factory=list)
    cell: _Text | None = None
    width: int = 1
    down: int = 1
    begun: bool = False  # whether a row is open


class _Page:
    """Reads one piece of text as HTML, one mark after another."""

    def __init__(self, source: Source, start: int, table: int) -> None:
        self.source, self.text = source, source.text
        self.at = start
        self.over = False
        self.rows: deque[Row] = deque()
        self._number = table - 1
        self._lined = False  # whether the last row was a line
        self._whole = False  # whether this is a page, which ends with </html>
        self._tables: list[_Table] = []
        self._loose: _Text | None = None
        self._ahead: re.Match[str] | None = None  # the next tag of a table
        self._endless: set[str] = set()  # hidden elements and comments that do not end any more

    def step(self) -> None:
        """Read the text up to the next mark, and the mark."""
        mark = MARK.search(self.text, self.at)
        stop = mark.start() if mark else len(self.text)
        left = None if self._inside() else self._leaves(stop)
        self._gather(self.at, stop if left is None else left)
        if left is not None or not mark:
            self.at = stop if left is None else left
            self._finish()
        else:
            self.at = self._marked(stop)

    def _inside(self) -> bool:
        if self._whole:
            return True
        if not self._tables:
            return False
        if self._ahead is None or self._ahead.start() < self.at:
            self._ahead = None if "table" in self._endless else TABLE_TAG.search(self.text, self.at)
        if self._ahead is None:
            self._endless.add("table")
            return False
        return self._tables[-1].cell is not None or self._ahead[0].lower() != "<table"

    def _leaves(self, stop: int) -> int | None:
        """The line end before `stop` behind which no HTML follows."""
        for end in LINE_END.finditer(self.text, self.at, stop):
            after = LINE_END.search(self.text, end.end())
            if not _claimed(self.text[end.end() : after.start() if after else len(self.text)]):
                return end.start()
        return None

    def _marked(self, start: int) -> int:
        """Read the mark at `start`; what only looks like one is text. Gives the offset behind it."""
        end: int | None = None
        if (match := TAG.match(self.text, start)) and (name := tag(match)):
            end = self._tagged(match, name)
        elif self.text.startswith("<!--", start):
            end = self._hidden_end("<!--", start)
        elif declared := DECLARATION.match(self.text, start):
            self._whole = self._whole or declared[0].lower().startswith("<!doctype")
            end = declared.end()
        if end is None:
            self._gather(start, start + 1)
        return start + 1 if end is None else end

    def _hidden_end(self, name: str, start: int) -> int | None:
        if name in self._endless:
            return None
        if end := HIDDEN_END[name].search(self.text, start):
            return end.end()
        self._endless.add(name)
        return None

    def _tagged(self, match: re.Match[str], name: str) -> int:
        close = bool(match["close"])
        if not close and name in HIDDEN_END and (end := self._hidden_end(name, match.end())):
            return end
        if act := ACTS.get("/" + name if close else name):
            act(self, match)
        elif name in BLOCKS:
            self._break()
        return match.end()

    def _gather(self, start: int, end: int) -> None:
        if start >= end:
            return
        cell = self._tables[-1].cell if self._tables else None
        if cell is None:
            self._loose = cell = self._loose or _Text(start)
        cell.add(self.source, start, end)

    def _break(self) -> None:
        text = self._tables[-1].cell if self._tables else None
        if text is None and self._in_row:
            text = self._loose
        if text:
            text.end_line()
        else:
            self._flush()

    @property
    def _in_row(self) -> bool:
        return bool(self._tables) and self._tables[-1].begun

    def _flush(self) -> None:
        """End the text outside cells: a line, or inside a row a cell that has lost its tag."""
        loose, self._loose = self._loose, None
        if not loose or loose.start < 0:
            return
        if self._in_row:
            self._tables[-1].fresh.append((loose.cell(self.source), 1))
            return
        self._number += not self._lined
        self._lined = True
        self.rows.append(Row((loose.cell(self.source),), LINE, self._number))

    def _finish(self) -> None:
        while self._tables:
            self._end_table()
        self._flush()
        self.over = True

    def _end_cell(self) -> None:
        self._flush()
        if self._tables and (cell := (table := self._tables[-1]).cell):
            table.fresh.append((cell.cell(self.source, table.width), table.down))
            table.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if not self._tables or not (table := self._tables[-1]).begun:
            return
        cells = table.grid.place(table.fresh)
        if seen(cell for cell, _ in table.fresh):
            if table.number < self._number:  # other text stood in between
                table.number = self._numbered()
            self.rows.append(Row(cells, NAME, table.number))
        table.fresh, table.begun = [], False

    def _end_table(self) -> None:
        self._end_row()
        if self._tables:
            self._tables.pop()

    def _numbered(self) -> int:
        self._number += 1
        self._lined = False
        return self._number

    def _open_page(self, _: re.Match[str]) -> None:
        self._break()
        self._whole = True

    def _close_page(self, _: re.Match[str]) -> None:
        while self._tables:
            self._end_table()
        self._flush()
        self._whole = False

    def _open_table(self, _: re.Match[str]) -> None:
        self._end_frame()
        self._end_row()
        self._tables.append(_Table(self._numbered()))

    def _end_frame(self) -> None:
        """End the text above a table in the only cell of a row, which does nothing but frame both: lines."""
        table = self._tables[-1] if self._tables else None
        if table is None or table.cell is None or table.fresh:
            return
        self._flush()
        rows = [Row((line,), LINE, self._number + 1) for line in table.cell.lines(self.source)]
        self._number += bool(rows)
        self.rows += rows
        table.cell = None

    def _close_table(self, _: re.Match[str]) -> None:
        self._end_table()

    def _open_row(self, match: re.Match[str]) -> None:
        if self._tables:
            self._end_row()
        else:
            self._open_table(match)
        self._tables[-1].begun = True

    def _close_row(self, _: re.Match[str]) -> None:
        self._end_row()

    def _open_cell(self, match: re.Match[str]) -> None:
        if not self._tables:
            self._open_table(match)
        self._end_cell()
        table = self._tables[-1]
        table.begun, table.cell = True, _Text(match.end())
        table.width, table.down = 1, 1
        if attributes := match["attributes"]:
            reach = {side.lower(): int(count) for side, count in REACH.findall(attributes)}
            table.width, table.down = reach.get("col", 1), reach.get("row", 1)

    def _close_cell(self, _: re.Match[str]) -> None:
        self._end_cell()


ACTS: dict[str, Callable[[_Page, re.Match[str]], None]] = {
    "html": _Page._open_page,
    "body": _Page._open_page,
    "/html": _Page._close_page,
    "table": _Page._open_table,
    "/table": _Page._close_table,
    "tr": _Page._open_row,
    **dict.fromkeys(
        ("/tr", "thead", "/thead", "tbody", "/tbody", "tfoot", "/tfoot", "caption"),
        _Page._close_row,
    ),
    **dict.fromkeys(("td", "th"), _Page._open_cell),
    **dict.fromkeys(("/td", "/th", "/caption"), _Page._close_cell),
}
