"""Markdown: a table a file, for comments on merge requests and for notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from .. import deferred
from ..findings import Finding, Run, Severity, Words
from ..visible import markup, visible
from . import Out
from .wording import SEVERITIES, Wording, path_through

BINARY = FORMS = False
TITLE = Words("# 绩效目标表检查结果", "# Performance target forms: findings")
HEADS = (
    Words("位置", "Place"),
    Words("级别", "Severity"),
    Words("规则", "Rule"),
    Words("问题", "Finding"),
    Words("怎么改", "Help"),
)
MARKS = deferred.re(r"([\\`*_{}\[\]()#+!|~-])")


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """A heading and a table for each file, then the summary."""
    wording = Wording(run.lang)
    shown: Counter[Severity] = Counter()
    out.stream.write(f"{wording.of(TITLE)}\n")
    head = f"| {' | '.join(wording.of(one) for one in HEADS)} |\n|{' --- |' * len(HEADS)}\n"
    for path, group in groupby(findings, lambda one: one.place.path):
        out.stream.write(f"\n## {text(path)}\n\n{head}")
        for one in group:
            shown[one.severity] += 1
            out.stream.write(row(one, wording))
    out.stream.write(f"\n{text(wording.summary(run, shown))}\n")


def row(one: Finding, wording: Wording) -> str:
    """A finding as a row of the table."""
    place = wording.spot(one.place).removeprefix(f"{visible(one.place.path)}:")
    said = f"{text(wording.message(one))}"
    if one.where:
        said += f"<br>{text(path_through(one.where))}"
    cells = (
        text(place),
        wording.of(SEVERITIES[one.severity]),
        f"{one.code} {text(wording.of(one.title))}",
        said,
        text(wording.of(one.remedy)),
    )
    return f"| {' | '.join(cells)} |\n"


def text(said: str) -> str:
    """A text that is neither markup nor HTML."""
    return MARKS.sub(r"\\\1", markup(visible(said)))
