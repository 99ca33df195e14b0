"""Forms whose lower part is printed once more before them, by tools that find a table twice.

The part has no title: it would be read as the end of the form above it, or as a form of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .. import labels
from ..source import Span
from ..tables import Row
from ..values import fold
from . import LIMITS
from .split import Form


def without_repeats(things: Iterable[Form | Span]) -> Iterator[Form | Span]:
    """The forms and the text between them; rows that the next form has again are its `repeated` ones."""
    held: list[Form | Span] = []
    for thing in things:
        if isinstance(thing, Form):
            if held and isinstance(first := held[0], Form):
                _hand_over(first, thing)
                held = held if first.rows or first.title else held[1:]
            yield from held
            held = []
        held.append(thing)
    yield from held


def _hand_over(form: Form, following: Form) -> None:
    """Give the table behind `form` that is the lower part of the first table of `following` to that one."""
    if form.title and form.rows and form.rows[0].table == form.rows[-1].table:
        return  # all in one table
    rows, below = _worded(form.rows), _worded(following.rows)
    part = [words for words, row in rows if row.table == rows[-1][1].table]
    if len(part) < LIMITS.some or not below:
        return
    first = [words for words, row in below if row.table == below[0][1].table]
    above = first[: len(first) - len(part)]
    start = next(at for at, row in enumerate(form.rows) if row.table == rows[-1][1].table)
    kept = form.rows[:start]
    complete = any(map(_names_columns, kept)) or not (kept or form.title)
    headed = not any(_names_columns(row) for _, row in below[: len(above)])
    if above and first[len(above) :] == part and complete and headed:
        following.repeated = form.rows[start:]
        form.rows = kept


def _worded(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    """The rows with words in them, and their words."""
    return [(words, row) for row in rows if (words := _words(row))]


def _words(row: Row) -> str:
    """What stands in a row, wherever its columns are; the margin beside the table aside."""
    return fold("".join(cell.text for cell in row.filled if not _is_margin(cell.text)))


def _is_margin(text: str) -> bool:
    return labels.meaning(text, "margin") is not None


def _names_columns(row: Row) -> bool:
    return any(labels.meaning(cell.text, "column") for cell in row.filled)
