"""One file as read: its forms, and the text that stands between them."""

from __future__ import annotations

from collections.abc import Iterator

from ..deferred import dataclass
from ..source import Source, Span
from . import Project


@dataclass(frozen=True, slots=True)
class Failure:
    """A form that was not read because the program failed on it: where it begins, in which step, with what error."""

    at: Span
    step: str
    error: Exception

    @property
    def cause(self) -> str:
        """The error in one line."""
        return f"{self.step}: {type(self.error).__name__}: {self.error}"


@dataclass(frozen=True, slots=True)
class Document:
    """All forms of one text. `strays` is text between forms, `failures` are forms that could not be read.

    >>> document = jxmb.parse(FORM)
    >>> [project.year.value for project in document], document.source.encoding, document.failures
    ([2024], 'utf-8', ())
    """

    source: Source
    projects: tuple[Project, ...]
    strays: tuple[Span, ...] = ()
    failures: tuple[Failure, ...] = ()

    def __iter__(self) -> Iterator[Project]:
        return iter(self.projects)
