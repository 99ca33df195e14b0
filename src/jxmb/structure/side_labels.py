"""Labels beside several rows of a page: the first column, in which the parts of a label stand one below the other.

The texts beside such a label are printed between its parts: `项目实施期`, three lines of the goal, `目标`; or one
character a line. No other column is so narrow that its cells stand clear of all other text.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..deferred import dataclass
from ..labels import joining
from ..values import fold
from .fragments import Fragment, Gap

GROUPS = frozenset({"goal", "margin", "money", "field"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How large the labels of the first column are."""

    parts: int = 8  # of a label, and code points of a part
    lines: int = 4  # from one part to the next


LIMITS = Limits()


def find(pieces: Sequence[Fragment]) -> dict[int, list[int]]:
    """The numbers of the pieces that make a label of the first column, by that of its first one."""
    firsts = [at for at, piece in enumerate(pieces) if piece.gap >= Gap.LINE]
    found: dict[int, list[int]] = {}
    taken: set[int] = set()
    for number, at in enumerate(firsts):
        text = pieces[at].text
        if (
            at in taken
            or len(text) > LIMITS.parts
            or not (joining.meanings(text) or joining.begins_meaning(text))
        ):
            continue
        parts = _parts(pieces, firsts[number:])
        if len(parts) > 1:
            found[at] = parts
            taken.update(parts)
    return found


def _parts(pieces: Sequence[Fragment], firsts: Sequence[int]) -> list[int]:
    """The longest label that begins with the first of these pieces, each the first on its line."""
    used = [firsts[0]]
    whole = list(used)
    text = fold(pieces[firsts[0]].text)
    start, end = pieces[firsts[0]].start, pieces[firsts[0]].end
    for number, at in enumerate(firsts[1:], 1):
        piece, last = pieces[at], pieces[used[-1]]
        if piece.line - last.line > LIMITS.lines or len(used) == LIMITS.parts:
            break
        if piece.start >= end:
            continue  # a line of what stands beside the label
        joined = text + fold(piece.text)
        if piece.end <= start or len(piece.text) > LIMITS.parts:
            break
        if joining.meanings(piece.text) and (
            joining.meanings(text) or not joining.meanings(joined)
        ):
            break  # a label of its own, not the end of this one (主管 over 部门)
        if not (joining.meanings(joined) or joining.begins_meaning(joined)):
            break
        start, end, text = min(start, piece.start), max(end, piece.end), joined
        used.append(at)
        beside = pieces[used[0] : firsts[number + 1] if number + 1 < len(firsts) else None]
        clear = all(one.start >= end for one in beside if one.gap < Gap.LINE)
        if clear and any(one.group in GROUPS for one in joining.meanings(joined)):
            whole = list(used)
    return whole
