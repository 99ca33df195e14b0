"""What is written, and where: never by surprise, never over an input, whole or not at all, and a sentence where it fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jxmb.cli import group, main
from jxmb.findings import Words, system

FORM = """\
项目支出绩效目标表
项目名称\t古树养护
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护古树\t》 80株
"""
LETTER = "今天下午开会。\n"
ENVIRON = {**os.environ, "JXMB_LANG": "zh"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one form."""
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def jx(*args: str, stdin: bytes | None = None):
    done = CliRunner().invoke(main, args, input=stdin, env={"JXMB_LANG": "zh"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell, where ``jxmb`` is this program."""
    start = f'jxmb() {{ "{sys.executable}" -m jxmb "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", start + line], capture_output=True, env=ENVIRON, timeout=60
    )


def refuses(number: int):
    """What raises an error of the system, whatever it is called with."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


# --- standard streams


FULL = "jxmb: 无法写入标准输出：磁盘已满。\n"
CLOSED = "jxmb: 无法写入标准输出：已关闭。\n"
STREAMS = [
    ("check form.txt >/dev/full", FULL),
    ("convert form.txt >/dev/full", FULL),
    ("convert form.txt --to csv >&-", CLOSED),
    ("check form.txt --format json >&-", CLOSED),
    ("--version >/dev/full", FULL),
]


@pytest.mark.parametrize(("line", "said"), STREAMS, ids=[line for line, _ in STREAMS])
def test_standard_output_that_takes_nothing_is_one_sentence(desk, line, said):
    done = shell(f"jxmb {line}")
    assert (done.returncode, done.stderr.decode()) == (2, said)


def test_a_result_in_a_file_needs_no_standard_output(desk):
    done = shell("jxmb convert form.txt -o all.json >&- 2>&-")
    assert done.returncode == 0
    assert "古树养护" in (desk / "all.json").read_text("utf-8")


def test_standard_input_that_is_closed_is_one_sentence_and_the_others_go_on(desk):
    done = shell("jxmb check - form.txt <&-")
    assert done.returncode == 2
    assert done.stderr.decode() == "jxmb: -：无法读取：已关闭。\n"
    assert b"form.txt:4:" in done.stdout


def test_a_pipe_that_nobody_reads_has_its_exit_code(desk):
    with subprocess.Popen(
        [sys.executable, "-m", "jxmb", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_errors_of_the_system_are_said_in_both_languages():
    for number in (28, 13, 40, 36):
        words = system.reason(OSError(number, os.strerror(number)))
        assert words.zh.strip() and not words.zh.isascii() and words.en.isascii()
    assert system.reason(OSError(9999, "odd")) == Words("系统错误 9999", "odd")
    named = group.refused(PermissionError(13, "Permission denied", b"a\x1b.txt"))
    assert named.zh == "无法读写 a␛.txt：没有权限。"


# --- folders that loop, vanish or are locked


def test_a_link_to_itself_is_named_and_the_others_go_on(desk):
    (desk / "in").mkdir()
    (desk / "in" / "form.txt").write_text(FORM, encoding="utf-8")
    for name in ("loop", "a.txt"):
        (desk / "in" / name).symlink_to(name)
    done = jx("check", "in")
    assert done.exit_code == 2 and "in/form.txt:4:" in done.stdout
    assert done.stderr.count("链接指向自身") == 2 and "in/loop：" in done.stderr


def test_the_working_folder_may_be_gone(desk):
    form = str(desk / "form.txt")
    (desk / "gone").mkdir()
    os.chdir(desk / "gone")
    (desk / "gone").rmdir()
    assert jx("check", "-", stdin=FORM.encode()).exit_code == 1
    assert jx("check", form, "--config", form + ".toml").exit_code == 2
    assert jx("check", form).exit_code == jx("check", "../form.txt").exit_code == 1
    assert jx("convert", ".").exit_code == jx("check", ".").exit_code
    assert "不存在" in jx("check", "form.txt").stderr or "没有这个文件" in jx("check", "x").stderr
    os.chdir(desk)


@pytest.fixture
def locked(desk, monkeypatch):
    """A folder in which nothing may be looked at: root may all, so that the system is asked here."""
    folder = desk / "locked"
    folder.mkdir()
    (folder / "form.txt").write_text(FORM, encoding="utf-8")
    real, scandir = os.stat, os.scandir

    def stat(path, *args, **named):
        if isinstance(path, str | os.PathLike) and "locked/" in os.fspath(path):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(path, *args, **named)

    def scan(path):
        if os.fspath(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "scandir", scan)
    return folder


@pytest.mark.parametrize("command", ["check", "convert"])
@pytest.mark.parametrize("path", ["locked", "locked/form.txt", "."])
def test_a_locked_folder_is_a_sentence(locked, command, path):
    done = jx(command, path)
    assert done.exit_code == 2
    assert "locked" in done.stderr and "没有读取权限" in done.stderr
    assert ("古树养护" in done.stdout or "养护古树" in done.stdout) is (path == ".")
