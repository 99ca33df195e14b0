"""What phrases of a form mean: the words of the rules of meaning, rows, quantities, direction and likeness.

Rules ask it; none reads phrases for itself. Nothing here raises, and what is doubtful has no meaning.
"""

from .direction import COUNTS, Way, is_low, settles, way
from .likeness import Phrase, likeness, phrase
from .lists import Lists, by_letter, holds
from .quantities import Quantity, base, quantities, same_unit
from .rows import Row, han, row

__all__ = [
    "COUNTS",
    "Lists",
    "Phrase",
    "Quantity",
    "Row",
    "Way",
    "base",
    "by_letter",
    "han",
    "holds",
    "is_low",
    "likeness",
    "phrase",
    "quantities",
    "row",
    "same_unit",
    "settles",
    "way",
]
