"""Nothing is lost: what a form prints lies in a reading, a stray, a repair or a label of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.layouts import LAYOUTS
from tests.forms.records import clean

from jxmb import labels, reader
from jxmb.model import Project, Reading
from jxmb.source import Source, Span

RECORDS = list(clean())
WRITTEN = frozenset(
    ("NaN", "nan", "None", "Unnamed", "n", "万元", "元", "年")
)  # of tools, and of labels
TAGS = re.compile(r"</?\w+[^<>]*>|<!.*?>|&\w+;")
MARKS = re.compile(r"[\s|+\-=:,\"'·、，。：；;()（）｜{}\u2500-\u257f<>/\\#*\[\]]+")


def told(project: Project) -> Iterator[Span]:
    """All places that a record has."""
    for value in project.values():
        yield from value.reading.spans
    readings: list[Reading[Any]] = [project.title, project.year]
    readings += [row.label for row in project.funding.rows]
    readings += [goal.heading for goal in project.goals]
    for one in project.indicators:
        readings += [one.level1, one.level2, one.printed1, one.name, one.target, one.weight]
        readings += [one.actual, one.score, one.reason, one.nature, one.direction]
        readings += [*one.pieces.values(), *one.extra.values()]
    readings += [cell for row in project.funding.rows for cell in row.columns.values()]
    for one in readings:
        yield from one.spans
    yield from project.strays
    yield from (repair.at for repair in project.repairs)
    yield from (value.reading.at for value in project.templates)


def left(text: str) -> list[str]:
    """The pieces of a text that are in no record and are no label, mark or blank."""
    source = Source(text)
    free = [True] * len(text)
    said = ""  # a merged cell that is printed again is read once
    for thing in reader.read(source):
        spans = told(thing) if isinstance(thing, Project) else (getattr(thing, "at", thing),)
        for span in spans:
            said += f"{span.text}\n"
            free[span.start : span.end] = [False] * (span.end - span.start)
    for tag in TAGS.finditer(text):
        free[tag.start() : tag.end()] = [False] * len(tag[0])
    rest = "".join(char if free[at] else "\n" for at, char in enumerate(text))
    pieces = filter(None, MARKS.split(rest))
    return [
        one for one in pieces if not labels.find(one) and one not in said and one not in WRITTEN
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(LAYOUTS)), st.sampled_from(RECORDS))
def test_of_a_form(name: str, record: Any) -> None:
    assert left(LAYOUTS[name]([record]).text) == []
