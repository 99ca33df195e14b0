"""The tuned numbers of text that was printed column by column."""

from __future__ import annotations

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What tells such a text: how many of its cells stand away from their rows."""

    fewest: int = 4  # names and values, below which there is nothing to pair
    ragged: int = 4  # names behind names and values behind values that give torn text away
    longest: int = 3  # values one behind the other that no ordered text has
    late: int = 1  # heads and header data among the rows that do so
    afloat: int = 4  # level labels in a run, out of their order, that do so
    piled: int = 2  # level-2 labels without rows of their own that do so
    heads: int = 5  # labels before the column heads that make a table of many projects
    words: float = 0.4  # of all stand behind another on their line: cells stand side by side


@dataclass(frozen=True, slots=True)
class Pairing:
    """How names and values are paired; a pair is worth 1, and as much more or less as their words say."""

    skip: float = -0.6  # of a name or value that finds no partner
    beside: float = 1.5  # of a value right behind its name
    most: int = 400  # names, or values: the alignment is quadratic
    sure: float = 0.7  # of the cells must be known as names or values


@dataclass(frozen=True, slots=True)
class Covering:
    """What is said for a row under a label, and against it."""

    name: float = 1.0  # a name with a word of the level
    value: float = 0.5  # a value that looks like one of the level
    first: float = 0.5  # a label right before its first row
    away: float = 1.0  # a row between a label and its nearest row
    bare: float = 1.0  # a row before the first label's
    empty: float = 1.5  # a label without rows
    most: int = 40  # labels: of more, the place alone counts


LIMITS, PAIRING, COVERING = Limits(), Pairing(), Covering()
