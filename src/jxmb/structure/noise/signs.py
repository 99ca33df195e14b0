"""Text recognition that knows no ≥ and ≤ and prints > and < for them.

Its alphabet is seen from the form as a whole: of all the signs none is one of these two. What a target then begins
with is what it was read from, and each of them is a repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ... import deferred
from ...model.repairs import Kind, Repair
from ..fragments import Fragment
from .limits import LIMITS

READ_FROM = {">": "≥", "＞": "≥", "<": "≤", "＜": "≤"}
SIGN = deferred.regex(r"^[><＞＜](?=\s?\d|$)")


def meant(pieces: Sequence[Fragment]) -> tuple[list[Fragment], list[Repair]]:
    """The pieces with the signs that these were read from, and a repair for each."""
    signs = [piece for piece in pieces if SIGN.match(piece.text)]
    if len(signs) < LIMITS.some or any("≥" in piece.text or "≤" in piece.text for piece in pieces):
        return list(pieces), []
    found = [_meant(piece) if SIGN.match(piece.text) else piece for piece in pieces]
    return found, [Repair(Kind.SIGN, one.cell.span, _meant(one).text) for one in signs]


def _meant(piece: Fragment) -> Fragment:
    text = READ_FROM[piece.text[0]] + piece.text[1:]
    return replace(piece, cell=replace(piece.cell, text=text))
