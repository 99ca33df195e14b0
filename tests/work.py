"""What many tests ask: the forms of a text, fixes put into one, and how much work a call does, counted."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import regex

from jxmb import reader
from jxmb.findings import Finding
from jxmb.lint import fix
from jxmb.model import Project
from jxmb.source import Source


def projects(text: str) -> list[Project]:
    """The forms of a text."""
    return [one for one in reader.read(Source(text)) if isinstance(one, Project)]


def only(text: str) -> Project:
    """The one form of a text."""
    (project,) = projects(text)
    return project


def pairs(project: Project) -> list[tuple[str, str]]:
    """Name and target of each indicator."""
    return [(one.name.text, one.target.text) for one in project.indicators]


def rows(text: str) -> list[tuple[str | None, str | None, str, str]]:
    """Level 1, level 2, name and target of each indicator of the one form in a text."""
    return [
        (one.level1.value, one.level2.value, one.name.text, one.target.text)
        for one in only(text).indicators
    ]


def apply(source: Source, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """One pass of fixes: the new text, and the findings whose changes are in it."""
    settled = fix._settled(source, findings)
    return fix._joined(source.text, fix._edits(settled)), [one.finding for one in settled]


def steps(run: Callable[[], object]) -> int:
    """The bytecodes that a call runs, in all that it calls; loops inside C are not seen."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def seen(pattern: re.Pattern[str] | regex.Pattern[str], text: str) -> int:
    """The characters that a search over a text without a match goes over, from each place where it may begin.

    A partial match is as long as what was consumed before the text ended; what fails earlier costs one.
    """
    partly = regex.compile(pattern.pattern)
    total = 0
    for at in range(len(text)):
        found = partly.match(text, at, partial=True)
        total += len(found[0]) if found else 1
    return total


def growth(measure: Callable[[int], int], size: int) -> float:
    """How many times the work for the next part grows as the parts double: 2 is linear, 4 quadratic.

    What is done once, whatever the size, cancels out.
    """
    measure(size)  # what is done once in a process is done
    first, second, third = (measure(times * size) for times in (1, 2, 4))
    return (third - second) / max(1, second - first)
