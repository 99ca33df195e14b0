"""What the text of a word says of its joints with the words around it in a cell."""

from __future__ import annotations

from ... import deferred
from ...deferred import dataclass
from ...forms.shapes import OFFICE, shape
from ...source.widths import columns
from ...values import seams
from ..continuation import first_token
from ..fragments import Fragment
from .prices import WIDTHS

LAST_WORDS = deferred.regex(r"[^，。；、]{1,6}。$")  # of a cell of prose


@dataclass(frozen=True, slots=True)
class Look:
    """What the text of a word says of its joints with other words."""

    size: int  # display columns
    first: int  # of what cannot be broken at its beginning
    spare: int  # that may be left although the line is full: figures are not so wide
    strong: bool  # begins with a sign
    target: bool
    further: bool  # begins as the further line of a cell does
    unfinished: bool  # ends as a line does that goes on
    bracket: bool  # a bracket is open at its end
    shred: bool
    prose: bool  # goes on behind a comma, as a goal does
    closed: bool  # a value with sign and unit, which seldom goes on
    ends_value: bool  # goes on with such a value all the same
    sign: bool  # may be what a sign was read as
    office: bool  # ends as the name of one does
    bare: bool  # ends with a figure, so that a unit may follow


def look_of(word: Fragment) -> Look:
    """What the text of a word says."""
    text = word.text
    return Look(
        size=columns(text),
        first=first_token(text) + text[0].isascii(),  # and the blank that is set before it
        spare=0 if text.isalpha() and not text.isascii() else WIDTHS.spare + 1,
        strong=seams.is_signed(text),
        target=shape(text).target,
        further=seams.begins_open(text)
        or bool(LAST_WORDS.match(text))
        or seams.is_rest_of_unit(text),
        unfinished=seams.ends_open(text),
        bracket=seams.is_open(text),
        prose=text[-1] in "，、；",
        shred=seams.is_shred(text),
        closed=seams.is_whole_value(text),
        sign=seams.is_like_sign(text),
        office=OFFICE.search(text) is not None,
        bare=text[-1:].isdigit(),
        ends_value=seams.ends_value(text),
    )
