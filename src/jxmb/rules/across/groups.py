"""Which forms of a run are alike: by what they have in common, without comparing each with each.

A form is a number here, its place in the run. What is long is sorted and gone through, so that it need not be in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from math import ceil
from operator import itemgetter

from ... import deferred
from ...model.facts import WIDTH, Fact, Facts, key, unpacked
from ...spool import Spool, ordered
from ...values import fold

NOISE = deferred.re(
    r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|(?:19|20)\d\d年?度?|\d+|中央|省级|市级|区县|资金|经费|项目|专项"
)
NEAR = 0.6  # share of pairs of characters from which on two names are one programme
MOST = 50  # names of a group, and forms with an indicator, that are compared with a further one

Numbered = Iterable[tuple[int, Fact]]
Parents = dict[int, int]


def by(forms: Numbered, said: Callable[[Fact], Iterable[object]]) -> Iterator[list[int]]:
    """The forms that say the same, in groups of two and more, in the order of the run."""
    keyed = ((key(*map(str, said(one))), number) for number, one in forms)
    several = (group for _, group in _grouped(keyed) if len(group) > 1)
    return (group for _, group in _grouped((one[0], number) for one in several for number in one))


def _grouped(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    """The first number of pairs, each once, with the second ones, all in their order."""
    for first, group in groupby(ordered(pairs), itemgetter(0)):
        yield first, [number for _, number in group]


def in_order(facts: Facts, numbers: Iterable[int]) -> Iterator[int]:
    """Forms by their places."""
    return (number for *_, number in ordered((*place(facts[one]), one) for one in numbers))


def place(one: Fact) -> tuple[str, int, int]:
    """By which forms are sorted."""
    return one.place.path, one.place.line, one.place.column


def near(one: str, other: str) -> bool:
    """Whether two project names are one programme, filed by region, year or source of money."""
    pairs, others = _pairs(one), _pairs(other)
    total = pairs.total() + others.total()
    return total == 0 or 2 * (pairs & others).total() >= NEAR * total


def _pairs(name: str) -> Counter[str]:
    core = NOISE.sub("", fold(name))
    return Counter(first + second for first, second in pairwise(core))


def unlike(facts: Facts, group: Iterable[int]) -> list[int]:
    """One form for each programme of a group, in its order."""
    found: dict[int, str] = {}
    for number in group:
        name = facts[number].project
        if name and len(found) < MOST and not any(near(name, other) for other in found.values()):
            found[number] = name
    return list(found)


def alike(facts: Facts, numbers: Iterable[int], share: float, fewest: int) -> Iterator[list[int]]:
    """Groups of forms that have at least a share of the indicators of the larger in common, and at least `fewest`.

    Each is like one other of its group. Only those are compared that share one of their rarest indicators; of many
    that share one the last are, whose number of indicators is nearest.
    """
    sets: Spool[bytes] = Spool()  # of indicators, each once, the smallest first
    firsts: list[int] = []
    parents: Parents = {}
    large = ((one, facts[one].keys) for one in numbers)
    sized = ((len(keys), keys, one) for one, keys in large if len(keys) >= fewest * WIDTH)
    for (_, keys), same in groupby(ordered(sized), itemgetter(0, 1)):
        (*_, first), *others = same
        parents.update((number, first) for *_, number in others)
        firsts.append(first)
        sets.append(keys)
    indicators = lru_cache(MOST)(lambda at: unpacked(sets[at]))
    for (one, other), _ in groupby(ordered(_neighbours(_rarest(sets, share)))):
        common = len(indicators(one) & indicators(other))
        most = max(len(indicators(one)), len(indicators(other)))
        if common >= fewest and common * WIDTH >= share * most * WIDTH:
            _join(parents, firsts[one], firsts[other])
    yield from _joined(parents)


def _rarest(sets: Spool[bytes], share: float) -> Iterator[tuple[int, int]]:
    """The rarest indicators of each set that others have, with its number.

    If the rest is too small to make up the share, two sets that share none of these cannot be alike.
    """
    having = ((one, at) for at, keys in enumerate(sets) for one in unpacked(keys))
    shared = ((at, len(ats), one) for one, ats in _grouped(having) if len(ats) > 1 for at in ats)
    for at, indicators in groupby(ordered(shared), itemgetter(0)):
        every = list(indicators)
        needed = ceil(share * (len(sets[at]) // WIDTH))
        for _, _, one in every[: max(0, len(every) - needed + 1)]:
            yield one, at


def _neighbours(rare: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of sets that share a rare indicator, the later one first."""
    for _, having in _grouped(rare):
        for at, one in enumerate(having):
            yield from ((one, other) for other in having[max(0, at - MOST) : at])


def _root(parents: Parents, one: int) -> int:
    while (above := parents.get(one, one)) != one:
        parents[one] = parents.get(above, above)
        one = parents[one]
    return one


def _join(parents: Parents, one: int, other: int) -> None:
    below, above = _root(parents, one), _root(parents, other)
    if below != above:
        parents[below] = above


def _joined(parents: Parents) -> Iterator[list[int]]:
    """What was joined, in groups, those of the first forms first."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted({*parents, *parents.values()}):
        groups[_root(parents, number)].append(number)
    yield from groups.values()
