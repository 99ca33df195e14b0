"""Records out: one module a format, loaded when it is asked for.

Every format writes forms one after another as they come, so that a large dump never stands in memory.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO, cast

if TYPE_CHECKING:
    from ..model import Project

FORMATS = {
    "json": "jxmb.export.json",
    "jsonl": "jxmb.export.jsonl",
    "csv": "jxmb.export.csv",
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one file, read while they are written. `encoding` is that of the file."""

    path: str
    encoding: str
    projects: Iterable[Project]


class Format(Protocol):
    """What the module of a format offers."""

    def write(self, documents: Iterable[Forms], out: TextIO, sources: bool = False) -> None:
        """Write the forms of many files."""

    def write_one(self, document: Forms, out: TextIO, sources: bool = False) -> None:
        """Write the forms of one file, for a folder of results."""


def load(name: str) -> Format:
    """The module of a format in FORMATS."""
    return cast(Format, importlib.import_module(FORMATS[name]))
