"""What the places of words tell of a table whose text keeps its columns by blanks.

In a table of many projects the cells that hold for a whole project are taken out of the rows, and given to it by
their height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor

from ...forms.levels import Mark, spread
from ..fragments import Fragment
from .lanes import LEVEL_ROLES, Lane


def named(words: Sequence[Fragment], lanes: Sequence[Lane]) -> list[Fragment]:
    """The words, level labels in the column of names as names where another label stands beside them."""
    if not any(lane.bounds for lane in lanes):
        return list(words)
    roles = [_lane(word, lanes).column.role if word.name(*LEVEL_ROLES) else "" for word in words]
    levels = [word.height for word, role in zip(words, roles, strict=True) if role == "level2"]
    beside = {line(height) for height in levels for line in (floor, ceil)}
    return [
        replace(word, meanings=())
        if role == "name" and {floor(word.height), ceil(word.height)} & beside
        else word
        for word, role in zip(words, roles, strict=True)
    ]


def _lane(word: Fragment, lanes: Sequence[Lane]) -> Lane:
    return max(lanes, key=lambda one: one.place(word))


def projects(marks: Sequence[Mark], names: Sequence[str], rows: int) -> list[int]:
    """The number of the first row of each project: where the tree of level 1 (`names` of the marks) begins again."""
    named = dict(zip(map(id, marks), names, strict=True))
    starts: list[int] = [0] if rows else []
    seen: list[str] = []
    for row, mark in enumerate(spread(marks, rows).marks):
        name = named[id(mark)] if mark is not None else None
        if name is None or name in seen[-1:]:
            continue
        if name in seen:
            starts.append(row)
            seen = []
        seen.append(name)
    return starts
