"""How a form was read: what a misread one leads to."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import field
from typing import NamedTuple, TypeVar

from ..deferred import dataclass

T = TypeVar("T")


class Rival(NamedTuple):
    """One way to read a form, and its worth from 0 to 1."""

    name: str
    worth: float


@dataclass(frozen=True, slots=True)
class Trace:
    """The way of one form through the reader.

    `condition` is the name of what sent it into recovery, empty where its cells were kept; `rivals` are the ways in
    which it was read there, the one taken first; `steps` the passes and steps that changed something, in order.
    """

    condition: str = ""
    rivals: tuple[Rival, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(slots=True)
class Steps:
    """The steps of one form: those named in `without` are left out, `taken` are those that changed something, in order."""

    without: Set[str] = frozenset()
    taken: list[str] = field(default_factory=list)

    def take(self, name: str, found: T, step: Callable[..., T], *beside: object) -> T:
        """What a step makes of something, with what it needs beside it; what it was where the step is switched off."""
        if name in self.without:
            return found
        made = step(found, *beside)
        if made is not found and made != found and name not in self.taken:
            self.taken.append(name)
        return made
