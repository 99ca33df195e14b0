"""The bare lines above a sliced table: beside which label of the header each of them belongs.

A value of several lines is centred on its label's line, so that its lines stand above and below it. A label
without a value on its line wants one, and what a label asks for (an amount, a time, a goal) tells the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import field, replace
from itertools import pairwise

from ... import labels
from ...deferred import dataclass
from ...tables.widths import columns
from ..fragments import Fragment, Gap, together
from ..header import likelihood
from ..header.goals import dealt
from .limits import LIMITS
from .slices import Slice, joined

GROUPS = ("field", "money", "goal", "other")
SENTENCE = 16  # code points from which on a text is more than a name
UNVALUED = ("head", "other")  # kinds of labels beside which no lines stand


@dataclass(slots=True)
class Asking:
    """A label of the header, what it asks for, the slice beside it, and all lines of its value."""

    slice: Slice
    kind: str
    beside: Slice | None = None
    lines: list[Slice] = field(default_factory=list)

    @property
    def value(self) -> list[Slice]:
        """All lines of the value."""
        found = [*self.lines, *([self.beside] if self.beside is not None else [])]
        return sorted(found, key=lambda one: (one.height, one.place))


def assign(found: list[Slice]) -> list[Slice]:
    """The slices above the heads: torn labels put together, and the lines of a value beside its label."""
    whole = joined(found, GROUPS)
    labelled = {id(one): Asking(one, kind) for one in whole if (kind := _kind(one))}
    by_line: dict[int, list[Slice]] = {}
    for one in whole:
        by_line.setdefault(one.line, []).append(one)
    near: dict[int, list[Asking]] = {}
    for label in labelled.values():
        line = by_line[label.slice.line]
        if len(line) <= LIMITS.many:
            near.setdefault(label.slice.line, []).append(label)
            if label.slice.column < 0:
                _place(label, line)
            label.beside = _beside(label.slice, line, labelled)
    lone = [one for line in by_line.values() for one in _labelled(line, labelled)]
    _deal(_without_goals(lone, near), near)
    merged = {id(one) for label in labelled.values() if label.lines for one in label.value}
    kept = [one for one in whole if id(one) not in merged]
    return [*kept, *(_merged(label) for label in labelled.values() if label.lines)]


def _kind(one: Slice) -> str:
    """What values a label has; nothing for text."""
    meanings = labels.find(one.text)
    if not any(label.group in GROUPS for label in meanings):
        return ""
    return likelihood.kind(Fragment(one.cell, Gap.LINE, one.line, meanings=meanings))


def _place(label: Asking, line: Sequence[Slice]) -> None:
    """Give a label from bare lines its place: between two values of the row beside it, or at the left."""
    row = sorted((one for one in line if one.column >= 0), key=lambda one: one.place)
    place = LIMITS.step if label.kind == "money" else 0
    for left, right in pairwise(row):
        if row.index(left) and not _kind(left) and not _kind(right):
            place = left.end + 1
            break
    else:
        if row and row[0].place <= place:
            place = row[0].place - LIMITS.step
    label.slice.place, label.slice.end = place, place + 1 if row else place + LIMITS.step - 2


def _beside(label: Slice, line: Sequence[Slice], labelled: Mapping[int, Asking]) -> Slice | None:
    """The slice right of a label on its line, if that is no label."""
    behind = [other for other in line if other.place > label.place and not other.free]
    following = min(behind, key=lambda other: other.place, default=None)
    return None if following is None or id(following) in labelled else following


def _labelled(line: Sequence[Slice], labelled: Mapping[int, Asking]) -> list[Slice]:
    """What no label of its line has; the text behind a label on a bare line gets its place."""
    label: Asking | None = None
    lone: list[Slice] = []
    for one in line:
        if id(one) in labelled:
            label = labelled[id(one)]
        elif label is None or (one.column < 0 and label.kind == "head"):
            lone.append(one)
        elif one.column < 0:
            one.place, one.end = label.slice.end + 1, label.slice.end + 2
            label.beside = one
    return lone


def _without_goals(lone: Sequence[Slice], near: Mapping[int, Sequence[Asking]]) -> list[Slice]:
    """Give two goal labels side by side the texts below them; the values that are left."""
    goals = {line: [one for one in asking if one.kind == "goal"] for line, asking in near.items()}
    line = next((line for line, heads in goals.items() if len(heads) == 2), None)
    if line is None or any(head.beside is not None for head in goals[line]):
        return list(lone)
    below = [one for at, heads in goals.items() if at > line for one in heads]
    texts = [one for one in lone if one.line > line]
    texts += [label.beside for label in below if label.beside is not None]
    texts.sort(key=lambda one: (one.height, one.place))
    left, right = sorted(goals[line], key=lambda one: one.slice.place)
    sides = _sides(texts, right.slice)
    if sides is None:
        return list(lone)
    for label in below:
        label.beside = None
    left.lines, right.lines = ([texts[at] for at in side] for side in sides)
    return [one for one in lone if one.line <= line]


def _sides(texts: Sequence[Slice], right: Slice) -> tuple[list[int], list[int]] | None:
    """The lines of the left and of the right one of two goals: by their columns where all have one."""
    if any(one.column < 0 for one in texts):
        return dealt([one.text for one in texts])
    places = sorted({one.place for one in texts})
    if len(places) < 2:
        return None
    edge = min(right.place, max(places))
    sides = [at for at, one in enumerate(texts) if one.place < edge]
    return sides, [at for at in range(len(texts)) if at not in sides]


def _deal(lone: Sequence[Slice], near: Mapping[int, Sequence[Asking]]) -> None:
    """Give each value the label that it belongs to."""
    bare = {one.line for one in lone if one.column < 0}
    for one in lone:
        lines = range(one.line - LIMITS.lines - 1, one.line + LIMITS.lines + 2)
        asking = [label for line in lines for label in near.get(line, ())]
        best = _nearest(one, asking, bare)
        if best is not None:
            best.lines.append(one)


def _merged(label: Asking) -> Slice:
    """The value of a label in one slice, on its line."""
    cell = together([one.cell for one in label.value])
    if label.beside is not None:
        place, end = label.beside.place, label.beside.end
    else:
        place, end = label.slice.end + 1, label.slice.end + 2
    at = label.slice
    return replace(at, cell=cell, place=place, end=end)


def _nearest(one: Slice, asking: Sequence[Asking], bare: Set[int]) -> Asking | None:
    """The label that a value belongs to; `bare` are the lines of values without a column."""
    best: tuple[float, Asking] | None = None
    for label in asking:
        if abs(label.slice.height - one.height) > LIMITS.lines or not _may_have(label, one):
            continue
        price = min(abs(other.height - one.height) for other in (label.slice, *label.value))
        if label.beside is not None and one.column < 0:
            price += 1.0 + LIMITS.column * abs(columns(label.beside.text) - columns(one.text))
            price += 2 * label.slice.height - one.height not in bare
        if best is None or price < best[0]:
            best = (price, label)
    return best[1] if best else None


def _may_have(label: Asking, one: Slice) -> bool:
    """Whether a slice may be a line of a label's value: by its look, and its column where it has one."""
    beside = label.beside
    if len(label.lines) > LIMITS.many or (label.kind == "money" and label.value):
        return False
    if one.column >= 0:
        if beside is None or beside.column < 0:
            if one.place <= label.slice.place:
                return False
        elif (beside.grid, beside.column) != (one.grid, one.column):
            return False
    if label.kind == "goal":
        return len(one.text) > SENTENCE or one.text.endswith("。")
    return label.kind not in UNVALUED and not likelihood.clash(label.kind, one.text)
