"""From a hit to a finding: what a rule said, stamped with all that a report needs."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from .. import deferred
from ..findings import Change, Finding, Hit, Severity, Words
from ..rules.base import AnyRule
from ..source import Place, Source, Span
from ..values import fold

EXCERPT = 300  # characters of the source line that a finding carries
RELATED = 20  # related places that a finding carries

# What one reading of a page takes for another, so that a new OCR run is no new finding.
ALIKE = str.maketrans(
    {"》": "≥", "〉": "≥", "≧": "≥", "⩾": "≥", "《": "≤", "〈": "≤", "≦": "≤", "⩽": "≤"}
)
SIGNS = deferred.re(r"[≥>]=|=>|(?P<low>[≤<]=|=<)")
POINTS = deferred.re(r"(?<!\d)\.|\.(?!\d)")


class Said(NamedTuple):
    """What a hit says, in both languages."""

    message: Words
    reason: Words
    remedy: Words


def say(rule: AnyRule, hit: Hit) -> Said:
    """The sentences of a rule with the words of a hit. Raises `KeyError` where a word is missing."""
    return Said(*(words.format(hit.words) for words in (rule.says, rule.why, rule.remedy)))


@lru_cache(maxsize=256)  # the project and its levels stand in every finding of a form
def normalise(text: str) -> str:
    """`text` for fingerprints: blanks, widths, points and the variants of a comparison sign aside."""
    folded = fold(text)
    if folded.isalnum():
        return folded.casefold()
    folded = SIGNS.sub(lambda match: "≤" if match["low"] else "≥", folded.translate(ALIKE))
    kept = "".join(
        one for one in folded if one in ".%‰" or not unicodedata.category(one).startswith("P")
    )
    return POINTS.sub("", kept).casefold()


def fingerprint(code: str, project: str, where: tuple[str, ...], value: str, ordinal: int) -> str:
    """What stays the same when lines move, other forms change or the form is read once more."""
    parts = (code, normalise(project), *map(normalise, where), "", normalise(value), str(ordinal))
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def key(rule: AnyRule, hit: Hit, where: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    """What makes findings of one form equal: their ordinal tells them apart."""
    if rule.once:
        return rule.code, (), ""
    value = hit.value
    if value is None:
        value = hit.at.text if isinstance(hit.at, Span) else ""
    return rule.code, where, normalise(value)


def excerpt(at: Span) -> tuple[str, int]:
    """The line of a place, cut round it where it is very long, and the column at which the cut begins."""
    source = at.source
    line, column = source.position(at.start)
    start = at.start - column + 1
    stop = source.starts[line] if line < len(source.starts) else len(source.text)
    if stop - start > EXCERPT:
        left = max(start, at.start - EXCERPT // 3)
        start, stop, column = left, min(stop, left + EXCERPT), column - (at.start - left)
    else:
        column = 1
    return source.text[start:stop].rstrip("\r\n"), column


def place(at: Span | Place) -> Place:
    """A place in plain numbers."""
    return at.place if isinstance(at, Span) else at


def finding(
    rule: AnyRule,
    hit: Hit,
    said: Said,
    severity: Severity,
    mark: str,
    *,
    project: str = "",
    where: tuple[str, ...] = (),
) -> Finding:
    """The finding of a hit, with its place in the form where it is about one.

    Where bytes of the file were lost in decoding nothing may be written back, nor what its encoding has no place for: then
    there are no changes.
    """
    text, column = excerpt(hit.at) if isinstance(hit.at, Span) else ("", 1)
    writable = all(
        one.span.source.writable and one.span.source.takes(one.text) for one in hit.edits
    )
    changes = tuple(Change(one.span.place, one.text) for one in hit.edits if writable)
    return Finding(
        code=rule.code,
        name=rule.name,
        title=rule.title,
        severity=severity,
        aspect=rule.aspect,
        blame=rule.blame,
        message=said.message,
        reason=said.reason,
        remedy=said.remedy,
        place=place(hit.at),
        excerpt=text,
        excerpt_column=column,
        project=project,
        where=where,
        also=tuple(place(at) for at in hit.also[:RELATED]),
        changes=changes,
        safety=hit.safety or rule.fix,
        fingerprint=mark,
    )


def counted(found: Finding, count: int) -> Finding:
    """The one finding that stands for `count` equal ones of a form."""
    if count == 1:
        return found
    zh, en = found.message
    return replace(
        found,
        count=count,
        message=Words(f"{zh}（本表共 {count} 处）", f"{en} ({count} in this form)"),
    )


WRECKED = 0.5  # share of rows without a safe reading from which on what is torn off was not left out either


def lost(rule: AnyRule, damage: float, limit: float) -> bool:
    """Whether what a rule finds may as well have been lost in reading; `damage` and `limit` are shares of rows."""
    if rule.damaged is None or damage <= limit:
        return False
    return rule.damaged == "some" or damage >= WRECKED


def severity(
    rule: AnyRule, hit: Hit, overrides: Mapping[str, Severity], *, remark: bool
) -> Severity:
    """How grave a hit is; a `remark` cannot tell the author's fault from the reader's."""
    if remark:
        return Severity.INFO
    return overrides.get(rule.code) or hit.severity or rule.severity


def start(text: Source) -> Span:
    """The beginning of a text: where findings about the whole file stand."""
    return Span(text, 0, 0)
