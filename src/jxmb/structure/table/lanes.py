"""The columns of a table as a decoder sees them, and what it takes a word for."""

from __future__ import annotations

from ...deferred import dataclass
from ...forms.columns import Column
from ..fragments import Fragment
from .prices import WORDS

LEVEL_ROLES = frozenset({"margin", "level1", "level2"})


@dataclass(frozen=True, slots=True)
class Step:
    """What a word was taken for: the number of its column, and whether it opens a row."""

    column: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the table in the text: its number, role, and from where to where it reaches."""

    number: int
    column: Column
    bounds: tuple[float, float] | None = None

    def place(self, word: Fragment) -> float:
        """What the place of a word says for this column, from -`WORDS.place` to `WORDS.place`; 0 where either has none."""
        if self.bounds is None or word.start < 0:
            return 0.0
        left, right = max(self.bounds[0], word.start), min(self.bounds[1], word.end)
        inside = max(0.0, right - left)
        return 2 * WORDS.place * inside / max(1, word.end - word.start) - WORDS.place
