"""What a program calls: parse, check, fix and convert, and the types that these take and give.

A `str` is text, a `Path` a file. The form of the examples stands in the docstring of the package.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import documents, reader, rules
from .findings import Finding
from .lint.engine import File
from .lint.fix import Fixed, fixed
from .lint.run import Run
from .lint.settings import Settings
from .lint.settings.configuration import Configuration
from .model import Funding, Indicator, Project, Reading
from .model.document import Document
from .source import Source
from .source.decoding import Undecodable

__all__ = [
    "Document",
    "Finding",
    "Fixed",
    "Funding",
    "Indicator",
    "Project",
    "Reading",
    "Settings",
    "Undecodable",
    "check",
    "convert",
    "fix",
    "parse",
]

Text = str | Path | Source


def parse(text: Text) -> Document:
    """Read all forms of a text or file, in their order; what holds none is a document without projects.

    Raises `OSError` where a file cannot be opened, and `Undecodable` where it is neither text nor a document that can be
    read, or needs packages that are not installed; its ``zh`` and ``en`` say what to do.

    >>> [project] = jxmb.parse(FORM)
    >>> project.project_name.text, project.year.value
    ('档案数字化', 2024)
    >>> jxmb.parse("关于印发通知的函").projects
    ()
    """
    return reader.parse(_source(text))


def check(text: Text, settings: Settings | None = None) -> list[Finding]:
    """All findings on a text or file, infos too; by the default settings where none are given.

    They come by form, in the order of the rules, then those across the forms of the text. No file of settings is looked
    for. Raises `OSError`; a file that cannot be read as text or document is a finding (JX001).

    >>> [one] = jxmb.check(FORM, jxmb.Settings(select=["JX301"]))
    >>> one.code, one.place.line, one.message.en
    ('JX301', 10, 'Use `≥` instead of `》`')
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

    >>> fixed = jxmb.fix(FORM)
    >>> fixed.changed, "≥8000卷" in fixed.text, [one.code for one in fixed.applied]
    (True, True, ['JX301'])
    """
    data = text.read_bytes() if isinstance(text, Path) else None
    read = _source(text) if data is None else documents.open(data, str(text))
    file = File(Path(read.path), read.path)
    return fixed(read, file, Run(_configuration(settings)), unsafe=unsafe, data=data)


def convert(text: Text) -> dict[str, Any]:
    """All forms of a text or file as records, in the shape that `jxmb convert` prints (`jxmb schema records`).

    Amounts and figures are `Decimal`, never `float`; what a form does not have is `None`. Raises as `parse` does.

    >>> [form] = jxmb.convert(FORM)["documents"][0]["forms"]
    >>> form["funding"]["total"], form["funding"]["unit"], form["indicators"][0]["target"]["number"]
    (Decimal('12.5'), '万元', Decimal('8000'))
    """
    from .export import records

    return records.build([parse(text)])


def _source(text: Text) -> Source:
    if isinstance(text, Source):
        return text
    return documents.read(text) if isinstance(text, Path) else Source(text)


def _configuration(settings: Settings | None) -> Configuration:
    return Configuration(rules.load(), settings=settings, isolated=True)
