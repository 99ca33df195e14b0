"""Records out: one module a format, loaded when it is asked for.

What a format makes of a form is a piece, made of the form alone, here or in another process; pieces are written one
after another as they come, so that a large dump never stands in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from .. import formats
from ..deferred import dataclass

if TYPE_CHECKING:
    from ..findings import Finding
    from ..model import Project
    from ..source import Source

FORMATS = {
    "json": "jxmb.export.json",
    "jsonl": "jxmb.export.jsonl",
    "csv": "jxmb.export.csv",
    "text": "jxmb.export.text",
    "xlsx": "jxmb.export.xlsx",
    "parquet": "jxmb.export.parquet",
}
# What writes a file a table into a folder, whatever the number of inputs.
TABLES = {"csv": "jxmb.export.csv_tables", "parquet": "jxmb.export.parquet"}
EXTRAS = {"xlsx": "report", "parquet": "parquet"}  # the packages of a format
PLACES = ("json", "jsonl")  # what has room for where values stand
HEADED = ("csv", "xlsx")  # what has heads in a language
FILES = frozenset(("xlsx",))  # what is no text, and goes to files only
FOLDERS = frozenset(("parquet",))  # what goes to folders only
FINDINGS = frozenset(("xlsx",))  # what holds the findings beside the records
SUFFIXES = {"txt": "text"}  # of files, where they are not the name of the format


@dataclass(frozen=True, slots=True)
class Forms:
    """The pieces of one file, made while they are written. `encoding` is that of the file."""

    path: str
    encoding: str
    pieces: Iterable[str]


@dataclass(frozen=True, slots=True)
class Out:
    """Where records go, and how: `heads` is the language of heads (en: the names of JSON), `lang` that of sentences.

    `findings`, for a format in `FINDINGS`, gives what `check` says of the files written before.
    """

    stream: TextIO
    heads: str = "en"
    lang: str = "zh"
    findings: Callable[[], Iterator[Finding]] | None = None


class Pieces(Protocol):
    """What makes a piece of a form."""

    def build(self, project: Project, source: Source, places: bool = False) -> str:
        """The piece of a form; with `places`, where every value stands."""


class Format(Pieces, Protocol):
    """What the module of a format offers; one that gives texts as they are has `whole` in place of `build`.

    One in `FILES` writes bytes to the buffer of what it is given.
    """

    def write(self, documents: Iterable[Forms], out: Out) -> None:
        """Write the pieces of many files."""

    def write_one(self, document: Forms, out: Out) -> None:
        """Write the pieces of one file, for a folder of results."""


class Tables(Pieces, Protocol):
    """What the module of a format offers that writes tables; `NAMES` are those of the files."""

    NAMES: Sequence[str]

    def write(self, documents: Iterable[Forms], outs: Sequence[Out]) -> None:
        """Write the pieces of many files, each table to its own."""


def load(name: str) -> Format:
    """The module of a format in FORMATS. Raises `Missing`."""
    return cast(Format, formats.load(FORMATS[name], name, EXTRAS.get(name, "")))


def load_tables(name: str) -> Tables:
    """The module of a format in TABLES. Raises `Missing`."""
    return cast(Tables, formats.load(TABLES[name], name, EXTRAS.get(name, "")))
