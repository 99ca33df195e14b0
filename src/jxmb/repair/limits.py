"""The numbers by which damaged cells are mended."""

from ..deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a cell, a row or a line is looked into, and how much tells something."""

    several: int = 3  # rows or cells of a table on one line, code points of a name
    spare: int = 4  # blanks that a full line may leave before its bar: what comes next did not fit
    parts: int = 4  # of a column that an edge may cut
    lines: int = 12  # of a cell in which labels are looked for
    goal: int = 12  # code points of a text that may go on before the heads of the table
    value: int = 40  # code points of a value that is looked into
    line: int = 1_000  # code points of a printed line
    cell: int = 2_000  # code points of a cell that is put in order


LIMITS = Limits()
