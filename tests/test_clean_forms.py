"""A form that a careful reviewer would sign raises no error and no warning."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.forms.records import FormRecord, clean
from tests.forms.rules_report import CLEAN_LAYOUTS, alarms
from tests.forms.score import iso


@pytest.mark.parametrize("layout", CLEAN_LAYOUTS)
@pytest.mark.parametrize("record", clean(), ids=lambda record: record.id)
def test_a_clean_form_raises_no_alarm(record: FormRecord, layout: str) -> None:
    said = [f"{one.code} {one.message.zh} {one.where}" for one in alarms(record, layout)]

    assert said == []


@pytest.mark.parametrize("record", clean(), ids=lambda record: record.id)
def test_a_clean_form_is_sound(record: FormRecord) -> None:
    total, fiscal, other = (Decimal(record.money(role)) for role in ("total", "fiscal", "other"))
    level2 = {row.level2 for row in record.rows}
    names = [row.name for row in record.rows]

    assert total == fiscal + other > 0
    assert iso(record.period_start) < iso(record.period_end)
    assert iso(record.period_start)[:4] <= str(record.year) <= iso(record.period_end)[:4]
    assert {"数量指标", "质量指标", "时效指标", "服务对象满意度指标"} <= level2
    assert len(set(names)) == len(names)
    assert sum(int(row.weight) for row in record.rows) == 90
