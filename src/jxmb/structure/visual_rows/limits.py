"""The tuned numbers of visual rows."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How far apart, in lines, what belongs together stands, and what speaks for and against a place.

    `many` and `ahead` only keep the work small.
    """

    step: int = 20  # places from column to column
    lines: int = 3  # of a torn label, from one to the next
    many: int = 40  # pieces of a line, texts of a column that are looked at
    ahead: int = 16  # pieces in which the end of a torn label is looked for
    clash: float = 3.0  # of two cells in one column, a line
    right: float = 0.01  # of further right, a text and head: later pages lack left columns


LIMITS = Limits()
