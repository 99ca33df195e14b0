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
from ..model.document import Document, Failure
from ..repair import PASSES
from ..source import Source, Span
from ..structure import CONDITIONS
from . import pages
from .page import Page
from .record import projects


def read(source: Source, without: Set[str] = frozenset()) -> Iterator[Project | Span | Failure]:
    """The forms of a text one after another, and the stray text between them.

    A form on which the reader fails costs that form: a `Failure` stands for it, and the next ones are read.

    `without` names conditions, passes and steps to switch off (`steps`), so that what each is worth can be measured.
    """
    passed = [*formless(source)]
    yield from passed
    rows = pages.gridded(tables.read(source, passed), without)
    for thing in own(without_repeats(split(rows))):
        if isinstance(thing, Form):
            yield from _read(thing, source, without)
        else:
            yield thing


def _read(form: Form, source: Source, without: Set[str]) -> Iterator[Project | Span | Failure]:
    try:
        yield from projects(form, source, without)
    except Exception as error:
        yield Failure(Page(form, source).at, _step(error), error)


def _step(error: Exception) -> str:
    """The module of ours in which an error arose: structure.table.decoding."""
    from traceback import walk_tb

    names = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__))
    ours = [name.partition(".")[2] for name in names if name.startswith("jxmb.")]
    return ours[-1] if ours else "reader"


def parse(source: Source, without: Set[str] = frozenset()) -> Document:
    """The whole text as one `Document`."""
    found: list[Project] = []
    strays: list[Span] = []
    failures: list[Failure] = []
    for thing in read(source, without):
        match thing:
            case Span():
                strays.append(thing)
            case Failure():
                failures.append(thing)
            case _:
                found.append(thing)
    return Document(source, tuple(found), tuple(strays), tuple(failures))


def steps() -> frozenset[str]:
    """The names of all conditions, passes, rivals and steps, each of which can be switched off."""
    from ..structure.recover import STEPS
    from .row_steps import STEPS as ROW_STEPS

    first = {tables.GRID, *(one.name for one in (*CONDITIONS, *PASSES))}
    return STEPS | ROW_STEPS | first
