"""Mistakes planted in clean forms are found."""

from __future__ import annotations

import pytest
from tests.forms.planting import PLANTS
from tests.forms.records import some
from tests.forms.rules_report import recall

from jxmb.rules import load

FLOOR = 0.9
CODES = sorted({*PLANTS} & {rule.code for rule in load()})
RECORDS = some(14)


@pytest.mark.parametrize("code", CODES)
def test_a_planted_mistake_is_found(code: str) -> None:
    count, missed = recall(code, RECORDS)

    assert count >= 3
    assert 1 - len(missed) / count >= FLOOR, missed
