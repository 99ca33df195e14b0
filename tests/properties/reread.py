"""Whether a fix changed how anything but the edited cells is read: by another way than the program does it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from jxmb import reader
from jxmb.model import Reading
from jxmb.source import Source, Span
from jxmb.values import Amount, Period, Target

NOT_READ = {"at", "repairs", "trace", "damage", "labels", "heads", "inferred", "parent", "templates"}  # fmt: skip

Told = list[tuple[tuple[object, ...], object]]


def told(
    thing: object, path: tuple[object, ...] = ()
) -> Iterator[tuple[tuple[object, ...], object]]:
    """Everything that a form says, each with its place in the record."""
    if isinstance(thing, Span):
        thing = Reading(thing.text, None, (thing,))
    parts = _parts(thing)
    if parts is None:
        yield path, thing
        return
    for name, one in parts:
        yield from told(one, (*path, name))


def _parts(thing: object) -> Iterable[tuple[object, object]] | None:
    """What a part of a record is made of; None of a reading and of what is one value."""
    if isinstance(thing, Reading):
        return None
    if isinstance(thing, tuple):
        return enumerate(thing)
    if isinstance(thing, dict):
        return enumerate(thing.values())
    if not dataclasses.is_dataclass(thing):
        return None
    names = (one.name for one in dataclasses.fields(thing))
    return [(name, getattr(thing, name)) for name in names if name not in NOT_READ]


def forms(source: Source) -> list[Told]:
    """What each form of a text or document says."""
    return [list(told(one)) for one in reader.parse(source).projects]


def edited(old: str, new: str) -> list[tuple[int, int]]:
    """Where two texts differ, in the old one: line by line where no line came or went."""
    lines, others = old.splitlines(True), new.splitlines(True)
    pairs = list(zip(lines, others, strict=False)) if len(lines) == len(others) else [(old, new)]
    spans, at = [], 0
    for one, other in pairs:
        if one != other:
            codes = SequenceMatcher(None, one, other, False).get_opcodes()
            spans += [(at + start, at + end) for tag, start, end, _, _ in codes if tag != "equal"]
        at += len(one)
    return spans


def meant(value: object) -> object:
    """What a safe fix must keep; None of what means nothing."""
    if isinstance(value, Target):
        if value.number is None and value.date is None:
            return None
        return value.sign, value.number, value.upper, meant(value.date)
    if isinstance(value, Period):
        return tuple(day and day.iso for day in (value.start, value.end))
    return value.number if isinstance(value, Amount) else None


def changed(old: Source, new: Source, *, safe: bool) -> list[object]:
    """What is read in another way, but for what stands where the texts differ; with `safe` what means another thing there."""
    before, after, spans = forms(old), forms(new), edited(old.text, new.text)
    if [[path for path, _ in one] for one in before] != [
        [path for path, _ in one] for one in after
    ]:
        return ["forms, rows or fields"]
    pairs = [pair for two in zip(before, after, strict=True) for pair in zip(*two, strict=True)]
    return [
        (path, one, other)
        for (path, one), (_, other) in pairs
        if _differs(path, one, other, spans, safe)
    ]


def _differs(
    path: tuple[object, ...], one: Any, other: Any, spans: list[tuple[int, int]], safe: bool
) -> bool:
    if not isinstance(one, Reading) or one == other:
        return bool(one != other)
    touched = any(at.start <= end and start <= at.end for at in one.spans for start, end in spans)
    if one.missing or other.missing or not touched:
        return True
    if path[-1] in ("level1", "level2"):
        return one.value is not None and one.value != other.value
    return safe and meant(one.value) not in (None, meant(other.value))
