"""JX109 of a whole text: UTF-8 that was read as GBK and saved so has no form that could be found, but says what it was."""

from __future__ import annotations

from collections.abc import Iterator

from ... import deferred
from ...findings import Edit, Hit, Words
from ...source import LOST, Source, Span

BEYOND = deferred.re(r"[^\x00-\x7f]+\??")  # a byte without a partner was written as ? or is lost
HAN = deferred.regex(r"\p{Han}")
GONE = b"\xff"  # in the place of bytes that are
MOST = 0.8  # this share of the characters beyond ASCII must have been others
LEAST = 10  # characters below which a text says too little
SHOWN = 16


def misread(source: Source) -> Hit | None:
    """The finding at the first place of such a text, which offers what all of it was; None where it is another."""
    edits = list(_edits(source))
    beyond = sum(len(match[0]) for match in BEYOND.finditer(source.text))
    meant = sum(one.span.end - one.span.start for one in edits)
    if meant < max(LEAST, beyond * MOST):
        return None
    at, first = edits[0].span, edits[0].text
    words = {
        "found": at.text[:SHOWN],
        "state": Words(f"按原编码应为“{first[:SHOWN]}”", f"originally `{first[:SHOWN]}`"),
        "advice": Words(
            "全文是误按 GBK 读取的 UTF-8，与原表核对后改回",
            "All of the text is UTF-8 that was read as GBK; compare with the original and restore it",
        ),
    }
    return Hit(at, words, edits=tuple(edits), value="")


def _edits(source: Source) -> Iterator[Edit]:
    """What each stretch of the text was, as far as it is left."""
    for match in BEYOND.finditer(source.text):
        if (meant := _meant(match[0])) is not None:
            yield Edit(Span(source, *match.span()), meant)


def _meant(text: str) -> str | None:
    """What UTF-8 that was read as GBK says, U+FFFD for what is gone; None where it is no such text."""
    gone = text.count(LOST) + text.endswith("?")
    try:
        data = GONE.join(piece.encode("gb18030") for piece in text.rstrip("?").split(LOST))
    except UnicodeEncodeError:
        return None
    meant = LOST.join(filter(None, data.decode("utf-8", "replace").split(LOST)))
    if gone and not meant.endswith(LOST) and text[-1] in f"{LOST}?":
        meant += LOST
    legible = meant.replace(LOST, "")
    return meant if meant.count(LOST) <= gone and HAN.search(legible) else None
