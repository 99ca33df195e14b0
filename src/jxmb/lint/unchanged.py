"""Whether edits change how anything but the edited cells is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from .. import reader
from ..documents import Change
from ..model import Indicator, Project, Reading
from ..source import Source
from ..values import Amount, Period, Target

LEVELS = ("level1", "level2")  # whose value is the name in the tree


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
    head = ("title", "year", "project_name", "department", "implementer", "nature", "period")
    for name in head:
        yield name, getattr(form, name)
    for row in form.funding.rows:
        yield "money", row.label
        yield "amount", row.amount
        yield from (("column", one) for one in row.columns.values())
    for goal in form.goals:
        yield f"goal {goal.scope}", goal.text
    for one in form.indicators:
        yield from _of_indicator(one)
    yield from (("field", one) for one in form.fields.values())


def _of_indicator(one: Indicator) -> Iterator[tuple[str, Reading[Any]]]:
    for name in ("level1", "level2", "name", "target", "weight", "actual", "score", "reason"):
        yield f"{one.scope} {name}", getattr(one, name)
    yield from (("extra", reading) for reading in one.extra.values())


def elsewhere(before: Sequence[Datum], after: Sequence[Datum], edits: Sequence[Change]) -> bool:
    """Whether all that was not edited is read as before, and what was edited still means the same.

    What had no meaning, or was not found, may have one then. `edits` are sorted and offsets in the text before.
    """
    if [one[:2] for one in before] != [one[:2] for one in after]:
        return False
    pairs = zip(before, after, strict=True)
    return all(_alike(one, other.reading, edits) for one, other in pairs)


def _alike(datum: Datum, other: Reading[Any], edits: Sequence[Change]) -> bool:
    one = datum.reading
    if one.missing:
        return True
    if not _edited(one, edits):
        return one.text == other.text and not other.missing
    if datum.name.endswith(LEVELS):
        return one.value is None or one.value == other.value
    meant = meaning(one.value)
    return meant is None or meant == meaning(other.value)


def _edited(reading: Reading[Any], edits: Sequence[Change]) -> bool:
    """Whether an edit lies in a reading or touches it; edits do not overlap."""
    for span in reading.spans:
        at = bisect_left(edits, span.start, key=itemgetter(1))
        if at < len(edits) and edits[at].start <= span.end:
            return True
    return False


def meaning(value: object) -> object:
    """What an edit must keep of a value: sign, figures, dates; of words nothing."""
    if isinstance(value, Target):
        dates = meaning(value.date)
        found = (value.sign, value.number, value.upper, dates)
        return found if value.number is not None or dates is not None else None
    if isinstance(value, Period):
        return tuple(day.iso if day else None for day in (value.start, value.end))
    if isinstance(value, Amount):
        return value.number
    return None if isinstance(value, str) else value
