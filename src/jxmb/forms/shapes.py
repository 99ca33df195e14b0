"""What the text of a cell looks like, and how well it does as level, name, target, unit, weight …"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from .. import labels, lazy, values
from ..labels import inexact
from ..light import dataclass
from .columns import FIELD_ROLES

OFFICE = lazy.regex(
    r"(?:[局委办厅部所站院校会队股处科室府镇乡学馆团社园司县区市州旗场]|中心|大队|单位)[)）]?$"
)
LONGEST_BARE = 12  # letters of a number, a unit or a sign in words
ENDLESS = frozenset("每百")  # without one of them (元每人每年, 百分之…) no such word is longer
DOUBTFUL = -2.0


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
        if len(text) > LONGEST_BARE and text.isalpha() and ENDLESS.isdisjoint(text):
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
    """Whether a text may well stand in the column of a role: it does better there than `DOUBTFUL`."""
    if role != "name":
        return fit(look, role) > DOUBTFUL
    # Whether a name looks like a target says little and takes long to find out.
    if look.margin or look.full_label:
        return False
    return look.level1 or look.level2 or not look.bare


def _either(attribute: str, yes: float, no: float) -> Callable[[Shape], float]:
    """A fit that one trait of the shape decides."""
    return lambda look: yes if getattr(look, attribute) else no


def _fit_level1(look: Shape) -> float:
    if look.margin:
        return -8.0
    if look.level1:
        return 3.9 if look.level2 else 4.0  # 成本指标 alone on its row is a level 2
    return -5.0 if look.level2 or look.target else -3.0


def _fit_level2(look: Shape) -> float:
    if look.margin:
        return -8.0
    if look.level2:
        return 4.0
    return -5.0 if look.level1 or look.target or look.number else -2.5


def _fit_name(look: Shape) -> float:
    if look.margin or look.full_label:
        return -5.0
    if look.level1 or look.level2:
        return 0.0
    if look.bare:
        return -3.0
    return -1.0 if look.target else 1.0


def _fit_target(look: Shape) -> float:
    if look.full_label or look.margin:
        return -6.0
    if look.target:
        return 2.0
    return -2.0 if look.mark else -0.3


def _fit_words(look: Shape) -> float:
    return -6.0 if look.full_label or look.margin else -0.5 if look.number else 0.0


def _fit_actual(look: Shape) -> float:
    return -6.0 if look.full_label or look.margin else 1.0 if look.target else -0.5


def _fit_field(look: Shape) -> float:
    return -6.0 if look.full_label or look.mark or look.unit else -2.5 if look.target else 0.0


def _fit_other(look: Shape) -> float:
    return -6.0 if look.full_label else 0.0


_FITS = {
    "margin": _either("margin", 4.0, -8.0),
    "level1": _fit_level1,
    "level2": _fit_level2,
    "name": _fit_name,
    "target": _fit_target,
    "target_midterm": _fit_target,
    "mark": _either("mark", 4.0, -6.0),
    "unit": _either("unit", 3.0, -4.0),
    "weight": _either("number", 2.0, -5.0),
    "score": _either("number", 2.0, -5.0),
    "actual": _fit_actual,
    "note": _fit_words,
    "reason": _fit_words,
    "total": _either("number", 2.0, -3.0),
    "amount": _either("number", 2.0, -3.0),
}
_FITS |= dict.fromkeys(FIELD_ROLES - {"total", "amount", "goal"}, _fit_field)
