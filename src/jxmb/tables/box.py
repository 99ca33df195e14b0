"""Tables in frames: box-drawing characters, or ``+---+`` with ``|`` as in reStructuredText and MySQL.

A frame shows which cells reach over rows and columns, unless its rules run through without junctions. What stands where is told by display columns, in
which a Chinese character takes two; where a frame was drawn by counting otherwise, the order of the bars
tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from .. import deferred
from ..deferred import dataclass
from ..source import Span
from ..source.widths import columns, width
from . import LIMITS
from .cells import Cell, Row, seen
from .lines import Lines
from .markup import glued, readable, unescaped

NAME = "box"

FLAT = "─━═╌╍┄┅┈┉"
UPWARD = frozenset("└┕┖┗┘┙┚┛┴┵┶┷┸┹┺┻╘╙╚╛╜╝╧╨╩╯╰")  # corners with nothing below
CORNERS = "".join(chr(code) for code in range(0x2500, 0x2580) if chr(code) not in FLAT + "╱╲╳")

DRAWN = deferred.re(rf"[{CORNERS}]")
DRAWN_RULE = deferred.re(rf"\s*+[{CORNERS}][{FLAT}]{{2,}}")
DRAWN_START = deferred.re(rf"\s*+[{CORNERS}]")
TYPED = deferred.re(r"\||\+(?=[-=:]++(?:\+|\s*+\Z))|(?<=[-=:])\+")
TYPED_RULE = deferred.re(r"\s*+\+(?:[-=:]++\+)++\s*+\Z")
TYPED_START = deferred.re(r"\s*+(?:\||\+[-=:]++(?:\+|\s*+\Z))")
# A rule from side to side, without a junction where it meets the bars.
DRAWN_THROUGH = deferred.re(rf"\s*+[{FLAT}]{{8,}}\s*+\Z")
TYPED_THROUGH = deferred.re(r"\s*+(?:-{8,}+|={8,}+)\s*+\Z")

DELIMITERS = deferred.re(rf"[\s|+=:\-\\{CORNERS}{FLAT}]+")


def claims(lines: Lines) -> bool:
    """Whether a frame begins with the next line."""
    line = lines.peek()
    if line is None:
        return False
    for start, through in ((TYPED_START, TYPED_THROUGH), (DRAWN_START, DRAWN_THROUGH)):
        if through.match(line.text):
            return _goes_through(lines, 1, start, through)
    if TYPED_RULE.match(line.text):
        below = lines.peek(1)
        return below is not None and TYPED_START.match(below.text) is not None
    return _goes_through(lines, 0, DRAWN_START, DRAWN_THROUGH) or _drawn(lines)


def _drawn(lines: Lines) -> bool:
    """Whether lines between bars follow, down to a rule with junctions."""
    for ahead in range(LIMITS.ahead):
        line = lines.peek(ahead)
        if line is None or not DRAWN_START.match(text := line.text):
            return False
        if DRAWN_RULE.match(text):
            return True
    return False


def _goes_through(
    lines: Lines, ahead: int, start: re.Pattern[str], through: re.Pattern[str]
) -> bool:
    """Whether lines between bars follow, down to a rule without junctions."""
    for at in range(ahead, ahead + LIMITS.ahead):
        line = lines.peek(at)
        if line is None or not start.match(line.text):
            return at > ahead and line is not None and through.match(line.text) is not None
    return False


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows of the frame that begins with the next line."""
    first = lines.peek()
    typed = first is not None and (TYPED_RULE.match(first.text) or TYPED_THROUGH.match(first.text))
    yield from _rows(lines, table, typed=bool(typed))


def _rows(lines: Lines, table: int, *, typed: bool) -> Iterator[Row]:
    start, through = (TYPED_START, TYPED_THROUGH) if typed else (DRAWN_START, DRAWN_THROUGH)
    held: list[_Line] = []
    while (line := lines.peek()) is not None and (
        start.match(line.text) or through.match(line.text)
    ):
        held.append(_Line.of(lines.take()[0], typed))
        if len(held) >= LIMITS.lines and held[-1].border:
            yield from _Frame(held, typed).rows(table)
            held = held[-1:]
    yield from _Frame(held, typed).rows(table)


