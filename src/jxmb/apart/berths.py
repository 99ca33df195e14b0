"""Where the pieces of sliced tables belong: the columns of the heads for the columns of each page's grid.

The text under the heads tells: the columns of a grid are matched to the heads in order, so that their texts
look like what the heads announce. A piece without a column takes the one that its look and its neighbours give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from .. import labels
from ..roles import Columns, fit, shape
from ..tables import Cell
from ..tables.widths import columns as width
from ..values import fold
from . import heads
from .pieces import together
from .words import MARGIN_PARTS, Word, begins_label

STEP = 20  # places from column to column
BELOW = 3  # lines in which the rest of a label is looked for
AHEAD = 16  # slices
SAMPLE = 40  # texts of a column that are looked at
CLASH = 3.0  # the price of two cells in one column, a line
AWAY = 0.3  # the price of a column between a head and its texts, a text
GAP = 1.0  # what it says for a column that the next line leaves it empty
GOES_ON = 1.2  # and that the line above has a text there that may go on
FULL = 0.8  # of the widest text in a column: one that may go on below
TAIL = 4  # code points of a short rest of a cell
LEVEL_ROLES = ("margin", "level1", "level2")


@dataclass(slots=True)
class Slice:
    """A piece of text on a visual line, with its grid and column there (-1: none) and its place.

    `free` marks one whose column is unknown or that shares it with others.
    """

    cell: Cell
    line: int
    grid: int
    column: int
    height: float
    place: int
    end: int
    free: bool

    @property
    def text(self) -> str:
        """The text."""
        return self.cell.text


@cache
def level_starts() -> frozenset[str]:
    """The beginnings of level labels."""
    return frozenset(word[:cut] for word in _level_words() for cut in range(2, len(word)))


@cache
def level_ends() -> frozenset[str]:
    """The ends of level labels that are no words of their own."""
    return frozenset(
        end
        for word in _level_words()
        for cut in range(2, len(word))
        if not labels.find(end := word[cut:])
    )


@cache
def _level_words() -> tuple[str, ...]:
    return tuple(
        word
        for word in labels.known()
        if word.endswith("指标") and labels.meaning(word, "level1", "level2")
    )


def joined(found: Sequence[Slice], rest: Callable[[str, str], bool | None]) -> list[Slice]:
    """The slices with torn labels put together, by what `rest` says of a beginning and more text."""
    taken: set[int] = set()
    kept: list[Slice] = []
    for at, one in enumerate(found):
        if at in taken:
            continue
        used = _torn(found, at, taken, rest)
        taken.update(used)
        kept.append(one if len(used) == 1 else _together([found[number] for number in used]))
    return kept


def _torn(
    found: Sequence[Slice], at: int, taken: set[int], rest: Callable[[str, str], bool | None]
) -> list[int]:
    """The slices that make a label with this one, or this one alone."""
    text, used = found[at].text, [at]
    if len(text) > labels.LONGEST or not begins_label(text):
        return used
    for number in range(at + 1, min(at + 1 + AHEAD, len(found))):
        other = found[number]
        if other.line > found[used[-1]].line + BELOW:
            break
        if number in taken or other.line == found[used[-1]].line or not _under(found[at], other):
            continue
        ends = rest(text, other.text)
        if ends:
            return [*used, number]
        if ends is None:
            used, text = [*used, number], text + other.text
    return [at]


def _under(upper: Slice, lower: Slice) -> bool:
    """Whether a slice may stand below another one: in its column, or one of them in none."""
    return upper.free or lower.free or (upper.grid, upper.column) == (lower.grid, lower.column)


def _together(used: Sequence[Slice]) -> Slice:
    first = next((one for one in used if not one.free), used[0])
    height = (used[0].line + used[-1].line) / 2
    cell = together([one.cell for one in used])
    return replace(first, cell=cell, line=int(height), height=height)


def assign(found: Sequence[Slice], head_words: Sequence[Word]) -> None:
    """Give the slices below the heads the places of these."""
    columns, _ = heads.columns(head_words)
    starts = {span.start for word in head_words for span in word.cell.spans}
    top = [one for one in found if one.cell.span.start in starts]
    last = max(one.line for one in top)
    body = [one for one in found if one.line > last and one not in top]
    _place_heads(columns, head_words, top)
    berths = _grids(columns, body, top)
    filled: dict[int, dict[int, str]] = defaultdict(dict)
    for one in body:
        if not one.free:
            at = berths[one.grid, one.column]
            _set(one, at)
            filled[one.line][at] = one.text
    _free(columns, body, filled)


def _set(one: Slice, at: int) -> None:
    one.place, one.end = at * STEP, at * STEP + STEP - 2


def _place_heads(columns: Columns, head_words: Sequence[Word], top: Sequence[Slice]) -> None:
    number = {
        span.start: at
        for at, column in enumerate(columns.columns)
        if column.label is not None
        for span in column.label.spans
    }
    for one in top:
        if one.cell.span.start in number:
            _set(one, number[one.cell.span.start])


def _grids(
    columns: Columns, body: Sequence[Slice], top: Sequence[Slice]
) -> dict[tuple[int, int], int]:
    """The head that each column of each grid stands for."""
    texts: dict[int, dict[int, list[Slice]]] = defaultdict(lambda: defaultdict(list))
    for one in body:
        if not one.free:
            texts[one.grid][one.column].append(one)
    at_head = {(one.grid, one.column): one.place // STEP for one in top if not one.free}
    found: dict[tuple[int, int], int] = {}
    for grid, by_column in texts.items():
        ordered = sorted(by_column)
        own = {column: head for (number, column), head in at_head.items() if number == grid}
        for column, head in zip(
            ordered, _match(columns, [by_column[at] for at in ordered], ordered, own), strict=True
        ):
            found[grid, column] = head
    return found


def _match(
    columns: Columns,
    texts: Sequence[Sequence[Slice]],
    ordered: Sequence[int],
    own: Mapping[int, int],
) -> list[int]:
    """The heads of a grid's columns in order, so that the texts fit best."""
    roles = [column.role for column in columns.columns]
    printed = {head: column for column, head in own.items()}
    best = [0.0] * len(roles)
    backs: list[list[int]] = []
    before: set[int] = set()
    for column, cells in zip(ordered, texts, strict=True):
        lines = {one.line for one in cells}
        clash = CLASH * len(lines & before)
        before = lines
        worths = [
            sum(_fit(one.text, role) for one in cells[:SAMPLE])
            - AWAY * len(cells) * abs(printed.get(head, column) - column)
            for head, role in enumerate(roles)
        ]
        nxt, back = [], []
        running, origin = (0.0, -1) if not backs else (float("-inf"), -1)
        for head, worth in enumerate(worths):
            stay = best[head] - clash if backs else float("-inf")
            if stay > running:
                nxt.append(stay + worth)
                back.append(head)
            else:
                nxt.append(running + worth)
                back.append(origin)
            if backs and best[head] > running:
                running, origin = best[head], head
        best = nxt
        backs.append(back)
    at = max(range(len(best)), key=best.__getitem__)
    path = [at]
    for back in reversed(backs[1:]):
        at = back[at]
        path.append(at)
    return path[::-1]


