"""Where records go: to standard output, to one file, or to a tree of files below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import TextIO

from ...deferred import dataclass
from ...export import FILES, FOLDERS, FORMATS, SUFFIXES, TABLES
from ...findings.system import reason
from ...lint.write import whole
from ..inputs import Inputs
from ..inputs.paths import STDIN, STDOUT, Input, identity
from ..interface.problems import Problem
from ..interface.words import Words

NO_PATH = Words("-o 缺少文件或文件夹的路径", "-o requires the path of a file or folder")
AN_INPUT = Words(
    "是输入文件，不能覆盖；请换一个文件或文件夹",
    "Input file, not overwritten; choose another file or folder",
)
ONLY_FILES = Words(
    "{name} 格式只能写入文件，如 -o 记录.{name}",
    "{name} can only be written to a file, e.g. -o records.{name}",
)
ONLY_FOLDERS = Words(
    "{name} 格式写成表和指标两个文件，-o 应为文件夹，如 -o 记录/",
    "{name} is written as two files, of forms and of indicators; -o takes a folder, e.g. -o records/",
)
A_FOLDER = Words("是文件夹，请写文件", "A folder; give a file")
NOT_ALLOWED = Words("无法写入：没有权限", "Cannot write: permission denied")
NO_FOLDER = Words("上级不是文件夹", "Not in a folder")
ANOTHER = Words(
    "已用于本次的另一个结果，请换一个文件",
    "Used for another result of this run; choose another file",
)


class Unwritten(Problem):
    """A result that was not written: `path` is where it was to go, `why` is said of it."""

    def __init__(self, path: Path, why: Words) -> None:
        super().__init__(Words(f"{path}：{why.zh}。", f"{path}: {why.en}."), hint=False)
        self.path = path
        self.why = why


@dataclass(frozen=True, slots=True)
class Destination:
    """Where records go, and in which format. No `path` is standard output.

    Into a `folder` goes a file an input, or, as `tables`, a file a table.
    """

    format: str
    path: Path | None = None
    folder: bool = False

    @property
    def tables(self) -> bool:
        """Whether records go into tables, whatever the number of inputs."""
        return self.folder and self.format in TABLES

    @classmethod
    def of(cls, output: str | None, to: str | None) -> Destination:
        """What ``-o`` and ``--to`` mean: a folder only where one is written or there. Raises `Problem`."""
        if output is None or output == STDOUT:
            return _streamed(to or "json")
        if not output or "\0" in output:
            raise Problem(NO_PATH)
        path = Path(output)
        if output.endswith(("/", os.sep)) or os.path.isdir(path):  # noqa: PTH112 - it may be locked
            return cls(to or "json", path, folder=True)
        suffix = path.suffix.lower().removeprefix(".")
        known = SUFFIXES.get(suffix, suffix)
        if known not in FORMATS:
            known = to or ""
        if not known or (to and to != known):
            raise _unclear(output, to)
        _refuse(known, FOLDERS, ONLY_FOLDERS)
        return cls(known, path)

    def own(self) -> frozenset[str]:
        """What is written to, for where it lies in a folder that is read."""
        return frozenset({str(self.path)}) if self.path is not None else frozenset()


def _streamed(format: str) -> Destination:
    """Standard output. Raises `Problem` for a format that is no stream of text."""
    _refuse(format, FILES, ONLY_FILES)
    _refuse(format, FOLDERS, ONLY_FOLDERS)
    return Destination(format)


def _refuse(format: str, formats: frozenset[str], said: Words) -> None:
    if format in formats:
        raise Problem(said.format({"name": format}))


def _unclear(output: str, to: str | None) -> Problem:
    """The ending of a file says no format, or another than ``--to``."""
    listed = [f".{ending(format)}" for format in FORMATS if format not in FOLDERS]
    zh, en = "、".join(listed), ", ".join(listed)
    if to:
        return Problem(
            Words(
                f"-o {output} 与 --to {to} 不符，请只写一个",
                f"-o {output} does not fit --to {to}; give only one of them",
            )
        )
    return Problem(
        Words(
            f"-o {output} 的格式不支持，可选：{zh}，或用 --to 指定；写到文件夹的，以 / 结尾",
            f"-o {output} has no known format: use {en}, or --to; end the path of a folder with /",
        )
    )


def ending(format: str) -> str:
    """How the names of files in a format end."""
    return next((one for one, name in SUFFIXES.items() if name == format), format)


class Targets:
    """Files to write, each once, none of them an input."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self._claimed: set[object] = set()
        self._written: set[object] = set()

    def guard(self, path: Path) -> None:
        """Never over an input. Raises `Unwritten`."""
        if self.inputs.reads(path):
            raise Unwritten(path, AN_INPUT)

    def claim(self, path: Path) -> None:
        """Before anything is read: see that a file can be written, and that nothing else will be. Raises `Unwritten`."""
        self.guard(path)
        if os.path.isdir(path):  # noqa: PTH112 - which may be locked
            raise Unwritten(path, A_FOLDER)
        if identity(path) in self._claimed:
            raise Unwritten(path, ANOTHER)
        self._claimed.add(identity(path))
        above = map(str, path.parents)
        there = next((one for one in above if os.path.exists(one)), None)  # noqa: PTH110
        if there is not None and not os.path.isdir(there):  # noqa: PTH112
            raise Unwritten(path, NO_FOLDER)
        if there is not None and not os.access(there, os.W_OK):
            raise Unwritten(path, NOT_ALLOWED)

    @contextmanager
    def written(self, path: Path) -> Iterator[TextIO]:
        """A file that appears whole or not at all. Raises `Unwritten`."""
        self.guard(path)
        if self._written and identity(path) in self._written:
            raise Unwritten(path, ANOTHER)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole(path) as file:
                out = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
                yield out
                out.detach()
        except OSError as error:
            why = reason(error)
            raise Unwritten(path, Words(f"无法写入：{why.zh}", f"Cannot write: {why.en}")) from None
        self._written.add(identity(path))


class Tree:
    """The files below a folder, one an input, in the same tree as they stand in below their common parent."""

    def __init__(self, folder: Path, format: str, paths: Sequence[str]) -> None:
        self.folder = folder
        self.suffix = f".{ending(format)}"
        self._top = _common(paths)
        self._names: set[str] = set()

    def path(self, one: Input) -> Path:
        """``a/form.json`` for ``a/form.txt``; where that is taken, ``a/form.html.json``."""
        inside = PurePosixPath(self._inside(one))
        names = chain(
            (str(inside.with_suffix(self.suffix)), f"{inside}{self.suffix}"),
            (f"{inside}.{number}{self.suffix}" for number in count(2)),
        )
        name = next(name for name in names if name.casefold() not in self._names)
        self._names.add(name.casefold())
        return self.folder / name

    def _inside(self, one: Input) -> str:
        if one.stdin:
            return "stdin"
        if self._top is None:
            return one.inside
        return Path(_absolute(one.shown)).relative_to(self._top).as_posix()


def _common(paths: Sequence[str]) -> str | None:
    """The folder that holds all that was named; None where there is none, as over two drives."""
    tops = []
    for shown in paths:
        if shown != STDIN:
            path = _absolute(shown)
            tops.append(path if os.path.isdir(path) else os.path.dirname(path))  # noqa: PTH112, PTH120
    try:
        return os.path.commonpath(tops)
    except ValueError:
        return None


def _absolute(shown: str) -> str:
    """The path from the root; as it stands where the working folder is gone."""
    try:
        return os.path.abspath(shown)  # noqa: PTH100 - links stay as they were named
    except OSError:
        return shown
