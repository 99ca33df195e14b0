"""Write fixes: apply, read again, until nothing changes; a diff; the replacement of a file.

Everything else stays byte for byte.
"""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from ..findings import Change, Finding, Safety
from ..light import dataclass
from ..source import LINE_END, Place, Source
from .engine import File
from .run import Run

Replaced = tuple[int, int, str]  # from one offset to another, by a text
CONTEXT = 3  # lines around a hunk
PASSES = 10  # passes of fixing, after which the fixes are taken to undo each other


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with its fixes in: `source` is what was read, `text` is new, `applied` what was fixed."""

    source: Source
    text: str
    applied: tuple[Finding, ...]

    @property
    def changed(self) -> bool:
        """Whether there was anything to fix."""
        return self.text != self.source.text

    def diff(self) -> str:
        """The change as a unified diff."""
        return diff(self.source.text, self.text, self.source.path)


class Unsettled(Exception):
    """Fixes that go on for ever: a fault of jxmb."""


class Unwritable(Exception):
    """A file that fixes must not be written to: ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def applicable(finding: Finding, *, unsafe: bool = False) -> bool:
    """Whether the fix of a finding may be written; without `unsafe` only what keeps the meaning."""
    return bool(finding.changes) and (unsafe or finding.safety is Safety.SAFE)


def apply(source: Source, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """One pass: the new text, and the findings whose changes are in it.

    The changes of a finding go in together or not at all; what overlaps a change already taken waits for the
    next pass.
    """
    taken: list[Replaced] = []  # sorted, and no two of them overlap
    applied: list[Finding] = []
    for finding in findings:
        edits = [_offsets(source, change) for change in finding.changes]
        if edits and not any(_overlap(one, other) for one in edits for other in _near(one, taken)):
            for edit in edits:
                insort(taken, edit)
            applied.append(finding)
    return _joined(source.text, taken), applied


def fixed(text: Source, file: File, run: Run, *, unsafe: bool = False) -> Fixed:
    """`text` with its fixes in, under the settings of a run, whose counts stay as they are.

    Raises `Unsettled` where the fixes do not come to an end.
    """
    now = text
    every: list[Finding] = []
    for _ in range(PASSES):
        found = run.probe().check_source(now, file)
        wanted = [one for one in found if applicable(one, unsafe=unsafe)]
        new, applied = apply(now, wanted)
        every += applied
        if new == now.text:
            return Fixed(text, new, tuple(every))
        now = replace(now, text=new)
    raise Unsettled(f"{text.path}: {sorted({one.code for one in every})}")


def _joined(text: str, edits: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop, new in edits:
        pieces += (text[end:start], new)
        end = stop
    return "".join((*pieces, text[end:]))


def _offsets(source: Source, change: Change) -> Replaced:
    place: Place = change.place
    start = source.starts[place.line - 1] + place.column - 1
    end = source.starts[place.end_line - 1] + place.end_column - 1
    return start, end, change.text


def _near(edit: Replaced, taken: Sequence[Replaced]) -> Sequence[Replaced]:
    """The only edits that one can overlap: at most two of them begin where it does."""
    at = bisect_left(taken, edit[:2], key=itemgetter(0, 1))
    return taken[max(0, at - 2) : at + 2]


def _overlap(one: Replaced, other: Replaced) -> bool:
    """Whether two edits touch the same text; two insertions at one place do."""
    if one[:2] == other[:2]:
        return True
    return one[0] < other[1] and other[0] < one[1]


def diff(old: str, new: str, path: str) -> str:
    """What changes, as a unified diff; empty where nothing does."""
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


def write(path: Path, source: Source, text: str) -> None:
    """Replace the file by `text`, in its own encoding, at once: readers see the old file or the new one.

    A link stays a link: its target is written. Raises `Unwritable` for a document and where some bytes could not
    be decoded, and `OSError`.
    """
    if source.document:
        raise Unwritable(
            "文档不能由程序改写，因此没有修改",
            "documents are not written by jxmb, so the file was left as it is",
        )
    if source.lossy:
        raise Unwritable(
            "文件中有无法解码的字节，写回会丢失内容，因此没有修改",
            "some bytes could not be decoded and would be lost, so the file was left as it is",
        )
    import tempfile

    target = path.resolve()
    data = source.encode(text)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o7777)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