@dataclass(slots=True)
class _Field:
    """What stands between two bars of a line."""

    place: Span
    rule: bool
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line cut at its bars; `edges` are their display columns."""

    pieces: tuple[Span, ...]
    rules: tuple[bool, ...]
    edges: tuple[int, ...]
    down: tuple[int, ...]  # the edges that go on below

    @staticmethod
    def of(line: Span, typed: bool) -> _Line:
        """Cut a line."""
        text = line.text
        bars = [match.start() for match in (TYPED if typed else DRAWN).finditer(text)]
        if not bars:
            return _Line((line,), (True,), (), ())
        edges = _edges(text, bars)
        cuts = [*bars, len(text)]
        pieces = [line.sub(left + 1, right) for left, right in pairwise(cuts)]
        flat = "-=:" if typed else FLAT
        rules = [bool(piece.text) and not piece.text.strip(flat) for piece in pieces]
        if not typed and not any(
            rule and len(piece.text) > 1 for rule, piece in zip(rules, pieces, strict=True)
        ):
            rules = [False] * len(rules)  # a lone ═ is an equals sign
        down = tuple(edge for edge, bar in zip(edges, bars, strict=True) if text[bar] not in UPWARD)
        return _Line(tuple(pieces), tuple(rules), tuple(edges), down)

    @property
    def border(self) -> bool:
        """Whether the whole line is a rule."""
        return any(self.rules) and all(
            rule or not piece.text.strip()
            for rule, piece in zip(self.rules, self.pieces, strict=True)
        )


def _edges(text: str, bars: Sequence[int]) -> list[int]:
    edges: list[int] = []
    at = column = 0
    for bar in bars:
        column += columns(text[at:bar])
        edges.append(column)
        column += width(text[bar])
        at = bar + 1
    return edges


@dataclass(slots=True, eq=False)
class _Box:
    """A cell of the frame while its lines are read."""

    left: int
    right: int
    places: list[Span] = field(default_factory=list)
    shown: bool = False  # whether a row with it was read already


class _Frame:
    """Reads the lines of one frame."""

    def __init__(self, lines: Sequence[_Line], typed: bool) -> None:
        self._lines, self._typed = lines, typed
        self._known = sorted({edge for line in lines if line.border for edge in line.edges})
        self._columns = () if self._known else _columns(lines)
        self._known = self._known or list(self._columns)
        self._open: list[_Box] = []
        self._bands: list[list[tuple[_Box, bool]]] = []
        self._written = False  # whether the band that is read holds a line
        self._listed = _listed(lines)

    def rows(self, table: int) -> Iterator[Row]:
        """The rows from top to bottom."""
        down = self._columns
        for line in self._lines:
            if not line.edges:
                self._end_band()
                self._open = []
                continue
            fields = self._fields(line, down)
            if any(line.rules) or self._listed:
                self._rule(fields)
            if not line.border:
                self._write(fields)
            if any(line.rules):
                down = line.down
        self._end_band()
        yield from self._numbered(table)

    def _fields(self, line: _Line, down: tuple[int, ...]) -> list[_Field]:
        """The pieces of a line with the edges of the frame that they stand between."""
        edges = list(line.edges)
        if not line.border:
            edges = (
                list(down) if len(down) == len(edges) else [self._nearest(edge) for edge in edges]
            )
        rights = [*edges[1:], self._behind(edges[-1])]
        fields: list[_Field] = []
        ahead: Span | None = None  # text before the first edge that the frame knows
        for piece, rule, left, right in zip(line.pieces, line.rules, edges, rights, strict=True):
            if left < right and not (left == edges[-1] and not piece.text.strip()):
                place = Span(piece.source, ahead.start, piece.end) if ahead else piece
                fields.append(_Field(place, rule and not ahead, left, right))
                ahead = None
            elif not fields and piece.text.strip():
                ahead = ahead or piece
            elif fields and piece.text.strip():
                start = piece.start if fields[-1].rule else fields[-1].place.start
                fields[-1].place = Span(piece.source, start, piece.end)
                fields[-1].rule = False
        return fields

    def _behind(self, edge: int) -> int:
        """The edge at which a cell ends whose right bar is lost."""
        at = bisect_right(self._known, edge)
        return self._known[at] if at < len(self._known) else edge + 1

    def _nearest(self, edge: int) -> int:
        at = bisect_left(self._known, edge)
        near = self._known[max(0, at - 1) : at + 1]
        best = min(near, key=lambda known: abs(known - edge), default=edge)
        return best if abs(best - edge) <= LIMITS.drift else edge

    def _rule(self, fields: Sequence[_Field]) -> None:
        """Rules end the band, and the cells above them."""
        self._end_band()
        rules = iter([(at.left, at.right) for at in fields if at.rule or self._listed])
        rule = next(rules, None)
        kept = []
        for box in self._open:
            while rule and rule[1] <= box.left:
                rule = next(rules, None)
            if not rule or box.right <= rule[0]:
                kept.append(box)
        self._open = kept

    def _end_band(self) -> None:
        if self._written:
            self._bands.append([(box, box.shown) for box in self._open])
            for box in self._open:
                box.shown = True
        self._written = False

    def _write(self, fields: Sequence[_Field]) -> None:
        """Give the pieces of a line to the cells they stand in."""
        boxes = iter(self._open)
        box = next(boxes, None)
        now: list[_Box] = []
        for piece in fields:
            while box and box.right <= piece.left:
                now.append(box)
                box = next(boxes, None)
            if piece.rule:
                continue
            if box and box.left <= piece.left:
                box.places.append(piece.place)
            elif now and now[-1].left <= piece.left < now[-1].right:
                now[-1].places.append(piece.place)
            else:
                now.append(_Box(piece.left, piece.right, [piece.place]))
        while box:
            now.append(box)
            box = next(boxes, None)
        self._open = sorted(now, key=lambda box: box.left)
        self._written = True

    def _numbered(self, table: int) -> Iterator[Row]:
        """The bands as rows, their cells with logical columns."""
        edges = sorted(
            {edge for band in self._bands for box, _ in band for edge in (box.left, box.right)}
        )
        index = {edge: column for column, edge in enumerate(edges)}
        for band in self._bands:
            cells = tuple(
                self._cell(box, index[box.left], index[box.right] - index[box.left], carried)
                for box, carried in band
            )
            if seen(cells):
                yield Row(cells, NAME, table)

    def _cell(self, box: _Box, column: int, wide: int, carried: bool) -> Cell:
        places = [place for piece in box.places if (place := piece.strip()).start < place.end]
        if not places:
            return Cell(box.places[0].strip(), "", column, wide, carried=carried)
        text = _sliced(box) if self._typed else glued(place.text for place in places)
        return Cell(places[0], unescaped(readable(text)), column, wide, tuple(places[1:]), carried)


def _sliced(box: _Box) -> str:
    """The slices of a cell joined. One that fills the cell, or ends between digits, was cut inside a word."""
    out = before = ""
    for piece in box.places:
        text = piece.text.strip().removesuffix("\\")
        full = columns(before) >= box.right - box.left - LIMITS.padding
        cut = text and before and (full or (before[-1].isdigit() and text[0].isdigit()))
        out = out + text if cut else glued((out, text))
        before = text  # nothing after a blank line, which ends a paragraph
    return out


def _columns(lines: Sequence[_Line]) -> tuple[int, ...]:
    """The edges of most lines of a frame whose rules have no junctions."""
    found = Counter(line.edges for line in lines if line.edges)
    return found.most_common(1)[0][0] if found else ()


def _listed(lines: Sequence[_Line]) -> bool:
    """Whether every line is a row: a frame with a rule below its head and none between its rows."""
    bands: list[list[int]] = [[]]
    for line in lines:
        if any(line.rules):
            if "=" in line.pieces[0].text:
                return False
            bands.append([])
        else:
            bands[-1].append(sum(bool(piece.text.strip()) for piece in line.pieces))
    bands = [band for band in bands if band]
    if not bands or len(bands) > 2 or len(bands[0]) > 1 < len(bands):
        return False
    several = sum(count > 1 for count in bands[-1])
    fewest = LIMITS.alike if len(bands) > 1 else LIMITS.bare
    return several * 2 > len(bands[-1]) and several >= fewest and not _wrapped(lines)


def _wrapped(lines: Sequence[_Line]) -> bool:
    """Whether most cells of wide columns that go on below are full lines, as those of one row are."""
    full = below = 0
    for upper, lower in pairwise(line for line in lines if not any(line.rules)):
        for piece, more in zip(upper.pieces, lower.pieces, strict=False):
            size = columns(piece.text)
            if size >= LIMITS.wordy and piece.text.strip() and more.text.strip():
                below += 1
                full += columns(piece.text.strip()) >= size - LIMITS.padding
    return full * 2 > below
