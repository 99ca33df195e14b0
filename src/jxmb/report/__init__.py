"""Findings out: one module a format, loaded when it is asked for."""

from __future__ import annotations

import importlib
from typing import Protocol, TextIO, cast

from ..findings import Report

FORMATS = {
    "full": "jxmb.report.full",
    "concise": "jxmb.report.concise",
    "json": "jxmb.report.json",
}
MACHINE = frozenset({"json"})  # formats for programs: the same bytes everywhere


class Format(Protocol):
    """What the module of a format offers."""

    def render(self, report: Report, out: TextIO, color: bool = False) -> None:
        """Write the report; `color` says whether `out` shows colours."""


def load(name: str) -> Format:
    """The module of a format in FORMATS."""
    return cast(Format, importlib.import_module(FORMATS[name]))
