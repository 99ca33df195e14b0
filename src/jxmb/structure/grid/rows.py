"""The columns of a page to the rows of its table, cells that reach over several among them."""

from __future__ import annotations

from collections.abc import Sequence

from ... import labels, values
from ...forms.columns import LEVELS, TARGETS
from .bands import Band, Column, Piece, Stand, bands
from .cells import label_cells, plain_cells
from .kinds import kind
from .merged import AGAIN, BEFORE, again, merged, misfits

PROJECT = frozenset({"project_name", "total", "amount", "goal"})


def best(pieces: Sequence[Sequence[Piece]], roles: Sequence[str]) -> list[Band]:
    """The rows, their texts in the middle of the cells or at the top, whichever fits."""
    read = [_rows(pieces, roles, stand) for stand in Stand]
    return min(read, key=lambda one: one[1])[0]


def _rows(
    pieces: Sequence[Sequence[Piece]], roles: Sequence[str], stand: Stand
) -> tuple[list[Band], float]:
    """The rows where texts stand so in their cells, and the price."""
    columns = [
        Column(at, kind(role), own)
        for at, (role, own) in enumerate(zip(roles, pieces, strict=True))
    ]
    if not TARGETS & set(roles):
        return bands(columns, stand)
    first = min(at for at, role in enumerate(roles) if role in (*LEVELS, "name", "margin"))
    levels = [at for at, role in enumerate(roles) if role in (*LEVELS, "margin")]
    project = [at for at in range(first) if roles[at] in PROJECT]
    cells = {at: label_cells(at, pieces[at]) for at in levels}
    lowest = sorted(cell.at(stand) for cell in cells[levels[-1]]) if levels else []
    rows, price = bands(
        [column for column in columns[first:] if column.number not in levels], stand, lowest
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
        return AGAIN if start <= second[at] else BEFORE

    projects, more = bands([columns[at] for at in project], stand)
    over = [projects, *(plain_cells(at, pieces[at]) for at in range(first) if at not in project)]
    for some in over:
        rows, other = merged(rows, some, stand, broken if some is projects else None)
        price += other
    return rows, price + more


def worth(rows: Sequence[Band], roles: Sequence[str]) -> float:
    """The share of whole rows among those that are no level without an indicator and no sum, and what is no level."""
    named = {at for at, role in enumerate(roles) if role == "name"}
    valued = {at for at, role in enumerate(roles) if role in TARGETS}
    levels = [at for at, role in enumerate(roles) if role in LEVELS]
    sums = {at for at, role in enumerate(roles) if role == "total"}
    whole = others = 0
    for row in rows:
        own = set(row.cells)
        if named & own and (valued & own or not valued):
            whole += 1
        elif not any(values.amount(row.cells[at].text) for at in sums & own) and (
            named & own or valued & own or any(roles[at] in PROJECT for at in own)
        ):
            others += 1
        others += sum(
            not row.cells[at].carried and labels.meaning(row.cells[at].text, *LEVELS) is None
            for at in levels
            if at in row.cells
        )
    return whole / max(1, whole + others)
