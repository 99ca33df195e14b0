"""What the columns of a table say of its rows."""

from __future__ import annotations

from enum import Enum, auto

from ...forms.columns import OFFICES, TARGETS


class Kind(Enum):
    """What a column says of its rows."""

    NAME = auto()
    VALUE = auto()
    TEXT = auto()


KINDS = {
    **dict.fromkeys(("name", "project_name", *OFFICES), Kind.NAME),
    **dict.fromkeys((*TARGETS, "weight", "mark", "unit", "total", "amount"), Kind.VALUE),
}


def kind(role: str) -> Kind:
    """The kind of a column with this role."""
    return KINDS.get(role, Kind.TEXT)
