"""Indicators that are written as sentences in one cell: level words, name and values one after another.

    1.1－产出指标，11－数量指标，修理水泵数量；实施周期指标值：≥3台，年度指标值：≥3台；
    【产出指标-数量指标】指标1：修理水泵数量（≥3台）

An item begins with the words of its levels, numbered or not. Behind them stand the name and the values, either with
the labels that columns have (年度指标值：) or, without any, in brackets or behind a colon, a blank or a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from .. import deferred, forms, labels, values
from ..forms.alignment import Placed
from ..forms.columns import Columns
from ..tables import Cell, Row
from ..tables.cells import lines, part

if TYPE_CHECKING:
    import regex

Item = dict[str, Cell]  # the cells of one indicator by role: level1, level2, name, target …
Stretch = tuple[int, int]

LEVELS = ("level1", "level2")
ROLES = ("level1", "level2", "name", "target_midterm", "target")
STOPS = "；;。，,、：: \t\r\n\u3000】]"
BULLET = r"(?:[★☆●○•·▪◆*#>]+|[-–—](?=\s))"
LISTED = deferred.re(rf"\s*{BULLET}\s*")  # an item, not a value: >3台
PREFIX = deferred.re(r"\s*(?:[★☆*●]+\s*)?(?:指标\s*\d{1,2}\s*[:：.、]?|[(（]?\d{1,2}[)）.、．])\s*")
MARKED = deferred.regex(r"(?<=^|[；;。\n)）])(?=\s*(?:[★☆*●]+\s*)?指标\s*\d{1,2}\s*[:：.、]?\S)")
SENTENCE = deferred.re(r"[；;。\n]+")
PAIRED = deferred.re(r"[:：\t]|[—–]{2}")
VALUES = (
    deferred.re(r"[(（](?P<value>(?:[^()（）]|[(（][^()（）]*[)）])+)[)）]$"),
    deferred.re(r"[—–]{2}\s*(?P<value>[^—–]+)$"),
    deferred.re(r"\s*(?P<value>[≥≤≧≦＞＜><=＝].*)$"),
    deferred.re(r"[:：\s]\s*(?P<value>[^:：\s]+)$"),
    deferred.re(r"[,，]\s*(?P<value>\d[^,，]*|[^,，]{1,8})$"),
    deferred.regex(r"(?<=时间|时限|日期|期限)(?P<value>(?:[\d每次].*|\p{Han}{1,3}前))$"),
    deferred.regex(
        r"(?<=\p{Han}{2})(?P<value>(?:明显|显著|逐步|有效|持续|不断|稳步|进一步)\p{Han}{2})$"
    ),
    deferred.regex(
        r"(?<=[\p{Han})）])(?P<value>\d[\d.,]*+\s?(?:[%％‰]|\p{Han}{1,3}(?:/\p{Han}{1,3})?))$"
    ),
)


def items(cell: Cell) -> list[Item]:
    """The indicators that a cell tells as sentences; empty where it tells none."""
    text = cell.text
    starts = list(_levels().finditer(text)) if len(text) >= forms.LIMITS.word else []
    ends = [*(match.start() for match in starts[1:]), len(text)][: len(starts)]
    found: list[Item] = []
    above: Item = {}
    heads = False  # whether the word before stands right before this one: 满意度指标：【服务对象满意度指标】
    for match, end in zip(starts, ends, strict=True):
        headed, heads = heads, match.end() == end
        if (headed or not heads) and _is_below(match, above, headed=headed):
            above = above | {"level2": part(cell, *match.span("level1"))}
        else:
            above = {} if match["level1"] else above
            for role in ("level1", "level2"):
                if match[role]:
                    above = above | {role: part(cell, *match.span(role))}
        found.extend(
            above | {role: part(cell, *place) for role, place in own.items()}
            for own in _bodies(text, match.end(), end)
        )
    return found


def opens(text: str) -> bool:
    """Whether a text begins with the word of a level, as that of an item does."""
    return _levels().match(text) is not None


def tells(text: str) -> bool:
    """Whether a line is words of levels, indicators with their values behind a colon, a tab or a dash, or both."""
    words = list(_levels().finditer(text))
    starts = [0, *(match.end() for match in words)]
    ends = [*(match.start() for match in words), len(text)]
    told = [one for place in zip(starts, ends, strict=True) for one in _bodies(text, *place)]
    if not told:
        return bool(words)
    return PAIRED.search(text) is not None and all("target" in one for one in told)


def _is_below(match: regex.Match[str], above: Item, *, headed: bool) -> bool:
    """Whether a level word that may be either is a level 2 of the level 1 above it: 成本指标 below 产出指标."""
    if not match["level1"] or match["level2"] or "level1" not in above:
        return False
    if headed == ("level2" in above):
        return False
    level2 = labels.meaning(match["level1"], "level2")
    level1 = labels.meaning(above["level1"].text, "level1")
    return level2 is not None and level1 in labels.PARENTS[level2]


def _bodies(text: str, start: int, end: int) -> Iterator[dict[str, Stretch]]:
    """Name and values of each indicator between two level words."""
    heads = list(_heads().finditer(text, start, end))
    if heads:
        yield from _labelled(text, start, end, heads)
        return
    cuts = [start, *(match.start() for match in MARKED.finditer(text, start + 1, end)), end]
    if len(cuts) == 2:
        cuts = [start, *(match.end() for match in SENTENCE.finditer(text, start, end)), end]
    for one, two in pairwise(cuts):
        listed = LISTED.match(text, one, two)
        if (place := _bare(text, listed.end() if listed else one, two)) is not None:
            yield _unlabelled(text, *place)


def _labelled(
    text: str, start: int, end: int, heads: Sequence[regex.Match[str]]
) -> Iterator[dict[str, Stretch]]:
    """A name, and each value behind its label; a label that comes again belongs to the next name."""
    found = _named(text, start, heads[0].start())
    for at, head in enumerate(heads):
        role = "target_midterm" if head["midterm"] else "target"
        stop = heads[at + 1].start() if at + 1 < len(heads) else end
        again = at + 1 < len(heads) and {
            "target_midterm" if heads[at + 1]["midterm"] else "target"
        } <= {role, *found}
        cut = _last_sentence(text, head.end(), stop) if again else stop
        if (place := _trimmed(text, head.end(), cut)) is not None:
            found[role] = place
        if again:
            yield found
            found = _named(text, cut, stop)
    if found:
        yield found


def _named(text: str, start: int, end: int) -> dict[str, Stretch]:
    place = _bare(text, start, end)
    return {} if place is None else {"name": place}


def _last_sentence(text: str, start: int, end: int) -> int:
    """Where the last sentence of a stretch begins."""
    place = _bare(text, start, end)
    ends = [match.end() for match in SENTENCE.finditer(text, start, place[1])] if place else []
    return ends[-1] if ends else end


def _unlabelled(text: str, start: int, end: int) -> dict[str, Stretch]:
    """Name and value that nothing but their place tells apart."""
    for pattern in VALUES:
        match = pattern.search(text, start + 1, end)
        if match is not None and (name := _bare(text, start, match.start())) is not None:
            return {"name": name, "target": match.span("value")}
    return {"name": (start, end)}


def _bare(text: str, start: int, end: int) -> Stretch | None:
    """A stretch without its number before and the stops around it; None where nothing is left."""
    prefix = PREFIX.match(text, start, end)
    return _trimmed(text, prefix.end() if prefix else start, end)


def _trimmed(text: str, start: int, end: int) -> Stretch | None:
    """A stretch without the stops around it; a value may be what looks like a number before an item: 1."""
    while start < end and text[start] in STOPS:
        start += 1
    while start < end and text[end - 1] in STOPS:
        end -= 1
    return (start, end) if start < end else None


@cache
def _levels() -> regex.Pattern[str]:
    """The level words at the beginning of an item: a level 1, a level 2 or both, with their numbers."""
    one, two = _any_of("level1"), _any_of("level2")
    number = r"(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]\s*)?+"
    code = r"(?:\d(?:\s?\d){0,2}\s*[－—–\-.、]\s*)?+"  # a line of print may end within it
    between = r"[－—–\-，,、/>›》：:；;\s]+"
    behind = r"(?:[：:，,、；;】\]\s*－—–\-]++|$)"
    return deferred.regex(
        rf"(?:^|(?<=[；;。\n】\]])|(?=[【\[]))[^\S\n]*+(?:{BULLET}\s*)?+{number}[【\[]?\s*+{code}"
        rf"(?:(?P<level1>{one})(?={behind})(?:{between}{code}(?P<level2>{two})(?={behind}))?"
        rf"|(?P<level2>{two})){behind}"
    )


@cache
def _heads() -> regex.Pattern[str]:
    """The label of a value with its colon."""
    annual, midterm = _any_of("column", "target"), _any_of("column", "target_midterm")
    return deferred.regex(
        rf"(?:(?P<midterm>{midterm})|(?P<annual>{annual}))\s*(?:[:：]|(?=[≥≤≧≦＞＜><=＝》]))"
    )


def _any_of(group: str, name: str = "") -> str:
    known = [
        word
        for word in labels.known()
        if (found := labels.meaning(word, group)) is not None and name in ("", found)
    ]
    return "|".join(map(re.escape, sorted(known, key=len, reverse=True)))


def told(row: Row) -> list[Row]:
    """The rows that a row holds: level labels, and a cell that tells an indicator with its value on each of its lines.

    产出指标 | 数量指标：修理水泵数量≥3台 / 质量指标：…; 数量指标 | 1.修理水泵数量：3台 / 2.…
    """
    if len(row.filled) < 2:
        return [row]
    *lead, last = row.filled
    if "：" not in last.text and ":" not in last.text:
        return [row]
    if not labels.meaning(lead[-1].text, *LEVELS):
        return [row]
    below = labels.meaning(lead[-1].text, "level2") is not None
    found = [item for line in lines(last) for item in _told(line, below=below)]
    if not found or not all(map(_is_whole, found)):
        return [row]
    rows = []
    # The first column of a table without heads is that of a margin.
    first = last.column + (lead[-1].column == 0)
    for at, item in enumerate(found):
        own = [replace(cell, carried=cell.carried or at > 0) for cell in lead]
        own[-1] = replace(own[-1], column=first - 1)
        places = enumerate([item[role] for role in ROLES if role in item], first)
        own += [replace(cell, column=place, width=1) for place, cell in places]
        rows.append(replace(row, cells=tuple(own)))
    return rows


def _told(line: Cell, *, below: bool) -> Iterator[Item]:
    """The indicators on a line of a cell: behind the word of their level 2, or `below` that of another cell."""
    match = _levels().match(line.text)
    if match is None and not below:
        yield {}
        return
    # A word that may be either is one of level 2 here: 成本指标.
    group = "level2" if match and match["level2"] else "level1"
    level2 = {} if match is None else {"level2": part(line, *match.span(group))}
    for body in _bodies(line.text, match.end() if match else 0, len(line.text)):
        yield level2 | {role: part(line, *place) for role, place in body.items()}


def _is_whole(item: Item) -> bool:
    """Whether an indicator has its name and what looks like its value."""
    return {"name", "target"} <= item.keys() and values.looks_like_target(item["target"].text)


def column(columns: Columns, lines: Sequence[Placed]) -> int | None:
    """The number of the column whose cells tell indicators as sentences."""
    roles = [one.role for one in columns.columns]
    if "name" not in roles or not {"level1", "target"}.isdisjoint(roles):
        return None
    at = roles.index("name")
    return at if any(at in line.cells and items(line.cells[at]) for line in lines) else None


def widened(columns: Columns, at: int) -> Columns:
    """The columns with those of what is told in one of them, behind the others."""
    told = columns.columns[at]
    others = [one for one in columns.columns if one is not told]
    added = [replace(told, role=role, header=role, label=None) for role in ROLES]
    return replace(columns, columns=(*others, *added))


def rows(lines: Sequence[Placed], columns: Columns, at: int) -> Iterator[Placed]:
    """A row for each indicator; what else stands in a row is in its first."""
    first = len(columns.columns) - 1
    for line in lines:
        fields = {
            number - (number > at): cell for number, cell in line.cells.items() if number != at
        }
        told = items(line.cells[at]) if at in line.cells else []
        if not told and at in line.cells:
            told = [{"name": line.cells[at]}]
        for item in told or [{}]:
            own = {first + ROLES.index(role): cell for role, cell in item.items()}
            yield replace(line, cells=fields | own)
            fields = {}
