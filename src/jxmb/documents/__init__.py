"""Files to texts: a document becomes a text with places inside, by the module of its format; all else is decoded.

A format is one module and one row of `DOCUMENTS`. The module is imported when a file of its kind is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ..light import dataclass
from ..source import Source
from ..source.decoding import decode


class Format(Protocol):
    """What a module of a document's format must offer."""

    def read(self, data: bytes, shown: str) -> Source:
        """The document as text, with the cells that it declares and its places. Raises `Undecodable`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A format of documents: what tells it by its first bytes, never by a name, and the module that reads it."""

    accepts: Callable[[bytes], bool]
    module: str


# In order: the first that accepts the bytes reads them.
DOCUMENTS: tuple[Kind, ...] = ()


def read(path: Path, shown: str | None = None) -> Source:
    """The text of a file; `shown` is the path that findings print. Raises `OSError` and as `open` does."""
    return open(path.read_bytes(), shown if shown is not None else str(path))


def open(data: bytes, shown: str = "-") -> Source:
    """The text of a file's bytes. Raises `Undecodable` where they are no text and no document that can be read."""
    for kind in DOCUMENTS:
        if kind.accepts(data):
            return cast(Format, import_module(kind.module)).read(data, shown)
    return decode(data, shown)
