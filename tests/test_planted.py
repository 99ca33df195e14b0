"""Mistakes planted in clean forms are found, those of meaning in three layouts."""

from __future__ import annotations

from itertools import islice

import pytest
from tests.forms.planting import PLANTS, layouts, plant
from tests.forms.records import clean
from tests.forms.rules_report import found

from jxmb.rules import load

FORMS = 6  # of each code, in all its layouts
OF_MEANING = ("JX4", "JX5", "JX614", "JX7", "JX8", "JX9")
CASES = [(code, layout) for code in PLANTS for layout in layouts(code)]


@pytest.mark.parametrize(("code", "layout"), CASES)
def test_a_planted_mistake_is_found(code: str, layout: str) -> None:
    start = 11 * layouts(code).index(layout)  # other forms, and so other words, in each layout
    made = (plant(code, record, layout) for record in (*clean()[start:], *clean()[:start]))
    count = FORMS // len(layouts(code))
    planted = list(islice(filter(None, made), count))

    assert len(planted) == count
    assert [one.record.id for one in planted if not found(one)] == []


def test_every_rule_of_meaning_has_its_mistake_in_three_layouts() -> None:
    rules = {rule.code for rule in load() if rule.code.startswith(OF_MEANING)}

    assert {code for code in PLANTS if len(layouts(code)) == 3} >= rules
