"""Objects as programs print them, in JSON or as Python writes them: labels with their values, rows with their heads.

{"项目名称": "水泵维修", "绩效指标": [{"三级指标": "修理水泵", "指标值": "≥3台"}, …]}
[{"0": "项目名称", "1": "水泵维修"}, …]

A label and its value are a row. The objects of a list, or one behind the other, are the rows of a table: the labels
of the first are its heads, and what an object holds stands in the rows of those inside it, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from .. import deferred
from ..deferred import dataclass
from ..source import Span
from . import LIMITS
from .cells import Cell, Row, seen
from .lines import Lines
from .lists import ITEM_TEXT, NOTHING, quoted
from .markup import glued

NAME = "records"
# A head is printed again with each value below it.
DELIMITERS = deferred.re(
    rf"(?:[\s\[\]{{}}:,]|(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')\s*:|['\"]|\\[nrt]|{NOTHING})+"
)

OPENING = deferred.re(r"\s*(?:[\[{]\s*){0,4}\{\s*(?:\"[^\"\n]{1,200}\"|'[^'\n]{1,200}')\s*:")
TOKEN = deferred.re(rf"\s*(?:(?P<mark>[\[\]{{}}:,])|{ITEM_TEXT})")
NUMBERED = deferred.re(r"\d+|Unnamed: \d+")  # names that programs give to columns without one


@dataclass(slots=True)
class Level:
    """An object or a list that is open: its labels with their values; of a list, the heads of its objects."""

    mark: str  # { or [
    row: bool = False  # an object of a list, which is a row
    pairs: list[tuple[Cell, Cell]] = field(default_factory=list)
    items: list[Cell] = field(default_factory=list)
    label: Cell | None = None  # the last one, whose value follows
    given: Sequence[tuple[Cell, Cell]] = ()  # of the objects around it
    heads: tuple[str, ...] = ()
    nested: bool = False  # rows came from inside
    passed: int = 0  # pairs that these have, too


def claims(lines: Lines) -> bool:
    """Whether an object begins with the next line."""
    return OPENING.match(lines.source.text, lines.at) is not None


def rows(lines: Lines, table: int) -> Iterator[Row]:
    """The rows down to the end of the objects, or to what is none."""
    for cells in _rows(lines):
        placed = tuple(replace(cell, column=at) for at, cell in enumerate(cells))
        if seen(placed):
            yield Row(placed, NAME, table)


def _rows(lines: Lines) -> Iterator[Sequence[Cell]]:
    text, at = lines.source.text, lines.at
    levels = [Level("[")]  # around all objects
    while (token := TOKEN.match(text, at)) is not None and len(levels) < LIMITS.depth:
        at, mark = token.end(), token["mark"]
        if mark is None:
            kind = token.lastgroup or "bare"
            _take(levels[-1], quoted(Span(lines.source, *token.span(kind)), 0, bare=kind == "bare"))
        elif mark in "{[":
            yield from _opened(levels, mark)
        elif mark in "}]" and len(levels) > 1:
            last = len(levels) == 2 and OPENING.match(text, at) is None
            yield from _closed(levels, alone=last and _is_alone(levels))
            if last:
                break
        elif mark == ":" and levels[-1].items:
            levels[-1].label = levels[-1].items.pop()
    for level in reversed(levels):  # a text may end within an object
        yield from _rest(level)
    lines.seek(at)


def _is_alone(levels: Sequence[Level]) -> bool:
    """Whether an object is the first and only one and names what it holds."""
    numbered = all(NUMBERED.fullmatch(label.text) for label, _ in levels[1].pairs)
    return not (levels[0].heads or numbered)


def _take(level: Level, cell: Cell) -> None:
    if level.label is None:
        level.items.append(cell)
    else:
        level.pairs.append((level.label, cell))
        level.label = None


def _opened(levels: list[Level], mark: str) -> Iterator[Sequence[Cell]]:
    """Open an object or a list; what the object around it told before stands in rows of its own, if that is no row."""
    above = levels[-1]
    given = above.given
    if above.row and len(levels) > 2 and above.label is not None:
        given = (*given, *above.pairs)[: LIMITS.reaching]
        above.passed = max(0, len(given) - len(above.given))
    elif above.mark == "{":
        yield from _rest(above)
    levels.append(Level(mark, row=mark == "{" and above.mark == "[", given=given))


def _closed(levels: list[Level], *, alone: bool) -> Iterator[Sequence[Cell]]:
    """Close the innermost object or list: the rows that it is; `alone` where no other object stands beside it."""
    level = levels.pop()
    above = levels[-1]
    above.label, told = None, above.label
    if level.row and not alone and not (level.nested and len(levels) == 1):
        yield from _row(level, above)
    elif level.items and told is not None and not level.nested:
        above.pairs.append((told, _together(level.items)))
        return
    else:
        yield from _rest(level)
    above.nested = True


def _row(level: Level, above: Level) -> Iterator[Sequence[Cell]]:
    """An object of a list as a row, behind its heads where they are not those of the one before."""
    pairs = [*level.given, *level.pairs]
    heads = tuple(label.text for label, _ in pairs)
    again = heads == above.heads
    if level.nested or not pairs:
        level.pairs = level.pairs[level.passed :]
        yield from _rest(level)
        return
    if not again and not all(map(NUMBERED.fullmatch, heads)):
        yield [label for label, _ in pairs]
    above.heads = heads
    yield [
        replace(value, carried=again and at < len(level.given))
        for at, (_, value) in enumerate(pairs)
    ] + level.items


def _together(items: Sequence[Cell]) -> Cell:
    """The values of a list as one cell."""
    first, *more = items
    rest = tuple(span for cell in more for span in cell.spans)
    return replace(first, text=glued(cell.text for cell in items), rest=(*first.rest, *rest))


def _rest(level: Level) -> Iterator[Sequence[Cell]]:
    """The labels of an object with their values, a row each, and the values of a list on one."""
    yield from map(list, level.pairs)
    if level.items:
        yield level.items
    if level.label is not None:
        yield [level.label]
    level.pairs, level.items, level.label = [], [], None
