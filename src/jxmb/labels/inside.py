"""Labels inside running text: where cells were joined with nothing between."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

import regex

from .. import labels

SHORTEST = 4
FIELD = frozenset({"field"})
LONGEST_VALUE = 50  # code points of a value with a label and its value behind it


def leads(text: str, groups: Set[str]) -> bool:
    """Whether a text begins with a label of these groups and goes on with nothing between."""
    if not text.startswith(_safe_in(frozenset(groups))):
        return False
    match = known().match(text)
    if match is None or match.end() == len(text) or labels.find(text):
        return False
    rest = text[match.end() :]
    return len(rest) > 1 and rest[0] not in "（(及名编" and bool(_groups(match[0]) & groups)


def holds(text: str) -> bool:
    """Whether a label of the header stands behind a value with nothing between."""
    if len(text) > LONGEST_VALUE or "：" in text or labels.find(text):
        return False
    if not any(word in text for word in _safe_in(FIELD)):
        return False
    found = [match for match in known().finditer(text) if match[0] not in labels.NATURES]
    return len(found) == 1 and found[0].start() > 1 and "field" in _groups(found[0][0])


def _groups(label: str) -> set[str]:
    return {one.group for one in labels.find(label)}


@cache
def _safe_in(groups: frozenset[str]) -> tuple[str, ...]:
    """The labels of these groups that are hardly ever met inside a name: without one, nothing need be searched."""
    return tuple(word for word in labels.known() if is_safe(word) and _groups(word) & groups)


@cache
def known() -> regex.Pattern[str]:
    """All labels long enough not to be met inside a name, the longest first."""
    known = [word for word in labels.known() if is_safe(word)]
    known.sort(key=len, reverse=True)
    return regex.compile("|".join((*labels.NATURES, *map(regex.escape, known))))


def is_safe(word: str) -> bool:
    """Whether a label is hardly ever met inside a name or a value."""
    groups = {label.group for label in labels.find(word)}
    if groups & {"level1", "level2"}:
        return word.endswith("指标")
    if "field" in groups:
        return len(word) >= SHORTEST - 1
    return len(word) >= SHORTEST + ("other" in groups) and groups != {"money_column"}
