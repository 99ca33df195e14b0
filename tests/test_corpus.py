"""The corpus report counts the forms in which a rule fires."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "scripts" / "corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_forms_are_counted_not_findings(
    corpus: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert corpus.main([str(ROOT / "samples")]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}

    assert lines["forms"].split()[-1] == "17"
    assert lines["JX301"].split()[-1] == "4"
    assert "nearly always: most offices" in lines["JX307"]
    assert lines["JX621"].endswith("never")


def test_a_missing_path_is_said(corpus: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus.main(["no/such/folder"]) == 2
    assert "no/such/folder" in capsys.readouterr().err


def test_every_rule_that_fires_nowhere_is_explained(
    corpus: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert corpus.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    odd = [line for line in lines if "  never" in line or "  nearly always" in line]
    assert not [line for line in odd if ": " not in line]
