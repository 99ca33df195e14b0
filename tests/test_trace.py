"""How a form was read is recorded, said by `convert -v`, and can be switched off by name.

For each name `data/ways` has a text that is read in this way, and otherwise once it is switched off.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jxmb import reader
from jxmb.cli import main
from jxmb.cli.interface.ways import NAMES
from jxmb.export import records
from jxmb.model.document import Document
from jxmb.model.repairs import Kind
from jxmb.rules import load
from jxmb.source import Source

WAYS = {
    path.stem.replace("_", " "): path
    for path in (Path(__file__).parent / "data" / "ways").glob("*.txt")
}


def _read(name: str, *off: str) -> Document:
    return reader.parse(Source(WAYS[name].read_text(encoding="utf-8")), frozenset(off))


def _named(document: Document) -> set[str]:
    """All that the traces of these forms name."""
    traces = [one.trace for one in document.projects]
    rivals = [one.name for trace in traces for one in trace.rivals]
    return {name for trace in traces for name in (trace.condition, *trace.steps)} | {*rivals}


def _forms(document: Document) -> Any:
    return records.build([document])["documents"][0]["forms"]


def test_every_name_has_a_text_and_is_said_in_chinese() -> None:
    assert set(WAYS) == reader.steps()
    assert set(NAMES) == reader.steps()


@pytest.mark.parametrize("name", sorted(NAMES))
def test_explain_says_what_a_name_means(name: str) -> None:
    asked = [("en", name, NAMES[name].means.en), ("zh", NAMES[name].zh, NAMES[name].means.zh)]
    for lang, word, means in asked:
        told = CliRunner().invoke(main, ["--lang", lang, "explain", word]).output
        assert told.startswith(f"# {word} ·")
        assert means in told


def test_no_name_is_that_of_a_rule() -> None:
    assert {one.name for one in load()}.isdisjoint(name.replace(" ", "-") for name in NAMES)


@pytest.mark.parametrize("name", sorted(WAYS))
def test_a_form_says_how_it_was_read(name: str) -> None:
    found = _read(name)

    assert name in _named(found)
    assert _named(found) - {""} <= reader.steps()
    assert all(0 <= one.worth <= 1 for form in found.projects for one in form.trace.rivals)


@pytest.mark.parametrize("name", sorted(WAYS))
def test_what_is_switched_off_is_not_done(name: str) -> None:
    found = _read(name, name)

    assert name not in _named(found)
    assert _forms(found) != _forms(_read(name))


def test_convert_says_it_on_standard_error(tmp_path: Path) -> None:
    file = tmp_path / "form.txt"
    file.write_text(WAYS["in sequence"].read_text(encoding="utf-8"), encoding="utf-8")
    runner = CliRunner()

    english = runner.invoke(main, ["--lang", "en", "convert", str(file), "-v"])
    chinese = runner.invoke(main, ["--lang", "zh", "convert", str(file), "-v"])

    assert "cells lost (loose); read in sequence 1.00" in english.stderr
    assert "单元格丢失（单元格散落）；读法 逐格顺读 1.00" in chinese.stderr
    assert english.stdout == runner.invoke(main, ["convert", str(file)]).stdout


def test_every_kind_of_repair_is_made_somewhere() -> None:
    sources = Path(reader.__file__).parent.parent.rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert [kind for kind in Kind if f"Repair(Kind.{kind.name}" not in text] == []
