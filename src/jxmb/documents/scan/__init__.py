"""Pictures of pages as texts: recognised characters and ruled lines are read as those of a PDF page are."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any

from ...source import Note, Source
from ...source.decoding import Undecodable
from ...source.widths import columns
from ..limits import refused
from ..page import Page, Paper
from ..page.geometry import Glyph, Stroke, frames
from ..page.measures import PICTURED, WRITTEN
from ..progress import Step, tell
from . import cache, slots
from .ruling import Box, Look, Run

NAME = "scan"


def read(data: bytes, shown: str) -> Source:
    """The picture as text. Raises `Undecodable`, and `ModuleNotFoundError` where the packages for it are missing."""

    def pictures() -> Iterable[Any]:
        from . import recognition

        for number, one in enumerate(recognition.pictures(data), 1):
            tell(Step(shown, number, slow=True))
            yield one

    paper = Paper()
    try:
        found = looks(sha256(data).hexdigest(), pictures)
    finally:
        tell(Step(shown))
    for number, one in enumerate(found, 1):
        paper.take(page(number, one))
    return noted(paper.source(shown, NAME), range(1, len(found) + 1))


def noted(source: Source, pages: Container[int | None]) -> Source:
    """A document with notes on which parts of its text come from pages that were recognised."""
    notes = list(source.notes)
    if not source.insides:  # nothing was recognised
        return source
    ends = [offset for offset, _ in source.insides[1:]] + [len(source.text)]
    for known, run in groupby(
        zip(source.insides, ends, strict=True), lambda one: one[0][1].page in pages
    ):
        if known:
            own = list(run)
            notes.append(Note("ocr", own[0][0][0], own[-1][1]))
    return replace(source, notes=tuple(sorted(notes, key=attrgetter("offset"))))


def looks(key: str, pictures: Callable[[], Iterable[Any]]) -> list[Look]:
    """What is on pictures: what is kept of them, or what is recognised now.

    Raises `Undecodable`, and `ModuleNotFoundError` where the packages for it are missing.
    """
    if (found := cache.find(key)) is not None:
        return found
    try:
        from . import recognition
    except ModuleNotFoundError:  # of one of the packages that it brings, too
        raise ModuleNotFoundError(name=cache.ENGINE) from None
    with slots.one() as plenty:
        try:
            found = [recognition.look(one) for one in pictures()]
        except (Undecodable, ModuleNotFoundError):
            raise
        except Exception:  # of a damaged picture it raises whatever its parts do
            raise refused("damaged") from None
        finally:
            if not plenty:
                recognition.forget()
    cache.keep(key, found)
    return found


def page(number: int, look: Look) -> Page:
    """A picture as a page: a text that goes over a ruled line is cut there."""
    scale = PICTURED.side / max(min(look.width, look.height), 1)
    tables = frames(_strokes(look.across, scale), _strokes(look.down, scale))
    return Page(
        number,
        look.width * scale,
        look.height * scale,
        [_glyph(part, scale) for box in look.boxes for part in _cut(box, look.down)],
        [one for table in tables for one in table.across],
        [one for table in tables for one in table.down],
    )


def _strokes(runs: Iterable[Run], scale: float) -> list[Stroke]:
    return [Stroke(one.at * scale, one.start * scale, one.end * scale) for one in runs]


def _cut(box: Box, down: Sequence[Run]) -> Iterator[Box]:
    """The parts of a text between the lines that go through it; its characters are as wide as they are in print."""
    middle, margin = (box.top + box.bottom) / 2, box.height / 2
    edges = sorted(
        one.at
        for one in down
        if one.start < middle < one.end and box.left + margin < one.at < box.right - margin
    )
    unit = (box.right - box.left) / max(columns(box.text), 1)
    left, text = box.left, box.text
    for edge in edges:
        at = 0
        while at < len(text) and left + columns(text[: at + 1]) * unit <= edge + unit / 2:
            at += 1
        if part := text[:at].strip():
            yield Box(part, left, box.top, edge, box.bottom)
        left, text = edge, text[at:]
    if part := text.strip():
        yield Box(part, left, box.top, box.right, box.bottom)


def _glyph(box: Box, scale: float) -> Glyph:
    size = PICTURED.size * box.height * scale
    left, right, y = box.left * scale, box.right * scale, (box.top + box.bottom) / 2 * scale
    return Glyph(box.text, left, right, y + WRITTEN.middle * size, size, (left + right) / 2, y)
