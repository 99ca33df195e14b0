"""Words in reading order to rows: which word is name, sign, target, unit or weight, and where a row ends.

The best reading of the whole table is found at once (Viterbi over the columns of the table): each word takes
a column, goes on with the cell before it, or opens a new row; the price of a step says how unlikely it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from ..roles import Column, Columns, fit, halves, shape
from ..tables import Cell
from .pieces import Gap, together
from .words import Word

MOST_WORDS = 20_000  # in one form: more is no form
JOIN = {Gap.NONE: 2.5, Gap.NARROW: 0.9, Gap.WIDE: 3.5, Gap.TAB: 3.5, Gap.LINE: 1.5, Gap.EMPTY: 3.0}
LACK = {
    "name": 4.0,
    "target": 2.4,
    "mark": 0.8,
    "unit": 0.5,
    "weight": 1.0,
    "score": 0.8,
    "actual": 0.8,
}
LACK_OTHER = 0.3
WHOLE = {
    "weight": 4.0,
    "score": 4.0,
    "mark": 2.0,
    "unit": 2.0,
}  # cells that are hardly ever wrapped
MIDLINE = 3.0  # the price of opening a row in the middle of a line
OPEN_END = regex.compile(r"[、，,；;：:（(—–\-和及与的对在为等“]$")
OPEN_START = regex.compile(
    r"^[、，,；;）)”。率数性度量性額额的]|^(?:前|后|底|以上|以内|左右|日前|月底)"
)
STRONG = regex.compile(r"^[≥≤><=＝》《＞＜]")
LEVEL_ROLES = ("margin", "level1", "level2")


@dataclass(frozen=True, slots=True)
class Step:
    """What a word was taken for: the number of its column, and whether it opens a row or goes on with a cell."""

    column: int
    opens: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """The steps of all words and what the reading costs (smaller is better, per word)."""

    steps: tuple[Step, ...]
    score: float


def decode(words: Sequence[Word], columns: Columns, after_label: Sequence[bool]) -> Decoded:
    """The best reading of the words; `after_label` says where a level label stood between two words."""
    roles = [(number, c) for number, c in enumerate(columns.columns) if c.role not in LEVEL_ROLES]
    if not words or not roles or len(words) > MOST_WORDS:
        return Decoded((), 0.0)
    lacks = [LACK.get(column.role, LACK_OTHER) for _, column in roles]
    before = _sums(lacks)
    total = before[-1]
    size = len(roles)
    looks = [shape(word.text) for word in words]
    best = [fit(looks[0], roles[at][1].role) - before[at] for at in range(size)]
    backs: list[list[tuple[int, bool, bool]]] = []
    for number in range(1, len(words)):
        word, look = words[number], looks[number]
        opening = _opening(word, words[number - 1], after_label[number])
        ends = [best[at] - (total - before[at + 1]) for at in range(size)]
        end = max(range(size), key=ends.__getitem__)
        join = _join(words[number - 1], word, after_label[number])
        nxt: list[float] = []
        back: list[tuple[int, bool, bool]] = []
        running = float("-inf")
        origin = 0
        for at in range(size):
            look_fit = fit(look, roles[at][1].role)
            options = [(ends[end] - before[at] + opening + look_fit, end, True, False)]
            options.append((best[at] - join - WHOLE.get(roles[at][1].role, 0.0), at, False, True))
            if at:
                candidate = best[at - 1] + before[at]
                if candidate > running:
                    running, origin = candidate, at - 1
                within = _within(word)
                options.append((running - before[at] + look_fit - within, origin, False, False))
            value, source, opens, goes_on = max(options, key=lambda option: option[0])
            nxt.append(value)
            back.append((source, opens, goes_on))
        best = nxt
        backs.append(back)
    return _traced(best, backs, [number for number, _ in roles], total, before)


def _sums(lacks: Sequence[float]) -> list[float]:
    sums = [0.0]
    for lack in lacks:
        sums.append(sums[-1] + lack)
    return sums


def _opening(word: Word, last: Word, after_label: bool) -> float:
    """How well a row opens at this word."""
    if after_label:
        return 1.0
    if word.gap in (Gap.LINE, Gap.EMPTY):
        return 0.0
    return -MIDLINE if word.gap is not Gap.WIDE else -MIDLINE / 2


def _within(word: Word) -> float:
    """The price of going on in the row across a gap."""
    return 0.3 if word.gap in (Gap.LINE, Gap.EMPTY) else 0.0


def _join(last: Word, word: Word, after_label: bool) -> float:
    """The price of taking a word for the next piece of the cell before it."""
    price = JOIN[word.gap]
    if after_label:
        price += 1.5
    if STRONG.match(word.text):
        price += 4.0
    if OPEN_END.search(last.text) or OPEN_START.match(word.text):
        price -= 1.2
    if last.text.count("（") + last.text.count("(") > last.text.count("）") + last.text.count(")"):
        price -= 1.5
    if len(word.text) <= 2 and not word.text[0].isascii():
        price -= 0.6
    return price


def _traced(
    best: Sequence[float],
    backs: Sequence[Sequence[tuple[int, bool, bool]]],
    numbers: Sequence[int],
    total: float,
    before: Sequence[float],
) -> Decoded:
    ends = [value - (total - before[at + 1]) for at, value in enumerate(best)]
    at = max(range(len(ends)), key=ends.__getitem__)
    score = ends[at]
    steps: list[Step] = []
    for back in reversed(backs):
        source, opens, goes_on = back[at]
        steps.append(Step(numbers[at], opens, goes_on))
        at = source
    steps.append(Step(numbers[at], opens=True, goes_on=False))
    steps.reverse()
    return Decoded(tuple(steps), score / (len(backs) + 1))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table: cells by column number, and for each word the row it fell into."""

    cells: list[dict[int, Cell]]
    row_of: list[int]


