"""Header labels and their values by order alone, where a tall cell stands on both sides of its label's line.

A cell of several lines is centred on its row: some of its lines come before the label in the text, some
behind it, with the neighbours' between. The cheapest way to give each line to a label near it is found for
the header as a whole: what a value of each label looks like, and how evenly its lines stand around the label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import regex

from .. import values
from ..tables.widths import columns
from .pieces import Gap
from .words import Word

MOST_LABELS = 80  # a header with more is none of one page
BEAM = 12  # ways followed at the same time
MOST_SKIPS = 5  # pieces between two labels up to which they may belong to a label further away
MOST_DEALT = 10  # lines of two goals that are dealt to both
FORE = 1.0  # the price of a piece before its label
SKIP = 0.8  # of a piece with another label between it and its own
STRAY = 1.2  # of a piece before all labels that belongs to none
OFF_LINE = 3.0  # of a piece on a line with a label to its left that belongs to another
UNEVEN = 0.6  # of each line by which a cell stands too high or low beside its label
HANGING = 1.2  # of a cell that goes on below the line of its label, but not above
OPEN = 1.0  # of a bracket that is not closed, or not opened
SLACK = 4  # display columns by which the lines of one cell may differ
EMPTY = {
    "project": 3.0,
    "name": 3.0,
    "nature": 2.0,
    "period": 2.5,
    "goal": 2.5,
    "money": 0.4,
    "other": 0.5,
}
DIGITS = regex.compile(r"^[\d.,，\s/年月日至—–~～-]+$")
DATE_PIECE = regex.compile(r"\d|^[年月日至—–~～-]+$|^长期$")
AMOUNT = regex.compile(r"^\d[\d,]{0,12}\.\d\d?$")  # which no date looks like
OFFICE = regex.compile(
    r"(?:[局委办厅部所站院校会队股处科室府镇乡学馆团社园司县区市州旗场]|中心|大队|单位)[)）]?$"
)
UNIT = regex.compile(r"^[(（](?:单位[:：]?)?(?:亿元|万元|千元|元)[)）]$")
MOST_RAGGED = 1.0  # the price of all lines of a goal that end early
LONGEST_AMOUNT = 20
LONGEST_NATURE = 6
NONE = regex.compile(r"^[-—–/]+$|^无$")
END = ("。", "；", "！", ".")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to give the pieces up to here to labels: its price, and the pieces before and behind each label."""

    price: float
    before: tuple[tuple[int, ...], ...]
    behind: tuple[tuple[int, ...], ...]


def kind(label: Word) -> str:
    """What values a label has: name, nature, period, money, goal, other; nothing for a heading."""
    field, money, goal = label.name("field"), label.name("money"), label.name("goal")
    if field == "project_name":
        return "project"
    if field in ("department", "implementer"):
        return "name"
    if field in ("nature", "period"):
        return field
    if field is not None and field.startswith("period"):
        return "period"
    if money is not None:
        return "head" if money == "head" else "money"
    if goal is not None:
        return "goal"
    return "other"


def given(labels: Sequence[Word], runs: Sequence[Sequence[Word]]) -> list[list[Word]] | None:
    """The pieces of each label's value. `runs` has the words before the first label and behind each one.

    None where each label has at most one piece right behind it, so that there is nothing to decide.
    """
    if len(labels) > MOST_LABELS:
        return None
    if not runs[0] and all(len(run) <= 1 for run in runs) and all(map(_plain, labels, runs[1:])):
        return None
    pieces = [word for run in runs for word in run]
    empty: tuple[tuple[int, ...], ...] = ((),) * len(labels)
    ways = [Way(0.0, empty, empty)]
    first = 0
    for at, run in enumerate(runs):
        numbers = range(first, first + len(run))
        first += len(run)
        ways = [way for one in ways for way in _steps(one, labels, pieces, numbers, at - 1)]
        ways.sort(key=lambda way: way.price)
        ways = ways[:BEAM]
    best = ways[0]
    return [
        [pieces[number] for number in (*before, *behind)]
        for before, behind in zip(best.before, best.behind, strict=True)
    ]


def _plain(label: Word, run: Sequence[Word]) -> bool:
    return price(kind(label), tuple(word.text for word in run)) <= EMPTY["other"]


