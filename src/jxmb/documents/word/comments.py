"""Comments put into a copy of a Word document, each on the paragraph or the cell that it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from posixpath import dirname, join
from typing import NamedTuple

from ... import deferred
from ...source.decoding import Undecodable
from ...visible import markup
from .. import Comment
from ..ooxml.additions import DECLARATION, Parts, Root, root, within
from ..ooxml.repack import Unsplit, repacked
from ..ooxml.text import Anchor
from .document import Document

AUTHOR = 'author="jxmb" {w}initials="jxmb"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
NUMBER = deferred.re(r"""<(?:\w+:)?comment\s[^>]*?\bid=["'](\d+)["']""")
REFUSED = (
    "文档无法添加批注，请用 Word 或 WPS 重新保存",
    "the document takes no comments: save it once more with Word or WPS",
)


class New(NamedTuple):
    """How elements are written that are new in a part: the prefix of their names, and what they say of it."""

    w: str
    says: str


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
    parts = Parts(document.package)
    own = root(parts.text(document.main))
    part = document.related("comments") or join(dirname(document.main), "comments.xml")
    old = parts.text(part)
    if not old:
        parts.relate(document.main, "comments", part, own.relations)
        parts.declare(part, TYPE)
    first = max(map(int, NUMBER.findall(old)), default=-1) + 1
    numbers: dict[Anchor, list[int]] = defaultdict(list)
    for number, one in enumerate(comments, first):
        at = bisect_right(anchors, one.offset, key=attrgetter("at")) - 1
        numbers[anchors[max(0, at)]].append(number)
    whole = old or f'{DECLARATION}<w:comments xmlns:w="{own.space}"/>'
    new = _new(root(whole))
    entries = (_entry(number, one.text, new) for number, one in enumerate(comments, first))
    parts.changed[part] = within(whole, "".join(entries))
    main = document.package.part(document.main)
    return parts.bytes() | {document.main: _marked(main, numbers, own)}


def _new(own: Root) -> New:
    """Elements of a part without a prefix name their own."""
    return New(own.prefix, "") if own.prefix else New("w:", f' xmlns:w="{own.space}"')


def _entry(number: int, text: str, new: New) -> str:
    w = new.w
    lines = "".join(
        f'<{w}p><{w}r><{w}t xml:space="preserve">{markup(line)}</{w}t></{w}r></{w}p>'
        for line in text.splitlines() or [""]
    )
    author = AUTHOR.format(w=w)
    return f'<{w}comment{new.says} {w}id="{number}" {w}{author}>{lines}</{w}comment>'


def _marked(main: bytes, numbers: dict[Anchor, list[int]], own: Root) -> bytes:
    """The main part with a range for each comment."""
    edits = sorted(
        edit for anchor, ids in numbers.items() for edit in _edits(main, anchor, ids, own)
    )
    parts, at = [], 0
    for start, _, end, text in edits:
        parts += [main[at:start], text.encode()]
        at = end
    return b"".join((*parts, main[at:]))


def _edits(
    main: bytes, anchor: Anchor, numbers: Sequence[int], own: Root
) -> Iterator[tuple[int, int, int, str]]:
    """What is put in for the comments of an anchor: where, in which order, up to where, what."""
    w, says = _new(own)
    starts = "".join(f'<{w}commentRangeStart{says} {w}id="{one}"/>' for one in numbers)
    ends = "".join(
        f'<{w}commentRangeEnd{says} {w}id="{one}"/>'
        f'<{w}r{says}><{w}commentReference {w}id="{one}"/></{w}r>'
        for one in numbers
    )
    name = f"{own.prefix}p"
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
