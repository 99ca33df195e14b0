"""Mistakes planted in clean forms, one at a time, each with the rule that must find it.

`plant` prints a form with one mistake; `PLANTS` has the codes. A mistake that a form has no place for (a cost row,
a figure in the goal) is not planted: then there is no text.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from .grid import Page
from .layouts import LAYOUTS, LAYOUTS_APART
from .planted_content import CONTENT
from .planted_form import FORM
from .planted_print import PRINT, Print
from .records import FormRecord

Mistake = Callable[[FormRecord, random.Random], FormRecord | None]
MISTAKES: dict[str, Mistake] = {**FORM, **CONTENT}
PLANTS = tuple(sorted({*MISTAKES, *PRINT}))


@dataclass(frozen=True)
class Planted:
    """A form with one mistake in it: the rule that must find it, the record that holds it, the text."""

    code: str
    record: FormRecord
    text: str


def plant(code: str, record: FormRecord, seed: int = 0) -> Planted | None:
    """`record` with the mistake of `code` in it, or None where it has no place for it."""
    rng = random.Random(f"{code}{record.id}{seed}")
    if code in PRINT:
        return _printed(code, PRINT[code], record, rng)
    changed = MISTAKES[code](record, rng)
    if changed is None or changed == record:
        return None
    return Planted(code, changed, LAYOUTS["plain/tabs"]([changed]).text)


def _printed(code: str, kind: Print, record: FormRecord, rng: random.Random) -> Planted | None:
    layout = {**LAYOUTS, **LAYOUTS_APART}[kind.layout]
    page = kind.page

    def change(one: Page) -> Page:
        return page(one, rng) if page else one

    plain = layout([record]).text
    text = layout([record], change).text
    text = kind.text(text, rng) if kind.text else text
    if text == plain and kind.differs:
        return None
    return Planted(code, replace(record), text)
