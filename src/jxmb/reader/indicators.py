"""One row of an indicator table to its indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Never, TypeVar

from .. import deferred, labels, values
from ..deferred import dataclass
from ..forms import levels
from ..forms.alignment import Placed
from ..forms.columns import Columns
from ..labels import inexact
from ..model import Indicator, Reading, readings
from ..model.repairs import Kind, Repair
from ..source import Span
from ..tables import Cell
from .limits import LIMITS

T = TypeVar("T")

NATURES = deferred.re(r"^(?:定性|定量|文字描述|是/?否|正向|反向|负向|逆向|中性|正指标|反指标)")
# A sign with its name in brackets: ≥（大于等于）
NAMED_SIGN = deferred.re(r"\s*[≥≤≧≦＞＜><=＝](?=\s*[(（](?:不?[大小高低多少等]于?){1,2}[)）]\s*$)")
# A name with its target behind it: after a sign, or after a blank.
BOTH = deferred.regex(
    r"(?P<name>.*?[\p{Han})）”》%])\s*(?P<target>[≥≤≧≦＞＜><=＝]\s*\d.*|(?<=\s)\d\S*)$"
)
# The same where a table has run together so as a whole: a figure or a date behind a word.
RUN_ON = deferred.regex(
    r"(?P<name>.*?[\p{Han})）”》%])\s*(?P<target>(?:[≥≤≧≦＞＜><=＝]\s*)?\d[\d.,年月日/-]*[^\d，。；]{0,10})$"
)
# A name with the sign of the column behind it.
SIGN_BEHIND = deferred.regex(
    r"(?P<name>.*?[\p{Han})）”》%])\s*(?P<sign>[≥≤≧≦＞＜><=＝]|定性|定量)$"
)
SATISFACTION = "满意度指标"
STARS = ("★", "☆")  # before the head of a group of indicators


@dataclass(slots=True)
class Line:
    """One row of the table as placed: its cells by role for one half of the table."""

    cells: dict[str, Cell]
    placed: Placed
    part: int = 0
    marks: tuple[Cell, ...] = ()  # 计算符号, 指标性质, 指标方向: a form may have several
    inferred: tuple[str, ...] = ()  # what its other half has for both
    once: bool = False  # the table prints equal neighbours once, and the row is a cell short

    def get(self, role: str) -> Cell | None:
        """The cell in this role."""
        return self.cells.get(role)


def roles_of(columns: Columns, part: int) -> dict[int, str]:
    """The roles of the columns that one half of a table reads, by their number."""
    halves = {column.part for column in columns.columns if column.role == "level2"}
    shared = ("level1", "margin") if part in halves else ("level1", "margin", "level2")
    return {
        number: column.role
        for number, column in enumerate(columns.columns)
        if column.part == part or column.role in shared
    }


def line_of(
    roles: Mapping[int, str], placed: Placed, part: int, *, once: bool = False, unsure: bool = False
) -> Line:
    """A placed row as one half of a table has it; `once` and `unsure` as in `Line` and `Table`."""
    cells: dict[str, Cell] = {}
    marks: list[Cell] = []
    for number, cell in placed.cells.items():
        role = roles.get(number)
        if role is None:
            continue
        cells.setdefault(role, cell)
        if role == "mark":
            marks.append(cell)
    told = ("level2",) if unsure else ()
    return Line(cells, placed, part, tuple(marks), once=once, inferred=told)


def level(cell: Cell, group: str, repairs: list[Repair]) -> Reading[str]:
    """A level label and its canonical name."""
    found = readings.words(cell, repairs)
    value = labels.meaning(found.text, group)
    if value is None and group == "level2":  # 服务对象, beside 满意度指标
        value = labels.meaning(labels.bare(found.text) + SATISFACTION, group)
    if value is None:
        guesses = inexact.near(found.text) or inexact.spilled(found.text)
        value = next((one.name for one in guesses if one.group == group), None)
        if value is not None:
            repairs.append(Repair(Kind.MISREAD, cell.span, value))
    return Reading(found.text, value, found.spans)


@dataclass(slots=True)
class Maker:
    """Makes the indicators of one line: one, or two where it has a middle-term and an annual target."""

    columns: Columns
    line: Line
    absent: Reading[Never]  # what the form has no place for
    repairs: list[Repair]
    scope: str
    sure: bool = (
        False  # the level is told though the row slid: by the table's habit, or a row above
    )
    run_on: bool = False  # the targets of the table have run into the names
    orphan: bool = False

    def make(self, printed: Reading[str], level2: Reading[str]) -> Iterator[Indicator]:
        """The indicators under these levels."""
        inferred = list(self.line.inferred)
        level1 = self._level1(printed, level2, inferred)
        self._check_orphan(level2)
        name = self._in("name", readings.name)
        name, sign = self._sign_behind(name)
        pieces, target = self._target(sign)
        if not target.text and name.text:
            name, target = self._apart(name, target)
        row = Indicator(
            level1=level1,
            level2=level2,
            name=name,
            target=target,
            weight=self._in("weight", _number),
            printed1=printed,
            pieces=pieces,
            score=self._in("score", _number),
            actual=self._in("actual", _target),
            reason=self._in("reason", readings.words),
            nature=self._mark("nature"),
            direction=self._mark("direction"),
            extra=self._extra(),
            scope=self.scope,
            at=self._first(name, target),
        )
        midterm = self.line.get("target_midterm")
        if midterm is not None and "target" in self.columns.roles:
            other = _target(midterm, self.repairs)
            told = _inferred(inferred, other)
            yield replace(row, target=other, pieces={}, scope="midterm", inferred=told)
            if (self.line.placed.slid or self.line.once) and not target.text:
                # Equal neighbours were printed once: the row is one cell short.
                row.target, inferred = other, [*inferred, "target"]
        elif midterm is not None:
            row.target = _target(midterm, self.repairs)
        row.inferred = _inferred(inferred, row.target)
        yield row

    def _level1(
        self, printed: Reading[str], level2: Reading[str], inferred: list[str]
    ) -> Reading[str]:
        """The level 1 of the row: as printed on it, or over it in words of the form's own, else as the tree says."""
        standing = printed.value
        own = self.line.get("level1") is not None
        if level2.value is None or own:
            return printed
        found = levels.parent(level2.value, standing)
        if found is None or found == standing or _is_own(printed, found):
            return printed
        inferred.append("level1")
        self.repairs.append(Repair(Kind.LEVEL, level2.at, found))
        return Reading(found, found, level2.spans)

    def _check_orphan(self, level2: Reading[str]) -> None:
        """A row that slid and lost its level: only its neighbours told where it belongs."""
        if "level2" not in self.columns.roles:
            return
        lost = self.line.placed.slid and self.line.get("level2") is None and not self.sure
        cell = self.line.get("name") or self.line.get("target")
        if cell is not None and (lost or level2.missing):
            self.orphan = True
            self.repairs.append(Repair(Kind.ORPHAN, cell.span, level2.value or level2.text))

    def _in(self, role: str, read: Callable[[Cell, list[Repair]], Reading[T]]) -> Reading[T]:
        """The reading in a role: blank where the table has the column and the row nothing in it."""
        cell = self.line.get(role)
        if cell is not None:
            return read(cell, self.repairs)
        if role in self.columns.roles:
            return self._blank()
        return self.absent

    def _blank(self) -> Reading[Never]:
        """What has its place just behind the row's last cell."""
        last = max((cell.span for cell in self.line.cells.values()), key=lambda span: span.end)
        return readings.blank(last)

    def _sign_behind(self, name: Reading[str]) -> tuple[Reading[str], Reading[str] | None]:
        """Name and sign where the cell of the name holds both, and nothing stands in that of the sign."""
        if "mark" not in self.columns.roles or self.line.marks or self.line.get("target") is None:
            return name, None
        match = SIGN_BEHIND.match(name.text)
        if match is None:
            return name, None
        sign = readings.stretch(name, match.start("sign"), len(name.text))
        self.repairs.append(Repair(Kind.GLUED, sign.at, sign.text))
        return readings.stretch(name, 0, match.end("name")), sign

    def _target(
        self, behind: Reading[str] | None
    ) -> tuple[dict[str, Reading[str]], Reading[values.Target]]:
        """The target, put together from sign, number and unit where they have columns of their own."""
        number, unit = self.line.get("target"), self._unit()
        signs = (cell for cell in self.line.marks if not NATURES.match(cell.text.strip()))
        sign = next((cell for cell in signs if not values.dash(cell.text)), None)
        if behind is not None and NATURES.match(behind.text):
            behind = None
        if sign is None and unit is None and behind is None:
            if number is None:
                return {}, self._blank()
            return {}, _target(number, self.repairs)
        pieces = {
            role: readings.words(cell, self.repairs)
            for role, cell in (("sign", sign), ("number", number), ("unit", unit))
            if cell is not None
        }
        if behind is not None:
            pieces["sign"] = behind
        if "sign" in pieces and (named := NAMED_SIGN.match(pieces["sign"].text)):
            pieces["sign"] = readings.stretch(pieces["sign"], 0, named.end())
        _drop_doubles(pieces)
        ordered = [pieces[role] for role in ("sign", "number", "unit") if role in pieces]
        return pieces, readings.joined(ordered, values.target)

    def _apart(
        self, name: Reading[str], target: Reading[values.Target]
    ) -> tuple[Reading[str], Reading[values.Target]]:
        """Name and target where the cell of the name holds both, and nothing stands in that of the target."""
        if "target" not in self.columns.roles:
            return name, target
        match = BOTH.match(name.text) or (RUN_ON.match(name.text) if self.run_on else None)
        if match is not None:
            own, start = match.end("name"), match.start("target")
        elif self.run_on:
            own = start = _words_behind(name.text)
        else:
            return name, target
        found = readings.stretch(name, start, len(name.text))
        value = values.target(found.text)
        if value is None or (value.kind == "text" and match is not None):
            return name, target
        self.repairs.append(Repair(Kind.GLUED, found.at, found.text))
        return readings.stretch(name, 0, own), Reading(found.text, value, found.spans)

    def _unit(self) -> Cell | None:
        """The unit of the row's figure; beside words or a date it says nothing, filled from above as a rule."""
        number, unit = self.line.get("target"), self.line.get("unit")
        if number is None or unit is None:
            return unit
        if values.dash(unit.text):
            return None
        found = values.target(number.text)
        return None if found is not None and found.kind in ("text", "date") else unit

    def _mark(self, role: str) -> Reading[str]:
        """定性, 定量 are natures, 正向, 反向 directions, wherever the form prints them."""
        for cell in self.line.marks:
            match = NATURES.match(cell.text.strip())
            if match and (match[0][0] in "正反负逆中") is (role == "direction"):
                return readings.words(cell, self.repairs)
        return self.absent

    def _extra(self) -> dict[str, Reading[str]]:
        if "note" not in self.columns.roles and "unit" not in self.columns.roles:
            return {}
        return {
            column.header: readings.words(self.line.placed.cells[number], self.repairs)
            for number, column in enumerate(self.columns.columns)
            if number in self.line.placed.cells
            and (column.role == "note" or (column.role == "unit" and self._unit() is None))
        }

    def _first(self, name: Reading[str], target: Reading[values.Target]) -> Span:
        return name.at if name.text or not target.text else target.at


