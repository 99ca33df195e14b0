"""What `check` and `convert` share: their paths and filters, and remarks about what could not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ... import documents
from ...findings import Coverage, Missed, Summary
from ...source import Source
from ...source.decoding import Undecodable
from ..interface.group import Argument, option
from ..interface.problems import complain
from ..interface.words import Words, in_lang
from .paths import Excluded, Filters, Input, Skipped, Trouble, identity, trouble, walk

FOUND = 1  # the input is at fault
FAILED = 2
NOTHING = 3
UNSAID = ("formless", "not_checked", "skipped")  # what is left out without a word when it is met

NO_FILE = Words(
    "未找到可读取的文件，请检查路径，或用 --include 指明文件名",
    "No file to read; check the paths, or name files with --include",
)
NO_FORM = Words(
    "所读文件中未找到绩效目标表，请核实文件无误，且含有“项目名称”“三级指标”等栏目",
    "No performance-target form in these files; check that they are the right ones, with 项目名称 and 三级指标",
)
UNMET = Words("没有匹配到任何文件或文件夹", "This glob matches no file or folder")
BY_GLOB = Words("已按 --exclude 排除", "Excluded by --exclude")
EXCLUDED = Words("所给文件均已按 --exclude 排除", "All named files are excluded by --exclude")


def path_options(*, required: bool) -> Callable[[Any], Any]:
    """PATH..., --include and --exclude."""
    decorators = (
        click.argument("paths", nargs=-1, required=required, metavar="PATH...", cls=Argument),
        option(
            "--include",
            multiple=True,
            metavar="GLOB",
            zh="文件夹中只读这些文件，如 *.dat",
            en="Read these files of folders only, e.g. *.dat",
        ),
        option(
            "--exclude",
            multiple=True,
            metavar="GLOB",
            zh="文件夹中不读的文件或文件夹",
            en="Files or folders to leave out of folders",
        ),
        option(
            "--force-exclude",
            is_flag=True,
            zh="--exclude 也排除直接写明的文件",
            en="Leave named files out, too, if they match --exclude",
        ),
    )

    def decorate(command: Any) -> Any:
        for one in reversed(decorators):
            command = one(command)
        return command

    return decorate


jobs_option = option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    zh="用几个进程，默认按工作量",
    en="Processes to work with; as many as pay by default",
)


def _keep_nothing(_: click.Context, __: click.Parameter, wanted: bool) -> None:
    """For this process and those that it starts."""
    if wanted:
        os.environ[documents.NO_CACHE] = "1"


cache_option = option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=_keep_nothing,
    zh="扫描件重新识别，结果不保存",
    en="Recognise scans anew, keep no results",
)


class Inputs:
    """The files of a run, found as they are asked for. What cannot be read is said on stderr; the others go on."""

    def __init__(self, paths: Sequence[str], filters: Filters, lang: str) -> None:
        self.paths = paths
        self.filters = filters
        self.lang = lang
        self.coverage = Coverage()
        self.found = False
        self._read: frozenset[Hashable] | None = None  # of all files, once somebody asks
        self._missing: set[str] = set()  # formats whose packages are, and it was said

    def __iter__(self) -> Iterator[Input]:
        """The files in their order; of them only standard input is read here."""
        for found in walk(self.paths, self.filters):
            if isinstance(found, Trouble):
                self.fail(found.shown, found.words)
            elif isinstance(found, Skipped):
                self.skip(found)
            elif isinstance(found, Excluded):
                self.coverage.excluded.append(Missed(found.shown, BY_GLOB))
            elif one := self._filled(found):
                self.found = True
                yield one
        self.unmet()

    def unmet(self) -> None:
        """Say which globs of the command line matched nothing."""
        for glob in self.filters.unmet():
            self.remark(glob, UNMET)

    def _filled(self, found: Input) -> Input | None:
        """A file as it was found, standard input with its bytes; None where it cannot be read."""
        if not found.stdin:
            return found
        try:
            return replace(found, data=stdin_bytes())
        except OSError as error:
            self.missed(found.shown, error)
            return None

    def remark(self, shown: str, words: Words) -> None:
        """Say something about a path on stderr."""
        colon, stop = ("：", "。") if self.lang == "zh" else (": ", ".")
        head = f"{shown}{colon}" if shown else ""
        said = in_lang(words, self.lang)
        complain(f"{head}{said[:1].upper()}{said[1:]}{stop}")

    def fail(self, shown: str, words: Words) -> None:
        """Say that a path cannot be read."""
        self.coverage.unreadable.append(Missed(shown, words))
        self.remark(shown, words)

    def skip(self, one: Skipped) -> None:
        """Note a file that is passed over."""
        self.coverage.skipped.append(Missed(one.shown, one.words))

    def left(self) -> None:
        """Say what was left out and not said when it was met: where no report does."""
        if not any(getattr(self.coverage, kind) for kind in UNSAID):
            return
        from ...report.wording import Wording

        wording = Wording(self.lang)
        said = wording.full_stop.join(wording.left(self.coverage, UNSAID))
        self.remark("", Words(said, said))

    def refuse(self, shown: str, words: Words) -> None:
        """Say that a file is not written."""
        self.coverage.unwritten.append(Missed(shown, words))
        self.remark(shown, words)

    def missed(self, shown: str, error: OSError | documents.Missing, named: bool = True) -> None:
        """Say why a file was not read: of those in a folder once for each package that is missing."""
        if not isinstance(error, documents.Missing):
            self.fail(shown, trouble(shown, error).words)
            return
        words = Words(error.zh, error.en)
        self.coverage.unreadable.append(Missed(shown, words))
        if named or error.format not in self._missing:
            self.remark(shown, words)
            self._missing.add(error.format)

    def reads(self, path: Path) -> bool:
        """Whether a path, which need not exist, leads to one of the files that are read."""
        try:
            path.stat()
        except (OSError, ValueError):
            return False
        if self._read is None:
            every = (one for one in walk(self.paths, self.filters) if isinstance(one, Input))
            self._read = frozenset(identity(one.path) for one in every if not one.stdin)
        return identity(path) in self._read

    def code(self, done: Summary) -> int:
        """The exit code; where no form was read and nothing else was said, that is."""
        code = exit_code(done, self.coverage)
        if code == 0 and not self.found:
            self.remark("", EXCLUDED)
        elif code == NOTHING and not self.found:
            self.remark("", NO_FILE)
        elif code == NOTHING and done.files > len(self.coverage.unreadable):
            self.remark("", NO_FORM)
        return code


def exit_code(done: Summary, left: Coverage) -> int:
    """What the counts of a run and what it left out come to: 2 wins over 3, and 3 over 1."""
    unmet = done.expected not in (None, done.forms)
    if unmet or left.unwritten or any(one.code is None for one in left.unreadable):
        return FAILED
    if left.excluded and not done.files:
        return 0
    if not done.forms:
        return NOTHING
    return FOUND if done.failing else 0


def read_input(one: Input) -> Source:
    """The decoded text. Raises `OSError` and `Undecodable`."""
    if one.data is not None:
        return documents.open(one.data, one.shown)
    return documents.read(one.path, one.shown)


def stdin_bytes() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def undecodable(error: Undecodable) -> Words:
    """Why a file was left out, and what to do where that is known."""
    zh, en = ("，".join([error.zh, *error.advice[:1]]), "; ".join([error.en, *error.advice[1:]]))
    return Words(f"已跳过：{zh}", f"Skipped: {en}")


def crashed(said: Words) -> Words:
    """A fault of the reader."""
    return Words(
        f"读取时程序出错（{said.zh}），请报告给 jxmb 的维护者",
        f"Internal error while reading ({said.en}); please report it",
    )
