"""Files are written at once, whole or not at all; a mended one only where nothing else can be lost."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from ..findings import system
from ..findings.system import in_use, reason

LOCKS = ("~$", ".~", ".~lock.")  # before the name of a file that is open in Word, WPS, LibreOffice
CUT = 2  # letters that Word takes from the name for that
PART = ".jxmb-"  # how the name of a file begins that is not yet whole
WRITABLE = 0o222


class Unwritable(Exception):
    """A file that fixes must not be written to: ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


BUSY = (
    "文件已在其他程序中打开，没有修改；请先关闭文件",
    "the file is open in another program and was left as it is; close it first",
)
READ_ONLY = (
    "文件是只读的，没有修改；请先取消只读",
    "the file is read-only and was left as it is; make it writable first",
)
FOLDER = (
    "没有写入文件夹的权限，没有修改；请复制到自己的文件夹再试",
    "not allowed to write to the folder, so the file was left as it is; copy it to a folder of your own",
)
CHANGED = (
    "文件在读取后被改动，没有修改；请再运行一次",
    "the file was changed since it was read and was left as it is; run it again",
)
OUTSIDE = (
    "链接指向所给文件夹之外的文件，没有修改；要修改请直接写明该文件",
    "a link leads out of the folder that was named, so the file was left as it is; name the file itself to fix it",
)
SHARED = (
    "文件有其他硬链接，修改会使它们分开，没有修改",
    "the file has other hard links, which would part from it, so it was left as it is",
)


def write(
    path: Path, old: bytes, new: bytes, folder: Path | None = None, copy: bool = False
) -> None:
    """Replace the content `old` of a file by `new`: readers see the old file or the new one.

    A link stays a link: its target is written, unless it lies outside of `folder`, in which the link was found. With
    `copy` the old file stays beside it as ``NAME.bak``, or ``NAME.2.bak`` and so on where there is one. Raises
    `Unwritable` and `OSError`.
    """
    target = path.resolve()
    status = target.stat()
    _guard(path, target, status, folder)
    _unchanged(target, old)
    if copy:
        _keep(target, old, status)
    _put(target, new, old)


def create(path: Path, data: bytes) -> None:
    """Write a file of our own, in place of one of that name. Raises `Unwritable` and `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, data)


@contextmanager
def whole(path: Path, old: bytes | None = None) -> Iterator[BinaryIO]:
    """A file to write that appears at the end, whole or not at all. Raises `OSError`.

    It is a new one, whose place nobody can have taken before, and gets the mode and owner of the one it replaces; one
    that is read-only stays, and so does one that is no longer `old`: `Unwritable` says so. A link is followed; what is no
    file, a device or a pipe, is written as it is.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        status = None
    if status is not None and not stat.S_ISREG(status.st_mode):
        with path.open("wb") as file:
            yield file
        return
    if status is not None and not status.st_mode & WRITABLE:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    import tempfile

    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=PART, dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _like(part, status)
        if old is not None:
            _unchanged(target, old)
        _replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _put(path: Path, data: bytes, old: bytes | None = None) -> None:
    try:
        with whole(path, old) as file:
            file.write(data)
    except OSError as error:
        if in_use(error):
            raise Unwritable(*BUSY) from None
        if isinstance(error, PermissionError):
            raise Unwritable(*FOLDER) from None
        why = reason(error)
        raise Unwritable(f"无法写入：{why.zh}", f"cannot write: {why.en}") from None


def _unchanged(target: Path, old: bytes) -> None:
    if target.read_bytes() != old:
        raise Unwritable(*CHANGED)


def _replace(part: Path, target: Path) -> None:
    """Put the new file in the place of the old one, which Windows refuses while a program has that open."""
    try:
        part.replace(target)
    except PermissionError as error:
        if system.WINDOWS and target.exists():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target)) from error
        raise


def _guard(path: Path, target: Path, status: os.stat_result, folder: Path | None) -> None:
    if not status.st_mode & WRITABLE or not os.access(target, os.W_OK):
        raise Unwritable(*READ_ONLY)
    if folder is not None and not target.is_relative_to(folder.resolve()):
        raise Unwritable(*OUTSIDE)
    if status.st_nlink > 1:
        raise Unwritable(*SHARED)
    if any(lock.exists() for one in {path, target} for lock in _locks(one)):
        raise Unwritable(*BUSY)


def _locks(path: Path) -> list[Path]:
    """What may stand beside an open file."""
    names = [f"{lock}{path.name}" for lock in LOCKS]
    names += [f"{lock}{path.name}#" for lock in LOCKS[2:]]
    names += [f"{LOCKS[0]}{path.name[cut:]}" for cut in range(1, CUT + 1) if len(path.stem) > cut]
    return [path.with_name(name) for name in names]


def _keep(path: Path, data: bytes, status: os.stat_result) -> None:
    """A copy beside the file, in nobody's place; none where there is one that holds the same."""
    for number in count(1):
        copy = path.with_name(f"{path.name}.{number}.bak" if number > 1 else f"{path.name}.bak")
        try:
            with copy.open("xb") as file:
                copy.chmod(stat.S_IMODE(status.st_mode))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return
        except FileExistsError:
            if copy.is_file() and copy.read_bytes() == data:
                return


def _like(part: Path, status: os.stat_result | None) -> None:
    """Give a file the mode and owner of the old one, or the mode that any new file gets."""
    if status is None:
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
        return
    part.chmod(stat.S_IMODE(status.st_mode))
    own = part.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with suppress(PermissionError):
            os.chown(part, status.st_uid, status.st_gid)
