"""The money block: its rows, their roles, and what is total, fiscal and other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from .. import deferred, values
from ..deferred import dataclass
from ..forms.entries import Entry
from ..labels import money
from ..model import Funding, FundingRow, Reading, readings
from ..model.repairs import Repair
from ..source import Span
from ..values import Amount, fold

UNIT = deferred.re(
    rf"[(\[:：]?({money.UNIT}|万)[)\]]?$|[(\[]({money.UNIT})[)\]]|单位[:：]?({money.UNIT})"
)
# How deep a numbering stands: 一、 above （一） above 1、 above （1）.
DEPTHS = tuple(
    deferred.re(pattern)
    for pattern in (
        r"^[一二三四五六七八九十]+[、.]",
        r"^\([一二三四五六七八九十]+\)",
        r"^\d+[、.)]",
        r"^\(\d+\)",
    )
)
MONEY_COLUMNS = ("initial", "budget", "executed")
MIDTERM = ("中期", "实施期", "项目期", "中长期")
# The money of all years, where the year's own total is printed beside it.
ALL_YEARS = ("项目总", "总投资", "项目资金总")
TOTALS = ("total", "total_midterm", "head")
TERMS = frozenset({"annual", "midterm", "past"})  # columns of the money of a time
THIS_YEAR = ("年度", "当年", "本年", "全年")
# Sources beside 财政拨款, never below it unless they are numbered so.
OWN = deferred.re(r"单位|自有|自筹|企业|社会|银行|上年|结转|结余|债|项目单位")


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


def of_year(entries: Sequence[Entry], year: int | None) -> list[Entry]:
    """The entries, budgets of years before the form's own and their parts as fields where it prints its own, too.

    A form that says no year is of the last one.
    """
    amounts = [one for one in entries if one.label.group == "money"]
    if all(money.year(one.cell.text) is None for one in amounts):
        return [*entries]
    totals = [one for one in amounts if one.label.name in TOTALS]
    years = {said for one in totals if (said := money.year(one.cell.text)) is not None}
    meant = year if year is not None else max(years, default=0)
    if meant not in years and not any(map(_says_own, totals)):
        return [*entries]

    def is_past(entry: Entry) -> bool:
        said = money.year(_over(entry, totals).cell.text)
        return entry.label.group == "money" and said is not None and said < meant

    return [replace(one, label=money.PAST) if is_past(one) else one for one in entries]


def of_terms(entries: Sequence[Entry], year: int | None) -> list[Entry]:
    """The entries, those with a figure for each year or term with the form's own, and the middle term's before it."""
    if not any(one.columns for one in entries):
        return [*entries]
    own = {str(year), "annual"}
    if not any(own & one.columns.keys() for one in entries):
        own = {min((name for one in entries for name in one.columns if name.isdigit()), default="")}
    return [part for one in entries for part in _terms(one, own)]


def _terms(entry: Entry, own: Set[str]) -> Iterator[Entry]:
    said = {name: cell for name, cell in entry.columns.items() if name in TERMS or name.isdigit()}
    if not said:
        yield entry
        return
    rest = {name: cell for name, cell in entry.columns.items() if name not in said}
    if (wide := said.get("midterm")) is not None:
        name = "total_midterm" if entry.label.name == "total" else entry.label.name
        yield replace(entry, label=replace(entry.label, name=name), values=[wide], columns={})
    yield replace(entry, values=[said[name] for name in own & said.keys()][:1], columns=rest)


def _says_own(total: Entry) -> bool:
    """Whether a total is that of the form's own year though it does not say which: 年度资金总额."""
    undated = total.label.name == "total" and money.year(total.cell.text) is None
    return undated and bool(total.values) and not _says_all(total)


def _over(entry: Entry, totals: Iterable[Entry]) -> Entry:
    """The total that an amount is part of: the nearest above it, in a row of several that of its column."""
    above = [one for one in totals if one.row <= entry.row]
    return max(
        above,
        key=lambda one: (one.row, -abs(one.cell.column - entry.cell.column)),
        default=entry,
    )


