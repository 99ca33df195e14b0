"""Quantities in prose: what is counted, the bound, the number, the unit, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from .. import deferred, policies
from ..deferred import dataclass
from ..values.text import squeezed
from .lists import Lists

SCALES = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3}
DIGITS = r"\d[\d,]{0,40}+(?:\.\d{1,40}+)?"  # longer ones are no quantities
STOP = deferred.re("[。；;，,、：:！!？?()《》\n]")  # between clauses
NEAR = 12  # code points before a number in which its bound stands
BEHIND = deferred.re("[^。；;，,、：:！!？?()《》\n0-9]{0,12}")
EACH = ("每", "均", "标")  # without one of them nothing is so much for each
PER = deferred.re(r"每\w{0,6}$|人均\w{0,4}$|户均\w{0,4}$|均\w{0,2}$|标准\w{0,4}$")
LOWER = {
    "不少于": "≥",
    "不低于": "≥",
    "大于等于": "≥",
    "至少": "≥",
    "达到": "≥",
    "≥": "≥",
    "超过": ">",
    "大于": ">",
    ">": ">",
}
UPPER = {
    "不超过": "≤",
    "不高于": "≤",
    "不多于": "≤",
    "小于等于": "≤",
    "最多": "≤",
    "≤": "≤",
    "低于": "<",
    "小于": "<",
    "<": "<",
}
BOUNDS = {**LOWER, **UPPER}
BOUNDING = tuple(BOUNDS)
SIGN = deferred.re(f"({'|'.join(BOUNDS)})$")
ABOUT = ("约", "近", "左右")
AFTER = deferred.re("(?P<least>以上)|(?P<most>以内|以下)|(?P<about>左右|上下)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit in running text.

    `number` is in the base of `unit` (28万元: 280000 元), which is normalised (名: 人). `noun` is what is counted: the
    words before the number in its clause, or those behind the unit where only verbs and the like stand before;
    both are in `before` and `behind`. `sign` is ≥ > ≤ < or nothing, `about` says that it is rounded, `ranged` that it is one end of
    a range, `per` that it is so much for each. `start` and `end` are code points of the text, from the number to its unit.
    """

    number: Decimal
    unit: str
    before: str
    behind: str
    sign: str
    about: bool
    ranged: bool
    per: bool
    start: int
    end: int
    clause: int  # where its clause begins


@lru_cache(256)
def _line(text: str) -> tuple[str, list[int]]:
    return squeezed(text)


def quantities(text: str, lists: Lists) -> tuple[Quantity, ...]:
    """Every number with a unit in a text, in order; years, dates, ordinals and the numbers of papers are none."""
    return tuple(_read(text, lists))


def same_unit(unit: str) -> str:
    """A unit under its common name: 名 is 人, ㎡ is 平方米."""
    return policies.same_units().get(unit, unit)


def base(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """A number in the common name of its unit without scale: 2.8 万元 is 28000 元."""
    zeros, common = _scaled(unit)
    return (number.scaleb(zeros) if zeros else number).normalize() + 0, common


@lru_cache(256)
def _scaled(unit: str) -> tuple[int, str]:
    """How many zeros a unit stands for, and its common name without them."""
    scale = next((one for one in SCALES if unit.startswith(one) and len(unit) > len(one)), "")
    return SCALES.get(scale, 0), same_unit(unit.removeprefix(scale))


@cache
def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    """A number, perhaps to another, with a scale and a unit that no other word goes on."""
    return re.compile(
        # What stands before is looked at behind the first digit: a search for digits is a fast one.
        rf"(?P<digits>\d(?<![\d.〔\[第/-]\d)(?<!\d[, ]\d)(?<!,,\d)[\d,]{{0,40}}+(?:\.\d{{1,40}}+)?)(?P<range>[-—~～至到]{{1,2}}{DIGITS})?(?P<more>[余多来])?"
        rf"(?P<scale>{'|'.join(SCALES)})?(?P<more2>[余多])?(?P<unit>{'|'.join(map(re.escape, units))})(?!月|[/每]|年|级|号|星)(?P<per>/)?"
    )


def _read(text: str, lists: Lists) -> Iterator[Quantity]:
    line, offsets = _line(text)
    last = 0
    for match in _pattern(lists.words("units")).finditer(line):
        before = STOP.split(line[last : match.start()])[-1]
        clause = match.start() - len(before)
        near = before[-NEAR:]
        tail = BEHIND.match(line, match.end())
        behind = tail[0] if tail else ""
        sign = SIGN.search(near) if near.endswith(BOUNDING) else None
        after = AFTER.match(behind) if behind[:1] in ("以", "左", "上") else None
        bound = BOUNDS[sign[1]] if sign else ""
        if not bound and after:
            bound = "≥" if after["least"] else "≤" if after["most"] else ""
        number = Decimal(match["digits"].replace(",", "")).scaleb(
            SCALES.get(match["scale"] or "", 0)
        )
        yield Quantity(
            number=number.normalize() + 0,
            unit=same_unit(match["unit"]),
            before=before,
            behind=behind,
            sign=bound,
            about=bool(
                match["more"]
                or match["more2"]
                or near.endswith(ABOUT)
                or (after and after["about"])
            ),
            ranged=bool(match["range"]),
            per=any(map(near.__contains__, EACH)) and PER.search(near) is not None,
            start=offsets[match.start("digits")],
            end=offsets[match.end("unit") - 1] + 1,
            clause=offsets[clause],
        )
        last = match.end()
