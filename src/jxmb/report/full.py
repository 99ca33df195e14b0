"""Findings drawn for a person at a terminal, a form at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import IO, cast

from rich.cells import cell_len
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from ..findings import Finding, Run, Safety, Severity
from ..visible import Harmless, visible
from . import Out
from .excerpt import excerpt, fold
from .wording import (
    ALSO,
    FIXABLE,
    MARK,
    REMEDY,
    SEVERITIES,
    WHY,
    Wording,
    fixable,
    page,
    path_through,
)

BINARY = FORMS = False
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
INDENT = 2
NARROWEST = 20  # cells of a line
HEIGHT = 25
RELATED = 3  # further places that are listed
GUTTER = " │ "


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Draw the report. Text of files is never markup: every line is built as `Text`."""
    console = Console(
        file=cast(IO[str], Harmless(out.stream, out.color)),
        width=max(out.width, NARROWEST),
        height=HEIGHT,  # or rich would ask the environment for both
        force_terminal=out.color,
        color_system="standard" if out.color else None,
        no_color=not out.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    draw(run, findings, console, out)


def draw(run: Run, findings: Iterator[Finding], console: Console, out: Out) -> None:
    """Draw the report on a console, a form at a time."""
    wording = Wording(run.lang)
    shown: Counter[Severity] = Counter()
    marked: Counter[Safety] = Counter()
    for (path, project), group in groupby(findings, lambda one: (one.place.path, one.project)):
        console.print(Rule(heading(path, project), align="left", style="dim", characters="─"))
        for finding in group:
            shown[finding.severity] += 1
            if (safety := fixable(finding)) is not None:
                marked[safety] += 1
            _draw(finding, wording, console, out.links)
    for one in run.applied:
        console.print(Text(wording.changed(one)), soft_wrap=True)
    if out.quiet:
        return
    clean = run.summary.forms and not shown and not run.coverage.not_checked
    style = "bold green" if clean else "bold"
    console.print(Text(wording.summary(run, shown, marked), style=style), soft_wrap=True)


def heading(path: str, project: str) -> Text:
    """The file, and the project whose form it is."""
    title = Text(visible(path), style="bold")
    if project:
        title.append(f" › {visible(project)}")
    title.truncate(1000)
    return title


def _draw(finding: Finding, wording: Wording, console: Console, links: bool) -> None:
    width = console.width - INDENT
    console.print(_head(finding, wording, links), soft_wrap=True)
    for line in (*_excerpt(finding, width), *_words(finding, wording, width)):
        console.print(Text(" " * INDENT).append_text(line), soft_wrap=True)
    console.print()


def _head(finding: Finding, wording: Wording, links: bool) -> Text:
    style = STYLES[finding.severity]
    code = f"{style} link {page(finding.name)}" if links else style
    head = Text()
    head.append(wording.spot(finding.place), style="bold")
    head.append(f"  {wording.of(SEVERITIES[finding.severity])} ", style=style)
    head.append(finding.code, style=code)
    head.append(f" {wording.of(finding.title)}")
    if fixable(finding):
        head.append(f" {MARK}", style="green")
    if finding.where:
        head.append(f"\n{' ' * INDENT}{path_through(finding.where)}", style="cyan")
    return head


def _excerpt(finding: Finding, width: int) -> Iterator[Text]:
    """The source line and the mark under it."""
    if not finding.excerpt.strip():
        return
    number = "" if finding.place.inside else str(finding.place.line)
    shown = excerpt(finding, width - len(number) - len(GUTTER))
    line = Text(f"{number}{GUTTER}", style="dim", no_wrap=True, overflow="crop")
    line.append(shown.text, style="not dim")
    yield line
    mark = Text(f"{' ' * len(number)}{GUTTER}", style="dim", no_wrap=True, overflow="crop")
    mark.append(" " * shown.start + "^" * shown.width, style=f"not dim {STYLES[finding.severity]}")
    yield mark


def _words(finding: Finding, wording: Wording, width: int) -> Iterator[Text]:
    """What is wrong, why, and what to write."""
    message = wording.message(finding)
    for line in fold(message, width) if message != wording.of(finding.title) else ():
        yield Text(line, style="bold")
    for label, words in ((WHY, finding.reason), (REMEDY, finding.remedy)):
        if said := visible(wording.of(words)):
            yield from _labelled(f"{wording.of(label)}{wording.colon}", said, width)
    if finding.also:
        places = [wording.spot(place) for place in finding.also[:RELATED]]
        if len(finding.also) > RELATED:
            places.append("…")
        yield from _labelled(f"{wording.of(ALSO)}{wording.colon}", "  ".join(places), width)
    if finding.changes and finding.safety is not None:
        yield Text(wording.of(FIXABLE[finding.safety]), style="green")


def _labelled(label: str, said: str, width: int) -> Iterator[Text]:
    """A label, and what it says beside it."""
    margin = cell_len(label)
    first, *rest = fold(said, max(width - margin, margin))
    yield Text(label, style="dim").append(first, style="not dim")
    for line in rest:
        yield Text(" " * margin + line)
