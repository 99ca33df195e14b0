"""How far the reading of a document is: told page by page to whoever watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Step(NamedTuple):
    """A page is begun: its number, of how many pages if that is known, and whether it takes seconds. No number: the end."""

    shown: str
    number: int = 0
    pages: int = 0
    slow: bool = False


Watcher = Callable[[Step], None]
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


def tell(step: Step) -> None:
    """Says it to who watches."""
    if (watcher := _watcher.get()) is not None:
        watcher(step)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Lets one watch what is read meanwhile."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)
