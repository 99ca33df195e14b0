"""The label that is printed before a value."""

from __future__ import annotations

from typing import Any

from ... import deferred, labels
from ...model import Reading
from ...values import fold

TAG = deferred.re(r"<[^<>]{0,200}>")
LOOK_BACK = 400  # characters before a value in which its label is looked for


def label_before(reading: Reading[Any], name: str) -> str | None:
    """The label of this field that stands last before a value; None where none is near."""
    at = reading.at
    before = fold(TAG.sub("", at.source.text[max(0, at.start - LOOK_BACK) : at.start]))
    found = [
        (before.rfind(word), len(word), word)
        for word in labels.FIELDS[name].split()
        if word in before
    ]
    # 项目实施单位 ends where 实施单位 does: the longer one is printed.
    return max(found, key=lambda one: (one[0] + one[1], one[1]))[2] if found else None
