"""Text to records.

Forms are read one after another; a form's rows are let go when its record is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from .. import tables
from ..forms.extent import own
from ..forms.formless import formless
from ..forms.repeated import without_repeats
from ..forms.split import Form, split
from ..model import Project
from ..model.document import Document
from ..repair import PASSES
from ..source import Source, Span
from ..structure import CONDITIONS
from . import pages
from .record import projects


def read(source: Source, without: Set[str] = frozenset()) -> Iterator[Project | Span]:
    """The forms of a text one after another, and the stray text between them. Never raises.

    `without` names conditions, passes and steps to switch off (`steps`), so that what each is worth can be measured.
    """
    passed = [*formless(source)]
    yield from passed
    rows = pages.gridded(tables.read(source, passed), without)
    for thing in own(without_repeats(split(rows))):
        if isinstance(thing, Form):
            yield from projects(thing, source, without)
        else:
            yield thing


def parse(source: Source, without: Set[str] = frozenset()) -> Document:
    """The whole text as one `Document`."""
    found: list[Project] = []
    strays: list[Span] = []
    for thing in read(source, without):
        if isinstance(thing, Span):
            strays.append(thing)
        else:
            found.append(thing)
    return Document(source, tuple(found), tuple(strays))


def steps() -> frozenset[str]:
    """The names of all conditions, passes, rivals and steps, each of which can be switched off."""
    from ..structure.recover import STEPS

    return STEPS | {tables.GRID} | {one.name for one in CONDITIONS} | {one.name for one in PASSES}
