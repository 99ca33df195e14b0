"""Tables that leave nothing to weigh: each row has one word a column, in their order, and each looks as it should."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from ...forms.shapes import Shape, fit, shape
from ...tables.widths import columns
from ...values import seams
from ..fragments import Fragment
from .in_sequence import Lane, Step

SHORTEST_NAME = 3  # code points: less may be the end of another
SPARE = 2  # display columns that a full line may leave
INSIDE = 0.5  # what the place of a word must say for its column, of 1.5

LOOKS: dict[str, Callable[[Shape], bool]] = {
    "name": lambda look: fit(look, "name") > 0 and len(look.text) >= SHORTEST_NAME,
    "target": lambda look: look.target,
    "mark": lambda look: look.mark,
    "unit": lambda look: look.unit,
    "weight": lambda look: look.number,
}


def steps(
    lanes: Sequence[Lane], words: Sequence[Fragment], after_label: Sequence[bool]
) -> list[Step] | None:
    """The step of each word; None where it has to be weighed which column is whose."""
    roles = [lane.column.role for lane in lanes]
    size = len(lanes)
    if not words or len(words) % max(1, size) or not {"name", "target"} <= set(roles) <= set(LOOKS):
        return None
    rows = [words[at : at + size] for at in range(0, len(words), size)]
    if any(after_label[at] for at in range(len(words)) if at % size):
        return None  # a level label stands within a row
    if not _in_lines(rows) or not all(_is_row(lanes, row) for row in rows) or _may_go_on(rows):
        return None
    return [Step(lane.number, opens=lane is lanes[0]) for _ in rows for lane in lanes]


def _in_lines(rows: Sequence[Sequence[Fragment]]) -> bool:
    """Whether every row begins a line and is spread over as many as the others."""
    return len({tuple(word.line - row[0].line for word in row) for row in rows}) == 1 and all(
        upper[-1].line < lower[0].line for upper, lower in pairwise(rows)
    )


def _is_row(lanes: Sequence[Lane], row: Sequence[Fragment]) -> bool:
    """Whether each word is a whole cell of its column."""
    return all(
        not word.meanings
        and LOOKS[lane.column.role](shape(word.text))
        and (lane.bounds is None or lane.place(word) >= INSIDE)
        and not _is_part(word.text)
        for lane, word in zip(lanes, row, strict=True)
    )


def _is_part(text: str) -> bool:
    """Whether a text begins or ends as a line does whose cell has others."""
    return bool(seams.depth(text)) or seams.begins_open(text) or seams.ends_open(text)


def _may_go_on(rows: Sequence[Sequence[Fragment]]) -> bool:
    """Whether a row may be the second lines of the cells above it, all of which are full."""
    full = [max(columns(word.text) for word in cells) - SPARE for cells in zip(*rows, strict=True)]
    return any(
        all(columns(word.text) >= most for word, most in zip(upper, full, strict=True))
        and not any(seams.is_signed(word.text) for word in lower)
        for upper, lower in pairwise(rows)
    )