def _unit(entries: Sequence[Entry], units: Sequence[str]) -> str | None:
    for text in (*(entry.cell.text for entry in entries if entry.label.group == "money"), *units):
        match = UNIT.search(fold(text))
        if match and (unit := next(group for group in match.groups() if group)):
            return "万元" if unit == "万" else unit
    return None


def _rows(entries: Sequence[Entry], unit: str, repairs: list[Repair]) -> Iterator[FundingRow]:
    """Each money label with its amount. The left half of a two-sided block is the middle-term one."""
    entries = [entry for entry in entries if not _is_head(entries, entry)]
    sides = Sides.of(entries)
    trees = {"annual": Tree(), "midterm": Tree()}
    seen: set[tuple[str, str]] = set()
    # The only amount, and one that is granted, is all that there is: 本次下达中央预算内投资.
    granted = len(entries) == 1 and "given" in money.kinds(money.plain(entries[0].cell.text))
    for entry in entries:
        role = "total" if granted or entry.label.name in TOTALS else entry.label.name
        scope = sides.scope(entry)
        if (role, scope) in seen:
            role = "part"
        seen.add((role, scope))
        if sides.two and (both := _both_sides(entries, entry)):
            left, entry = both
            yield _row(left, role, "midterm", trees["midterm"].parent(left, role), unit, repairs)
        yield _row(entry, role, scope, trees[scope].parent(entry, role), unit, repairs)


