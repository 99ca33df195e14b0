"""The order of files, forms and rules changes nothing that is read or found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.layouts import LAYOUTS
from tests.forms.planting import PLANTS, plant
from tests.forms.records import some

from jxmb import reader
from jxmb.findings import Finding
from jxmb.lint import engine
from jxmb.lint.engine import Checks, File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.rules import load
from jxmb.source import Source

RECORDS = some(6)
SHARP = [one.code for one in load() if one.silences and one.code in PLANTS]
PLANTED = [
    found.texts[0]
    for code in dict.fromkeys((*SHARP, *PLANTS[::3]))
    if (found := plant(code, RECORDS[0])) is not None
]
FEW = settings(max_examples=12)


def told(findings: list[Finding]) -> Counter[tuple[object, ...]]:
    """What is said of which project, wherever it stands; of a group across forms, whichever is first."""
    return Counter(
        (one.code, one.severity, one.where, one.message.zh, one.project)
        for one in findings
        if not one.code.startswith("JX9")
    )


@FEW
@given(st.permutations(range(len(RECORDS))))
def test_of_forms(order: list[int]) -> None:
    """Each form is read the same, and the same is found in it."""

    def read(records: list[Any]) -> tuple[set[str], Counter[tuple[object, ...]]]:
        text = LAYOUTS["wide/pipes-bare"](records).text
        forms = reader.parse(Source(text)).projects
        shown = {str([(i.where, i.target.text) for i in one.indicators]) for one in forms}
        verdicts = engine.check(Source(text), Checks(load()))
        return shown, told([one for verdict in verdicts for one in verdict.findings])

    assert read([RECORDS[at] for at in order]) == read(list(RECORDS))


@FEW
@given(st.permutations(range(8)))
def test_of_files(order: list[int]) -> None:
    """The same is found in each file, and across them as many groups."""

    def found(texts: list[str]) -> tuple[Counter[tuple[object, ...]], Counter[str]]:
        files = [
            File(Path(f"{hash(one)}.txt"), f"{hash(one)}.txt", data=one.encode()) for one in texts
        ]
        every = list(Run(Configuration(load(), isolated=True)).check(files))
        across = Counter(one.code for one in every if one.code.startswith("JX9"))
        return told(every), across

    texts = PLANTED[:8]
    assert found([texts[at] for at in order]) == found(texts)


@FEW
@given(st.sampled_from(PLANTED), st.permutations(range(len(load()))))
def test_of_rules(text: str, order: list[int]) -> None:
    """A rule knows nothing of those that are asked before it."""
    assert said(text, [load()[at] for at in order]) == said(text, load())


def test_of_rules_backwards() -> None:
    """Who silences whom is the same where the other is asked first."""
    for text in PLANTED:
        assert said(text, load()[::-1]) == said(text, load())


def said(text: str, rules: Sequence[Any]) -> Counter[tuple[object, ...]]:
    """What these rules say of a text, asked in this order."""
    verdicts = engine.check(Source(text), Checks(tuple(rules), strict=True))
    return told([one for verdict in verdicts for one in verdict.findings])
