"""How like two phrases are, by the pairs of characters that they share."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .. import deferred
from ..values import fold
from .lists import Lists

SHORTEST = 3  # characters: shorter phrases are like nothing
NO_WORD = deferred.re(r"[\d\W_]+")


class Phrase(NamedTuple):
    """A folded text, and what is compared of it: `core` is without stop words, figures and the name of its project."""

    text: str
    core: str

    @property
    def short(self) -> bool:
        """Whether it is too short to be like another."""
        return len(self.text) < SHORTEST


def phrase(text: str, lists: Lists, project: str = "") -> Phrase:
    """A text as it is compared; `project` is the folded name of its project."""
    folded = fold(text)
    own = folded.replace(project, "") if len(project) >= SHORTEST else folded
    return Phrase(folded, NO_WORD.sub("", lists.without("stop_words", own)))


def likeness(one: Phrase, other: Phrase) -> float:
    """0 to 1: the shared pairs of characters, of those of the shorter phrase; 0 for phrases under three characters."""
    if one.short or other.short:
        return 0.0
    pairs, others = _pairs(one.core), _pairs(other.core)
    least = min(len(pairs), len(others))
    return len(pairs & others) / least if least else 0.0


@lru_cache(1024)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(first + second for first, second in pairwise(text))
