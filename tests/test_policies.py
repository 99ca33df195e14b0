"""The packs are whole, and a form is given the one that its own tree shows."""

from __future__ import annotations

from typing import get_args

import pytest

from jxmb import labels, policies
from jxmb.cli import options
from jxmb.lint.settings import validation


@pytest.mark.parametrize(
    ("level1", "level2", "year", "id"),
    [
        ({"产出指标", "效益指标"}, {"数量指标"}, 2022, "2015"),
        ({"产出指标"}, {"成本指标", "数量指标"}, 2023, "2015"),
        ({"产出指标", "效益指标"}, {"可持续影响指标"}, 2024, "2015"),
        ({"成本指标", "产出指标"}, {"数量指标"}, 2018, "2021"),
        ({"产出指标"}, {"社会成本指标"}, None, "2021"),
        ({"产出指标", "成本指标"}, {"可持续影响指标", "经济成本指标"}, 2022, "2021"),
        (set(), set(), None, "2015"),
    ],
)
def test_the_tree_decides(level1: set[str], level2: set[str], year: int | None, id: str) -> None:
    assert policies.choose(level1, level2, year) == id


def test_settings_and_options_take_these_policies() -> None:
    assert get_args(get_args(validation.Policy)[0]) == options.POLICIES == policies.IDS


@pytest.mark.parametrize("id", policies.IDS)
def test_a_pack_is_whole(id: str) -> None:
    pack = policies.load(id)
    assert pack.id == id and pack.from_year == int(id)
    assert pack.source.startswith("财预〔") and pack.title
    everything = {*pack.levels, *(name for names in pack.levels.values() for name in names)}
    assert set(pack.required) <= everything
    assert policies.load(id) is pack


@pytest.mark.parametrize("id", policies.IDS)
def test_every_name_of_a_pack_is_a_known_label(id: str) -> None:
    for level1, names in policies.load(id).levels.items():
        assert labels.meaning(level1, "level1") == level1
        for name in names:
            assert labels.meaning(name, "level2") == name


def test_parents() -> None:
    assert policies.load("2015").parents("成本指标") == ("产出指标",)
    assert policies.load("2021").parents("可持续影响指标") == ()
    assert policies.parents("经济成本指标") == {"成本指标"}
    assert policies.parents("投入管理") == frozenset()
    assert "满意度指标" in policies.level1_names()


def test_an_unknown_pack() -> None:
    with pytest.raises(KeyError):
        policies.load("1999")


def test_longer_words_come_first() -> None:
    found = policies.words("rate_endings")
    assert list(map(len, found)) == sorted(map(len, found), reverse=True)
    assert len(set(found)) == len(found)
