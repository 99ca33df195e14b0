"""Pure text to values. Nothing here knows places, and nothing here raises: what cannot be read is ``None``."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import regex

BLANKS = regex.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms folded (full width, Kangxi radicals), all blanks dropped."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: `number` in the unit of the form's header (万元 or 元); `unit` as written in the cell, else None."""

    number: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date as far as it was written. `text` is the piece it was read from. It may not exist (`valid`)."""

    year: int
    month: int | None = None
    day: int | None = None
    text: str = ""

    @property
    def iso(self) -> str:
        """`2022`, `2022-03` or `2022-03-01`."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end` (either may be unwritten); `precision` is day, month or year."""

    start: Day | None
    end: Day | None
    precision: str


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached.

    `kind` is number, range, date or text. `sign` is one of ≥ ≤ > < = (None where none is written), `number`
    to `upper` a range, `unit` as written, `date` as far as a date is said, `text` what remains in words.
    `inferred` names the fields that were read from a garbled or worded form (``sign``, ``number``, ``unit``).
    """

    kind: str
    sign: str | None = None
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    date: Period | None = None
    text: str | None = None
    inferred: tuple[str, ...] = ()


def amount(text: str, header_unit: str = "万元") -> Amount | None:
    """Money in `header_unit`: ``96万元`` is 96, ``5000元`` under 万元 is 0.5, ``1,154.68`` is 1154.68."""
    raise NotImplementedError


def number(text: str) -> Decimal | None:
    """A bare number: weights, scores, percentages (`8`, `10分`, `98.5%`)."""
    raise NotImplementedError


def period(*texts: str) -> Period | None:
    """The period written in one cell or in two."""
    raise NotImplementedError


def target(text: str) -> Target | None:
    """What a target cell means; None only where it is blank."""
    raise NotImplementedError
