"""Text to records: the only place that maps labels to fields."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document
from .model import Project
from .source import Source, Span


def read(source: Source) -> Iterator[Project | Span]:
    """The forms of a text one after another, and the stray text between them. Never raises."""
    raise NotImplementedError


def parse(source: Source) -> Document:
    """The whole text as one `Document`."""
    projects: list[Project] = []
    strays: list[Span] = []
    for thing in read(source):
        if isinstance(thing, Span):
            strays.append(thing)
        else:
            projects.append(thing)
    return Document(source, tuple(projects), tuple(strays))
