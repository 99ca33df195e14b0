"""Sheets that were printed down and then over: pages wait until those come that stand to the right of them.

The first of them has a form without the heads of its right half, and so have those below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ... import deferred
from .continued import Table
from .measures import DRAWN, WRITTEN
from .paragraphs import Line

OPENING = deferred.regex("[一二三]级指标|指标名称|绩效指标|绩效目标|年度目标")
TARGETS = deferred.regex("指标值|目标值")

Block = Line | Table
Paged = tuple[int, list[Block]]  # a page by its number, with its lines and tables


class Strips:
    """Pages that wait."""

    def __init__(self) -> None:
        self.pages: list[Paged] = []
        self._met = False  # whether one came that stands to the right

    def take(self, number: int, blocks: list[Block]) -> list[Paged]:
        """The pages that wait no longer, behind one more of them."""
        said = "".join(glyph.text for table in _tables(blocks) for glyph in table.glyphs)
        cut = not TARGETS.search(said)
        if not self.pages:
            if cut and OPENING.search(said):
                self.pages.append((number, blocks))
                return []
            return [(number, blocks)]
        rest = [one for one in blocks if not self._joins(one)]
        met = len(rest) < len(blocks)
        self._met = self._met or met
        self.pages.append((number, rest))
        waits = met or (cut and not self._met and bool(said))
        return [] if waits and len(self.pages) < WRITTEN.strips else self.rest()

    def rest(self) -> list[Paged]:
        """All that wait."""
        pages, self.pages, self._met = self.pages, [], False
        return pages

    def _joins(self, block: Block) -> bool:
        """Puts a table to the one that it stands to the right of, if that is not on the page before."""
        if not isinstance(block, Table):
            return False
        for number, blocks in self.pages:
            for at, one in enumerate(blocks):
                if not isinstance(one, Table) or block.parts[0].page < number + 2:
                    continue
                if abs(one.frame.left - block.frame.left) > DRAWN.near or len(one.parts) > 1:
                    continue
                if (joined := one.beside(block)) is not None:
                    blocks[at] = joined
                    return True
        return False


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    return (one for one in blocks if isinstance(one, Table))
