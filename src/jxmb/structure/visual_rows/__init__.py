"""Tables whose rows are the visual lines of a page, as some tools print them from PDF.

A line that hits the columns of the table is a row between bars or tabs, any other falls out as a bare line; the
columns change from page to page. Here the lines are cut into pieces (`slices`), each with the place of its cell: the
column of the table that its row's column stands for (`grids`). Bare lines have no place but their line, and are read
by what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ... import deferred, labels
from ...deferred import dataclass
from ...forms.beside import is_pair
from ...labels import inside, joining
from ...tables import Cell, Row
from .. import GRIDS, LEVELS
from ..fragments import BLANK, Fragment, Gap, part, pieces
from ..labelling import words
from ..noise import run_together
from ..table import heads
from . import grids, slices
from .limits import LIMITS
from .slices import Slice

PAGE = deferred.regex(r"\n[ \t]*\r?\n|\f")
PAIR = deferred.re(r"[：:]\S")
TABLE = frozenset({"column", *LEVELS})
HEADER = frozenset({"field", "money", "goal", "other"}) | TABLE


def cut(rows: Sequence[Row]) -> tuple[list[Fragment], list[Cell]]:
    """The pieces of these rows, each in its place, and the foot of the page."""
    found, foot = _without_foot(slices.joined(list(_slices(rows)), sorted(HEADER)))
    made = words(_pieces(found))
    start, end = heads.find(made)
    if end > start:
        grids.assign(found, made[start:end])
    return _pieces(found), foot


def _without_foot(found: Sequence[Slice]) -> tuple[list[Slice], list[Cell]]:
    """The slices without bare lines behind the table that say something of the page, not of the form."""
    kept = list(found)
    foot: list[Cell] = []
    while kept and kept[-1].free and PAIR.search(kept[-1].text) and not is_pair(kept[-1].cell):
        foot.append(kept.pop().cell)
    return kept, foot


def _pieces(found: Sequence[Slice]) -> list[Fragment]:
    """Slices as pieces, in the order of lines and places."""
    ordered = sorted(found, key=lambda one: (one.height, one.place))
    made: list[Fragment] = []
    line = -1
    for one in ordered:
        gap = Gap.WIDE if one.line == line else Gap.LINE
        line = one.line
        made.append(Fragment(one.cell, gap, line, one.place, one.end))
    return made


def _slices(rows: Sequence[Row]) -> Iterator[Slice]:
    """What stands on each line, by grid and column."""
    grids: dict[tuple[int, int], int] = {}
    page = end = 0
    glue = _Glue()
    for line, row in enumerate(rows):
        cells = row.filled
        if not cells:
            continue
        span = cells[0].span
        page += PAGE.search(span.source.text, end, span.start) is not None
        end = cells[-1].spans[-1].end
        bare = row.dialect not in GRIDS
        grid = -1 if bare else grids.setdefault((page, len(row.cells)), len(grids))
        for cell in cells:
            parts = [own for one in _parts(cell, row) for own in glue.cut(one)]
            size = LIMITS.step // len(parts)
            start = (-1 if bare else cell.column) * LIMITS.step
            for at, own in enumerate(parts):
                place = start + at * size
                free = bare or len(parts) > 1
                column = -1 if bare else cell.column
                yield Slice(own, line, grid, column, float(line), place, place + size - 2, free)


@dataclass(slots=True)
class _Glue:
    """What is known so far of cells that ran together with nothing between."""

    groups: frozenset[str] = HEADER

    def cut(self, cell: Cell) -> list[Cell]:
        """The cells in one."""
        if labels.meaning(cell.text, "column"):
            self.groups = TABLE
        if len(cell.text) > labels.LIMITS.text or cell.rest:
            return [cell]
        half = _half(cell.text) if self.groups == TABLE else 0
        if half:
            whole = Fragment(cell, Gap.LINE, 0)
            ends = ((0, half), (half, len(cell.text)))
            return [part(whole, start, end).cell for start, end in ends]
        leads = inside.leads(cell.text, self.groups)
        if not leads and not (self.groups == HEADER and inside.holds(cell.text)):
            return [cell]
        parts = [piece.cell for piece in run_together.at_labels(Fragment(cell, Gap.LINE, 0))]
        if sum(1 for part in parts if labels.meaning(part.text, "column")) > 1:
            self.groups = TABLE
        return parts


def _half(text: str) -> int:
    """Where the first line of a level label ends that a name runs into; 0 where none does."""
    end = text.find("指") + 1
    known = 0 < end < len(text) - 2 and text[end] != "标"
    return end if known and joining.is_half(text[:end]) else 0


def _parts(cell: Cell, row: Row) -> list[Cell]:
    """A cell cut where blanks part several in it."""
    if not BLANK.search(cell.text):
        return [cell]
    return [piece.cell for piece in pieces([Row((cell,), row.dialect)])] or [cell]
