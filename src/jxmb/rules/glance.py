"""A glance at a form: a rule that only speaks where some mark stands is not asked where none does.

What a glance gathers is gathered once a form (`Context.once`). It may only err towards asking.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from ..meaning import Row, by_letter, holds
from ..model import Project, Value
from ..model.repairs import Kind
from ..source import Span
from ..values import fold, width
from .base import Context

When = Callable[[Context], bool]
EXAMPLE_YEAR = 2025  # of the dates that remedies show, where a form has none
AROUND = 2  # characters beside a value in the print that belong to the glance: its bold marks


def occurs(marks: Iterable[str], where: Callable[[Context], str]) -> When:
    """Whether one of a few characters occurs."""
    wanted = tuple(dict.fromkeys(marks))
    return lambda ctx: any(map(ctx.once(where).__contains__, wanted))


def said(words: Callable[[], Iterable[str]]) -> When:
    """Whether one of some words is said in a value."""
    heads = cache(lambda: by_letter(words(), slice(1)))
    return lambda ctx: holds(ctx.once(spoken), heads())


def matches(pattern: re.Pattern[str], where: Callable[[Context], str]) -> When:
    """Whether a pattern matches somewhere."""
    return lambda ctx: pattern.search(ctx.once(where)) is not None


def named(*lists: str) -> When:
    """Whether a word of one of these lists is said in the name of a judged indicator."""
    return lambda ctx: any(ctx.lists.holds(name, ctx.once(names)) for name in lists)


def repaired(*kinds: Kind) -> When:
    """Whether something was repaired in one of these ways."""
    return lambda ctx: any(one.kind in kinds for one in ctx.project.repairs)


def some_unjudged(ctx: Context) -> bool:
    """Whether an indicator says nothing, or is not judged for another reason."""
    return len(ctx.once(judged)) < len(ctx.project.indicators)


def names(ctx: Context) -> str:
    """The folded names of the judged indicators, one a line."""
    return "\n".join(one.name for one in ctx.once(judged))


def every_name(ctx: Context) -> str:
    """All names, folded, one a line."""
    return "\n".join([fold(one.name.text) for one in ctx.project.indicators])


def longest(ctx: Context) -> int:
    """The characters of the longest name or target of a judged indicator."""
    return max((max(len(one.name), len(one.value)) for one in ctx.once(judged)), default=0)


def judged(ctx: Context) -> list[Row]:
    """What the judged indicators say."""
    return [row for one in ctx.project.indicators if (row := ctx.judged(one)) is not None]


def annual(ctx: Context) -> list[Row]:
    """What the judged indicators of the year say."""
    return [row for row in ctx.once(judged) if row.indicator.scope == "annual"]


def every_value(ctx: Context) -> tuple[Value, ...]:
    """Every value of the form."""
    return tuple(ctx.project.values())


def spoken(ctx: Context) -> str:
    """All values and labels of amounts, one a line."""
    texts = [one.reading.text for one in ctx.once(every_value)]
    return "\n".join([*texts, *(row.label.text for row in ctx.project.funding.rows)])


def printed(ctx: Context) -> str:
    """What stands in the file at all values."""
    text = ctx.project.at.source.text
    spans = [span for value in ctx.once(every_value) for span in value.reading.spans]
    return "".join(
        [text[one.start - AROUND if one.start > AROUND else 0 : one.end + AROUND] for one in spans]
    )


def targets(ctx: Context) -> str:
    """All targets, as written and once more at half width."""
    text = "".join([one.target.text for one in ctx.project.indicators])
    return text + width(text)


def behind_first(ctx: Context) -> str:
    """All targets without their first characters, where signs belong."""
    return "".join([one.target.text[1:] for one in ctx.project.indicators])


def beginnings(ctx: Context) -> str:
    """The characters with which values begin."""
    return "".join([one.reading.text.lstrip()[:1] for one in ctx.once(every_value)])


def phrases(ctx: Context) -> list[str]:
    """The names and targets of all indicators."""
    return [text for one in ctx.project.indicators for text in (one.name.text, one.target.text)]


def ends(ctx: Context) -> str:
    """The characters with which names and targets end."""
    return "".join([text.rstrip()[-1:] for text in ctx.once(phrases)])


def unsolved(ctx: Context, at: Span) -> bool:
    """Whether a blank at a place, or in the next cell of its line, is a formula without result, which nobody left out."""
    source = ctx.project.at.source
    return any(
        at.start <= note.offset and source.text[at.end : note.offset].strip(" \t") == ""
        for note in source.notes
        if note.kind == "formula"
    )


def year_shown(project: Project) -> int:
    """The year of the dates that remedies show: that of the form, where it has one."""
    return project.year.value or EXAMPLE_YEAR
