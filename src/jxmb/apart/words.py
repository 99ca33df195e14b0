"""Pieces to labels and text: labels torn over several pieces are put together by the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .. import labels
from ..labels import Label
from ..tables import Cell
from ..values import fold
from .pieces import Gap, Piece, together

MOST_PIECES = 4
LONGEST = 16
AHEAD = 9  # pieces that may stand between the two halves of a torn label
MARGIN_PARTS = frozenset(
    "绩效指标"[start:end] for start in range(4) for end in range(start + 1, 5)
) | {"年度绩效", "目标表"}
SHORTEST_HEAD = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A label, or text (`meanings` empty), with the gap before it and its line in the form."""

    cell: Cell
    gap: Gap
    line: int
    meanings: tuple[Label, ...] = ()
    torn: bool = False
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The text."""
        return self.cell.text

    def name(self, *groups: str) -> str | None:
        """The canonical name of the label in one of these groups."""
        return next((one.name for one in self.meanings if one.group in groups), None)


def words(pieces: Sequence[Piece]) -> list[Word]:
    """The words that these pieces make, in order."""
    found: list[Word] = []
    taken: set[int] = set()
    at = 0
    while at < len(pieces):
        if at in taken:
            at += 1
            continue
        size, meanings = _label(pieces, at, taken)
        if meanings:
            cell = together([piece.cell for piece in pieces[at : at + size]])
            found.append(_word(pieces[at], cell, meanings, torn=size > 1))
            at += size
            continue
        later = _completed(pieces, at, taken)
        if later is not None:
            end, meanings = later
            taken.add(end)
            cell = together([pieces[at].cell, pieces[end].cell])
            found.append(_word(pieces[at], cell, meanings, torn=True))
        else:
            found.append(_word(pieces[at], pieces[at].cell))
        at += 1
    return found


def _word(
    piece: Piece, cell: Cell, meanings: tuple[Label, ...] = (), *, torn: bool = False
) -> Word:
    return Word(cell, piece.gap, piece.line, meanings, torn, piece.start, piece.end)


def _label(pieces: Sequence[Piece], at: int, taken: set[int]) -> tuple[int, tuple[Label, ...]]:
    """The longest run of pieces from here that is a label."""
    text = ""
    best: tuple[int, tuple[Label, ...]] = (0, ())
    for size in range(1, MOST_PIECES + 1):
        number = at + size - 1
        if number >= len(pieces) or number in taken:
            break
        piece = pieces[number]
        if size > 1 and piece.gap in (Gap.TAB, Gap.WIDE):
            break
        text += piece.text
        if len(text) > LONGEST * 2:
            break
        found = labels.find(text)
        if found and (size == 1 or best[0] == 0 or _extends(best[1], found)):
            best = (size, found)
    return best


def _extends(one: tuple[Label, ...], longer: tuple[Label, ...]) -> bool:
    """Whether the longer run is the same label in full (经济效益 + 指标), not a label and the next one."""
    return bool(
        {(label.group, label.name) for label in one}
        & {(label.group, label.name) for label in longer}
    )


def _completed(
    pieces: Sequence[Piece], at: int, taken: set[int]
) -> tuple[int, tuple[Label, ...]] | None:
    """The piece further on that completes a label begun here (社会效益指 … 标)."""
    head = fold(pieces[at].text)
    tails = _tails().get(head)
    if not tails or len(head) < SHORTEST_HEAD:
        return None
    for end in range(at + 1, min(at + 1 + AHEAD, len(pieces))):
        tail = fold(pieces[end].text)
        if end not in taken and tail in tails:
            return end, labels.find(head + tail)
    return None


@cache
def _tails() -> dict[str, frozenset[str]]:
    """What may follow the beginning of a label so that the two make it whole."""
    tails: dict[str, set[str]] = {}
    for known in labels.known():
        if not 4 <= len(known) <= LONGEST:
            continue
        for cut in range(SHORTEST_HEAD, len(known)):
            if len(known) - cut <= 6 and not labels.find(known[cut:]):
                tails.setdefault(known[:cut], set()).add(known[cut:])
    return {head: frozenset(ends) for head, ends in tails.items() if not labels.find(head)}


def without_margin(found: Sequence[Word]) -> list[Word]:
    """The words without the margin label 绩效指标, whole, torn (绩, 效, 指, 标 one a line) or on every row."""
    named = any(word.name("column") == "name" and not word.name("margin") for word in found)
    return [
        word
        for word in found
        if not (named and word.name("margin"))
        and (word.meanings or fold(word.text) not in MARGIN_PARTS)
    ]
