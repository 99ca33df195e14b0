"""Results of earlier runs: what a file holds tells them, whatever it is called. They are no input of another run."""

from __future__ import annotations

from pathlib import Path

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


def _is_book(path: Path) -> bool:
    import zipfile

    from ...documents.container import BROKEN

    try:
        with zipfile.ZipFile(path) as file, file.open(PROPERTIES) as part:
            return WRITER in part.read(PART)
    except (*BROKEN, KeyError):
        return False
