"""A rule that is not asked has nothing to say: all rules run both ways, with and without a glance at the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.forms.damage import DAMAGES
from tests.forms.layouts import LAYOUTS, LAYOUTS_APART
from tests.forms.planting import PLANTS, plant
from tests.forms.records import some

from jxmb import policies, reader, rules
from jxmb.lint.engine import Checks, examine
from jxmb.model import Project
from jxmb.rules.base import Context, Limits
from jxmb.source import Note, Source

RULES = rules.load()
GLANCING = [rule for rule in RULES if rule.when is not None]
GLANCED = Checks(RULES, strict=True)
ASKED = Checks(tuple(replace(rule, when=None) for rule in RULES), strict=True)
RECORDS = some(len(DAMAGES))
EVERY = {**LAYOUTS, **LAYOUTS_APART}
PAGES = Path(rules.__file__).parent / "pages"
SAMPLE = Path(__file__).parent.parent / "samples" / "forms-2022.txt"


# What a document must tell of its reading for a rule to be asked: no text of a page can.
TOLD = {"JX007": "formula", "JX008": "revision", "JX010": "ocr"}


def projects(text: str, *notes: Note) -> Iterator[Project]:
    source = Source(text, notes=notes)
    return (thing for thing in reader.read(source) if isinstance(thing, Project))


def agree(text: str) -> None:
    for project in projects(text):
        assert examine(project, GLANCED).findings == examine(project, ASKED).findings


def pages() -> Iterator[tuple[str, str]]:
    for path in PAGES.glob("*.md"):
        for text in path.read_text(encoding="utf-8").split("```text\n")[1:]:
            yield path.stem, text.split("```")[0]


def test_on_the_samples() -> None:
    agree(SAMPLE.read_text(encoding="utf-8"))


def test_on_the_pages_of_the_rules() -> None:
    for _, text in pages():
        agree(text)


@pytest.mark.parametrize("code", PLANTS)
def test_on_planted_mistakes(code: str) -> None:
    for record in RECORDS[:8]:
        if planted := plant(code, record):
            for text in planted.texts:
                agree(text)


@pytest.mark.parametrize("layout", EVERY)
def test_on_every_layout_whole_and_damaged(layout: str) -> None:
    agree(EVERY[layout](RECORDS[:2]).text)
    for (_, damage), record in zip(DAMAGES.items(), RECORDS, strict=True):
        if damage.fits(layout):
            agree(damage.apply(EVERY[layout], (record,))[0].decode("utf-8", "replace"))


MARKS = "≥≤＞<=》《〈9０1０.．,，:：;；（(）)%％﹪万亿百元月日年至-～以上内不超过约一二两 \u3000\u200b*Xx_？…&<>é锟鏁甲次个人"
CELL = st.text(MARKS, min_size=1, max_size=9)


@example([("两%", "两%")], "1")  # a figure without a digit is no figure in a name
@settings(max_examples=150)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), CELL)
def test_on_cells_of_marks(cells: list[tuple[str, str]], goal: str) -> None:
    rows = "".join(f"产出指标\t数量指标\t{name}\t{target}\n" for name, target in cells)
    agree(
        "项目支出绩效目标表\n项目名称\t甲项目\n年度资金总额\t12\n"
        f"年度目标\t{goal}\n一级指标\t二级指标\t三级指标\t指标值\n{rows}"
    )


@pytest.mark.parametrize("rule", GLANCING, ids=lambda rule: rule.code)
def test_a_glance_tells_forms_apart(rule: rules.AnyRule) -> None:
    """It lets the rule speak on its own page, and spares it on most clean forms."""
    own = [text for name, text in pages() if name == rule.name]
    clean = [EVERY["plain/tabs"]((record,)).text for record in RECORDS]
    notes = (Note(TOLD[rule.code], 0),) if rule.code in TOLD else ()
    asked = [
        [
            rule.when(Context(policies.load(project.policy), Limits(), project))
            for text in texts
            for project in projects(text, *notes)
        ]
        for texts, notes in ((clean if notes else own, notes), (clean, ()))
    ]
    assert any(asked[0])
    assert not all(asked[1])
