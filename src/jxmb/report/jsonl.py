"""Findings as JSON Lines: one object a finding, then one with the summary; each line has its version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..findings import Finding, Run
from ..visible import escaped
from . import Out
from .json import VERSION, Counts, behind, build

BINARY = FORMS = False


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write each finding as it comes: ``{"version": 1, "finding": {…}}``, at the end ``{"version": 1, "summary": …}``."""
    counts = Counts(out)
    for one in counts.counted(findings):
        out.stream.write(_line({"finding": build(one)}))
    out.stream.write(_line(behind(run, counts)))


def _line(data: Mapping[str, object]) -> str:
    return escaped(json.dumps({"version": VERSION, **data}, ensure_ascii=False)) + "\n"
