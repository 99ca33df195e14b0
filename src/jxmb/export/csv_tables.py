"""Records as two files of CSV in a folder: one form a row, and one indicator a row with the key of its form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ..model import Project
from ..source import Source
from . import Forms, Out
from .csv import head, text
from .records import record
from .tables import FORMS, INDICATORS, rows_of_both

NAMES = ("forms.csv", "indicators.csv")


def build(project: Project, source: Source, places: bool = False) -> str:
    """The rows of a form in both tables; its places have no room here."""
    form, indicators = rows_of_both(source.path, record(project))
    return json.dumps([text([form]), text(indicators)])


def write(documents: Iterable[Forms], outs: Sequence[Out]) -> None:
    """The rows of many files, each table under its head."""
    for columns, out in zip((FORMS, INDICATORS), outs, strict=True):
        out.stream.write(head(columns, out))
    for document in documents:
        for piece in document.pieces:
            for rows, out in zip(json.loads(piece), outs, strict=True):
                out.stream.write(rows)
