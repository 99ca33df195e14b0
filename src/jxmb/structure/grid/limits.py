"""The tuned numbers of the grid."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How large the parts of a page are, in lines, words and display columns, and shares of them.

    `words`, `lines`, `dear`, `far` and `off` only keep the work small.
    """

    whole: float = 0.5  # of the rows, from which on a page was read
    crowded: float = 0.2  # of the lines with words of two columns in one, most in a page
    row: int = 3  # words of a line that are cells of a row
    words: int = 40  # of a line of heads
    label: int = 4  # lines of a level label, and around the one that names the projects
    gap: int = 3  # lines of the text from one line of a head or a cell to the next
    tight: float = 1.5  # lines of a cell from one of its lines to the next
    lines: int = 90  # of a row
    dear: float = 40.0  # the price of a row that is followed no further
    far: float = 15.0  # more than the best way to lay cells over rows, that is not followed
    off: float = 6.0  # lines from a cell to the middle of its rows
    full: float = 0.9  # of the widest line of a column: one that may go on below
    wide: float = 0.8  # of most texts of a column: one that may have moved the next column
    begins: int = 3  # display columns of a text beside its column; texts that are a habit
    odd: float = 6.0  # display columns that a value among words seems further away


@dataclass(frozen=True, slots=True)
class Prices:
    """What speaks against a way to take lines for rows; a line off costs 1."""

    row: float = 0.5  # every row, and a short line in a cell above others
    valueless: float = 1.5
    beside: float = 0.7  # a line by which a cell lies beside the middle of its row
    blank: float = 1.75  # an empty line in a cell
    two: float = 6.0  # values in a cell
    further: float = 1.0  # a cell that begins as more of the one above does
    half: float = 0.1  # half a line off the middle, where there is no line at it


LIMITS, PRICES = Limits(), Prices()