def _is_head(entries: Sequence[Entry], entry: Entry) -> bool:
    """Whether a label with nothing beside it is the head of the block: a total with its figure stands below."""
    if entry.values:
        return False
    if entry.label.name == "head":
        return True
    at = next((at for at, other in enumerate(entries) if other is entry), len(entries))
    below = entries[at + 1] if at + 1 < len(entries) else None
    if entry.label.name != "total" or below is None or not below.values:
        return False
    return below.label.name in ("total", "total_midterm")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which rows of a money block are those of the year, and which those of the middle term or of all years."""

    entries: Sequence[Entry]
    wide: Entry | None  # the total of the middle term or of all years, where the year has its own
    annual: Entry | None  # the year's own total
    two: bool  # both stand side by side, with their parts below them

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Sides:
        """The sides of a block: one, unless it has a total of the year and a wider one."""
        totals = [entry for entry in entries if entry.label.name in TOTALS]
        wide = next((one for one in totals if one.label.name == "total_midterm"), None)
        annual = next((one for one in totals if _says_year(one)), None)
        if wide is None and annual is not None:
            wide = next((one for one in totals if one is not annual and _says_all(one)), None)
        others = [one for one in totals if one is not wide]
        if wide is None or not others:
            return cls(entries, None, None, two=False)
        annual = annual or others[0]
        two = wide.label.name == "total_midterm" or wide.row == annual.row
        return cls(entries, wide, annual, two)

    def scope(self, entry: Entry) -> str:
        """Whether an entry is one of the year (annual) or a wider one (midterm)."""
        if self.wide is None or entry is self.annual:
            return "annual"
        if entry is self.wide:
            return "midterm"
        return self._side(entry) if self.two else "annual"

    def _side(self, entry: Entry) -> str:
        """The side of a part: as its label says, else by its column, else by the order of equal labels."""
        word = fold(entry.cell.text)
        if word.startswith(MIDTERM):
            return "midterm"
        if _says_year(entry):
            return "annual"
        if (
            entry.row == self._row(self.wide) == self._row(self.annual)
        ):  # the form's head in one record
            parts = [one for one in self.entries if one.label.name not in TOTALS]
            return (
                "annual"
                if next((at for at, one in enumerate(parts) if one is entry), 0) % 2
                else "midterm"
            )
        left, right = self._column(self.wide), self._column(self.annual)
        if left != right and self.wide is not None and self.wide.label.name == "total":
            column = entry.cell.column
            return "midterm" if abs(column - left) < abs(column - right) else "annual"
        equal = [other for other in self.entries if fold(other.cell.text) == word]
        number = next((at for at, other in enumerate(equal) if other is entry), 0)
        return "midterm" if len(equal) > 1 and number % 2 == 0 else "annual"

    @staticmethod
    def _row(entry: Entry | None) -> int:
        return entry.row if entry is not None else -1

    @staticmethod
    def _column(entry: Entry | None) -> int:
        return entry.cell.column if entry is not None else 0


def _says_year(entry: Entry) -> bool:
    word = money.plain(entry.cell.text)
    return word.startswith(THIS_YEAR) or "year" in money.kinds(word)


def _says_all(entry: Entry) -> bool:
    return fold(entry.cell.text).startswith(ALL_YEARS)


def _both_sides(entries: Sequence[Entry], entry: Entry) -> tuple[Entry, Entry] | None:
    """A label that stands once for both halves of a two-sided block: its figures, middle-term and annual."""
    alone = sum(other.row == entry.row and other.label.name != "head" for other in entries) == 1
    if (
        not alone
        or len(entry.values) != 2
        or not all(values.amount(one.text) for one in entry.values)
    ):
        return None
    left, right = (replace(entry, values=[cell]) for cell in entry.values)
    return left, right


class Tree:
    """Under which row of the money block a row counts: by numbering, 其中 and its column."""

    def __init__(self) -> None:
        self.total: str | None = None
        self.fiscal: str | None = None
        self.numbered: list[tuple[int, str]] = []
        self.under: str | None = None  # where the numbering began: the total, or a row right above
        self.last: tuple[str, str] = ("", "")
        self.above: dict[int, tuple[str, str | None]] = {}

    def parent(self, entry: Entry, role: str) -> str | None:
        """The label above this row; None for a total."""
        text = entry.cell.text
        found = None if role == "total" else self._parent(entry, role)
        if role == "fiscal":
            self.fiscal = text
        if role == "total":
            self.total, self.fiscal = text, None
            self.numbered.clear()
            self.under = None
            self.above.clear()
        self.last = (text, role)
        self.above[entry.cell.column] = (text, found)
        return found

    def _parent(self, entry: Entry, role: str) -> str | None:
        if entry.head is not None:
            return entry.head.cell.text
        word = fold(entry.cell.text)
        depth = next((at for at, pattern in enumerate(DEPTHS) if pattern.match(word)), None)
        if depth is not None:
            while self.numbered and self.numbered[-1][0] >= depth:
                self.numbered.pop()
            if self.under is None:
                self.under = self.last[0] if self.last[1] == "fiscal" else self.total
            above = self.numbered[-1][1] if self.numbered else self.under
            self.numbered.append((depth, entry.cell.text))
            return above
        over = self.above.get(entry.cell.column)
        if role in ("fiscal", "other") or over is None or OWN.match(word):
            return self.total
        if not word.startswith("其中"):
            return over[1] or self.total
        # In a block of two columns 其中 may follow a source that has no such parts: 单位自筹, 其中：上级补助.
        return self.fiscal or self.total if OWN.match(fold(over[0])) else over[0]


def _row(
    entry: Entry, role: str, scope: str, parent: str | None, unit: str, repairs: list[Repair]
) -> FundingRow:
    label = readings.words(entry.cell, repairs)
    if entry.values:
        said = (one for one in entry.values if values.amount(one.text) is not None)  # 大写, 小写
        cell = next(said, entry.values[0])
        amount = readings.reading(cell, lambda text: values.amount(text, unit), repairs)
    else:
        amount = readings.blank(entry.cell.spans[-1])

    def figure(text: str) -> Decimal | None:
        found = values.amount(text, unit)
        return found.number if found is not None else None

    columns = {
        name: readings.reading(cell, figure if name in MONEY_COLUMNS else values.number, repairs)
        for name, cell in entry.columns.items()
    }
    return FundingRow(
        label=label, amount=amount, role=role, parent=parent, scope=scope, columns=columns
    )
