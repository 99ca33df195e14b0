"""Files to texts: a document becomes a text with places inside, by the module of its format; all else is decoded.

The content tells the format, never the name. A format is one module and one row of `DOCUMENTS`; the module is
imported when a file of its kind is opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from importlib import import_module
from os import environ
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from ..deferred import dataclass
from ..source import Source
from ..source.decoding import Undecodable, decode


class Change(NamedTuple):
    """Replace what the rendition says from one offset to another."""

    start: int
    end: int
    text: str


class Refused(NamedTuple):
    """A change that a document cannot take safely, and why not."""

    change: Change
    zh: str
    en: str


class Comment(NamedTuple):
    """What is said of the text at an offset: lines of text."""

    offset: int
    text: str


class Written(NamedTuple):
    """A document with changes in, and those that were left out."""

    data: bytes
    refused: tuple[Refused, ...] = ()


class Format(Protocol):
    """What a module of a document's format must offer.

    One that can be changed also has ``write(data, changes) -> Written``, one that takes comments
    ``annotate(data, comments) -> bytes``.
    """

    def read(self, data: bytes, shown: str) -> Source:
        """The document as text, with the cells that it declares and its places. Raises `Undecodable`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A format of documents: what it is called, the module that reads it, and what that needs.

    `needs` are packages that are no dependency of jxmb, as they are imported and as they are installed. `instead`
    says what to do, in both languages, where changes cannot be written.
    """

    zh: str
    en: str
    module: str
    needs: Mapping[str, str] = field(default_factory=dict)
    instead: tuple[str, str] = ("", "")


class Unread(Undecodable):
    """A document that jxmb does not read: no fault of its text, but the run could not do all that was asked."""


class Missing(Unread):
    """A document that only an optional package can read."""

    def __init__(self, format: str, needs: Mapping[str, str]) -> None:
        packages = " ".join(needs.values())
        super().__init__(
            f"读取本文件需安装 {packages}（pip install {packages}）",
            f"install {packages} to read this file (pip install {packages})",
        )
        self.format, self.needs = format, needs

    def __reduce__(self) -> tuple[type[Missing], tuple[str, Mapping[str, str]]]:
        return Missing, (self.format, self.needs)


DOCUMENTS: dict[str, Kind] = {
    "docx": Kind("Word 文档（docx）", "a Word document (docx)", "jxmb.documents.word.docx"),
    "xlsx": Kind("Excel 工作簿（xlsx）", "an Excel workbook (xlsx)", "jxmb.documents.excel.xlsx"),
    "xls": Kind(
        "旧版 Excel 工作簿（xls）",
        "an old Excel workbook (xls)",
        "jxmb.documents.excel.xls",
        {"xlrd": "xlrd"},
        ("请另存为 xlsx", "save it as xlsx"),
    ),
    "doc": Kind(
        "旧版 Word 文档（doc）",
        "an old Word document (doc)",
        "jxmb.documents.word.doc",
        {"doc2docx": "msdoc2docx"},
        ("请另存为 docx", "save it as docx"),
    ),
    "pdf": Kind(
        "PDF 文件",
        "a PDF file",
        "jxmb.documents.pdf",
        {"pypdfium2": "pypdfium2"},
        ("请修改导出它的原文件", "change the file that it was exported from"),
    ),
    "scan": Kind(
        "图片",
        "an image",
        "jxmb.documents.scan",
        {"rapidocr": "rapidocr", "onnxruntime": "onnxruntime"},
        ("请修改原文件", "change the file that was printed or scanned"),
    ),
}

# What is told but not read: what it is and what to do, in both languages.
REFUSED: dict[str, tuple[str, str, str, str]] = {
    "xlsb": (
        "Excel 二进制工作簿（xlsb）",
        "a binary Excel workbook (xlsb)",
        "请另存为 xlsx",
        "save it as xlsx",
    ),
    "ods": ("ODF 表格（ods）", "an ODF spreadsheet (ods)", "请另存为 xlsx", "save it as xlsx"),
    "odt": ("ODF 文档（odt）", "an ODF document (odt)", "请另存为 docx", "save it as docx"),
    "odp": ("ODF 演示文稿（odp）", "an ODF presentation (odp)", "请另存为 PDF", "save it as PDF"),
    "ofd": ("OFD 文件", "an OFD file", "请另存为 PDF", "save it as PDF"),
    "rtf": ("RTF 文件", "an RTF file", "请另存为 docx", "save it as docx"),
    "markup": (
        "Office 的 XML 文件",
        "an Office file as XML",
        "请另存为 docx 或 xlsx",
        "save it as docx or xlsx",
    ),
    "mht": (
        "单个文件网页（mht）",
        "a web page as a single file (mht)",
        "请另存为 docx 或 xlsx",
        "save it as docx or xlsx",
    ),
    "pptx": (
        "演示文稿（pptx）",
        "a presentation (pptx)",
        "请另存为 PDF",
        "save it as PDF",
    ),
    "ppt": ("演示文稿（ppt）", "a presentation (ppt)", "请另存为 PDF", "save it as PDF"),
    "password": (
        "加密的 Office 文件",
        "an Office file with a password",
        "请取消打开密码",
        "remove the password",
    ),
    "archive": ("压缩包", "an archive", "请解压", "unpack it"),
    "torn": (
        "不完整的压缩文件（docx、xlsx 也是压缩格式）",
        "an incomplete zip file (docx and xlsx are zip files)",
        "请重新复制或重新导出",
        "copy or export it again",
    ),
    "ole": (
        "旧版 Office 格式的其他文件",
        "another file in the old format of Office",
        "请另存为 docx、xlsx 或 PDF",
        "save it as docx, xlsx or PDF",
    ),
}

# The first bytes of files; a container is looked into by a function of `container`.
STARTS = (
    (b"PK\x03\x04", "zipped"),
    (b"PK\x05\x06", "zipped"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "scan"),
    (b"\xff\xd8\xff", "scan"),
    (b"II*\x00", "scan"),
    (b"MM\x00*", "scan"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)
CONTAINERS = ("zipped", "compound")
NO_CACHE = (
    "JXMB_NO_CACHE"  # is set: what was recognised on pictures is neither kept nor taken from there
)
ENCODING = "JXMB_ENCODING"  # names the encoding of texts
HEAD = 1024  # bytes within which a PDF, an XML file or a web page says what it is
# The namespaces of office files as XML: of Excel and Word 2003, of packages, of ODF.
MARKUP = (
    b"urn:schemas-microsoft-com:office:spreadsheet",
    b"schemas.microsoft.com/office/word/2003/wordml",
    b"schemas.microsoft.com/office/2006/xmlPackage",
    b"urn:oasis:names:tc:opendocument",
)


def tell(data: bytes) -> str:
    """The format of a file's bytes: of `DOCUMENTS` or `REFUSED`; empty for text."""
    for start, format in STARTS:
        if data.startswith(start):
            if format not in CONTAINERS:
                return format
            looked: str = getattr(import_module(".container", __name__), format)(data)
            return looked
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "scan"
    head = data[:HEAD]
    # A text may speak of PDF: what is one has objects.
    if b"%PDF-" in head and b"endobj" in data:
        return "pdf"
    if b"MIME-Version:" in head and b"multipart/related" in head:
        return "mht"
    if b"\0" in head:
        head = head.replace(b"\0", b"")  # UTF-16 as ASCII
    return "markup" if b"<?xml" in head and any(one in head for one in MARKUP) else ""


