"""Tables between bars with columns that are none: the edges of other rows cut through cells, or fail to part them.

Such a table keeps the lines of its cells (`<br>`), and these tell. A cell cut by an edge has its halves side by
side, line by line (项|目名称); two cells that no edge parts stand one above the other in one (实施单位<br>某中心).
A label beside the middle of two rows is torn over both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby, pairwise, zip_longest

from .. import deferred, labels
from ..deferred import dataclass
from ..forms.shapes import shape
from ..labels import joining
from ..source import Span
from ..tables import Cell, Row
from ..tables.cells import pieces
from ..tables.markup import glued, readable
from . import LIMITS, Repaired, may_be_cut

BREAK = deferred.re(r"<br\s*+/?>")
SIGNS = 2  # of cut or joined cells in a form, from which on all its rows are looked at
ENDS = "。；！"
DATE = deferred.re(r"(?:19|20)\d\d\D{0,2}\d{0,2}\D{0,2}\d{0,2}日?")


@dataclass(slots=True)
class Part:
    """A cell as lines, each of the stretches that stand on it, and its column."""

    lines: list[list[Span]]
    column: int
    width: int
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = ["".join(readable(span.text) for span in line) for line in self.lines]

    @property
    def text(self) -> str:
        """What it says."""
        return glued(self.texts)

    def cell(self) -> Cell:
        """It as a cell."""
        spans = [span for line in self.lines for span in line]
        return Cell(spans[0], self.text, self.column, self.width, tuple(spans[1:]))

    def some(self, start: int, end: int, column: int) -> Part:
        """Some of its lines as a part of their own."""
        return Part(self.lines[start:end], column, 1)


def repaired(rows: Sequence[Row]) -> Repaired:
    """The rows with cut cells whole and joined cells apart; as they are where the columns are in order."""
    if sum(map(_signs, rows)) < SIGNS or 2 * sum(map(_repeats, rows)) > len(rows):
        return Repaired(list(rows))
    found: list[Row] = []
    form = _Form()
    for row in rows:
        found.extend(form.take(row) if row.dialect == "pipes" else [row])
    return Repaired([_without_margin(row) for row in found], centred=True)


@dataclass(slots=True)
class _Form:
    """What is known of a form so far: its heads."""

    heads: bool = False
    split: dict[int, int] = field(default_factory=dict)  # columns with several heads

    def take(self, row: Row) -> Iterator[Row]:
        """A row with its cells as they were."""
        parts = _whole_labels([part for cell in row.cells for part in _part(cell)])
        known = [labels.meaning(one.text, "column") for part in parts for one in _apart(part)]
        if not self.heads and len(set(known) - {None}) < 2:
            for one in _fused(parts):
                yield _row(row, self._header([cut for part in one for cut in _apart(part)]))
            return
        if not self.heads:
            self._read(parts)
        yield _row(row, [cut for part in parts for cut in self._cut(part)])

    def _read(self, parts: Sequence[Part]) -> None:
        self.heads = True
        self.split = {part.column: len(cut) - 1 for part in parts if len(cut := _apart(part)) > 1}

    def _cut(self, part: Part) -> Iterator[Part]:
        """A part of the table as the cells it holds, a label before the name beside it."""
        cuts = sorted(_apart(part), key=lambda one: not labels.find(one.text))
        if len(cuts) == 1 and part.column in self.split and not shape(part.text).full_label:
            part.column += self.split[part.column]
        for at, one in enumerate(cuts):
            one.column = part.column + at
            yield one

    @staticmethod
    def _header(parts: Sequence[Part]) -> list[Part]:
        """A row of the header: what stands behind a label is one value, line by line."""
        found: list[Part] = []
        for labelled, own in groupby(parts, lambda part: bool(labels.find(part.text))):
            group = list(own)
            whole = labelled or len(group) < 2
            dates = all(DATE.fullmatch(part.text.replace(" ", "")) for part in group)
            found += group if whole or dates else [_side_by_side(group)]
        return found


def _fused(parts: Sequence[Part]) -> list[list[Part]]:
    """The two rows of a header that fused to one, or the row as it is.

    Its first cell holds two labels. The value of the first of them stands above a label further right; what is
    left of that, and below it, belongs to the second.
    """
    heads = parts[0] if parts else None
    if heads is None or len(heads.lines) != 2 or labels.find(heads.text):
        return [list(parts)]
    inner = next((at for at, part in enumerate(parts) if at and _under(part)), 0)
    if not inner or not all(map(labels.find, heads.texts)):
        return [list(parts)]
    below = len(parts[inner].lines) - 2
    upper = [heads.some(0, 1, heads.column), parts[inner].some(0, 1, parts[inner].column)]
    lower = [heads.some(1, 2, heads.column), *parts[1:inner]]
    lower.append(parts[inner].some(1, below + 2, parts[inner].column))
    for part in parts[inner + 1 :]:
        cut = int(len(part.lines) > max(1, below))
        if cut:
            upper.append(part.some(0, 1, part.column))
        lower.append(part.some(cut, len(part.lines), part.column))
    return [upper, lower]


def _under(part: Part) -> bool:
    """Whether the second line of a part is a label and the first one none."""
    return (
        len(part.lines) > 1 and bool(labels.find(part.texts[1])) and not labels.find(part.texts[0])
    )


def _repeats(row: Row) -> bool:
    """Whether a row prints a merged cell in every column that it covers: no edge cuts such a table."""
    return any(one.text == two.text for one, two in pairwise(row.filled))


def _signs(row: Row) -> int:
    """How many cells of a row are cut by an edge or hold what an edge should part."""
    if row.dialect != "pipes" or not may_be_cut(row):
        return 0
    parts = [part for cell in row.cells for part in _part(cell)]
    found = sum(_makes_label(*pair) for pair in pairwise(parts))
    found += sum(len(_apart(part)) > 1 for part in parts)
    if len(parts) > 2 and labels.meaning(parts[0].text, "goal"):
        texts = [part for part in parts[1:] if len(part.lines) > 1 and not labels.find(part.text)]
        ends = sum(part.texts[-1][-1] in ENDS for part in texts)
        different = len({part.text for part in texts}) == len(texts)
        found += SIGNS * (different and len(texts) > max(1, ends))
    return found


def _part(cell: Cell) -> Iterator[Part]:
    """A cell with its lines; nothing for an empty one."""
    breaks = (match.span() for match in BREAK.finditer(cell.span.text))
    lines = [[span] for span in pieces(cell.span, breaks)]
    if lines and cell.text:
        yield Part(lines, cell.column * LIMITS.parts, cell.width)


def _makes_label(left: Part, right: Part, *, sure: bool = False) -> bool:
    """Whether two cells side by side make a label, line by line, that neither is alone.

    Where it is `sure` that edges cut cells, one of them may be a shorter label (中期|资金总额).
    """
    if (
        right.column > left.column + LIMITS.parts
        or len(left.text) + len(right.text) > labels.LIMITS.text
    ):
        return False
    if labels.find(right.text) and (labels.find(left.text) or not sure):
        return False
    whole = _side_by_side([left, right])
    both = len(whole.lines) > 1 and all(map(labels.find, whole.texts))
    return bool(labels.find(whole.text)) or (sure and both and not labels.find(left.text))


def _side_by_side(parts: Sequence[Part]) -> Part:
    """Cells that an edge cut, line by line."""
    lines = [
        [span for line in row if line for span in line]
        for row in zip_longest(*(part.lines for part in parts))
    ]
    return Part(lines, parts[0].column, 1)


def _whole_labels(parts: Sequence[Part]) -> list[Part]:
    """The parts with the labels whole that an edge cut."""
    found: list[Part] = []
    for part in parts:
        if found and _makes_label(found[-1], part, sure=True):
            found[-1] = _side_by_side([found[-1], part])
        else:
            found.append(part)
    return found


def _apart(part: Part) -> list[Part]:
    """A label in a part, the text above it and the text below, which is one where it has both."""
    size = len(part.lines)
    if not 1 < size <= LIMITS.lines or labels.find(part.text):
        return [part]
    found = joining.stretch(part.texts)
    if not found:
        return [part]
    start, end = found.start, found.stop
    label = part.some(start, end, part.column)
    rest = Part([*part.lines[:start], *part.lines[end:]], part.column + 1, part.width)
    if start and end == size:
        label.column, rest.column = rest.column, part.column
        return [*_apart(rest), label]
    return [label, *_apart(rest)]


def _row(row: Row, parts: Sequence[Part]) -> Row:
    return replace(row, cells=tuple(part.cell() for part in parts)) if parts else row


def _without_margin(row: Row) -> Row:
    """A row without pieces of the margin label 绩效指标, which stand beside rows that are not theirs."""
    kept = tuple(cell for cell in row.cells if not joining.in_margin(cell.text))
    return row if len(kept) == len(row.cells) else replace(row, cells=kept)
