"""Rows of an indicator table that slid: whether that is the table's habit, and which of them keep their levels."""

from __future__ import annotations

from collections.abc import Sequence

from ..forms.alignment import Placed
from ..forms.columns import LEVELS, Columns
from ..model.repairs import Kind, Repair
from .indicators import Line
from .limits import LIMITS


def noted(columns: Columns, lines: Sequence[Placed], repairs: list[Repair]) -> bool:
    """Note the rows that slid; whether sliding is the habit of the table, which leaves merged cells out.

    A column without header that most rows fill is a ghost, and those rows stand where the table puts them.
    """
    slid = [one for one in lines if one.slid and one.cells]
    if columns.inferred or not slid:
        return columns.inferred
    offsets = [_offset(columns, one) for one in slid]
    # Some print the cells that are left out as blank ones at the end: then rows slide by several lengths.
    habit = sum(one.short for one in slid) if len(set(offsets)) < LIMITS.several else len(slid)
    if habit * 2 >= len(lines) or _leaves_out(columns, lines):
        return True
    common = max(set(offsets), key=offsets.count)
    ghost = offsets.count(common) * 2 > len(lines)
    if ghost:
        first = next(iter(slid[offsets.index(common)].cells.values()))
        repairs.append(Repair(Kind.GHOST, first.span, ""))
    for one, offset in zip(slid, offsets, strict=True):
        if not (ghost and offset == common):
            first = next(iter(one.cells.values()))
            text = "；".join(cell.text for cell in one.cells.values())
            repairs.append(Repair(Kind.SHIFTED, first.span, text))
    return False


def _leaves_out(columns: Columns, lines: Sequence[Placed]) -> bool:
    """Whether a table prints each label of a level 1 once and leaves it out below: its short rows are whole."""
    levels = [at for at, one in enumerate(columns.columns) if one.role in LEVELS and one.header]
    full = [one for one in lines if not one.slid and len(one.cells) > 1]  # no label on its own row
    firsts = [one.cells[levels[0]].text for one in full if levels and levels[0] in one.cells]
    return (
        all(one.short for one in lines if one.slid)
        and all(levels and all(at in one.cells for at in levels) for one in full)
        and len(set(firsts)) == len(firsts)
    )


def led(columns: Columns, lines: Sequence[Line]) -> set[int]:
    """The rows whose level is told though they slid: by a label in a row above that slid as far.

    Rows whose name kept its column did not slide in what matters.
    """
    found: set[int] = set()
    standing: int | None = None
    for number, line in enumerate(lines):
        slide = _slide(columns, line)
        if line.get("level2") is not None:
            standing = slide
        elif slide != standing and slide:
            standing = None
        if not slide or slide == standing:
            found.add(number)
    return found


def _slide(columns: Columns, line: Line) -> int | None:
    """How far the name of a row stands from its column; None for a row outside the table."""
    for at, cell in line.placed.cells.items():
        column = columns.columns[at]
        if column.role == "name" and cell.text:
            return cell.column - column.start
    return None


def _offset(columns: Columns, placed: Placed) -> tuple[tuple[int, int], ...]:
    return tuple(
        (at, cell.column - columns.columns[at].start)
        for at, cell in placed.cells.items()
        if not columns.columns[at].start <= cell.column < columns.columns[at].end
    )
