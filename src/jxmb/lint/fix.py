"""Write fixes: apply, read again, until nothing changes; a diff.

Everything else stays byte for byte. A text is edited here, a document by the module of its format.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from .. import documents
from ..documents import Change as Edit
from ..findings import Change, Finding, Made, Safety, Words
from ..light import dataclass
from ..source import LINE_END, Place, Source
from ..visible import visible
from . import unchanged
from .engine import File
from .run import Run

CONTEXT = 3  # lines around a hunk
HARMFUL = Words("修改后其他内容的读取结果会变化", "other things would be read in another way then")
PASSES = 10  # passes of fixing, after which the fixes are taken to undo each other


class Left(NamedTuple):
    """A fix that was left out, and why."""

    finding: Finding
    why: Words
    changes: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with its fixes in: `source` is what was read, `new` and `data` are with them, `applied` what was fixed.

    `left` are fixes that could not be made, with the reason: a document cannot take every edit. `made` are the changes
    one by one, each in the text of its pass.
    """

    source: Source
    new: Source
    data: bytes = field(repr=False)
    applied: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()
    made: tuple[Made, ...] = ()

    @property
    def text(self) -> str:
        """The text with the fixes in; of a document as it reads then."""
        return self.new.text

    @property
    def changed(self) -> bool:
        """Whether there was anything to fix."""
        return self.text != self.source.text

    def diff(self) -> str:
        """The change as a unified diff."""
        return diff(self.source.text, self.text, self.source.path)


class Unsettled(Exception):
    """Fixes that go on for ever: a fault of jxmb."""


def applicable(finding: Finding, *, unsafe: bool = False) -> bool:
    """Whether the fix of a finding may be written; without `unsafe` only what keeps the meaning."""
    return bool(finding.changes) and (unsafe or finding.safety is Safety.SAFE)


