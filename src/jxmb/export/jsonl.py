"""Records as JSON Lines: one form a line, with its path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from . import Forms
from .encode import compact
from .records import record


def write(documents: Iterable[Forms], out: TextIO, sources: bool = False) -> None:
    """One line a form."""
    for document in documents:
        write_one(document, out, sources)


def write_one(document: Forms, out: TextIO, sources: bool = False) -> None:
    """The forms of one file."""
    for project in document.projects:
        line = {"path": document.path, "encoding": document.encoding} | record(project, sources)
        out.write(compact(line) + "\n")
