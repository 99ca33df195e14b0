"""Titles that are printed over two or three lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import deferred, labels
from ..source import Span
from ..tables import Cell, Row
from ..values import fold, seams
from . import LIMITS
from .lines import BUDGET, MARKS, alone, is_page_mark, is_title, year_of

ENDS = "。；;：:，,"
# A title that is whole by itself: nothing above it belongs to it.
WHOLE = deferred.re(
    r"^[(（\d.、年度)）]*(?:[市省区县州]?(?:本?级|直)?(?:财政|部门|单位|预算|项目|专项|政策|整体|支出|重点|一般性|资金|绩效|业务|区域|[和及与])){1,}(?:自评|目标|表|申报)"
)
NUMBERED = deferred.re(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.]|第.{1,3}部分)")
# The number of the page that a tool prints before its first line.
PAGE = deferred.re(r"[\[【(（]第\s?\d{1,4}\s?页[\]】)）]\s*")


def without_page(cell: Cell) -> tuple[Cell, list[Span]]:
    """A title without the number of its page before it, and this."""
    page = PAGE.match(cell.text) if cell.text[1:2] == "第" else None
    if page is None or cell.rest or cell.span.text != cell.text:
        return cell, []
    span = cell.span.sub(page.end(), len(cell.text))
    return replace(cell, span=span, text=span.text), [cell.span.sub(0, page.end()).strip()]


def wrapped(above: Sequence[Row], row: Row) -> tuple[Cell, int] | None:
    """The title that ends on this line and began on rows above it (nearest first), and how many of them it takes.

    None where the row ends no such title.
    """
    if not any(map(_has_mark, (row, *above))):
        return None
    last = alone(row)
    if last is None or last.rest:
        return None
    pieces = [last]
    text = last.text
    if is_title(text) and is_whole(text):
        return None
    while len(pieces) <= min(LIMITS.above, len(above)):
        cell = _goes_on(above[len(pieces) - 1], pieces[0], text)
        if cell is None:
            break
        text = cell.text + text
        pieces.insert(0, cell)
    while len(pieces) > 1 and not is_title("".join(piece.text for piece in pieces)):
        del pieces[0]
    if len(pieces) == 1:
        return None
    first, *rest = pieces
    text = "".join(piece.text for piece in pieces)
    return Cell(first.span, text, first.column, rest=tuple(piece.span for piece in rest)), len(rest)


def _has_mark(row: Row) -> bool:
    """Whether the character without which nothing is a title stands at the beginning of a row."""
    return bool(row.filled) and "表" in row.filled[0].text


def is_whole(text: str) -> bool:
    """Whether nothing is missing before a title."""
    return bool(WHOLE.match(fold(text).strip(MARKS))) and seams.depth(text) >= 0


def _goes_on(row: Row, below: Cell, text: str) -> Cell | None:
    """The cell of a row that goes on in the line right below it, where both make a title."""
    cell = alone(row)
    if cell is None or row.dialect != "line" or cell.rest:
        return None
    if below.span.line - cell.span.line != 1:
        return None
    word = cell.text.strip()
    if not word or word[-1] in ENDS or is_title(word) or is_page_mark(word) or word.isdigit():
        return None
    if NUMBERED.match(word) or year_of(word) or labels.find(word):
        return None
    cut = seams.depth(text) < 0 or not is_title(text)
    goes_on = len(word) >= LIMITS.long and not BUDGET.search(word)  # the head of each page does not
    return cell if cut or goes_on else None
