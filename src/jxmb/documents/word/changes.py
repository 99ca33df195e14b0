"""Changes of the text written back into a Word document: the runs that change, and no other byte.

A change goes into one run, or into runs of the same look. What is no plain text of the body is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...visible import markup
from .. import Change, Refused, Written
from ..ooxml.package import Package
from ..ooxml.pieces import Pieces, trimmed
from ..ooxml.repack import Unsplit, repacked
from ..ooxml.xml import Attributes, Reader
from .document import Document
from .numbering import on

SIGNED = "_xmlsignatures/"
PASSWORDS = {"hash", "hashValue"}  # of a document that may be read by all, written by some
# Why a document is not changed at all.
LOCKED = {
    "signed": (
        "文档带有数字签名，修改会使签名失效",
        "the document is signed, and a change would break the signature",
    ),
    "protected": ("文档限制编辑", "the document is protected against editing"),
    "tracked": (
        "文档正在修订，修改应由人作出",
        "changes of the document are tracked, so a person should make them",
    ),
    "encoding": ("文档的编码不是 UTF-8", "the document is not written in UTF-8"),
    "unsplit": (
        "文档的压缩格式不支持局部改写",
        "the zip file of the document cannot be rewritten in parts",
    ),
}
# Why a change is not made.
FIXED = {
    "number": ("自动编号不在文字中，无法修改", "a number of a list is no text of the document"),
    "field": ("域的结果由 Word 生成，无法修改", "the result of a field is made by Word"),
    "symbol": ("符号不是普通文字，无法修改", "a symbol is no plain text"),
    "formula": ("公式中的文字无法修改", "text of a formula is not changed"),
    "break": ("换行和制表符无法修改", "breaks and tabs are not changed"),
    "box": ("文本框中的文字无法修改", "text of a text box is not changed"),
    "runs": ("文字的格式不一致，无法整体修改", "the text has different formats"),
    "across": ("涉及多个段落或单元格，无法修改", "the change is in several paragraphs or cells"),
    "elsewhere": (
        "文字在页眉、脚注中或单元格为空，无法修改",
        "the text is in a header or a note, or the cell is empty",
    ),
}
STRUCTURE = frozenset("\t\n\v\r")


def changed(data: bytes, changes: Sequence[Change]) -> Written:
    """The document with changes in. Offsets are those of the text that it was read as. Raises `Undecodable`."""
    document = Document(data)
    main = document.package.part(document.main)
    if why := locked(document, main):
        return Written(data, tuple(Refused(one, *LOCKED[why]) for one in changes))
    out = document.render()
    story = Pieces(main, out.text, out.texts)
    refused = []
    for change in changes:
        if why := "across" if _crosses(change, out.text) else story.take(change):
            refused.append(Refused(change, *FIXED[why]))
    if not story.edits:
        return Written(data, tuple(refused))
    try:
        return Written(repacked(data, {document.main: story.written(markup)}), tuple(refused))
    except Unsplit:
        return Written(data, tuple(Refused(one, *LOCKED["unsplit"]) for one in changes))


def _crosses(change: Change, text: str) -> bool:
    """Whether a change is one of paragraphs, cells or breaks."""
    start, end, new = trimmed(change, text)
    return not STRUCTURE.isdisjoint((*text[start:end], *new))


def locked(document: Document, main: bytes) -> str:
    """Why a document is not changed, by its name in `LOCKED`; empty where it may be."""
    package = document.package
    if any(name.startswith(SIGNED) for name in package.names):
        return "signed"
    try:
        main.decode("utf-8")
    except UnicodeDecodeError:
        return "encoding"
    return _settings(package, document.related("settings"))


def _settings(package: Package, part: str) -> str:
    found: list[str] = []

    def protection(attributes: Attributes) -> None:
        if attributes.get("enforcement", "0") not in ("0", "false", "off"):
            found.append("protected")

    def tracked(attributes: Attributes) -> None:
        if on(attributes):
            found.append("tracked")

    def password(attributes: Attributes) -> None:
        if PASSWORDS & attributes.keys():
            found.append("protected")

    starts = {
        "documentProtection": protection,
        "writeProtection": password,
        "trackRevisions": tracked,
    }
    package.read(part, Reader(starts, {}))
    return found[0] if found else ""
