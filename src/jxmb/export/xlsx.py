"""Records as a workbook: forms, indicators, and what `check` finds in them, a sheet each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..findings import Finding, Words
from ..formats.workbook import Column, Value, Workbook
from ..source import Place
from ..visible import visible
from . import Forms, Out
from .jsonl import build as build  # a piece is the record: what a sheet makes of it needs the book
from .tables import EN, FINDINGS, FORMS, INDICATORS, heads, rows_of_both

NARROW = 12  # characters
WIDTHS = {
    "path": 24,
    "title": 24,
    "project_name": 28,
    "department": 20,
    "implementer": 20,
    "goal": 60,
    "fields": 40,
    "indicator_level1": 14,
    "indicator_level2": 18,
    "indicator_name": 30,
    "target_raw": 18,
    "target_text": 18,
    "indicator_reason": 30,
    "extra": 30,
    "place": 18,
    "where": 36,
    "finding_title": 24,
    "message": 40,
    "finding_reason": 40,
    "remedy": 40,
}
SHEETS = {
    EN: ("forms", "indicators", "findings"),
    "zh": ("申报表", "指标", "问题"),
}


def write(documents: Iterable[Forms], out: Out) -> None:
    """The forms of many files in one book, the bytes of which go below the text of the stream."""
    stream = out.stream
    book = Workbook(stream.buffer)
    forms, indicators = (
        book.table(name, _columns(columns, out.heads))
        for name, columns in zip(SHEETS[out.heads], (FORMS, INDICATORS), strict=False)
    )
    for document in documents:
        for piece in document.pieces:
            record = json.loads(piece, parse_float=Decimal)
            form, rows = rows_of_both(record["path"], record)
            forms.add(form)
            for row in rows:
                indicators.add(row)
    if out.findings is not None:
        findings = book.table(SHEETS[out.heads][-1], _columns(FINDINGS, out.heads))
        for one in out.findings():
            findings.add(_row(one, out.lang))
    book.close()


def write_one(document: Forms, out: Out) -> None:
    """The forms of one file."""
    write([document], out)


def _row(one: Finding, lang: str) -> list[Value]:
    """The values of a finding under FINDINGS."""

    def said(words: Words) -> str:
        return visible(words.en if lang == EN else words.zh)

    return [
        *(visible(one.place.path), _spot(one.place, lang), visible(one.project)),
        visible(" › ".join(one.where)),
        *(str(one.severity), one.code),
        *(said(words) for words in (one.title, one.message, one.reason, one.remedy)),
        *(one.aspect, one.blame, one.safety and str(one.safety), one.fingerprint),
    ]


def _spot(place: Place, lang: str) -> str:
    """Where a finding is in its file: line and column, or the place in a document."""
    inside = place.inside
    if inside is None:
        return f"{place.line}:{place.column}"
    return visible(inside.en if lang == EN else inside.zh)


def _columns(names: Sequence[str], lang: str) -> list[Column]:
    named = zip(names, heads(names, lang), strict=True)
    return [Column(head, WIDTHS.get(name, NARROW)) for name, head in named]
