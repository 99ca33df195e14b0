"""The numbers by which the rows of a table are weighed, tuned as a whole; the unit of prices and worths is one sure sign."""

from __future__ import annotations

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What a word says of itself and of its place."""

    place: float = 1.5  # at most, of a word in or beside the bounds of its column
    stray: float = 4.5  # the price of a word that belongs to no row
    stray_beside: float = 0.6  # where columns of other things stand beside the rows
    worst: float = -4.0  # a word that does worse in a column is not tried there
    label: float = 4.0  # the price of a label of the header or a head among the rows
    named: float = 1.0  # the worth of a level's label that stands where the names do
    misread: float = 2.0  # the worth of what a sign was read as, in the column of signs
    further: float = 0.8  # the price of a first line that looks like a further one
    shred: float = 1.5  # of a name of a character or two
    unlike: float = 2.5  # of the rest of a unit for a name, or a value for more of one


@dataclass(frozen=True, slots=True)
class Rows:
    """What it costs to begin a row, and to go on in one."""

    other_line: float = 1.3  # of a word on another line than its neighbours in the row say
    midline: float = 2.5  # of a row that opens in the middle of a line
    empty_line: float = 2.0  # of an empty line within a row
    unparted: float = 1.0  # of a row without one before it where rows are parted so
    some: float = 0.85  # of the gaps: where more are empty lines, these part nothing
    unlabelled: float = 2.3  # of a row without a level label before it where cells come in turn
    labelled: float = 3.0  # of a level label before a word that does not begin the cells beside one
    never: float = 100.0  # of a second row where there is but one
    slack: float = 4.0  # a row that is so far behind the best way to get there is given up


@dataclass(frozen=True, slots=True)
class Joins:
    """What it costs that a word is a further line of a cell; what speaks for it is below 0, or said to be a worth."""

    going_on: float = 1.5  # of a further line of a cell
    signed: float = 4.0  # of one that begins with a sign
    whole: float = 2.0  # behind a value with sign and unit
    office: float = 1.0  # behind the name of an office
    prose: float = 3.0  # behind a comma, where goals stand beside the rows
    same: float = 1.0  # the worth of what ends a value: 3月31日 | 前
    unit: float = 2.0  # of the unit of a figure (≤150 | 元/平方米), or the figure of a sign
    open: float = 1.2  # of a line that looks like a further one, or behind one that is not finished
    shred: float = 0.8  # of a character or two
    bracket: float = 1.5  # behind an open bracket


@dataclass(frozen=True, slots=True)
class Lines:
    """What the width of a line costs where that of its column is known."""

    full: float = -1.1  # of going on where the line above is full
    short: float = 1.5  # of going on where it is not
    swapped: float = -0.3  # of a cell's last line before its full one
    cut: float = 1.6  # of ending with a full line
    too_wide: float = 4.0  # of a line that is wider than its column
    outlier: float = 0.2  # a word, of a column with one line far wider than its others


@dataclass(frozen=True, slots=True)
class Widths:
    """What tells how wide a column is, in display columns."""

    narrowest: int = 8  # of a full line that says something
    spare: int = 2  # that a full line may leave
    many: int = 2  # full lines that tell it
    several: int = 3  # full lines that tell it for sure
    wrapped: int = 12  # of such lines: values are shorter
    far: float = 2.0  # times as wide is a line that stands elsewhere


@dataclass(frozen=True, slots=True)
class Page:
    """How far, in lines of the page, what belongs to one row is apart."""

    tilt: float = 0.4  # from one column to the next where the page was read askew
    askew: float = 0.03  # a word, by which such a reading must be better
    beside: float = 0.75  # from a row up to which a label stands beside it
    between: float = 0.6  # by so much it is then nearer than to the next


WORDS, ROWS, JOINS, LINES, WIDTHS, PAGE = Words(), Rows(), Joins(), Lines(), Widths(), Page()
