"""The cells of a column that holds one for several rows: which of its lines belong together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ... import labels
from ...forms.columns import LEVELS
from ..fragments import together
from .bands import Band, Piece
from .limits import LIMITS


def label_cells(number: int, pieces: Sequence[Piece]) -> list[Band]:
    """The cells of a column of level labels, each of as many lines as make one."""
    found: list[Band] = []
    at = 0
    while at < len(pieces):
        end = at + 1
        for last in range(min(len(pieces), at + LIMITS.label), at, -1):
            own = pieces[at:last]
            text = "".join(piece.cell.text for piece in own)
            close = all(two.line - one.line <= LIMITS.gap for one, two in pairwise(own))
            if close and labels.meaning(text, *LEVELS):
                end = last
                break
        else:
            while end < len(pieces) and _go_on(pieces, end):
                end += 1
        found.append(_cell(number, pieces[at:end]))
        at = end
    return found


def _go_on(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a line goes on with the one above it, which is no known label, and begins none itself."""
    return not any(
        labels.meaning("".join(piece.cell.text for piece in pieces[at:end]), *LEVELS)
        for end in range(at + 1, min(len(pieces), at + LIMITS.label) + 1)
    )


def plain_cells(number: int, pieces: Sequence[Piece]) -> list[Band]:
    """The cells of a column whose lines stand together where they are one."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and piece.line - found[-1][-1].line <= LIMITS.tight:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [_cell(number, own) for own in found]


def _cell(number: int, pieces: Sequence[Piece]) -> Band:
    whole = together([piece.cell for piece in pieces])
    return Band(pieces[0].line, pieces[-1].line, {number: whole})
