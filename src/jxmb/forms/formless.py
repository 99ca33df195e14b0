"""The pages of a text that no form needs: they are looked at once and never read.

A page has no word of a form. The one before a form may have its beginning all the same, and those behind one its end,
up to the heading of another chapter, which ends it (`extent`): these are read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter

from .. import lazy
from ..source import Source, Span
from ..values import fold
from .lines import begins_chapter, is_text

LINES = 40  # of a page where no form feeds part the pages
# The words that `extent` asks for, and a title. All begin with a plain letter: a search is five times as fast.
SAID = lazy.re(
    "指标|二级|三级|一级目标|一级绩效|满意|可持续影响|≥|≤|目标值|项目名称|主管部门|实施单位|年度目标|年度总体目标|年度绩效目标|"
    "总体目标|绩效目标|绩效[^。；;，,]{0,120}?表|预算项目"
)
INSIDE = ("<", '"', "'", "&", "{|")  # marks of tables that cannot be read from their middle
RADICAL = lazy.re("[\u2e80-\u2fdf]")
CELLS = frozenset("\t|")  # what parts the cells of a row, which is no heading


def formless(source: Source) -> Iterator[Span]:
    """The stretches of whole pages that no form needs, in order."""
    runs = [(spoke, [*pages]) for spoke, pages in groupby(_pages(source), _may_have_form)]
    for at, (spoke, pages) in enumerate(runs):
        if spoke:
            continue
        behind = next((n for n, page in enumerate(pages, 1) if _ends_form(page)), len(pages))
        own = pages[behind if at else 0 : len(pages) - (at + 1 < len(runs))]
        if own:
            yield Span(source, own[0].start, own[-1].end)


def _pages(source: Source) -> Iterator[Span]:
    """The text in pages, each of whole lines."""
    text = source.text
    ends = [0, *_feeds(text)] if "\f" in text else source.starts[::LINES]
    for start, end in pairwise((*ends, len(text))):
        if start < end:
            yield Span(source, start, end)


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
    """Whether a page has the heading of another chapter, or begins behind a form feed and has text."""
    lines = [line.strip() for line in page.text.split("\n") if CELLS.isdisjoint(line)]
    return any(map(begins_chapter, filter(None, lines))) or (
        "\f" in page.text and any(map(is_text, lines))
    )
