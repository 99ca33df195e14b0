"""Excel workbooks: read as text, changed in place, and with comments on what is found in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...source import Source
from .workbook import Workbook

if TYPE_CHECKING:
    from .. import Change, Comment, Written

NAME = "xlsx"


def read(data: bytes, shown: str) -> Source:
    """The workbook as text. Raises `Undecodable`."""
    return Workbook(data).render().source(shown, NAME)


def write(data: bytes, changes: Sequence[Change]) -> Written:
    """The workbook with changes of its text in; what cannot be changed safely is named and stays. See `changes`."""
    from .changes import changed

    return changed(data, changes)


def annotate(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The workbook with comments on its cells. See `comments`."""
    from .comments import annotated

    return annotated(data, comments)