def _fit(text: str, role: str) -> float:
    if fold(text) in MARGIN_PARTS:
        return 1.0 if role == "margin" else 0.5 if role == "level1" else -2.0
    if fold(text) in level_ends():
        return 1.0 if role in LEVEL_ROLES else 0.0
    return max(-4.0, fit(shape(text), role))


def _free(columns: Columns, body: Sequence[Slice], filled: dict[int, dict[int, str]]) -> None:
    """Give the slices without a column of their own one that their look and their neighbours agree with."""
    widest = [0] * len(columns.columns)
    for row in filled.values():
        for at, text in row.items():
            widest[at] = max(widest[at], width(text))
    lines: dict[int, list[Slice]] = defaultdict(list)
    for one in body:
        lines[one.line].append(one)
    for line, slices in lines.items():
        if any(one.free for one in slices):
            _place_line(columns, line, slices, filled, widest)


def _place_line(
    columns: Columns,
    line: int,
    slices: Sequence[Slice],
    filled: dict[int, dict[int, str]],
    widest: Sequence[int],
) -> None:
    """The best columns, from left to right, for the slices of one line."""
    size = len(columns.columns)
    states: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for one in slices:
        options: dict[int, tuple[float, tuple[int, ...]]] = {}
        for worth, path in states:
            first = path[-1] + 1 if path else 0
            for at in range(first, size) if one.free else (max(0, one.place // STEP),):
                if at < first:
                    continue
                value = worth + (_worth(columns, one, at, filled, widest) if one.free else 0.0)
                if at not in options or value > options[at][0]:
                    options[at] = (value, (*path, at))
        states = list(options.values()) or states
    path = max(states)[1]
    if len(path) < len(slices):
        return
    for one, at in zip(slices, path, strict=True):
        _set(one, at)
        filled[line][at] = one.text


def _worth(
    columns: Columns,
    one: Slice,
    at: int,
    filled: Mapping[int, Mapping[int, str]],
    widest: Sequence[int],
) -> float:
    """How well a slice without a column does in this one."""
    role = columns.columns[at].role
    worth = _fit(one.text, role)
    if role in LEVEL_ROLES:
        return worth
    for line in (one.line - 1, one.line + 1):
        row = filled.get(line)
        if row and at not in row and any(columns.columns[n].role not in LEVEL_ROLES for n in row):
            worth += GAP
    above = filled.get(one.line - 1, {}).get(at)
    if above is not None:
        worth += _goes_on(above, one.text, role, widest[at])
    return worth


def _goes_on(above: str, text: str, role: str, widest: int) -> float:
    """Whether a text may be the next line of the one above it."""
    if role.startswith("target"):
        look = shape(above + text)
        return GOES_ON * 2 if len(text) <= TAIL and look.target and not shape(text).target else 0.0
    return GOES_ON if width(above) >= FULL * widest and len(text) <= 2 * TAIL else 0.0
