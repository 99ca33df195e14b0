"""Of two hits on one thing the sharper speaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..findings import Hit, Severity
from ..model import Indicator, Project, Reading
from ..rules.base import AnyRule, Context
from ..source import Place, Span
from . import compose


class Struck(NamedTuple):
    """A hit with its rule. `row` numbers the indicator that it is about, None where that is the whole form."""

    rule: AnyRule
    hit: Hit
    said: compose.Said
    where: tuple[str, ...] = ()
    row: int | None = None


def _own(one: Indicator) -> Iterator[Span]:
    """The places that only this indicator has; a level label stands beside many."""
    readings: tuple[Reading[Any], ...] = (one.name, one.target, one.weight, one.actual)
    for reading in (*readings, *one.pieces.values()):
        if not reading.missing:
            yield from reading.spans


class Rows:
    """Which indicator a place belongs to."""

    def __init__(self, project: Project) -> None:
        self.spans = sorted(
            (span.start, span.end, row)
            for row, one in enumerate(project.indicators)
            for span in _own(one)
        )
        self.starts = [start for start, _, _ in self.spans]

    def at(self, place: Span | Place) -> int | None:
        """The number of the indicator whose name or value holds the place."""
        if isinstance(place, Place):
            return None
        index = bisect_right(self.starts, place.start) - 1
        if index < 0:
            return None
        _, end, row = self.spans[index]
        return row if place.end <= end else None


def rows_of(context: Context) -> Rows:
    """The indicators of a form by their places, made once a form."""
    return Rows(context.project)


def sharper(struck: list[Struck]) -> list[Struck]:
    """Without the blunter of two hits on one thing; an info silences no warning and no error."""
    if not struck:  # most forms of a sound file
        return []
    sharper: dict[str, set[tuple[int | None, bool]]] = {}
    for one in struck:
        for code in one.rule.silences:
            sharper.setdefault(code, set()).add((one.row, _is_info(one)))

    def silent(one: Struck) -> bool:
        if one.rule.family.code in sharper:
            return True
        speaks = (row for row, info in sharper.get(one.rule.code, ()) if _is_info(one) or not info)
        return any(one.row is None or row == one.row for row in speaks)

    return [one for one in _unrepeated(struck) if not silent(one)]


def _unrepeated(struck: list[Struck]) -> Iterator[Struck]:
    """Each hit once: a row with two sets of targets is two indicators with one name."""
    seen: set[tuple[object, ...]] = set()
    for one in struck:
        at = one.hit.at
        key = one.rule.code, at if isinstance(at, Place) else (at.start, at.end), one.said.message
        if key not in seen:
            seen.add(key)
            yield one


def _is_info(one: Struck) -> bool:
    return (one.hit.severity or one.rule.severity) is Severity.INFO
