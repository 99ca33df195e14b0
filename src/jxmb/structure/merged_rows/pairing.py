"""The names and values of fused rows in pairs: in order, as far as the rows say nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ..cells import Item
from ..columnwise import Pairs, matched, sense
from ..columnwise.limits import PAIRING
from .cells import row_of
from .limits import LIMITS


def bundles(items: Sequence[Item]) -> list[list[Item]]:
    """The values, those for the middle term and for the year together where a table has both."""
    targets = [item for item in items if item.kind == "target"]
    heads = {item.words[0].name("column") for item in items}
    if heads & {"mark", "unit"}:
        return _pieced(items)
    if "target_midterm" not in heads:
        return [[item] for item in targets]
    found: list[list[Item]] = []
    for _, group in groupby(targets, lambda item: row_of(item.words[0])):
        row = list(group)
        half = len(row) // 2
        if len(row) % 2:
            found.extend([item] for item in row)
            continue
        pairs = zip(row[:half], row[half:], strict=True)
        found.extend([replace(one, kind="target_midterm"), two] for one, two in pairs)
    return found


def _pieced(items: Sequence[Item]) -> list[list[Item]]:
    """Values with the signs and units of their rows, where there are as many of them as values."""
    found: list[list[Item]] = []
    rows = [item for item in items if item.kind in ("mark", "target", "unit")]
    for _, group in groupby(rows, lambda item: row_of(item.words[0])):
        row = list(group)
        bundles_ = [[item] for item in row if item.kind == "target"]
        for kind in ("mark", "unit"):
            parts = [item for item in row if item.kind == kind]
            if len(parts) == len(bundles_):
                for bundle, part in zip(bundles_, parts, strict=True):
                    bundle.append(part)
        found.extend(bundles_)
    return found


def paired(names: Sequence[Item], targets: Sequence[Sequence[Item]]) -> Pairs:
    """The numbers of names and values that belong together; none where the rows leave it open."""
    if max(len(names), len(targets)) > PAIRING.most:
        return []
    places = _places(names, [bundle[0] for bundle in targets])

    def worth(one: int, two: int) -> float:
        beside = LIMITS.beside * ((one, two) in places)
        return 1.0 + beside + LIMITS.sense * sense(names[one].text, targets[two][-1].text)

    found = matched(len(names), len(targets), worth)
    return _agreeing(found, places, (len(names), len(targets)))


def _places(names: Sequence[Item], targets: Sequence[Item]) -> set[tuple[int, int]]:
    """The pairs that have the same place in rows with as many names as values."""
    rows: dict[int, tuple[list[int], list[int]]] = {}
    for side, items in enumerate((names, targets)):
        for number, item in enumerate(items):
            rows.setdefault(row_of(item.words[0]), ([], []))[side].append(number)
    return {
        pair
        for one, two in rows.values()
        if len(one) == len(two)
        for pair in zip(one, two, strict=True)
    }


def _agreeing(pairs: Pairs, places: set[tuple[int, int]], end: tuple[int, int]) -> Pairs:
    """The pairs that their rows tell, and those between two of them where names and values are as many."""
    anchors = [(-1, -1), *(pair for pair in pairs if pair in places), end]
    kept: Pairs = []
    for one, two in pairwise(anchors):
        inside = [pair for pair in pairs if one < pair < two]
        if two[0] - one[0] == two[1] - one[1]:
            kept.extend(inside)
        kept.append(two)
    return kept[:-1]
