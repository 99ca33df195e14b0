"""Print how often each rule finds the mistake planted for it, and what clean forms raise.

`python -m tests.forms.rules_report [CODES]`; a code that no rule has yet is marked.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import jxmb
from jxmb.findings import Finding, Severity
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.rules import load
from jxmb.source import Source

from .layouts import LAYOUTS
from .planting import PLANTS, Planted, layouts, plant
from .records import FormRecord, clean

CLEAN_LAYOUTS = ("plain/tabs", "wide/html", "tree/tabs", "wide/pipes-bare")


def found(planted: Planted) -> bool:
    """Whether the rule finds the mistake."""
    return any(finding.code == planted.code for finding in _checked(planted.texts))


def _checked(texts: tuple[str, ...]) -> Iterator[Finding]:
    """The findings of one file by itself, of several as a folder."""
    if len(texts) == 1:
        yield from jxmb.check(texts[0])
        return
    run = Run()
    for number, text in enumerate(texts):
        path = f"forms/{number}.txt"
        yield from run.check_source(Source(text, path), File(Path(path), path))
    yield from run.across()


def recall(
    code: str, records: Iterable[FormRecord], layout: str = "", seed: int = 0
) -> tuple[int, list[str]]:
    """How many mistakes of a code were planted in a layout, and the forms in which they were not found."""
    planted = [one for record in records if (one := plant(code, record, layout, seed))]
    return len(planted), [one.record.id for one in planted if not found(one)]


def alarms(record: FormRecord, layout: str) -> list[Finding]:
    """The errors and warnings that a clean form raises."""
    return [
        finding
        for finding in jxmb.check(LAYOUTS[layout]([record]).text)
        if finding.severity is not Severity.INFO
    ]


def main(arguments: list[str]) -> None:
    """Print one line a code, and the alarms of the clean forms by code."""
    write = sys.stdout.write
    known = {rule.code for rule in load()}
    for code in PLANTS:
        if arguments and not code.startswith(tuple(arguments)):
            continue
        if code not in known:
            write(f"{code}  no such rule yet\n")
            continue
        for layout in layouts(code):
            count, missed = recall(code, clean(), layout)
            write(f"{code}  {layout:18} {count - len(missed):3}/{count:<3}  {', '.join(missed)}\n")
    counts: Counter[str] = Counter()
    for layout in CLEAN_LAYOUTS:
        for record in clean():
            for finding in alarms(record, layout):
                counts[finding.code] += 1
                write(f"{layout} {record.id}: {finding.code} {finding.message.zh}\n")
    write(f"alarms on clean forms: {dict(counts)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
