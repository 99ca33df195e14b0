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
LONGEST_TAIL = 6


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
    height: float = 0.0  # the middle of its lines
    block: int = 0  # how many empty lines stand above it

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
    for at in range(len(pieces)):
        if at in taken:
            continue
        size, meanings = _label(pieces, at, taken)
        used = list(range(at, at + max(1, size)))
        if size <= 1 and not (meanings and labels.bare(pieces[at].text).endswith("指标")):
            later = _completed(pieces, at, taken, meanings)
            if later is not None:
                used.append(later[0])
                meanings = later[1]
        taken.update(used)
        found.append(_word([pieces[number] for number in used], meanings))
    return found


def _word(used: Sequence[Piece], meanings: tuple[Label, ...]) -> Word:
    first = used[0]
    return Word(
        cell=together([piece.cell for piece in used]),
        gap=first.gap,
        line=first.line,
        meanings=meanings,
        torn=len(used) > 1,
        start=min(piece.start for piece in used),
        end=max(piece.end for piece in used),
        height=sum(piece.line for piece in used) / len(used),
        block=first.block,
    )


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
    pieces: Sequence[Piece], at: int, taken: set[int], meanings: tuple[Label, ...]
) -> tuple[int, tuple[Label, ...]] | None:
    """The piece further on that completes a label begun here (社会效益指 … 标)."""
    head = fold(pieces[at].text)
    tails = _tails().get(head)
    if not tails:
        return None
    for end in range(at + 1, min(at + 1 + AHEAD, len(pieces))):
        tail = fold(pieces[end].text)
        if end in taken or tail not in tails:
            continue
        whole = labels.find(head + tail)
        if not meanings or _extends(meanings, whole):
            return end, whole
    return None


@cache
def _tails() -> dict[str, frozenset[str]]:
    """What may follow the beginning of a label so that the two make it whole."""
    tails: dict[str, set[str]] = {}
    for known in labels.known():
        if not 4 <= len(known) <= LONGEST:
            continue
        for cut in range(SHORTEST_HEAD, len(known)):
            if len(known) - cut <= LONGEST_TAIL and not labels.find(known[cut:]):
                tails.setdefault(known[:cut], set()).add(known[cut:])
    return {head: frozenset(ends) for head, ends in tails.items()}


def without_margin(found: Sequence[Word]) -> list[Word]:
    """The words without the margin label 绩效指标, whole, torn (绩, 效, 指, 标 one a line) or on every row."""
    named = any(word.name("column") == "name" and not word.name("margin") for word in found)
    return [
        word
        for word in found
        if not (named and word.name("margin"))
        and (word.meanings or fold(word.text) not in MARGIN_PARTS)
    ]
