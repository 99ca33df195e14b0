"""The cold lane: forms whose cells were lost, put together again from the words that are left.

`CONDITIONS` says what sends a form here, and is asked once a form; this module is light, all else is loaded on need.
`recover` reads such a form: `fragments` (stretches of text with their places) become labels and text (`labelling`)
without `noise`; `continuation` tells which of them are one cell, `header` and `table` what the cells are, `rejects`
what is no row. Text that lost its order has ways of its own: `columnwise` (columns one after another), `merged_rows`
(rows of a table in one cell), `visual_rows` (the lines of a page). All of them give a `result.Structure`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from .. import deferred, labels, values
from ..deferred import dataclass
from ..forms.beside import is_pair
from ..forms.lines import column_names, heads_table, is_page_mark, opens_project, project_heads
from ..forms.shapes import Shape, shape
from ..labels import inside, joining
from ..labels.joining import meanings
from ..tables import Cell, Row
from ..tables.cells import pieces

if TYPE_CHECKING:
    import regex

BREAK = deferred.regex(r"(?:\s|<br\s*/?>)+")
STRIPS = deferred.regex(r"(?<!\d)\s+|\s+(?!\p{Han})|(?<=\d)\s+(?=[一二三四五六七八九十]级)")
WIDE = deferred.regex(r"\s{3,}")
GRIDS = frozenset({"pipes", "tabs"})
RULE = "---"
FIELD = frozenset({"field"})
LEVELS = ("level1", "level2")
WIDE_BLANKS = deferred.regex(r"\S {2,}\S")


@dataclass(frozen=True, slots=True)
class Limits:
    """How often in the rows of a form a symptom must be met, and how long what shows it is, in code points."""

    odd: int = 2  # rows with a value alone, a level label alone or half of one
    slid: int = 3  # rows: one in so many without a name, and names and values have slid
    strip: int = 3  # names, or values, that make a cell a strip of a column
    loose: int = 3  # bare or empty lines in a table, lines with wide blanks among bars
    tables: int = 4  # between bars: from so many on they are pieces of one
    below: int = 3  # rows in which the other half of a label is looked for
    rule: int = 4  # code points, for each cell of a row and for so many more, to the rule below
    name: int = 4  # that surely is one
    target: int = 20  # at most
    mixed: int = 200  # of a cell with a label and other text, at most


LIMITS = Limits()


class Condition(NamedTuple):
    """A way in which cells are lost: its name, the dialects in which it happens, and whether it holds for rows."""

    name: str
    dialects: frozenset[str]
    holds: Callable[[Sequence[Row]], bool]


def condition(rows: Sequence[Row], without: Set[str] = frozenset()) -> Condition | None:
    """The first condition that holds for the rows of a form, those named in `without` aside; None where cells were kept."""
    dialects = {row.dialect for row in rows}
    asked = (one for one in CONDITIONS if one.dialects & dialects and one.name not in without)
    return next((one for one in asked if one.holds(rows)), None)


def have_merged_rows(rows: Sequence[Row]) -> bool:
    """Whether rows of a table that was read from a picture or a page were merged."""
    if any(len(column_names(row)) >= 2 and opens_project(row) for row in rows):
        return False  # a table of many projects keeps its columns or is none
    if any(row.dialect == "pipes" and _is_strip(row) for row in rows):
        return True
    own = [row for row in rows if row.dialect == "html"]
    head = next((at for at, row in enumerate(own) if heads_table(row)), len(own))
    rests = [_rest(row) for row in own[head + 1 :]]
    alone = sum(len(rest) == 1 and rest[0].target for rest in rests)
    nameless = sum(bool(rest) and all(one.target or one.bare for one in rest) for rest in rests)
    if alone >= LIMITS.odd or (nameless >= LIMITS.odd and nameless * LIMITS.slid >= len(rests)):
        return True
    broken = [row for row in own if any(BREAK.search(cell.span.text) for cell in row.filled)]
    return any(_is_fused(row) or _is_mixed(row) for row in broken)


def _is_strip(row: Row) -> bool:
    """Whether the cells of a row are whole columns of a table: many names in one, many values in another."""
    several = [cell for cell in row.filled if len(cell.span.text.split()) >= LIMITS.strip]
    cells = [stretches(cell, STRIPS) for cell in several]
    targets = [sum(map(is_target, found)) for found in cells]
    names = [len(own) for own, number in zip(cells, targets, strict=True) if not number]
    return max(targets, default=0) >= LIMITS.strip <= max(names, default=0)


def _rest(row: Row) -> list[Shape]:
    """What the cells that begin in a row look like, level labels aside; one that stands there twice is a name."""
    texts = [cell.text for cell in row.filled if not cell.carried]
    times = Counter(texts)
    looks = [(shape(text), times[text] > 1) for text in texts]
    return [look for look, again in looks if again or not (look.full_label or look.margin)]


def _is_mixed(row: Row) -> bool:
    """Whether a cell holds a label together with other text."""
    return any(
        labels.meaning(part.text, "field", "column", "money") is not None
        for cell in row.filled
        if not cell.carried and len(cell.text) <= LIMITS.mixed
        if not (meanings(cell.text) or is_pair(cell) or _is_narrow(cell))
        if len([part for part in stretches(cell) if any(map(str.isalnum, part.text))]) > 1
        for part in stretches(cell)
    )


def _is_narrow(cell: Cell) -> bool:
    """Whether a cell is a label set in a column of two characters: 年度, 主要 and 任务 below each other."""
    parts = [part.text for part in stretches(cell)]
    return max(map(len, parts)) <= 2 and all(map(str.isalpha, parts))


def _is_fused(row: Row) -> bool:
    """Whether a row holds several names and several targets in a cell each, or one of both in one cell."""
    cells = [found for cell in row.filled if not cell.carried if len(found := stretches(cell)) > 1]
    targets = [sum(map(is_target, found)) for found in cells]
    if 0 in targets and any(map(eq, map(len, cells), targets)):
        return True
    return any(
        len(found) == 2
        and WIDE.search(found[0].span.source.text[found[0].span.end : found[1].span.start])
        and not is_target(found[0])
        and len(found[0].text) >= LIMITS.name
        and is_target(found[1])
        for found in cells
    )


def stretches(cell: Cell, pattern: regex.Pattern[str] = BREAK) -> list[Cell]:
    """The stretches of a cell that line ends and blanks set apart."""
    if cell.rest:
        return [cell]
    spans = pieces(cell.span, (match.span() for match in pattern.finditer(cell.span.text)))
    return [Cell(span, span.text, cell.column, cell.width) for span in spans]


def is_target(part: Cell) -> bool:
    """Whether a stretch of a cell is a value."""
    return len(part.text) <= LIMITS.target and values.looks_like_target(part.text)


def are_visual_rows(rows: Sequence[Row]) -> bool:
    """Whether the rows of a form's tables are visual lines."""
    at = [number for number, row in enumerate(rows) if row.dialect in GRIDS]
    if len(at) < LIMITS.loose:
        return False
    inner = rows[at[0] : at[-1] + 1]
    if any(row.dialect == "pipes" for row in inner):
        bare = [row.cells[0].text for row in inner if row.dialect == "line"]
        loose = sum(1 for text in bare if not is_page_mark(text))
        return loose >= LIMITS.loose and _ruled(inner) >= LIMITS.tables
    empty = sum(1 for row in inner if not row.cells[0].text)
    return empty >= LIMITS.loose and _torn(inner) >= LIMITS.odd


