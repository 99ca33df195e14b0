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
    path, about = within(one.place.path), (one.reason, one.remedy)
    mark = blake2b(f"{path}\0{one.fingerprint}".encode("utf-8", "replace"), digest_size=16)
    return {
        "description": f"{wording.inside(one.place)}{wording.titled(one)}",
        "check_name": one.code,
        "fingerprint": mark.hexdigest(),
        "severity": SEVERITIES[one.severity],
        "content": {
            "body": "\n\n".join(visible(wording.of(one)) for one in about if wording.of(one))
        },
        "location": {
            "path": path,
            "lines": {"begin": one.place.line, "end": one.place.end_line},
        },
    }
