"""Pure text to values. Nothing here knows places, and nothing here raises: what cannot be read is ``None``."""

from .amounts import Amount, amount, dash
from .dates import Day, Period, period
from .measures import Measure, measures
from .numerals import number, numeral, plain
from .signs import looks_like_sign, sign
from .targets import Target, is_placeholder, looks_like_target, target
from .text import BLANKS, characters, fold, squeeze, width
from .units import looks_like_unit, share

__all__ = [
    "BLANKS",
    "Amount",
    "Day",
    "Measure",
    "Period",
    "Target",
    "amount",
    "characters",
    "dash",
    "fold",
    "is_placeholder",
    "looks_like_sign",
    "looks_like_target",
    "looks_like_unit",
    "measures",
    "number",
    "numeral",
    "period",
    "plain",
    "share",
    "sign",
    "squeeze",
    "target",
    "width",
]
