"""A label whose line breaks were copied, too: all its lines but the last stand alone above its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .. import labels
from ..labels import money
from .lines import Lines

BRACKETS = "（("


def label_lines(lines: Lines, split: Callable[[str], Sequence[str]]) -> int:
    """How many of the next lines are the beginning of a label that ends in the first cell of the line below them.

    `split` parts a line into the texts of its cells.
    """
    heads: list[str] = []
    parts: Sequence[str] = ()
    while (line := lines.peek(len(heads))) is not None and len(parts := split(line.text)) == 1:
        heads.append(line.text.strip())
        if not heads[-1] or max(len(heads[-1]), len(heads)) > labels.LIMITS.words:
            return 0
    if line is None or not heads:
        return 0
    end, *others = parts
    if heads[0][0] in BRACKETS and (labels.find(end) or money.find(end)):
        return 0  # the unit of the label above
    whole = "".join((*heads, end.strip()))
    if end.strip() and (labels.find(whole) or money.find(whole)):
        return len(heads)
    margin = labels.meaning(others[0], "column") == "level1" and whole.endswith(labels.LEVEL_END)
    return len(heads) if margin else 0
