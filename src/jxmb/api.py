"""What a program calls: parse, check, fix and convert.

A `str` is text, a `Path` a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import documents, reader, rules
from .findings import Finding
from .lint.configuration import Configuration
from .lint.engine import File
from .lint.fix import Fixed, fixed
from .lint.run import Run
from .lint.settings import Settings
from .model.document import Document
from .source import Source

Text = str | Path | Source


def parse(text: Text) -> Document:
    """Read all forms of a text or file. Raises `OSError` and `source.decoding.Undecodable`."""
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

    With `unsafe` also the guesses that a person should confirm. `Fixed.data` are the bytes of the mended file; a document
    is mended where it was given as a file. Raises as `parse` does.
    """
    data = text.read_bytes() if isinstance(text, Path) else None
    read = _source(text) if data is None else documents.open(data, str(text))
    file = File(Path(read.path), read.path)
    return fixed(read, file, Run(_configuration(settings)), unsafe=unsafe, data=data)


def convert(text: Text) -> dict[str, Any]:
    """All forms of a text or file as records, in the shape that `jxmb convert` prints."""
    from .export import records

    return records.build([parse(text)])


def _source(text: Text) -> Source:
    if isinstance(text, Source):
        return text
    return documents.read(text) if isinstance(text, Path) else Source(text)


def _configuration(settings: Settings | None) -> Configuration:
    return Configuration(rules.load(), settings=settings, isolated=True)
