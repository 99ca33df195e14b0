"""Values that are words (规范, 有所提升) among the names of torn text: told by the names printed before them.

Where a column of names was printed and then the column of their values, the first value that looks like one, or
the head of the values' column, ends the names: as many cells behind it are their values, however they look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ... import deferred
from ..cells import Item
from .limits import PAIRING

BODY = ("name", "target")
BESIDES = {"mark", "unit", "target_midterm"}  # values of several cells are bundled otherwise
SURELY_NAMED = deferred.regex(r"是否|(?:满意度|率|比例|程度|情况)$")


def stepped(items: Sequence[Item]) -> list[Item]:
    """The items with each value among them known as one; as they are where most cannot be told."""
    start = next((at for at, item in enumerate(items) if item.kind in ("head", "level")), 0)
    cells = [at for at in range(start, len(items)) if _in_body(items, at)]
    if not cells or len(cells) > 2 * PAIRING.most or BESIDES & {item.kind for item in items}:
        return list(items)
    pins = _pins(items, cells)
    kinds: list[str] = []
    while len(kinds) < len(cells):
        rest = cells[len(kinds) :]
        names = next((n for n, at in enumerate(rest) if at in pins), 0)
        if kinds and rest[0] in pins and items[rest[0] - 1].kind != "level":
            return list(items)  # more values than names: nobody knows which are a row's
        if not names or not _are_values([items[at] for at in rest[names : 2 * names]], names):
            kinds += _in_turn([items[at] for at in rest])
            break
        kinds += ["name"] * names + ["target"] * names
    told = sum(kind in BODY for kind in kinds)
    if told < PAIRING.sure * len(cells):
        return list(items)
    found = list(items)
    for at, kind in zip(cells, kinds, strict=True):
        found[at] = replace(found[at], kind=kind)
    return found


def in_pairs(items: Sequence[Item]) -> list[Item]:
    """The items with sentences and words behind a value as names and values in turn: 总结推广做法 | 形成长效机制."""
    start = next((at for at, item in enumerate(items) if item.kind == "target"), len(items))
    told = any(item.kind == "goal" for item in items[:start])
    worded = ("name", "goal") if told else ("name",)
    found = list(items)
    runs = groupby(range(start, len(items)), key=lambda at: items[at].kind in worded)
    for run in (list(own) for is_worded, own in runs if is_worded):
        if items[run[0] - 1].kind != "target":
            continue
        valued = run[-1] + 1 < len(items) and items[run[-1] + 1].kind == "target"
        for number, at in enumerate(run[: len(run) - valued]):
            found[at] = replace(items[at], kind=BODY[number % 2])
    return found


def _are_values(behind: Sequence[Item], names: int) -> bool:
    """Whether what stands behind so many names may be their values."""
    return len(behind) == names and not any(SURELY_NAMED.search(item.text) for item in behind)


def _in_body(items: Sequence[Item], at: int) -> bool:
    """Whether an item is a name or a value; a name may end like an office's behind the label of its level."""
    behind_level = bool(at) and items[at - 1].kind == "level"
    return items[at].kind in BODY or (items[at].kind == "text" and behind_level)


def _pins(items: Sequence[Item], cells: Sequence[int]) -> set[int]:
    """The cells with which values begin: those that look like one, or only the first behind the values' head."""
    heads = (at for at, item in enumerate(items) if item.words[0].name("column") == "target")
    head = next((at for at in heads if cells[0] < at < cells[-1]), None)
    first = next((at for at in cells if head is not None and at > head), cells[0])
    looks = {at for at in cells if items[at].kind == "target"}
    return {first, *(at for at in looks if at > first)} if head is not None else looks


def _in_turn(rest: Sequence[Item]) -> list[str]:
    """The kinds of the last cells: each name before its value, where a cell that is surely a name says so."""
    sure = [at for at, item in enumerate(rest) if SURELY_NAMED.search(item.text)]
    late = any(at >= len(rest) // 2 for at in sure)
    if len(rest) % 2 or not late or any(at % 2 for at in sure):
        return ["other"] * len(rest)
    return ["name", "target"] * (len(rest) // 2)
