#!/usr/bin/env python3
"""List how often each rule fires over files and folders: `python scripts/corpus.py [PATH...]`.

Without a path: the samples, the texts in the rules' pages, the clean forms that the tests print, and the same
with a mistake planted in each. What asks for a look is marked: a rule that fires nowhere, only where its mistake
was planted, or on nearly everything; where that is as it should be, the reason stands beside it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from jxmb.lint.engine import Checks, File, Verdict, check, check_facts, check_file
from jxmb.model.facts import Facts
from jxmb.rules import load, page
from jxmb.source import Source

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SUFFIXES = {".txt", ".md", ".tsv", ".csv", ".html", ".htm"}
OFTEN = 0.8  # share of forms at which a rule fires on nearly everything
RARE = 5  # forms below which a share says nothing
OWN = ("pages", "planted")  # texts made for a rule
PLANTED_IN = 3  # forms in which each mistake is planted

# Rules that are rare or frequent for a reason.
RARE_SLIP = "a slip of typing that real forms have now and then"
CONTRADICTION = "the form contradicts itself: rare, and an error wherever it is"
EXPLAINED = {
    "JX001": "needs a file that is no text",
    "JX002": "needs a text without a form",
    "JX003": "needs a rule that crashes",
    "JX004": "needs a text that stops inside a form",
    "JX005": "needs a header whose cells ran together",
    **{f"JX{number:03}": "needs a document" for number in range(6, 11)},
    "JX011": "needs a form that nobody filled in",
    "JX115": "needs a text of which much was lost",
    "JX302": "some OCR reads ≥ as 2; kept to rates above 200% and figures that the goal has",
    "JX306": RARE_SLIP,
    "JX307": "most offices leave the sign out: a remark, once a form",
    "JX315": "template marks in a target are filled in before a form is published",
    "JX317": RARE_SLIP,
    "JX318": RARE_SLIP,
    "JX319": RARE_SLIP,
    "JX612": CONTRADICTION,
    "JX613": CONTRADICTION,
    "JX622": CONTRADICTION,
    "JX623": CONTRADICTION,
    **{
        f"JX8{number:02}": "needs the columns of weights or of a self-evaluation"
        for number in range(1, 18)
    },
    "JX627": "work that recurs is filed as 延续项目 from January on: a remark, once a form",
    "JX628": CONTRADICTION,
    "JX631": CONTRADICTION,
    "JX907": "needs the projects of a department that split one",
}


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


def planted(checks: Checks) -> Iterator[Verdict]:
    """The verdicts on clean forms with one mistake each."""
    from tests.forms.planting import PLANTS, plant
    from tests.forms.records import some

    for code in PLANTS:
        for record in some(PLANTED_IN):
            if (one := plant(code, record)) is not None:
                for text in one.texts:
                    yield from check(Source(text), checks)


def groups(paths: list[str], checks: Checks) -> list[Group]:
    """What is looked at."""
    if paths:
        return [Group(path, files(Path(path), checks)) for path in paths]
    return [
        Group("samples", files(ROOT / "samples", checks)),
        Group("pages", pages(checks)),
        Group("clean", clean(checks)),
        Group("planted", planted(checks)),
    ]


def tally(verdicts: Iterable[Verdict], checks: Checks) -> tuple[int, Counter[str]]:
    """How many forms there are, and in how many of them each rule fires; rules across forms count findings."""
    counts: Counter[str] = Counter()
    facts, forms = Facts(), 0
    for verdict in verdicts:
        counts.update({finding.code for finding in verdict.findings})
        forms += verdict.form is not None
        if verdict.fact is not None:
            facts.append(verdict.fact)
    counts.update(finding.code for finding in check_facts(facts, checks))
    return forms, counts


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
    """What asks for a look, and the reason where there is one."""
    rest = [(forms, counts[code]) for name, forms, counts in found if name not in OWN]
    made = any(counts[code] for name, _, counts in found if name == "planted")
    often = any(forms >= RARE and number >= OFTEN * forms for forms, number in rest)
    seen = any(number for _, number in rest)
    word = "nearly always" if often else "" if seen else "planted only" if made else "never"
    return f"  {word}" + (f": {EXPLAINED[code]}" if code in EXPLAINED else "") if word else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
