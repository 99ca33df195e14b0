"""Before a word is read: what text recognition made of blanks and ruled lines, and cells joined with nothing between.

`STEPS` says what is undone and in which order: `letterspaced` and `specks` undo the first; `run_together` cuts the
second. Each can be switched off by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import field
from typing import NamedTuple

from ...deferred import dataclass
from ...model.repairs import Repair
from ...tables import Cell, Row
from ..fragments import Fragment
from . import letterspaced, run_together, signs, specks


@dataclass(slots=True)
class Text:
    """The text of a form as fragments, the rows they come from, and the marks of the paper taken out of it.

    `lines`: the rows are lines of a page. `poor`: text recognition left blanks or marks in it. `steps` are the names
    of the steps that changed something; `placed` are the fragments as the blanks of the text set them apart.
    """

    fragments: list[Fragment]
    rows: Sequence[Row]
    lines: bool
    marks: list[Cell]
    poor: bool = False
    steps: list[str] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    placed: list[Fragment] = field(default_factory=list)


class Step(NamedTuple):
    """One kind of noise and what undoes it; `lines`: also where the rows are lines of a page."""

    name: str
    undo: Callable[[Text], list[Fragment]]
    lines: bool = False


def undo(text: Text, without: Set[str]) -> None:
    """Undo all noise in a text but that named in `without`."""
    for step in STEPS:
        if step.name in without or (text.lines and not step.lines):
            continue
        fragments = step.undo(text)
        if fragments != text.fragments:
            text.steps.append(step.name)
        text.fragments = fragments


def _letterspacing(text: Text) -> list[Fragment]:
    if not letterspaced.is_spaced(text.fragments):
        return text.fragments
    text.poor = True
    return letterspaced.joined(text.fragments)


def _specks(text: Text) -> list[Fragment]:
    return _clean(text, *specks.swept(text.fragments, text.rows))


def _letters(text: Text) -> list[Fragment]:
    return _clean(text, *specks.without_letters(text.fragments))


def _clean(text: Text, kept: list[Fragment], dirt: list[Cell]) -> list[Fragment]:
    text.marks += dirt
    text.poor |= bool(dirt)
    return kept


def _run_together(text: Text) -> list[Fragment]:
    cut = run_together.labels_apart if text.lines else run_together.cut
    return cut(text.fragments)


def _signs(text: Text) -> list[Fragment]:
    if not text.poor:
        return text.fragments
    found, repairs = signs.meant(text.fragments)
    text.repairs += repairs
    return found


STEPS = (
    Step("letter-spacing", _letterspacing),
    Step("specks", _specks),
    Step("letters of dirt", _letters),
    Step("cells run together", _run_together, lines=True),
    Step("signs", _signs, lines=True),
    Step("colons", lambda text: run_together.at_colons(text.fragments), lines=True),
)
