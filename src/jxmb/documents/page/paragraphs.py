"""Text outside of tables: its lines, and paragraphs over several of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ... import deferred
from ...deferred import dataclass
from .continued import Table
from .geometry import Glyph, baselines, words
from .measures import DRAWN, WRITTEN

NUMBER = deferred.regex(
    r"^[-—–·.\s]*(?:第?\s*\d{1,4}\s*页?)[-—–·.\s]*(?:[,，/]?\s*(?:共\s*)?\d+\s*页?)?$"
)
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
    def is_number(self) -> bool:
        """Whether it numbers the page."""
        return bool(NUMBER.match(self.text.strip()))

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


def by_table(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """The blocks of a page with the lines above tables that stand side by side word by word before their own table."""
    found: list[Line | Table] = []
    row: list[Table] = []
    for block in (*blocks, None):
        if isinstance(block, Table) and (not row or is_beside(row[-1], block)):
            row.append(block)
            continue
        if len(row) > 1:
            _deal(found, sorted(row, key=lambda one: one.frame.left))
        else:
            found += row
        row = [block] if isinstance(block, Table) else []
        found += [block] if isinstance(block, Line) else []
    return found


def is_beside(one: Table, other: Table) -> bool:
    """Whether two tables stand side by side."""
    apart = one.frame.right < other.frame.left or other.frame.right < one.frame.left
    return apart and other.frame.top < one.frame.bottom


def _deal(found: list[Line | Table], row: Sequence[Table]) -> None:
    """Appends tables that stand side by side, each behind what stands above it."""
    own: list[list[Line | Table]] = [[one] for one in row]
    while found and isinstance(line := found[-1], Line):
        over = [_over(row, left, right) for _, left, right in line.words]
        if len(over) < 2 or None in over or len(set(over)) < len(over):
            break
        found.pop()
        for word, at in zip(line.words, over, strict=True):
            apart = [one for one in line.apart if word[1] <= one[1] and one[2] <= word[2]]
            part = Line(line.page, line.number, [word], apart, line.top, line.base, line.size)
            own[at or 0].insert(0, part)
    found += [one for each in own for one in each]


def _over(row: Sequence[Table], left: float, right: float) -> int | None:
    """The table that a word stands over."""
    middle = (left + right) / 2
    return next(
        (at for at, one in enumerate(row) if one.frame.left <= middle <= one.frame.right), None
    )
