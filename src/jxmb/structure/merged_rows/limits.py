"""The tuned numbers of merged rows."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How long what goes on below is, and how many cells must agree.

    `levels` and `lines` only keep the work small.
    """

    step: int = 1 << 12  # the height of a row, cells of a row, columns of a table and its page
    covered: float = 0.8  # of the rows, from which on level labels are right about theirs
    pure: float = 0.75  # of the words of a column, from which on all are names, or values
    some: int = 3  # words that a column needs to say so; display columns that a full line may leave
    whole: int = 6  # code points of an office's name that is no rest of another line
    levels: int = 200  # labels; a table with more is no form of one page
    lines: int = 40  # of one cell of the header
    beside: float = 0.3  # the worth of a pair of the same place in its row
    sense: float = 0.25  # of one that makes sense; any pair is worth 1


LIMITS = Limits()
