"""Findings out: one module a format, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Protocol, cast

from .. import formats
from ..deferred import dataclass
from ..findings import Finding, Run

FORMATS = {
    "full": "jxmb.report.full",
    "concise": "jxmb.report.concise",
    **{
        name: f"jxmb.report.{name}"
        for name in (
            *("json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"),
            *("html", "xlsx"),
        )
    },
}
# What the ending of a file may hold: first what it means where nothing else is said.
SUFFIXES = {
    ".json": ("json", "sarif", "gitlab"),
    ".jsonl": ("jsonl",),
    ".sarif": ("sarif",),
    ".xml": ("junit",),
    ".md": ("markdown",),
    ".html": ("html",),
    ".xlsx": ("xlsx",),
    ".txt": ("full", "concise", "github"),
}
PEOPLE = frozenset(("full", "concise"))  # formats for people
EXTRA = "report"  # of the package: what formats beyond text are written with
# In place of the findings, for people.
REVIEW = "jxmb.report.review"
STATISTICS = "jxmb.report.statistics"


@dataclass(frozen=True, slots=True)
class Out:
    """Where a report goes: the stream (of bytes for a `BINARY` format), whether it shows colours, its width in cells.

    `review`, `statistics`: a machine's format has the review sheet or the counts by rule beside the findings. With
    `links` codes lead to the pages of their rules; `quiet` leaves the closing line out.
    """

    stream: IO[Any]
    color: bool = False
    width: int = 80
    review: bool = False
    statistics: bool = False
    links: bool = False
    quiet: bool = False


class Format(Protocol):
    """What the module of a format offers.

    `BINARY` says that it writes bytes, and therefore to files only, `FORMS` that it asks the run for its forms, `DRAWN`
    for how these are drawn; one with `COMMANDS` writes what the log of a service obeys, and makes every value in it
    harmless itself; one with `SUPPRESSED` lists what was accepted or is in the baseline, too.
    """

    BINARY: bool
    FORMS: bool

    def render(self, run: Run, findings: Iterator[Finding], out: Out) -> None:
        """Write the findings as they come; the summary of the run is whole behind the last of them."""


def load(name: str, *, review: bool = False, statistics: bool = False) -> Format:
    """The module of a format in FORMATS; in the place of one that people read the review sheet or the counts by rule.

    Raises `Missing`.
    """
    instead = (REVIEW if review else STATISTICS) if review or statistics else ""
    module = instead if instead and name in PEOPLE else FORMATS[name]
    return cast(Format, formats.load(module, name, EXTRA))
