"""Text from files, made safe to show.

What a file holds may be hostile: terminal escapes, and marks that turn the reading direction round. They are
shown as visible signs and never sent to a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import lazy

if TYPE_CHECKING:
    import re


# Controls (C0, DEL, C1), direction marks, line separators, zero-width characters and lone surrogates.
UNSAFE = lazy.re(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
PICTURES = 0x2400  # the control pictures of Unicode stand in the order of the controls
DELETE = "\N{SYMBOL FOR DELETE}"


def sign(character: str) -> str:
    """A visible sign for a character that must not reach a terminal: ``␛``, or ``<U+202E>``."""
    code = ord(character)
    if code < 0x20:
        return chr(PICTURES + code)
    return DELETE if code == 0x7F else f"<U+{code:04X}>"


def visible(text: str) -> str:
    """`text` on one line, with every unsafe character shown as a sign."""
    return UNSAFE.sub(lambda match: sign(match[0]), text)


def escaped(json: str) -> str:
    """JSON text with every unsafe character as ``\\uXXXX``: the same data, harmless on a terminal.

    The line ends of its own layout stay.
    """
    return UNSAFE.sub(_escape, json)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
