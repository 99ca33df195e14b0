"""What text recognition made of ruled lines and of dirt: single marks between the cells and at their edges.

They are taken for marks of the paper only where the form as a whole has several of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from ... import deferred, labels, values
from ...tables import Cell, Row
from ..fragments import Fragment, Gap, in_place, part
from .limits import LIMITS

MARKS = frozenset("“”‘’\"'`。，、,.;；:：!！_~|·^\\")  # all that is taken for marks of the paper
ONLY = deferred.regex(r"^[“”‘’\"'`。，、,.;；:：!！_~|·^\\]{1,4}$")
HEAD = deferred.regex(r"^[“”‘’\"'`。，、,.;；:：!！_~|·^\\]+(?=.)")
TAIL = deferred.regex(r"(?<=.)[“”‘’\"'`_~|·^\\]+$")
STOPS = deferred.regex(r"(?<=.)[:：]?[“”‘’\"'`。，、,.;；!！_~|·^\\]+$")
BEHIND = deferred.regex(r"(?<=指标)[“”‘’|_~·]+.{0,2}$")
QUOTED = deferred.regex(r"[“‘\"][^“”‘’\"]+[”’\"]")
LETTERS = deferred.re(r"[a-z]{1,2}")  # that a scan reads in dirt
LATIN = deferred.re(r"[A-Za-z]")
BARS = "|｜│"


def unwrapped(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows line by line, where lines with ruled lines between were taken for one row of a table."""
    for row in rows:
        wrapped = row.dialect == "pipes" and any(cell.rest for cell in row.cells)
        if not wrapped or _framed(row):
            yield row
            continue
        line: list[Cell] = []
        for span in (span for cell in row.cells for span in cell.spans if span.start < span.end):
            if line and "\n" in span.source.text[line[-1].span.end : span.start]:
                yield replace(row, cells=tuple(line))
                line = []
            line.append(Cell(span, span.text, len(line)))
        yield replace(row, cells=tuple(line))


def _framed(row: Row) -> bool:
    """Whether a row has a bar before its first cell."""
    first = row.cells[0].span
    return first.source.text[: first.start][-LIMITS.some :].rstrip(" \t").endswith(tuple(BARS))


def swept(pieces: Sequence[Fragment], rows: Sequence[Row]) -> tuple[list[Fragment], list[Cell]]:
    """The pieces of these rows without the marks of the paper, and these."""
    marked = [piece for piece in pieces if not MARKS.isdisjoint(piece.text)]
    found = sum(1 for piece in marked if ONLY.match(piece.text) or _edges(piece))
    bars = sum(1 for row in rows if row.dialect == "pipes" and not _framed(row))
    if not found or found + bars // 2 < LIMITS.some:
        return list(pieces), []
    marks: list[Cell] = []
    cleaned = [piece if ONLY.match(piece.text) else _cleaned(piece, marks) for piece in pieces]
    only = [piece for piece in cleaned if ONLY.match(piece.text)]
    return _without(cleaned, {id(piece) for piece in only}), [piece.cell for piece in only] + marks


def _without(pieces: Sequence[Fragment], dropped: Set[int]) -> list[Fragment]:
    """The pieces without some, each as far from the one before as they left it."""
    kept: list[Fragment] = []
    gap = Gap.NONE  # before a piece that is left out
    for piece in pieces:
        gap = max(gap, piece.gap)
        if id(piece) not in dropped:
            kept.append(replace(piece, gap=gap))
            gap = Gap.NONE
    return kept


def without_letters(pieces: Sequence[Fragment]) -> tuple[list[Fragment], list[Cell]]:
    """The pieces without single Latin letters between the cells, and these, where several lines have such.

    Those that wide blanks set apart are cells misread; others may be a unit, or one of several Latin words.
    """
    texts = [piece.text for piece in pieces]
    dirt = [
        piece
        for before, piece, behind in zip(("", *texts), pieces, (*texts[1:], ""), strict=False)
        if piece.gap <= Gap.NARROW
        and LETTERS.fullmatch(piece.text)
        and not LATIN.search(before[-1:] + behind[:1])
        and not (before[-1:].isdigit() and values.looks_like_unit(piece.text))
    ]
    if len({piece.line for piece in dirt}) < LIMITS.lines:
        return list(pieces), []
    return _without(pieces, {id(piece) for piece in dirt}), [piece.cell for piece in dirt]


def _edges(piece: Fragment) -> tuple[int, int] | None:
    """Where the text of a piece begins and ends without the marks at its edges; None where it has none."""
    text = piece.text
    if len(text) > LIMITS.cell or QUOTED.search(text) or piece.cell.rest:
        return None
    head = HEAD.match(text) if piece.gap > Gap.NARROW else None
    start = head.end() if head else 0
    rest = text[start:]
    tail = (STOPS if labels.find(rest) else TAIL).search(rest) or BEHIND.search(rest)
    end = start + tail.start() if tail else len(text)
    return (start, end) if start < end and (start, end) != (0, len(text)) else None


def _cleaned(piece: Fragment, marks: list[Cell]) -> Fragment:
    edges = _edges(piece)
    if edges is None or not in_place(piece.cell):
        return piece
    ends = ((0, edges[0]), (edges[1], len(piece.text)))
    marks.extend(part(piece, *end).cell for end in ends if end[0] < end[1])
    return part(piece, *edges, piece.gap)
