"""Which files a run reads, said by a list, and how many forms there should be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ...visible import meant, visible
from ..interface.group import option
from ..interface.problems import Problem
from ..interface.words import Words
from . import FAILED, NOTHING, Inputs
from .paths import STDIN, Excluded, Input, Skipped, Trouble, trouble, walk

NO_PATHS = Words("请写明要读取的文件或文件夹", "Say which files or folders are to be read")
TWICE = Words(
    "标准输入只能用一次：--files-from - 与路径 - 不能同时使用",
    "Standard input can be read once: --files-from - excludes the path -",
)

expect_option = option(
    "--expect-forms",
    type=click.IntRange(min=0),
    metavar="N",
    zh="应有几份表，不符时退出码为 2",
    en="Exit with 2 unless there are N forms",
)
OPTIONS = (
    option(
        "--files-from",
        metavar="FILE",
        zh="从清单读取路径，一行一个或以 NUL 分隔（- 为标准输入）",
        en="Read paths from this list, in lines or parted by NUL (- is standard input)",
    ),
    option(
        "--list-files",
        "list_files_only",
        is_flag=True,
        zh="只列出要读取的文件",
        en="Only list the files that would be read",
    ),
    expect_option,
)


def list_options(command: Any) -> Any:
    """--files-from, --list-files and --expect-forms."""
    for one in reversed(OPTIONS):
        command = one(command)
    return command


def wanted(paths: tuple[str, ...], files_from: str | None) -> tuple[str, ...]:
    """All paths that were named, on the command line and in the list. Raises `Problem`."""
    if files_from is None:
        if not paths:
            raise Problem(NO_PATHS)
        return paths
    if files_from == STDIN in paths:
        raise Problem(TWICE)
    try:
        data = sys.stdin.buffer.read() if files_from == STDIN else Path(files_from).read_bytes()
    except (OSError, ValueError) as error:
        cause = error if isinstance(error, OSError) else FileNotFoundError()
        raise _unusable(files_from, trouble(files_from, cause).words) from None
    listed = paths_in(data)
    if not listed:
        raise _unusable(files_from, Words("清单中没有路径", "No paths in this list"))
    return (*paths, *listed)


def paths_in(data: bytes) -> tuple[str, ...]:
    """The paths of a list: parted by NUL where there is one, else a line each. Names may be any bytes."""
    parts = data.split(b"\0") if b"\0" in data else data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return tuple(_present(os.fsdecode(part)) for part in parts if part.strip())


def _present(path: str) -> str:
    """The path, or the one that is there under the name that --list-files showed for it."""
    if (path.isascii() and "<U+" not in path) or os.path.lexists(path):
        return path
    return next(filter(os.path.lexists, meant(path)), path)


def _unusable(shown: str, words: Words) -> Problem:
    said = Words(f"{shown}：{words.zh}。", f"{shown}: {words.en}.")
    return Problem(said, hint=False)


def list_files(inputs: Inputs, say: Callable[[str], None] = click.echo) -> int:
    """Print the files that would be read; the exit code."""
    code = NOTHING
    for one in walk(inputs.paths, inputs.filters):
        if isinstance(one, Input):
            code = 0
            say(visible(one.shown))
        elif isinstance(one, Trouble):
            inputs.fail(one.shown, one.words)
        elif isinstance(one, Excluded):
            code = 0
        elif isinstance(one, Skipped):
            inputs.skip(one)
    inputs.unmet()
    inputs.left()
    return FAILED if inputs.coverage.unreadable else code
