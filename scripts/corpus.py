#!/usr/bin/env python3
"""List how often each rule fires over files and folders: `python scripts/corpus.py [PATH...]`.

Without a path: the samples, the texts in the rules' pages and the clean forms that the tests print.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from jxmb.engine import Checks, File, Verdict, check, check_facts, check_file  # noqa: E402
from jxmb.rules import load, page  # noqa: E402
from jxmb.source import Source  # noqa: E402

SUFFIXES = {".txt", ".md", ".tsv", ".csv", ".html", ".htm"}
OFTEN = 0.8  # share of forms at which a rule fires on nearly everything
RARE = 5  # forms below which a share says nothing


class Group(NamedTuple):
    """Verdicts of one kind of text."""

    name: str
    verdicts: Iterable[Verdict]


def files(path: Path, checks: Checks) -> Iterator[Verdict]:
    """The verdicts on a file, or on all texts in a folder."""
    texts = sorted(path.rglob("*")) if path.is_dir() else [path]
    for text in texts:
        if text.is_file() and (text == path or text.suffix.lower() in SUFFIXES):
            yield from check_file(File(text, str(text)), checks)


def pages(checks: Checks) -> Iterator[Verdict]:
    """The verdicts on the texts in the rules' pages, bad and good."""
    for rule in load():
        blocks = page(rule.name).split("```text\n")[1:]
        for block in blocks:
            yield from check(Source(block.split("```")[0]), checks)


def clean(checks: Checks) -> Iterator[Verdict]:
    """The verdicts on the forms of the tests that a careful reviewer would sign."""
    from tests.forms.layouts import LAYOUTS
    from tests.forms.records import clean as records

    for layout in ("plain/tabs", "wide/html"):
        for record in records():
            yield from check(Source(LAYOUTS[layout]([record]).text), checks)


def groups(paths: list[str], checks: Checks) -> list[Group]:
    """What is looked at."""
    if paths:
        return [Group(path, files(Path(path), checks)) for path in paths]
    return [
        Group("samples", files(ROOT / "samples", checks)),
        Group("pages", pages(checks)),
        Group("clean", clean(checks)),
    ]


def tally(verdicts: Iterable[Verdict], checks: Checks) -> tuple[int, Counter[str]]:
    """How many forms there are, and in how many of them each rule fires; rules across forms count findings."""
    counts: Counter[str] = Counter()
    facts = []
    for verdict in verdicts:
        counts.update({finding.code for finding in verdict.findings})
        if verdict.fact is not None:
            facts.append(verdict.fact)
    counts.update(finding.code for finding in check_facts(facts, checks))
    return len(facts), counts


def main(paths: list[str]) -> int:
    """Print one line a rule: in how many forms of each group it fires."""
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        sys.stderr.write(f"no such path: {', '.join(missing)}\n")
        return 2
    checks = Checks(load())
    found = [(group.name, *tally(group.verdicts, checks)) for group in groups(paths, checks)]
    write = sys.stdout.write
    write("rule".ljust(40) + "".join(f"{Path(name).name:>14}" for name, _, _ in found) + "\n")
    write("forms".ljust(40) + "".join(f"{forms:14}" for _, forms, _ in found) + "\n")
    for rule in load():
        numbers = [counts[rule.code] for _, _, counts in found]
        row = f"{rule.code} {rule.name} ({rule.severity})".ljust(40)
        write(row + "".join(f"{number:14}" for number in numbers) + remark(rule.code, found) + "\n")
    return 0


def remark(code: str, found: list[tuple[str, int, Counter[str]]]) -> str:
    """What asks for a look: a rule that fires nowhere but in its page, or on nearly everything."""
    rest = [(forms, counts[code]) for name, forms, counts in found if name != "pages"]
    if not any(number for _, number in rest):
        return "  never"
    often = any(forms >= RARE and number >= OFTEN * forms for forms, number in rest)
    return "  nearly always" if often else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
