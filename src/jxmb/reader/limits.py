"""The numbers by which a form is read."""

from ..deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a table says before something is told from it."""

    several: int = 3  # cells of a row, columns, code points of a name, or ways in which rows slid
    words: int = 6  # code points of a target in words
    lean: float = 0.35  # rows by which a label between two may be below the upper one
    line: int = 400  # code points of a line that may be one of a page of columns
    page: int = 200  # lines of such a page


LIMITS = Limits()