def apply(source: Source, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """One pass: the new text, and the findings whose changes are in it.

    The changes of a finding go in together or not at all; what overlaps a change already taken waits for the
    next pass.
    """
    applied = _settled(source, findings)
    return _joined(source.text, _edits(applied)), [one.finding for one in applied]


class Settled(NamedTuple):
    """A finding with its edits, which go into the same pass as others."""

    finding: Finding
    edits: list[Edit]


def _settled(source: Source, findings: Iterable[Finding]) -> list[Settled]:
    """The findings whose edits do not overlap those of one before."""
    taken: list[Edit] = []  # sorted
    settled: list[Settled] = []
    for finding in findings:
        edits = [_offsets(source, change) for change in finding.changes]
        if edits and not any(_overlap(one, other) for one in edits for other in _near(one, taken)):
            for edit in edits:
                insort(taken, edit)
            settled.append(Settled(finding, edits))
    return settled


def _edits(settled: Iterable[Settled]) -> list[Edit]:
    return sorted(edit for one in settled for edit in one.edits)


def fixed(
    text: Source, file: File, run: Run, *, unsafe: bool = False, data: bytes | None = None
) -> Fixed:
    """`text` with its fixes in, under the settings of a run, whose counts stay as they are.

    `data` is the content of the document that the text was made of: without it a document stays as it is. Raises
    `Unsettled` where the fixes do not come to an end.
    """
    now = Fixed(text, text, text.encode(text.text) if data is None else data)
    for _ in range(PASSES):
        if text.document and data is None:
            return now
        found = run.probe().check_source(now.new, file)
        tried = {one.finding.fingerprint for one in now.left}
        wanted = [
            one for one in found if applicable(one, unsafe=unsafe) and one.fingerprint not in tried
        ]
        after = _passed(now, _settled(now.new, wanted))
        if after.text == now.text:
            return after
        now = after
    raise Unsettled(f"{text.path}: {sorted({one.code for one in now.applied})}")


def _passed(now: Fixed, settled: list[Settled]) -> Fixed:
    """One pass further: with the edits that go in and leave alone how all else is read."""
    if not settled:
        return now
    said = unchanged.data(now.new)
    kept, done = _harmless(now, said, [], settled, now)
    out = {id(one) for one in settled} - {id(one) for one in kept}
    known = {one.finding.fingerprint for one in done.left}
    left = [
        Left(one.finding, HARMFUL, _made(now, one, HARMFUL))
        for one in settled
        if id(one) in out and one.finding.fingerprint not in known
    ]
    return replace(done, left=(*done.left, *left))


def _harmless(
    now: Fixed, said: list[unchanged.Datum], kept: list[Settled], more: list[Settled], done: Fixed
) -> tuple[list[Settled], Fixed]:
    """The edits that may go in together with those kept, and the text with them: guilty ones are found by halves."""
    every = [*kept, *more]
    new = _edited(now, every)
    guessed = _edits(one for one in every if one.finding.safety is Safety.UNSAFE)
    if unchanged.elsewhere(said, unchanged.data(new.new), _edits(every), guessed):
        return every, new
    if len(more) == 1:
        return kept, done
    half = len(more) // 2
    kept, done = _harmless(now, said, kept, more[:half], done)
    return _harmless(now, said, kept, more[half:], done)


def _edited(now: Fixed, settled: list[Settled]) -> Fixed:
    """The text, or the document, with edits in."""
    if not now.source.document:
        new = replace(now.new, text=_joined(now.text, _edits(settled)))
        return replace(now, new=new, data=new.encode(new.text), **_done(now, settled))
    left = list(now.left)
    while settled:
        written = documents.write(now.source.document, now.data, _edits(settled))
        why = {one.change: Words(one.zh, one.en) for one in written.refused}
        refused = [one for one in settled if any(edit in why for edit in one.edits)]
        if not refused:
            new = documents.open(written.data, now.source.path)
            return replace(now, new=new, data=written.data, left=tuple(left), **_done(now, settled))
        # The edits of a finding go in together: without one of them the others stay out.
        left += [
            Left(one.finding, reason, _made(now, one, reason))
            for one in refused
            for reason in [next(why[edit] for edit in one.edits if edit in why)]
        ]
        settled = [one for one in settled if one not in refused]
    return replace(now, left=tuple(left))


def _done(now: Fixed, settled: list[Settled]) -> dict[str, Any]:
    """What a pass adds to what was done."""
    return {
        "applied": (*now.applied, *(one.finding for one in settled)),
        "made": (*now.made, *(made for one in settled for made in _made(now, one))),
    }


def _made(now: Fixed, one: Settled, why: Words | None = None) -> tuple[Made, ...]:
    pairs = zip(one.finding.changes, one.edits, strict=True)
    return tuple(
        Made(one.finding.code, change, now.text[edit.start : edit.end], why)
        for change, edit in pairs
    )


def _joined(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, new in edits:
        pieces += (text[end:start], new)
        end = stop
    return "".join((*pieces, text[end:]))


def _offsets(source: Source, change: Change) -> Edit:
    place: Place = change.place
    start = source.starts[place.line - 1] + place.column - 1
    end = source.starts[place.end_line - 1] + place.end_column - 1
    return Edit(start, end, change.text)


def _near(edit: Edit, taken: Sequence[Edit]) -> Sequence[Edit]:
    """The only edits that one can overlap: at most two of them begin where it does."""
    at = bisect_left(taken, edit[:2], key=itemgetter(0, 1))
    return taken[max(0, at - 2) : at + 2]


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits touch the same text; two insertions at one place do."""
    if one[:2] == other[:2]:
        return True
    return one[0] < other[1] and other[0] < one[1]


def diff(old: str, new: str, path: str) -> str:
    """What changes, as a unified diff; empty where nothing does."""
    path = visible(path)
    before, after = _lines(old), _lines(new)
    hunks = [
        line for group in _grouped(_changed(before, after)) for line in _hunk(group, before, after)
    ]
    return "".join([f"--- a/{path}\n", f"+++ b/{path}\n", *hunks] if hunks else [])


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[range, range]]:
    """The lines that differ, old and new: line by line, or all from the first to the last where some came or went."""
    if len(before) == len(after):
        differ = [
            at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
        ]
        for _, run in groupby(enumerate(differ), key=lambda one: one[1] - one[0]):
            lines = [at for _, at in run]
            yield (both := range(lines[0], lines[-1] + 1)), both
        return
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    yield range(head, len(before) - tail), range(head, len(after) - tail)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are the same at the beginning."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )


def _grouped(changed: Iterable[tuple[range, range]]) -> Iterator[list[tuple[range, range]]]:
    """Changes whose lines of context touch, together."""
    group: list[tuple[range, range]] = []
    for one in changed:
        if group and one[0].start - group[-1][0].stop > 2 * CONTEXT:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _hunk(
    group: Sequence[tuple[range, range]], before: Sequence[str], after: Sequence[str]
) -> Iterator[str]:
    """A hunk with the lines around it."""
    first, last = group[0], group[-1]
    above = min(CONTEXT, first[0].start)
    below = min(CONTEXT, len(before) - last[0].stop)
    olds = range(first[0].start - above, last[0].stop + below)
    news = range(first[1].start - above, last[1].stop + below)
    yield f"@@ -{_numbers(olds)} +{_numbers(news)} @@\n"
    at = olds.start
    for old, new in group:
        yield from (_line(" ", before[one]) for one in range(at, old.start))
        yield from (_line("-", before[one]) for one in old)
        yield from (_line("+", after[one]) for one in new)
        at = old.stop
    yield from (_line(" ", before[one]) for one in range(at, olds.stop))


def _numbers(lines: range) -> str:
    """Lines as a hunk names them: from 1, and how many where it is not one."""
    return f"{lines.start + 1}" if len(lines) == 1 else f"{lines.start + bool(lines)},{len(lines)}"


def _line(sign: str, line: str) -> str:
    return (
        f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
    )


def _lines(text: str) -> list[str]:
    """The lines with their ends, which a lone carriage return is too."""
    ends = [match.end() for match in LINE_END.finditer(text)]
    starts = [0, *ends]
    return [
        text[start:end]
        for start, end in zip(starts, [*ends, len(text)], strict=True)
        if end > start
    ]
