"""Every renderer at every width, whatever it is given: it ends, nothing escapes, and nothing harmful is said."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.test_cli import GARBLED
from tests.test_report import FINDING, Done, summary
from tests.test_visible import FORM, offences

from jxmb import rules
from jxmb.cli import main
from jxmb.findings import Finding, Run, Words
from jxmb.lint.engine import File
from jxmb.lint.run import Run as Running
from jxmb.lint.settings.configuration import Configuration
from jxmb.report import FORMATS, Out, load
from jxmb.report.excerpt import fold
from jxmb.source import Place, Source

SEEDED = settings(
    max_examples=80,
    phases=(Phase.explicit, Phase.generate),
)
WRITTEN = [name for name in FORMATS if not load(name).BINARY]
WIDTHS = st.integers(0, 200)
# Commands, escapes and marks among characters of every kind, surrogates and wide ones too.
WORDS = (
    "::error::",
    "##vso[",
    "##[",
    "##teamcity[",
    "\x1b[31m",
    "\u202e",
    "\n",
    "\r",
    "\ud800",
    "\udcff",
    "指标",
)
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=8) | st.characters(), max_size=6).map(
    "".join
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding about any text at any place."""
    words = Words(draw(TEXTS), draw(TEXTS))
    start, end = sorted((draw(st.integers(1, 40)), draw(st.integers(1, 40))))
    place = Place(draw(TEXTS), draw(st.integers(1, 10**7)), start, draw(st.integers(1, 10**7)), end)
    return replace(
        FINDING,
        message=words,
        reason=words,
        remedy=words,
        place=place,
        excerpt=draw(TEXTS).replace("\n", " "),
        excerpt_column=draw(st.integers(1, 40)),
        project=draw(TEXTS),
        where=tuple(draw(st.lists(TEXTS, max_size=3))),
        also=(place,),
    )


def drawn(run: Run, found: list[Finding], name: str, width: int, color: bool, review: bool) -> str:
    """A report as it is written."""
    out = io.StringIO()
    load(name, review=review).render(run, iter(found), Out(out, color, width, review))
    return out.getvalue()


def meant(name: str, text: str) -> str:
    """A report without the commands that one for GitHub is made of: one at the head of each of its lines."""
    if name != "github":
        return text
    return re.sub(r"^::(?:error|warning|notice) file=[^:\n]*::", "said: ", text, flags=re.MULTILINE)


def uncolored(text: str) -> str:
    """A report without the escapes that `full` and `concise` themselves write."""
    pieces = text.split("\x1b[")
    return pieces[0] + "".join(piece.partition("m")[2] for piece in pieces[1:])


@SEEDED
@given(st.lists(findings(), max_size=3), WIDTHS, st.booleans(), st.sampled_from(("zh", "en")))
def test_any_finding_at_any_width(found, width, color, lang):
    run = Done(summary(errors=len(found)), lang)
    for name in WRITTEN:
        text = drawn(run, found, name, width, color, review=False)
        assert offences(meant(name, uncolored(text) if color else text)) == []
        if name == "concise":
            assert text.count("\n") == len(found) + 1
        if name == "json":
            said = [one["project"] for one in json.loads(text)["findings"]]
            assert list(map(paired, said)) == [paired(one.project) for one in found]


def paired(text: str) -> bytes:
    """A text in which two halves of a character are one, as JSON has them."""
    return text.encode("utf-16", "surrogatepass")


@SEEDED
@given(TEXTS, st.integers(0, len(FORM)), WIDTHS)
@example("", 0, 0)
@example("", 0, 3)
def test_any_text_in_every_renderer(text, at, width):
    source = Source(FORM[:at] + text + FORM[at:], "目标表\ud800.txt")
    for review in (False, True):
        for name in WRITTEN:
            run = Running(Configuration(rules.load(), isolated=True), keep_forms=True, draw=True)
            found = list(run.check_source(source, File(Path("a.txt"), source.path)))
            assert "JX003" not in {one.code for one in found}
            said = drawn(run, found, name, width, color=False, review=review)
            assert offences(meant(name, said)) == []


SHREDS = (
    "绩效目标表\n设\n 安装路灯等设备，成立的专\n目标 | 产业",
    "一级 | 二级指标 | 三级  新增\n|款  （万元 | |\n 库  6月30 日                时效指标\n",
    "",
    "\ufeff",
    "\ud800",
    "::error::\n##[x",
)


@pytest.mark.parametrize("text", SHREDS)
def test_shreds_of_a_form(text):
    source = Source(text, "::error\n.txt")
    for name in WRITTEN:
        run = Running(Configuration(rules.load(), isolated=True), keep_forms=True, draw=True)
        found = list(run.check_source(source, File(Path("a.txt"), source.path)))
        assert found and "JX003" not in {one.code for one in found}
        assert offences(meant(name, drawn(run, found, name, 0, color=False, review=False))) == []


@SEEDED
@given(TEXTS, WIDTHS)
def test_a_folded_text_is_whole(text, width):
    lines = list(fold(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= max(width, 2) for line in lines)


@pytest.mark.parametrize(
    "columns", ["0", "1", "2", "3", "19", "20", "200", "", "-1", "x", "9" * 5000, "２０"]
)
def test_any_number_of_columns(tmp_path, monkeypatch, columns):
    monkeypatch.chdir(tmp_path)
    Path("form.txt").write_text(FORM + GARBLED, encoding="utf-8")
    for call in (["check", "--show", "info", "--format", "full", "form.txt"], ["check", "--help"]):
        done = CliRunner(env={"COLUMNS": columns}).invoke(main, call)
        assert isinstance(done.exception, SystemExit | None)
        assert offences(done.output) == []
