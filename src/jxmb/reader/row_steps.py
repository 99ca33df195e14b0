"""The steps from the rows of a form that kept its cells to those of its indicators, in order.

Each can be switched off by its name. What the rows of damaged cells go through before is `repair`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..forms.alignment import Placed
from ..forms.columns import Columns, named_levels, signs_apart, with_targets
from ..forms.heads import joined
from ..forms.rows import listed, parted, whole
from ..forms.turned import turned
from ..model.trace import Steps
from ..tables import Cell, Row
from .prose import told as sentences

OUTLINE, FALLEN, HALVES, WHOLE = "outline", "fallen rows", "shared cells", "names over rows"

ROWS: dict[str, Callable[[Sequence[Row]], list[Row]]] = {
    "lying table": turned,
    "heads over rows": joined,
    "several rows in one": lambda rows: [part for row in rows for part in parted(row)],
    "lists in cells": lambda rows: [part for row in rows for part in listed(row)],
    "sentences in cells": lambda rows: [part for row in rows for part in sentences(row)],
}
COLUMNS: dict[str, Callable[[Columns, Sequence[Mapping[int, Cell]]], Columns]] = {
    "column without a head": with_targets,
    "level by its labels": named_levels,
    "column of signs": signs_apart,
}
STEPS = frozenset((OUTLINE, *ROWS, FALLEN, HALVES, *COLUMNS, WHOLE))


def upright(rows: Sequence[Row], steps: Steps) -> Sequence[Row]:
    """The rows of a form, each of one indicator or head."""
    for name, step in ROWS.items():
        rows = steps.take(name, rows, step)
    return rows


def told(columns: Columns, rows: Sequence[Mapping[int, Cell]], steps: Steps) -> Columns:
    """The columns of a table, those in another role of which the rows say more than the heads."""
    for name, step in COLUMNS.items():
        columns = steps.take(name, columns, step, rows)
    return columns


def with_ends(lines: Sequence[Placed], columns: Columns, steps: Steps) -> Sequence[Placed]:
    """The rows of a table, the end of a name that stands on a row of its own in its place."""
    return steps.take(WHOLE, lines, whole, columns)
