"""Changes of a text that stands in pieces: the piece that each goes into, and the bytes of their part with them in.

A change goes into one piece, or into several of one look; their own bytes stay round it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import attrgetter, itemgetter

from ... import deferred
from .. import Change
from .text import Text

TAG = deferred.re(r"<[^>]*>")
# What differs where East Asian and Latin letters meet, and what input and spelling leave: seen by nobody as a form.
# A font of symbols is not among it.
UNSEEN = deferred.re(
    r"<(?:\w+:)?(?:(?:rFonts?(?![^>]*(?:Symbol|[Ww]ingdings|Webdings))|charset|family|scheme|lang|noProof|[bi]Cs|szCs)"
    r"(?=[\s/>])|/?rPr\s*/?>|/rFonts>)"
)
SPACE = deferred.re(r"""\s(?:\w+:)?space=(["'])\w*\1""")


class Pieces:
    """The pieces of a text in the bytes of a part, with the changes that they take."""

    def __init__(self, part: bytes, text: str, pieces: Sequence[Text]) -> None:
        self.part, self.text = part, text
        self.pieces = sorted(pieces, key=attrgetter("at"))
        self.edits: dict[Text, list[tuple[int, int, str]]] = defaultdict(list)

    def take(self, change: Change) -> str:
        """Takes a change; else says why not: what is `fixed` in a piece, `runs` of different looks, or `elsewhere`."""
        start, end, new = trimmed(change, self.text)
        if (start, end, new) == (start, start, ""):
            return ""
        pieces = self._touched(start, end, change)
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

    def _touched(self, start: int, end: int, change: Change) -> list[Text]:
        """The pieces that a change touches; of two that meet where something is put in the one that it was about."""
        first = bisect_left(self.pieces, start, key=lambda one: one.at + one.size)
        last = bisect_right(self.pieces, end, key=attrgetter("at"))
        near = self.pieces[first:last]
        within = [one for one in near if one.at < end and one.at + one.size > start]
        if within or start < end:
            return within
        about = [one for one in near if one.at < change.end and one.at + one.size > change.start]
        free = [one for one in about or near if not one.fixed]
        return (free or near)[:1]

    def _look(self, piece: Text) -> frozenset[str]:
        """What a reader sees of the properties of a piece."""
        first, last = piece.look
        tags: list[str] = TAG.findall(self.part[first:last].decode())
        return frozenset(one for one in tags if not UNSEEN.match(one))

    def written(self, quoted: Callable[[str], str]) -> bytes:
        """The part with all changes in; `quoted` makes XML of a text."""
        parts, end = [], 0
        for piece in sorted(self.edits, key=attrgetter("first")):
            parts += [self.part[end : piece.first], self._element(piece, quoted)]
            end = piece.last
        return b"".join((*parts, self.part[end:]))

    def _element(self, piece: Text, quoted: Callable[[str], str]) -> bytes:
        """The tag and the content of a piece, changed; its end tag stays."""
        text = self.text[piece.at : piece.at + piece.size]
        for start, end, new in sorted(self.edits[piece], key=itemgetter(0, 1), reverse=True):
            text = text[:start] + new + text[end:]
        raw = self.part[piece.first : piece.last].decode()
        tag = raw[: raw.index(">")]
        if text != text.strip(" \n"):
            tag = SPACE.sub("", tag) + ' xml:space="preserve"'
        return f"{tag}>{quoted(text)}".encode()


def trimmed(change: Change, text: str) -> tuple[int, int, str]:
    """A change without what stays at its beginning and at its end."""
    start, end, new = change
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return start, end, new
