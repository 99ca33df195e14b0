"""Folding: two ways to look past how characters were typed or printed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise

from .. import deferred

# Blanks, control characters and what cannot be seen: soft hyphen, zero-width marks, byte-order mark.
CONTROL = r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
BLANKS = deferred.re(rf"[\s{CONTROL}]+")
UNSEEN = deferred.re(r"[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")

# Sorting the marks on one character takes quadratic time, so a long text is normalised in pieces.
PIECE = 512

# Radicals that fonts of some browsers put for the character, and that have no compatibility form, or (⼾) that
# of another script.
RADICALS = str.maketrans(
    "⺁⺇⺌⺎⺏⺐⺕⺜⺝⺟⺠⺩⺪⺮⺵⺶⺷⺻⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾",
    "厂几小尢尢尢彐日月母民王疋竹羊羊羊聿肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户",
)
RADICAL = deferred.re("[\u2e80-\u2fdf]")

DASH = deferred.re("(?<=[0-9])[一ー](?=[0-9])")

FIGURES = frozenset("0123456789")

# Whose compatibility form is one character, so that offsets stay: full width, small and vertical
# forms, radicals. Circled digits, ² and ㎡ are left alone: they are no plain digits or letters.
SIMPLE = ((0xFF01, 0xFF5F), (0xFFE0, 0xFFE7), (0xFE10, 0xFE1A), (0xFE30, 0xFE6C), (0x2E80, 0x2FD6))

LONGEST_KEPT = (
    80  # code points of a text whose folded form is kept: longer ones are hardly met twice
)


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms folded (full width, Kangxi radicals), all blanks dropped."""
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text
    return _kept(text) if len(text) <= LONGEST_KEPT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return BLANKS.sub("", text)
    folded = _normalize(text)
    if " " in folded or not folded.isprintable():
        folded = BLANKS.sub("", folded)
    if unicodedata.is_normalized("NFKC", folded[:PIECE]):
        return folded
    return _normalize(folded)  # a dropped blank stood between a letter and its mark


_kept = lru_cache(maxsize=1024)(
    _folded
)  # labels, units and values of one line are folded again and again


def characters(text: str) -> str:
    """`text` with the characters that a person reads where the print has others that look alike.

    Radicals (⽬ is 目), and a dash between figures that was read as a letter (0一6岁 is 0—6岁).
    """
    if "一" in text or "ー" in text:
        text = DASH.sub("—", text)
    if text.isalnum() or not RADICAL.search(text):
        return text
    return RADICAL.sub(
        lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(RADICALS)
    )


def _normalize(text: str) -> str:
    text = text.translate(RADICALS) if RADICAL.search(text) else text
    if len(text) <= PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


def _widths() -> dict[int, str]:
    table = {code: " " for code in (*range(0x21), *range(0x7F, 0xA1), 0xAD, 0x1680, 0x180E)}
    table |= dict.fromkeys((*range(0x2000, 0x2010), *range(0x2028, 0x2030)), " ")
    table |= dict.fromkeys((0x061C, 0x205F, *range(0x2060, 0x2065), 0x3000, 0xFEFF), " ")
    for start, stop in SIMPLE:
        for code in range(start, stop):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and folded != " ":
                table[code] = folded
    return table


WIDTHS = _widths()


def width(text: str) -> str:
    """`text` with half-width characters and plain blanks; as long as before, so that offsets stay."""
    return text.translate(WIDTHS)


@lru_cache(maxsize=1024)
def squeeze(text: str) -> str:
    """`text` at half width without blanks, but for one blank where it parts two digits."""
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text
    pieces = width(UNSEEN.sub("", text)).split()
    if len(pieces) < 2:
        return pieces[0] if pieces else ""
    joined = [pieces[0]]
    for before, after in pairwise(pieces):
        if before[-1] in FIGURES and after[0] in FIGURES:
            joined.append(" ")
        joined.append(after)
    return "".join(joined)


def squeezed(text: str) -> tuple[str, list[int]]:
    """`squeeze(text)` with the offset in `text` of each of its characters, and of its end."""
    line = width(text)
    if " " not in line:
        return line, list(range(len(line) + 1))
    kept: list[str] = []
    offsets: list[int] = []
    parted = -1  # where the blank is that may part two digits
    for at, char in enumerate(line):
        if char == " ":
            if parted < 0 and not UNSEEN.match(text[at]):
                parted = at
            continue
        if parted >= 0 and kept and kept[-1] in FIGURES and char in FIGURES:
            kept.append(" ")
            offsets.append(parted)
        kept.append(char)
        offsets.append(at)
        parted = -1
    return "".join(kept), [*offsets, len(text)]
