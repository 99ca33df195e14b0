"""Cells between bars: Markdown tables with and without dashes, and rows joined with `` | ``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from .. import deferred
from ..deferred import dataclass
from ..source import Span
from . import LIMITS
from .cells import NOTHING, Cell, Row, extended, pieced, seen
from .delimited import parted
from .lines import Lines
from .markup import glued, unescaped
from .plain import BARS
from .wrapped import label_lines

NAME = "pipes"
BAR = deferred.re(rf"(?<!\\)[{BARS}]")
BROKEN = r"\n"  # a line break as spreadsheet readers print it
ODD = frozenset(f"{BARS}\\") - {"|"}
DASHES = deferred.re(rf"(?=[^-]*+:?+-(?:(?<=:-)|-))[{BARS}+:\-\s]++\Z")
BRACKETED = deferred.re(rf"\s*+[（(][^（）(){BARS}]{{1,12}}+[）)]\s*+[{BARS}]")
BULLET = deferred.re(r"\s*+[-*•·][ \t\u3000]")  # a row as an entry of a list
ALONE = deferred.re(rf"\s*+[（(][^（）(){BARS}]{{1,12}}+[）)]\s*+\Z")

# Bars, blanks, and rows of dashes.
DELIMITERS = deferred.re(rf"[{BARS}\s+:\-\\]+")


def claims(lines: Lines) -> bool:
    """Whether a bar stands before or between the cells of the next line, or of an entry below it in a list."""
    for ahead in range(LIMITS.ahead):
        line = lines.peek(ahead)
        if line is None or (ahead and not BULLET.match(line.text)):
            return False
        if _barred(line.text):
            return True
        if not BULLET.match(line.text):
            return False
    return False


def _barred(text: str) -> bool:
    text = text.strip()
    inner = text.strip(BARS + " \t\u3000")
    if not inner:
        return False
    bars = BAR.findall(text)
    if text[0] in BARS:
        return True
    return BAR.search(inner) is not None and text.count("\t") < len(bars)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the first lines of a table tell about all of its rows."""

    bars: int  # in a row with all its cells; 0 where rows differ
    left: bool  # rows begin with a bar
    right: bool  # rows end with a bar
    listed: bool  # each row is an entry of a list
    spelt: (
        bool  # empty cells are spelt out, so a row of truly empty ones goes on with the row above
    )

    @staticmethod
    def of(lines: Lines) -> _Shape:
        """The shape of the table that begins with the next line."""
        texts = list(_window(lines))
        bars = [len(BAR.findall(text)) for text in texts]
        listed = all(map(BULLET.match, texts))  # so no row is broken, whatever its cells
        fewer = any(
            DASHES.match(text) and here < max(bars) for text, here in zip(texts, bars, strict=True)
        )
        sizes = () if listed or fewer else sorted(set(bars), reverse=True)[:2]
        most = next((most for most in sizes if _rectangular(bars, most)), 0)
        rows = [
            text for text, here in zip(texts, bars, strict=True) if (here == most if most else here)
        ]
        return _Shape(
            most,
            _outer([text.rstrip() for text in rows], 0, bool(most)),
            _outer([text.strip() for text in rows], -1, bool(most)),
            listed,
            any(part.strip() in NOTHING for text in texts for part in BAR.split(text)),
        )


def _rectangular(bars: Sequence[int], most: int) -> bool:
    """Whether rows of `most` bars make up nearly all lines, and most of them are not broken."""
    whole = joined = odd = total = 0
    for here in bars:
        total += here
        if here >= most or total >= most:
            whole += here == most
            joined += here < most and total == most
            odd += here > most or total > most > here
            total = 0
    rows = whole + joined
    return (
        most > 0
        and rows > 1
        and rows >= LIMITS.full * (rows + odd)
        and whole >= LIMITS.whole * rows
    )


def _outer(texts: Sequence[str], side: int, full: bool) -> bool:
    """Whether rows stand between outer bars on this side, and not a row with an empty cell there."""
    barred = sum(text[side] in BARS for text in texts)
    if full:
        return barred == len(texts)
    return barred * 2 >= len(texts) or all(text.strip()[side] in BARS for text in texts)


