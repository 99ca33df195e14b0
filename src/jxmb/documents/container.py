"""What a container holds: the names in a zip archive or in an OLE file tell the format, never the file's own name."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

# What zipfile raises; RuntimeError is a way of packing or a version that is not known, ValueError an offset before the
# file.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    OverflowError,
)
LONGEST = 1_000_000  # bytes of a list of parts that are looked at
TYPES, MIMETYPE = "[Content_Types].xml", "mimetype"

# The content type of the main part, and where it stands as a rule: for lists of parts that cannot be read.
MAIN = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroEnabled.main", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main", "docx"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main", "xlsx"),
    (b"ms-excel.template.macroEnabled.main", "xlsx"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
    (b"presentationml", "pptx"),
)
PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "OFD.xml": "ofd",
}
OPEN_DOCUMENT = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "odp"),
)
# The streams of an OLE file, by the names in its directory.
PASSWORD = ("EncryptedPackage", "password")
STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
ENTRY = 128  # bytes of an entry, and what all entries are aligned to


def zipped(data: bytes) -> str:
    """What a zip archive is: a format, `archive`, or `torn` where it is not whole."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            types = _start(archive, TYPES, names).replace(b"\0", b"")  # UTF-16 as ASCII
            kind = _start(archive, MIMETYPE, names)
    except BROKEN:
        return "torn"
    found = [format for mark, format in MAIN if mark in types]
    found += [format for mark, format in OPEN_DOCUMENT if mark in kind]
    found += [format for name, format in PARTS.items() if name in names]
    return found[0] if found else "archive"


def _start(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """The beginning of a member; nothing where it is not there or cannot be read."""
    if name not in names:
        return b""
    try:
        with archive.open(name) as member:
            return member.read(LONGEST)
    except (
        Exception
    ):  # damaged, packed in a way that is not known, with a password: the reader will say
        return b""


def compound(data: bytes) -> str:
    """What an OLE file is; `ole` where its directory names nothing that is known.

    A file may have others inside: its own stream stands before theirs in the directory.
    """
    if _entry(data, PASSWORD[0]) >= 0:
        return PASSWORD[1]
    found = [(at, format) for name, format in STREAMS if (at := _entry(data, name)) >= 0]
    return min(found)[1] if found else "ole"


def _entry(data: bytes, name: str) -> int:
    """Where the directory entry with this name begins; -1 where there is none."""
    mark = name.encode("utf-16-le") + b"\0\0"
    at = data.find(mark)
    while at >= 0 and at % ENTRY:
        at = data.find(mark, at + 1)
    return at
