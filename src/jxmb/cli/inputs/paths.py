"""From the paths of the command line to the files to read, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import field
from fnmatch import fnmatchcase
from functools import lru_cache
from glob import escape
from pathlib import Path

from ... import documents
from ...deferred import dataclass
from ...findings.system import IN_USE, TOO_LONG, reason
from ..interface.words import Words
from .results import is_copy, is_result

STDIN = "-"
STDOUT = "-"
TEXTS = (".txt", ".md", ".tsv", ".csv", ".html", ".htm")
DOCUMENTS = (".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".et", ".doc", ".wps", ".pdf")
SUFFIXES = TEXTS + DOCUMENTS  # what is read in folders; pictures are mostly logos
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
LOCK = "~$"  # how the name begins that Word and WPS give to the mark of an open file
SETTINGS = frozenset({"jxmb.toml", "pyproject.toml"})
VERSION_CONTROL = frozenset({"CVS", "_darcs"})  # the others begin with a point


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read. `shown` is the path as reports print it, `named` whether the user wrote it.

    `inside` is the path below the folder that was named (the file's name where the file was), `data` the content of
    standard input.
    """

    shown: str
    inside: str
    named: bool
    data: bytes | None = None

    @property
    def path(self) -> Path:
        """Where the file is; meaningless for standard input."""
        return Path(self.shown)

    @property
    def size(self) -> int:
        """Its bytes; 0 where they cannot be counted."""
        return documents.size(self.path, self.data)

    @property
    def stdin(self) -> bool:
        """Whether this is standard input."""
        return self.shown == STDIN


@dataclass(frozen=True, slots=True)
class Trouble:
    """A path that cannot be read: what is wrong and what to do."""

    shown: str
    words: Words


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is of no kind that is read, and why it is none."""

    shown: str
    words: Words


@dataclass(frozen=True, slots=True)
class Excluded:
    """A path that the user named and whose globs leave it out."""

    shown: str


Found = Input | Trouble | Skipped | Excluded


@dataclass(frozen=True, slots=True)
class Filters:
    """Globs for what is found in folders: `include` instead of the usual suffixes, `exclude` on top.

    ``*`` also covers ``/``. With `force` named paths can be excluded too. `asked` are the globs of the command line,
    `met` those that matched something. `skip` are folders that are never entered and files of which
    nothing is said (results are written there); they need not exist yet.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    skip: frozenset[str] = field(default_factory=frozenset)
    force: bool = False
    asked: tuple[str, ...] = ()
    met: set[str] = field(default_factory=set)

    def excludes(self, shown: str, inside: str) -> bool:
        """Whether a file or folder is left out."""
        return self._matched(shown, inside, self.exclude)

    def turns_away(self, shown: str) -> bool:
        """Whether a path that was named is left out, or a folder in which it lies."""
        if not self.force:
            return False
        path = Path(shown)
        return any(self.excludes(str(one), one.name) for one in (path, *path.parents) if one.name)

    def takes(self, shown: str, inside: str) -> bool:
        """Whether a file found in a folder is to be read."""
        if self.include:
            return self._matched(shown, inside, self.include)
        return inside.lower().endswith(SUFFIXES)

    def asks(self, shown: str, inside: str) -> bool:
        """Whether a file found in a folder was asked for, so that it is named where it is not read."""
        return not self.include or self.takes(shown, inside)

    def leaves(self, shown: str, status: os.stat_result) -> bool:
        """Whether a folder or a result is one to skip: these may come to be while others are read."""
        return any(identity(Path(path)) == _identity(shown, status) for path in self.skip)

    def unmet(self) -> list[str]:
        """The globs of the command line that matched nothing."""
        return [glob for glob in dict.fromkeys(self.asked) if glob not in self.met]

    def _matched(self, shown: str, inside: str, globs: Sequence[str]) -> bool:
        """Whether one of the globs means a path, and which is kept in mind."""
        found = next((glob for glob in globs if means(glob, shown, inside)), None)
        if found is not None:
            self.met.add(found)
        return found is not None


