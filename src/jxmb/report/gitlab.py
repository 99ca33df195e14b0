"""GitLab's code quality report: a JSON array, an object a finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from ..findings import Finding, Run, Severity
from ..visible import escaped, visible
from . import Out
from .repository import within
from .wording import Wording

BINARY = FORMS = False
SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write the array as the findings come."""
    wording, end = Wording(run.lang), "["
    for one in findings:
        text = escaped(json.dumps(build(one, wording), ensure_ascii=False, indent=2))
        out.stream.write(f"{end}\n{text}")
        end = ","
    out.stream.write("[]\n" if end == "[" else "\n]\n")


def build(one: Finding, wording: Wording) -> dict[str, Any]:
    """One issue. Its fingerprint stays when lines move: that of the finding, with the path of its file."""
    path = within(one.place.path)
    mark = blake2b(f"{path}\0{one.fingerprint}".encode("utf-8", "replace"), digest_size=16)
    said = wording.titled(one)
    if one.place.inside is not None:
        said = f"{wording.spot(one.place)}: {said}"
    return {
        "description": said,
        "check_name": one.code,
        "fingerprint": mark.hexdigest(),
        "severity": SEVERITIES[one.severity],
        "content": {"body": visible(f"{wording.of(one.reason)}\n{wording.of(one.remedy)}")},
        "location": {
            "path": path,
            "lines": {"begin": one.place.line, "end": one.place.end_line},
        },
    }
