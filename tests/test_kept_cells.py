"""Every shape of a form, in every way of writing that keeps its cells, is read as it was meant."""

from __future__ import annotations

import pytest
from tests.forms.dialects import DIALECTS
from tests.forms.field_layouts import FEET, TABLES, shaped, told
from tests.forms.field_records import field
from tests.forms.field_shapes import SHAPES
from tests.forms.field_writers import WRITERS
from tests.forms.layouts import Layout, each, together
from tests.forms.records import some
from tests.forms.report import measure
from tests.forms.wide import SCHEMES

ROWS, FIELDS = 0.99, 0.98
RECORDS = (*field()[:1], *some(1))
WRITE = {**DIALECTS, **WRITERS}
PRINTS = (
    *SCHEMES,
    "two-sided",
    *SHAPES,
    *TABLES,
    "flat",
    "flat-own",
    "told",
    "told-plainly",
)
# What the print does not tell, or tells otherwise.
LOST = {
    # The target of the row above stands beside the head of a group, which then reads as an indicator.
    *(("group-heads", writer) for writer in ("tabs-filled", "comma-filled")),
    # Unit, direction or points have run into the name, and words or figures end names, too.
    *((scheme, "glued") for scheme in ("chongqing", "mongolia", "points-first")),
}
# Told by the print and not read: what is left to do.
UNREAD = {
    ("two-values", "glued"),
    ("slashes", "glued"),
}
KEPT = [
    (name, writer)
    for name in PRINTS
    for writer in WRITE
    if (name, writer) not in LOST | UNREAD and not (name.startswith("told") and writer == "glued")
]


def layout(name: str, writer: str) -> Layout:
    """The layout that prints in this shape and writes in this way."""
    write = WRITE[writer]
    if name in SHAPES:
        return shaped(name, write)
    if name in TABLES:
        return Layout(TABLES[name], write, between=FEET)
    if name.startswith("flat"):
        return together(write, own=name == "flat-own")
    if name.startswith("told"):
        return told(write, coded_rows=name == "told")
    return each(name, write)


def shortfall(name: str, writer: str) -> str:
    """What is read wrong of the layout, headed by its name; nothing where enough is right."""
    result = measure(layout(name, writer), RECORDS)
    if min(result.share, result.column_share) >= ROWS and result.field_share >= FIELDS:
        return ""
    return "\n".join((f"{name}, {writer}:", *result.wrong[:12]))


@pytest.mark.parametrize("name", PRINTS)
def test_a_layout_that_keeps_its_cells_is_read(name: str) -> None:
    found = [shortfall(*kept) for kept in KEPT if kept[0] == name]

    assert "\n".join(filter(None, found)) == ""


def test_what_is_not_read_yet_is_still_listed_rightly() -> None:
    assert [unread for unread in sorted(UNREAD) if not shortfall(*unread)] == []
