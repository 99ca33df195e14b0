"""What a form says: one `Project` a form, every datum with its text, its meaning and its place.

Amounts are in the unit of the form's header (`Funding.unit`: 万元 or 元).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from decimal import Decimal
from itertools import chain
from typing import Generic, TypeVar

from ..deferred import dataclass
from ..source import Span
from ..values import Amount, Period, Target
from .repairs import Repair
from .trace import Trace

T = TypeVar("T", covariant=True)


@dataclass(slots=True, unsafe_hash=True)
class Reading(Generic[T]):
    """A datum of a form: `text` as a person reads it, `value` as understood, `spans` where it stands.

    Readings compare by what they say, not by where. `missing` means that the form has no such row or cell;
    `spans` then holds the place to point at (the form's title, as a rule).

    >>> [project] = jxmb.parse(FORM)
    >>> first = project.indicators[0].target
    >>> first.text, first.value.sign, first.value.number, first.value.unit, first.at.line, first.at.column
    ('》8000卷', '≥', Decimal('8000'), '卷', 10, 16)
    >>> project.department.missing
    True
    """

    text: str = ""
    value: T | None = None
    spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    missing: bool = False

    @property
    def at(self) -> Span:
        """The first piece."""
        return self.spans[0]

    @property
    def blank(self) -> bool:
        """Printed, but nothing is written there."""
        return not self.missing and not self.text.strip()

    @property
    def unreadable(self) -> bool:
        """Something is written there that could not be understood."""
        return bool(self.text.strip()) and self.value is None

    @property
    def editable(self) -> bool:
        """Whether `text` is exactly what stands at one place of the file."""
        return len(self.spans) == 1 and self.spans[0].text == self.text

    def part(self, start: int, end: int) -> Span | None:
        """Where ``text[start:end]`` stands in the file; None where it is not written exactly so in one piece."""
        if "".join(span.text for span in self.spans) != self.text:
            return None
        begin = 0
        for span in self.spans:
            if begin <= start and end <= begin + span.end - span.start:
                return span.sub(start - begin, end - begin)
            begin += span.end - span.start
        return None


@dataclass(slots=True, kw_only=True)
class FundingRow:
    """One row of the money block. `role` is total, fiscal, other or part; `parent` the label above a part.

    `amount` is the budget of the form's year; `columns` holds the further figures of a self-evaluation or a
    two-sided form by role: initial (年初预算数), budget (全年预算数), executed (全年执行数), rate (执行率),
    weight (分值), score (得分).
    """

    label: Reading[str]
    amount: Reading[Amount]
    role: str
    parent: str | None = None
    scope: str = "annual"
    columns: dict[str, Reading[Decimal]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Funding:
    """The money block. All amounts are in `unit` (万元 or 元); `unit_stated` says whether a header names it.

    `total`, `fiscal` and `other` are those of the form's year; `rows` are all rows as printed, with their parts.

    >>> [project] = jxmb.parse(FORM)
    >>> money = project.funding
    >>> money.total.value.number, money.unit, [(row.role, row.label.text) for row in money.rows]
    (Decimal('12.5'), '万元', [('total', '年度资金总额（万元）'), ('fiscal', '其中：财政拨款')])
    """

    unit: str
    unit_stated: bool
    total: Reading[Amount]
    fiscal: Reading[Amount]
    other: Reading[Amount]
    rows: tuple[FundingRow, ...]

    def figures(self) -> Iterator[Decimal]:
        """Every amount of the block, in its unit: of all rows and all budget columns."""
        for row in self.rows:
            if row.amount.value is not None:
                yield row.amount.value.number
            for name in ("initial", "budget", "executed"):
                if name in row.columns and (number := row.columns[name].value) is not None:
                    yield number


@dataclass(slots=True, kw_only=True)
class Goal:
    """A goal text. `scope` is annual, midterm or overall; `heading` is its label as printed."""

    scope: str
    heading: Reading[str]
    text: Reading[str]


@dataclass(slots=True, kw_only=True)
class Indicator:
    """One 三级指标 with its target.

    `level1` and `level2` hold the label as text and its canonical name as value; `printed1` is the level-1
    label that stands over the row in the print, where the tree puts the row under another. `target` is sign,
    number and unit together, also where the form prints them in columns of their own (then `pieces` has them
    by role: sign, number, unit). `actual`, `score`, `reason`, `nature`, `direction` are typed columns; every
    other column is in `extra` under its header. `inferred` names what was not written so. Weights and scores are points,
    not shares; `scope` is annual or midterm.

    >>> [project] = jxmb.parse(FORM)
    >>> [(one.level2.value, one.name.text, one.target.value.kind) for one in project.indicators][:2]
    [('数量指标', '扫描档案', 'number'), ('时效指标', '完成时间', 'date')]
    """

    level1: Reading[str]
    level2: Reading[str]
    name: Reading[str]
    target: Reading[Target]
    weight: Reading[Decimal]
    printed1: Reading[str]
    pieces: dict[str, Reading[str]] = field(default_factory=dict)
    actual: Reading[Target]
    score: Reading[Decimal]
    reason: Reading[str]
    nature: Reading[str]
    direction: Reading[str]
    extra: dict[str, Reading[str]] = field(default_factory=dict)
    scope: str = "annual"
    inferred: tuple[str, ...] = ()
    at: Span

    @property
    def where(self) -> tuple[str, ...]:
        """Levels and name: the place in the form."""
        levels = (self.level1, self.level2, self.name)
        return tuple([said for one in levels if (said := one.value or one.text)])


MOST = 0.5  # share of the rows of a form


@dataclass(slots=True, kw_only=True)
class Project:
    """One form.

    `labels` are the canonical names of the header labels that were found; `columns` the roles of the
    indicator table's columns (level1, level2, name, target, weight …), `heads` their headers as printed.
    `empty_levels` are 二级指标 printed with nothing beside them, `templates` cells that hold nothing but
    template text. `damage` is the share of rows (0 to 1) that could not be read safely; `truncated` the place
    where the text stops inside the form; `trace` says how the form was read.

    >>> [project] = jxmb.parse(FORM)
    >>> project.title.text, project.layout, project.goal.text, len(project.annual), project.damage
    ('项目支出绩效目标表', 'target', '扫描并挂接档案8000卷。', 3, 0.0)
    """

    title: Reading[str]
    year: Reading[int]
    policy: str
    project_name: Reading[str]
    department: Reading[str]
    implementer: Reading[str]
    nature: Reading[str]
    period: Reading[Period]
    funding: Funding
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    fields: dict[str, Reading[str]]
    repairs: tuple[Repair, ...]
    labels: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    empty_levels: tuple[Reading[str], ...] = ()
    templates: tuple[Value, ...] = ()
    strays: tuple[Span, ...] = ()
    layout: str = "target"  # target, evaluation (自评表) or department (部门整体)
    damage: float = 0.0
    truncated: Span | None = None
    trace: Trace = field(default_factory=Trace)
    at: Span

    @property
    def goal(self) -> Reading[str]:
        """The annual goal, or the first there is."""
        annual = [goal for goal in self.goals if goal.scope == "annual"] or list(self.goals)
        return annual[0].text if annual else Reading(spans=(self.at,), missing=True)

    @property
    def mostly_unread(self) -> bool:
        """Whether so many rows could not be read safely that the form counts as not judged."""
        return self.damage > MOST

    @property
    def hollow(self) -> bool:
        """Whether a form whose cells were lost has text and no row: what it says of its project was not read."""
        return bool(self.trace.condition and self.strays and not self.indicators)

    @property
    def fallen_out(self) -> tuple[Span, ...]:
        """The strays that may have been values: not the heads of columns that nobody knows."""
        return tuple(span for span in self.strays if span.text.strip() not in self.heads)

    @property
    def annual(self) -> tuple[Indicator, ...]:
        """The indicators of the year, without those of a middle-term set."""
        return tuple(one for one in self.indicators if one.scope == "annual")

    def values(self) -> Iterator[Value]:
        """Every value of the form with its place in the form, in the order of the form."""
        header = (
            ("项目名称", self.project_name),
            ("主管部门", self.department),
            ("实施单位", self.implementer),
            ("项目属性", self.nature),
            ("项目起止时间", self.period),
        )
        for label, reading in header:
            yield Value((label,), "header", reading)
        for row in self.funding.rows:
            yield Value((row.label.text,), "amount", row.amount)
        for goal in self.goals:
            yield Value((goal.heading.text or "年度目标",), "goal", goal.text)
        for one in self.indicators:
            where = one.where
            yield Value(where, "name", one.name)
            yield Value(where, "target", one.target)
            for label, reading in one.extra.items():
                yield Value((*where, label), "extra", reading)
        for label, reading in self.fields.items():
            yield Value((label,), "field", reading)

    def spans(self) -> Iterable[Span]:
        """Every place of the text that the record holds: its readings, repairs and strays."""
        told: list[Reading[object]] = [self.title, self.year, self.project_name, self.department]
        told += (self.implementer, self.nature, self.period, *self.fields.values())
        told += (*self.empty_levels, *[one.reading for one in self.templates])
        for row in self.funding.rows:
            told += (row.label, row.amount, *row.columns.values())
        for goal in self.goals:
            told += (goal.heading, goal.text)
        for one in self.indicators:
            told += (one.level1, one.level2, one.printed1, one.name, one.target, one.weight)
            told += (one.actual, one.score, one.reason, one.nature, one.direction)
            told += (*one.pieces.values(), *one.extra.values())
        repaired = [repair.at for repair in self.repairs]
        return chain(*[one.spans for one in told], self.strays, repaired)


@dataclass(frozen=True, slots=True)
class Value:
    """One value wherever it stands: `where` in the form, `role` (header, amount, goal, name, target, extra, field)."""

    where: tuple[str, ...]
    role: str
    reading: Reading[object]
