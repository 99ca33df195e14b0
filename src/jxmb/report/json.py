"""Findings as JSON, version 1: both languages, plain numbers, the same bytes everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from ..findings import Compared, Finding, Made, Missed, Run, Unchecked
from ..visible import escaped
from . import Out

if TYPE_CHECKING:
    from .review import Review
    from .statistics import Statistics

T = TypeVar("T")
Items = Iterable[tuple[str, Any]]

BINARY = FORMS = False
VERSION = 1
STEP = 2  # blanks
FILES = (
    "skipped",
    "unreadable",
    "unwritten",
    "formless",
    "excluded",
)  # lists of files that were left out


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write one object: the findings as they come, then the summary. Machines get no colours."""
    for piece in written(_report(run, findings, Counts(out)), 0):
        out.stream.write(piece)
    out.stream.write("\n")


def _report(run: Run, findings: Iterator[Finding], counts: Counts) -> Items:
    """What the object holds, each when all before it was written."""
    yield "version", VERSION
    yield "findings", map(build, counts.counted(findings))
    yield from behind(run, counts).items()


def written(items: Items, indent: int | None = None) -> Iterator[str]:
    """A JSON object in pieces: what is an iterator in it is a list that is written as it comes.

    It is laid out so many blanks deep, or on one line.
    """
    yield from _between("{}", items, indent, lambda item, deep: _item(*item, deep))


def _item(name: str, data: object, indent: int | None) -> Iterator[str]:
    yield f"{_text(name, None)}: "
    match data:
        case dict():
            yield from written(data.items(), indent)
        case Iterator():
            yield from _between("[]", data, indent, lambda one, deep: [_text(one, deep)])
        case _:
            yield _text(data, indent)


def _between(
    brackets: str,
    every: Iterable[T],
    indent: int | None,
    shown: Callable[[T, int | None], Iterable[str]],
) -> Iterator[str]:
    """Things between two brackets, one under the other where they are laid out."""
    deep, gap, comma = None, "", ", "
    if indent is not None:
        deep, gap, comma = indent + STEP, "\n" + " " * (indent + STEP), ","
    yield brackets[0]
    number = -1
    for number, one in enumerate(every):
        yield f"{comma * bool(number)}{gap}"
        yield from shown(one, deep)
    yield f"{gap[:-STEP] if number >= 0 else ''}{brackets[1]}"


class Counts:
    """What is asked for beside the findings and made of them: the counts by rule, the review sheet."""

    def __init__(self, out: Out) -> None:
        self.statistics = _statistics(out)
        self.review = _review(out)

    def counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings, counted as they pass."""
        counting = [each for each in (self.statistics, self.review) if each is not None]
        for one in findings:
            for each in counting:
                each.add(one)
            yield one


def behind(run: Run, counts: Counts) -> dict[str, Any]:
    """What stands behind the findings, when all are known."""
    known, statistics, review = run.compared, counts.statistics, counts.review
    data: dict[str, Any] = {**lists(run)}
    if known is not None:
        data["baseline"] = compared(known)
    if statistics is not None:
        data["statistics"] = statistics.build()
    if review is not None:
        data["review"] = review.build(run)
    return data | {"summary": summary(run)}


def lists(run: Run) -> dict[str, list[dict[str, Any]]]:
    """What stands beside the findings: all that was left out, and the changes."""
    left = run.coverage
    files = {name: [missed(one) for one in getattr(left, name)] for name in FILES}
    return {
        **files,
        "not_checked": [unchecked(one) for one in left.not_checked],
        "applied": [change(one) for one in run.applied],
        "refused": [change(one) for one in run.refused],
    }


def summary(run: Run) -> dict[str, Any]:
    """All counts; those of the lists of what was left out bear their names."""
    left = {name: len(getattr(run.coverage, name)) for name in (*FILES, "not_checked")}
    return asdict(run.summary) | left


def missed(one: Missed) -> dict[str, Any]:
    """A file that was not read or written, and why."""
    return {"path": one.path, "reason": one.why.zh, "reason_en": one.why.en, "code": one.code}


def unchecked(one: Unchecked) -> dict[str, Any]:
    """A form that was not judged, and why."""
    place = one.form.place
    return {
        "path": place.path,
        **place.numbers(),
        "project": one.form.project,
        "reason": one.why.zh,
        "reason_en": one.why.en,
    }


def _review(out: Out) -> Review | None:
    """What counts the findings where the review sheet is asked for."""
    if not out.review:
        return None
    from .review import Review

    return Review()


def _statistics(out: Out) -> Statistics | None:
    """What counts the findings by rule where that is asked for."""
    if not out.statistics:
        return None
    from .statistics import Statistics

    return Statistics()


def _text(data: object, indent: int | None) -> str:
    """JSON text that stands `indent` blanks deep, or on one line."""
    if indent is None:
        return escaped(json.dumps(data, ensure_ascii=False))
    text = escaped(json.dumps(data, ensure_ascii=False, indent=STEP))
    return text.replace("\n", "\n" + " " * indent)


def build(one: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "code": one.code,
        "name": one.name,
        "title": one.title.zh,
        "title_en": one.title.en,
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


def change(one: Made) -> dict[str, Any]:
    """A change that a fix made, or that was left out and why."""
    place = one.change.place
    shape = {
        "code": one.code,
        "path": place.path,
        **place.numbers(),
        "before": one.before,
        "after": one.change.text,
    }
    return shape | ({"reason": one.why.zh, "reason_en": one.why.en} if one.why else {})


def compared(known: Compared) -> dict[str, Any]:
    """What became of the findings of a baseline."""
    return {
        "mended": [asdict(one) for one in known.mended],
        "left": [asdict(one) for one in known.left],
        "new": known.new,
        "absent": list(known.absent),
    }


def fix(one: Finding) -> dict[str, Any] | None:
    """The edits that mend it, None where there are none."""
    if not one.changes or one.safety is None:
        return None
    edits = [{**change.place.lines(), "text": change.text} for change in one.changes]
    return {"safety": str(one.safety), "edits": edits}
