"""Pieces to labels and text: labels torn over several pieces are put together by the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import labels, lazy, values
from ..labels import Label, inexact, money
from ..labels.inexact import MARGIN_PARTS
from ..labels.joining import beginnings, is_half, may_begin
from ..light import dataclass
from ..values import fold
from . import side_labels
from .fragments import Fragment, Gap, together


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the pieces of a label may stand apart: in pieces, lines, code points and shares of all."""

    most_pieces: int = 5
    longest: int = 16
    placed: float = 0.2  # the share of pieces set off by wide blanks from which on places count
    sure: int = 3  # code points of the first line of a head
    between: int = 2  # lines from one to the next where places do not tell
    lines: int = 3  # between two pieces of a label
    ahead: int = 14  # pieces that may stand between the two halves of a torn label
    ahead_placed: int = 24  # where places tell too
    longest_tail: int = 6
    shortest: int = 3  # code points of a label that may have wrong characters
    heads: int = 12  # pieces behind the first of them
    at_margin: float = (
        0.7  # the share of lines that begin without blanks, from which on places say nothing
    )


REACH = Reach()

TORN = (
    "level1",
    "level2",
    "field",
    "money",
    "goal",
    "column",
)  # labels whose two lines may stand side by side
LEVEL_END = "指标"
POINTS = lazy.regex(r"[\d%分权]")
ABOVE = ("field", "money", "goal", "other", "column")  # the labels above the rows of the table
LEVELS = ("level1", "level2")
AMONG = ("column", *LEVELS)  # those among its heads


