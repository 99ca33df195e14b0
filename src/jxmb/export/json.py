"""Records as one JSON document, written a form at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from ..model import Project
from ..source import Source
from . import Forms, Out
from .encode import compact, pretty
from .records import VERSION, record


def build(project: Project, source: Source, places: bool = False) -> str:
    """The record of a form, indented."""
    return pretty(record(project, places))


def write(documents: Iterable[Forms], out: Out) -> None:
    """``{"version": 1, "documents": [...]}``."""
    out.stream.write(f'{{\n  "version": {VERSION},\n  "documents": [')
    gap = "\n    "
    for document in documents:
        out.stream.write(gap)
        _document(document, out.stream, level=2)
        gap = ",\n    "
    out.stream.write("]\n}\n" if gap == "\n    " else "\n  ]\n}\n")


def write_one(document: Forms, out: Out) -> None:
    """One document alone, with its version."""
    _document(document, out.stream, level=0, head=f'\n  "version": {VERSION},')
    out.stream.write("\n")


def _document(document: Forms, out: TextIO, level: int, head: str = "") -> None:
    margin = "\n" + "  " * level
    path, encoding = compact(document.path), compact(document.encoding)
    out.write(f'{{{head}{margin}  "path": {path},{margin}  "encoding": {encoding},')
    out.write(f'{margin}  "forms": [')
    gap = f"{margin}    "
    for piece in document.pieces:
        out.write(gap + piece.replace("\n", f"{margin}    "))
        gap = f",{margin}    "
    out.write(f"]{margin}}}" if gap[0] != "," else f"{margin}  ]{margin}}}")
