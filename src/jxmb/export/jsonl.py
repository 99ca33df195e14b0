"""Records as JSON Lines: one form a line, with the version and its path."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Project
from ..source import Source
from . import Forms, Out
from .encode import compact
from .records import VERSION, record


def build(project: Project, source: Source, places: bool = False) -> str:
    """The line of a form."""
    head = {"version": VERSION, "path": source.path, "encoding": source.encoding}
    line = head | record(project, places)
    return compact(line) + "\n"


def write(documents: Iterable[Forms], out: Out) -> None:
    """One line a form."""
    for document in documents:
        write_one(document, out)


def write_one(document: Forms, out: Out) -> None:
    """The forms of one file."""
    out.stream.writelines(document.pieces)