def _is_own(printed: Reading[str], meant: str) -> bool:
    """Whether a label is in words of the form's own (社会效应), and neither a piece of the one meant nor more than it."""
    said = printed.text
    return printed.value is None and said not in meant and meant not in said


def _drop_doubles(pieces: dict[str, Reading[str]]) -> None:
    """A sign or unit that the number's own cell already has is not written twice."""
    number = pieces.get("number")
    if number is None:
        return
    if "sign" in pieces and any(map(values.sign, (number.text[:2], number.text[:1]))):
        del pieces["sign"]
    if "unit" in pieces and number.text.endswith(pieces["unit"].text):
        del pieces["unit"]


def _number(cell: Cell, repairs: list[Repair]) -> Reading[Decimal]:
    return readings.reading(cell, values.number, repairs)


def _target(cell: Cell, repairs: list[Repair]) -> Reading[values.Target]:
    return readings.reading(cell, values.target, repairs)


def _inferred(names: Sequence[str], target: Reading[values.Target]) -> tuple[str, ...]:
    """What was not written so, in the row and in its target."""
    guessed = target.value.inferred if target.value else ()
    return tuple(dict.fromkeys((*names, *guessed)))


def group_head(line: Line) -> tuple[Cell, list[Cell]] | None:
    """The name that a star marks as the head of a group of indicators, and its weight."""
    name, weight = line.get("name"), line.get("weight")
    if name is None or not name.text.startswith(STARS):
        return None
    return name, [weight] if weight is not None else []


def _words_behind(name: str) -> int:
    """Where a target in words begins behind a name: 明显, 达标; the end of the name where none does."""
    ends = range(len(name) - 2, max(LIMITS.several, len(name) - LIMITS.words) - 1, -1)
    return next((at for at in ends if values.looks_like_target(name[at:])), len(name))


def have_run_on(lines: Sequence[Line]) -> bool:
    """Whether the targets of a table have run into its names: none has its cell, and a sign stands in most names."""
    if any(line.get("target") is not None for line in lines):
        return False
    both = sum(BOTH.match(name.text) is not None for line in lines if (name := line.get("name")))
    return both * 2 > len(lines)


def heads_groups(lines: Sequence[Line]) -> bool:
    """Whether a star marks the heads of groups of indicators: no name with a star has a target."""
    starred = [line.get("target") is not None for line in lines if group_head(line)]
    return 0 < len(starred) < len(lines) and not any(starred)
