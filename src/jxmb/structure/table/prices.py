"""The numbers by which the rows of a table are weighed, tuned as a whole."""

from __future__ import annotations

from ...light import dataclass


@dataclass(frozen=True, slots=True)
class Prices:
    """The numbers of `decoding`: prices and worths in the unit of one sure sign; lines, display columns, shares."""

    stray: float = 4.5  # of a word that belongs to no row
    stray_beside: float = 0.6  # where columns of other things stand beside the rows
    worst: float = -4.0  # a word that does worse in a column is not tried there
    other_line: float = 1.3  # of a word on another line than its neighbours in the row say
    midline: float = 2.5  # of a row that opens in the middle of a line
    empty_line: float = 2.0  # of an empty line within a row
    unparted: float = 1.0  # of a row without one before it where rows are parted so
    unlabelled: float = 2.3  # of a row without a level label before it where cells come in turn
    never: float = 100.0  # of a second row where there is but one
    labelled: float = 3.0  # of a level label before a word that does not begin the cells beside one
    some: float = 0.85  # of the gaps: where more are empty lines, these part nothing
    going_on: float = 1.5  # of a further line of a cell
    cut: float = 1.6  # of ending with a full line
    narrowest: int = 8  # display columns of a full line that says something
    swapped: float = -0.3  # of a cell's last line before its full one
    too_wide: float = 4.0  # the price of a line that is wider than its column
    many: int = 2  # full lines that tell the width of a column
    several: int = 3  # full lines that tell it for sure
    outlier: float = 0.2  # the price, a word, of a column with one line far wider than these
    far: float = 2.0  # times as wide
    wrapped: int = 12  # display columns of such lines: values are shorter
    spare: int = 2  # display columns that a full line may leave
    tilt: float = 0.4  # lines between one column and the next on such a page
    askew: float = 0.03  # by which such a reading must be better, a word
    beside: float = 0.75  # lines from a row up to which a label stands beside it
    off_middle: float = 0.8  # lines from the middle of a row from which on it stands off it
    aside: float = 0.25  # rows by which it is then nearer to the next
    between: float = 0.6  # by how many lines it is then nearer than to the next
    label: float = 4.0  # the price of a label of the header or a head among the rows
    named: float = 1.0  # the worth of a level's label that stands where the names do
    misread: float = 2.0  # the worth of what a sign was read as, in the column of signs
    whole: float = 2.0  # of going on behind a value with sign and unit
    same: float = 1.0  # of going on with what ends a value: 3月31日 | 前
    unit: float = 2.0  # of going on with the unit of a figure (≤150 | 元/平方米), or with the figure of a sign
    office: float = 1.0  # of going on behind the name of an office
    prose: float = 3.0  # of going on behind a comma, where goals stand beside the rows
    slack: float = 4.0  # a row that is so far behind the best way to get there is given up
    full: float = -1.1  # of going on where the line above is full
    short: float = 1.5  # of going on where it is not


PRICES = Prices()