def _window(lines: Lines) -> Iterator[str]:
    seen = 0
    for ahead in range(LIMITS.window):
        line = lines.peek(ahead)
        if line is None or seen > LIMITS.cell or not (text := line.text).strip():
            return
        seen += len(text)
        yield text


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows down to the next line that is none; rows without text and rows of dashes are left out."""
    shape = _Shape.of(lines)
    held: Row | None = None
    for cells in _logical(lines, shape):
        row = Row(cells, NAME, table)
        if not seen(cells):
            continue
        if held and shape.spelt and _goes_on(held, row):
            joined = map(_joined, held.cells, row.cells)
            held = Row((*joined, *held.cells[len(row.cells) :]), NAME, table)
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _goes_on(above: Row, row: Row) -> bool:
    """Whether `row` only holds further pieces of cells of the row above."""
    pairs = list(zip(above.cells, row.cells, strict=False))
    if len(pairs) != len(row.cells) or any(cell.text and not top.text for top, cell in pairs):
        return False
    return any(not cell.span.text for cell in row.cells) and all(
        cell.text or not cell.span.text for cell in row.cells
    )


def _joined(top: Cell, cell: Cell) -> Cell:
    return extended(top, cell) if cell.text else top


def _logical(lines: Lines, shape: _Shape) -> Iterator[tuple[Cell, ...]]:
    odd = 0
    while (line := lines.peek()) is not None and (text := line.text).strip():
        if DASHES.match(text):
            lines.take()
            continue
        if not lines.source.document and _is_plain(text, shape):
            lines.take()
            start, end = line.start + text.index("|") + 1, line.start + text.rindex("|")
            yield tuple(parted(lines.source, start, end, "|"))
            continue
        broken = _broken(lines, shape)
        entry = shape.listed and BULLET.match(text)
        if not (broken or entry or _barred(text) or _between(lines, text)):
            return
        odd += not broken and len(BAR.findall(text)) < shape.bars
        if odd > LIMITS.ahead:
            shape = replace(shape, bars=0)
        places = _places(lines.take(broken or 1))
        if shape.listed and (bullet := BULLET.match(places[0][0].text)):
            places[0][0] = places[0][0].sub(bullet.end(), len(places[0][0].text))
        places[-1] += lines.take(_tail(lines, shape, places))
        _drop_outer(places, shape)
        yield tuple(map(_cell, places, count()))


def _is_plain(text: str, shape: _Shape) -> bool:
    """Whether a line is a whole row between two bars, in which nothing is escaped: as those of most tables are."""
    if not (shape.left and shape.right) or shape.listed or not ODD.isdisjoint(text):
        return False
    row = text.strip()
    return row[0] == row[-1] == "|" and row.count("|") >= max(2, shape.bars)


def _between(lines: Lines, text: str) -> bool:
    """Whether a line with no text behind its first bar stands among rows, as one with an empty value does."""
    if not text.strip(BARS + " \t\u3000"):
        return True
    below = lines.peek(1)
    return BAR.search(text) is not None and below is not None and _barred(below.text)


def _tail(lines: Lines, shape: _Shape, places: Sequence[Sequence[Span]]) -> int:
    """How many of the next lines finish the last cell of a row whose cells hold line breaks.

    A cell before it that is equal and goes on with them tells, or brackets, which begin no cell.
    """
    if not shape.bars or shape.right:
        return 0
    last = [span.text.strip() for span in places[-1]]
    for place in places[:-1]:
        rest = [span.text.strip() for span in place]
        if len(last) < len(rest) and rest[: len(last)] == last:
            rest = rest[len(last) :]
            if all(
                (line := lines.peek(at)) and line.text.strip() == text
                for at, text in enumerate(rest)
            ):
                return len(rest)
    line, below = lines.peek(), lines.peek(1)
    return int(bool(line and below and ALONE.match(line.text) and below.text.strip()))


def _broken(lines: Lines, shape: _Shape) -> int:
    """Over how many lines the next row is broken by line breaks in its cells; 0 if it is not."""
    below = lines.peek(1)
    line = lines.peek()
    if line is None or below is None:
        return 0
    text = line.text
    if not BAR.search(text) and BRACKETED.match(below.text):
        return 2 if shape.bars in (0, len(BAR.findall(below.text))) else _counted(lines, shape.bars)
    if (above := label_lines(lines, BAR.split)) > 0:
        return above + 1
    if not shape.bars:
        return 0
    stripped = text.strip()
    whole = shape.left and shape.right and stripped[0] in BARS and stripped[-1] in BARS
    return 0 if whole else _counted(lines, shape.bars)


def _counted(lines: Lines, bars: int) -> int:
    """The lines that together have as many bars as a full row, if none of them is one by itself."""
    total = 0
    for ahead in range(LIMITS.broken):
        line = lines.peek(ahead)
        if line is None or not (text := line.text).strip():
            return 0
        here = len(BAR.findall(text))
        total += here
        if here >= bars or total > bars:
            return 0
        if total == bars:
            return ahead + 1
    return 0


def _places(lines: Sequence[Span]) -> list[list[Span]]:
    """The pieces between the bars; a line end alone parts no cells."""
    places: list[list[Span]] = [[]]
    for line in lines:
        first, *more = _split(line)
        places[-1].append(first)
        places.extend([place] for place in more)
    return places


def _split(line: Span) -> Iterator[Span]:
    source, start = line.source, line.start
    for bar in BAR.finditer(line.text):
        yield Span(source, start, line.start + bar.start())
        start = line.start + bar.end()
    yield Span(source, start, line.end)


def _drop_outer(places: list[list[Span]], shape: _Shape) -> None:
    """Take away what stands outside the first and the last bar."""
    if shape.left and len(places) > 1 and _empty(places[0]):
        del places[0]
    if shape.right and len(places) > 1 and _empty(places[-1]):
        places.pop()
    while not (shape.bars or shape.left) and len(places) > 1 and _empty(places[-1]):
        places.pop()


def _empty(place: Sequence[Span]) -> bool:
    return not any(span.text.strip() for span in place)


def _cell(place: Sequence[Span], column: int) -> Cell:
    cell = pieced(place, column)
    if "\\" not in cell.text:
        return cell
    text = glued(cell.text.split(BROKEN))
    return replace(cell, text=unescaped(text))
