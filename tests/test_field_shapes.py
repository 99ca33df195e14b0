"""The shapes of the field are read as they were meant, whatever tool wrote them down."""

from __future__ import annotations

import pytest
from tests.forms.field_layouts import FIELD, FIELD_APART, shaped
from tests.forms.field_records import field
from tests.forms.field_shapes import SHAPES
from tests.forms.field_writers import WRITERS
from tests.forms.records import some
from tests.forms.report import measure
from tests.forms.score import norm

import jxmb

RECORDS = (*field(), *some(2))
WRITTEN = {
    name: shaped(shape, WRITERS[writer])
    for shape in SHAPES
    for writer in ("bullets", "open-frame", "one-record", "ragged")
    if (name := f"{shape}/{writer}") not in FIELD
}
ALL = {**FIELD, **WRITTEN}
JUDGED = [name for name in ALL if name.endswith("/tabs")]
FLOOR, FIELDS_FLOOR = 0.99, 0.98
APART_FLOOR, APART_FIELDS_FLOOR = 0.95, 0.96  # cells are told by position only


@pytest.mark.parametrize("name", ALL)
def test_a_shape_of_the_field_is_read(name: str) -> None:
    result = measure(ALL[name], RECORDS)

    assert result.share >= FLOOR, "\n".join(result.wrong[:12])
    assert result.field_share >= FIELDS_FLOOR, "\n".join(result.wrong[:12])
    assert result.column_share >= FLOOR, "\n".join(result.wrong[:12])


@pytest.mark.parametrize("name", FIELD_APART)
def test_a_shape_of_the_field_is_read_from_its_print(name: str) -> None:
    result = measure(FIELD_APART[name], RECORDS)

    assert result.share >= APART_FLOOR, "\n".join(result.wrong[:12])
    assert result.field_share >= APART_FIELDS_FLOOR, "\n".join(result.wrong[:12])


@pytest.mark.parametrize("name", {**FIELD, **FIELD_APART})
def test_a_shape_prints_what_its_golden_record_says(name: str) -> None:
    sample = {**FIELD, **FIELD_APART}[name](RECORDS)
    text = norm(sample.text.replace("<br>", "").replace("</p><p>", ""))

    assert len(sample.golden) == len(RECORDS)
    if name not in APART_NAMES:
        assert all(norm(row.name) in text for form in sample.golden for row in form.rows)


APART_NAMES = {name for name in FIELD_APART if "blanks" not in name} | {
    name for name in FIELD if "open-frame" in name
}  # wrapped cells stand in pieces


@pytest.mark.parametrize("name", JUDGED)
def test_no_error_is_found_in_a_shape_without_any(name: str) -> None:
    found = jxmb.check(FIELD[name](RECORDS).text)

    assert {one.code for one in found if str(one.severity) == "error"} == set()
    assert [one.code for one in found if one.code in ("JX005", "JX115")] == []


@pytest.mark.parametrize("name", ["yuan-above/tabs", "yuan-in-title/tabs", "city/tabs"])
def test_an_amount_has_the_unit_that_is_printed(name: str) -> None:
    (document,) = jxmb.convert(FIELD[name](RECORDS).text)["documents"]

    wanted = "元" if name.startswith("yuan") else "万元"
    assert {form["funding"]["unit"] for form in document["forms"]} == {wanted}
