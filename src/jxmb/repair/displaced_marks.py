"""Tables in whose cells low and thin marks (`.` `，` `—` `一`) were printed behind their line.

A table extractor takes them for a line of their own, for they stand lower than the characters beside them:
`≥3 2万册.` for `≥3.2万册`. Where a mark stood is a blank; lines of one cell follow one another without any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .. import deferred
from ..model.repairs import Kind, Repair
from ..tables import Cell, Row
from . import LIMITS, TABS, Repaired

MARKS = "[.,，、。；：·—–一]"
RUN = deferred.regex(rf"{MARKS}(?: {MARKS})*+")
LEADING = (".", "一")  # something follows them always: behind a line their place is not known


def repaired(rows: Sequence[Row]) -> Repaired:
    """The rows with such marks back in their places, and what was done."""
    found = Repaired([])
    for row in rows:
        if row.dialect in TABS:
            cells = tuple(map(_ordered, row.cells))
            found.repairs.extend(
                Repair(Kind.SCATTERED, two.span, two.text)
                for one, two in zip(row.cells, cells, strict=True)
                if one.text != two.text
            )
            row = replace(row, cells=cells)
        found.rows.append(row)
    return found


def _ordered(cell: Cell) -> Cell:
    text = cell.text
    if " " not in text or len(text) > LIMITS.cell:
        return cell
    return replace(cell, text="".join(_parts(text)))


def _parts(text: str) -> Iterator[str]:
    """Every line of a cell with the marks behind it, put in order where each blank has its mark."""
    start = 0
    for run in RUN.finditer(text):
        line, marks = text[start : run.start()], run[0].split(" ")
        yield _filled(line, marks) or text[start : run.end()]
        start = run.end()
    yield text[start:]


def _filled(line: str, marks: Sequence[str]) -> str:
    """A line with the marks in its blanks, one that is left over behind it; empty where they do not fit."""
    behind = line.endswith(" ")  # the first of the marks stands behind the line
    pieces = line.strip(" ").split(" ")
    if len(pieces) < 2 or not 0 <= len(marks) - len(pieces) + 1 <= 1 or (behind and "" in pieces):
        return ""
    pairs = zip(pieces, pieces[1:], marks, strict=False)
    if not all(_fits(one[-1:], two[:1], mark) for one, two, mark in pairs):
        return ""
    ends = [*marks, ""][: len(pieces)]
    if ends[-1] in LEADING:
        return ""
    return "".join(piece + mark for piece, mark in zip(pieces, ends, strict=True))


def _fits(before: str, after: str, mark: str) -> bool:
    """Whether a mark may stand between two characters: a point between figures, others elsewhere."""
    both = before + after
    if not before or not after:
        return False
    if mark == ".":
        return both.isdigit()
    if mark == "一":
        return both.isalpha() and not both.isascii()
    return mark in "—–" or not both.isdigit()
