"""The source line of a finding with a mark under the exact characters, measured as a terminal shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

from .. import deferred
from ..deferred import dataclass
from ..findings import Finding
from ..visible import COMMAND, visible

TAB = 4
CUT = "…"
BEFORE = 0.4  # share of the width that is left for what stands before the mark
# What is not torn at the end of a line: words of ASCII, and a character with the stops behind it.
PIECE = deferred.re(r"(?:[!-~]+|.)[，。；：、！？）》〉】”’…]*\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line ready to show, and where the mark below it begins and how wide it is, in cells."""

    text: str
    start: int
    width: int


def excerpt(finding: Finding, width: int) -> Excerpt:
    """The line of a finding in at most `width` cells, the marked characters within."""
    line, first = finding.excerpt, finding.excerpt_column
    begin = min(max(finding.place.column - first, 0), len(line))
    end = len(line)
    if finding.place.end_line == finding.place.line:
        end = min(max(finding.place.end_column - first, begin), end)
    pieces = expand(line)
    ahead = sum(map(cell_len, pieces[:begin]))
    marked = sum(map(cell_len, pieces[begin:end])) or 1
    return _crop(pieces, ahead, marked, width)


def expand(line: str) -> list[str]:
    """What is shown for each character: tabs as blanks up to the next stop, unsafe ones as signs."""
    pieces: list[str] = []
    column = 0
    commands = {match.start() for match in COMMAND.finditer(line)}
    for at, character in enumerate(line):
        piece = " " * (TAB - column % TAB) if character == "\t" else visible(character)
        piece += " " * (at in commands)
        pieces.append(piece)
        column += cell_len(piece)
    return pieces


def _crop(pieces: list[str], ahead: int, marked: int, width: int) -> Excerpt:
    """Only as much of a long line as fits, with the marked part in sight."""
    whole = "".join(pieces)
    total = max(cell_len(whole), ahead + 1)  # the mark may stand just behind the line
    if total <= width:
        return Excerpt(whole.rstrip(), ahead, marked)
    room = max(width - 2, 1)
    left = max(0, min(ahead - int(room * BEFORE), total - room))
    shown, dropped = _window("".join(pieces), left, room)
    start = ahead - dropped + (1 if dropped else 0)
    text = (CUT if dropped else "") + shown
    if dropped + cell_len(shown) < cell_len(whole):
        text += CUT
    return Excerpt(text.rstrip(), start, max(1, min(marked, width - start)))


def _window(text: str, left: int, room: int) -> tuple[str, int]:
    """The characters from about cell `left` on that fill `room` cells, and the cells before them."""
    kept: list[str] = []
    column = dropped = used = 0
    for character in text:
        size = cell_len(character)
        if column < left:
            dropped += size
        elif used + size > room:
            break
        else:
            kept.append(character)
            used += size
        column += size
    return "".join(kept), dropped


def fold(text: str, width: int) -> Iterator[str]:
    """`text` in lines of at most `width` cells; Chinese may be broken anywhere but before a stop."""
    line = ""
    for match in PIECE.finditer(text):
        piece = match[0]
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        while cell_len(piece.rstrip()) > width:
            head = _window(piece, 0, width)[0] or piece[0]
            yield head
            piece = piece[len(head) :]
        line += piece
    yield line.rstrip()
