"""Progress on a terminal: which page of a long document or of a scan is read, in one line that goes again."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...visible import visible
from ..interface.words import Words, in_lang

if TYPE_CHECKING:
    from rich.console import Console

    from ...documents.progress import Step

LATER = 0.5  # seconds of reading before which a document is not spoken of
EVERY = 0.1  # seconds between two lines


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Shows progress on standard error meanwhile, where that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from ...documents.progress import watched

    with watched(Progress(lang)):
        yield


class Progress:
    """Shows the page that is read, if it takes long."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._console: Console | None = None  # once there is something to show
        self._next = 0.0

    def __call__(self, step: Step) -> None:
        """The page that is begun, or that all are read."""
        now = time.monotonic()
        if step.number == 1:
            self._next = now + LATER
        if not step.number:
            self._draw("")
        elif step.slow or now >= self._next:
            self._next = now + EVERY
            self._draw(f"{visible(step.shown)}{in_lang(_page(step), self.lang)}")

    def _draw(self, line: str) -> None:
        """The line in the place of the one before."""
        if self._console is None:
            if not line:
                return
            from rich.console import Console

            self._console = Console(stderr=True, highlight=False)
        from rich.control import Control
        from rich.segment import ControlType

        self._console.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
        self._console.print(
            line, end="", markup=False, no_wrap=True, overflow="ellipsis", crop=True
        )


def _page(step: Step) -> Words:
    of = f"/{step.pages}" if step.pages else ""
    return Words(f"：第 {step.number}{of} 页", f": page {step.number}{of}")
