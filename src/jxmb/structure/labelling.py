"""Pieces to labels and text: labels torn over several pieces are put together by the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import labels, values
from ..deferred import dataclass
from ..labels import LEVELS, Label, inexact, joining, money
from ..values import seams
from . import side_labels
from .fragments import Fragment, Gap, part, together

PERIODS = frozenset({"period", "period_start", "period_end"})


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

ABOVE = ("field", "money", "goal", "other", "column")  # the labels above the rows of the table
STROKES = "-—_"  # of the lines of a table
AMONG = ("column", *LEVELS)  # those among its heads


def words(pieces: Sequence[Fragment]) -> list[Fragment]:
    """The words that these pieces make, in order."""
    placed = keep_places(pieces)
    heads = _heads(pieces)
    sides = side_labels.find(pieces) if placed else {}
    found: list[Fragment] = []
    ends = [at for at, piece in enumerate(pieces) if joining.ends_level(piece.text)]
    taken = {number for parts in sides.values() for number in parts}
    for at in range(len(pieces)):
        if at in sides:
            side = [pieces[number] for number in sides[at]]
            meanings = joining.meanings("".join(piece.folded for piece in side))
            found.append(_word(side, meanings))
        if at in taken:
            continue
        used, meanings = _assembled(pieces, at, taken, placed=placed)
        if not meanings:
            tails = [number for number in ends if at < number <= at + REACH.ahead]
            used, meanings = _misread(pieces, at, taken, tails, _groups(at - heads))
        if not meanings and at < heads and not placed:
            used, meanings = _stacked(pieces, at, taken)
        if not meanings and at < heads:
            meanings = money.find(pieces[at].text)
        taken.update(used)
        found.append(
            _word([pieces[number] for number in used], meanings or joining.half(pieces[at].text))
        )
    return found


def _stacked(
    pieces: Sequence[Fragment], at: int, taken: set[int]
) -> tuple[list[int], tuple[Label, ...]]:
    """The lines of a label of money with its unit, right below each other; this piece alone where it begins none."""
    text = pieces[at].folded
    if len(text) > REACH.longest or not joining.begins_meaning(text):
        return [at], ()
    for number in range(at + 1, min(at + REACH.most_pieces, len(pieces))):
        piece = pieces[number]
        below = piece.gap is Gap.LINE or (piece.gap is Gap.EMPTY and seams.is_open(text))
        if number in taken or not below:
            break
        text += piece.folded
        found = money.find(text) if text.endswith("元)") else ()
        if any(one.name == "head" for one in found):
            return list(range(at, number + 1)), found
    return [at], ()


def _word(used: Sequence[Fragment], meanings: tuple[Label, ...]) -> Fragment:
    first = used[0]
    bare = first.text.strip(STROKES) if meanings and len(used) == 1 else ""
    if bare and bare != first.text:
        start = first.text.index(bare)
        used = [part(first, start, start + len(bare))]
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
    while len(used) < REACH.most_pieces and joining.begins(text):
        number = _next(pieces, used, taken, text, placed=placed)
        if number is None:
            break
        text += pieces[number].folded
        used = [*used, number]
        found = labels.find(text)
        if found and (not best[1] or len(pieces[at].text) <= 2 or joining.extends(best[1], found)):
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
    pieces: Sequence[Fragment],
    at: int,
    taken: set[int],
    tails: Sequence[int],
    groups: tuple[str, ...],
) -> tuple[list[int], tuple[Label, ...]]:
    """The pieces of a label with wrong characters, and what it was; this piece alone where it is none.

    `tails` are those ahead that may end the label of a level.
    """
    text = pieces[at].folded
    if not REACH.shortest <= len(text) <= REACH.longest:
        return [at], ()
    found = _meant(text, groups)
    if found and not text.endswith("指"):
        return [at], found
    for number in tails:
        tail = pieces[number].folded
        if number in taken or pieces[number].line > pieces[at].line + REACH.lines:
            continue
        whole = labels.find(text + tail) or _meant(text + tail, groups)
        if whole:
            return [at, number], whole
    return [at], found


def _meant(text: str, groups: tuple[str, ...]) -> tuple[Label, ...]:
    """What a label with wrong characters or a stroke before it was, of those that may stand in its place."""
    exact = labels.find(text.strip(STROKES))
    found = exact or inexact.near(text)
    if not found and text.endswith("指") and "level1" in groups:
        found = inexact.spilled(text) or inexact.near(text + "标")
    full = bool(exact) or text.endswith(("指", "指标")) or text[-2:-1] == "指"
    return tuple(one for one in found if one.group in groups and (full or one.group not in LEVELS))


def _next(
    pieces: Sequence[Fragment], used: Sequence[int], taken: set[int], text: str, *, placed: bool
) -> int | None:
    """The nearest piece that carries a label on which has come this far."""
    last = pieces[used[-1]]
    ahead = REACH.ahead_placed if placed else REACH.ahead
    for number in range(used[-1] + 1, min(used[-1] + 1 + ahead, len(pieces))):
        piece = pieces[number]
        if number in taken or len(piece.text) > REACH.longest_tail + 2:
            continue
        joined = text + piece.folded
        beside = number == used[-1] + 1
        if not joining.may_begin(joined) or not _may_follow(
            last, piece, text, beside=beside, placed=placed
        ):
            continue
        whole = labels.find(joined)
        known = labels.find(piece.text) and not joining.adds_money(text, piece.text)
        other = not whole or known or _ends_another(pieces, number, taken)
        if not beside and not placed and other:
            continue
        if whole or joining.begins(joined):
            return number
    return None


def _ends_another(pieces: Sequence[Fragment], at: int, taken: set[int]) -> bool:
    """Whether 指标 is the end of the level label right before it (经济成本 | 指标)."""
    before = pieces[at - 1].folded
    whole = pieces[at].folded == labels.LEVEL_END and joining.find(before, labels.LEVEL_END)
    return bool(whole) and at - 1 not in taken


def _may_follow(last: Fragment, piece: Fragment, text: str, *, beside: bool, placed: bool) -> bool:
    """Whether a piece stands where the next part of a label may stand."""
    if not beside and (labels.find(piece.text) or inexact.spilled(piece.text)):
        # A label may end as another one does: 服务对象 over 满意度指标.
        own, whole = joining.whole(piece.folded), joining.whole(text + piece.folded)
        if not placed:
            return piece.line <= last.line + REACH.between and joining.adds_money(text, piece.text)
        return _over(last, piece) and (
            joining.extends(own, whole) or joining.adds(text, own, whole)
        )
    opened = text.count("(") > text.count(")") and ")" not in piece.folded
    if opened and (not beside or joining.begins(piece.folded)):
        return False
    if beside and piece.gap in (Gap.TAB, Gap.WIDE) and not joining.are_halves(text, piece.text):
        return False
    bracket = piece.text[0] in "(（"
    if bracket and not beside and not joining.takes(text, piece.text, placed=placed):
        return False
    if not placed or piece.line <= last.line or _over(last, piece):
        return True
    # Heads of two lines may have slid against each other; a name as long is hardly ever made so.
    return len(text) >= REACH.sure and bool(labels.meaning(text + piece.folded, "column"))


def _over(upper: Fragment, lower: Fragment) -> bool:
    """Whether two pieces stand one above the other."""
    return lower.start <= upper.end and upper.start <= lower.end


def keep_places(found: Sequence[Fragment]) -> bool:
    """Whether blanks keep what stands below each other in its place."""
    wide = sum(1 for one in found if one.gap is Gap.WIDE)
    return wide >= REACH.placed * len(found) and not begin_at_margin(found)


def begin_at_margin(found: Sequence[Fragment]) -> bool:
    """Whether lines lost the blanks they began with, so that places on them cannot be compared."""
    starts = [word.start for word in found if word.gap >= Gap.LINE]
    return starts.count(0) > REACH.at_margin * len(starts)


def named_in_rows(found: Sequence[Fragment], start: int) -> list[Fragment]:
    """The words, those behind `start` as names that stand in a row of the table, but are called like a label (完成时间).

    Such a one has a level label before it, or the row above with its name and value; behind it is a value.
    """
    made = list(found)
    for at in range(start + 1, len(found)):
        if _is_name(made, at):
            made[at] = replace(made[at], meanings=())
    return made


def _is_name(found: Sequence[Fragment], at: int) -> bool:
    """Whether a label of a field stands where an indicator has its name."""
    if found[at].name("field") not in PERIODS or not _is_value(found[at + 1 : at + 2]):
        return False
    above, last = found[at - 2 : at - 1], found[at - 1]
    row = _is_value([last]) and not any(word.meanings for word in above)
    return last.name(*LEVELS) is not None or row


def _is_value(words: Sequence[Fragment]) -> bool:
    return any(not word.meanings and values.looks_like_target(word.text) for word in words)


def without_margin(found: Sequence[Fragment]) -> list[Fragment]:
    """The words without the margin label 绩效指标, whole, torn (绩, 效, 指, 标 one a line) or on every row."""
    named = any(word.name("column") == "name" and not word.name("margin") for word in found)
    return [
        word
        for word in found
        if not (named and word.name("margin"))
        and (word.meanings or not joining.in_margin(word.text))
    ]
