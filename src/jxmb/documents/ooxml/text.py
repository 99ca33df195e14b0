"""Pieces of a text, and the paragraphs and cells that they stand in: where they are in the bytes of their part."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """A piece of a text, the `t` of a run: where it stands in the text, and what must be known to write it anew."""

    at: int
    size: int
    first: int  # offsets of its tags in the bytes of the part
    last: int
    look: tuple[int, int]  # where the properties of its run stand in these bytes
    fixed: str  # why it cannot be written: `number`, `field`, `symbol`, `formula`, `break`, `box`; empty where it can


class Anchor(NamedTuple):
    """A paragraph or a cell: where it begins in the text, and its first and its last tag in the bytes of the part.

    The first is the tag that its runs follow, the last the end of its last paragraph.
    """

    at: int
    first: int
    last: int