def _steps(
    way: Way, labels: Sequence[Word], pieces: Sequence[Word], numbers: range, at: int
) -> Iterator[Way]:
    """The ways to go on with the pieces behind label `at`; prices of labels that nothing can reach now."""
    for owners, price in _owners(labels, pieces, numbers, at):
        before, behind = list(way.before), list(way.behind)
        for number, owner in zip(numbers, owners, strict=True):
            if owner > at:
                before[owner] += (number,)
            elif owner >= 0:
                behind[owner] += (number,)
        closed = [at - 1] if at + 1 < len(labels) else [at - 1, at]
        total = way.price + price
        for label in closed:
            if label >= 0:
                total += _worth(labels, label, pieces, before[label], behind[label])
        yield Way(total, tuple(before), tuple(behind))


def _owners(
    labels: Sequence[Word], pieces: Sequence[Word], numbers: range, at: int
) -> Iterator[tuple[tuple[int, ...], float]]:
    """To which labels the pieces behind label `at` may belong, and the price of their places."""
    size = len(numbers)
    seen: set[tuple[int, ...]] = set()
    for cut in range(size + 1):
        for back, fore in product(_skips(cut, size), _skips(size - cut, size)):
            owners = (*(at - skip for skip in back), *(at + 1 + skip for skip in reversed(fore)))
            if owners in seen or (owners and max(owners) >= len(labels)):
                continue
            if any(owner < 0 <= at for owner in owners):
                continue
            seen.add(owners)
            yield (
                owners,
                sum(
                    _place(labels, pieces[number], owner, at)
                    for number, owner in zip(numbers, owners, strict=True)
                ),
            )


def _skips(size: int, all_pieces: int) -> list[tuple[int, ...]]:
    """For the pieces on one side, nearest label first: which of them belong to the label beyond it."""
    if not size:
        return [()]
    near, far = (0,) * size, (1,) * size
    if all_pieces > MOST_SKIPS:
        return [near]
    return [near, far, (*near[:-1], 1), (*far[:-1], 0)]


def _place(labels: Sequence[Word], piece: Word, owner: int, at: int) -> float:
    if owner < 0:
        return STRAY
    price = FORE + SKIP * (owner - at - 1) if owner > at else SKIP * (at - owner)
    beside = at >= 0 and labels[at].line == piece.line and piece.gap < Gap.LINE
    return price + OFF_LINE * (beside and owner != at)


def _worth(
    labels: Sequence[Word],
    at: int,
    pieces: Sequence[Word],
    before: Sequence[int],
    behind: Sequence[int],
) -> float:
    label = labels[at]
    texts = tuple(pieces[number].text for number in (*before, *behind))
    cost = price(kind(label), texts)
    if before:
        cost += UNEVEN * max(0, abs(len(behind) - len(before)) - 1) + UNEVEN * (not behind)
    elif behind and at + 1 < len(labels) and pieces[behind[0]].line > labels[at + 1].line:
        # The lower lines of a cell stand behind its neighbours only where upper ones stand before them.
        cost += HANGING
    elif len(behind) > 1:
        # Below its label's line only: where a line holds several pieces, one of them beside the label.
        lined = label.line == pieces[behind[0]].line != pieces[behind[-1]].line
        cost += HANGING if lined else HANGING / 4
    return cost


@lru_cache(maxsize=4096)
def price(kind: str, texts: tuple[str, ...]) -> float:
    """How unlikely these lines are as the value of a label of this kind."""
    texts = tuple(text for text in texts if not UNIT.match(text))
    if not texts:
        return EMPTY.get(kind, 0.0)
    whole = "".join(texts)
    open_ = abs(whole.count("（") + whole.count("(") - whole.count("）") - whole.count(")"))
    return _PRICES[kind](texts) + OPEN * open_


def _name(texts: Sequence[str]) -> float:
    price = 3.0 * sum(1 for text in texts if DIGITS.match(text))
    price += 0.3 * (len(texts) - 1) + 0.5 * ragged(texts)
    price += 2.0 * (len("".join(texts)) > 60)
    price += 0.6 * texts[0].startswith(("（", "("))
    # A line that begins like the first one is another office of the same place.
    price += 0.5 * sum(1 for text in texts[1:] if text[:2] == texts[0][:2])
    return price + 0.6 * (not OFFICE.search(texts[-1]))


