"""Findings as JSON Lines: one object a finding, then one with the summary; each line has its version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from ..findings import Finding, Run
from ..visible import escaped
from . import Out
from .json import VERSION, Counts, behind, build, written

BINARY = FORMS = False


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write each finding as it comes: ``{"version": 1, "finding": {…}}``, at the end ``{"version": 1, "summary": …}``."""
    counts = Counts(out)
    for one in counts.counted(findings):
        line = {"version": VERSION, "finding": build(one)}
        out.stream.write(escaped(json.dumps(line, ensure_ascii=False)) + "\n")
    for piece in written(chain([("version", VERSION)], behind(run, counts).items())):
        out.stream.write(piece)
    out.stream.write("\n")
