"""Measured numbers in a text: sign, number or range, and unit, with the places of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import deferred
from ..deferred import dataclass
from .deadlines import DATED
from .numerals import DIGITS, decimal
from .signs import AFTER, BEFORE, HOLD, SYMBOLS, WITHIN, WORD_AFTER, symbol, word_before
from .text import FIGURES, squeezed, width
from .units import DURATIONS, UNITS, unit_end

Place = tuple[int, int]

# A number that no letter, figure, ordinal or odd mark touches from the left: those of W5%, %98, 第3 and 7×24 are none.
NUMBER = deferred.re(
    rf"(?:(?P<minus>±|(?<![\w%)])[-+])|(?<![-0-9A-Za-z.%‰第零一二三四五六七八九十:×*^$#@&|_+?!~～—–]))"
    rf"(?P<digits>{DIGITS})(?![.]|[,'][0-9])"
)
PLAIN = deferred.re(DIGITS)
MORE = deferred.re("[多余几]")
JOINT = deferred.re("[-‐‑‒–—―−─━~～∼〜至到]{1,3}(?=[0-9.])")
HELD_UNIT = deferred.re(r"\((?P<unit>[^()]{1,8})\)")
TAIL = deferred.re("[\u4e00-\u9fff]{1,4}")
NO_UNIT = frozenset("以及或前后内外上下左右多余几达到至完满合优良整新全投")
BOUNDS = {"≥": "low", ">": "low", "≤": "high", "<": "high"}
DATES = frozenset("年月日号季")  # without one of them only a year with its digits is a date
BLOT = "\ufdd0"  # stands for a character of a date; no text has it
MOST_TAIL = 4  # code points of a unit that no list has
SYMBOL = 3  # code points of the symbols before a number
HOLDING = 4  # code points before a number in which a word that holds it is looked for

if TYPE_CHECKING:
    import re


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with what belongs to it.

    `places` are offsets of its pieces: symbol, before (a sign in words), number, upper, unit, after (a sign
    in words behind). `more` is what loosens it: the 余 of 50余人. `inferred` is as in `Target`.
    """

    number: Decimal
    upper: Decimal | None = None
    sign: str | None = None
    unit: str | None = None
    more: str = ""
    inferred: tuple[str, ...] = ()
    places: dict[str, Place] = field(default_factory=dict, compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@lru_cache(1024)
def measures(text: str) -> tuple[Measure, ...]:
    """Every number with a unit or a sign in a text, with places in `text`; dates and ordinals are none."""
    if FIGURES.isdisjoint(width(text)):
        return ()
    line, offsets = squeezed(text)
    found = (one for one in scan(blot(line)) if one.unit or one.sign)
    return tuple(_moved(one, offsets) for one in found)


def blot(line: str) -> str:
    """`line` with the characters of its dates blotted out."""
    if DATES.isdisjoint(line) and "19" not in line and "20" not in line:
        return line
    return DATED.sub(lambda match: BLOT * len(match[0]), line)


@lru_cache(1024)
def scan(line: str) -> tuple[Measure, ...]:
    """The numbers of a squeezed line in their order, with offsets in it."""
    return tuple(_scanned(line))


def _scanned(line: str) -> Iterator[Measure]:
    at = 0
    while match := NUMBER.search(line, at):
        value = decimal(match["digits"])
        one = _Draft(line, match, value, at).read() if value is not None else None
        if one is not None:
            yield one
        at = one.end if one else match.end()


def _moved(one: Measure, offsets: list[int]) -> Measure:
    places = {
        name: (offsets[start], offsets[end - 1] + 1) for name, (start, end) in one.places.items()
    }
    return Measure(
        one.number,
        one.upper,
        one.sign,
        one.unit,
        one.more,
        one.inferred,
        places,
        offsets[one.start],
        offsets[one.end - 1] + 1,
    )


@dataclass(slots=True)
class _Draft:
    """A measure while it is read: the number first, then to both sides of it."""

    line: str
    match: re.Match[str]
    number: Decimal
    floor: int
    upper: Decimal | None = None
    sign: str | None = None
    unit: str | None = None
    more: str = ""
    inferred: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    places: dict[str, Place] = field(default_factory=dict)

    def read(self) -> Measure | None:
        self.start, self.end = self.match.span()
        self.places["number"] = self.match.span()
        if self.match["minus"] == "±":
            self.number, self.upper = -self.number, self.number
        elif self.match["minus"] == "-":
            self.number = -self.number
        self._read_unit()
        self._read_upper()
        if not self._read_symbol():
            return None
        self._read_before()
        self._read_after()
        return Measure(
            self.number,
            self.upper,
            self.sign,
            self.unit,
            self.more,
            self.inferred,
            self.places,
            self.start,
            self.end,
        )

    def _take_unit(self, start: int, end: int) -> None:
        self.unit = self.line[start:end]
        self.places["unit"] = (start, end)

    def _read_unit(self) -> None:
        more = MORE.match(self.line, self.end)
        if more and unit_end(self.line, more.end()) > more.end():
            self.more, self.end = more[0], more.end()
        if held := HELD_UNIT.match(self.line, self.end):
            if unit_end(held["unit"]) == len(held["unit"]):
                self._take_unit(*held.span("unit"))
                self.end = held.end()
            return
        end = unit_end(self.line, self.end)
        if end == self.end and self._tail_is_unit():
            end = len(self.line)
        if end > self.end:
            self._take_unit(self.end, end)
            self.end = end

    def _tail_is_unit(self) -> bool:
        """Whether one odd character, or a few that end in a unit, are all that is left: 15羽, 50标准箱."""
        if not 1 <= len(self.line) - self.end <= MOST_TAIL:
            return False
        tail = self.line[self.end :]
        known = len(tail) == 1 or tail[-1] in UNITS
        return known and TAIL.fullmatch(tail) is not None and tail[0] not in NO_UNIT

    def _read_upper(self) -> None:
        joint = JOINT.match(self.line, self.end)
        match = PLAIN.match(self.line, joint.end()) if joint and self.upper is None else None
        upper = decimal(match[0]) if match else None
        if match is None or upper is None:
            return
        end = unit_end(self.line, match.end())
        unit = self.line[match.end() : end]
        if unit and self.unit and not unit.startswith(self.unit):
            return
        self.upper, self.end = upper, end
        self.places["upper"] = match.span()
        if unit:
            self._take_unit(match.end(), end)

    def _read_symbol(self) -> bool:
        """The symbols before the number; False where they contradict each other."""
        at = self.start
        while at > self.floor and self.line[at - 1] in SYMBOLS and self.start - at < SYMBOL:
            at -= 1
        if at < self.start and _closes(self.line, at):
            at += 1
        if at == self.start:
            return True
        meant = symbol(self.line[at : self.start])
        if meant is None:
            return False
        self.sign = meant[0]
        self.inferred = ("sign",) if meant[1] else ()
        self.places["symbol"] = (at, self.start)
        self.start = at
        return True

    def _read_before(self) -> None:
        start = word_before(self.line, self.start, self.floor)
        meant = BEFORE.get(self.line[start : self.start])
        if meant is None or self.sign not in (None, "=", meant):
            return
        if self.sign == "=":  # 大于=90%
            meant = {">": "≥", "<": "≤"}.get(meant, meant)
        if self.sign != meant:
            self.inferred = ("sign",)
        self.sign = meant
        self.places["before"] = (start, self.start)
        self.start = start

    def _read_after(self) -> None:
        held = HOLD.search(self.line, max(self.floor, self.start - HOLDING), self.start)
        match = WORD_AFTER.match(self.line, self.end)
        if match is None and (held or self.unit in DURATIONS or self.end + 1 == len(self.line)):
            match = WITHIN.match(self.line, self.end)
        if match is None:
            return
        meant = AFTER[match["word"]]
        if self.sign is not None and BOUNDS.get(self.sign) != BOUNDS[meant]:
            return
        self.places["after"] = match.span()
        self.end = match.end()
        if held:
            self.start = held.start()
        if self.sign is None and self.number >= 0:
            self.sign = meant
            self.inferred = ("sign",)


def _closes(line: str, at: int) -> bool:
    """Whether the mark at `at` closes a title that was opened before it: 《…》12期 has no sign."""
    opener = {"》": "《", "〉": "〈", "»": "«"}.get(line[at])
    return opener is not None and line.rfind(opener, 0, at) >= 0
