"""How wide text is on a page of fixed columns."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width


@lru_cache(maxsize=8192)
def width(character: str) -> int:
    """Columns that a character takes: two for wide ones, none for marks that stand on others."""
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") else 1


def columns(text: str) -> int:
    """Columns that a text takes."""
    return len(text) if text.isascii() else sum(map(width, text))
