"""Shapes: what a cell looks like, and which column it may stand in."""

from __future__ import annotations

import pytest
from tests.forms.records import clean

from jxmb.forms.shapes import WORTH, fit, holds, shape

TEXTS = [
    *(
        "数量指标",
        "产出指标",
        "绩效指标",
        "效益",
        "满意度",
        "三级指标",
        "",
        "98",
        "≥",
        "万元",
        "定性",
    ),
    *(
        "≥95%",
        "12月底前",
        "提升",
        "100%满意",
        "改造步道2公里",
        "及时",
        "元/人·天",
        "10分",
        "》12次",
    ),
    *(text for form in clean()[:20] for row in form.rows for text in (row.name, row.value)),
]


@pytest.mark.parametrize(
    "role", ["margin", "level1", "level2", "name", "target", "weight", "note", "unit"]
)
def test_a_text_holds_its_column_where_it_fits(role: str):
    for text in TEXTS:
        look = shape(text)
        assert holds(look, role) == (fit(look, role) > WORTH.least), text
