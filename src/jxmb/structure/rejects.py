"""What is left of level labels and ruled lines among the rows of a table that text recognition read badly.

A line of such a text holds the name and the target of one row; the level labels beside them stand in the middle
of their rows and come out whole, torn or as a few wrong characters. These are kept as strays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from .. import deferred, labels, values
from ..deferred import dataclass
from ..forms.columns import Columns
from ..forms.shapes import shape
from ..tables import Cell
from ..values import looks_like_target, seams
from . import LIMITS as CONDITIONS
from . import fragments
from .continuation import signed
from .fragments import Fragment
from .result import Rows

HALF = deferred.regex(r"^[\p{Han}A-Za-z]{1,7}(?:指|指标|标)$")
SPECK = deferred.regex(r"^(?:[-—–_<>=一二三]|[A-Za-z]{1,3}|[^\d%]{1,2}:?)$")
TAIL = deferred.regex(r"^[率数性度量额积费次值位年月日]")
VALUE = deferred.regex(r"^(?:[≥≤><=＝》《]\s*\S|[\p{Han}]?\s*\d[\d.,]*\s*\S{0,8}$)")
LATIN = deferred.regex(r"^[A-Za-z]{1,10}$")
HAN, WRITTEN = deferred.regex(r"\p{Han}"), deferred.regex(r"[\dA-Za-z]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a row or a table says that it is none."""

    scrap: int = 3  # code points of each word on a line that is no row
    impossible: int = 2  # rows that cannot be, from which on none is sure
    share: float = 0.25  # of all rows that they are then


LIMITS = Limits()


def swept(words: Sequence[Fragment], start: int, end: int, strays: list[Cell]) -> list[Fragment]:
    """The words without what is no cell, which goes to the strays; the heads stand from `start` to `end`."""
    kept = list(words[:end])
    marked = any(word.name("column") == "mark" for word in kept[start:])
    for _, line in groupby(words[end:], key=lambda word: word.line):
        joined = list(signed(list(line), strays if marked else None))
        left = _line(joined)
        kept += left
        numbers = {id(word) for word in left}
        strays.extend(word.cell for word in joined if id(word) not in numbers)
    return kept


def unreadable(columns: Columns, row: dict[int, Cell]) -> Cell | None:
    """The target of a row whose name or target is no more than scraps: it is taken out, and the row not placed."""
    cells = {columns.columns[at].role: (at, cell) for at, cell in row.items()}
    if "target" not in cells:
        return None
    at, target = cells["target"]
    name = cells["name"][1].text if "name" in cells else ""
    if _is_name(name) and _says_something(target.text):
        return None
    return row.pop(at)


def _is_name(text: str) -> bool:
    return len(HAN.findall(text)) >= 2 and not VALUE.match(text) and not HALF.match(text)


def _says_something(text: str) -> bool:
    words = len(HAN.findall(text)) >= 2 and not HALF.match(text)
    return words or bool(WRITTEN.search(text)) or looks_like_target(text)


def _line(line: Sequence[Fragment]) -> list[Fragment]:
    """The words of a line without the remnants on it."""
    texts = [word for word in line if not word.meanings]
    if not texts:
        return list(line)
    value = next((at for at, word in enumerate(texts) if at and _is_value(word.text)), len(texts))
    names = [word for word in texts[:value] if not SPECK.match(word.text)]
    if not names and (SPECK.match(texts[0].text) or not _is_value(texts[0].text)):
        scraps = all(len(word.text) <= LIMITS.scrap for word in texts)
        lone = len(texts) == 1 and (TAIL.match(texts[0].text) or len(texts[0].text) > 1)
        return [word for word in line if word.meanings] if scraps and not lone else list(line)
    name = max(names, key=lambda word: len(word.text), default=texts[0])
    dropped = set(_before(texts, name))
    return [word for at, word in enumerate(line) if id(word) not in dropped]


def _before(texts: Sequence[Fragment], name: Fragment) -> Iterator[int]:
    """The remnants before the name of a row."""
    for word in texts:
        if word is name:
            return
        alone = word is texts[0] and (len(word.text) == 1 or LATIN.match(word.text))
        if alone or (len(name.text) >= CONDITIONS.name and _is_scrap(word.text)):
            yield id(word)


def _is_scrap(text: str) -> bool:
    return len(text) <= fragments.LIMITS.misread and not _is_value(text)


def _is_value(text: str) -> bool:
    return bool(VALUE.match(text)) or looks_like_target(text)


def drop_impossible(rows: Rows) -> None:
    """Make strays of the rows that are none, or of all where many cannot be."""
    roles = [column.role for column in rows.columns.columns]
    wrong = sum(_cannot_be(roles, row) for row in rows.cells)
    if wrong < LIMITS.impossible or wrong < LIMITS.share * len(rows.cells):
        for number, row in enumerate(rows.cells):
            if _is_none(roles, row):
                rows.strays.extend(row.values())
                rows.cells[number] = {}  # stays: level labels stand at the height of the rows
        return
    cells = [*chain(*(row.values() for row in rows.cells)), *(mark.cell for mark in rows.marks)]
    rows.strays += {cell.span.start: cell for cell in cells}.values()
    rows.cells, rows.marks1, rows.marks2 = [], [], {}


def _cannot_be(roles: Sequence[str], row: dict[int, Cell]) -> bool:
    """Whether a row is none, or half of one: a value without a name, or a sign alone for a value."""
    signs = any(shape(target.text).mark for target in _named(roles, row, "target"))
    return signs or not _named(roles, row, "name") or _is_none(roles, row)


def _is_none(roles: Sequence[str], row: dict[int, Cell]) -> bool:
    """Whether a row holds what stands above a table, a figure for a name, or words without one.

    A value with its sign and no name is a mistake that a form has (JX221), and so is a sign alone (JX222).
    """
    names, targets = _named(roles, row, "name"), _named(roles, row, "target")
    if not names:
        return not any(seams.is_signed(target.text) for target in targets)
    figure = any(
        seams.is_signed(name.text) or values.number(name.text) is not None for name in names
    )
    amount = any(labels.meaning(name.text, "money") for name in names) and all(
        values.number(target.text) is not None for target in targets
    )
    return figure or amount or any(map(_has_head, (*names, *targets)))


def _named(roles: Sequence[str], row: dict[int, Cell], role: str) -> list[Cell]:
    """The cells of a row in the columns of a role, `target_midterm` among the targets."""
    return [cell for at, cell in row.items() if roles[at].startswith(role) and cell.text]


def _has_head(cell: Cell) -> bool:
    """Whether one of the pieces of a cell is the head of a column."""
    return any(labels.meaning(span.text, "column") in ("name", "target") for span in cell.spans)