def rows(words: Sequence[Word], decoded: Decoded) -> Rows:
    """The rows that the steps make of the words."""
    found: list[dict[int, list[Cell]]] = []
    row_of: list[int] = []
    for word, step in zip(words, decoded.steps, strict=True):
        if step.opens or not found:
            found.append({})
        found[-1].setdefault(step.column, []).append(word.cell)
        row_of.append(len(found) - 1)
    return Rows([{at: together(cells) for at, cells in row.items()} for row in found], row_of)


ORDERS = (
    ("name", "mark", "target", "unit", "weight"),
    ("name", "unit", "mark", "target", "weight"),
    ("name", "mark", "target", "weight", "unit"),
    ("name", "weight", "mark", "target", "unit"),
)


def orders(columns: Columns) -> list[Columns]:
    """The columns as read, and in the orders that forms usually have, for headers whose words lost theirs."""
    found = [columns]
    roles = columns.roles
    if not {"mark", "unit"} & set(roles):
        return found
    for order in ORDERS:
        known = sorted(
            (column for column in columns.columns if column.role in order),
            key=lambda column: order.index(column.role),
        )
        queue = iter(known)
        fixed = tuple(next(queue) if c.role in order else c for c in columns.columns)
        if all(fixed != one.columns for one in found):
            found.append(Columns(fixed, columns.width, columns.inferred))
    return found


def columns_of(heads: Sequence[Word]) -> Columns:
    """The columns that header words declare, in their order."""
    found: list[Column] = []
    for word in heads:
        role = word.name("column") or word.name("field")
        if role is None:
            role = "total" if word.name("money") else "goal" if word.name("goal") else "note"
        if (
            role == "name"
            and word.name("margin")
            and any(c.role in LEVEL_ROLES for c in found) is False
            and len(heads) > 3
        ):
            role = "margin"
        if any(column.role == role for column in found) and role not in (
            "level2",
            "name",
            "target",
            "note",
        ):
            continue
        number = len(found)
        found.append(Column(role, number, number + 1, word.text, label=word.cell))
    return Columns(tuple(halves(found)), len(found))
