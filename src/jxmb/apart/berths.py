"""Where the pieces of sliced tables belong: the columns of the heads for the columns of each page's grid.

The text under the heads tells: the columns of a grid are matched to the heads in order, so that their texts
look like what the heads announce. A piece without a column takes the one that its look and its neighbours give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import regex

from .. import labels
from ..roles import FIELD_ROLES, Column, fit, shape
from ..tables import Cell
from ..tables.widths import columns as width
from ..values import fold
from . import heads
from .pieces import together
from .words import MARGIN_PARTS, Word, begins_label

STEP = 20  # places from column to column
BELOW = 3  # lines in which the rest of a label is looked for
AHEAD = 16  # slices
MOST = 40  # pieces of a line that are placed
SAMPLE = 40  # texts of a column that are looked at
CLASH = 3.0  # the price of two cells in one column, a line
AWAY = 0.3  # the price of a column between a head and its texts, a text
GAP = 1.5  # what it says for a column that the next line leaves it empty
GOES_ON = 1.2  # and that the line above has a text there that may go on
FULL = 0.8  # of the widest text in a column: one that may go on below
TAIL = 4  # code points of a short rest of a cell
LEVEL_ROLES = ("margin", "level1", "level2")
LEVELS = frozenset(LEVEL_ROLES)
PAIR = regex.compile(r"[：:]\S")  # a line behind the table: 填报人：某某
SENTENCE = regex.compile(r"[，。；]")


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
    if len(text) > labels.LONGEST or not (begins_label(text) or is_open(text)):
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


def is_open(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def _under(upper: Slice, lower: Slice) -> bool:
    """Whether a slice may stand below another one: in its column, or one of them in none."""
    if upper.free or lower.free:
        return True
    # The end of a label may have slid into the next column, under a cell that is wider.
    return upper.grid == lower.grid and lower.column - upper.column in (0, 1)


def _together(used: Sequence[Slice]) -> Slice:
    first = next((one for one in used if not one.free), used[0])
    height = (used[0].line + used[-1].line) / 2
    cell = together([one.cell for one in used])
    return replace(first, cell=cell, line=int(height), height=height)


def assign(found: Sequence[Slice], head_words: Sequence[Word]) -> None:
    """Give the heads places in order, and the slices below them the places of these."""
    columns = heads.columns(head_words)[0].columns
    starts = {span.start for word in head_words for span in word.cell.spans}
    top = [one for one in found if one.cell.span.start in starts]
    last = max(one.line for one in top)
    body = [one for one in found if one.line > last and one.cell.span.start not in starts]
    texts: dict[int, dict[int, _Stack]] = defaultdict(lambda: defaultdict(_Stack))
    for one in body:
        if not one.free:
            texts[one.grid][one.column].add(one)
    ordered, berths = _ordered(columns, texts, {one.cell.span.start: one for one in top})
    _place_heads(ordered, top)
    filled: dict[int, dict[int, str]] = defaultdict(dict)
    for one in body:
        if not one.free:
            at = berths[one.grid, one.column]
            _set(one, at)
            filled[one.line][at] = one.text
    roles = [column.role for column in ordered]
    _free(roles, body, filled)
    _level(roles, body, filled)


def _set(one: Slice, at: int) -> None:
    one.place, one.end = at * STEP, at * STEP + STEP - 2


def _place_heads(columns: Sequence[Column], top: Sequence[Slice]) -> None:
    number = {
        span.start: at
        for at, column in enumerate(columns)
        if column.label is not None
        for span in column.label.spans
    }
    for one in top:
        if one.cell.span.start in number:
            _set(one, number[one.cell.span.start])


@dataclass(slots=True)
class _Stack:
    """What stands in one column of a grid."""

    lines: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    fits: dict[str, float] = field(default_factory=dict)

    def add(self, one: Slice) -> None:
        self.lines.add(one.line)
        if len(self.texts) < SAMPLE:
            self.texts.append(one.text)

    def fit(self, role: str) -> float:
        """How well its texts do in a role."""
        if role not in self.fits:
            self.fits[role] = sum(_fit(text, role) for text in self.texts)
        return self.fits[role]


Texts = Mapping[int, Mapping[int, _Stack]]


def _ordered(
    columns: Sequence[Column], texts: Texts, top: Mapping[int, Slice]
) -> tuple[list[Column], dict[tuple[int, int], int]]:
    """The heads in order, those of bare lines where the texts want them, and what each grid column stands for."""
    own = {at: _own(column, top) for at, column in enumerate(columns)}
    fixed = [at for at, one in own.items() if one is not None and one.column >= 0]
    order = fixed
    for at in own:
        if at in fixed:
            continue
        options = [[*order[:to], at, *order[to:]] for to in range(len(order) + 1)]
        order = max(options, key=lambda option: _grids(columns, option, texts, own)[0])
    return [columns[at] for at in order], _grids(columns, order, texts, own)[1]


def _own(column: Column, top: Mapping[int, Slice]) -> Slice | None:
    """The slice of a head."""
    return top.get(column.label.span.start) if column.label is not None else None


def _grids(
    columns: Sequence[Column], order: Sequence[int], texts: Texts, own: Mapping[int, Slice | None]
) -> tuple[float, dict[tuple[int, int], int]]:
    """The head that each column of each grid stands for, and how well that does."""
    found: dict[tuple[int, int], int] = {}
    total = 0.0
    roles = [columns[at].role for at in order]
    for grid, by_column in texts.items():
        slices = [own[at] for at in order]
        printed = {
            head: one.column
            for head, one in enumerate(slices)
            if one is not None and one.grid == grid
        }
        worth, path = _match(roles, by_column, printed)
        total += worth
        found.update(
            ((grid, column), head) for column, head in zip(sorted(by_column), path, strict=True)
        )
    return total, found


def _match(
    roles: Sequence[str], texts: Mapping[int, _Stack], printed: Mapping[int, int]
) -> tuple[float, list[int]]:
    """The heads of a grid's columns in order, so that the texts fit best; `printed` are their own columns."""
    best = [0.0] * len(roles)
    backs: list[list[int]] = []
    before: set[int] = set()
    for column in sorted(texts):
        stack = texts[column]
        clash = CLASH * len(stack.lines & before)
        before = stack.lines
        following: list[float] = []
        back: list[int] = []
        running, origin = float("-inf") if backs else 0.0, -1
        for head, role in enumerate(roles):
            away = AWAY * len(stack.lines) * abs(printed.get(head, column) - column)
            worth = stack.fit(role) - away
            stay = best[head] - clash if backs else float("-inf")
            following.append(max(stay, running) + worth)
            back.append(head if stay > running else origin)
            if backs and best[head] > running:
                running, origin = best[head], head
        best = following
        backs.append(back)
    at = max(range(len(best)), key=best.__getitem__)
    worth, path = best[at], [at]
    for back in reversed(backs[1:]):
        at = back[at]
        path.append(at)
    return worth, path[::-1]


