"""The samples agree with their golden record, and the generator of forms does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.forms.damage import DAMAGES
from tests.forms.layouts import LAYOUTS
from tests.forms.records import FIELDS, clean, samples, some
from tests.forms.score import norm, score

from jxmb.documents import read
from jxmb.reader import parse
from jxmb.source import Source

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
HANDFUL = some(3)


def test_the_samples_are_read_as_a_person_reads_them() -> None:
    result = score(samples(), parse(read(SAMPLES)).projects)

    assert result.golden == 146
    assert result.wrong == []


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_done(name: str) -> None:
    layout = LAYOUTS["plain/tabs"]
    clean_text = layout(HANDFUL).text.encode()
    damaged, golden = DAMAGES[name].apply(layout, HANDFUL)
    again, _ = DAMAGES[name].apply(layout, HANDFUL)

    assert damaged != clean_text
    assert damaged == again
    assert len(golden) == len(HANDFUL)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_prints_what_its_golden_record_says(name: str) -> None:
    sample = LAYOUTS[name](HANDFUL)
    text = norm(sample.text.replace("<br>", ""))

    assert len(sample.golden) == len(HANDFUL)
    for form in sample.golden:
        assert all(norm(row.name) in text and norm(row.level2) in text for row in form.rows)
        assert set(form.fields) == set(FIELDS)


def test_a_score_sees_what_is_wrong() -> None:
    sample = LAYOUTS["plain/tabs"](HANDFUL)
    spoiled = sample.text.replace("数量指标", "质量指标", 1)
    spoiled = spoiled.replace(HANDFUL[1].rows[0].name, "别的名称", 1)
    result = score(sample.golden, parse(Source(spoiled)).projects)

    assert result.share < 1
    assert result.found == result.golden
    assert len(result.wrong) >= 3


def test_there_are_forms_of_both_taxonomies() -> None:
    policies = [record.policy for record in clean()]

    assert len(policies) >= 40
    assert min(policies.count("2015"), policies.count("2021")) >= 15
