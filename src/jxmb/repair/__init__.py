"""The hot lane: forms that kept their cells, some of them damaged on the way.

`PASSES` says what is mended, in which order, and by which symptom it is known: a glance at the rows, for which a pass
is not imported. Where it does not show they stay as they are. Each can be switched off by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import field
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import NamedTuple

from .. import deferred, labels
from ..deferred import dataclass
from ..forms.shapes import shape
from ..labels import joining
from ..model.repairs import Repair
from ..tables import Cell, Row
from ..tables.markup import readable

BARS, TABS, EXTRACTED = frozenset({"pipes"}), frozenset({"tabs"}), frozenset({"tabs", "csv"})
# The line above a table in its first cell, without its year; and figures of a date before all its marks.
ABOVE = deferred.re(r"年?([^\W\d_a-zA-Z]{0,16}绩效[^\W\d_a-zA-Z]{1,8}表)?([（(]年度?[）)])?")
LOST = deferred.re(r"\d{2,8}[—–至]?年[—–至]?[月年]|\d{2,4}月日")
# A figure whose point stands behind it, and heads that end in their first character.
POINTED = deferred.regex(r"\P{N}?\d{1,9} \d{1,9}[^\d\s.]{0,6}\.")
HEADS = frozenset({"级指标一", "级指一标", "级一指标"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a cell, a row or a line is looked into, and how much tells something."""

    several: int = 3  # rows or cells of a table on one line, code points of a name
    spare: int = 4  # blanks that a full line may leave before its bar: what comes next did not fit
    parts: int = 4  # of a column that an edge may cut
    lines: int = 12  # of a cell in which labels are looked for
    goal: int = 12  # code points of a text that may go on before the heads of the table
    value: int = 40  # code points of a value that is looked into
    line: int = 1_000  # code points of a printed line
    cell: int = 2_000  # code points of a cell that is put in order


LIMITS = Limits()


class Pass(NamedTuple):
    """One kind of damage: its name, the module that mends it, the dialects in which it happens, and its symptom in rows."""

    name: str
    module: str
    dialects: frozenset[str]
    shows: Callable[[Sequence[Row]], bool]


@dataclass(slots=True)
class Repaired:
    """The rows after a pass, what it assumed, the title that stood in one of them, and what belongs to no field.

    `centred`: level labels stand beside the middles of their blocks, those between two rows on the upper one.
    `steps` are the names of the passes that changed rows.
    """

    rows: list[Row]
    repairs: list[Repair] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)
    title: Cell | None = None
    centred: bool = False
    steps: list[str] = field(default_factory=list)


def repaired(rows: Sequence[Row], without: Set[str] = frozenset()) -> Repaired:
    """The rows of a form with their damage mended, but for the passes named in `without`."""
    found = Repaired(list(rows))
    dialects = {row.dialect for row in rows}
    for one in PASSES:
        if not one.dialects & dialects or one.name in without or not one.shows(found.rows):
            continue
        given = _mending(one.module)(found.rows)
        if given.rows != found.rows:
            found.steps.append(one.name)
        found.rows = given.rows
        found.repairs += given.repairs
        found.strays += given.strays
        found.title = found.title or given.title
        found.centred |= given.centred
    return found


@cache
def _mending(module: str) -> Callable[[Sequence[Row]], Repaired]:
    """What a pass does; its module is imported when it is first needed."""
    does: Callable[[Sequence[Row]], Repaired] = import_module(f".{module}", __name__).repaired
    return does


def may_be_cut(row: Row) -> bool:
    """Whether a cell keeps line breaks, or two side by side may be one label: else no edge cuts a row between bars."""
    texts = [cell.span.text for cell in row.filled]
    if any("<br" in text for text in texts):
        return True
    columns = [cell.column for cell in row.filled]
    return any(
        columns[at + 1] <= columns[at] + 1
        and joining.may_begin(readable(one), readable(two))
        and not labels.find(readable(two))
        for at, (one, two) in enumerate(pairwise(texts))
    )


def _are_cut(rows: Sequence[Row]) -> bool:
    return any(row.dialect == "pipes" and may_be_cut(row) for row in rows)


def _may_wrap(rows: Sequence[Row]) -> bool:
    """Whether a row between bars has fewer cells than the one above, or as many as several rows."""
    barred = [row for row in rows if row.dialect == "pipes"]
    shorter = any(0 < len(two.filled) < len(one.filled) for one, two in pairwise(barred))
    return shorter or any(len(row.cells) > LIMITS.several**2 for row in barred)


def _texts(rows: Sequence[Row], dialects: Set[str]) -> list[str]:
    return [cell.text for row in rows if row.dialect in dialects for cell in row.filled]


def _have_marks_behind(rows: Sequence[Row]) -> bool:
    texts = _texts(rows, TABS)
    if not HEADS.isdisjoint(texts):
        return True
    return any([POINTED.fullmatch(text) for text in texts if text[-1] == "."])


def _are_displaced(rows: Sequence[Row]) -> bool:
    """Whether a text has the line above the table in it, a date without its figures, or begins with a level label."""
    texts = _texts(rows, EXTRACTED)
    dated = [text for text in texts if "年" in text or "月" in text or "绩效" in text]
    return any(map(_opens_displaced, dated)) or any(
        [_opens_with_label(text) for text in texts if labels.LEVEL_END in text]
    )


def _opens_displaced(text: str) -> bool:
    above = ABOVE.match(text[: LIMITS.value * 2])
    return bool((above and (above[1] or above[2])) or LOST.match(text))


def _opens_with_label(text: str) -> bool:
    parts = text.split() if len(text) <= LIMITS.value else []
    return len(parts) > 1 and shape(parts[0]).full_label


def _lack_ends(rows: Sequence[Row]) -> bool:
    return any(map(joining.lacks_end, _texts(rows, EXTRACTED)))


PASSES = (
    Pass("split columns", "split_columns", BARS, _are_cut),
    Pass("wrapped cells", "wrapped_cells", BARS, _may_wrap),
    Pass("displaced marks", "displaced_marks", TABS, _have_marks_behind),
    Pass("glyph order", "glyph_order", EXTRACTED, _are_displaced),
    Pass("overflow", "overflow", EXTRACTED, _lack_ends),
)
