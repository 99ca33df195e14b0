"""Progress: pages of long documents are told on a terminal, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.documents.pdf import document, text

pytestmark = pytest.mark.posix  # a terminal of its own needs a pty

RUN = """
from jxmb.cli import main
from jxmb.cli.output import progress
progress.LATER = progress.EVERY = 0
main({arguments})
"""


def told(tmp_path: Path, *arguments: str, terminal: bool = True, pages: int = 3) -> str:
    """What a run says on standard error."""
    (tmp_path / "a.pdf").write_bytes(document(*[text(60, 60, "目录")] * pages))
    code = RUN.format(arguments=[*arguments, "a.pdf"])
    theirs, ours = os.openpty() if terminal else os.pipe()
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=ours,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
        check=False,
    )
    os.close(ours)
    found = b""
    try:
        while more := os.read(theirs, 1 << 16):
            found += more
    except OSError:  # a terminal that nobody writes to any more
        pass
    os.close(theirs)
    return found.decode()


@pytest.mark.parametrize(
    ("lang", "line"), [("zh", "a.pdf：第 {n}/3 页"), ("en", "a.pdf: page {n}/3")]
)
@pytest.mark.parametrize("command", ["check", "convert"])
def test_pages_are_told_on_a_terminal(tmp_path, command, lang, line):
    said = told(tmp_path, command, "--lang", lang)
    assert [line.format(n=n) in said for n in (1, 2, 3)] == [True] * 3
    assert "3/3" not in said.split("\x1b[2K")[-1]  # the line is gone before anything else is said


def test_nothing_is_told_where_nobody_looks(tmp_path):
    said = told(tmp_path, "check", "--lang", "en", terminal=False)
    assert "page" not in said and "\x1b" not in said
    assert "No performance-target form" in said
