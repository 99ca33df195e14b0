"""What the values of the header's labels look like: prices of lines as the value of a label of some kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ... import deferred, values
from ...forms.shapes import OFFICE
from ...source.widths import columns
from ..fragments import Fragment
from .prices import SAID, SIZES

FIELDS = {
    **{"project_name": "project", "department": "name", "implementer": "name", "nature": "nature"},
    **dict.fromkeys(("period", "period_start", "period_end"), "period"),
}
SELDOM = frozenset({"money", "other"})  # kinds of labels that often have no value
ONE_LINE = frozenset({"money", "nature"})
DIGITS = deferred.regex(r"^[\d.,，\s/年月日至—–~～-]+$")
DATE_PIECE = deferred.regex(r"\d|^[年月日至—–~～-]+$|^长期$")
AMOUNT = deferred.regex(r"^\d[\d,]{0,12}\.\d\d?$")  # which no date looks like
WHOLE = deferred.regex(r"(?:局|委员会|办公室|中心|大队|支队|学校|医院)$")
NONE = deferred.regex(r"^[-—–/]+$|^无$")
END = ("。", "；", "！", ".")


def kind(label: Fragment) -> str:
    """What values a label has: name, nature, period, money, goal, other; nothing for a heading."""
    names = {one.group: one.name for one in reversed(label.meanings)}
    field, money = names.get("field"), names.get("money")
    if field in FIELDS:
        return FIELDS[field]
    if money is not None:
        return "head" if money == "head" else "money"
    return "goal" if "goal" in names else "other"


@lru_cache(maxsize=1024)
def price(kind: str, texts: tuple[str, ...]) -> float:
    """How unlikely these lines are as the value of a label of this kind."""
    if not texts:
        return SAID.bare if kind in SELDOM else SAID.lack
    odd = sum(clash(kind, text) for text in texts)
    more = SAID.second if kind in ONE_LINE else SAID.more * (kind != "goal")
    extra = _EXTRA.get(kind)
    found = SAID.misfit * odd + more * (len(texts) - 1)
    return found + extra(texts) if extra else found


@lru_cache(maxsize=1024)
def clash(kind: str, text: str) -> bool:
    """Whether a text can hardly be a line of the value of a label of this kind: dates, figures and words are."""
    if kind in ("project", "name", "nature", "goal"):
        return bool(DIGITS.match(text))
    if kind == "period":
        return not DATE_PIECE.search(text)
    return kind == "money" and not _is_amount(text)


def _is_amount(text: str) -> bool:
    return values.amount(text) is not None or bool(NONE.match(text))


def _name(texts: Sequence[str]) -> float:
    # A line that begins like the first one is another office of the same place.
    offices = sum(1 for text in texts[1:] if text[:2] == texts[0][:2])
    # The name of an office is whole: a few letters more are rather the end of its neighbour's.
    whole = any(WHOLE.search(one) and len(two) <= SIZES.end for one, two in pairwise(texts))
    odd = offices + (not OFFICE.search(texts[-1]))
    return ragged(texts) + odd * SAID.office + whole * SAID.whole


def _project(texts: Sequence[str]) -> float:
    return ragged(texts) + bool(OFFICE.search(texts[-1])) * SAID.office / 2


def _period(texts: Sequence[str]) -> float:
    return float(dates(texts) is None)


def _goal(texts: Sequence[str]) -> float:
    return (len("".join(texts)) < SIZES.short) + min(1.0, SAID.goal * ragged(texts))


_EXTRA = {"name": _name, "project": _project, "period": _period, "goal": _goal}


def ragged(texts: Sequence[str]) -> float:
    """The price of lines of a cell that end early, the last one left aside: lines are filled."""
    widths = [columns(text) for text in texts]
    widest = max(widths)
    return SAID.ragged * sum(max(0, widest - width - SIZES.slack) for width in widths[:-1])


def dates(texts: Sequence[str]) -> tuple[tuple[int, ...], ...] | None:
    """Which pieces make the dates of a period: of two each is one first; of more all in order."""
    numbers = tuple(range(len(texts)))
    ways: list[tuple[tuple[int, ...], ...]] = [(numbers,)]
    if len(texts) > 1:
        ways.insert(len(texts) > 2, (numbers[::2], numbers[1::2]))
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
    return 2 * ragged(texts) + SAID.ended * ends + (not texts[-1].endswith(END))