def means(glob: str, shown: str, inside: str) -> bool:
    """Whether a glob means a path: its name, its path below the named folder, from the working one, or the whole."""
    pattern = _plain(glob)
    if Path(pattern).is_absolute():
        return fnmatchcase(_whole(shown), pattern)
    texts = (
        inside.rpartition("/")[2],
        inside,
        _plain(shown),
        _whole(shown).removeprefix(_whole(".") + "/"),
    )
    return any(fnmatchcase(text, pattern) for text in texts)


@lru_cache(256)
def _plain(path: str) -> str:
    """A path without ``./`` and with one ``/`` between its parts."""
    return os.path.normpath(path).replace(os.sep, "/")


def _whole(path: str) -> str:
    """The whole path; as it stands where the working folder is gone."""
    try:
        return os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100 - links stay
    except OSError:
        return _plain(path)


def hidden(name: str) -> bool:
    """Hidden files, marks of open ones, settings, and the folders of version control."""
    return name.startswith((".", LOCK)) or name in VERSION_CONTROL or name in SETTINGS


def trouble(shown: str, error: OSError) -> Trouble:
    """An error of the system as a sentence a clerk can act on."""
    why = reason(error)
    for kind, words in TROUBLES.items():
        if isinstance(error, kind) and why not in (IN_USE, TOO_LONG):
            return Trouble(shown, words)
    return Trouble(shown, Words(f"无法读取：{why.zh}", f"Cannot read: {why.en}"))


TROUBLES: dict[type[OSError], Words] = {
    FileNotFoundError: Words("文件或文件夹不存在", "No such file or folder"),
    PermissionError: Words(
        "没有读取权限，请修改权限，或复制一份到自己的文件夹再试",
        "Not allowed to read it; change its permissions or copy it to a folder of your own",
    ),
}
EMPTY = Words("文件夹中没有可读取的文件", "No file to read in this folder")
ARCHIVE = Words("压缩包，未读取", "Archive, not read")
SPECIAL = Words("管道或设备，未读取", "Pipe or device, not read")
RESULT = Words("jxmb 写出的结果，未读取", "Result of jxmb, not read")
NO_FORMS = Words("这是 jxmb 写出的结果，不是绩效目标表", "A result of jxmb, and no form")
OWN = Words("结果写入的文件夹，未读取", "Folder of the results, not read")
OTHER = Words("不是可读取的格式", "Not a format that is read")


def walk(paths: Sequence[str], filters: Filters | None = None) -> Iterator[Found]:
    """The files to read: named ones as they stand, folders sorted by name; each file and folder only once.

    A folder in which there is nothing to read is a trouble.
    """
    filters = filters or Filters()
    met = _Met()
    for shown in paths:
        if shown == STDIN:
            if met.first(shown):
                yield Input(STDIN, STDIN, named=True)
            continue
        if filters.turns_away(shown):
            yield Excluded(shown)
            continue
        status = _status(shown)
        if isinstance(status, Trouble):
            yield status
        elif stat.S_ISDIR(status.st_mode):
            yield from _named_folder(shown, filters, met)
        elif met.first(_identity(shown, status)):
            result = stat.S_ISREG(status.st_mode) and is_result(Path(shown))
            yield Trouble(shown, NO_FORMS) if result else Input(shown, Path(shown).name, named=True)


