"""The columns of a page to the rows of its table, cells that reach over several among them."""

from __future__ import annotations

from collections.abc import Sequence

from ... import labels
from ...forms.columns import LEVELS, TARGETS
from .bands import Band, Column, Piece, Stand, bands
from .cells import label_cells, plain_cells
from .edges import VALUED
from .merged import COVERS, again, merged, misfits

PROJECT = frozenset({"project_name", "total", "amount", "goal"})


def best(pieces: Sequence[Sequence[Piece]], roles: Sequence[str]) -> list[Band]:
    """The rows, their texts in the middle of the cells or at the top, whichever fits."""
    read = [_rows(pieces, roles, stand) for stand in (Stand.MIDDLE, Stand.TOP)]
    return min(read, key=lambda one: one[1])[0]


def _rows(
    pieces: Sequence[Sequence[Piece]], roles: Sequence[str], stand: Stand
) -> tuple[list[Band], float]:
    """The rows where texts stand so in their cells, and the price."""
    columns = [
        Column(at, role in VALUED, own)
        for at, (role, own) in enumerate(zip(roles, pieces, strict=True))
    ]
    if not TARGETS & set(roles):
        return bands(columns, stand)
    first = min(at for at, role in enumerate(roles) if role in (*LEVELS, "name", "margin"))
    levels = [at for at, role in enumerate(roles) if role in (*LEVELS, "margin")]
    project = [at for at in range(first) if roles[at] in PROJECT]
    cells = {at: label_cells(at, pieces[at]) for at in levels}
    rows, price = bands(
        [column for column in columns[first:] if column.number not in levels], stand
    )
    for at in reversed(levels):
        fit = misfits if roles[at] == "level1" else None
        rows, more = merged(rows, cells[at], stand, fit)
        price += more
    level1 = roles.index("level1") if "level1" in roles else -1
    second = again(rows, level1)

    def broken(_: Band, __: Sequence[Band], at: int, start: int) -> float:
        if at not in second or at == start:
            return 0.0
        return COVERS.two if start <= second[at] else COVERS.open

    projects, more = bands([columns[at] for at in project], stand)
    over = [projects, *(plain_cells(at, pieces[at]) for at in range(first) if at not in project)]
    for some in over:
        rows, other = merged(rows, some, stand, broken if some is projects else None)
        price += other
    return rows, price + more


def worth(rows: Sequence[Band], roles: Sequence[str]) -> float:
    """The share of rows with a name and a target among these and the level cells that are none."""
    named = {at for at, role in enumerate(roles) if role == "name"}
    valued = {at for at, role in enumerate(roles) if role in TARGETS}
    levels = [at for at, role in enumerate(roles) if role in LEVELS]
    whole = sum(
        not named.isdisjoint(row.cells) and not (valued and valued.isdisjoint(row.cells))
        for row in rows
    )
    cells = [row.cells[at] for row in rows for at in levels if at in row.cells]
    odd = sum(not cell.carried and labels.meaning(cell.text, *LEVELS) is None for cell in cells)
    return whole / max(1, whole + odd)
