"""What was read, as text: a document as the lines and columns of its places mean it, a text as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from .. import deferred
from ..source import Source
from ..visible import visible
from . import Forms, Out

LAID_OUT = deferred.re(r"[^\t\r\n]+")


def whole(source: Source) -> str:
    """The one piece of a file."""
    return source.text if source.text.endswith("\n") or not source.text else f"{source.text}\n"


def write(documents: Iterable[Forms], out: Out) -> None:
    """The texts one after another."""
    for document in documents:
        write_one(document, out)


def write_one(document: Forms, out: Out) -> None:
    """The text of one file; on a terminal without what could harm it."""
    stream = out.stream
    for piece in document.pieces:
        shown = stream.isatty()
        stream.write(LAID_OUT.sub(lambda match: visible(match[0]), piece) if shown else piece)
