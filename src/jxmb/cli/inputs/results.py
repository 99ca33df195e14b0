"""Results of earlier runs: what a file holds tells them, whatever it is called. They are no input of another run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ... import deferred

if TYPE_CHECKING:
    from zipfile import ZipFile

PART = 4096  # bytes that are looked at
BOM = b"\xef\xbb\xbf"
# How results begin that lie in folders under the name of something that is read.
BEGINNINGS = {
    ".md": (
        "# 绩效目标表检查结果\n".encode(),
        b"# Performance target forms: findings\n",
    ),
    ".csv": (
        b"path,title,year,line,policy,project_name,department,",
        b"path,line,project_name,indicator_line,",
        "文件,表的标题,年度,行号,指标体系,项目名称,主管部门,".encode(),
        "文件,行号,项目名称,指标行号,".encode(),
    ),
}
PAGE = b'<meta name="generator" content="jxmb">'
PAGES = (".html", ".htm")
BOOK = ".xlsx"
PROPERTIES = (
    "docProps/core.xml"  # of a workbook, and what stands there as long as nobody has worked on it
)
WRITER = b"<cp:lastModifiedBy>jxmb</"
COPIES = (".docx", ".docm", ".xlsx", ".xlsm")
NOTES = "comments"  # in the names of the parts that hold them
LONGEST = 1_000_000  # bytes of such a part that are looked at
# How a comment of ours begins. Word, Excel and others write it anew, with marks of their own, when they save the file:
# a form that was mended in such a copy is one.
NOTE = deferred.re(
    rb'(?:initials="jxmb"><(?:\w+:)?p><(?:\w+:)?r>|<(?:\w+:)?b/><(?:\w+:)?sz val="9"/></(?:\w+:)?rPr>)'
    rb'<(?:\w+:)?t xml:space="preserve">JX\d{3} '
)


def is_result(path: Path) -> bool:
    """Whether a regular file is a report or records as jxmb wrote them; one that cannot be read is none."""
    suffix = path.suffix.lower()
    if suffix == BOOK:
        return _is_book(path)
    if suffix not in BEGINNINGS and suffix not in PAGES:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(PART).removeprefix(BOM)
    except OSError:
        return False
    return PAGE in head if suffix in PAGES else head.startswith(BEGINNINGS[suffix])


def is_copy(path: Path) -> bool:
    """Whether a regular file is a document with our comments, on which nobody has worked since."""
    if path.suffix.lower() not in COPIES:
        return False
    import zipfile

    from ...documents.container import BROKEN

    try:
        with zipfile.ZipFile(path) as file:
            parts = (name for name in file.namelist() if NOTES in name)
            return any(NOTE.search(_start(file, name)) for name in parts)
    except BROKEN:
        return False


def _start(file: ZipFile, name: str) -> bytes:
    with file.open(name) as part:
        return part.read(LONGEST)


def _is_book(path: Path) -> bool:
    import zipfile

    from ...documents.container import BROKEN

    try:
        with zipfile.ZipFile(path) as file, file.open(PROPERTIES) as part:
            return WRITER in part.read(PART)
    except (*BROKEN, KeyError):
        return False