def _ruled(rows: Sequence[Row]) -> int:
    """How many tables between bars have a rule of dashes; one with the heads of projects is a page of a table."""
    found: set[int] = set()
    whole = {row.table for row in rows if row.dialect == "pipes" and project_heads(row)}
    for row in rows:
        if row.dialect == "pipes" and row.table not in found | whole:
            span = row.cells[-1].span
            reach = LIMITS.rule * (len(row.cells) + LIMITS.rule)
            if RULE in span.source.text[span.end : span.end + reach]:
                found.add(row.table)
    return len(found)


def _torn(rows: Sequence[Row]) -> int:
    """How many level labels stand in two rows, and labels behind their neighbours."""
    found = 0
    for number, row in enumerate(rows):
        cells = row.filled
        if cells and labels.meaning(cells[0].text, "field"):
            found += sum(inside.holds(c.text) or inside.leads(c.text, FIELD) for c in cells[1:])
        for half in filter(joining.is_half, [c.text for c in cells if "指" in c.text]):
            below = [c.text for r in rows[number + 1 : number + 1 + LIMITS.below] for c in r.filled]
            found += any(joining.completes(half, text, *LEVELS) for text in below)
    return found


def bars_without_columns(rows: Sequence[Row]) -> bool:
    """Whether the bars in the lines of a form are ruled lines that were read, and keep no columns.

    Between the bars of a table written as text no wide blanks part words; here some lines have these, some
    bars, and some both.
    """
    barred = [row for row in rows if row.dialect == "pipes"]
    plain = [row for row in rows if row.dialect == "line"]
    if not barred or not plain:
        return False
    loose = sum(1 for row in (*barred, *plain) if any(_is_loose(cell) for cell in row.cells))
    return loose >= LIMITS.loose and loose + len(plain) > len(rows) / 2


def _is_loose(cell: Cell) -> bool:
    return not cell.rest and bool(WIDE_BLANKS.search(cell.span.text))


def is_loose(rows: Sequence[Row]) -> bool:
    """Whether most rows of a form have no delimiters between their cells, or tabs that keep no columns."""
    texts = [row for row in rows if row.filled]
    plain = sum(row.dialect == "line" for row in texts)
    return bool(texts) and (plain > len(texts) / 2 or _tabs_without_columns(texts))


def _tabs_without_columns(rows: Sequence[Row]) -> bool:
    """Whether tabs stand between the pieces of a line only, as text recognition prints them.

    A table keeps its columns by empty cells, or leaves merged cells out; none of its rows is a line without
    tabs but what stands above it on each page, and none of its cells the half of a level label.
    """
    if any(row.dialect not in ("line", "tabs") for row in rows):
        return False
    if any(not cell.text for row in rows for cell in row.cells):
        return False
    head = next((at for at, row in enumerate(rows) if _heads_columns(row)), None)
    if head is None:
        return False
    last = max(at for at, row in enumerate(rows) if len(row.cells) > 1)
    above = {row.cells[0].text for row in rows[:head]}
    loose = sum(
        1
        for row in rows[head:last]
        if row.dialect == "line" and not is_page_mark(row.cells[0].text)
        if row.cells[0].text not in above
    )
    halves = sum(1 for row in rows[head:] if joining.is_half(row.cells[0].text))
    return loose + halves > 0


def _heads_columns(row: Row) -> bool:
    """Whether a row names several columns, which single blanks may part."""
    parts = (part.text for cell in row.filled for part in stretches(cell))
    return sum(labels.meaning(text, "column") is not None for text in parts) >= 2


MERGED_ROWS = Condition("merged rows", frozenset({"html", "pipes"}), have_merged_rows)
VISUAL_ROWS = Condition("visual rows", GRIDS, are_visual_rows)
CONDITIONS = (
    VISUAL_ROWS,
    Condition("read rules", frozenset({"pipes"}), bars_without_columns),
    Condition("loose", frozenset({"line", "tabs"}), is_loose),
    MERGED_ROWS,
)
