"""What a form prints that its records do not hold. Nothing is lost: what nobody took is stray text of the form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field

from .. import labels, lazy, values
from ..labels import joining, money
from ..light import dataclass
from ..model import Project, readings
from ..source import Span
from .page import Page

SAYS = lazy.regex(r"[\p{L}\p{N}≥≤》《〉〈＞＜>＝％%‰★☆]")  # what is more than a mark between others
PIECES = lazy.regex(r"[^\s,，、·.。:：;；\"'|｜()（）\[\]{}/\\_*#=+-]+")
# What the reader takes for granted: units of money and of years behind a label, words of tools for nothing.
GRANTED = lazy.regex(
    r"[(（]?(?:单位[:：]?)?(?:亿元|万元|千元|元)[)）]?|年度?|[Nn]a[Nn]|n|None|Unnamed|指标\d{0,2}|[%％]"
)
POINTS = lazy.regex(r"(?<=[\p{Han}])[(（]\d{1,3}分?[)）]\s*$")  # what a column's weights add up to
NUMBER = lazy.regex(
    r"(?:\d{1,2}[.．、,，:：)）－—-]{0,2}\s*){1,3}"
)  # of a piece of a cell, before it

ENDS = " \t\n;；。,，"  # of the piece before


@dataclass(slots=True)
class Told:
    """The stretches of a text that are told, in order and none in another, and their texts."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    torn: bool = False  # labels come in pieces

    @classmethod
    def of(cls, spans: Iterable[Span], texts: Iterable[str], *, torn: bool) -> Told:
        """All these stretches; `texts` are told, too, wherever they stand."""
        told = cls(texts={values.fold(text) for text in texts}, torn=torn)
        for span in sorted(set(spans)):
            told.texts.add(values.fold(span.text))
            if told.ends and span.start <= told.ends[-1]:
                told.ends[-1] = max(told.ends[-1], span.end)
            else:
                told.starts.append(span.start)
                told.ends.append(span.end)
        return told

    def rest(self, span: Span) -> Iterator[Span]:
        """What of a span is not told."""
        at = bisect_right(self.ends, span.start)
        start = span.start
        while at < len(self.starts) and self.starts[at] < span.end:
            if start < self.starts[at]:
                yield Span(span.source, start, self.starts[at])
            start = self.ends[at]
            at += 1
        if start < span.end:
            yield Span(span.source, start, span.end)

    def says(self, text: str) -> bool:
        """Whether a text is told, there or elsewhere (a merged cell), or says nothing but labels and marks."""
        return values.fold(text) in self.texts or _is_label(text, self._granted)

    def _granted(self, piece: str) -> bool:
        return values.fold(piece) in self.texts or (self.torn and _of_label(piece))


def _is_label(text: str, granted: Callable[[str], bool] | None = None) -> bool:
    """Whether a text is labels and marks and what is granted, and nothing else."""
    if not SAYS.search(text) or values.fold(text) in labels.vocabulary():
        return True
    return all(
        not SAYS.search(piece)
        or labels.find(piece)
        or money.find(piece)
        or GRANTED.fullmatch(piece)
        or (granted is not None and granted(piece))
        for piece in PIECES.findall(POINTS.sub("", readings.MARK.sub(" ", text)))
    )


def _of_label(piece: str) -> bool:
    """Whether a text is a piece of a label: where cells were lost, labels come in pieces."""
    return joining.in_margin(piece) or joining.begins_label(piece) or joining.ends_level(piece)


def left(page: Page, projects: Sequence[Project]) -> list[Span]:
    """The text of a form that is in none of its records, no label of them, and not there elsewhere (a merged cell)."""
    spans = [span for one in projects for span in one.spans()]
    spans += [span for cell in page.labels() if _is_label(cell.text) for span in cell.spans]
    keys = [key for one in projects for key in one.fields]
    keys += [key for one in projects for row in one.indicators for key in row.extra]
    told = Told.of(spans, keys, torn=bool(page.trace.condition))
    form = page.form
    cells = (cell for row in form.rows for cell in row.filled if not cell.carried)
    return [
        rest.strip()
        for span in (*form.above(), *(span for cell in cells for span in cell.spans))
        for rest in told.rest(span)
        if not told.says(rest.text) and not _numbers(rest, span)
    ]


def _numbers(rest: Span, span: Span) -> bool:
    """Whether what is left of a cell is the number of the piece behind it, which is told."""
    marks = rest.text.strip(ENDS)
    return rest.end < span.end and NUMBER.fullmatch(marks) is not None
