"""Mistakes planted in clean forms, one at a time, each with the rule that must find it.

`plant` prints a form, or a folder of forms, with one mistake; `PLANTS` has the codes and `layouts` where each is made.
A mistake that a form has no place for (a cost row, a figure in the goal) is not planted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from .grid import Page
from .layouts import LAYOUTS, LAYOUTS_APART
from .planted_content import CONTENT
from .planted_folders import FOLDERS
from .planted_form import FORM, Mistake
from .planted_print import PRINT, Print
from .planted_scores import SCORES, Scored
from .records import FormRecord

MISTAKES: dict[str, Mistake] = {**FORM, **CONTENT}
PLANTS = tuple(sorted({*MISTAKES, *PRINT, *SCORES, *FOLDERS}))
KEPT = ("plain/tabs", "wide/html", "tree/tabs")


@dataclass(frozen=True)
class Planted:
    """A mistake: the rule that must find it, the form it was planted in, the texts of all files."""

    code: str
    record: FormRecord
    texts: tuple[str, ...]


def layouts(code: str) -> tuple[str, ...]:
    """Where the mistake of a code is planted: three layouts for those of meaning, one for the others."""
    if code in PRINT:
        return (PRINT[code].layout,)
    if code in SCORES:
        return SCORES[code].layouts
    return KEPT if code in CONTENT or code in FOLDERS else KEPT[:1]


def plant(code: str, record: FormRecord, layout: str = "", seed: int = 0) -> Planted | None:
    """`record` with the mistake of `code` in it, or None where it has no place for it."""
    rng = random.Random(f"{code}{record.id}{seed}")
    layout = layout or layouts(code)[0]
    if code in PRINT:
        return _printed(code, PRINT[code], record, rng)
    if code in SCORES:
        return _scored(code, SCORES[code], record, layout, rng)
    made = FOLDERS[code](record, rng) if code in FOLDERS else [MISTAKES[code](record, rng)]
    changed = [one for one in made or () if one is not None]
    if not changed or changed == [record]:
        return None
    return Planted(code, changed[0], tuple(LAYOUTS[layout]([one]).text for one in changed))


def _scored(
    code: str, kind: Scored, record: FormRecord, layout: str, rng: random.Random
) -> Planted | None:
    changed = kind.record(record, rng) if kind.record else record
    if changed is None:
        return None

    def change(one: Page) -> Page:
        return kind.page(one, changed, rng) if kind.page else one

    text = LAYOUTS[layout]([changed], change).text
    if text == LAYOUTS[layout]([record]).text:
        return None
    return Planted(code, changed, (text,))


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
    return Planted(code, record, (text,))
