"""A form is read the same alone and inside its document, whatever stands before and behind it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.forms.field_layouts import FIELD, FIELD_APART
from tests.forms.field_neighbours import BEFORE, BEHIND, neighbour
from tests.forms.field_records import field
from tests.forms.field_shapes import blank_template
from tests.forms.layouts import LAYOUTS, LAYOUTS_APART
from tests.forms.records import some

import jxmb

RECORDS = (field()[0], field()[2], *some(2))
ALL = {**LAYOUTS, **LAYOUTS_APART, **FIELD, **FIELD_APART}
PLAIN = (
    "plain/tabs",
    "wide/pipes",
    "wide/html",
    "wide/comma",
    "plain/layout",
    "plain/lines",
    "city/layout",
    "year-in-heading/narrow",
)
SETTINGS = settings(
    max_examples=3,
    phases=(Phase.explicit, Phase.generate),  # shrinking would read hundreds of documents
)
UNSAID = ("year", None)  # a year that the form does not say, the document may
PLACES = ("line", "repairs")  # these may differ


def records(text: str) -> list[dict[str, Any]]:
    """The records of all forms of a text, without the places they stand in."""
    (document,) = jxmb.convert(text)["documents"]
    return [_placeless(form) for form in document["forms"]]


def _placeless(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _placeless(one) for key, one in part.items() if key not in PLACES}
    if isinstance(part, list):
        return [_placeless(one) for one in part]
    return part


@cache
def alone(name: str, number: int) -> tuple[str, list[dict[str, Any]]]:
    text = ALL[name]((RECORDS[number],)).text
    return text, records(text)


def between(name: str, number: int, before: list[str], behind: list[str]) -> str:
    text, _ = alone(name, number)
    parts = ["".join(neighbour(one, name) for one in names) for names in (before, behind)]
    return f"{parts[0]}{text}{parts[1]}"


def unlike(name: str, number: int, before: list[str], behind: list[str]) -> list[str]:
    """What is read otherwise in the document than alone, a line for each."""
    _, wanted = alone(name, number)
    read = records(between(name, number, before, behind))
    if len(read) != len(wanted):
        return [f"{len(wanted)} forms, in the document {[one['title'] for one in read]}"]
    return [
        f"{key}: {form[key]}, in the document {one[key]}"
        for form, one in zip(wanted, read, strict=True)
        for key in form
        if form[key] != one[key] and (key, form[key]) != UNSAID
    ]


@pytest.mark.parametrize("layout", PLAIN)
@pytest.mark.parametrize("name", BEFORE)
def test_what_stands_before_a_form_does_not_change_it(name: str, layout: str) -> None:
    lines = unlike(layout, 0, [name], [])
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("layout", PLAIN)
@pytest.mark.parametrize("name", BEHIND)
def test_what_stands_behind_a_form_does_not_change_it(name: str, layout: str) -> None:
    lines = unlike(layout, 0, [], [name])
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("layout", ALL)
def test_a_form_reads_the_same_inside_any_document(layout: str) -> None:
    @SETTINGS
    @given(
        st.integers(0, len(RECORDS) - 1),
        st.lists(st.sampled_from(BEFORE), max_size=3),
        st.lists(st.sampled_from(BEHIND), min_size=1, max_size=4),
    )
    def holds(number: int, before: list[str], behind: list[str]) -> None:
        lines = unlike(layout, number, before, behind)
        assert not lines, "\n".join(lines)

    holds()


@pytest.mark.parametrize("name", [*dict.fromkeys((*BEFORE, *BEHIND))])
@pytest.mark.parametrize("layout", PLAIN)
def test_a_neighbour_is_no_form(name: str, layout: str) -> None:
    assert [form["title"] for form in records(neighbour(name, layout))] == []


@pytest.mark.parametrize("layout", ["plain/tabs", "wide/html", "city/layout"])
def test_a_blank_template_between_two_forms_leaves_both_as_they_are(layout: str) -> None:
    first, second = (alone(layout, number) for number in (0, 1))
    blank = ALL[layout].write(blank_template(RECORDS[0]))
    read = records(f"{first[0]}{blank}{second[0]}")

    assert [form for form in read if form["project_name"]] == first[1] + second[1]
