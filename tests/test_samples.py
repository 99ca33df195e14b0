"""The documents in samples/ are one form as a file of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from jxmb import parse
from jxmb.cli import main

SAMPLES = Path(__file__).parent.parent / "samples"
PLACES = {
    "docx": "表1 第9行 第4格",
    "doc": "表1 第9行 第4格",
    "xlsx": "Sheet1!D11",
    "xls": "Sheet1!D11",
    "pdf": "第1页 表1 第9行 第4列",
}


@pytest.mark.parametrize(("kind", "place"), PLACES.items(), ids=PLACES)
def test_a_sample_is_checked_as_it_is(kind: str, place: str) -> None:
    file = SAMPLES / f"form-2024.{kind}"
    done = CliRunner().invoke(main, ["check", str(file), "--select=JX301", "--lang=zh"])
    assert done.exit_code == 1 and f"{file}:{place}: 错误 JX301" in done.stdout


@pytest.mark.parametrize("kind", PLACES)
def test_the_samples_say_the_same(kind: str) -> None:
    (project,) = parse(SAMPLES / f"form-2024.{kind}").projects
    assert project.implementer.text == "河港区园林站"
    assert [one.target.text for one in project.indicators] == [
        "》 2公里",
        "≥98%",
        "≥3000人",
        "≥90%",
    ]
    assert project.funding.total.text == "120"


def test_the_readme_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLES.parent)
    call = ["check", "samples/form-2024.docx", "--select", "JX301", "--lang", "en"]
    printed = CliRunner().invoke(main, call).stdout
    readme = Path("README.md").read_text(encoding="utf-8")
    assert f"$ jxmb {' '.join(call)}\n{printed}```" in readme
