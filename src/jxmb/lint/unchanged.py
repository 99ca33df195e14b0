"""Whether edits change how anything but the edited cells is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, product, zip_longest
from operator import itemgetter
from typing import Any, NamedTuple

from .. import reader
from ..documents import Change
from ..model import Indicator, Project, Reading
from ..source import Source, Span
from ..values import Amount, Period, Target

LEVELS = ("level1", "level2")  # whose value is the name in the tree
TYPED = ("actual", "score", "reason", "nature", "direction")  # columns that some forms have
UNITS: dict[str | None, str] = {"万": "万元", "亿": "亿元", "百分比": "%"}  # two ways to write one


class Datum(NamedTuple):
    """What is read at one place of a form: which form, what of it, and the reading."""

    form: int
    name: str
    reading: Reading[Any]


def data(source: Source) -> list[Datum]:
    """All that is read from a text, in the order of its forms."""
    forms = (thing for thing in reader.read(source) if isinstance(thing, Project))
    return [
        Datum(number, name, reading)
        for number, form in enumerate(forms)
        for name, reading in _of_form(form)
    ]


def _of_form(form: Project) -> Iterator[tuple[str, Reading[Any]]]:
    """Each reading with what else its record says in words that no edit may touch: roles, scopes, the unit of money."""
    yield f"{form.layout} {form.policy} title", form.title
    for name in ("year", "project_name", "department", "implementer", "nature", "period"):
        yield name, getattr(form, name)
    for row in form.funding.rows:
        yield f"money {row.role} {row.scope} {form.funding.unit}", row.label
        yield "amount", row.amount
        yield from row.columns.items()
    for goal in form.goals:
        yield "goal heading", goal.heading
        yield f"goal {goal.scope}", goal.text
    for one in form.indicators:
        yield from _of_indicator(one)
    yield from (("field", one) for one in form.fields.values())
    yield from (("stray", Reading(one.text, spans=(one,))) for one in sorted(form.strays))


def _of_indicator(one: Indicator) -> Iterator[tuple[str, Reading[Any]]]:
    for name in (*LEVELS, "name", "target", "weight", *TYPED):
        yield f"{one.scope} {name}", getattr(one, name)
    yield from one.pieces.items()
    yield from (("extra", reading) for reading in one.extra.values())


def elsewhere(
    before: Sequence[Datum],
    after: Sequence[Datum],
    edits: Sequence[Change],
    guessed: Sequence[Change] = (),
) -> bool:
    """Whether all that was not edited is read as before, and what was edited reads as it was meant to.

    Edited text keeps its meaning, but where an edit was `guessed`: a person asked for another one. What had no meaning
    may have one then; what was not found may not, but where nothing was read at all. Edits are sorted, and offsets in the
    text before.
    """
    if not before:
        return True
    if [one[:2] for one in before] != [one[:2] for one in after]:
        return False
    pairs = zip(before, after, strict=True)
    return all(_alike(one, other.reading, edits, guessed) for one, other in pairs)


def _alike(
    datum: Datum, other: Reading[Any], edits: Sequence[Change], guessed: Sequence[Change]
) -> bool:
    one = datum.reading
    if one == other:  # an edited cell may be one of several that the print repeats
        return True
    if one.missing or other.missing or not _edited(one, edits):
        return False
    if not _as_edited(one, other, edits):
        return False
    if datum.name.endswith(LEVELS):
        return one.value is None or one.value == other.value
    meant = meaning(one.value)
    return meant is None or meant == meaning(other.value) or _edited(one, guessed)


def _edited(reading: Reading[Any], edits: Sequence[Change]) -> bool:
    """Whether an edit lies in a reading or touches it; edits do not overlap."""
    return any(any(_touching(span, edits)) for span in reading.spans)


def _touching(span: Span, edits: Sequence[Change]) -> Iterator[Change]:
    """The edits in a place or at its ends."""
    for at in range(bisect_left(edits, span.start, key=itemgetter(1)), len(edits)):
        if edits[at].start > span.end:
            return
        yield edits[at]


def _as_edited(one: Reading[Any], other: Reading[Any], edits: Sequence[Change]) -> bool:
    """Whether a reading is now what it was with its edits in: no character came from a neighbour or went to one.

    What is put in between two cells may belong to either.
    """
    heads, cores, tails = zip(*(_written(span, edits) for span in one.spans), strict=True)
    inner = (f"{tail}{head}" for tail, head in zip(tails[:-1], heads[1:], strict=True))
    core = "".join(chain.from_iterable(zip_longest(cores, inner, fillvalue="")))
    now = _squeezed("".join(span.text for span in other.spans))
    ends = product({heads[0], ""}, {tails[-1], ""})
    return any(now == _squeezed(f"{head}{core}{tail}") for head, tail in ends)


def _written(span: Span, edits: Sequence[Change]) -> tuple[str, str, str]:
    """What stands at a place with the edits in: what they put before it, what is in it, what they put behind it."""
    head = tail = core = ""
    at = span.start
    for edit in _touching(span, edits):
        if edit.end <= span.start and edit.start < span.end:
            head += edit.text
        elif edit.start >= span.end:
            tail += edit.text
        else:
            core += span.source.text[at : max(at, edit.start)] + edit.text
            at = edit.end
    return head, core + span.source.text[at : span.end], tail


def _squeezed(text: str) -> str:
    return "".join(text.split())


def meaning(value: object) -> object:
    """What an edit must keep of a value: sign, figures, unit, dates; of words nothing."""
    if isinstance(value, Target):
        dates = meaning(value.date)
        found = (value.sign, value.number, value.upper, UNITS.get(value.unit, value.unit), dates)
        return found if value.number is not None or dates is not None else None
    if isinstance(value, Period):
        return tuple(day.iso if day else None for day in (value.start, value.end))
    if isinstance(value, Amount):
        return value.number
    return None if isinstance(value, str) else value
