"""Workflow commands of GitHub Actions: an annotation a finding, on its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..findings import Finding, Run, Severity
from ..visible import visible
from . import Out
from .repository import within
from .wording import Wording, path_through

BINARY = FORMS = False
COMMANDS = True  # writes what the log of the service obeys, and escapes every value itself
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """``::error file=…,line=…,col=…,title=CODE title::message``, then the summary as a plain line."""
    wording = Wording(run.lang)
    shown: Counter[Severity] = Counter()
    for finding in findings:
        shown[finding.severity] += 1
        out.stream.write(line(finding, wording) + "\n")
    out.stream.write(visible(wording.summary(run, shown)) + "\n")


def line(finding: Finding, wording: Wording) -> str:
    """One annotation. In a document the place in it stands in the message, as there are no lines to point at."""
    place = finding.place
    at: dict[str, str | int] = {"file": within(place.path)}
    if place.inside is None:
        at |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:
            at |= {"col": place.column, "endColumn": place.end_column}
    at["title"] = f"{finding.code} {wording.of(finding.title)}"
    said = f"{wording.inside(place)}{wording.message(finding)}"
    if finding.where:
        said += f" ({path_through(finding.where)})"
    if remedy := wording.of(finding.remedy):
        said += f" → {visible(remedy)}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in at.items())
    return f"::{LEVELS[finding.severity]} {listed}::{_data(said)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
