"""How a form was read is recorded, said by `convert -v`, and can be switched off by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.forms.layouts import LAYOUTS, LAYOUTS_APART
from tests.forms.records import some

from jxmb import reader
from jxmb.cli import main
from jxmb.cli.converting.tracing import NAMES
from jxmb.model import Project
from jxmb.source import Source

WAYS = {
    "plain/tabs": ("", ()),
    "plain/lines": ("loose", ("in sequence",)),
    "plain/layout": ("loose", ("on the page",)),
    "wide/tabs-centred": ("visual rows", ("on the page",)),
}


def _form(name: str, without: frozenset[str] = frozenset()) -> Project:
    layout = {**LAYOUTS, **LAYOUTS_APART}[name]
    return reader.parse(Source(layout(some(1)).text), without).projects[0]


@pytest.mark.parametrize("name", WAYS)
def test_a_form_says_how_it_was_read(name: str) -> None:
    trace = _form(name).trace

    condition, rivals = WAYS[name]
    assert trace.condition == condition
    assert tuple(one.name for one in trace.rivals)[: len(rivals)] == rivals
    assert all(0 <= one.worth <= 1 for one in trace.rivals)


def test_every_name_is_said_in_chinese() -> None:
    assert set(NAMES) == reader.steps()


@pytest.mark.parametrize("name", sorted(reader.steps()))
def test_what_is_switched_off_is_not_done(name: str) -> None:
    for layout in WAYS:
        trace = _form(layout, frozenset({name})).trace
        assert name not in {trace.condition, *trace.steps, *(one.name for one in trace.rivals)}


def test_convert_says_it_on_standard_error(tmp_path: Path) -> None:
    file = tmp_path / "form.txt"
    file.write_text(LAYOUTS_APART["plain/lines"](some(1)).text, encoding="utf-8")
    runner = CliRunner()

    english = runner.invoke(main, ["--lang", "en", "convert", str(file), "-v"])
    chinese = runner.invoke(main, ["--lang", "zh", "convert", str(file), "-v"])

    assert "cells lost (loose); read in sequence 1.00" in english.stderr
    assert "单元格丢失（单元格散落）；读法 逐格顺读 1.00" in chinese.stderr
    assert english.stdout == runner.invoke(main, ["convert", str(file)]).stdout
