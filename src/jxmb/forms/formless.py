"""The pages of a text that no form needs: they are looked at once and never read.

A page has no word of a form. The one before a form may have its beginning all the same, and those behind one its end,
up to the heading of another chapter, which ends it (`extent`): these are read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, pairwise, takewhile
from operator import attrgetter

from .. import deferred
from ..source import Source, Span
from ..values import fold
from . import LIMITS
from .lines import begins_chapter, is_text

# The words that `extent` asks for, and a title. All begin with a plain letter: a search is five times as fast.
SAID = deferred.re(
    "指标|二级|三级|一级目标|一级绩效|满意|可持续影响|≥|≤|目标值|项目名称|主管部门|实施单位|年度目标|年度总体目标|年度绩效目标|"
    "总体目标|绩效目标|绩效[^。；;，,]{0,120}?表|预算项目"
)
INSIDE = ("<", '"', "'", "&", "{|")  # marks of tables that cannot be read from their middle
RADICAL = deferred.re("[\u2e80-\u2fdf]")
CELLS = frozenset("\t|")  # what parts the cells of a row, which is no heading


def formless(source: Source) -> Iterator[Span]:
    """The stretches of whole pages that no form needs, in order."""
    runs = [(spoke, [*pages]) for spoke, pages in groupby(_pages(source), _may_have_form)]
    for at, (spoke, pages) in enumerate(runs):
        if spoke:
            continue
        ended = not at or _has_heading_below(runs[at - 1][1][-1])
        behind = next((n for n, page in enumerate(pages, 1) if _ends_form(page)), len(pages))
        own = pages[0 if ended else behind : len(pages) - (at + 1 < len(runs))]
        if own:
            yield Span(source, own[0].start, own[-1].end)


def _pages(source: Source) -> Iterator[Span]:
    """The text in pages, each of whole lines; one that is too long for a page in several."""
    starts, text = source.starts, source.text
    for start, end in pairwise((0, *_feeds(text), len(text))):
        lines = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        cuts = lines[:: LIMITS.page_lines] if len(lines) > LIMITS.fed_lines else lines[:1]
        for first, behind in pairwise((*cuts, end)):
            yield Span(source, first, behind)


def _feeds(text: str) -> Iterator[int]:
    """Where the lines with form feeds begin."""
    start = 0
    while (feed := text.find("\f", start)) >= 0:
        yield text.rfind("\n", start, feed) + 1 or start
        start = text.find("\n", feed) + 1 or len(text)


def _may_have_form(page: Span) -> bool:
    """Whether a page has a word of a form, or cells that the document declares."""
    cells = page.source.rows
    if cells:
        at = bisect_left(cells, page.start, key=attrgetter("start"))
        if at < len(cells) and cells[at].start < page.end:
            return True
    text = page.text
    return any(mark in text for mark in INSIDE) or speaks(text)


def speaks(page: str) -> bool:
    """Whether a page has a word of a form, blanks aside."""
    text = "".join(page.split())
    return SAID.search(fold(text) if RADICAL.search(text) else text) is not None


def _ends_form(page: Span) -> bool:
    """Whether a page has the heading of another chapter, or is a whole one behind a form feed and has text."""
    lines = page.text.split("\n")
    text = page.source.text
    whole = "\f" in page.text and text[page.end : page.end + 1] in ("\f", "")
    return any(map(_is_heading, lines)) or (whole and any(map(is_text, filter(_is_line, lines))))


def _has_heading_below(page: Span) -> bool:
    """Whether a page has the heading of another chapter below its last word of a form."""
    lines = reversed(page.text.split("\n"))
    return any(map(_is_heading, takewhile(lambda line: not speaks(line), lines)))


def _is_heading(line: str) -> bool:
    return _is_line(line) and begins_chapter(line.strip())


def _is_line(line: str) -> bool:
    return bool(line) and CELLS.isdisjoint(line)
