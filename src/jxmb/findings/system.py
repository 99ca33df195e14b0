"""What the operating system refuses and why, in both languages: nothing that a user reads is half translated."""

from __future__ import annotations

import errno
import os

from . import Words

IN_USE = Words("正被其他程序使用，请先关闭文件", "another program uses it; close it there first")
HELD = (32, 33)  # how Windows says so: a file or a part of it is open elsewhere, in WPS or Word
LONGEST = 260  # characters of a path, and no more, where Windows was not told to take longer ones
WINDOWS = os.name == "nt"
TOO_LONG = Words(
    "不存在，或路径超过 260 个字符；请移到较短的路径再试",
    "does not exist, or its path has more than 260 characters; move it to a shorter one",
)
REASONS = {
    errno.ENOENT: Words("文件或文件夹不存在", "no such file or folder"),
    errno.EACCES: Words("没有权限", "permission denied"),
    errno.EPERM: Words("没有权限", "permission denied"),
    errno.EEXIST: Words("已有同名的文件", "a file of that name exists"),
    errno.ENOTDIR: Words("路径中有一段不是文件夹", "a part of the path is not a folder"),
    errno.EISDIR: Words("是文件夹，不是文件", "it is a folder"),
    errno.ELOOP: Words("链接指向自身", "the link leads to itself"),
    errno.ENAMETOOLONG: Words("名称过长", "the name is too long"),
    errno.EINVAL: Words("路径无效", "the path is not valid"),
    errno.ENOSPC: Words("磁盘已满", "no space left"),
    errno.EFBIG: Words("文件过大", "the file is too large"),
    errno.EROFS: Words("文件系统只读", "the file system is read-only"),
    errno.EIO: Words("读写设备出错", "input or output error"),
    errno.EBADF: Words("已关闭", "it is closed"),
    errno.EBUSY: IN_USE,
    errno.ENODEV: Words("设备不存在", "no such device"),
    errno.ENXIO: Words("设备不存在", "no such device"),
    errno.EMFILE: Words("打开的文件过多", "too many open files"),
    errno.ENFILE: Words("打开的文件过多", "too many open files"),
    **{
        number: Words("超出磁盘配额", "disk quota exceeded")
        for number in (getattr(errno, "EDQUOT", None),)
        if number
    },
}


def reason(error: OSError) -> Words:
    """Why the system refused; its number where it has no words here."""
    if in_use(error):
        return IN_USE
    if WINDOWS and error.errno == errno.ENOENT and _long(error.filename):
        return TOO_LONG
    known = REASONS.get(error.errno or 0)
    number = error.errno or type(error).__name__
    return known or Words(f"系统错误 {number}", error.strerror or f"system error {number}")


def in_use(error: OSError) -> bool:
    """Whether another program has the file open, so that it cannot be read or replaced."""
    return error.errno == errno.EBUSY or getattr(error, "winerror", None) in HELD


def _long(path: object) -> bool:
    return isinstance(path, str) and len(os.path.abspath(path)) >= LONGEST  # noqa: PTH100
