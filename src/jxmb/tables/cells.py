"""The cells and rows that all dialects give, and how a cell is made from its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from .. import deferred
from ..deferred import dataclass
from ..source import Span
from .markup import BREAK, glued, readable

# What table programs write where a cell is empty: pandas for values and for the heads of unnamed columns.
NOTHING = frozenset({"nan", "NaN", "None", "NaT", "<NA>"})
HEADLESS = ("Unnamed", "Col")
GRID = "grid"  # in place of a dialect: rows that were told from the places of words on a page
NAMELESS = frozenset(word[0] for word in (*NOTHING, *HEADLESS))
LINE_BREAK = deferred.re(r"<br\s*+/?>|</(?:p|li)>|[\r\n\v]")
UNNAMED = deferred.re(r"Unnamed: \d{1,4}(?:_level_\d)?|Col(\d{1,4})")


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """A cell of a row.

    `span` is its exact place, `text` what a person reads there (entities decoded, tags removed, pieces
    joined). `rest` holds the further pieces of a cell that is wrapped over lines. `column` is the logical
    column it begins in, from 0, `width` how many columns it covers. `carried` marks the later rows of a cell
    that the table itself says reaches down over them (rowspan, box frame).
    """

    span: Span
    text: str
    column: int = 0
    width: int = 1
    rest: tuple[Span, ...] = ()
    carried: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """All pieces of the file that the text came from."""
        return (self.span, *self.rest)


@dataclass(slots=True, unsafe_hash=True)
class Row:
    """One row: its cells in order, the dialect that read it, and the number of its table in the text.

    `filled` are the cells in which something stands, `heads` what they name as heads of columns, once that was asked.
    """

    cells: tuple[Cell, ...]
    dialect: str
    table: int = 0
    filled: tuple[Cell, ...] = field(init=False, compare=False, repr=False)
    heads: frozenset[str] | None = field(default=None, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.filled = tuple([cell for cell in self.cells if cell.text])

    @property
    def width(self) -> int:
        """How many columns its cells reach over."""
        return max([cell.column + cell.width for cell in self.cells], default=0)


def cell(place: Span, column: int = 0, width: int = 1) -> Cell:
    """The cell that stands at `place`, without the blanks around it."""
    span = place.strip()
    return Cell(span, shown(_read(span), column), column, width)


def seen(cells: Iterable[Cell]) -> bool:
    """Whether anything visible stands in cells that begin in this row; rows without it are left out."""
    return any(
        not cell.carried and (cell.text or cell.span.start < cell.span.end) for cell in cells
    )


def pieced(places: Sequence[Span], column: int = 0, width: int = 1) -> Cell:
    """The cell whose text is wrapped over `places` (at least one)."""
    if len(places) == 1:
        return cell(places[0], column, width)
    pieces = [piece for place in places if (piece := place.strip()).start < piece.end]
    if not pieces:
        return Cell(places[0].strip(), "", column, width)
    text = glued(map(_read, pieces))
    return Cell(pieces[0], shown(text, column), column, width, tuple(pieces[1:]))


def pieces(place: Span, breaks: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """What stands at a place between these stretches of it, without the blanks around it and without empty ones."""
    start, size = 0, place.end - place.start
    for end, behind in (*breaks, (size, size)):
        span = place.sub(start, end).strip()
        if span.start < span.end:
            yield span
        start = behind


def carried(whole: Cell) -> Cell:
    """A cell as it stands in the later rows that it reaches down over."""
    return Cell(whole.span, whole.text, whole.column, whole.width, whole.rest, True)


def part(whole: Cell, start: int, end: int) -> Cell:
    """A stretch of a cell's text as a cell; at the place of the whole where the text is written otherwise."""
    exact = not whole.rest and whole.span.text == whole.text
    span = whole.span.sub(start, end) if exact else whole.span
    return replace(
        whole, span=span, text=whole.text[start:end], carried=whole.carried and not exact
    )


def lines(whole: Cell) -> list[Cell]:
    """The lines of a cell, each as a cell of its own."""
    found: list[Cell] = []
    for place in whole.spans:
        ends = (BREAK if place.source.document else LINE_BREAK).finditer(place.text)
        spans = pieces(place, (match.span() for match in ends))
        told = ((span, _read(span)) for span in spans)
        found += [
            Cell(span, text, whole.column, whole.width, (), whole.carried)
            for span, text in told
            if text
        ]
    return found


def _read(place: Span) -> str:
    """What a person reads at a place: what documents show is text, and no markup."""
    if place.source.document:
        return glued(BREAK.split(place.text))
    return readable(place.text)


def shown(text: str, column: int) -> str:
    """`text`, or nothing where it is only a program's word for an empty cell."""
    if text[:1] not in NAMELESS:
        return text
    if text in NOTHING:
        return ""
    if not text.startswith(HEADLESS) or not (unnamed := UNNAMED.fullmatch(text)):
        return text
    counted = unnamed[1]
    return text if counted and int(counted) != column + 1 else ""


def extended(first: Cell, more: Cell) -> Cell:
    """`first` with the text of `more` as its further piece."""
    return replace(first, text=glued((first.text, more.text)), rest=(*first.rest, *more.spans))
