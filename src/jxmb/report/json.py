"""Findings as JSON, version 1: both languages, plain numbers, the same bytes everywhere."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from ..findings import Finding, Report
from ..visible import escaped

VERSION = 1


def render(report: Report, out: TextIO, color: bool = False) -> None:
    """Write the findings as one object; machines get no colours."""
    out.write(escaped(json.dumps(build(report), ensure_ascii=False, indent=2)) + "\n")


def build(report: Report) -> dict[str, Any]:
    """What is written, as plain data."""
    return {
        "version": VERSION,
        "findings": [finding(one) for one in report.findings],
        "summary": asdict(report.summary),
    }


def finding(one: Finding) -> dict[str, Any]:
    """One finding."""
    return {
        "code": one.code,
        "name": one.name,
        "severity": str(one.severity),
        "aspect": one.aspect,
        "blame": one.blame,
        "message": one.message.zh,
        "message_en": one.message.en,
        "reason": one.reason.zh,
        "reason_en": one.reason.en,
        "remedy": one.remedy.zh,
        "remedy_en": one.remedy.en,
        "path": one.place.path,
        **one.place.numbers(),
        "project": one.project,
        "where": list(one.where),
        "count": one.count,
        "related": [{"path": place.path, **place.numbers()} for place in one.also],
        "fix": fix(one),
        "fingerprint": one.fingerprint,
    }


def fix(one: Finding) -> dict[str, Any] | None:
    """The edits that mend it, None where there are none."""
    if not one.changes or one.safety is None:
        return None
    edits = [{**change.place.numbers(), "text": change.text} for change in one.changes]
    return {"safety": str(one.safety), "edits": edits}
