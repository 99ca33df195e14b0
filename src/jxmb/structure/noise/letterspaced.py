"""Text recognition that puts a blank between all characters (`数量 指 标`): the blanks inside words are dropped.

Whether a text is of this kind is seen from the form as a whole. Its words then end at wider gaps, tabs and line
ends only; where it has none, `run_together` cuts them by the vocabulary and by the shape of values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ... import deferred
from ...tables import Cell
from ..fragments import Fragment, Gap
from .limits import LIMITS

HAN = deferred.regex(r"\p{Han}")
SHORT = 2  # code points of the pieces that such blanks leave


def is_spaced(pieces: Sequence[Fragment]) -> bool:
    """Whether single blanks stand inside the words of this form."""
    words = [piece for piece in pieces if HAN.match(piece.text) and not piece.cell.rest]
    short = 0
    for one, two in pairwise(pieces):
        if two.gap is Gap.NARROW and HAN.match(two.text) and HAN.match(one.text[-1]):
            short += len(two.text) <= SHORT
    return short >= LIMITS.blanks and short >= 0.5 * len(words)


def joined(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces that single blanks part put together; their text is without these blanks."""
    runs: list[list[Fragment]] = []
    size = 0
    for piece in pieces:
        size += len(piece.text) + 1
        apart = not runs or piece.gap > Gap.NARROW or piece.cell.rest or runs[-1][-1].cell.rest
        if apart or size > LIMITS.line:
            runs.append([])
            size = len(piece.text)
        runs[-1].append(piece)
    return [_whole(run) for run in runs]


def _whole(run: Sequence[Fragment]) -> Fragment:
    first, last = run[0], run[-1]
    if first.cell.rest or (len(run) == 1 and " " not in first.text):
        return first
    span = replace(first.cell.span, end=last.cell.span.end)
    text = "".join(piece.text.replace(" ", "") for piece in run)
    return replace(first, cell=Cell(span, text, first.cell.column), end=last.end)
