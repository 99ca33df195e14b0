"""What the places of words tell of a table whose text keeps its columns by blanks.

In a table of many projects the cells that hold for a whole project are taken out of the rows, and given to it by
their height.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor

from ...deferred import dataclass
from ...forms.columns import FIELD_ROLES
from ...forms.levels import Mark, spread
from ...forms.shapes import shape
from ...labels import Label
from ...tables import Cell
from ..fragments import Fragment, together
from .lanes import LEVEL_ROLES, Lane

LEVEL_END = "指标"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a level label is that the vocabulary does not know, and how it stands."""

    reach: int = 2  # display columns by which it may stand aside from the others in its column
    shortest: int = 4  # code points
    longest: int = 14


LIMITS = Limits()


def named(words: Sequence[Fragment], lanes: Sequence[Lane]) -> list[Fragment]:
    """The words, level labels in the column of names as names where another label stands beside them."""
    if not any(lane.bounds for lane in lanes):
        return list(words)
    roles = [_lane(word, lanes).column.role if word.name(*LEVEL_ROLES) else "" for word in words]
    if roles.count("name") >= roles.count("level2"):
        return list(words)  # these stand in the column of level 2, whatever its head says
    levels = [word.height for word, role in zip(words, roles, strict=True) if role == "level2"]
    beside = {line(height) for height in levels for line in (floor, ceil)}
    return [
        replace(word, meanings=())
        if role == "name" and {floor(word.height), ceil(word.height)} & beside
        else word
        for word, role in zip(words, roles, strict=True)
    ]


def with_own_levels(words: Sequence[Fragment], lanes: Sequence[Lane]) -> list[Fragment]:
    """The words with those as level labels that stand in the columns of levels but are none of the vocabulary.

    A level 1 stands beside rows with names and values; a level 2 beside such a level 1, or ends as level labels do.
    """
    of = {lane.column.role: lane for lane in lanes if lane.bounds}
    if not of.keys() >= {"level1", "level2", "name", "target"}:
        return list(words)
    firsts, seconds = (list(_runs(words, of[role])) for role in ("level1", "level2"))
    if not firsts and not seconds:
        return list(words)
    beside = [
        {word.line + off for word in words if _lane(word, lanes) is of[role] for off in (-1, 0, 1)}
        for role in ("name", "target")
    ]
    slid = {word.line for word in words if _is_slid(word, lanes)}
    firsts = [
        run
        for run in firsts
        if all(_lines(run) & near for near in beside) and not _lines(run) & slid
    ]
    labelled = {word.line for word in words if word.name("level2") and not word.name("column")}
    firsts = [run for run in firsts if _lines(run) & labelled or _beside(run, seconds)]
    seconds = [run for run in seconds if run[-1].text.endswith(LEVEL_END) or _beside(run, firsts)]
    made = {id(run[0]): _level(run, "level1") for run in firsts}
    made |= {id(run[0]): _level(run, "level2") for run in seconds}
    used = {id(word) for run in (*firsts, *seconds) for word in run[1:]}
    return [made.get(id(word), word) for word in words if id(word) not in used]


def _is_slid(word: Fragment, lanes: Sequence[Lane]) -> bool:
    """Whether a value stands in the column of names or left of it: the cells of its row have slid to the left."""
    look = shape(word.text)
    return (look.target or look.mark) and _lane(word, lanes).column.role in {*LEVEL_ROLES, "name"}


def _runs(words: Sequence[Fragment], lane: Lane) -> Iterator[list[Fragment]]:
    """The texts that stand in the column of a level where its labels do, those one below the other together."""
    assert lane.bounds is not None and lane.head is not None
    known = [word for word in words if word.name(lane.column.role) and _within(word, lane.bounds)]
    left = min((lane.head[0], *(word.start for word in known))) - LIMITS.reach
    right = max((lane.head[1], *(word.end for word in known))) + LIMITS.reach
    reach = max(left, lane.bounds[0]), min(right, lane.bounds[1])
    run: list[Fragment] = []
    for word in words:
        if word.meanings or not word.text.isalpha() or not _within(word, reach):
            continue
        if run and word.line - run[-1].line > 1:
            yield from _long([run])
            run = []
        run.append(word)
    yield from _long([run])


def _long(runs: Iterable[list[Fragment]]) -> Iterator[list[Fragment]]:
    """Those of these runs that are as long as labels are, and not the end of one that went astray."""
    for run in runs:
        if LIMITS.shortest <= sum(len(word.text) for word in run) <= LIMITS.longest:
            yield run


def _beside(run: Sequence[Fragment], others: Iterable[Sequence[Fragment]]) -> bool:
    """Whether a label stands at the height of one of these."""
    return any(abs(_height(run) - _height(other)) <= 1 for other in others)


def _within(word: Fragment, reach: tuple[float, float]) -> bool:
    return reach[0] <= word.start and word.end <= reach[1]


def _lines(run: Sequence[Fragment]) -> set[int]:
    return {word.line for word in run}


def _height(run: Sequence[Fragment]) -> float:
    return sum(word.height for word in run) / len(run)


def _level(run: Sequence[Fragment], group: str) -> Fragment:
    cell = together([word.cell for word in run])
    meanings = (Label(group, cell.text),)
    return replace(run[0], cell=cell, meanings=meanings, height=_height(run), torn=len(run) > 1)


def aside(
    words: Sequence[Fragment], lanes: Sequence[Lane]
) -> tuple[list[Fragment], dict[int, list[Fragment]]]:
    """The words without those that stand in columns of project data, and these by column number."""
    fields = [lane for lane in lanes if lane.column.role in FIELD_ROLES and lane.bounds]
    if not fields:
        return list(words), {}
    kept: list[Fragment] = []
    taken: dict[int, list[Fragment]] = {}
    for word in words:
        lane = _lane(word, lanes)
        if lane in fields and not word.name("level1", "level2"):
            taken.setdefault(lane.number, []).append(word)
        else:
            kept.append(word)
    return kept, taken


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


def given(
    taken: Mapping[int, Sequence[Fragment]], starts: Sequence[int], tops: Sequence[int]
) -> tuple[dict[int, dict[int, Cell]], list[Cell]]:
    """The project data by the first row of their project, and what a new page printed again.

    `tops` has the line at which each project begins.
    """
    found: dict[int, dict[int, list[Cell]]] = {}
    again: list[Cell] = []
    for column, words in taken.items():
        for word in words:
            at = max((at for at, top in enumerate(tops) if top <= word.line), default=0)
            cells = found.setdefault(starts[at], {}).setdefault(column, [])
            echo = any(cell.text == word.text for cell in cells)
            (again if echo else cells).append(word.cell)
    given = {
        row: {column: together(cells) for column, cells in columns.items() if cells}
        for row, columns in found.items()
    }
    return given, again