def _fit(text: str, role: str) -> float:
    if fold(text) in MARGIN_PARTS:
        return 1.0 if role == "margin" else 0.5 if role == "level1" else -2.0
    if fold(text) in level_ends():
        return 1.0 if role in LEVEL_ROLES else 0.0
    return max(-4.0, fit(shape(text), role))


def _free(roles: Sequence[str], body: Sequence[Slice], filled: dict[int, dict[int, str]]) -> None:
    """Give the slices without a column of their own one that their look and their neighbours agree with."""
    widest = [0] * len(roles)
    for row in filled.values():
        for at, text in row.items():
            widest[at] = max(widest[at], width(text))
    lines: dict[int, list[Slice]] = defaultdict(list)
    for one in body:
        if not (one.free and PAIR.search(one.text)):
            lines[one.line].append(one)
    for line, slices in lines.items():
        if len(slices) <= MOST and any(one.free for one in slices):
            _place_line(roles, line, slices, filled, widest)


def _place_line(
    roles: Sequence[str],
    line: int,
    slices: Sequence[Slice],
    filled: dict[int, dict[int, str]],
    widest: Sequence[int],
) -> None:
    """The best columns, from left to right, for the slices of one line."""
    size = len(roles)
    states: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for one in slices:
        options: dict[int, tuple[float, tuple[int, ...]]] = {}
        for worth, path in states:
            first = path[-1] + 1 if path else 0
            for at in range(first, size) if one.free else (max(0, one.place // STEP),):
                if at < first:
                    continue
                value = worth + (_worth(roles, one, at, filled, widest) if one.free else 0.0)
                if at not in options or value > options[at][0]:
                    options[at] = (value, (*path, at))
        states = list(options.values()) or states
    path = max(states)[1]
    if len(path) < len(slices):
        return
    for one, at in zip(slices, path, strict=True):
        _set(one, at)
        filled[line][at] = one.text


def _level(
    roles: Sequence[str], body: Sequence[Slice], filled: Mapping[int, Mapping[int, str]]
) -> None:
    """Put a name and its target on one line where they were printed on two, and no line on the other side is near.

    Tools round the heights of words; so the cells of one line may come as two.
    """
    moved: dict[int, int] = {}
    for line, row in filled.items():
        partners = [
            other
            for other in (line - 1, line + 1)
            if other not in moved
            and _completes(roles, row, filled.get(other, {}))
            and not _is_rest(roles, row, filled.get(2 * other - line, {}))
        ]
        if len(partners) == 1 and partners[0] not in moved.values():
            moved[line] = partners[0]
    for one in body:
        if one.line in moved and labels.meaning(one.text, "level1", "level2") is None:
            one.line = moved[one.line]
            one.height = float(one.line)


def _completes(roles: Sequence[str], row: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Whether a line without a target, or without a name, has what the other one lacks, and nothing twice."""
    mine, theirs = ({roles[at] for at in cells} - LEVELS for cells in (row, other))
    if mine & theirs or "target" in mine or "name" not in mine:
        return False
    return "target" in theirs and "name" not in theirs


def _is_rest(roles: Sequence[str], row: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Whether a line on the other side may be the rest of a cell of this one."""
    rest = {roles[at] for at in other} - LEVELS
    return bool(rest & {roles[at] for at in row}) and "target" not in rest


def _worth(
    roles: Sequence[str],
    one: Slice,
    at: int,
    filled: Mapping[int, Mapping[int, str]],
    widest: Sequence[int],
) -> float:
    """How well a slice without a column does in this one."""
    role = roles[at]
    worth = _fit(one.text, role)
    if role in LEVEL_ROLES:
        return worth
    if role == "name" and SENTENCE.search(one.text):
        worth -= GAP
    for line in (one.line - 1, one.line + 1):
        row = filled.get(line, {})
        if role in FIELD_ROLES or role in ("goal", "total"):
            worth += GOES_ON * (at in row)
        elif at not in row and _wants(roles, row, role):
            worth += GAP
    above = filled.get(one.line - 1, {}).get(at)
    if above is not None:
        worth += _goes_on(above, one.text, role, widest[at])
    return worth


def _wants(roles: Sequence[str], row: Mapping[int, str], role: str) -> bool:
    """Whether a line wants a cell of this role: a whole target its name, a name its target."""
    other = "target" if role == "name" else "name"
    return any(
        roles[at] == other and (other == "name" or shape(text).target) for at, text in row.items()
    )


def _goes_on(above: str, text: str, role: str, widest: int) -> float:
    """Whether a text may be the next line of the one above it."""
    if role.startswith("target"):
        look = shape(above + text)
        return GOES_ON * 2 if len(text) <= TAIL and look.target and not shape(text).target else 0.0
    return GOES_ON if width(above) >= FULL * widest and len(text) <= 2 * TAIL else 0.0
