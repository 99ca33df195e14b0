"""Values of the header whose label text recognition destroyed, where their shape alone tells what they are.

The two dates in a header are those of the project; the long text above the table is its goal. The word that stands
in the label's place is kept as the label, and noted as misread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ... import deferred, values
from ...forms.entries import Entry
from ...labels import Label
from ...source import Span
from ...tables import Cell
from .. import fragments
from ..fragments import Fragment, Gap, together
from ..result import Structure
from .likelihood import AMOUNT
from .placement import in_line, is_label

PROSE = deferred.regex(r"[\p{Han}\d].{5,}[，；,;].{4,}|.{36,}|.{12,}[。；]$")
DIGIT = deferred.regex(r"\d")
NAME = deferred.regex(r"^[\p{Han}\d（()）、“”《》A-Za-z]{6,40}$")
GOAL, PERIOD = Label("goal", "annual"), Label("field", "period")
NAMED = Label("field", "project_name")


def find(words: Sequence[Fragment], found: Structure, *, table: bool) -> list[Fragment]:
    """A header, above a table or not, without the values that have no label, which become entries."""
    kept = _late_goal(list(words), found) if table else list(words)
    for take in (_name, _goal, _period):
        kept = take(kept, found)
    return kept


def _name(words: list[Fragment], found: Structure) -> list[Fragment]:
    """The project's name: the first row of every form, alone on its line above all labels."""
    first = words[0] if words else None
    if first is None or first.meanings or not NAME.match(first.text):
        return words
    if any(word.name("field") == "project_name" or word.line == first.line for word in words[1:]):
        return words
    if words[1:] and _goes_on(words):
        return words
    found.entries.append(Entry(NAMED, _before(first.cell), [first.cell], misread=True))
    return words[1:]


def _goes_on(words: Sequence[Fragment]) -> bool:
    """Whether the first word is the upper line of the cell beside the label below it, with the lower one below that."""
    first, label, *rest = words
    if not label.meanings or label.line != first.line + 1 or first.start < label.end:
        return False
    lower = (word for word in rest if word.line == label.line + 1 and not word.meanings)
    return any(in_line(first, word) for word in lower)


def _late_goal(words: list[Fragment], found: Structure) -> list[Fragment]:
    """The goal whose label was printed among other ones: the prose behind the last figure of the header."""
    heads = [at for at, word in enumerate(words) if word.name("goal")]
    if len(heads) != 1:
        return words
    head, *behind = words[heads[0] :]
    ends = [at for at, word in enumerate(behind, 1) if is_label(word) or AMOUNT.match(word.text)]
    if not ends or AMOUNT.match(behind[ends[-1] - 1].text) is None:
        return words
    beside, texts = behind[: ends[0] - 1], behind[ends[-1] :]
    if _is_prose(beside) or not _is_prose(texts) or any(word.meanings for word in texts):
        return words
    goal = next(label for label in head.meanings if label.group == "goal")
    found.entries.append(Entry(goal, head.cell, [together([word.cell for word in texts])]))
    return [*words[: heads[0]], *behind[: ends[-1]]]


def _is_prose(words: Sequence[Fragment]) -> bool:
    return PROSE.search("".join(word.text for word in words)) is not None


def _goal(words: list[Fragment], found: Structure) -> list[Fragment]:
    if any(word.name("goal") for word in words):
        return words
    last = max((word.line for word in words if word.name("field")), default=-1)
    prose = next((line for line in _unlabelled(words, last) if PROSE.search(line[1])), None)
    if prose is None:
        return words
    taken = {
        at: _beside(words, at)
        for at, word in enumerate(words)
        if word.line >= prose[0] and (not word.meanings or word.name("column"))
    }
    heads = [at for at, beside in taken.items() if beside]
    texts = [words[at].cell for at, beside in taken.items() if not beside]
    cell = words[heads[0]].cell if heads else _before(texts[0])
    found.strays.extend(words[at].cell for at in heads[1:])
    found.entries.append(Entry(GOAL, cell, [together(texts)], misread=True))
    return [word for at, word in enumerate(words) if at not in taken]


def _unlabelled(words: Sequence[Fragment], last: int) -> Iterator[tuple[int, str]]:
    """The lines below line `last` that have no label of the header, with their text."""
    for number, line in groupby(words, key=lambda word: word.line):
        kept = list(line)
        if number > last and not any(word.meanings and not word.name("column") for word in kept):
            yield number, "".join(word.text for word in kept)


def _beside(words: Sequence[Fragment], at: int) -> bool:
    """Whether a short word begins its line and stands well apart from the text behind it."""
    word, behind = words[at], words[at + 1 : at + 2]
    short = len(word.text) <= fragments.LIMITS.misread and not DIGIT.search(word.text)
    opens = word.gap >= Gap.LINE
    return short and opens and bool(behind) and behind[0].gap in (Gap.WIDE, Gap.TAB)


def _before(cell: Cell) -> Cell:
    """The empty place before a cell."""
    return Cell(Span(cell.span.source, cell.span.start, cell.span.start), "", cell.column)


def _period(words: list[Fragment], found: Structure) -> list[Fragment]:
    if any((word.name("field") or "").startswith("period") for word in words):
        return words
    for at, word in enumerate(words):
        size = 0 if word.meanings else _dates(words, at)
        if not size:
            continue
        start = at
        above = words[at - 1] if at else None
        if above and not above.meanings and above.line == word.line and len(above.text) <= 2:
            start -= 1
        label = words[start].cell if start < at else _before(word.cell)
        dates = [one.cell for one in words[at : at + size]]
        found.entries.append(Entry(PERIOD, label, dates, misread=True))
        return [*words[:start], *words[at + size :]]
    return words


def _dates(words: Sequence[Fragment], at: int) -> int:
    """How many words, beginning with this one, are the two dates of a period."""
    for size in (1, 2):
        run = words[at : at + size]
        if all(AMOUNT.match(one.text) for one in run):
            return 0
        period = values.period(*(one.text for one in run))
        if period and period.start and period.end and period.start is not period.end:
            return size
    return 0
