"""Every layout whose cells can be told apart is read as it was meant, clean and damaged."""

from __future__ import annotations

import pytest
from tests.forms.damage import DAMAGES
from tests.forms.layouts import LAYOUTS
from tests.forms.records import some
from tests.forms.report import measure
from tests.forms.score import Score

FLOOR = 0.99  # level 1, level 2, name and value all right
FIELDS_FLOOR = 0.98
RECORDS = some(9)
HANDFUL = some(3)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_clean_layout_is_read(name: str) -> None:
    result = measure(LAYOUTS[name], RECORDS)

    assert result.share >= FLOOR, result.wrong[:8]
    assert result.hierarchy >= FLOOR, result.wrong[:8]
    assert result.column_share >= FLOOR, result.wrong[:8]
    assert result.field_share >= FIELDS_FLOOR, result.wrong[:8]


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_undone_in_every_layout(name: str) -> None:
    total, poor = Score(), []
    for layout_name, layout in LAYOUTS.items():
        if not DAMAGES[name].fits(layout_name):
            continue
        result = measure(layout, HANDFUL, name, seed=len(poor))
        total.add(result)
        if result.share < FLOOR:
            poor.append(f"{layout_name} {result.share:.3f}: {'; '.join(result.wrong[:2])}")

    assert total.share >= FLOOR, poor
    assert total.field_share >= FIELDS_FLOOR, total.wrong[:20]
