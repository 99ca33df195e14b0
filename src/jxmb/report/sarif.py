"""SARIF 2.1.0: results as they come, then the rules that they are of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..findings import Change, Finding, Run, Severity, Words
from ..source import Place
from ..visible import escaped
from . import Out
from .repository import within
from .wording import Wording

BINARY = FORMS = False
SUPPRESSED = True
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
HOME = "https://github.com/jxmb/jxmb"


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write one run; columns are counted in code points."""
    wording = Wording(run.lang)
    rules: dict[str, dict[str, Any]] = {}
    write = out.stream.write
    write(f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [\n{{\n')
    write('"columnKind": "unicodeCodePoints",\n"results": [')
    between = "\n"
    for one in findings:
        rules.setdefault(one.code, _rule(one, wording))
        write(between + _text(_result(one, list(rules).index(one.code), wording)))
        between = ",\n"
    driver = {
        "name": "jxmb",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": HOME,
        "language": "zh-CN" if run.lang == "zh" else "en",
        "rules": list(rules.values()),
    }
    write(f'\n],\n"tool": {_text({"driver": driver})},\n')
    write(f'"invocations": [{_text(_invocation(run, wording))}]\n}}\n]\n}}\n')


def _text(data: object) -> str:
    return escaped(json.dumps(data, ensure_ascii=False))


def _rule(one: Finding, wording: Wording) -> dict[str, Any]:
    """A rule in the language of the run, and in both among its properties."""
    return {
        "id": one.code,
        "name": "".join(part.capitalize() for part in one.name.split("-")),
        "shortDescription": {"text": _sentence(wording.of(one.title), wording)},
        "fullDescription": {"text": _sentence(wording.of(one.reason), wording)},
        "help": {"text": _sentence(wording.of(one.reason), wording)},
        "helpUri": f"{HOME}/blob/main/src/jxmb/rules/pages/{one.name}.md",
        "defaultConfiguration": {"level": LEVELS[one.severity]},
        "properties": {
            "tags": [one.aspect, one.blame],
            "title": _both(one.title),
        },
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _sentence(text: str, wording: Wording) -> str:
    return (
        text
        if not text or text[-1] in "。.！？!?"
        else text + ("。" if wording.lang == "zh" else ".")
    )


def _result(one: Finding, index: int, wording: Wording) -> dict[str, Any]:
    said = f"{wording.inside(one.place)}{wording.of(one.message)}"
    if remedy := wording.of(one.remedy):
        said = f"{said}{'。' if wording.lang == 'zh' else '. '}{remedy}"
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": LEVELS[one.severity],
        "message": {"text": _sentence(said, wording)},
        "locations": [_location(one.place, wording, one)],
        "partialFingerprints": {"jxmb/v1": one.fingerprint or "-"},
        "properties": {
            "message": _both(one.message),
            "remedy": _both(one.remedy),
            "project": one.project,
            "where": list(one.where),
            "aspect": one.aspect,
            "blame": one.blame,
        },
    }
    if one.also:
        result["relatedLocations"] = [
            {"id": number, **_location(place, wording)} for number, place in enumerate(one.also, 1)
        ]
    if one.suppressed is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": wording.of(one.suppressed)}
        ]
    # A document is changed by `--fix` alone: its bytes are not those of the text that regions count in.
    if one.changes and one.safety is not None and one.place.inside is None:
        result["fixes"] = [_fix(one, wording)]
    return result


def _location(place: Place, wording: Wording, one: Finding | None = None) -> dict[str, Any]:
    """Where something is. In a document its own place comes first, and the region is one of the text it was read as."""
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": _uri(place.path)},
        "region": _region(place),
    }
    location: dict[str, Any] = {"physicalLocation": physical}
    logical: list[dict[str, str]] = []
    if (inside := place.inside) is not None:
        own = inside.zh if wording.lang == "zh" else inside.en
        logical.append({"fullyQualifiedName": own, "kind": "element"})
        location["properties"] = {"at": inside.parts(), "rendition": True}
    names = [name for name in (one.project, *one.where) if name] if one is not None else []
    if names:
        logical.append({"fullyQualifiedName": " › ".join(names), "kind": "member"})
    if logical:
        location["logicalLocations"] = logical
    return location


def _uri(path: str) -> str:
    """A path from the root of the repository, a whole address outside of it, whatever bytes its name has."""
    name = within(path)
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        raw = name.encode("utf-8", "replace")
    uri = quote(raw, safe="/._-~")
    if os.path.isabs(name):  # noqa: PTH117
        return f"file:///{uri.lstrip('/')}"
    return uri if "/" in uri or ":" not in path else f"./{uri}"


def _region(place: Place) -> dict[str, int]:
    region = {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) > (place.line, place.column):
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return region


def _fix(one: Finding, wording: Wording) -> dict[str, Any]:
    edits = [_replacement(change) for change in one.changes]
    return {
        "description": {"text": _sentence(wording.of(one.remedy) or one.code, wording)},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(one.place.path)}, "replacements": edits}
        ],
    }


def _replacement(change: Change) -> dict[str, Any]:
    region = _region(change.place)
    region.setdefault("endLine", change.place.end_line)
    region.setdefault("endColumn", change.place.end_column)
    return {"deletedRegion": region, "insertedContent": {"text": change.text}}


def _invocation(run: Run, wording: Wording) -> dict[str, Any]:
    """What was not read: a run that left something out says so."""
    left = [
        *run.coverage.unreadable,
        *run.coverage.unwritten,
        *run.coverage.formless,
        *run.coverage.skipped,
    ]
    unjudged = [(one.form.place.path, one.why) for one in run.coverage.not_checked]
    said = [*((one.path, one.why) for one in left), *unjudged]
    notes = [
        {"level": "warning", "message": {"text": f"{path}: {wording.of(why)}"}}
        for path, why in said
    ]
    return {
        "executionSuccessful": not run.coverage.unreadable,
        "toolExecutionNotifications": notes,
    }
