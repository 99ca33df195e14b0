"""How often each rule found something, the most frequent first, in place of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from ..deferred import dataclass
from ..findings import Finding, Run, Safety, Severity, Words
from ..visible import Harmless, visible
from . import Out
from .concise import colored
from .wording import MARK, Wording, fixable

BINARY = FORMS = False


@dataclass(slots=True)
class Counted:
    """What a rule found: how much, how grave at most, how much of it a fix mends, safely or as a guess."""

    name: str
    title: Words
    severity: Severity
    count: int = 0
    fixes: Counter[Safety] = field(default_factory=Counter)

    def build(self, code: str) -> dict[str, Any]:
        """As plain data."""
        return {
            "code": code,
            "name": self.name,
            "title": self.title.zh,
            "title_en": self.title.en,
            "severity": str(self.severity),
            "count": self.count,
            "fixable": {str(safety): self.fixes[safety] for safety in Safety},
        }


class Statistics:
    """The findings of a run, counted by rule as they pass."""

    def __init__(self) -> None:
        self.rules: dict[str, Counted] = {}

    def add(self, one: Finding) -> None:
        """Count a finding."""
        counted = self.rules.setdefault(one.code, Counted(one.name, one.title, one.severity))
        counted.severity = min(counted.severity, one.severity, key=lambda level: level.rank)
        counted.count += 1
        if (safety := fixable(one)) is not None:
            counted.fixes[safety] += 1

    def listed(self) -> list[tuple[str, Counted]]:
        """Codes with their counts, the most frequent first."""
        return sorted(self.rules.items(), key=lambda pair: (-pair[1].count, pair[0]))

    def build(self) -> list[dict[str, Any]]:
        """As plain data."""
        return [counted.build(code) for code, counted in self.listed()]


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """``14  JX301 [*] title`` a line, then the summary."""
    wording, stream = Wording(run.lang), Harmless(out.stream, out.color)
    statistics = Statistics()
    shown: Counter[Severity] = Counter()
    marked: Counter[Safety] = Counter()
    for one in findings:
        statistics.add(one)
        shown[one.severity] += 1
        if (safety := fixable(one)) is not None:
            marked[safety] += 1
    listed = statistics.listed()
    widest = max((len(str(counted.count)) for _, counted in listed), default=0)
    for code, counted in listed:
        mark = f" {MARK}" if counted.fixes else ""
        kind = colored(code, counted.severity, out)
        title = visible(wording.of(counted.title))
        stream.write(f"{counted.count:>{widest}}  {kind}{mark} {title}\n")
    if not out.quiet:
        stream.write(wording.summary(run, shown, marked) + "\n")
