"""The heads of an indicator table that stand over several rows, or at the columns of a table of many projects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import labels
from ..tables import Cell, Row
from ..values import fold
from . import LIMITS
from .columns import meanings
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
    """The row of heads with the heads that stand below its 指标值 (前年, 上年, 预计当年实现); None without such."""
    if row.table != head.table or len(row.filled) < 2 or row.filled[0].column == 0:
        return None
    if not {"name", "target"} <= column_names(head):
        return None
    own = [cell for cell in row.filled if fold(cell.text) not in VALUE]
    if len(own) < 2 or not all(labels.meaning(cell.text, "column") for cell in own):
        return None
    over = [cell for cell in head.filled if row.filled[0].column in _places(cell)]
    if len(over) != 1 or labels.meaning(over[0].text, "column") != "target":
        return None
    kept = [cell for cell in head.filled if cell is not over[0]]
    taken = {at for cell in kept for at in _places(cell)}
    if any(not taken.isdisjoint(_places(cell)) for cell in row.filled):
        return None
    below = [
        cell if cell in own else replace(over[0], column=cell.column, width=cell.width)
        for cell in row.filled
    ]
    cells = sorted([*kept, *below], key=lambda cell: cell.column)
    return Row(tuple(cells), head.dialect, head.table)


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
    dense = len(upper.cells) == len(upper.filled) and _width(upper) < _width(head)
    if dense and len(runs := _runs(head)) == len(upper.cells):
        cells = (
            replace(cell, column=run[0], width=len(run))
            for cell, run in zip(upper.cells, runs, strict=True)
        )
        return [*above[:-1], replace(upper, cells=tuple(cells))], head
    dense = len(head.filled) == len(head.cells) and _width(head) < _width(upper)
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


def _width(row: Row) -> int:
    return max((cell.column + cell.width for cell in row.cells), default=0)


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