def _project(texts: Sequence[str]) -> float:
    price = 3.0 * sum(1 for text in texts if DIGITS.match(text))
    price += 0.3 * bool(OFFICE.search(texts[-1]))
    return price + 0.3 * (len(texts) - 1) + 0.5 * ragged(texts)


def _nature(texts: Sequence[str]) -> float:
    long = sum(1 for text in texts if len(text) > 8 or DIGITS.match(text))
    return (len(texts) - 1) * (1.0 if len("".join(texts)) <= LONGEST_NATURE else 3.0) + 3.0 * long


def _period(texts: Sequence[str]) -> float:
    odd = sum(1 for text in texts if AMOUNT.match(text) or not DATE_PIECE.search(text))
    return 3.0 * odd + 0.3 * (len(texts) - 1) + 1.0 * (dates(texts) is None)


def _money(texts: Sequence[str]) -> float:
    odd = sum(1 for text in texts if not _is_amount(text))
    return 4.0 * odd + 2.5 * (len(texts) - 1)


def _is_amount(text: str) -> bool:
    if len(text) > LONGEST_AMOUNT:
        return False
    return values.amount(text) is not None or bool(NONE.match(text))


def _head(texts: Sequence[str]) -> float:
    return 2.0 * len(texts)


def _goal(texts: Sequence[str]) -> float:
    figures = sum(1 for text in texts if DIGITS.match(text))
    return 4.0 * figures + 1.0 * (len("".join(texts)) < 8) + min(MOST_RAGGED, 0.1 * ragged(texts))


def _other(texts: Sequence[str]) -> float:
    return 0.7 * (len(texts) - 1) + 1.0 * (len("".join(texts)) > 30)


_PRICES = {
    "project": _project,
    "name": _name,
    "nature": _nature,
    "period": _period,
    "money": _money,
    "head": _head,
    "goal": _goal,
    "other": _other,
}


def ragged(texts: Sequence[str]) -> float:
    """How many display columns the lines of a cell differ by, the last one left aside: lines are filled."""
    widths = [columns(text) for text in texts]
    widest = max(widths)
    return sum(max(0, widest - width - SLACK) / 2 for width in widths[:-1])


def dates(texts: Sequence[str]) -> tuple[tuple[int, ...], ...] | None:
    """Which pieces make the dates of a period: all in order, or a date above and below the other's line."""
    numbers = tuple(range(len(texts)))
    ways: list[tuple[tuple[int, ...], ...]] = [(numbers,)]
    if len(texts) == 2:
        ways.append(((0,), (1,)))
    if len(texts) > 2:
        ways += [((0, numbers[-1]), numbers[1:-1]), (numbers[1:-1], (0, numbers[-1]))]
    if len(texts) > 3:
        ways.append((numbers[::2], numbers[1::2]))
    for way in ways:
        period = values.period(*("".join(texts[at] for at in part) for part in way))
        if period is not None and (len(way) > 1 or period.start != period.end):
            return way
    return None


def dealt(texts: Sequence[str]) -> tuple[list[int], list[int]] | None:
    """The lines of two goals printed side by side: those of the left and of the right one, by their lengths."""
    if not 2 <= len(texts) <= MOST_DEALT:
        return None
    best: tuple[float, list[int], list[int]] | None = None
    for choice in product((0, 1), repeat=len(texts)):
        left = [at for at, side in enumerate(choice) if not side]
        right = [at for at, side in enumerate(choice) if side]
        if not left or not right:
            continue
        price = sum(column([texts[at] for at in side]) for side in (left, right))
        turns = sum(1 for one, two in pairwise(choice) if one == two)
        price += 0.01 * turns + 0.5 * (choice[0] == 1)
        if best is None or price < best[0]:
            best = (price, left, right)
    assert best is not None
    return best[1], best[2]


def column(texts: Sequence[str]) -> float:
    """How unlikely these lines are as one goal of several side by side."""
    ends = sum(1 for text in texts[:-1] if text.endswith(END[:1]))
    return ragged(texts) + 2.0 * ends + 2.0 * (not texts[-1].endswith(END))
