"""A label and what it labels in one piece, a colon between: `项目名称：…`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import labels
from ...labels import joining
from ..fragments import Fragment, Gap, part
from .limits import LIMITS


def cut(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The pieces, each label with a colon apart from what stands behind it."""
    return [one for piece in pieces for one in _cut(piece)]


def _cut(piece: Fragment) -> Iterator[Fragment]:
    text = piece.text
    colon = _colon(text)
    if not colon or piece.cell.rest or piece.cell.span.text != text or labels.find(text):
        yield piece
        return
    yield part(piece, 0, colon, piece.gap)
    if colon + 1 < len(text):
        yield part(piece, colon + 1, len(text), Gap.NARROW)


def _colon(text: str) -> int:
    """Where the colon behind a label stands; 0 where there is none."""
    at = joining.colon(text)
    return at if at <= LIMITS.run and labels.find(text[:at]) else 0
