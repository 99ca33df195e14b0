"""Text outside of tables: its lines, and paragraphs over several of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ... import deferred
from ...deferred import dataclass
from .geometry import Glyph, baselines, words
from .measures import DRAWN, WRITTEN

COLON = deferred.regex("[:：]")
BETWEEN = "        "  # between words of a line that stand apart
BRACKETS = "（(【["


@dataclass(slots=True, eq=False)
class Line:
    """A line of text outside of tables: its words with their edges."""

    page: int
    number: int
    words: list[tuple[str, float, float]]
    apart: list[tuple[str, float, float]]
    top: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """Its words, apart as columns are; letters that stand apart are one word, a word with a colon is its own line."""
        every = [text.strip() for text, _, _ in self.words]
        if all(len(one) == 1 for one in every):
            return " ".join(every)
        out = every[0]
        for one in every[1:]:
            out += ("\n" if COLON.search(one) else BETWEEN) + one
        return out

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0][1]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1][2]


def lines(page: int, glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of the characters of a page, from the top."""
    found: list[Line] = []
    for line in baselines(glyphs):
        if own := words(line):
            top, size = min(one.y for one in line), median(one.size for one in line)
            found.append(
                Line(page, len(found) + 1, own, words(line, WRITTEN.apart), top, line[0].base, size)
            )
    return found


def paragraphs(text: Sequence[Line], width: float) -> list[Line]:
    """Lines with those that go on put together: titles over two lines, and body lines up to the right edge."""
    found: list[Line] = []
    edge = max((one.right for one in text), default=0.0)
    last: Line | None = None
    for line in text:
        if last is not None and _continues(last, line, width, edge):
            (before, left, _), *_ = found[-1].words
            found[-1].words = [(before + line.words[0][0], left, line.right)]
        else:
            found.append(
                Line(line.page, line.number, line.words, line.apart, line.top, line.base, line.size)
            )
        last = line
    return found


def _continues(last: Line, line: Line, width: float, edge: float) -> bool:
    if (
        len(last.words) > 1
        or len(line.words) > 1
        or abs(last.size - line.size) > WRITTEN.alike * last.size
    ):
        return False
    if line.base - last.base > WRITTEN.leading * last.size or line.text[:1] in BRACKETS:
        return False
    size = last.size
    centred = all(
        abs((one.left + one.right) / 2 - width / 2) < WRITTEN.column * size for one in (last, line)
    )
    if centred and last.right - last.left > width / 2:
        return line.right - line.left < last.right - last.left
    return (
        last.right > edge - WRITTEN.column * size
        and last.left - WRITTEN.indent * size < line.left < last.left + DRAWN.near
        and last.right > width / 2
    )
