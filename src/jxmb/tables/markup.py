"""What a person reads in a stretch of text: tags and entities gone, wrapped lines joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .. import deferred

# A tag ends at the first ">" outside a quoted value; "<" inside one means that it was none, and so does Chinese
# where a name should stand. A quoted value that holds a cell was never closed. The quantifiers are possessive: a page of
# broken tags is read once.
NAMED = r"[A-Za-z][A-Za-z0-9:-]*+"
_CELL = r"<(?!/?t[dhr]\b)"
ATTRIBUTES = (
    r"""(?:[\s/](?:[^<>=\u0080-\U0010ffff]++|"""
    rf"""=\s*+"(?:[^"<]|{_CELL})*+"|=\s*+'(?:[^'<]|{_CELL})*+'|=["']?[^\s<>"'=]*+)*+)?+"""
)
TAG = deferred.re(rf"<(?P<close>/?)(?P<name>{NAMED})(?P<attributes>{ATTRIBUTES})>")
ENTITY = deferred.re(
    r"&(?:#[0-9]{1,7}+(?![0-9]);?|#[xX][0-9a-fA-F]{1,6}+(?![0-9a-fA-F]);?|[A-Za-z][A-Za-z0-9]{1,31}+;|(?:nbsp|lt|gt|amp|quot))"
)
# Pandoc's Markdown keeps the style of a stretch of text in braces behind it.
STYLED = deferred.re(r"\[((?:[^\[\]\\]++|\\.)*+)\]\{[^{}=]*+=[^{}]*+\}")
BREAK = deferred.re(r"\r\n|[\n\r\v]")  # U+000B is a line end inside a cell
ESCAPED = deferred.re(r"\\([!-/:-@\[-`{-~])")

# Tags that end a line of text; all others stand inside one.
_BLOCKS = """address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav noscript ol
    optgroup option p pre section select summary table tbody td tfoot th thead tr ul"""
_INLINE = """a abbr acronym applet area audio b base basefont bdi bdo big button canvas cite code col colgroup
    comment data datalist del dfn em embed font frame i iframe img input ins kbd label link map mark marquee
    meta meter nobr noframes object output param picture progress q rp rt ruby s samp script small source
    span strike strong style sub sup svg template textarea time title track tt u var video wbr xml"""
BLOCKS = frozenset(_BLOCKS.split())
KNOWN = BLOCKS | set(_INLINE.split())

if TYPE_CHECKING:
    import re


def tag(match: re.Match[str]) -> str:
    """The name of a matched tag in small letters, or nothing where it is none, as in ``<x>``.

    Names with a colon are the private tags of office programs.
    """
    name = match["name"].lower()
    return name if name in KNOWN or ":" in name else ""


def readable(text: str) -> str:
    """`text` as a person reads it; a text without tags, entities and line breaks comes back as it is."""
    if "<" in text:
        text = TAG.sub(_shown, text)
    text = decoded(text)
    if "]{" in text:
        text = STYLED.sub(r"\1", text)
    if "\n" in text or "\r" in text or "\v" in text:
        return glued(BREAK.split(text))
    return text.strip()


def unescaped(text: str) -> str:
    """`text` without the backslashes that Markdown puts before punctuation."""
    return ESCAPED.sub(r"\1", text) if "\\" in text else text


def decoded(text: str) -> str:
    """`text` with its character references and formulas replaced."""
    if "&" in text:
        from html import unescape

        text = ENTITY.sub(lambda match: unescape(match[0]), text)
    if "\\" in text or "$" in text:
        from .formulas import shown

        text = shown(text)
    return text


def _shown(match: re.Match[str]) -> str:
    name = tag(match)
    if not name:
        return match[0]
    return "\n" if name in BLOCKS else ""


def glued(pieces: Iterable[str]) -> str:
    """Pieces of a wrapped text joined: with a blank between Latin words, else with nothing."""
    out: list[str] = []
    last = ""
    for piece in pieces:
        if not (piece := piece.strip()):
            continue
        if last and _parted(last, piece[0]):
            out.append(" ")
        out.append(piece)
        last = piece[-1]
    return "".join(out)


def _parted(left: str, right: str) -> bool:
    """Whether a line break between two characters stands for a blank."""
    if not (left.isascii() and right.isascii() and right.isalnum()):
        return False
    return left.isalnum() or (left in ",.;:!?)%" and right.isalpha())
