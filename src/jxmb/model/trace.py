"""How a form was read: what a misread one leads to."""

from __future__ import annotations

from typing import NamedTuple

from ..deferred import dataclass


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
