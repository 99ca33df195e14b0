"""The samples read and judged as they were when a person last looked at the result; `--update` rewrites it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from jxmb.cli import main

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "data" / "golden"
SAMPLES = "samples/forms-2022.txt"
RUNS = {
    "samples.records.json": ("convert", SAMPLES),
    "samples.findings.txt": (
        "check", SAMPLES, "--isolated", "--format", "concise", "--show", "info", "--fail-on", "never", "--lang", "zh",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_the_samples_are_as_in_the_golden(
    name: str, update: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, list(RUNS[name]))
    assert result.exit_code == 0, result.output
    if update:
        (GOLDEN / name).write_text(result.stdout, encoding="utf-8", newline="\n")

    assert result.stdout == (GOLDEN / name).read_text(encoding="utf-8")
