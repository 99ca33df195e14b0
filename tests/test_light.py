"""Light dataclasses do what the standard ones do."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field
from typing import Generic, TypeVar

import pytest

from jxmb import deferred

T = TypeVar("T")


@deferred.dataclass(frozen=True, slots=True, order=True)
class Light(Generic[T]):
    first: T
    second: str = "b"
    third: list[int] = field(default_factory=list, compare=False)
    fourth: int = field(default=4, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Standard(Generic[T]):
    first: T
    second: str = "b"
    third: list[int] = field(default_factory=list, compare=False)
    fourth: int = field(default=4, repr=False)


@deferred.dataclass(kw_only=True)
class Named:
    first: int = 1
    second: int
    both: int = field(init=False)

    def __post_init__(self) -> None:
        self.both = self.first + self.second


CASES = [(1,), (1, "a"), (2, "b", [5]), (1, "b", [6]), (1, "b", [], 3)]


@pytest.mark.parametrize("one", CASES)
@pytest.mark.parametrize("other", CASES)
def test_they_compare_as_the_standard_ones(one: tuple, other: tuple) -> None:
    mine, theirs = (Light(*one), Light(*other)), (Standard(*one), Standard(*other))
    assert (mine[0] == mine[1]) == (theirs[0] == theirs[1])
    assert (mine[0] < mine[1]) == (theirs[0] < theirs[1])
    assert (mine[0] > mine[1]) == (theirs[0] > theirs[1])
    assert (hash(mine[0]) == hash(mine[1])) == (hash(theirs[0]) == hash(theirs[1]))
    assert mine[0] != theirs[0]


@pytest.mark.parametrize("one", CASES)
def test_they_show_and_change_as_the_standard_ones(one: tuple) -> None:
    mine, theirs = Light(*one), Standard(*one)
    assert repr(mine).removeprefix("Light") == repr(theirs).removeprefix("Standard")
    assert dataclasses.asdict(mine) == dataclasses.asdict(theirs)
    changed = dataclasses.replace(mine, second="c")
    assert (changed.first, changed.second) == (mine.first, "c")
    assert pickle.loads(pickle.dumps(mine)) == mine


def test_each_has_a_default_of_its_own() -> None:
    assert Light(1).third is not Light(1).third


def test_slots_take_no_other_names() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Light(1), "fifth", 5)


def test_fields_by_name_and_what_follows_from_them() -> None:
    assert Named(second=2).both == 3
    assert dataclasses.replace(Named(second=2), first=5).both == 7
    with pytest.raises(TypeError):
        Named(1, 2)
    with pytest.raises(TypeError):
        hash(Named(second=2))
