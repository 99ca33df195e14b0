"""The tuned numbers of noise."""

from ...deferred import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How often noise must be met in a form to be believed, and how long what it hides is, in code points."""

    some: int = 3  # marks of the paper, or signs, that give a page away
    lines: int = 4  # with letters of dirt that do
    blanks: int = 12  # short pieces that single blanks leave, and half of all
    labels: float = 0.9  # of a word that is the heads of a table and nothing else
    pieces: int = 60  # at the top of a form in which labels are looked for with text glued behind
    cell: int = 20  # at whose edges marks are looked for
    run: int = 40  # of labels and text joined, or of the unit behind a label
    line: int = 600  # that is put together
    words: int = 8  # of a value in words, or a unit, behind a name of some
    before: int = 4  # 其中：, before its label


LIMITS = Limits()
