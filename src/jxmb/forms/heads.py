"""The heads of an indicator table that stand over several rows, or at the columns of a table of many projects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import labels
from ..tables import Cell, Row
from ..values import fold
from . import LIMITS
from .columns import LEVELS, TARGETS, meanings
from .lines import column_names

VALUE = frozenset({"值", "数值", "具体数值"})  # below 指标值, beside its sign and unit
MONEY = frozenset({"money", "goal"})


def joined(rows: Sequence[Row]) -> list[Row]:
    """The rows with each head that stands over several of them as one row, in the place of the lowest."""
    found: list[Row] = []
    for row in rows:
        if found and (whole := _divided(found[-1], row)) is not None:
            found[-1] = whole
            continue
        if column_names(row) and (above := _above(found, row)):
            fields = any(map(_has_field, (row, *above)))  # else they describe no projects
            whole = _completed(*_aligned(above, row)) if fields else None
            if whole is not None:
                del found[-len(above) :]
                row = whole
        found.append(row)
    return found


def _has_field(row: Row) -> bool:
    return any(label.group == "field" for cell in row.filled for label in meanings(cell.text))


def _divided(head: Row, row: Row) -> Row | None:
    """The row of heads with those that stand below some of them; None for a row of none.

    前年, 上年, 预计当年实现 below 指标值; 指标性质, 指标值, 度量单位 below 绩效度量. Its other heads have nothing below them.
    """
    if row.table != head.table or not column_names(head):
        return None
    own = [cell for cell in row.filled if not cell.carried and not _again(head, cell)]
    if len(own) < 2 or any(map(_is_value, own)):
        return None
    head, own = _unfolded(head, row, own)
    over = _covering(head, row, own)
    if over is None:
        return None
    below = [_below(one, cell) for one, cell in zip(over, own, strict=True)]
    if "name" not in _roles([*head.filled, *below]):
        return None
    told = [cell for cell in below if labels.meaning(cell.text, "column")]
    if len(told) < len(own) and not (_roles(over) & {"target", "note"}):
        return None
    cells = [*(cell for cell in head.filled if cell not in over), *_with_target(over, below)]
    return Row(tuple(sorted(cells, key=lambda cell: cell.column)), head.dialect, head.table)


def _unfolded(head: Row, row: Row, own: list[Cell]) -> tuple[Row, list[Cell]]:
    """The heads and those below the last one that may be divided, in their columns: no blank cell is written for others."""
    dense = len(own) == len(row.cells) and len(head.cells) == len(head.filled)
    known = all(fold(cell.text) in VALUE or _roles([cell]).difference(LEVELS) for cell in own)
    at = max((at for at, one in enumerate(head.cells) if _is_divisible(one)), default=0)
    if not (dense and known and at) or head.width > len(head.cells) or "name" in _roles(own):
        return head, own
    start, more = head.cells[at].column, len(own) - 1
    cells = (
        replace(one, column=one.column + more * (one.column > start), width=1 + more * (n == at))
        for n, one in enumerate(head.cells)
    )
    return replace(head, cells=tuple(cells)), [
        replace(cell, column=start + n) for n, cell in enumerate(own)
    ]


def _is_divisible(cell: Cell) -> bool:
    """Whether a head may stand over others: 指标值, or one that nobody knows (绩效度量)."""
    return "target" in _roles([cell]) or not meanings(cell.text)


def _covering(head: Row, row: Row, own: Sequence[Cell]) -> list[Cell] | None:
    """For each of these cells the head that it stands below, one over several columns; None where one has none."""
    starts = [cell.column for cell in head.filled]
    ends = [*starts[1:], max(head.width, row.width)]
    wide = [
        (cell, range(cell.column, max(end, cell.column + cell.width)))
        for cell, end in zip(head.filled, ends, strict=True)
        if max(end - cell.column, cell.width) > 1
    ]
    found = [next((one for one, at in wide if cell.column in at), None) for cell in own]
    over = [one for one in found if one is not None]
    if len(over) < len(own) or over[0].column != own[0].column or starts[0] == own[0].column:
        return None
    return over


def _below(over: Cell, cell: Cell) -> Cell:
    """A head below another, in words that say what both do: 数值 below 指标值, 半年 below 指标值."""
    if fold(cell.text) in VALUE:
        return replace(over, column=cell.column, width=cell.width)
    role, above = (labels.meaning(one.text, "column") for one in (cell, over))
    both = replace(cell, text=cell.text + over.text)
    if above == "target_midterm" and role == "target":
        return replace(over, column=cell.column, width=cell.width)
    return both if role is None and labels.meaning(both.text, "column") else cell


def _with_target(over: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """The heads below others; the first one that nobody knows is that of the targets where none of them is."""
    found = list(below)
    if not _roles(below).isdisjoint(TARGETS):
        return found
    for at, (one, cell) in enumerate(zip(over, below, strict=True)):
        if labels.meaning(one.text, "column") in TARGETS and not meanings(cell.text):
            found[at] = replace(one, column=cell.column, width=cell.width)
            break
    return found


def _roles(cells: Iterable[Cell]) -> set[str]:
    """What the heads of columns among these cells mean."""
    return {one.name for cell in cells for one in labels.find(cell.text) if one.group == "column"}


def _is_value(cell: Cell) -> bool:
    """Whether a cell holds a figure that is no year: no head does."""
    return any(map(str.isdigit, cell.text)) and not labels.find(cell.text)


def declares_projects(row: Row) -> bool:
    """Whether a row has the heads of a table of many projects, their indicators in one column or none."""
    cells = row.filled
    if len(cells) < LIMITS.heads or not all(meanings(cell.text) for cell in cells):
        return False
    groups = {label.group for cell in cells for label in meanings(cell.text)}
    names = [labels.meaning(cell.text, "field") for cell in cells]
    return names.count("project_name") == 1 and groups >= MONEY and bool(column_names(row))


def _above(rows: Sequence[Row], head: Row) -> list[Row]:
    """The rows of heads right above this one, of the same table."""
    count = 0
    while count < min(LIMITS.above, len(rows)) and _is_head(rows[-1 - count], head):
        count += 1
    return list(rows[len(rows) - count :])


def _is_head(row: Row, head: Row) -> bool:
    if row.table != head.table or row.dialect != head.dialect:
        return False
    return not any(_holds_value(cell) for cell in row.filled)


def _holds_value(cell: Cell) -> bool:
    word = labels.bare(cell.text)
    return word.replace(",", "").replace(".", "").isdigit()


def _aligned(above: list[Row], head: Row) -> tuple[list[Row], Row]:
    """Rows of heads in their columns, where merged cells left no blank in the one row or in the other.

    Above each run of heads stands one that covers them, above each blank one that reaches down.
    """
    upper = above[-1]
    dense = len(upper.cells) == len(upper.filled) and upper.width < head.width
    if dense and len(runs := _runs(head)) == len(upper.cells):
        cells = (
            replace(cell, column=run[0], width=len(run))
            for cell, run in zip(upper.cells, runs, strict=True)
        )
        return [*above[:-1], replace(upper, cells=tuple(cells))], head
    dense = len(head.filled) == len(head.cells) and head.width < upper.width
    covered = (
        [at for run in _runs(upper, blank=True) if len(run) > 1 for at in run] if dense else []
    )
    if dense and len(covered) == len(head.cells):
        cells = (replace(cell, column=at) for cell, at in zip(head.cells, covered, strict=True))
        return above, replace(head, cells=tuple(cells))
    uppers, lowers = (_without_blanks_behind(row) for row in (upper, head))
    margin = [at for at, cell in enumerate(uppers) if labels.meaning(cell.text, "margin")]
    dense = all(cell.text for cell in (*uppers, *lowers))
    if len(margin) == 1 and dense and all(labels.meaning(c.text, "column") for c in lowers):
        start, more = margin[0], len(lowers) - 1
        moved = (
            replace(cell, column=at + more if at > start else at, width=1)
            for at, cell in enumerate(uppers)
        )
        below = (replace(cell, column=start + at) for at, cell in enumerate(lowers))
        return [*above[:-1], replace(upper, cells=tuple(moved))], replace(head, cells=tuple(below))
    return above, head


def _without_blanks_behind(row: Row) -> tuple[Cell, ...]:
    """The cells of a row without the blank ones behind the last that is filled."""
    end = max([at for at, cell in enumerate(row.cells, 1) if cell.text], default=0)
    return row.cells[:end]


def _runs(row: Row, *, blank: bool = False) -> list[list[int]]:
    """The columns of each blank cell and of each run of filled ones; those of a cell and the `blank` ones behind it."""
    runs: list[list[int]] = []
    before = False
    for cell in row.cells:
        goes_on = not cell.text if blank else (bool(cell.text) and before)
        if runs and goes_on:
            runs[-1].extend(_places(cell))
        else:
            runs.append([*_places(cell)])
        before = bool(cell.text)
    return runs


def _completed(above: Sequence[Row], head: Row) -> Row | None:
    """The row of heads with those above it where it is blank; None where they are none of the same table."""
    cells = list(head.filled)
    taken = {at for cell in cells for at in _places(cell)}
    added: list[Cell] = []
    for row in reversed(above):
        for cell in row.filled:
            if taken.isdisjoint(_places(cell)):
                added.append(cell)
                taken.update(_places(cell))
    reaching = [cell for cell in cells if cell.carried or _again(above[-1], cell)]
    if not added and reaching and _describes_projects(reaching):
        return head  # it has all heads of the rows above that reach down
    if not added or not all(meanings(cell.text) for cell in added):
        return None
    if not _describes_projects(added, cells):
        return None
    return Row(
        tuple(sorted([*cells, *added], key=lambda cell: cell.column)), head.dialect, head.table
    )


def _again(above: Row, cell: Cell) -> bool:
    """Whether the cell stands above too, as a tool prints one that reaches down over both rows."""
    return any(
        fold(one.text) == fold(cell.text) for one in above.filled if one.column == cell.column
    )


def _places(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.width)


def _describes_projects(added: Iterable[Cell], below: Iterable[Cell] = ()) -> bool:
    """Whether heads name projects, with the money or goals of these beside or below them."""
    own, others = (
        {label.group for cell in cells for label in meanings(cell.text)} for cells in (added, below)
    )
    return "field" in own and not MONEY.isdisjoint(own | others)
