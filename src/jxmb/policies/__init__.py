"""What a form must contain according to the document it follows, and the words that rules look for.

A pack is one TOML file, written out in full; `vocabulary` is shared by all packs. What is read at run time is
`tables.json`, which `scripts/docs.py` makes of them: to parse them takes eight times as long, at every start.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

IDS = ("2015", "2021")
USUAL = "2015"  # where nothing tells which one
TABLES = Path(__file__).with_name("tables.json")


class Policy(NamedTuple):
    """One tree of indicators and where it comes from.

    `levels` has the 二级指标 allowed under each 一级指标; `required` the level names a complete form has; `sign` says in
    Chinese and English by what a form that follows it is told.
    """

    id: str
    title: str
    from_year: int
    source: str
    levels: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    sign: tuple[str, str]

    def parents(self, level2: str) -> tuple[str, ...]:
        """The 一级指标 under which a 二级指标 may stand; empty where the tree has no such name."""
        return tuple(level1 for level1, names in self.levels.items() if level2 in names)


@cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    """Every TOML file by its name."""
    found: Mapping[str, Mapping[str, object]] = json.loads(TABLES.read_bytes())
    return found


@cache
def load(id: str = USUAL) -> Policy:
    """The policy with this id, one of `IDS`; the usual one where no form says which. Raises `KeyError` for any other."""
    if id not in IDS:
        raise KeyError(id)
    data = _tables()[id]
    levels, required, sign = data["levels"], data["required"], data["sign"]
    year = data["from_year"]
    assert isinstance(levels, dict) and isinstance(required, list) and isinstance(sign, list)
    assert isinstance(year, int)
    return Policy(
        id=id,
        title=str(data["title"]),
        from_year=year,
        source=str(data["source"]),
        levels={level1: tuple(names) for level1, names in levels.items()},
        required=tuple(required),
        sign=(str(sign[0]), str(sign[1])),
    )


@cache
def parents(level2: str) -> frozenset[str]:
    """The 一级指标 under which any pack puts a 二级指标: local forms mix the trees."""
    return frozenset(level1 for id in IDS for level1 in load(id).parents(level2))


@cache
def level1_names() -> frozenset[str]:
    """The 一级指标 of all packs."""
    return frozenset(level1 for id in IDS for level1 in load(id).levels)


# What tells the trees apart: names that only one of them has in that place.
NEW_LEVEL1 = frozenset({"成本指标"})
NEW_LEVEL2 = frozenset({"经济成本指标", "社会成本指标", "生态环境成本指标"})


def choose(level1_names: set[str], level2_names: set[str], year: int | None) -> str:
    """The id of the policy that a form follows, by its own tree.

    The names are canonical. The year decides nothing where the tree is silent: the tree of 2021 was written
    for central units, and from 2022 on either is right, so the older one stays the default.
    """
    if level1_names & NEW_LEVEL1 or level2_names & NEW_LEVEL2:
        return "2021"
    return USUAL


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of the vocabulary, longest words first, so that alternatives can be built of it."""
    found = _tables()["vocabulary"][name]
    assert isinstance(found, list)
    return tuple(sorted(found, key=len, reverse=True))


def percentless(name: str) -> bool:
    """Whether a name ends as a rate that is no share of a whole: 功率, but not 成功率."""
    return name.endswith(words("rates_without_percent")) and not name.endswith(
        words("rates_with_percent")
    )


@cache
def table(name: str) -> Mapping[str, str]:
    """A table of the vocabulary: word to word."""
    found = _tables()["vocabulary"][name]
    assert isinstance(found, dict)
    return found


@cache
def meaning(name: str) -> tuple[str, ...]:
    """A list of the rules of meaning as it is kept. Raises `KeyError` for a name that is none."""
    found = _tables()["meaning"][name]
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise KeyError(name)
    return tuple(found)


@cache
def meanings() -> tuple[str, ...]:
    """The names of the lists of the rules of meaning, which settings may extend."""
    return tuple(
        name
        for name, words in _tables()["meaning"].items()
        if isinstance(words, list) and all(isinstance(word, str) for word in words)
    )


@cache
def same_units() -> Mapping[str, str]:
    """Units that mean another, with that one."""
    found = _tables()["meaning"]["same_units"]
    assert isinstance(found, dict)
    return found


@cache
def near_units() -> frozenset[frozenset[str]]:
    """Pairs of units that are easily taken for each other."""
    found = _tables()["meaning"]["near_units"]
    assert isinstance(found, list)
    return frozenset(frozenset(pair) for pair in found)
