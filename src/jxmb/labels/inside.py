"""Labels inside running text: where cells were joined with nothing between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cache

from .. import labels


def end(text: str, start: int = 0) -> int:
    """Where the longest label that begins at `start` ends, or a nature; `start` itself where none does."""
    words = _by_beginning().get(text[start : start + 2], {})
    for size, own in words.items():
        if text[start : start + size] in own:
            return start + size
    return start


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where labels and natures stand in a text, from left to right; right behind a head also short ones of heads."""
    at = 0
    known = _by_beginning()
    heads: Sequence[str] = ()
    while at < len(text) - 1:
        if not heads and text[at : at + 2] not in known:
            at += 1
            continue
        short = [at + len(word) for word in heads if text.startswith(word, at)]
        behind = max([end(text, at), *short])
        heads = _heads() if behind > at and "column" in _groups(text[at:behind]) else ()
        if behind > at:
            yield at, behind
        at = max(behind, at + 1)


def leads(text: str, groups: Set[str]) -> bool:
    """Whether a text begins with a label of these groups and goes on with nothing between."""
    at = end(text)
    if not 0 < at < len(text) or labels.find(text):
        return False
    rest = text[at:]
    return len(rest) > 1 and rest[0] not in "（(及名编" and bool(_groups(text[:at]) & groups)


def holds(text: str) -> bool:
    """Whether a label of the header stands behind a value with nothing between."""
    if len(text) > labels.LIMITS.text or "：" in text or labels.find(text):
        return False
    found = [span for span in spans(text) if text[slice(*span)] not in labels.NATURES]
    return len(found) == 1 and found[0][0] > 1 and "field" in _groups(text[slice(*found[0])])


def _groups(label: str) -> set[str]:
    return {one.group for one in labels.find(label)}


@cache
def _by_beginning() -> dict[str, dict[int, set[str]]]:
    """All labels long enough not to be met inside a name by their first two characters and their size, the longest first."""
    known = sorted((*labels.NATURES, *filter(is_safe, labels.known())), key=len, reverse=True)
    found: dict[str, dict[int, set[str]]] = {}
    for word in known:
        found.setdefault(word[:2], {}).setdefault(len(word), set()).add(word)
    return found


@cache
def _heads() -> tuple[str, ...]:
    """The heads of columns of any length."""
    return tuple(word for word in labels.known() if "column" in _groups(word) and len(word) > 1)


def is_safe(word: str) -> bool:
    """Whether a label is hardly ever met inside a name or a value."""
    groups = {label.group for label in labels.find(word)}
    if groups & {"level1", "level2"}:
        return word.endswith(labels.LEVEL_END)
    if "field" in groups:
        return len(word) >= labels.LIMITS.shortest
    return len(word) >= labels.LIMITS.safe + ("other" in groups) and groups != {"money_column"}
