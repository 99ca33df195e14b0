"""Write fixes: apply, read again, until nothing changes; a diff; the replacement of a file.

Everything else stays byte for byte.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path

from ..findings import Change, Finding, Safety
from ..source import LINE_END, Place, Source
from .engine import File
from .run import Run

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
    taken: list[tuple[int, int, str]] = []
    applied: list[Finding] = []
    for finding in findings:
        edits = [_offsets(source, change) for change in finding.changes]
        if edits and not any(_overlap(one, other) for one in edits for other in taken):
            taken.extend(edits)
            applied.append(finding)
    return _joined(source.text, sorted(taken)), applied


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


def _offsets(source: Source, change: Change) -> tuple[int, int, str]:
    place: Place = change.place
    start = source.starts[place.line - 1] + place.column - 1
    end = source.starts[place.end_line - 1] + place.end_column - 1
    return start, end, change.text


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits touch the same text; two insertions at one place do."""
    if one[:2] == other[:2]:
        return True
    return one[0] < other[1] and other[0] < one[1]


def diff(old: str, new: str, path: str) -> str:
    """What changes, as a unified diff; empty where nothing does."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}")
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
