"""Text to records.

Forms are read one after another; a form's rows are let go when its record is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import echoes, tables
from ..forms.split import Form, split
from ..model import Project
from ..model.document import Document
from ..source import Source, Span
from .record import projects


def read(source: Source) -> Iterator[Project | Span]:
    """The forms of a text one after another, and the stray text between them. Never raises."""
    for thing in echoes.heard(split(tables.read(source))):
        if isinstance(thing, Form):
            yield from projects(thing, source)
        else:
            yield thing


def parse(source: Source) -> Document:
    """The whole text as one `Document`."""
    found: list[Project] = []
    strays: list[Span] = []
    for thing in read(source):
        if isinstance(thing, Span):
            strays.append(thing)
        else:
            found.append(thing)
    return Document(source, tuple(found), tuple(strays))
