"""What a program calls: parse, check, fix and convert.

A `str` is text, a `Path` a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import fixes, reader, rules
from .config import Configuration, Settings
from .engine import File
from .findings import Finding
from .model.document import Document
from .runs import Run
from .source import Source, decoding

Text = str | Path | Source
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
        return fixes.diff(self.source.text, self.text, self.source.path)


class Unsettled(Exception):
    """Fixes that go on for ever: a fault of jxmb."""


def parse(text: Text) -> Document:
    """Read all forms of a text or file. Raises `OSError` and `source.Undecodable`."""
    return reader.parse(_source(text))


def check(text: Text, settings: Settings | None = None) -> list[Finding]:
    """All findings on a text or file, infos too; by the default settings where none are given.

    Raises `OSError`; a file that is no text is a finding (JX001).
    """
    run = Run(_configuration(settings))
    if isinstance(text, Path):
        found = list(run.check_file(File(text, str(text))))
    else:
        read = _source(text)
        found = list(run.check_source(read, File(Path(read.path), read.path)))
    if run.troubles:
        raise run.troubles[0].error
    return [*found, *run.across()]


def fix(text: Text, settings: Settings | None = None, *, unsafe: bool = False) -> Fixed:
    """Fix a text or the content of a file, until nothing is left to fix. Writes no file.

    With `unsafe` also the guesses that a person should confirm. Raises as `parse` does.
    """
    read = _source(text)
    return fixed(
        read, File(Path(read.path), read.path), Run(_configuration(settings)), unsafe=unsafe
    )


def fixed(text: Source, file: File, run: Run, *, unsafe: bool = False) -> Fixed:
    """`text` with its fixes in, under the settings of a run, whose counts stay as they are.

    Raises `Unsettled` where the fixes do not come to an end.
    """
    now = text
    every: list[Finding] = []
    for _ in range(PASSES):
        found = run.probe().check_source(now, file)
        wanted = [one for one in found if fixes.applicable(one, unsafe=unsafe)]
        new, applied = fixes.apply(now, wanted)
        every += applied
        if new == now.text:
            return Fixed(text, new, tuple(every))
        now = replace(now, text=new)
    raise Unsettled(f"{text.path}: {sorted({one.code for one in every})}")


def convert(text: Text) -> dict[str, Any]:
    """All forms of a text or file as records, in the shape that `jxmb convert` prints."""
    from .export import records

    return records.build([parse(text)])


def _source(text: Text) -> Source:
    if isinstance(text, Source):
        return text
    return decoding.read(text) if isinstance(text, Path) else Source(text)


def _configuration(settings: Settings | None) -> Configuration:
    return Configuration(rules.load(), settings=settings, isolated=True)
