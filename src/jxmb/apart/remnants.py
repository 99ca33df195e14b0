"""What is left of level labels and ruled lines among the rows of a table that text recognition read badly.

A line of such a text holds the name and the target of one row; the level labels beside them stand in the middle
of their rows and come out whole, torn or as a few wrong characters. These are kept as strays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import regex

from ..forms.columns import Columns
from ..labels import Label
from ..tables import Cell
from ..values import looks_like_target, number
from .pieces import together
from .words import Word

LONGEST = 6  # code points of what a label was read as
SHORTEST_NAME = 4
HALF = regex.compile(r"^[\p{Han}A-Za-z]{1,7}(?:指|指标|标)$")
SPECK = regex.compile(r"^(?:[-—–_<>=一二三]|[A-Za-z]{1,3}|[^\d%]{1,2}:?)$")
TAIL = regex.compile(r"^[率数性度量额积费次值位年月日]")
VALUE = regex.compile(r"^(?:[≥≤><=＝》《]\s*\S|[\p{Han}]?\s*\d[\d.,]*\s*\S{0,8}$)")
LATIN = regex.compile(r"^[A-Za-z]{1,10}$")
SIGN = regex.compile(r"^[一二三之壹芭宇去这亏乏][>=]?$")  # what ≥ and ≤ were read as
HAN, WRITTEN = regex.compile(r"\p{Han}"), regex.compile(r"[\dA-Za-z]")
FRAGMENT = 3  # code points
WEIGHTED = 0.4  # the share of lines that end in a number, from which on these are weights
LEVEL2 = Label("column", "level2")
WEIGHT, TARGET = Label("column", "weight"), Label("column", "target")


@dataclass(slots=True)
class Swept:
    """The words without what is no cell, where the column heads end, and what was left out."""

    words: list[Word]
    end: int
    strays: list[Cell] = field(default_factory=list)


def swept(words: Sequence[Word], start: int, end: int) -> Swept:
    """Sweep the rows behind the column heads, which stand from `start` to `end`."""
    head, body = list(words[:end]), list(words[end:])
    found = Swept(head, end)
    if any(word.name("field") == "project_name" for word in head[start:]):
        found.words.extend(body)  # a table of many projects has words left of the names
        return found
    lines = [list(line) for _, line in groupby(body, key=lambda word: word.line)]
    _second_level(found.words, start)
    if start < end and lines and lines[0][0].line == head[-1].line:
        _last_heads(found, lines.pop(0), lines)
    marked = any(word.name("column") == "mark" for word in found.words[start:])
    for line in lines:
        joined = list(_signs(line, found.strays, marked=marked))
        kept = _line(joined)
        found.words.extend(kept)
        numbers = {id(word) for word in kept}
        found.strays.extend(word.cell for word in joined if id(word) not in numbers)
    return found


def unreadable(columns: Columns, row: dict[int, Cell]) -> Cell | None:
    """The target of a row whose name or target is no more than scraps: it is taken out, and the row not placed."""
    cells = {columns.columns[at].role: (at, cell) for at, cell in row.items()}
    if "target" not in cells:
        return None
    at, target = cells["target"]
    name = cells["name"][1].text if "name" in cells else ""
    if _is_name(name) and _says_something(target.text):
        return None
    return row.pop(at)


def _is_name(text: str) -> bool:
    return len(HAN.findall(text)) >= 2 and not VALUE.match(text) and not HALF.match(text)


def _says_something(text: str) -> bool:
    words = len(HAN.findall(text)) >= 2 and not HALF.match(text)
    return words or bool(WRITTEN.search(text)) or looks_like_target(text)


def _second_level(words: list[Word], start: int) -> None:
    """三级指标 between 一级指标 and another 三级指标 was 二级指标."""
    for at in range(start + 1, len(words) - 1):
        roles = [word.name("column") for word in words[at - 1 : at + 2]]
        if roles == ["level1", "name", "name"]:
            words[at] = replace(words[at], meanings=(LEVEL2,))
            return


def _signs(line: Sequence[Word], strays: list[Cell], *, marked: bool) -> Iterator[Word]:
    """The line with a misread sign before a number joined to it; left out where signs have their own column."""
    sign: Word | None = None
    for word in line:
        if sign is None or not word.text[0].isdigit():
            if sign is not None:
                yield sign
            sign = None
        elif marked:
            strays.append(sign.cell)
            sign = None
        else:
            word = replace(sign, cell=together([sign.cell, word.cell]), end=word.end)
            sign = None
        if SIGN.match(word.text) and not word.meanings:
            sign = word
        else:
            yield word
    if sign is not None:
        yield sign


def _last_heads(found: Swept, line: Sequence[Word], lines: Sequence[Sequence[Word]]) -> None:
    """The unreadable heads behind the others: the last is that of the weights where numbers end the lines."""
    roles = {word.name("column") for word in found.words}
    ends = sum(1 for one in lines if len(one) > 1 and number(one[-1].text) is not None)
    weights = "weight" not in roles and ends >= WEIGHTED * len(lines)
    for word in line:
        if "name" in roles and "target" not in roles and not word.meanings:
            found.words.append(replace(word, meanings=(TARGET,)))
            roles.add("target")
        elif weights and word is line[-1] and not word.meanings:
            found.words.append(replace(word, meanings=(WEIGHT,)))
        elif word.meanings:
            found.words.append(word)
        else:
            found.strays.append(word.cell)
    found.end = len(found.words)


def _line(line: Sequence[Word]) -> list[Word]:
    """The words of a line without the remnants on it."""
    texts = [word for word in line if not word.meanings]
    if not texts:
        return list(line)
    value = next((at for at, word in enumerate(texts) if at and _is_value(word.text)), len(texts))
    names = [word for word in texts[:value] if not SPECK.match(word.text)]
    if not names and (SPECK.match(texts[0].text) or not _is_value(texts[0].text)):
        fragments = all(len(word.text) <= FRAGMENT for word in texts)
        lone = len(texts) == 1 and (TAIL.match(texts[0].text) or len(texts[0].text) > 1)
        return [word for word in line if word.meanings] if fragments and not lone else list(line)
    name = max(names, key=lambda word: len(word.text), default=texts[0])
    dropped = set(_before(texts, name))
    return [word for at, word in enumerate(line) if id(word) not in dropped]


def _before(texts: Sequence[Word], name: Word) -> Iterator[int]:
    """The remnants before the name of a row."""
    for word in texts:
        if HALF.match(word.text) and word is not name:
            yield id(word)
        if word is name:
            return
        alone = word is texts[0] and (len(word.text) == 1 or LATIN.match(word.text))
        if alone or (len(name.text) >= SHORTEST_NAME and _is_scrap(word.text)):
            yield id(word)


def _is_scrap(text: str) -> bool:
    return len(text) <= LONGEST and not _is_value(text)


def _is_value(text: str) -> bool:
    return bool(VALUE.match(text)) or looks_like_target(text)
