"""For who has no command line: files that are dropped on the program are checked, and the report is opened.

What is built as one file (`scripts/build-program`) begins here: with commands it is `jxmb`, with paths alone it checks them,
writes the report as a page into a folder of its own, opens it, and waits until the window is to be closed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from multiprocessing import freeze_support
from pathlib import Path

REPORT = "审核报告.html"
NOTHING = (
    "请把绩效目标表（Word、Excel、PDF 或文件夹）拖到本程序的图标上，即可检查并打开审核报告。\n"
    "在命令行中的用法：jxmb --help"
)
WRITTEN = "审核报告：{path}"
CLOSE = "按回车键关闭窗口。"


def main(args: Sequence[str] | None = None) -> None:
    """Check what was dropped, or run the command line."""
    freeze_support()  # on Windows each worker process begins here, too
    given = sys.argv[1:] if args is None else list(args)
    if given and not are_dropped(given):
        from . import main as run

        run(given)
    code = dropped(given) if given else said(NOTHING)
    wait()
    sys.exit(code)


def are_dropped(args: Sequence[str]) -> bool:
    """Whether these are paths alone: what a desktop passes are whole paths that exist."""
    return all(os.path.isabs(one) and os.path.exists(one) for one in args)  # noqa: PTH110, PTH117


def dropped(paths: Sequence[str]) -> int:
    """Check the paths, and open the report; the exit code of the check."""
    report = Path(tempfile.mkdtemp(prefix="jxmb-")) / REPORT
    code = checked([*paths, "--format", f"html={report}", "--format", "concise"])
    if report.exists():
        said(WRITTEN.format(path=report))
        webbrowser.open(report.as_uri())
    return code


def checked(args: Sequence[str]) -> int:
    """The exit code of `jxmb check`."""
    from . import main as run

    try:
        run(["check", *args])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def said(text: str) -> int:
    """Say something to who looks at the window."""
    from ..visible import harmless

    print(harmless(text))
    return 0


def wait() -> None:
    """Keep the window of a double click open: without a terminal there is none."""
    if sys.stdin is not None and sys.stdin.isatty():
        said(CLOSE)
        sys.stdin.readline()
