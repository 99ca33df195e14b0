"""The heads of a table whose columns hold the data of projects, over one line or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise

from ... import deferred, labels
from ...deferred import dataclass
from ...forms.columns import OFFICES, meanings
from ...tables import Cell
from ..fragments import Fragment, together
from .limits import LIMITS

Line = Sequence[Fragment]

UNIT = deferred.regex(r"^[(（][^()（）]{1,8}[)）]?$")  # (万元), (%)
PARENTS = frozenset({("margin", "margin"), ("money", "head")})
MARKS = "：:。；;，,"


@dataclass(slots=True)
class Head:
    """The words that head a column, one below the other, and those above that head several columns."""

    words: list[Fragment]
    above: list[Fragment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the words say together."""
        return "".join([word.text for word in self.words])

    @property
    def known(self) -> bool:
        """Whether they are a label."""
        return bool(meanings(self.text))

    @property
    def start(self) -> int:
        """The first display column."""
        return min(word.start for word in self.words)

    @property
    def end(self) -> int:
        """The display column behind the last one."""
        return max(word.end for word in self.words)

    def cell(self, column: int) -> Cell:
        """The cell of the head; what stands over several is a further piece of its first one."""
        made = together([word.cell for word in self.words])
        over = tuple(span for word in self.above for span in word.cell.spans)
        return replace(made, column=column, rest=(*made.rest, *over))


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a table in order, and its lines: the first one with heads and the one behind the last."""

    columns: tuple[Head, ...]
    start: int
    end: int


def find(lines: Sequence[Line]) -> Iterator[Heads]:
    """The heads of each table of projects on these lines."""
    last = 0
    for at, words in enumerate(lines):
        if at >= last and _names_projects(words):
            found = _around(lines, at, last)
            if found is not None:
                yield found
                last = found.end


def of_indicators(lines: Sequence[Line]) -> Heads | None:
    """The heads of the table of one form."""
    named = (at for at, words in enumerate(lines) if _names_indicators(words))
    tables = (_around(lines, at, 0, alone=True) for at in named)
    return next(filter(None, tables), None)


def _said(words: Line) -> set[tuple[str, str]]:
    """The labels on a line, by group and name; none on one that is too long for heads."""
    if len(words) > LIMITS.words or any(len(word.text) > labels.LIMITS.words for word in words):
        return set()
    return {(label.group, label.name) for word in words for label in meanings(word.text)}


def _names_projects(words: Line) -> bool:
    """Whether the words of a line are heads: of projects, or offices, and of their goals."""
    said = _said(words)
    goal = any(group == "goal" for group, _ in said)
    return goal and any(("field", name) in said for name in ("project_name", *OFFICES))


def _names_indicators(words: Line) -> bool:
    """Whether the words of a line are heads of the columns of indicators."""
    named = {name for group, name in _said(words) if group == "column"}
    return len(named) > 1 and not named.isdisjoint({"name", "target"})


def _around(lines: Sequence[Line], at: int, first: int, *, alone: bool = False) -> Heads | None:
    """The heads on the line that names most and on those around it, as many as are heads.

    In a table of many projects (not `alone`) others, that nobody knows, may stand over them.
    """
    top, bottom = at, at + 1
    while top > max(first, at - LIMITS.label) and _go_together(lines[top - 1], lines[top]):
        top -= 1
    while bottom < min(len(lines), at + 1 + LIMITS.label) and _go_together(
        lines[bottom - 1], lines[bottom]
    ):
        bottom += 1
    for end in range(bottom, at, -1):
        for start in range(top, at + 1):
            found = _columns(lines[start:end], lines[at][0].line, alone=alone)
            if found and _is_table(found):
                return Heads(tuple(found), start, end)
    return None


def _go_together(upper: Line, lower: Line) -> bool:
    """Whether two lines may both hold heads of one table."""
    if lower[0].cell.span.line - upper[-1].cell.span.line > LIMITS.gap:
        return False
    return len(upper) + len(lower) <= 2 * LIMITS.words and all(map(_may_be_head, (*upper, *lower)))


def _may_be_head(word: Fragment) -> bool:
    """Whether a word may be of a head: no figure, no level label, no label with its value."""
    text = word.text
    if UNIT.match(text):
        return True
    if len(text) > labels.LIMITS.words or not any(map(str.isalpha, text)):
        return False
    if any(map(str.isdigit, text)) and not meanings(text):
        return False
    if labels.meaning(text, "level1", "level2") and not labels.meaning(text, "column", "margin"):
        return False
    return not any(mark in text[:-1] for mark in MARKS)


def _columns(lines: Sequence[Line], main: int, *, alone: bool) -> list[Head]:
    """The heads of columns on these lines; empty where a word below the main one is none."""
    heads: list[Head] = []
    for words in lines:
        for word in words:
            if (head := _continued(heads, word)) is not None:
                head.words.append(word)
            else:
                heads.append(Head([word]))
    found: list[Head] = []
    parents: list[Head] = []
    heads = [part for head in heads for part in _apart(head)]
    for head in heads:
        last = head.words[-1].line
        if not head.known and (last > main or (alone and last < main)):
            return []
        over = last < main and _heads_several(head, heads)
        (parents if over else found).append(head)
    found.sort(key=lambda head: head.start)
    for head in parents:
        below = max(found, key=lambda one: _overlap(head, one.words[0]))
        below.above += head.words
    return found


def _apart(head: Head) -> list[Head]:
    """A head without the words above its own that no label goes on with: they head several."""
    for at in range(len(head.words) - 1 if not head.known else 0):
        own = Head(head.words[at + 1 :])
        if own.known:
            return [Head(head.words[: at + 1]), own]
    return [head]


def _heads_several(head: Head, heads: Sequence[Head]) -> bool:
    """Whether a head on the upper lines stands over others: it says so, says nothing, or one lies under it."""
    said = {(label.group, label.name) for label in meanings(head.text)}
    last = head.words[-1]
    return (
        not said
        or not said.isdisjoint(PARENTS)
        or any(_overlap(head, one.words[0]) > 0 and one.words[0].line > last.line for one in heads)
    )


def _continued(heads: Sequence[Head], word: Fragment) -> Head | None:
    """The head that goes on with a word below its last one."""
    unit = UNIT.match(word.text) is not None
    under = [
        head
        for head in reversed(heads)
        if head.words[-1].line < word.line and _overlap(head, word) > 0
    ]
    whole = next((head for head in under if unit or meanings(head.text + word.text)), None)
    if whole is not None or meanings(word.text):
        return whole
    return next((head for head in under if not head.known), None)


def _overlap(head: Head, word: Fragment) -> int:
    return min(head.end, word.end) - max(head.start, word.start)


def _is_table(found: Sequence[Head]) -> bool:
    """Whether heads stand beside each other and are those of indicators, too."""
    said = {(label.group, label.name) for head in found for label in meanings(head.text)}
    beside = all(one.end <= two.start for one, two in pairwise(found))
    return beside and len(found) > 2 and ("column", "name") in said
