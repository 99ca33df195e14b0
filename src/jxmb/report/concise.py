"""One line a finding, then the summary: for pipes, logs and editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..findings import Finding, Run, Safety, Severity
from ..visible import Harmless
from . import Out
from .wording import MARK, SEVERITIES, Wording, fixable, page, path_through

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
        stream.write(line(finding, wording, out) + "\n")
    for one in run.applied:
        stream.write(wording.changed(one) + "\n")
    if not out.quiet:
        stream.write(wording.summary(run, shown, marked) + "\n")


def line(finding: Finding, wording: Wording, out: Out) -> str:
    """One finding."""
    code = linked(finding.code, finding.name) if out.links else finding.code
    severity = wording.of(SEVERITIES[finding.severity])
    kind = colored(f"{severity} {code}", finding.severity, out)
    if fixable(finding):
        kind += f" {MARK}"
    where = f" ({path_through(finding.where)})" if finding.where else ""
    return f"{wording.spot(finding.place)}: {kind} {wording.titled(finding)}{where}"


def colored(text: str, severity: Severity, out: Out) -> str:
    """A text in the colour of a severity, where there are colours."""
    return f"{COLORS[severity]}{text}{PLAIN}" if out.color else text


def linked(code: str, name: str) -> str:
    """A code that leads to the page of its rule."""
    return f"\x1b]8;;{page(name)}\x1b\\{code}\x1b]8;;\x1b\\"
