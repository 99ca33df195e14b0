"""Word documents: read as text, changed in place, and with comments on what is found in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...source import Source
from .document import Document

if TYPE_CHECKING:
    from .. import Change, Comment, Written

NAME = "docx"


def read(data: bytes, shown: str) -> Source:
    """The document as text. Raises `Undecodable`."""
    return Document(data).render().source(shown, NAME)


def write(data: bytes, changes: Sequence[Change]) -> Written:
    """The document with changes of its text in; what cannot be changed safely is named and stays. See `changes`."""
    from .changes import changed

    return changed(data, changes)


def annotate(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The document with comments on its paragraphs and cells. See `comments`."""
    from .comments import annotated

    return annotated(data, comments)
