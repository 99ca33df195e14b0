"""Records as one JSON document, written a form at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from . import Forms
from .encode import compact, pretty
from .records import VERSION, record


def write(documents: Iterable[Forms], out: TextIO, sources: bool = False) -> None:
    """``{"version": 1, "documents": [...]}``."""
    out.write(f'{{\n  "version": {VERSION},\n  "documents": [')
    gap = "\n    "
    for document in documents:
        out.write(gap)
        _document(document, out, sources, level=2)
        gap = ",\n    "
    out.write("]\n}\n" if gap == "\n    " else "\n  ]\n}\n")


def write_one(document: Forms, out: TextIO, sources: bool = False) -> None:
    """One document alone, with its version."""
    _document(document, out, sources, level=0, head=f'\n  "version": {VERSION},')
    out.write("\n")


def _document(document: Forms, out: TextIO, sources: bool, level: int, head: str = "") -> None:
    margin = "\n" + "  " * level
    path, encoding = compact(document.path), compact(document.encoding)
    out.write(f'{{{head}{margin}  "path": {path},{margin}  "encoding": {encoding},')
    out.write(f'{margin}  "forms": [')
    gap = f"{margin}    "
    for project in document.projects:
        out.write(gap + pretty(record(project, sources), level + 2))
        gap = f",{margin}    "
    out.write(f"]{margin}}}" if gap[0] != "," else f"{margin}  ]{margin}}}")
