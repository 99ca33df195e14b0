"""The column heads of a table whose cells have come apart: where they stand, what they say, how far they reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ... import labels
from ...deferred import dataclass
from ...forms.columns import Column, Columns, by_depth, halves
from ..fragments import Fragment
from .lanes import Lane

ORDERS = (
    ("name", "mark", "target", "unit", "weight"),
    ("name", "unit", "mark", "target", "weight"),
    ("name", "mark", "target", "weight", "unit"),
    ("name", "weight", "mark", "target", "unit"),
)
MANY = ("level2", "name", "target", "note")  # roles that a table may have twice


@dataclass(frozen=True, slots=True)
class Limits:
    """How many heads make the header of a table, and how they stand."""

    heads: int = 3  # of columns; labels before them that make it a table of many projects
    near: int = 14  # words among which they stand
    lines: int = 6  # from one to the next
    torn: int = 2  # pieces of torn heads among them


LIMITS = Limits()


def find(words: Sequence[Fragment]) -> tuple[int, int]:
    """From where to where the column heads stand; an empty range at the first level label where they are lost."""
    at = [
        number
        for number, word in enumerate(words)
        if _is_head(word) and not _heads_goal(words, number)
    ]
    for first, start in enumerate(at):
        if _is_far(words, at[first : first + 2]):
            continue  # 分值 in the money block
        near = [number for number in at[first:] if number < start + LIMITS.near]
        names = {words[number].name("column") for number in near}
        if (
            len(names) >= LIMITS.heads
            and names & {"name", "target"}
            and names & {"name", "level1", "level2"}
        ):
            end = near[-1] + 1
            return start - _flat(words, start), end + ("target" not in names) * _unknown(words, end)
    for number, word in enumerate(words):
        if word.name("level1", "level2") and labels.in_full(word.text):
            return number, number
    return len(words), len(words)


def without_repeats(words: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """The words of a table without heads that a further page prints again, and these."""
    lines = Counter(word.line for word in words if _is_head(word))
    again = {line for line, number in lines.items() if number >= LIMITS.heads}
    kept = [word for word in words if word.line not in again]
    return kept, [word for word in words if word.line in again]


def _is_far(words: Sequence[Fragment], heads: Sequence[int]) -> bool:
    """Whether many lines stand between a head and the next one."""
    return len(heads) == 2 and words[heads[1]].line - words[heads[0]].line > LIMITS.lines


def _is_head(word: Fragment) -> bool:
    return word.name("column") is not None and not word.name("level1", "level2")


def _heads_goal(words: Sequence[Fragment], at: int) -> bool:
    """Whether a head stands behind a goal's, as that of what was reached: 预期目标 | 实际完成情况."""
    word, before = words[at], words[at - 1] if at else None
    beside = before is not None and before.line == word.line and before.name("goal") is not None
    return beside and word.name("goal") is not None


def _unknown(words: Sequence[Fragment], end: int) -> int:
    """How many words end the line of the heads that nobody knows, if only one does: it was misread."""
    line = [word for word in words[end : end + 2] if word.line == words[end - 1].line]
    return len(line) == 1 and not line[0].meanings


def _flat(words: Sequence[Fragment], start: int) -> int:
    """How many words before the column labels are heads too, in a table of many projects.

    A head that is torn (`预算金`, `额(万元)`) has no meaning, and stands on the line of those that have one.
    """
    names: list[str | None] = []
    run = torn = 0
    for before, word in enumerate(reversed(words[:start]), 1):
        if word.name("field", "money", "goal", "other"):
            run = before
            names.append(word.name("field"))
        elif (torn := torn + 1) > LIMITS.torn or word.line != words[start].line:
            break
    return run if len(names) >= LIMITS.heads and "project_name" in names else 0


def columns(heads: Sequence[Fragment], *, placed: bool) -> tuple[Columns, list[Lane]]:
    """The columns that the heads declare, and their lanes in the text; `placed` where it keeps places by blanks."""
    kept = [word for word in heads if word.meanings or not word.text.startswith(("（", "("))]
    if placed:
        kept.sort(key=lambda word: word.start)
    found: list[Column] = []
    words: list[Fragment] = []
    for word in kept:
        role = _role(word, found)
        if word is kept[-1] and role == "note" and "target" not in {one.role for one in found}:
            role = "target"
        again = any(column.role == role for column in found)
        if again and role not in MANY and not (placed and role == "mark"):
            continue
        found.append(Column(role, len(found), len(found) + 1, word.text, label=word.cell))
        words.append(word)
    all_columns = Columns(tuple(halves(by_depth(found))), len(found))
    return all_columns, _lanes(all_columns, words if placed else None)


def _role(word: Fragment, before: Sequence[Column]) -> str:
    role = word.name("column") or word.name("field")
    if role == "name" and word.name("margin") and not before:
        return "margin"
    if role is not None:
        return role
    return "total" if word.name("money") else "goal" if word.name("goal") else "note"


def _lanes(columns: Columns, words: Sequence[Fragment] | None) -> list[Lane]:
    """The columns with the stretch of the line that is theirs."""
    if words is None:
        return [Lane(at, column) for at, column in enumerate(columns.columns)]
    edges = [
        0.0,
        *((one.end + two.start) / 2 for one, two in pairwise(words)),
        float("inf"),
    ]
    return [
        Lane(at, column, (edges[at], edges[at + 1])) for at, column in enumerate(columns.columns)
    ]


def orders(columns: Columns, lanes: Sequence[Lane]) -> list[tuple[Columns, list[Lane]]]:
    """The columns as read, and in the orders that forms usually have, for heads that lost their own."""
    found = [(columns, list(lanes))]
    first = next((one.role for one in columns.columns if one.role in ORDERS[0]), "name")
    ordered = not {"mark", "unit"} & set(columns.roles) and first == "name"
    if ordered or any(lane.bounds for lane in lanes):
        return found
    for order in ORDERS:
        known = iter(
            sorted(
                (one for one in columns.columns if one.role in order),
                key=lambda one: order.index(one.role),
            )
        )
        fixed = tuple(next(known) if one.role in order else one for one in columns.columns)
        if all(fixed != other.columns for other, _ in found):
            changed = Columns(fixed, columns.width, columns.inferred)
            found.append((changed, _lanes(changed, None)))
    return found
