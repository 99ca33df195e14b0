"""One file as read: its forms, and the text that stands between them."""

from __future__ import annotations

from collections.abc import Iterator

from ..light import dataclass
from ..source import Source, Span
from . import Project


@dataclass(frozen=True, slots=True)
class Document:
    """All forms of one text. `strays` is text between forms."""

    source: Source
    projects: tuple[Project, ...]
    strays: tuple[Span, ...] = ()

    def __iter__(self) -> Iterator[Project]:
        return iter(self.projects)
