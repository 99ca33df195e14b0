"""Comments put into a copy of a Word document, each on the paragraph or the cell that it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from posixpath import basename, dirname, join
from typing import NamedTuple
from xml.sax.saxutils import escape

from .. import lazy
from ..source.decoding import Undecodable
from . import Comment
from .blocks import Anchor
from .package import TYPES
from .repack import Unsplit, repacked
from .word import Document

AUTHOR = 'author="jxmb" {w}initials="jxmb"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = lazy.re(r"<(?:(\w+):)?\w+[\s>/]")  # the first element: its prefix
NUMBER = lazy.re(r"""<(?:\w+:)?comment\s[^>]*?\bid=["'](\d+)["']""")
CLOSED = lazy.re(r"\s*/>\s*$")  # a root without content
REFUSED = (
    "文档无法添加批注，请用 Word 或 WPS 重新保存",
    "the document takes no comments: save it once more with Word or WPS",
)


class Prefix(NamedTuple):
    """How the main part names its own elements: the prefix with its colon, and the namespace."""

    name: str  # the prefix of what is there
    w: str  # the prefix of what is new
    space: str
    declared: bool  # False where each new element must say it

    @property
    def says(self) -> str:
        """What a new element says of its namespace."""
        return "" if self.declared else f' xmlns:w="{self.space}"'


def annotated(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The document with these comments. Raises `Undecodable` where it cannot take any."""
    document = Document(data)
    anchors = document.render().anchors
    if not (anchors and comments):
        return data
    try:
        return repacked(data, _parts(document, anchors, comments))
    except (ValueError, Unsplit):  # not in UTF-8, or a part that names the others is no XML
        raise Undecodable(*REFUSED) from None


def _parts(
    document: Document, anchors: Sequence[Anchor], comments: Sequence[Comment]
) -> dict[str, bytes]:
    """The parts that change, with the comments in."""
    main = document.package.part(document.main)
    part = document.related("comments") or join(dirname(document.main), "comments.xml")
    old = document.package.part(part).decode("utf-8")
    prefix = _prefix(main.decode("utf-8"))
    first = max(map(int, NUMBER.findall(old)), default=-1) + 1
    numbers: dict[Anchor, list[int]] = defaultdict(list)
    for number, one in enumerate(comments, first):
        at = bisect_right(anchors, one.offset, key=attrgetter("at")) - 1
        numbers[anchors[max(0, at)]].append(number)
    root = _prefix(old) if old else prefix._replace(w="w:", declared=True)
    entries = "".join(_entry(number, one.text, root) for number, one in enumerate(comments, first))
    whole = old or f'{DECLARATION}<w:comments xmlns:w="{prefix.space}"/>'
    found = {document.main: _marked(main, numbers, prefix), part: _within(whole, entries)}
    return found if old else found | _declared(document, part, prefix)


def _prefix(text: str) -> Prefix:
    match = ROOT.search(text)
    name = match[1] if match else None
    start = text.find(f'xmlns:{name}="' if name else 'xmlns="')
    space = text[start:].split('"', 2)[1] if start >= 0 else ""
    return Prefix(f"{name}:" if name else "", f"{name or 'w'}:", space, bool(name))


def _entry(number: int, text: str, prefix: Prefix) -> str:
    w = prefix.w
    lines = "".join(
        f'<{w}p><{w}r><{w}t xml:space="preserve">{escape(line)}</{w}t></{w}r></{w}p>'
        for line in text.splitlines() or [""]
    )
    author = AUTHOR.format(w=w)
    return f'<{w}comment{prefix.says} {w}id="{number}" {w}{author}>{lines}</{w}comment>'


def _marked(main: bytes, numbers: dict[Anchor, list[int]], prefix: Prefix) -> bytes:
    """The main part with a range for each comment."""
    edits = sorted(
        edit for anchor, own in numbers.items() for edit in _edits(main, anchor, own, prefix)
    )
    parts, at = [], 0
    for start, _, end, text in edits:
        parts += [main[at:start], text.encode()]
        at = end
    return b"".join((*parts, main[at:]))


def _edits(
    main: bytes, anchor: Anchor, numbers: Sequence[int], prefix: Prefix
) -> Iterator[tuple[int, int, int, str]]:
    """What is put in for the comments of an anchor: where, in which order, up to where, what."""
    w, says = prefix.w, prefix.says
    starts = "".join(f'<{w}commentRangeStart{says} {w}id="{one}"/>' for one in numbers)
    ends = "".join(
        f'<{w}commentRangeEnd{says} {w}id="{one}"/>'
        f'<{w}r{says}><{w}commentReference {w}id="{one}"/></{w}r>'
        for one in numbers
    )
    name = f"{prefix.name}p"
    first, last = _behind(main, anchor.first, name), anchor.last
    if main.startswith(f"</{name}>".encode(), last):
        yield first, 0, first, starts
        yield last, 1, last, ends
    elif first == last:  # an empty paragraph, written as one tag
        yield last - 2, 0, last, f">{starts}{ends}</{name}>"
    else:
        yield first, 0, first, starts
        yield last - 2, 1, last, f">{ends}</{name}>"


def _behind(main: bytes, tag: int, name: str) -> int:
    """Where the runs of a paragraph begin: behind its own tag, or behind its properties."""
    if main.startswith((f"<{name}".encode(), f"</{name}Pr".encode()), tag):
        return main.index(b">", tag) + 1
    return tag  # properties without content end where they were said to


def _within(text: str, inner: str) -> bytes:
    """An XML text with more elements at the end of its root."""
    closed = CLOSED.search(text)
    if closed:
        match = ROOT.search(text)
        name = text[match.start() + 1 :].split("/")[0].split()[0] if match else ""
        return f"{text[: closed.start()]}>{inner}</{name}>".encode()
    at = text.rindex("</")
    return f"{text[:at]}{inner}{text[at:]}".encode()


def _declared(document: Document, part: str, prefix: Prefix) -> dict[str, bytes]:
    """The parts that name all parts, with that of the comments."""
    types = document.package.part(TYPES).decode("utf-8")
    name = join(dirname(document.main), "_rels", f"{basename(document.main)}.rels")
    relations = document.package.part(name).decode("utf-8")
    relations = relations or f'{DECLARATION}<Relationships xmlns="{RELATIONS}"/>'
    type = f"{STRICT if 'purl.oclc.org' in prefix.space else TRANSITIONAL}/comments"
    override = f'<{_own(types)}Override PartName="/{part}" ContentType="{TYPE}"/>'
    relation = f'<{_own(relations)}Relationship Id="jxmbComments" Type="{type}" Target="/{part}"/>'
    return {TYPES: _within(types, override), name: _within(relations, relation)}


def _own(text: str) -> str:
    match = ROOT.search(text)
    return f"{match[1]}:" if match and match[1] else ""
