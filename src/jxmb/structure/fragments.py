"""Lines to pieces: the smallest stretches of text that blanks, tabs and line ends set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from enum import IntEnum, auto
from functools import lru_cache
from itertools import pairwise

from .. import deferred, labels, values
from ..deferred import dataclass
from ..forms.lines import alone, is_page_mark
from ..labels import Label, money
from ..source import Span
from ..source.widths import columns
from ..tables import NOTHING, Cell, Row
from ..values import seams

BLANK = deferred.regex(r"(?:[ \u00a0\u3000\t|]|\\n)+")
APART = "apart"  # in place of a dialect: rows made of words
RULE = deferred.regex(r"^(?:[-=+:_|]{4,}|\\)$")  # the rules that text tables draw
FIGURE = deferred.re(r"^[ \t]*(\d{1,3})[ \t\r]*$", re.MULTILINE)  # alone on its line
BLANKS = " \u00a0\t|"  # that stand in a text of one piece


@dataclass(frozen=True, slots=True)
class Limits:
    """How many pieces a form has, how far apart the two of one word are, and what is a page number; in code points."""

    pieces: int = 20_000  # of a form: more is no form
    between: int = 16  # pieces between the beginning of a word and its rest
    below: int = 2  # lines of the page from the one to the other
    slide: int = 2  # display columns from the end of the beginning to the rest
    echo: int = 4  # of a text printed twice that is an echo
    misread: int = 6  # of what a label was read as, at most
    line: int = 600  # of a piece whose characters are looked for
    pages: int = 3  # that figures number, at least, and half of all


LIMITS = Limits()


class Gap(IntEnum):
    """What parts a piece from the one before it, from nothing to an empty line."""

    NONE = 0
    NARROW = auto()
    WIDE = auto()
    TAB = auto()
    LINE = auto()
    EMPTY = auto()


@dataclass(slots=True)
class Fragment:
    """A stretch of text with the gap before it, how many lines of the form stand above it, and its place in the line.

    One that was put together from several (`torn`), a label (`meanings`) or text, has the middle of its lines as its
    `height`.
    """

    cell: Cell
    gap: Gap
    line: int
    start: int = 0  # display columns from the beginning of its line
    end: int = 0
    block: int = 0  # how many empty lines stand above it
    meanings: tuple[Label, ...] = ()
    torn: bool = False
    height: float = 0.0
    text: str = field(init=False, compare=False, repr=False)
    _folded: str = field(default="", init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.text = self.cell.text

    @property
    def folded(self) -> str:
        """The text for comparing; few fragments are asked for it."""
        if not self._folded:
            self._folded = values.fold(self.text)
        return self._folded

    def name(self, *groups: str) -> str | None:
        """The canonical name of the label in one of these groups."""
        for one in self.meanings:
            if one.group in groups:
                return one.name
        return None


def part(piece: Fragment, start: int, end: int, gap: Gap | None = None) -> Fragment:
    """The part of a piece from one character of its text to another, with what parts it from the one before."""
    if gap is None:
        gap = piece.gap if start == 0 else Gap.NONE
    cell = piece.cell
    places = in_place(cell)
    if not places:
        return replace(piece, cell=replace(cell, text=cell.text[start:end]), gap=gap)
    span = cell.span.sub(places[start], places[end - 1] + 1)
    measure = len if piece.end - piece.start == len(cell.span.text) else columns
    begin, close = (
        piece.start + measure(cell.span.text[:at]) for at in (places[start], places[end - 1] + 1)
    )
    made = Cell(span, cell.text[start:end], cell.column + places[start])
    return replace(piece, cell=made, gap=gap, start=begin, end=close)


def in_place(cell: Cell) -> Sequence[int]:
    """Where each character of the text of a cell stands in its span, but for blanks; empty where it does not."""
    shown = cell.span.text
    if not cell.rest and shown == cell.text:
        return range(len(shown))
    if cell.rest or len(shown) > LIMITS.line:
        return ()
    places = [at for at, letter in enumerate(shown) if letter not in BLANKS]
    return places if len(places) == len(cell.text) else ()


def pieces(rows: Iterable[Row]) -> list[Fragment]:
    """The pieces of all rows in the order of the text."""
    return joined(next(placed(rows)))


def joined(found: Sequence[Fragment]) -> list[Fragment]:
    """The pieces, put together where no more than a blank or a line end within a value parts them."""
    return broken_joined(numbers_joined(found))


def placed(rows: Iterable[Row]) -> Iterator[list[Fragment]]:
    """What blanks, tabs and line ends set apart, each with its place in the line, as the two kinds of tools count.

    Some count a Chinese character as two columns and some as one: the pieces stand one above the other in the right
    count, which comes first; the next one changes the places.
    """
    found: list[Fragment] = []
    line, block = -1, 0
    end: Span | None = None
    for row in rows:
        for cell in row.cells:
            if not cell.text or cell.text in NOTHING:
                continue
            for piece in _split(cell):
                if RULE.match(piece.text):
                    continue
                gap = _gap(end, piece.span)
                line += gap >= Gap.LINE or end is None
                block += gap is Gap.EMPTY
                found.append(Fragment(piece, gap, line, block=block))
                end = piece.spans[-1]
    beside = any(piece.gap < Gap.LINE for piece in found)
    counts = [_places(found, measure) for measure in ((columns, len) if beside else (columns,))]
    for places in sorted(counts, key=_columns_agree, reverse=True):
        for one, (start, stop) in zip(found, places, strict=True):
            one.start, one.end = start, stop
        yield found


def _places(found: Sequence[Fragment], measure: Callable[[str], int]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    offset = at = 0
    for piece in found:
        span = piece.cell.span
        text = span.source.text
        if piece.gap >= Gap.LINE:
            # The line begins behind the last piece: only there is a line end looked for.
            breaks = (text.rfind(end, offset, span.start) + 1 for end in "\n\r")
            offset = max(offset if not places else 0, *breaks)
            at = 0
        at += measure(text[offset : span.start])
        start, at = at, at + measure(span.text)
        offset = max(offset, span.end)
        places.append((start, at))
    return places


def _columns_agree(places: Sequence[tuple[int, int]]) -> int:
    """How often pieces begin, end or have their middle at the same place."""
    return max(
        sum(number * number for number in Counter(edge).values())
        for edge in (
            [start for start, _ in places if start],
            [end for start, end in places if start],
            [(start + end) // 2 for start, end in places if start],
        )
    )


def _split(cell: Cell) -> Iterator[Cell]:
    """The words of a cell between blanks, each at its place."""
    if cell.rest:
        yield cell
        return
    text = cell.text.rstrip("\\")
    shown = cell.span.text
    exact = shown == cell.text
    start = at = 0
    for blank in (*BLANK.finditer(text), None):
        end = blank.start() if blank else len(text)
        if end > start and text[start:end] not in NOTHING:
            # Where the text is not what stands in the file, a word is looked for behind the last one.
            place = start if exact else shown.find(text[start:end], at)
            if place >= 0:
                at = place + end - start
                yield _piece(cell, place, at)
            else:
                yield replace(cell, text=text[start:end])
        start = blank.end() if blank else end


def _piece(cell: Cell, start: int, end: int) -> Cell:
    span = cell.span.sub(start, end)
    return Cell(span, span.text, cell.column + start)


def _gap(end: Span | None, start: Span) -> Gap:
    if end is None:
        return Gap.LINE
    between = end.source.text[end.end : start.start]
    breaks = between.count("\n") + between.count("\r") - between.count("\r\n")
    if breaks:
        return Gap.LINE if breaks == 1 else Gap.EMPTY
    if "\t" in between or "|" in between:
        return Gap.TAB
    return Gap.WIDE if len(between) > 1 or "\u3000" in between else Gap(len(between))


def numbers_joined(found: Sequence[Fragment], widest: Gap = Gap.LINE) -> list[Fragment]:
    """Put together what only the blank between digits and words (`≥ 80 台`, `2019 年 1 月`) has parted.

    What a wider gap parts is left apart: where columns keep their places that between two of them.
    """
    kept: list[Fragment] = []
    for one in found:
        piece = one
        # What is joined may go on with a date before it: `2019 年` and `1 月`.
        while kept and piece.gap <= widest and _parted(kept[-1], piece):
            last = kept.pop()
            piece = replace(
                last, cell=together([last.cell, piece.cell]), end=max(last.end, piece.end)
            )
        kept.append(piece)
    return kept


def broken_joined(found: Sequence[Fragment]) -> list[Fragment]:
    """Put together figures whose cell was too narrow: each part stands below the end of the one before."""
    kept: list[Fragment] = []
    for piece in found:
        above = _above(kept, piece) if seams.ends_figure(piece.text) else None
        if above is None:
            kept.append(piece)
            continue
        upper = kept[above]
        kept[above] = replace(upper, cell=together([upper.cell, piece.cell]), end=piece.end)
    return kept


def _above(kept: Sequence[Fragment], piece: Fragment) -> int | None:
    """The number of the piece that a figure goes on with this one below it; None where there is none."""
    for at in range(len(kept) - 1, max(-1, len(kept) - 1 - LIMITS.between), -1):
        upper = kept[at]
        if upper.line < piece.line - LIMITS.below:
            return None
        near = abs(upper.end - piece.start) <= LIMITS.slide and upper.line < piece.line
        if near and seams.one_figure(upper.text, piece.text):
            return at
    return None


def _parted(last: Fragment, piece: Fragment) -> bool:
    """Whether only a blank or a line end within a value parts two pieces."""
    left, right = last.text, piece.text
    if piece.gap is not Gap.NARROW:
        return piece.gap <= Gap.LINE and seams.wants(left, right)
    if seams.in_brackets(left, right):
        return True
    if labels.find(right) or labels.find(left) or money.find(right):
        return False
    return seams.blank_within(left, right)


def together(cells: Sequence[Cell]) -> Cell:
    """Cells put together to one: with a blank only where digits or Latin words would touch."""
    first = cells[0]
    if len(cells) == 1:
        return first
    if _adjoining(cells):
        span = Span(first.span.source, first.span.start, cells[-1].span.end)
        return Cell(span, span.text, first.column)
    text = first.text
    for cell in cells[1:]:
        touch = (
            text[-1:].isascii()
            and text[-1:].isalnum()
            and cell.text[:1].isascii()
            and cell.text[:1].isalnum()
        )
        text += (" " if touch else "") + cell.text
    rest = tuple(span for cell in cells for span in cell.spans)[1:]
    return Cell(first.span, text, first.column, rest=rest)


def _adjoining(cells: Sequence[Cell]) -> bool:
    """Whether the cells stand on one line with nothing but single blanks between."""
    if any(cell.rest for cell in cells):
        return False
    return all(
        one.span.end <= two.span.start <= one.span.end + 1
        and one.span.source.text[one.span.end : two.span.start] in ("", " ")
        for one, two in pairwise(cells)
    )


def without_page_marks(rows: Sequence[Row]) -> tuple[list[Row], list[Cell]]:
    """The rows without page numbers, and these."""
    kept: list[Row] = []
    marks: list[Cell] = []
    for row in rows:
        cell = alone(row)
        if cell is not None and _is_page_mark(cell):
            marks.append(cell)
        else:
            kept.append(row)
    return kept, marks


def lines(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, those whose commas were taken for the ends of cells as lines again: they are no table."""
    for row in rows:
        cells = [cell for cell in row.cells if cell.text]
        if row.dialect != "csv" or len(cells) < 2 or any(cell.rest for cell in cells):
            yield row
            continue
        span = Span(cells[0].span.source, cells[0].span.start, cells[-1].span.end)
        yield Row((Cell(span, span.text, cells[0].column),), "line")


def _is_page_mark(cell: Cell) -> bool:
    """Whether what stands alone on a line belongs to the paper."""
    if is_page_mark(cell.text):
        return True
    return cell.text.isdigit() and cell.span.start in _page_numbers(cell.span.source.text)


@lru_cache(maxsize=1)
def _page_numbers(text: str) -> frozenset[int]:
    """The offsets of the figures that number the pages of a text, wherever on its page each was printed."""
    # By the number that the first page would have: of each page the last such figure.
    found: dict[int, dict[int, int]] = {}
    at = 0
    for number, page in enumerate(text.split("\f")):
        for match in FIGURE.finditer(page):
            found.setdefault(int(match[1]) - number, {})[number] = at + match.start(1)
        at += len(page) + 1
    numbers = max(found.values(), key=len, default={})
    pages = max(LIMITS.pages, (number + 1) / 2)
    return frozenset(numbers.values()) if len(numbers) >= pages else frozenset()
