"""What the text of a cell looks like, and how well it does as level, name, target, unit, weight …"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .. import deferred, labels, values
from ..deferred import dataclass
from ..labels import inexact
from ..values.units import LONGEST_WORD
from .columns import FIELD_ROLES

OFFICE = deferred.re(rf"(?:{labels.OFFICES})[)）]?$")
ENDLESS = frozenset("每百")  # without one of them (元每人每年, 百分之…) no such word is longer


@dataclass(frozen=True, slots=True)
class Worth:
    """What the look of a text says for its column; below 0 against it."""

    label: float = 4.0  # a label, or a sign, in the column of such
    either: float = (
        3.9  # what may be of a level below, too (成本指标 alone on its row is a level 2)
    )
    unit: float = 3.0
    value: float = 2.0  # a target or a number in the column of such
    words: float = -0.3  # words where targets stand
    figure: float = -0.5  # a number where words stand, or words where it is said what was done
    least: float = -2.0  # what a text must do better than to stand in its column for sure
    doubtful: float = -2.5
    odd: float = -3.0
    wrong: float = -5.0
    ill: float = -4.0  # of what is no unit in the column of units
    never: float = -6.0


WORTH = Worth()


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text of a cell looks like, whatever column it stands in."""

    text: str
    level1: bool
    level2: bool
    margin: bool
    full_label: bool  # ends in 指标: a label's word and no indicator's name

    @property
    def target(self) -> bool:
        """A number with its unit, a date, a word of quality."""
        return values.looks_like_target(self.text)

    @property
    def number(self) -> bool:
        """A bare number."""
        return values.number(self.text) is not None

    @property
    def unit(self) -> bool:
        """A unit and nothing else."""
        return values.looks_like_unit(self.text)

    @property
    def mark(self) -> bool:
        """A comparison sign, or the kind of a target."""
        return values.looks_like_sign(self.text)

    @property
    def bare(self) -> bool:
        """A number, a unit or a sign: nothing that a name could be. Longer words are none of them."""
        text = self.text
        if len(text) > LONGEST_WORD and text.isalpha() and ENDLESS.isdisjoint(text):
            return False
        return self.number or self.unit or self.mark


@lru_cache(maxsize=1024)
def shape(text: str) -> Shape:
    """The shape of a text."""
    meanings = labels.find(text) or inexact.near(text) or inexact.spilled(text)
    groups = {label.group for label in meanings}
    return Shape(
        text,
        level1="level1" in groups,
        level2="level2" in groups,
        margin="margin" in groups,
        full_label=bool(groups & {"level1", "level2"}) and labels.in_full(text),
    )


def fit(look: Shape, role: str) -> float:
    """How well a text of this shape does in a role, from -8 to 4."""
    return _FITS.get(role, _fit_other)(look)


def holds(look: Shape, role: str) -> bool:
    """Whether a text may well stand in the column of a role: it does better there than `WORTH.least`."""
    if role != "name":
        return fit(look, role) > WORTH.least
    # Whether a name looks like a target says little and takes long to find out.
    if look.margin or look.full_label:
        return False
    return look.level1 or look.level2 or not look.bare


def _either(attribute: str, yes: float, no: float) -> Callable[[Shape], float]:
    """A fit that one trait of the shape decides."""
    return lambda look: yes if getattr(look, attribute) else no


def _fit_level1(look: Shape) -> float:
    if look.margin:
        return WORTH.never
    if look.level1:
        return WORTH.either if look.level2 else WORTH.label
    return WORTH.wrong if look.level2 or look.target else WORTH.odd


def _fit_level2(look: Shape) -> float:
    if look.margin:
        return WORTH.never
    if look.level2:
        return WORTH.label
    return WORTH.wrong if look.level1 or look.target or look.number else WORTH.doubtful


def _fit_name(look: Shape) -> float:
    if look.margin or look.full_label:
        return WORTH.wrong
    if look.level1 or look.level2:
        return 0.0
    if look.bare:
        return WORTH.odd
    return -1.0 if look.target else 1.0


def _fit_target(look: Shape) -> float:
    if look.full_label or look.margin:
        return WORTH.never
    if look.target:
        return WORTH.value
    return WORTH.least if look.mark else WORTH.words


def _fit_words(look: Shape) -> float:
    if look.full_label or look.margin:
        return WORTH.never
    return WORTH.figure if look.number else 0.0


def _fit_actual(look: Shape) -> float:
    if look.full_label or look.margin:
        return WORTH.never
    return 1.0 if look.target else WORTH.figure


def _fit_field(look: Shape) -> float:
    if look.full_label or look.mark or look.unit:
        return WORTH.never
    return WORTH.doubtful if look.target else 0.0


def _fit_other(look: Shape) -> float:
    return WORTH.never if look.full_label else 0.0


_FITS = {
    "margin": _either("margin", WORTH.label, WORTH.never),
    "level1": _fit_level1,
    "level2": _fit_level2,
    "name": _fit_name,
    "target": _fit_target,
    "target_midterm": _fit_target,
    "mark": _either("mark", WORTH.label, WORTH.never),
    "unit": _either("unit", WORTH.unit, WORTH.ill),
    "weight": _either("number", WORTH.value, WORTH.wrong),
    "score": _either("number", WORTH.value, WORTH.wrong),
    "actual": _fit_actual,
    "note": _fit_words,
    "reason": _fit_words,
    "total": _either("number", WORTH.value, WORTH.odd),
    "amount": _either("number", WORTH.value, WORTH.odd),
}
_FITS |= dict.fromkeys(FIELD_ROLES - {"total", "amount", "goal", "other_field"}, _fit_field)
