"""Rows of an indicator table that are not what they seem: several that ran into one, or the rest of the row above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from .. import deferred, labels, values
from ..tables import Cell, Row
from ..tables.cells import extended, lines
from ..values import seams
from . import LIMITS
from .alignment import Placed
from .columns import TARGETS, Columns

BLANKS = deferred.re(r"\S+")
SEVERAL = "指标 "  # in a cell with several labels of levels
# What a row begins with that adds up the others.
SUM = deferred.re(r"(?:指标)?(?:权重|分值|得分|分数|评分)?(?:合计|总计|小计|总分|总和)|总得分")
# What a name ends in that says what is measured.
MEASURE = deferred.re(r"[率数量度额值性]$")
LINED = frozenset(
    {"tabs", "csv", "pipes", "line"}
)  # dialects whose rows are lines of the text, each cell in its own


def parted(row: Row) -> list[Row]:
    """The rows that a row holds: where a cell has several level labels, and every other one as many texts.

    A single level label stands beside them all.
    """
    if not any([SEVERAL in cell.text for cell in row.cells]):
        return [row]
    cells = [[cell] if cell.carried else _words(cell) for cell in row.cells]
    sizes = {len(words) for words in cells if _are_levels(words)}
    if len(sizes) != 1:
        return [row]
    (size,) = sizes
    if any(len(words) > 1 and len(words) != size for words in cells):
        return [row]
    if any(len(words) == 1 and not _is_level(words[0]) for words in cells):
        return [row]
    return _below(row, cells, size)


def listed(row: Row) -> list[Row]:
    """The rows that a row holds: where one cell lists names on its lines, and another as many values.

    What has as many lines is listed, too; any other cell stands beside them all.
    """
    if not _has_lines(row):
        return [row]
    cells = [[cell] if labels.find(cell.text) else lines(cell) for cell in row.cells]
    sizes = {len(parts) for parts in cells if len(parts) > 1 and _are_values(parts)}
    if len(sizes) != 1:
        return [row]
    (size,) = sizes
    if not any(len(parts) == size and _are_names(parts) for parts in cells):
        return [row]
    return _below(row, cells, size)


def _below(row: Row, cells: Sequence[Sequence[Cell]], size: int) -> list[Row]:
    """Rows one below the other: of each cell its part, or the cell itself where it has not as many."""
    return [
        replace(
            row,
            cells=tuple(
                parts[at] if len(parts) == size else replace(cell, carried=cell.carried or at > 0)
                for cell, parts in zip(row.cells, cells, strict=True)
            ),
        )
        for at in range(size)
    ]


def _has_lines(row: Row) -> bool:
    """Whether a cell of a row may have lines. What stands on one line of the text is told at a glance."""
    if row.dialect in LINED and row.filled:
        first, last = row.filled[0].span, row.filled[-1]
        find, start, end = first.source.text.find, first.start, last.span.end
        if not last.rest and find("\n", start, end) < 0 and find("<", start, end) < 0:
            return False
    return any(
        [cell.rest or len(cell.text) < cell.span.end - cell.span.start for cell in row.filled]
    )


def adds_up(texts: Sequence[str]) -> bool:
    """Whether a row adds up the others: its label, and figures."""
    label, *rest = texts
    figures = all(any(map(str.isdigit, text)) or not any(map(str.isalpha, text)) for text in rest)
    return figures and is_sum(label)


def is_sum(text: str) -> bool:
    """Whether a text is the label of a row that adds up the others: 合计, 权重合计."""
    return SUM.fullmatch(labels.bare(text)) is not None


def _words(cell: Cell) -> list[Cell]:
    """The texts of a cell that blanks set apart."""
    if cell.rest or cell.span.text != cell.text:
        return [cell] if cell.text else []
    return [
        replace(cell, span=cell.span.sub(*match.span()), text=match[0])
        for match in BLANKS.finditer(cell.text)
    ]


def _are_values(found: Sequence[Cell]) -> bool:
    """Whether each line is a value, one at least in figures, and none goes on below as a date does; or each a sign."""
    texts = [line.text for line in found]
    return all(map(values.looks_like_sign, texts)) or (
        any(map(seams.is_whole_value, texts))
        and all(map(values.looks_like_target, texts))
        and not any(seams.goes_on_in_date(*pair) for pair in pairwise(texts))
        and _are_apart(texts)
    )


def _are_names(found: Sequence[Cell]) -> bool:
    """Whether each line may be a name in full."""
    texts = [line.text for line in found]
    long = all(len(text) > LIMITS.some for text in texts)
    return long and not any(map(values.looks_like_target, texts)) and _are_apart(texts)


def _are_apart(texts: Sequence[str]) -> bool:
    """Whether no line goes on in the next one."""
    return not (any(map(seams.ends_open, texts[:-1])) or any(map(seams.begins_open, texts[1:])))


def _is_level(cell: Cell) -> bool:
    return labels.meaning(cell.text, "level1", "level2", "margin") is not None


def _are_levels(words: Sequence[Cell]) -> bool:
    """Whether a cell holds several labels of levels in full, of different ones."""
    names = {labels.bare(word.text) for word in words}
    return 1 < len(words) == len(names) and all(
        name.endswith("指标") and labels.meaning(name, *labels.LEVELS) for name in names
    )


def whole(lines: Iterable[Placed], columns: Columns) -> list[Placed]:
    """The rows of a table, with the end of a name that stands on a row of its own in its place."""
    names = [at for at, column in enumerate(columns.columns) if column.role == "name"]
    targets = {at for at, column in enumerate(columns.columns) if column.role in TARGETS}
    found: list[Placed] = []
    for line in lines:
        above = found[-1] if found else None
        rest = (
            _rest(above, line, names[0], targets) if above is not None and len(names) == 1 else None
        )
        if above is None or rest is None:
            found.append(line)
            continue
        others = {at: cell for at, cell in line.cells.items() if cell is not rest}
        name = extended(above.cells[names[0]], rest)
        found[-1] = replace(above, cells={**others, **above.cells, names[0]: name})
    return found


def _rest(above: Placed, line: Placed, name: int, targets: set[int]) -> Cell | None:
    """The end of the name above, where a row has it and nothing that this one has, but maybe its value."""
    own = {at: cell for at, cell in line.cells.items() if not cell.carried}
    over = {at for at, cell in above.cells.items() if not cell.carried}
    upper = above.cells.get(name)
    if upper is None or name not in over:
        return None
    at = name if name in own else next(iter(own), name)
    lower = own.pop(at, None)
    if lower is None or (at != name and (own or lower.column != upper.column)):
        return None
    if own.keys() & over or (own and targets & over) or not targets & (own.keys() | over):
        return None
    return lower if _ends(upper.text, lower.text) else None


def _ends(upper: str, lower: str) -> bool:
    """Whether a text is no name, but the end of the one above."""
    if labels.bare(lower).endswith("指标"):
        return False
    measured = MEASURE.search(lower) is not None and not MEASURE.search(upper)
    return seams.begins_open(lower) or (seams.is_shred(lower) and measured)
