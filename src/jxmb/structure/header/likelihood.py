"""What the values of the header's labels look like: prices of lines as the value of a label of some kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ... import lazy, values
from ...forms.shapes import OFFICE
from ...tables.widths import columns
from ..fragments import Fragment

SLACK = 4  # display columns by which the lines of one cell may differ
EMPTY = {
    "project": 3.0,
    "name": 3.0,
    "nature": 2.0,
    "period": 2.5,
    "goal": 3.5,
    "money": 0.4,
    "other": 0.5,
}
DIGITS = lazy.regex(r"^[\d.,，\s/年月日至—–~～-]+$")
DATE_PIECE = lazy.regex(r"\d|^[年月日至—–~～-]+$|^长期$")
AMOUNT = lazy.regex(r"^\d[\d,]{0,12}\.\d\d?$")  # which no date looks like
WHOLE = lazy.regex(r"(?:局|委员会|办公室|中心|大队|支队|学校|医院)$")
SHORT_END = 3  # code points
UNIT = lazy.regex(r"^[(（](?:单位[:：]?)?(?:亿元|万元|千元|元)[)）]$")
MOST_RAGGED = 1.0  # the price of all lines of a goal that end early
NONE = lazy.regex(r"^[-—–/]+$|^无$")
END = ("。", "；", "！", ".")


def kind(label: Fragment) -> str:
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


@lru_cache(maxsize=1024)
def price(kind: str, texts: tuple[str, ...]) -> float:
    """How unlikely these lines are as the value of a label of this kind."""
    return _PRICES[kind](texts) if texts else EMPTY.get(kind, 0.0)


def _name(texts: Sequence[str]) -> float:
    price = 3.0 * sum(clash("name", text) for text in texts)
    price += 0.3 * (len(texts) - 1) + 0.5 * ragged(texts)
    # A line that begins like the first one is another office of the same place.
    price += 0.5 * sum(1 for text in texts[1:] if text[:2] == texts[0][:2])
    # The name of an office is whole: a few letters more are rather the end of its neighbour's.
    price += 0.9 * any(WHOLE.search(one) and len(two) <= SHORT_END for one, two in pairwise(texts))
    return price + 0.6 * (not OFFICE.search(texts[-1]))


@lru_cache(maxsize=1024)
def clash(kind: str, text: str) -> bool:
    """Whether a text can hardly be a line of the value of a label of this kind: dates, figures and words are."""
    if kind in ("project", "name", "nature"):
        return bool(DIGITS.match(text))
    if kind == "period":
        return not DATE_PIECE.search(text)
    return kind == "money" and not _is_amount(text)


def _project(texts: Sequence[str]) -> float:
    price = 3.0 * sum(clash("project", text) for text in texts) + 0.3 * bool(
        OFFICE.search(texts[-1])
    )
    return price + 0.3 * (len(texts) - 1) + 0.5 * ragged(texts)


def _nature(texts: Sequence[str]) -> float:
    odd = sum(clash("nature", text) for text in texts)
    return 3.0 * (len(texts) - 1 + odd)


def _period(texts: Sequence[str]) -> float:
    odd = sum(clash("period", text) for text in texts)
    return 3.0 * odd + 0.3 * (len(texts) - 1) + 1.0 * (dates(texts) is None)


def _money(texts: Sequence[str]) -> float:
    odd = sum(clash("money", text) for text in texts)
    return 4.0 * odd + 2.5 * (len(texts) - 1)


def _is_amount(text: str) -> bool:
    return values.amount(text) is not None or bool(NONE.match(text))


def _goal(texts: Sequence[str]) -> float:
    figures = sum(1 for text in texts if DIGITS.match(text))
    return 4.0 * figures + 1.0 * (len("".join(texts)) < 8) + min(MOST_RAGGED, 0.1 * ragged(texts))


def _other(texts: Sequence[str]) -> float:
    return 0.7 * (len(texts) - 1)


_PRICES = {
    "project": _project,
    "name": _name,
    "nature": _nature,
    "period": _period,
    "money": _money,
    "head": _other,
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
        ways.insert(0, ((0,), (1,)))
    if len(texts) > 2:
        ways += [((0, numbers[-1]), numbers[1:-1]), (numbers[1:-1], (0, numbers[-1]))]
    if len(texts) > 3:
        ways.append((numbers[::2], numbers[1::2]))
    for way in ways:
        period = values.period(*("".join(texts[at] for at in part) for part in way))
        if period is None or (len(way) == 1 and period.start == period.end):
            continue
        if not period.start or not period.end or period.start.iso <= period.end.iso:
            return way
    return None


def column(texts: Sequence[str]) -> float:
    """How unlikely these lines are as one goal of several side by side."""
    ends = sum(1 for text in texts[:-1] if text.endswith(END[:1]))
    return ragged(texts) + 2.0 * ends + (not texts[-1].endswith(END))