def words(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The words that these pieces make, in order."""
    wide = sum(1 for piece in pieces if piece.gap is Gap.WIDE)
    placed = wide >= REACH.placed * len(pieces) and not begin_at_margin(pieces)
    heads = _heads(pieces)
    sides = side_labels.find(pieces) if placed else {}
    found: list[Fragment] = []
    taken = {number for parts in sides.values() for number in parts}
    for at in range(len(pieces)):
        if at in sides:
            found.append(_side(pieces, sides[at]))
        if at in taken:
            continue
        used, meanings = _assembled(pieces, at, taken, placed=placed)
        if not meanings:
            used, meanings = _misread(pieces, at, taken, _groups(at - heads))
        if not meanings and at < heads and _before_money(pieces, at):
            meanings = money.find(pieces[at].text)
        taken.update(used)
        found.append(_word([pieces[number] for number in used], meanings or _half(pieces[at].text)))
    return found


def _side(pieces: Sequence[Fragment], parts: Sequence[int]) -> Fragment:
    """A label of the first column."""
    used = [pieces[at] for at in parts]
    return _word(used, side_labels.meanings("".join(fold(piece.text) for piece in used)))


def _before_money(pieces: Sequence[Fragment], at: int) -> bool:
    """Whether an amount stands behind a piece on its line, or the label of one."""
    piece = pieces[at + 1] if at + 1 < len(pieces) else None
    if piece is None or piece.gap >= Gap.LINE:
        return False
    return values.amount(piece.text) is not None or bool(labels.meaning(piece.text, "money"))


def _half(text: str) -> tuple[Label, ...]:
    """What a level label says whose other half (标) stands too far away to be found."""
    return labels.find(fold(text) + "标") if is_half(text) else ()


def _word(used: Sequence[Fragment], meanings: tuple[Label, ...]) -> Fragment:
    first = used[0]
    return Fragment(
        cell=together([piece.cell for piece in used]),
        gap=first.gap,
        line=first.line,
        meanings=meanings,
        torn=len(used) > 1,
        start=min(piece.start for piece in used),
        end=max(piece.end for piece in used),
        height=sum(piece.line for piece in used) / len(used),
        block=first.block,
    )


def _assembled(
    pieces: Sequence[Fragment], at: int, taken: set[int], *, placed: bool
) -> tuple[list[int], tuple[Label, ...]]:
    """The pieces that make a label with this one, as many as there are, or this one alone."""
    text = pieces[at].folded
    used = [at]
    best: tuple[list[int], tuple[Label, ...]] = (used, labels.find(pieces[at].text))
    while len(used) < REACH.most_pieces and _begins(text):
        number = _next(pieces, used, taken, text, placed=placed)
        if number is None:
            break
        text += pieces[number].folded
        used = [*used, number]
        found = labels.find(text)
        if found and (not best[1] or len(pieces[at].text) <= 2 or _extends(best[1], found)):
            best = (used, found)
    return best


def _heads(pieces: Sequence[Fragment]) -> int:
    """The number of the first column label of the table; that of the last piece where there is none."""
    for at, piece in enumerate(pieces):
        found = labels.find(piece.text) or inexact.near(piece.text)
        if any(one.group == "column" and one.name in ("level1", "level2") for one in found):
            return at
    return len(pieces)


def _groups(behind: int) -> tuple[str, ...]:
    """The groups of labels that may stand so many pieces behind the first column label."""
    return ABOVE if behind < 0 else AMONG if behind < REACH.heads else LEVELS


def _misread(
    pieces: Sequence[Fragment], at: int, taken: set[int], groups: tuple[str, ...]
) -> tuple[list[int], tuple[Label, ...]]:
    """The pieces of a label with wrong characters, and what it was; this piece alone where it is none."""
    text = pieces[at].folded
    if not REACH.shortest <= len(text) <= REACH.longest:
        return [at], ()
    found = _meant(text, groups)
    if found and not text.endswith("指"):
        return [at], found
    last = min(at + 1 + REACH.ahead, len(pieces))
    for number in range(at + 1, last):
        piece = pieces[number]
        if number in taken or piece.line > pieces[at].line + REACH.lines:
            continue
        tail = piece.folded
        if not inexact.is_tail(tail):
            continue
        whole = labels.find(text + tail) or _meant(text + tail, groups)
        if whole:
            return [at, number], whole
    return [at], found


def _meant(text: str, groups: tuple[str, ...]) -> tuple[Label, ...]:
    """What a label with wrong characters was, of those that may stand in its place."""
    found = inexact.near(text)
    if not found and text.endswith("指") and "level1" in groups:
        found = inexact.spilled(text) or inexact.near(text + "标")
    full = text.endswith(("指", "指标"))
    return tuple(one for one in found if one.group in groups and (full or one.group not in LEVELS))


def _next(
    pieces: Sequence[Fragment], used: Sequence[int], taken: set[int], text: str, *, placed: bool
) -> int | None:
    """The nearest piece that carries a label on which has come this far."""
    last = pieces[used[-1]]
    if len(used) > 1:
        line = [pieces[at].start for at in used if pieces[at].line == last.line]
        last = replace(last, start=min(line))
    ahead = REACH.ahead_placed if placed else REACH.ahead
    for number in range(used[-1] + 1, min(used[-1] + 1 + ahead, len(pieces))):
        piece = pieces[number]
        if placed and piece.line > last.line + REACH.lines:
            break
        if number in taken or len(piece.text) > REACH.longest_tail + 2:
            continue
        joined = text + piece.folded
        beside = number == used[-1] + 1
        if not may_begin(joined) or not _may_follow(
            last, piece, text, beside=beside, placed=placed
        ):
            continue
        whole = labels.find(joined)
        known = labels.find(piece.text) and not _adds_money(text, piece.text)
        other = not whole or known or _ends_another(pieces, number, taken)
        if not beside and not placed and other:
            continue
        if whole or _begins(joined):
            return number
    return None


def _ends_another(pieces: Sequence[Fragment], at: int, taken: set[int]) -> bool:
    """Whether 指标 is the end of the level label right before it (经济成本 | 指标)."""
    before = pieces[at - 1].folded
    whole = pieces[at].folded == LEVEL_END and labels.find(before + LEVEL_END)
    return bool(whole) and at - 1 not in taken


def _may_follow(last: Fragment, piece: Fragment, text: str, *, beside: bool, placed: bool) -> bool:
    """Whether a piece stands where the next part of a label may stand."""
    if not beside and (labels.find(piece.text) or inexact.spilled(piece.text)):
        # A label may end as another one does: 服务对象 over 满意度指标.
        own, whole = _whole(piece.folded), _whole(text + piece.folded)
        if not placed:
            return piece.line <= last.line + REACH.between and _adds_money(text, piece.text)
        return _over(last, piece) and (_extends(own, whole) or _adds(text, own, whole))
    opened = text.count("(") > text.count(")") and ")" not in piece.folded
    if opened and (not beside or _begins(piece.folded)):
        return False
    if beside and _set_off(last, piece) and not _halves(text, piece.text):
        return False
    if not beside and piece.text[0] in "(（" and not _takes(text, piece.text):
        return False
    if not placed or piece.line <= last.line or _over(last, piece):
        return True
    # Heads of two lines may have slid against each other; a name as long is hardly ever made so.
    return len(text) >= REACH.sure and bool(labels.meaning(text + piece.folded, "column"))


def _adds(text: str, own: Sequence[Label], whole: Sequence[Label]) -> bool:
    """Whether a text that says nothing alone makes another label of its kind of one (中期资金 | 总额)."""
    return not labels.find(text) and bool({one.group for one in own} & {one.group for one in whole})


def _adds_money(text: str, more: str) -> bool:
    """Whether a text that says nothing alone makes another label of the money block of one."""
    own, whole = labels.find(more), labels.find(text + fold(more))
    return all(any(one.group == "money" for one in two) for two in (own, whole)) and _adds(
        text, own, whole
    )


def _whole(text: str) -> tuple[Label, ...]:
    """What a text says that is a label, or one without its last 标."""
    return labels.find(text) or _half(text)


def _takes(text: str, bracket: str) -> bool:
    """Whether a label may have this in brackets on a line further down: its unit, or its points."""
    groups = {label.group for label in labels.find(text)}
    if "元" in bracket:
        return labels.meaning(text, "money") == "head"
    if not POINTS.search(bracket):
        return False
    return not groups & {"money", "field", "goal"}


def _set_off(last: Fragment, piece: Fragment) -> bool:
    """Whether a tab or wide blank on their line parts two pieces."""
    return piece.gap in (Gap.TAB, Gap.WIDE) and piece.line == last.line


def _halves(text: str, tail: str) -> bool:
    """Whether two texts are nothing alone and a label together: its lines were read as one."""
    whole = any(label.group in TORN for label in labels.find(text + fold(tail)))
    return whole and not labels.find(text) and not labels.find(tail)


def _over(upper: Fragment, lower: Fragment) -> bool:
    """Whether two pieces stand one above the other."""
    return lower.start <= upper.end and upper.start <= lower.end


def _extends(one: tuple[Label, ...], longer: tuple[Label, ...]) -> bool:
    """Whether the longer run is the same label in full (经济效益 + 指标), not a label and the next one.

    The margin label begins heads of columns: 绩效指标 + 值.
    """
    if any(label.group == "margin" for label in one):
        return any(label.group == "column" for label in longer)
    return bool(
        {(label.group, label.name) for label in one}
        & {(label.group, label.name) for label in longer}
    )


def _begins(text: str) -> bool:
    """Whether a label begins so, or is this and may have its unit or points behind it."""
    if not text:
        return False
    text = text.removeprefix("其中").lstrip(":")
    return not text or text in beginnings() or bool(labels.find(text))


def begin_at_margin(found: Sequence[Fragment | Fragment]) -> bool:
    """Whether lines lost the blanks they began with, so that places on them cannot be compared."""
    starts = [word.start for word in found if word.gap >= Gap.LINE]
    return starts.count(0) > REACH.at_margin * len(starts)


def without_margin(found: Sequence[Fragment]) -> list[Fragment]:
    """The words without the margin label 绩效指标, whole, torn (绩, 效, 指, 标 one a line) or on every row."""
    named = any(word.name("column") == "name" and not word.name("margin") for word in found)
    return [
        word
        for word in found
        if not (named and word.name("margin"))
        and (word.meanings or fold(word.text) not in MARGIN_PARTS)
    ]
