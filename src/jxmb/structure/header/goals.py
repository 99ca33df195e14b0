"""Goals printed side by side: which of the lines below their labels belong to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ...labels import joining
from ...tables import Cell
from ..fragments import Fragment, Gap, together
from .likelihood import END, column
from .placement import View
from .prices import LINES, SAID, TRIED

Sides = tuple[float, list[list[Fragment]]]


def sides(heads: Sequence[Fragment], texts: Sequence[Fragment], view: View) -> Sides | None:
    """The texts of two goals, left and right, and how unlikely they are; None where they cannot be told apart."""
    if not 2 <= len(texts) <= TRIED.goals:
        return None
    if view is View.FLOWING:
        ways = _in_turn(texts)
    elif view is View.PLACED:
        ways = _by_border(heads, texts)
    else:
        ways = _by_turns(texts)
    return min(ways, key=lambda way: way[0], default=None)


def completed(label: Fragment, texts: Sequence[Fragment]) -> tuple[Fragment, list[Fragment]]:
    """A goal's label with the part of it that stands among its texts (年度, 总体, 目标 one below the other)."""
    for number, text in enumerate(texts):
        if not text.text.isalpha():
            continue
        cells = sorted((*label.cell.spans, text.cell.span), key=lambda span: span.start)
        if any(one.group == "goal" for one in joining.find(*(span.text for span in cells))):
            whole = together([Cell(span, span.text, label.cell.column) for span in cells])
            return replace(label, cell=whole), [*texts[:number], *texts[number + 1 :]]
    return label, list(texts)


def ordered(words: Sequence[Fragment]) -> list[Fragment]:
    """The lines of a goal, the one that ends it last, where two of them were read as one line."""
    found = list(words)
    for at, (one, two) in enumerate(pairwise(words)):
        one_line = one.line == two.line and two.gap is Gap.TAB
        if one_line and one.text.endswith(END) and not two.text.endswith(END):
            found[at : at + 2] = [two, one]
    return found


def _in_turn(texts: Sequence[Fragment]) -> Iterator[Sides]:
    """Cut where the right one begins: its text follows the left one's."""
    for at in range(1, len(texts)):
        parts = [list(texts[:at]), list(texts[at:])]
        yield sum(column(_lines(part)) for part in parts), parts


def _by_border(heads: Sequence[Fragment], texts: Sequence[Fragment]) -> Iterator[Sides]:
    """Cut by a border where the pieces of the right column begin."""
    left = min(heads, key=lambda head: head.start)
    outer = min(text.start for text in texts)
    expected = left.start + left.end - outer  # a head stands over the middle of its column
    for border in {text.start for text in texts} - {outer}:
        parts = [[text for text in texts if (text.start >= border) == side] for side in (0, 1)]
        crossed = sum(1 for text in parts[0] if text.end > border + 1)
        price = SAID.misfit * crossed + LINES.border * abs(border - expected)
        yield price + sum(column(_lines(part)) for part in parts), parts


def _lines(words: Sequence[Fragment]) -> list[str]:
    """The lines that these words make."""
    return [
        "".join(word.text for word in group) for _, group in groupby(words, lambda word: word.line)
    ]


def _by_turns(texts: Sequence[Fragment]) -> Iterator[Sides]:
    """Cut by how many lines each has: both are centred, so their lines take turns in one way only."""
    rows = [list(group) for _, group in groupby(texts, lambda word: word.line)]
    for size in range(1, len(texts)):
        for top in (False, True):
            for first in (0, 1):
                parts = _turns(rows, (size, len(texts) - size), first=first, top=top)
                if all(parts):
                    price = LINES.behind * (parts[0][0] is not texts[0])
                    yield price + sum(column([word.text for word in part]) for part in parts), parts


def _turns(
    rows: Sequence[Sequence[Fragment]], sizes: tuple[int, int], *, first: int, top: bool
) -> list[list[Fragment]]:
    """Give each piece to the goal whose next line stands higher; `first` has the first of two at one height."""
    parts: list[list[Fragment]] = [[], []]
    starts = [0.0 if top else -(size - 1) / 2 for size in sizes]
    for row in rows:
        left, right = (start + len(part) for start, part in zip(starts, parts, strict=True))
        open_ = [at for at in (0, 1) if len(parts[at]) < sizes[at]]
        if len(row) > 1 and len(open_) > 1:
            cut = len(row) // 2
            parts[0].extend(row[:cut])
            parts[1].extend(row[cut:])
            continue
        side = open_[0] if open_ else 0
        if len(open_) > 1:
            side = first if left == right else int(right < left)
        parts[side].extend(row)
    return parts
