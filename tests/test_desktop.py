"""What happens to files that are dropped on the program, and to who clicks on it twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jxmb.cli import desktop

SAMPLE = Path(__file__).parent.parent / "samples" / "form-2024.docx"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was asked to open."""
    found: list[str] = []
    monkeypatch.setattr(desktop.webbrowser, "open", found.append)
    return found


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as end:
        desktop.main(args)
    return int(end.value.code or 0)


def test_dropped_files_are_checked_and_the_report_is_opened(opened, capsys, tmp_path) -> None:
    form = tmp_path / "目标表.docx"
    form.write_bytes(SAMPLE.read_bytes())
    assert run(str(form)) == 1  # it has an error
    said = capsys.readouterr().out
    assert "JX301" in said and "审核报告：" in said
    (uri,) = opened
    report = Path(said.partition("审核报告：")[2].strip())
    assert report.as_uri() == uri and "JX301" in report.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["目标表.docx"]


def test_a_double_click_says_what_to_do(opened, capsys) -> None:
    assert run() == 0
    assert "拖到本程序的图标上" in capsys.readouterr().out and not opened


def test_with_a_command_it_is_the_command_line(opened, capsys) -> None:
    assert run("--version") == 0
    assert run("explain", "JX301") == 0
    assert "JX301" in capsys.readouterr().out and not opened


def test_a_path_that_is_typed_is_no_drop(opened, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "check").mkdir()
    assert not desktop.are_dropped(["check"])
    assert desktop.are_dropped([str(tmp_path), str(SAMPLE)])
    assert not desktop.are_dropped([str(tmp_path), "--fix"])


def test_what_could_not_be_read_stands_in_the_report(opened, capsys, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    assert run(str(tmp_path / "empty")) == 2
    report = Path(capsys.readouterr().out.partition("审核报告：")[2].strip())
    assert [report.as_uri()] == opened and "empty" in report.read_text(encoding="utf-8")


def test_the_window_closes_at_once_where_nobody_can_press_a_key() -> None:
    code = "from jxmb.cli.desktop import main; main([])"
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, timeout=60
    )
    assert done.returncode == 0 and "回车".encode() not in done.stdout
