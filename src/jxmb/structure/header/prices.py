"""The numbers by which a header is read; prices are in the unit of one sure sign."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Tried:
    """How much is tried: these only keep the work small."""

    lines: int = 9  # of a band
    goals: int = 40  # lines of goals, or of two goals side by side
    labels: int = 4  # of a band
    heads: int = 8  # labels on one line with their values below them
    ways: int = 64  # to give the texts of a band to its labels
    names: int = 8  # texts among which the names of project and offices are looked for


@dataclass(frozen=True, slots=True)
class Sizes:
    """How long and wide things are, in code points and display columns."""

    line: int = 400  # code points between a label and its value on one line
    end: int = 3  # code points of a line that is no second name
    short: int = 8  # code points of a goal that is too short for one
    slack: int = 4  # columns by which a line may be shorter than its cell
    skew: float = 2.0  # columns by which the lines of one cell may be off
    full: float = 0.85  # of the widest line, from which on a line is full
    wide: int = 3  # pieces set off by more than a blank, from which on places tell whose they are


@dataclass(frozen=True, slots=True)
class Said:
    """What a value costs by what it says."""

    misfit: float = 3.0  # a date in place of words, words in place of an amount ...
    lack: float = 3.0  # no value at all
    bare: float = 0.4  # the same of a label that often has none
    more: float = 0.3  # a further line
    second: float = 2.5  # the same of a value that has but one
    office: float = 0.6  # a name of no office; half of it for a project called like one
    whole: float = 0.9  # a few letters behind such a name
    ragged: float = 0.25  # each column by which a line is shorter than its cell
    goal: float = 0.2  # of that price for the lines of a goal, which is no more than one sure sign
    ended: float = 2.0  # a line of a goal that ends a sentence, beside another goal


@dataclass(frozen=True, slots=True)
class Lines:
    """What the lines of one value cost by how they stand to each other."""

    uneven: float = 0.6  # each line by which a cell stands too high or too low beside its label
    turned: float = 0.8  # each line by which two pieces stand in the wrong order
    swapped: float = 0.25  # two pieces of one height that are not in the order of their columns
    not_full: float = 0.6  # a line that ends early though its cell goes on
    split: float = 0.6  # two pieces of one value on a line whose cells are parted by blanks
    border: float = 0.03  # each column between the border of two goals and the place of their heads
    behind: float = 0.3  # a first line that is not the left goal's


@dataclass(frozen=True, slots=True)
class Places:
    """What texts cost by how they stand to labels."""

    stray: float = 1.2  # a text that belongs to no label
    unsure: float = 3.0  # a line whose texts are left where they stand
    off_line: float = 3.0  # a text beside a label that belongs to another
    elsewhere: float = 0.3  # the same where that label has no part on the line of the text
    over: float = 0.8  # a text over or under a label, not beside it
    left: float = 2.0  # a text between labels that belongs to none
    below: float = 0.5  # values under their labels, where most stand beside them
    torn: float = 2.0  # a label between whose parts others stand
    given: float = 1.0  # by how much the page must be likelier than values behind their labels


TRIED, SIZES, SAID, LINES, PLACES = Tried(), Sizes(), Said(), Lines(), Places()
