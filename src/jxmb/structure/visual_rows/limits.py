"""The tuned numbers of visual rows."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How far apart, in lines, what belongs together stands, and what speaks for and against a place.

    A line between a label and a line of its value costs 1. `many` only keeps the work small.
    """

    step: int = 20  # places from column to column
    lines: int = 3  # between a label and a line of its value, and of a torn label
    many: int = 40  # pieces of a line, lines of a value, texts of a column that are looked at
    column: float = 0.02  # the price of a display column by which the lines of a value differ
    clash: float = 3.0  # of two cells in one column, a line
    right: float = 0.01  # of further right, a text and head: later pages lack left columns
    empty: float = 1.5  # of a column that the lines beside leave empty, or where a cell goes on
    worst: float = -4.0  # of a text in a column


LIMITS = Limits()
