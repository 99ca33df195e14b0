"""What a user may not read or write is said, and the rest goes on. Who runs the tests as root loses the right to all."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.test_cli import CLEAN, GARBLED

import jxmb

SOURCE = Path(jxmb.__file__).parent.parent
DROP, OVERRIDE, SEARCH = (
    24,
    1,
    2,
)  # of Linux: prctl, and the rights to read, write and enter whatever the mode is

pytestmark = pytest.mark.posix

Ran = subprocess.CompletedProcess[str]


def _plain() -> None:
    """Give up, for what is run next, the rights that only root has."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for right in (OVERRIDE, SEARCH):
            assert system.prctl(DROP, right, 0, 0, 0) == 0


@pytest.fixture
def desk() -> Iterator[Path]:
    """A folder with forms in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        (folder / "deep").mkdir(parents=True)
        for path, text in (("clean.txt", CLEAN), ("garbled.txt", GARBLED), ("deep/x.txt", CLEAN)):
            (folder / path).write_text(text, encoding="utf-8")
        yield folder
        for path in (folder, folder / "deep"):
            path.chmod(0o755)


def ran(folder: Path, *args: str, code: str = "from jxmb.cli import main; main()") -> Ran:
    """The program run in a folder by a user who may not everything."""
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "JXMB_LANG": "zh", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        preexec_fn=_plain,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def _lock(path: Path, mode: int = 0) -> None:
    path.chmod(mode)


CHECKED: dict[str, tuple[Callable[[Path], None], tuple[str, ...], str]] = {
    "a file in a folder": (lambda d: _lock(d / "clean.txt"), (".",), "clean.txt"),
    "a file that is named": (lambda d: _lock(d / "clean.txt"), ("clean.txt", "garbled.txt"), "clean.txt"),
    "a folder in a folder": (lambda d: _lock(d / "deep"), (".",), "deep"),
    "a folder that is named": (lambda d: _lock(d / "deep"), ("deep", "garbled.txt"), "deep"),
    "a folder that may be listed, not entered": (lambda d: _lock(d / "deep", 0o444), (".",), "deep"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["check", "convert"])
@pytest.mark.parametrize(("lock", "paths", "named"), CHECKED.values(), ids=CHECKED)
def test_what_is_locked_is_named_and_the_others_are_read(
    desk: Path, command: str, lock: Callable[[Path], None], paths: tuple[str, ...], named: str
) -> None:
    lock(desk)
    done = ran(desk, command, *paths)
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert "没有权限" in said or "无权" in said or "权限" in said
    assert any(named in line and "权限" in line for line in said.splitlines())
    assert "garbled.txt" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("check", "."),
        ("settings",),
        ("convert", "."),
        ("accept", ".", "--select", "JX301", "--reason", "已核实"),
    ],
)
def test_settings_that_are_locked_are_one_sentence(desk: Path, args: tuple[str, ...]) -> None:
    settings = desk / "jxmb.toml"
    settings.write_text('show = "info"\n', encoding="utf-8")
    _lock(settings)
    done = ran(desk, *args)
    assert done.returncode == 2
    assert "jxmb.toml" in done.stderr and done.stderr.count("\n") == 1


def test_a_file_that_may_not_be_written_is_not_fixed(desk: Path) -> None:
    _lock(desk / "garbled.txt", 0o444)
    done = ran(desk, "check", "--fix", ".")
    assert done.returncode == 2 and "garbled.txt" in done.stdout
    assert (desk / "garbled.txt").read_text(encoding="utf-8") == GARBLED


def test_in_a_folder_that_may_not_be_written_nothing_is(desk: Path) -> None:
    before = sorted(desk.rglob("*"))
    _lock(desk, 0o555)
    for args in (
        ("check", "--fix", "garbled.txt"),
        ("check", "--write-baseline", "known.json", "garbled.txt"),
        ("convert", "garbled.txt", "-o", "all.json"),
        ("convert", "garbled.txt", "-o", "out/"),
        ("check", "garbled.txt", "--format", "json=found.json"),
        ("accept", "garbled.txt", "--select", "JX301", "--reason", "已核实"),
    ):
        done = ran(desk, *args)
        assert done.returncode == 2, args
        assert "权限" in done.stdout + done.stderr, args
    assert sorted(desk.rglob("*")) == before
    assert (desk / "garbled.txt").read_text(encoding="utf-8") == GARBLED


def test_a_baseline_that_is_locked_is_one_sentence(desk: Path) -> None:
    assert ran(desk, "check", "--write-baseline", "known.json", ".").returncode in (0, 1)
    _lock(desk / "known.json")
    done = ran(desk, "check", "--baseline", "known.json", ".")
    assert done.returncode == 2
    assert "known.json" in done.stderr and done.stderr.count("\n") == 1


def test_a_working_folder_that_was_locked(desk: Path, tmp_path: Path) -> None:
    """Who stands in it may still name what lies elsewhere."""
    path = tmp_path / "form.txt"
    path.write_text(GARBLED, encoding="utf-8")
    locking = "import os; os.chmod('.', 0); from jxmb.cli import main; main()"
    for command, code in (("check", 1), ("convert", 0)):
        desk.chmod(0o755)
        done = ran(desk, command, str(path), code=locking)
        assert done.returncode == code and "form.txt" in done.stdout
    desk.chmod(0o755)
    assert ran(desk, "check", ".", code=locking).returncode == 2
