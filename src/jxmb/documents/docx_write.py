"""Changes of the text written back into a Word document: the runs that change, and no other byte.

A change goes into one run, or into runs of the same look. What is no plain text of the body is left alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter, itemgetter
from xml.sax.saxutils import escape

from .. import lazy
from . import Change, Refused, Written
from .blocks import Text
from .numbers import on
from .package import Package
from .repack import Unsplit, repacked
from .word import Document
from .xml import Attributes, Reader

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
# What the input method and the spelling checker leave in the look of a run: it is seen nowhere.
UNSEEN = (
    lazy.re(r"""\s\w*:?hint="[^"]*"|<\w*:?(?:lang|noProof)\b[^>]*/>|\s+(?=/?>)"""),
    lazy.re(r"<\w*:?(?:rFonts/|rPr/?)>"),  # what is left without them
)
SPACE = lazy.re(r"""\s(?:\w+:)?space=(["'])\w*\1""")
STRUCTURE = frozenset("\t\n\v\r")


def changed(data: bytes, changes: Sequence[Change]) -> Written:
    """The document with changes in. Offsets are those of the text that it was read as. Raises `Undecodable`."""
    document = Document(data)
    main = document.package.part(document.main)
    if why := locked(document, main):
        return Written(data, tuple(Refused(one, *LOCKED[why]) for one in changes))
    out = document.render()
    story = Story(main, out.text, out.texts)
    refused = []
    for change in changes:
        if why := story.take(change):
            refused.append(Refused(change, *FIXED[why]))
    if not story.edits:
        return Written(data, tuple(refused))
    try:
        return Written(repacked(data, {document.main: story.written()}), tuple(refused))
    except Unsplit:
        return Written(data, tuple(Refused(one, *LOCKED["unsplit"]) for one in changes))


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


class Story:
    """The main part with the changes that it takes: for each piece of text what is replaced in it."""

    def __init__(self, main: bytes, text: str, texts: Sequence[Text]) -> None:
        self.main, self.text = main, text
        self.texts = sorted(texts, key=attrgetter("at"))
        self.edits: dict[Text, list[tuple[int, int, str]]] = defaultdict(list)
        self.taken: list[tuple[int, int]] = []

    def take(self, change: Change) -> str:
        """Takes a change; else says why not, by its name in `FIXED`."""
        start, end, new = _trimmed(change, self.text)
        if STRUCTURE & {*self.text[start:end], *new}:
            return "across"
        if (start, end, new) == (start, start, ""):
            return ""
        pieces = self._pieces(start, end, change)
        if not pieces:
            return "elsewhere"
        if why := next((one.fixed for one in pieces if one.fixed), ""):
            return why
        if len({self._look(one) for one in pieces}) > 1:
            return "runs"
        if sum(min(end, one.at + one.size) - max(start, one.at) for one in pieces) < end - start:
            return "elsewhere"
        for at, piece in enumerate(pieces):
            first, last = max(start, piece.at), min(end, piece.at + piece.size)
            self.edits[piece].append((first - piece.at, last - piece.at, "" if at else new))
        return ""

    def _pieces(self, start: int, end: int, change: Change) -> list[Text]:
        """The pieces that a change touches; of two that meet where something is put in the one that it was about."""
        first = bisect_left(self.texts, start, key=lambda one: one.at + one.size)
        last = bisect_right(self.texts, end, key=attrgetter("at"))
        near = self.texts[first:last]
        within = [one for one in near if one.at < end and one.at + one.size > start]
        if within or start < end:
            return within
        about = [one for one in near if one.at < change.end and one.at + one.size > change.start]
        free = [one for one in about or near if not one.fixed]
        return (free or near)[:1]

    def _look(self, piece: Text) -> str:
        first, last = piece.look
        look = self.main[first:last].decode()
        for unseen in UNSEEN:
            look = unseen.sub("", look)
        return look

    def written(self) -> bytes:
        """The main part with all changes in."""
        parts, end = [], 0
        for piece in sorted(self.edits, key=attrgetter("first")):
            parts += [self.main[end : piece.first], self._element(piece)]
            end = piece.last
        return b"".join((*parts, self.main[end:]))

    def _element(self, piece: Text) -> bytes:
        """The tag and the content of a piece, changed; its end tag stays."""
        text = self.text[piece.at : piece.at + piece.size]
        for start, end, new in sorted(self.edits[piece], key=itemgetter(0, 1), reverse=True):
            text = text[:start] + new + text[end:]
        raw = self.main[piece.first : piece.last].decode()
        tag = raw[: raw.index(">")]
        if text != text.strip(" "):
            tag = SPACE.sub("", tag) + ' xml:space="preserve"'
        return f"{tag}>{escape(text)}".encode()


def _trimmed(change: Change, text: str) -> tuple[int, int, str]:
    """A change without what stays at its beginning and at its end."""
    start, end, new = change
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return start, end, new
