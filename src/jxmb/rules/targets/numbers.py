"""The numbers in a value."""

from __future__ import annotations

from ... import lazy
from ...values import Measure, measures

NUMBER = lazy.regex(r"[\d０-９][\d０-９,，.．]*")


def sole(text: str) -> Measure | None:
    """The measured number of a text that holds exactly one."""
    found = measures(text)
    return found[0] if len(found) == 1 else None


def number_end(text: str) -> int:
    """Where the last number of a text ends."""
    return max((match.end() for match in NUMBER.finditer(text)), default=len(text))
