"""Columns of which each stands below its own head: it says what they are, whatever they look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...forms.columns import LEVELS, TARGETS
from ..cells import Item
from .limits import LIMITS

KINDS = frozenset({"name", *TARGETS, "mark", "unit", "weight"})
LEVELLED = frozenset({"name", *LEVELS, ""})
OUTSIDE = ("label", "money")  # what ends a column


def headed(items: Sequence[Item]) -> list[Item]:
    """The items with the cells below each head as what it says, where there are as many names as values; else none.

    Others than names and the parts of values are no cells of a row. Behind the last column the text goes on.
    """
    runs: dict[str, list[int]] = {}
    role = ""
    for at, item in enumerate(items):
        head = item.words[0].name("column") if item.kind in ("head", *OUTSIDE) else None
        if head is not None or item.kind in OUTSIDE:
            role = head or ""
        elif item.kind == "level" and role not in LEVELLED:
            return []
        elif item.kind != "level" and role not in LEVELS:
            runs.setdefault(role, []).append(at)
    last, count = runs.get(role, []), len(runs.get("name", ()))
    beyond, last[count:] = last[count:], []
    values = {len(run) for role, run in runs.items() if role in TARGETS}
    if (
        count < LIMITS.fewest
        or values != {count}
        or any(items[at].kind == "target" for at in beyond)
    ):
        return []
    told = {
        at: role if role in KINDS else "noise" for role, run in runs.items() if role for at in run
    }
    return [replace(item, kind=told.get(at, item.kind)) for at, item in enumerate(items)]
