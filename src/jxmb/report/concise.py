"""One line a finding, then the summary: for pipes, logs and editors."""

from __future__ import annotations

from typing import TextIO

from ..findings import Finding, Report, Severity
from ..visible import visible
from .wording import Wording, path_through

COLORS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.INFO: "\x1b[36m"}
PLAIN = "\x1b[0m"


def render(report: Report, out: TextIO, color: bool = False) -> None:
    """``path:line:column: severity CODE message (place in the form)``."""
    wording = Wording(report.lang)
    for finding in report.findings:
        out.write(line(finding, wording, color) + "\n")
    out.write(wording.summary(report) + "\n")


def line(finding: Finding, wording: Wording, color: bool) -> str:
    """One finding."""
    at = finding.place
    kind = f"{finding.severity} {finding.code}"
    if color:
        kind = f"{COLORS[finding.severity]}{kind}{PLAIN}"
    where = f" ({path_through(finding.where)})" if finding.where else ""
    return f"{visible(at.path)}:{at.line}:{at.column}: {kind} {wording.message(finding)}{where}"
