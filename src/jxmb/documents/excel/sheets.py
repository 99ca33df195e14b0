"""Sheets of a workbook: their cells as they are in the file, and how places in them are called."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache

from ... import deferred
from ...deferred import dataclass
from ...source import Inside
from ..limits import refused

ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet of Excel
LETTERS = 26
PLAIN = deferred.re(r"[^\W\d][\w.]*")  # names of sheets that need no quotes
REFERENCE = deferred.re(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ADDRESS = deferred.re(r"(?i:[a-z]{1,3}\d+|r\d*c?\d*|c\d*)")  # but those that could be cells do


def row(said: str) -> int:
    """A row by its number, from 0. Raises `Undecodable` beyond those of Excel."""
    if said.isdecimal() and said.isascii() and len(said) < 8 and 0 < (number := int(said)) <= ROWS:
        return number - 1
    raise refused("damaged")


def reference(said: str) -> tuple[int, int]:
    """Row and column of an address such as B7, from 0. Raises `Undecodable` beyond those of Excel."""
    match = REFERENCE.fullmatch(said)
    if match is None:
        raise refused("damaged")
    column = 0
    for letter in match[1]:
        column = column * LETTERS + ord(letter) - ord("A") + 1
    if column > COLUMNS:
        raise refused("damaged")
    return row(match[2]), column - 1


def span(said: str) -> Merge:
    """A range such as B7:D9."""
    first, _, last = said.partition(":")
    (top, left), (bottom, right) = reference(first), reference(last or first)
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


@lru_cache(maxsize=256)
def letters(column: int) -> str:
    """The name of a column, from 0."""
    found = ""
    column += 1
    while column:
        column, at = divmod(column - 1, LETTERS)
        found = chr(ord("A") + at) + found
    return found


@lru_cache(maxsize=256)
def quoted(name: str) -> str:
    """The name of a sheet before an exclamation mark."""
    if PLAIN.fullmatch(name) and not ADDRESS.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True, order=True)
class Merge:
    """A merged range, by its first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True, eq=False)
class Sheet:
    """A sheet. `rows` has the texts of its cells by row and column, from 0; cells that say nothing are none.

    `unsolved` has the formulas without a result, or the error that stands for one, by row and column; their text is
    empty. `shown` are the numbers of which the format of their cell says more than figures: `date` or `format`.
    """

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unsolved: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, row: int, column: int, text: str) -> None:
        """Sets the text of a cell."""
        self.rows.setdefault(row, {})[column] = text

    def inside(self, row: int, column: int) -> Inside:
        """The place of a cell."""
        cell = f"{letters(column)}{row + 1}"
        place = f"{quoted(self.name)}!{cell}"
        return Inside(place, place, sheet=self.name, cell=cell)
