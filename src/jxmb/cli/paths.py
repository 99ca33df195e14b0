"""From the paths of the command line to the files to read, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import field
from fnmatch import fnmatchcase
from pathlib import Path

from ..light import dataclass
from .words import Words

STDIN = "-"
SUFFIXES = (".txt", ".md", ".tsv", ".csv", ".html", ".htm")
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
        if self.data is not None:
            return len(self.data)
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

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
class Filters:
    """Globs for what is found in folders: `include` instead of the usual suffixes, `exclude` on top.

    A glob is compared with the name and with the path below the named folder; ``*`` also covers ``/``.
    `skip` are the real paths of folders that are never entered (results are written there).
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    skip: frozenset[str] = field(default_factory=frozenset)

    def takes(self, inside: str) -> bool:
        """Whether a file found in a folder is to be read."""
        if self.include:
            return matched(inside, self.include)
        return inside.lower().endswith(SUFFIXES)


def matched(inside: str, globs: Sequence[str]) -> bool:
    """Whether a path below a named folder, or its last part, matches one of the globs."""
    name = inside.rpartition("/")[2]
    return any(fnmatchcase(text, glob.strip("/")) for glob in globs for text in (name, inside))


def hidden(name: str) -> bool:
    """Hidden files, and the folders of version control."""
    return name.startswith(".") or name in VERSION_CONTROL


def trouble(shown: str, error: OSError) -> Trouble:
    """An error of the system as a sentence a clerk can act on."""
    for kind, words in TROUBLES.items():
        if isinstance(error, kind):
            return Trouble(shown, words)
    reason = error.strerror or type(error).__name__
    return Trouble(
        shown,
        Words(
            f"读不了（{reason}），请检查后再试",
            f"cannot be read ({reason}); mend that and try again",
        ),
    )


TROUBLES: dict[type[OSError], Words] = {
    FileNotFoundError: Words(
        "没有这个文件或文件夹，请检查路径的写法",
        "no such file or folder; check how the path is written",
    ),
    PermissionError: Words(
        "没有读取权限，请修改权限，或复制一份到自己的文件夹再试",
        "not allowed to read it; change its permissions or copy it to a folder of your own",
    ),
}


def walk(paths: Sequence[str], filters: Filters | None = None) -> Iterator[Input | Trouble]:
    """The files to read: named ones as they stand, folders sorted by name; each file only once."""
    seen: set[int] = set()  # hashes, for a run can have very many files
    entered: set[str] = set()
    for found in _named(paths, filters or Filters(), entered):
        if isinstance(found, Input):
            key = hash(STDIN if found.stdin else real_path(found.shown))
            if key in seen:
                continue
            seen.add(key)
        yield found


def real_path(path: str) -> str:
    """The path with links resolved, for telling files apart."""
    return os.path.normcase(os.path.realpath(path))


def _named(paths: Sequence[str], filters: Filters, entered: set[str]) -> Iterator[Input | Trouble]:
    for shown in paths:
        if shown == STDIN:
            yield Input(STDIN, STDIN, named=True)
            continue
        try:
            folder = stat.S_ISDIR(os.stat(shown).st_mode)  # noqa: PTH116 - a Path would drop "./"
        except OSError as error:
            yield trouble(shown, error)
            continue
        except ValueError:  # a NUL, which no path can hold
            yield trouble(shown, FileNotFoundError())
            continue
        if folder:
            yield from _folder(shown, filters, entered)
        else:
            yield Input(shown, Path(shown).name, named=True)


def _folder(root: str, filters: Filters, entered: set[str]) -> Iterator[Input | Trouble]:
    """All files under a folder, without recursion: folders can lie very deep.

    A folder is entered once by its real path, so that links cannot lead round in circles.
    """
    waiting = [iter([(root, "")])]
    while waiting:
        shown, inside = next(waiting[-1], ("", ""))
        if not shown:
            waiting.pop()
        elif inside and not inside.endswith("/"):
            yield from _file(shown, inside)
        elif (real := real_path(shown)) not in entered and real not in filters.skip:
            entered.add(real)
            try:
                waiting.append(_entries(shown, inside, filters))
            except OSError as error:
                yield trouble(shown, error)


def _entries(shown: str, inside: str, filters: Filters) -> Iterator[tuple[str, str]]:
    """What is to be visited in one folder, sorted by name; the path inside ends in ``/`` for a folder.

    Only names are held: a folder can hold very many files. Raises `OSError`.
    """
    names = []
    with os.scandir(shown) as entries:
        for entry in entries:
            path = inside + entry.name
            if hidden(entry.name) or matched(path, filters.exclude):
                continue
            if entry.is_dir():
                names.append(f"{entry.name}/")
            elif filters.takes(path):
                names.append(entry.name)
    names.sort(key=lambda name: name.rstrip("/"))
    folder = shown if shown.endswith(os.sep) else shown + os.sep
    return ((folder + name.rstrip("/"), inside + name) for name in names)


def _file(shown: str, inside: str) -> Iterator[Input | Trouble]:
    """A file found in a folder, unless it is a pipe or a device, where reading could wait for ever."""
    try:
        mode = os.stat(shown).st_mode  # noqa: PTH116 - see above
    except OSError as error:
        yield trouble(shown, error)
        return
    if stat.S_ISREG(mode):
        yield Input(shown, inside, named=False)
