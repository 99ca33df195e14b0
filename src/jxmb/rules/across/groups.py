"""Which forms of a run are alike: by what they have in common, without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import TypeVar

from ... import deferred
from ...model.facts import WIDTH, Fact, unpacked
from ...values import fold

T = TypeVar("T", bound=Hashable)

NOISE = deferred.re(
    r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|(?:19|20)\d\d年?度?|\d+|中央|省级|市级|区县|资金|经费|项目|专项"
)
NEAR = 0.6  # share of pairs of characters from which on two names are one programme
MOST = 50  # names of a group, and forms with an indicator, that are compared with a further one


def by(facts: Iterable[Fact], *names: str) -> list[list[Fact]]:
    """The facts that agree in some fields, in groups of two and more, in the order of the run."""
    found: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for one in facts:
        found[tuple(_said(getattr(one, name)) for name in names)].append(one)
    return [group for group in found.values() if len(group) > 1]


def _said(value: object) -> object:
    return fold(value) if isinstance(value, str) else value


def near(one: str, other: str) -> bool:
    """Whether two project names are one programme, filed by region, year or source of money."""
    pairs, others = _pairs(one), _pairs(other)
    total = pairs.total() + others.total()
    return total == 0 or 2 * (pairs & others).total() >= NEAR * total


def _pairs(name: str) -> Counter[str]:
    core = NOISE.sub("", fold(name))
    return Counter(first + second for first, second in pairwise(core))


def unlike(group: Sequence[Fact]) -> list[Fact]:
    """One fact for each programme of a group, in the order of the run."""
    found: list[Fact] = []
    for one in group:
        if (
            one.project
            and len(found) < MOST
            and not any(near(one.project, other.project) for other in found)
        ):
            found.append(one)
    return found


def alike(facts: Sequence[Fact], share: float, fewest: int) -> Iterator[list[Fact]]:
    """Groups of facts that have at least a share of the indicators of the larger in common, and at least `fewest`.

    Each is like one other of its group. Only those are compared that share one of their rarest indicators: if the rest
    is too small to make up the share, two that share none of these cannot be alike. Of many that share one the last
    are, whose number of indicators is nearest.
    """
    sets: dict[bytes, list[Fact]] = defaultdict(list)
    for fact in facts:
        if len(fact.keys) >= fewest * WIDTH:
            sets[fact.keys].append(fact)
    frequency = Counter(key for keys in sets for key in unpacked(keys))
    parents = {keys: keys for keys in sets}
    having: dict[int, list[bytes]] = defaultdict(list)
    for keys in sorted(sets, key=lambda one: (len(one), one)):
        indicators = unpacked(keys)
        ordered = sorted(indicators, key=lambda key: (frequency[key], key))
        rare = ordered[: len(ordered) - ceil(share * len(ordered)) + 1]
        near_by = {other for key in rare for other in having[key][-MOST:]}
        for other in near_by:
            common = len(indicators & unpacked(other))
            if common >= fewest and common * WIDTH >= share * max(len(keys), len(other)):
                _join(parents, keys, other)
        for key in rare:
            having[key].append(keys)
    yield from _joined(parents, sets)


def _root(parents: dict[T, T], one: T) -> T:
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


def _join(parents: dict[T, T], one: T, other: T) -> None:
    parents[_root(parents, one)] = _root(parents, other)


def _joined(parents: dict[bytes, bytes], sets: dict[bytes, list[Fact]]) -> Iterator[list[Fact]]:
    groups: dict[bytes, list[Fact]] = defaultdict(list)
    for keys, facts in sets.items():
        groups[_root(parents, keys)].extend(facts)
    yield from (group for group in groups.values() if len(group) > 1)
