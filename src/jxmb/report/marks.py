"""Which cell of a drawn form a finding is about, and which characters of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..findings import Finding, Form, Severity
from ..findings.drawing import Block, Cell, Extent
from ..source import Place

Point = tuple[int, int]
LEVEL = "指标"  # what a level is called that is missed as a whole ends so


class Mark(NamedTuple):
    """The number of a finding on a cell; `first` is the one to which its message leads."""

    number: int
    severity: Severity
    first: bool


class Piece(NamedTuple):
    """Characters of a cell, and how grave what is wrong with them is."""

    text: str
    severity: Severity | None = None


class Marked(NamedTuple):
    """A cell with the findings on it."""

    cell: Cell
    pieces: Sequence[Piece]
    marks: Sequence[Mark]

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw: what the form does not have is drawn where somebody misses it."""
        return bool(self.marks) or not self.cell.missing


class Table(NamedTuple):
    """A block of a form with the findings on its cells; `absent` are levels that somebody misses in it."""

    kind: str
    heads: Sequence[Marked]
    rows: Sequence[Sequence[Marked]]
    label: Marked | None
    levels: int
    absent: Sequence[Marked] = ()


class Named(NamedTuple):
    """A cell, and the label beside it."""

    cell: Cell
    label: str = ""


class Hit(NamedTuple):
    """A finding on a cell: its number, and where of the file it is."""

    mark: Mark
    at: Extent
    finding: Finding


def tables(form: Form, findings: Sequence[Finding]) -> tuple[list[Table], set[int]]:
    """The blocks of a form with the findings, numbered from 1, and the numbers of those that are on a cell."""
    cells = [one for block in form.blocks for one in _cells(block)]
    hits: dict[int, list[Hit]] = defaultdict(list)
    placed: set[int] = set()
    absent: list[Marked] = []
    level = any(one.kind == "indicators" for one in form.blocks)
    for number, one in enumerate(findings, 1):
        if (
            level
            and one.place == form.place
            and len(one.where) == 1
            and one.where[0].endswith(LEVEL)
        ):
            absent.append(
                Marked(
                    Cell(one.where[0]), (Piece(one.where[0]),), [Mark(number, one.severity, True)]
                )
            )
            placed.add(number)
            continue
        for place in (one.place, *one.also):
            at = _standing(cells, one, _extent(place)) if place.path == form.place.path else None
            if at is not None and number not in (hit.mark.number for hit in hits[at]):
                mark = Mark(number, one.severity, number not in placed)
                hits[at].append(Hit(mark, _extent(place), one))
                placed.add(number)
    drawn = list(_tables(form.blocks, hits))
    last = max((at for at, one in enumerate(drawn) if one.kind == "indicators"), default=0)
    drawn[last : last + 1] = [one._replace(absent=absent) for one in drawn[last : last + 1]]
    return drawn, placed


def _cells(block: Block) -> Iterator[Named]:
    """All cells of a block, in the order of `_tables`."""
    yield from map(Named, block.heads)
    if block.label is not None:
        yield Named(block.label)
    for row in block.rows:
        for at, cell in enumerate(row):
            paired = block.kind == "pairs" and at % 2
            yield Named(cell, row[at - 1].text if paired else "")


def _tables(blocks: Sequence[Block], hits: Mapping[int, Sequence[Hit]]) -> Iterator[Table]:
    count = 0

    def marked(cell: Cell) -> Marked:
        nonlocal count
        count += 1
        own = hits.get(count - 1, ())
        return Marked(
            cell, _pieces(cell, own) if own else (Piece(cell.text),), [one.mark for one in own]
        )

    for block in blocks:
        heads = [marked(one) for one in block.heads]
        label = marked(block.label) if block.label is not None else None
        rows = [[marked(one) for one in row] for row in block.rows]
        yield Table(block.kind, heads, rows, label, block.levels)


def _extent(place: Place) -> Extent:
    return Extent(place.line, place.column, place.end_line, place.end_column)


def _standing(cells: Sequence[Named], finding: Finding, at: Extent) -> int | None:
    """The cell at which a finding points: exactly, or the smallest around it, or the first that it touches."""
    begin, end = at[:2], at[2:]
    equal: list[int] = []
    around: list[tuple[Extent, int]] = []
    touched: list[int] = []
    for number, (cell, _) in enumerate(cells):
        for one in cell.at:
            if one == at:
                equal.append(number)
            elif one[:2] <= begin and end <= one[2:]:
                around.append((one, number))
            elif one[:2] < end and begin < one[2:] and not cell.missing:
                touched.append(number)
    named = [one for one in equal if finding.where == (cells[one].label,)]
    if sure := named or [one for one in equal if not cells[one].cell.missing]:
        return sure[0]
    around = [one for one in around if not cells[one[1]].cell.missing]
    if around:
        return min(around, key=lambda one: (_size(one[0]), one[1]))[1]
    return touched[0] if touched else None


def _size(one: Extent) -> Point:
    return one.end_line - one.line, one.end_column - one.column


def _pieces(cell: Cell, hits: Sequence[Hit]) -> Sequence[Piece]:
    """The text of a cell, parted where findings begin and end; whole where it is not printed exactly so in one line."""
    text = cell.text
    whole = cell.at[0] if len(cell.at) == 1 else None
    if whole is None or whole.line != whole.end_line or _size(whole)[1] != len(text):
        return (Piece(text),)
    parts = [
        (
            max(one.at.column, whole.column) - whole.column,
            _until(one.at, whole) - whole.column,
            one.mark.severity,
        )
        for one in hits
        if one.at != whole
    ]
    cuts = sorted({0, len(text), *(at for part in parts for at in part[:2])})
    found = []
    for begin, end in pairwise(cuts):
        grave = [severity for low, high, severity in parts if low <= begin and end <= high]
        worst = min(grave, key=lambda one: one.rank, default=None)
        found.append(Piece(text[begin:end], worst))
    return found or (Piece(text),)


def _until(at: Extent, whole: Extent) -> int:
    """The column at which a finding ends in a cell of one line."""
    return min(at.end_column, whole.end_column) if at.end_line == whole.line else whole.end_column
