"""Labels of the header whose characters lost their order: 名称项 for 项目名称.

Text recognition that reads a cell piece by piece puts a piece that stands a little lower behind the others, and
loses a character at times.
"""

from __future__ import annotations

from functools import cache, lru_cache

from . import labels
from .labels import Label

GROUPS = ("field", "money")
SHORTEST = 3
LONGEST = 8


@lru_cache(maxsize=8192)
def find(text: str) -> tuple[Label, ...]:
    """The meanings of the one label that `text` is with its beginning behind its end, or a character lost.

    Empty where the text is a label, or where several are as near.
    """
    word = labels.bare(text).removesuffix("none")
    if not SHORTEST <= len(word) <= LONGEST or labels.find(word):
        return ()
    turned = [word[at:] + word[:at] for at in range(len(word))]
    known = {hit for one in turned for hit in _shortened().get(one, ())}
    if not known:
        known = {one for one in turned if _in_header(one)}
    meanings = {_in_header(hit) for hit in known}
    return meanings.pop() if len(meanings) == 1 else ()


def _in_header(known: str) -> tuple[Label, ...]:
    return tuple(one for one in labels.find(known) if one.group in GROUPS)


@cache
def _shortened() -> dict[str, set[str]]:
    """The labels of the header by what is left of them without one character."""
    found: dict[str, set[str]] = {}
    for known in labels.known():
        if SHORTEST < len(known) <= LONGEST + 1 and _in_header(known):
            for at in range(len(known)):
                found.setdefault(known[:at] + known[at + 1 :], set()).add(known)
    return found
