"""The layouts of the field by name. `FIELD` keeps the cells apart, `FIELD_APART` tells them by position only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .apart import APART
from .dialects import DIALECTS
from .field_shapes import SHAPES, title_row, wrapped_title
from .field_tables import CODED, OWNED, coded_sentence, plain_sentence, sentences
from .field_writers import WRITERS, narrow
from .grid import Page
from .layouts import Layout, each
from .records import FormRecord

FEET = "— 12 —\n"  # between the pages of a table that goes on
TABLES = {
    "coded": CODED,
    "coded-again": replace(CODED, again=True),
    "owned": OWNED,
    "owned-again": replace(OWNED, again=True),
}
Write = Callable[[Page], str]


def shaped(name: str, write: Write) -> Layout:
    """One table a form, printed in a shape."""
    return Layout(lambda records: [SHAPES[name](record) for record in records], write)


def told(write: Write, *, coded_rows: bool) -> Layout:
    """One table with all indicators of a project in one cell."""
    tell = coded_sentence if coded_rows else plain_sentence
    return Layout(lambda records: [sentences(records, tell, mid=coded_rows)], write)


def _equal_goals(layout: Layout) -> Layout:
    """The same with the goal of the whole period equal to that of the year."""

    def pages(records: Sequence[FormRecord]) -> list[Page]:
        return layout.pages([replace(record, goal_mid=record.goal) for record in records])

    return replace(layout, pages=pages)


_CELLS = ("tabs", "pipes", "html", "comma")
FIELD: dict[str, Layout] = {
    **{
        f"{name}/{dialect}": shaped(name, DIALECTS[dialect])
        for name in SHAPES
        for dialect in _CELLS
    },
    **{
        f"{name}/{dialect}": shaped(name, DIALECTS[dialect])
        for name in ("below", "granted")
        for dialect in ("tabs-repeated", "tabs-filled", "comma-filled")
    },
    **{f"city/{name}": shaped("city", write) for name, write in WRITERS.items()},
    **{f"plain/{name}": each("plain", write) for name, write in WRITERS.items()},
    **{
        f"{name}/{dialect}": Layout(table, DIALECTS[dialect], between=FEET)
        for name, table in TABLES.items()
        for dialect in _CELLS
    },
    **{f"told/{dialect}": told(DIALECTS[dialect], coded_rows=True) for dialect in _CELLS},
    **{f"told-plainly/{dialect}": told(DIALECTS[dialect], coded_rows=False) for dialect in _CELLS},
    **{
        f"equal-goals/{dialect}": _equal_goals(each("two-values", DIALECTS[dialect]))
        for dialect in ("tabs", "tabs-repeated", "html", "comma")
    },
}
TITLED = {"title-row": title_row, "wrapped-title": wrapped_title}


def retitled(name: str, change: Callable[[Page], Page], write: Write) -> Layout:
    """A shape whose title stands in another place."""
    return Layout(
        lambda records: [change(SHAPES[name](record)) for record in records],
        lambda page: write(page).removeprefix("## "),
    )


FIELD |= {
    f"{title}/{name}-{dialect}": retitled(name, change, DIALECTS[dialect])
    for title, change in TITLED.items()
    for name in ("city", "name-in-title")
    for dialect in ("tabs", "html")
}
PRINTS = {"narrow": narrow, **{name: APART[name] for name in ("layout", "layout-open", "blanks")}}
FIELD_APART: dict[str, Layout] = {
    f"{name}/{dialect}": shaped(name, PRINTS[dialect])
    for name in (
        "city",
        "tall-goal",
        "name-in-title",
        "core",
        "core-levels",
        "department",
        "year-in-heading",
    )
    for dialect in PRINTS
}
