"""Records out: one module a format, loaded when it is asked for.

What a format makes of a form is a piece, made of the form alone, here or in another process; pieces are written one
after another as they come, so that a large dump never stands in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from .. import extras
from ..light import dataclass

if TYPE_CHECKING:
    from ..model import Project
    from ..source import Source

FORMATS = {
    "json": "jxmb.export.json",
    "jsonl": "jxmb.export.jsonl",
    "csv": "jxmb.export.csv",
    "text": "jxmb.export.text",
    "xlsx": "jxmb.export.xlsx",
}
PLACES = ("json", "jsonl")  # what has room for where values stand
FILES = frozenset(("xlsx",))  # what is no text, and goes to files only
SUFFIXES = {"txt": "text"}  # of files, where they are not the name of the format


@dataclass(frozen=True, slots=True)
class Forms:
    """The pieces of one file, made while they are written. `encoding` is that of the file."""

    path: str
    encoding: str
    pieces: Iterable[str]


class Format(Protocol):
    """What the module of a format offers; one that gives texts as they are has `whole` in place of `build`.

    One in `FILES` writes bytes to the buffer of what it is given.
    """

    def build(self, project: Project, source: Source, places: bool = False) -> str:
        """The piece of a form; with `places`, where every value stands."""

    def write(self, documents: Iterable[Forms], out: TextIO) -> None:
        """Write the pieces of many files."""

    def write_one(self, document: Forms, out: TextIO) -> None:
        """Write the pieces of one file, for a folder of results."""


def load(name: str) -> Format:
    """The module of a format in FORMATS. Raises `Missing`."""
    return cast(Format, extras.load(FORMATS[name], name, "report"))
