"""Nothing is lost: what a form prints lies in a reading, a stray, a repair or a label of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.layouts import LAYOUTS, LAYOUTS_APART
from tests.forms.records import clean
from tests.properties.accidents import accidents

from jxmb import labels, reader
from jxmb.model import Project, Reading
from jxmb.source import Source, Span

RECORDS = list(clean())
WRITTEN = frozenset(
    ("NaN", "nan", "None", "Unnamed", "n", "万元", "元", "年", "%", "指标")
)  # of tools, and of labels
# A label is one in pieces, too.
BITS = frozenset(
    bit
    for word in labels.known()
    for cut in range(1, len(word))
    for bit in (word[:cut], word[cut:])
)
TAGS = re.compile(r"</?\w+[^<>]*>|<!.*?>|&\w+;|Unnamed: \d+")
MARKS = re.compile(r"[\s|+\-=:,\"'·、，。：；;()（）｜{}\u2500-\u257f<>/\\#*\[\]]+")


def told(project: Project) -> Iterator[Span]:
    """All places that a record has."""
    for value in project.values():
        yield from value.reading.spans
    readings: list[Reading[Any]] = [project.title, project.year]
    readings += [row.label for row in project.funding.rows]
    readings += [goal.heading for goal in project.goals]
    readings += project.empty_levels
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


def keys(project: Project) -> Iterator[str]:
    """The labels of a form's own, under which its fields and columns are kept."""
    yield from project.fields
    yield from (key for row in project.indicators for key in row.extra)


def left(text: str) -> list[str]:
    """The pieces of a text that are in no record and are no label, mark or blank."""
    source = Source(text)
    free = [True] * len(text)
    said = ""  # a merged cell that is printed again is read once
    for thing in reader.read(source):
        spans: Iterable[Span] = (thing,) if isinstance(thing, Span) else ()
        if isinstance(thing, Project):
            spans = told(thing)
            said += "\n".join(keys(thing))
        for span in spans:
            said += f"{span.text}\n"
            free[span.start : span.end] = [False] * (span.end - span.start)
    for tag in TAGS.finditer(text):
        free[tag.start() : tag.end()] = [False] * len(tag[0])
    rest = "".join(char if free[at] else "\n" for at, char in enumerate(text))
    return [
        one
        for one in filter(None, MARKS.split(rest))
        if not labels.find(one) and one not in said and one not in WRITTEN | BITS
    ]


SEEDED = settings(max_examples=150)
RARE = "鑫淼犇骉羴鱻"  # characters of no label and of no record
BETWEEN = st.sampled_from(["", " ", "  ", "\t", "\n", "\n\n", " | ", ",", "，"])
PUT = st.tuples(
    st.integers(0, 9_999), BETWEEN, st.text(f"{RARE}XQ79≥%", min_size=1, max_size=6), BETWEEN
)


def put(text: str, pieces: list[tuple[int, str, str, str]]) -> str:
    """A text with words put into it, each at a place."""
    for at, before, word, behind in pieces:
        at %= len(text) + 1
        text = text[:at] + before + word + behind + text[at:]
    return text


@SEEDED
@given(st.sampled_from(sorted(LAYOUTS)), st.sampled_from(RECORDS))
def test_of_a_form(name: str, record: Any) -> None:
    assert left(LAYOUTS[name]([record]).text) == []


@SEEDED
@given(
    st.sampled_from(sorted(LAYOUTS)),
    st.sampled_from(RECORDS),
    st.lists(PUT, min_size=1, max_size=3),
)
def test_of_what_is_put_anywhere_into_a_form(name: str, record: Any, pieces: Any) -> None:
    assert left(put(LAYOUTS[name]([record]).text, pieces)) == []


@SEEDED
@given(st.sampled_from(sorted(LAYOUTS)), st.sampled_from(RECORDS), accidents())
def test_of_what_an_accident_leaves(name: str, record: Any, accident: Any) -> None:
    assert left(accident(LAYOUTS[name]([record]).text)) == []


@SEEDED
@given(
    st.sampled_from(sorted(LAYOUTS_APART)),
    st.sampled_from(RECORDS),
    st.lists(PUT, min_size=1, max_size=3),
)
def test_of_what_is_put_into_a_form_whose_cells_are_lost(
    name: str, record: Any, pieces: Any
) -> None:
    """Its labels are in pieces, which are left; no word is."""
    rest = "".join(left(put(LAYOUTS_APART[name]([record]).text, pieces)))
    assert not set(rest) & set(RARE)