def real_path(path: str) -> str:
    """The path with links resolved, for telling where a file is that need not exist."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except OSError:  # the working folder is gone
        return path


class _Met:
    """What was met already, as hashes, for a run can have very many files; and how often that was met `again`."""

    def __init__(self) -> None:
        self._hashes: set[int] = set()
        self.again = 0

    def first(self, one: Hashable) -> bool:
        """Whether this is met for the first time."""
        before = len(self._hashes)
        self._hashes.add(hash(one))
        first = len(self._hashes) > before
        self.again += not first
        return first


def _status(shown: str) -> os.stat_result | Trouble:
    try:
        return os.stat(shown)  # noqa: PTH116 - a Path would drop "./"
    except OSError as error:
        return trouble(shown, error)
    except ValueError:  # a NUL, which no path can hold
        return trouble(shown, FileNotFoundError())


def identity(path: Path) -> Hashable:
    """What tells a file by whatever path; its real path where there is none yet."""
    try:
        return _identity(str(path), path.stat())
    except OSError:
        return real_path(str(path))


def _identity(shown: str, status: os.stat_result) -> Hashable:
    """What tells a file or folder by whatever path: its device and number there, else its real path."""
    return (status.st_dev, status.st_ino) if status.st_ino else real_path(shown)


def _named_folder(root: str, filters: Filters, met: _Met) -> Iterator[Found]:
    """All files under a folder; it is a trouble where there are none that were not met before."""
    again, nothing = met.again, True
    for one in _folder(root, filters, met):
        nothing = nothing and isinstance(one, Skipped)
        yield one
    if nothing and met.again == again:
        yield Trouble(root, EMPTY)


def _folder(root: str, filters: Filters, met: _Met) -> Iterator[Found]:
    """All files under a folder, without recursion: folders can lie very deep.

    A folder is entered once, so that links cannot lead round in circles.
    """
    waiting = [iter([(root, "")])]
    while waiting:
        shown, inside = next(waiting[-1], ("", ""))
        if not shown:
            waiting.pop()
            continue
        if inside and not inside.endswith("/"):
            yield from _file(shown, inside, filters, met)
            continue
        status = _status(shown)
        if isinstance(status, Trouble):
            yield status
        elif inside and filters.leaves(shown, status):
            yield from _results(shown, root, filters)
        elif met.first(_identity(shown, status)):
            try:
                waiting.append(_entries(shown, inside, filters))
            except OSError as error:
                yield trouble(shown, error)


def _results(shown: str, root: str, filters: Filters) -> Iterator[Skipped]:
    """The folder of results, where it holds a file to read that is none: below `root` nothing at its place has its name."""
    for folder, _, names in os.walk(shown):
        read = Path(root, os.path.relpath(folder, shown))
        asked = (name for name in names if filters.takes(str(Path(folder, name)), name))
        if not all(any(read.glob(f"{escape(Path(name).stem)}*")) for name in asked):
            yield Skipped(shown, OWN)
            return


def _file(shown: str, inside: str, filters: Filters, met: _Met) -> Iterator[Found]:
    """A file of a folder, to be read or to be named; nothing where it was met before."""
    if not filters.takes(shown, inside):
        yield Skipped(shown, ARCHIVE if inside.lower().endswith(ARCHIVES) else OTHER)
        return
    status = _status(shown)
    if isinstance(status, Trouble):
        yield status
    elif not stat.S_ISREG(status.st_mode):  # where reading could wait for ever
        yield Skipped(shown, SPECIAL)
    elif not met.first(_identity(shown, status)):
        return
    elif is_result(Path(shown)) or is_copy(Path(shown)):
        if not filters.leaves(shown, status):
            yield Skipped(shown, RESULT)
    else:
        yield Input(shown, inside, named=False)


def _may_be_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or cannot be told, as a link to itself: who enters it will say so."""
    try:
        return entry.is_dir()
    except OSError:
        return True


def _entries(shown: str, inside: str, filters: Filters) -> Iterator[tuple[str, str]]:
    """What is to be visited in one folder, sorted by name; the path inside ends in ``/`` for a folder.

    Only names are held: a folder can hold very many files. Raises `OSError`.
    """
    names = []
    folder = shown if shown.endswith(os.sep) else shown + os.sep
    with os.scandir(shown) as entries:
        for entry in entries:
            path, full = inside + entry.name, folder + entry.name
            if hidden(entry.name) or filters.excludes(full, path):
                continue
            if _may_be_folder(entry):
                names.append(f"{entry.name}/")
            elif filters.asks(full, path):
                names.append(entry.name)
    names.sort(key=lambda name: name.rstrip("/"))
    return ((folder + name.rstrip("/"), inside + name) for name in names)