def read(path: Path, shown: str | None = None, encoding: str | None = None) -> Source:
    """The text of a file; `shown` is the path that findings print. Raises `OSError` and as `open` does."""
    return open(path.read_bytes(), shown if shown is not None else str(path), encoding)


def size(path: Path, data: bytes | None = None) -> int:
    """The bytes of a file, or of `data` in its place; 0 where they cannot be counted."""
    if data is not None:
        return len(data)
    try:
        return path.stat().st_size
    except OSError:
        return 0


def open(data: bytes, shown: str = "-", encoding: str | None = None) -> Source:
    """The text of a file's bytes; `encoding` is that of a text, told from the bytes where nobody names it.

    Raises `Unread` for a document that is not read, `Missing` where a package for it is missing, and `Undecodable`
    where the bytes are no text.
    """
    format = tell(data)
    if format in REFUSED:
        zh, en, *advice = REFUSED[format]
        # In a line of a list there is no room for the advice but in the sentence itself.
        raise Unread(
            f"{zh}，不支持读取，{advice[0]}", f"{en}, not supported: {advice[1]}", tuple(advice)
        )
    if format:
        return _read(format, data, shown)
    return decode(data, shown, encoding or environ.get(ENCODING) or None)


def _read(format: str, data: bytes, shown: str) -> Source:
    kind = DOCUMENTS[format]
    try:
        reader = module(format)
        return replace(reader.read(data, shown), editable=hasattr(reader, "write"))
    except ModuleNotFoundError as error:
        if error.name in kind.needs:
            raise Missing(format, kind.needs) from None
        if error.name != kind.module:
            raise
        raise Unread(
            f"{kind.zh}，本版本不支持读取",
            f"{kind.en}, not supported by this version",
        ) from None
    except Unread:
        raise
    except Undecodable as error:
        raise Unread(error.zh, error.en, error.advice) from None


def write(format: str, data: bytes, changes: Sequence[Change]) -> Written:
    """A document with changes of its text in. Its format can be changed. Raises `Undecodable`."""
    written: Written = module(format).write(data, changes)  # type: ignore[attr-defined]
    return written


def unwritable(format: str) -> tuple[str, str]:
    """That changes cannot be written to a format, and what to do instead, in both languages."""
    kind = DOCUMENTS[format]
    zh, en = kind.instead
    return f"{_is(kind.zh)}，不能写入修改，{zh}", f"this is {kind.en}, which takes no changes: {en}"


def annotate(format: str, data: bytes, comments: Sequence[Comment]) -> bytes | None:
    """A document with comments on its text; None where its format takes none. Raises `Undecodable`."""
    annotated = getattr(module(format), "annotate", None) if format else None
    return annotated(data, comments) if annotated else None


def _is(zh: str) -> str:
    """A name in a sentence: a blank stands before Latin letters."""
    return f"这是 {zh}" if zh[0].isascii() else f"这是{zh}"


def module(format: str) -> Format:
    """The module of a format. Raises `ModuleNotFoundError`."""
    return cast(Format, import_module(DOCUMENTS[format].module))
