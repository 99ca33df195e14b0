"""What the reader assumed in order to read a form: each assumption is a `Repair` with its place."""

from __future__ import annotations

from enum import StrEnum

from ..deferred import dataclass
from ..source import Span


class Kind(StrEnum):
    """Why a repair was needed. The values are the `kind` of `repairs` in the records."""

    SHIFTED = "shifted-row"  # the cells of a row stand in other columns than its neighbours'
    GHOST = "ghost-column"  # a column without a header
    LEVEL = "level-inferred"  # a level that only the tree or the neighbours could tell
    SPLIT_LABEL = "split-label"  # a blank or line break inside a label
    MARKUP = "markup-in-cell"  # tags or entities inside a value
    MISREAD = "misread-label"  # a label with one or two wrong characters
    STRAY = "stray-text"  # text inside a form that belongs to none of its fields
    GLUED = "glued-cells"  # two cells joined with nothing between; the split is a guess
    CENTRED = "centred-label"  # a level label beside the middle of its block
    PAIRED = "paired-columns"  # names and values printed apart, paired in order
    ORPHAN = "orphan-row"  # a row whose level only the comparison with other rows told
    FALLEN = "fallen-row"  # a row whose cells stand on lines outside the table, at a page break
    SIGN = "misread-sign"  # > or < that text recognition printed for ≥ or ≤
    SCATTERED = "scattered-cell"  # a cell whose figures stood before its other characters
    UNREAD = "unread-row"  # a row that could not be placed
    TEMPLATE = "template-row"  # a row left over from the template
    TITLE = "name-in-title"  # the project's name stands nowhere but in the title
    REPEATED = "repeated-row"  # the same row twice, one below the other


@dataclass(frozen=True, slots=True)
class Repair:
    """One assumption: its kind, where it was made, and what the text was taken to mean."""

    kind: Kind
    at: Span
    meant: str = ""
