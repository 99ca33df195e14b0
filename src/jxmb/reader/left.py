"""What a form prints that its records do not hold. Nothing is lost: what nobody took is stray text of the form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache

from .. import deferred, labels, values
from ..deferred import dataclass
from ..labels import joining, money
from ..model import Project, readings
from ..source import Source, Span
from .page import Page

SAYS = deferred.re(r"[^\W_]|[≥≤》《〉〈＞＜>＝％%‰★☆]")  # what is more than a mark between others
PIECES = deferred.re(r"[^\s,，、·.。:：;；\"'|｜()（）\[\]{}/\\_*#=+-]+")
# What the reader takes for granted: units of money and of years behind a label, words of tools for nothing.
GRANTED = deferred.re(
    rf"[(（]?(?:单位[:：]?)?{money.UNIT}[)）]?|年度?|[Nn]a[Nn]|n|None|Unnamed|指标\d{{0,2}}|[%％]"
)
POINTS = deferred.re(
    r"(?<=[^\W\d_a-zA-Z])[(（]\d{1,3}分?[)）]\s*$"
)  # what a column's weights add up to
NUMBER = deferred.re(
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.．、,，:：)）－—-]{0,2}\s*){1,3}"
)  # of a piece of a cell, before it

ENDS = " \t\n;；。,，"  # of the piece before


@dataclass(slots=True)
class Told:
    """The stretches of a text that are told, near `rest` in order and none in another; `keys` are told, too, anywhere."""

    source: Source
    places: Iterable[tuple[int, int]]
    keys: Iterable[str]
    near: Sequence[Span]
    torn: bool  # labels come in pieces
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    _texts: set[str] | None = None

    def __post_init__(self) -> None:
        first, last = min(self.near).start, max(one.end for one in self.near)
        for start, end in sorted([one for one in self.places if one[1] > first and one[0] < last]):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    @property
    def texts(self) -> set[str]:
        """What is told, folded."""
        if self._texts is None:
            text = self.source.text
            said = (text[start:end] for start, end in self.places)
            self._texts = set(map(values.fold, (*said, *self.keys)))
        return self._texts

    def rest(self, span: Span) -> Iterator[Span]:
        """What of a span is not told, but for what says nothing."""
        at = bisect_right(self.ends, span.start)
        start = span.start
        while at < len(self.starts) and self.starts[at] < span.end:
            if start < self.starts[at]:
                yield from self._piece(span, start, self.starts[at])
            start = self.ends[at]
            at += 1
        if start < span.end:
            yield from self._piece(span, start, span.end)

    def _piece(self, span: Span, start: int, end: int) -> Iterator[Span]:
        piece = Span(span.source, start, end)
        unknown = _unknown(piece.text)
        # It may be told elsewhere (a merged cell), or be the number of what follows, which is told.
        if not unknown or values.fold(piece.text) in self.texts or all(map(self._granted, unknown)):
            return
        if end == span.end or not NUMBER.fullmatch(piece.text.strip(ENDS)):
            yield piece.strip()

    def _granted(self, piece: str) -> bool:
        return values.fold(piece) in self.texts or (self.torn and _of_label(piece))


@lru_cache(maxsize=1024)
def _unknown(text: str) -> tuple[str, ...]:
    """The words of a text that are no label, no mark and nothing that is granted."""
    if not SAYS.search(text) or values.fold(text) in labels.vocabulary():
        return ()
    if "<" in text or "**" in text or "&" in text:
        text = readings.MARK.sub(" ", text)
    return tuple(
        piece
        for piece in PIECES.findall(POINTS.sub("", text))
        if SAYS.search(piece)
        and not (labels.find(piece) or money.find(piece) or GRANTED.fullmatch(piece))
    )


def _of_label(piece: str) -> bool:
    """Whether a text is a piece of a label: where cells were lost, labels come in pieces."""
    return joining.in_margin(piece) or joining.begins_label(piece) or joining.ends_level(piece)


def left(page: Page, projects: Sequence[Project]) -> list[Span]:
    """The text of a form that is in none of its records, no label of them, and not there elsewhere (a merged cell)."""
    places = {(span.start, span.end) for one in projects for span in one.spans()}
    cells = [cell for row in page.form.rows for cell in row.filled if not cell.carried]
    printed = [*page.form.above(), *[span for cell in cells for span in cell.spans]]
    rest = [one for one in printed if (one.start, one.end) not in places and _unknown(one.text)]
    if not rest:
        return []
    labelled = [cell for cell in page.labels() if not _unknown(cell.text)]
    places.update((span.start, span.end) for cell in labelled for span in cell.spans)
    keys = [key for one in projects for key in one.fields]
    keys += [key for one in projects for row in one.indicators for key in row.extra]
    told = Told(page.source, places, keys, rest, torn=bool(page.condition))
    return [piece for span in rest for piece in told.rest(span)]
