"""Conversations on the cells of a workbook: where a cell has one, Excel shows it in place of the comment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5

from ... import deferred
from ..ooxml.additions import Parts, root, within
from ..ooxml.package import Package
from .workbook import escaped

ID = deferred.re(r'\sid="([^"]*)"')


def answer(
    parts: Parts, main: str, thread: str, texts: Mapping[str, Sequence[str]], name: str
) -> None:
    """Puts texts behind what was said on these cells, as answers of a person of this name."""
    old, people = parts.text(thread), _people(parts.package, main)
    if not people:
        return
    prefix, person = root(old).prefix, _id(name)
    answers = ""
    for cell, said in texts.items():
        if first := _first(old, prefix, cell):
            own = _id(f"{thread}!{cell}!{len(old)}")  # another where it is answered once more
            tag = f'<{prefix}threadedComment ref="{cell}" personId="{person}" id="{own}"'
            text = f"<{prefix}text>{escaped(chr(10).join(said))}</{prefix}text>"
            answers += f'{tag} parentId="{first}">{text}</{prefix}threadedComment>'
    if answers:
        parts.changed[thread] = within(old, answers)
        _introduce(parts, people, person, name)


def _first(thread: str, prefix: str, cell: str) -> str:
    """The id of what a conversation on a cell began with; nothing where there is none."""
    tags = re.findall(rf'<{prefix}threadedComment\s[^>]*\bref="{cell}"[^>]*>', thread)
    found = (ID.search(one) for one in tags if " parentId=" not in one)
    return next((one[1] for one in found if one), "")


def _introduce(parts: Parts, people: str, id: str, name: str) -> None:
    """Puts a person among those of the workbook, once."""
    old = parts.text(people)
    if id not in old:
        said = f'displayName="{name}" id="{id}" userId="{name}" providerId="None"'
        parts.changed[people] = within(old, f"<{root(old).prefix}person {said}/>")


def _people(package: Package, main: str) -> str:
    """The part with the persons of the workbook; nothing where there is none."""
    return next((one.part for one in package.relations(main).values() if one.type == "person"), "")


def _id(name: str) -> str:
    """An id that is the same each time."""
    return f"{{{str(uuid5(NAMESPACE_URL, name)).upper()}}}"
