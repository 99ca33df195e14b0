"""One line a finding, then the summary: for pipes, logs and editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..findings import Finding, Run, Safety, Severity
from ..visible import Harmless
from . import Out
from .wording import MARK, Wording, fixable, path_through

BINARY = FORMS = False
COLORS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.INFO: "\x1b[36m"}
PLAIN = "\x1b[0m"


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """``path:line:column: severity CODE title: message (place in the form)``; in a document ``path:place in it: …``."""
    wording, stream = Wording(run.lang), Harmless(out.stream, out.color)
    shown: Counter[Severity] = Counter()
    marked: Counter[Safety] = Counter()
    for finding in findings:
        shown[finding.severity] += 1
        if (safety := fixable(finding)) is not None:
            marked[safety] += 1
        stream.write(line(finding, wording, out.color) + "\n")
    for one in run.applied:
        stream.write(wording.changed(one) + "\n")
    stream.write(wording.summary(run, shown, marked) + "\n")


def line(finding: Finding, wording: Wording, color: bool) -> str:
    """One finding."""
    kind = f"{finding.severity} {finding.code}"
    if color:
        kind = f"{COLORS[finding.severity]}{kind}{PLAIN}"
    if fixable(finding):
        kind += f" {MARK}"
    where = f" ({path_through(finding.where)})" if finding.where else ""
    return f"{wording.spot(finding.place)}: {kind} {wording.titled(finding)}{where}"
