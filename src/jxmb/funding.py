"""The money block: its rows, their roles, and what is total, fiscal and other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from . import readings, values
from .header import Entry
from .model import Funding, FundingRow, Reading
from .repairs import Repair
from .source import Span
from .values import Amount, fold

UNIT = regex.compile(
    r"[(\[:：]?(亿元|万元|千元|元|万)[)\]]?$|[(\[](亿元|万元|千元|元)[)\]]|单位[:：]?(亿元|万元|千元|元)"
)
# How deep a numbering stands: 一、 above （一） above 1、 above （1）.
DEPTHS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"^[一二三四五六七八九十]+[、.]",
        r"^\([一二三四五六七八九十]+\)",
        r"^\d+[、.)]",
        r"^\(\d+\)",
    )
)
MIDTERM = ("中期", "实施期", "项目期", "中长期")


def funding(
    entries: Sequence[Entry], units: Sequence[str], at: Span, repairs: list[Repair]
) -> Funding:
    """The money block of these entries; `units` are further texts that may state the unit (单位：万元)."""
    stated = _unit(entries, units)
    unit = stated or "万元"
    rows = tuple(_rows(entries, unit, repairs))
    annual = [row for row in rows if row.scope == "annual"] or list(rows)

    def first(role: str) -> Reading[Amount]:
        return next((row.amount for row in annual if row.role == role), readings.missing(at))

    return Funding(
        unit=unit,
        unit_stated=stated is not None,
        total=first("total"),
        fiscal=first("fiscal"),
        other=first("other"),
        rows=rows,
    )


def _unit(entries: Sequence[Entry], units: Sequence[str]) -> str | None:
    for text in (*(entry.cell.text for entry in entries if entry.label.group == "money"), *units):
        match = UNIT.search(fold(text))
        if match and (unit := next(group for group in match.groups() if group)):
            return "万元" if unit == "万" else unit
    return None


def _rows(entries: Sequence[Entry], unit: str, repairs: list[Repair]) -> Iterator[FundingRow]:
    """Each money label with its amount. The left half of a two-sided block is the middle-term one."""
    two_sided = any(entry.label.name == "total_midterm" for entry in entries)
    tree = Tree()
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        role = entry.label.name
        if role == "head":
            if not entry.values:
                continue
            role = "total"
        scope = _scope(entries, entry) if two_sided else "annual"
        role = "total" if role == "total_midterm" else role
        if (role, scope) in seen:
            role = "part"
        seen.add((role, scope))
        yield _row(entry, role, scope, tree.parent(entry, role), unit, repairs)


def _scope(entries: Sequence[Entry], entry: Entry) -> str:
    """In a two-sided block equal labels stand first for the middle term, then for the year."""
    word = fold(entry.cell.text)
    if word.startswith(MIDTERM):
        return "midterm"
    if word.startswith(("年度", "当年", "本年")):
        return "annual"
    equal = [other for other in entries if fold(other.cell.text) == word]
    number = next(at for at, other in enumerate(equal) if other is entry)
    return "midterm" if len(equal) > 1 and number % 2 == 0 else "annual"


class Tree:
    """Under which row of the money block a row counts: by numbering, 其中 and its column."""

    def __init__(self) -> None:
        self.total: str | None = None
        self.numbered: list[tuple[int, str]] = []
        self.above: dict[int, tuple[str, str | None]] = {}

    def parent(self, entry: Entry, role: str) -> str | None:
        """The label above this row; None for a total."""
        text = entry.cell.text
        found = None if role == "total" else self._parent(entry, role)
        if role == "total":
            self.total = text
            self.numbered.clear()
            self.above.clear()
        self.above[entry.cell.column] = (text, found)
        return found

    def _parent(self, entry: Entry, role: str) -> str | None:
        word = fold(entry.cell.text)
        depth = next((at for at, pattern in enumerate(DEPTHS) if pattern.match(word)), None)
        if depth is not None:
            while self.numbered and self.numbered[-1][0] >= depth:
                self.numbered.pop()
            above = self.numbered[-1][1] if self.numbered else self.total
            self.numbered.append((depth, entry.cell.text))
            return above
        over = self.above.get(entry.cell.column)
        if role in ("fiscal", "other") or over is None:
            return self.total
        return over[0] if word.startswith("其中") else over[1] or self.total


def _row(
    entry: Entry, role: str, scope: str, parent: str | None, unit: str, repairs: list[Repair]
) -> FundingRow:
    label = readings.words(entry.cell, repairs)
    if entry.values:
        amount = readings.reading(entry.values[0], lambda text: values.amount(text, unit), repairs)
    else:
        after = entry.cell.spans[-1]
        amount = Reading(spans=(Span(after.source, after.end, after.end),))
    columns = {
        name: readings.reading(cell, values.number, repairs) for name, cell in entry.columns.items()
    }
    return FundingRow(
        label=label, amount=amount, role=role, parent=parent, scope=scope, columns=columns
    )
