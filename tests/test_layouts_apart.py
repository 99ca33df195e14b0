"""Texts whose cells have come apart are put together again."""

from __future__ import annotations

import pytest
from tests.forms.layouts import LAYOUTS_APART
from tests.forms.records import some
from tests.forms.report import measure
from tests.forms.score import Score

FLOOR = 0.95
GLUED = {"one-line": 0.85, "joined": 0.85}  # nothing but words and shapes parts the cells there
RECORDS = some(14)


@pytest.mark.parametrize("name", LAYOUTS_APART)
def test_a_text_that_came_apart_is_read(name: str) -> None:
    total = Score()
    for record in RECORDS:
        total.add(measure(LAYOUTS_APART[name], (record,)))

    assert total.share >= GLUED.get(name.partition("/")[2], FLOOR), total.wrong[:8]
    assert total.field_share >= FLOOR, total.wrong[:8]


@pytest.mark.parametrize("name", LAYOUTS_APART)
def test_several_forms_that_came_apart_stay_apart(name: str) -> None:
    result = measure(LAYOUTS_APART[name], RECORDS[:3])

    assert result.share >= GLUED.get(name.partition("/")[2], FLOOR), result.wrong[:8]
