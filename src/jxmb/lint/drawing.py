"""A form drawn from its record, so that whoever has the paper beside it finds each cell again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from ..findings.drawing import Block, Cell, Extent
from ..model import Indicator, Project, Reading
from ..model.repairs import Kind
from ..rules.money.sums import YUAN
from ..source import Span
from ..values import fold

HEADER = {
    "project_name": "项目名称",
    "department": "主管部门",
    "implementer": "实施单位",
    "nature": "项目属性",
    "period": "项目起止时间",
}
GOAL = "年度目标"
MONEY = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
SCOPES = {"midterm": "中期指标", "annual": "年度指标"}
LEVELS = {"level1": "一级指标", "level2": "二级指标"}
# The columns of indicators with the words over them where the form has none of its own.
COLUMNS = LEVELS | {
    "name": "三级指标",
    "mark": "符号",
    "target": "指标值",
    "unit": "计量单位",
    "weight": "权重",
    "actual": "实际完成值",
    "score": "得分",
    "reason": "偏差原因",
    "nature": "指标性质",
    "direction": "指标方向",
}
PIECES = {"mark": "sign", "target": "number", "unit": "unit"}  # of a target, by the column
LABELS = (Kind.SPLIT_LABEL, Kind.MISREAD)  # repairs that are about labels
SHORT = 30  # code points of a value that leaves room for another beside it
NOTHING: Reading[Any] = Reading()


class Pair(NamedTuple):
    """A label and what stands beside it; `alone`: in a row of its own."""

    label: str
    reading: Reading[Any]
    alone: bool = False


class Part(NamedTuple):
    """A pair or a whole block, and where it begins in the file."""

    start: int
    part: Pair | Block


Row = dict[str, Reading[Any]]  # what an indicator has, by its column


def drawn(project: Project) -> tuple[Block, ...]:
    """The blocks of a form in the order of the print; what belongs to no field comes last."""
    printed = _labels(project)
    parts = [*_header(project), *_money(project, printed)]
    parts += [
        Part(one.text.at.start, Pair(one.heading.text or GOAL, one.text, alone=True))
        for one in project.goals
    ]
    if not project.goals:
        parts.append(Part(max(one.start for one in parts), Pair(GOAL, project.goal)))
    parts += _indicators(project, printed)
    parts.sort(key=lambda one: one.start)
    blocks: list[Block] = [_title(project)]
    for paired, group in groupby(parts, key=lambda one: isinstance(one.part, Pair)):
        if paired:
            pairs = [one.part for one in group if isinstance(one.part, Pair)]
            blocks.append(Block("pairs", tuple(_paired(pairs, printed))))
        else:
            blocks += [one.part for one in group if isinstance(one.part, Block)]
    return (*blocks, *_rest(project))


def total(project: Project) -> Decimal | None:
    """The money of a form in 万元."""
    amount = project.funding.total.value
    if amount is None:
        return None
    return amount.number * YUAN.get(project.funding.unit, YUAN["万元"]) / YUAN["万元"]


def _labels(project: Project) -> dict[str, tuple[Extent, ...]]:
    """Where labels stand that were not printed as they should be, by their text."""
    found = (one.at for one in project.repairs if one.kind in LABELS)
    return {fold(span.text): _extents([span]) for span in found}


def _extents(spans: Iterable[Span]) -> tuple[Extent, ...]:
    found: list[Extent] = []
    for span in spans:
        position = span.source.position
        found.append(Extent(*position(span.start), *position(span.end)))
    return tuple(found)


def _cell(reading: Reading[Any], rows: int = 1, *, guessed: bool = False) -> Cell:
    text = reading.text.strip()
    return Cell(text, _extents(reading.spans), rows, reading.missing, guessed)


def _label(text: str, printed: dict[str, tuple[Extent, ...]]) -> Cell:
    return Cell(text.strip(), printed.get(fold(text), ()))


def _title(project: Project) -> Block:
    year = project.year
    lines = [_cell(project.title)]
    if year.value is not None and str(year.value) not in project.title.text:
        lines.append(Cell(f"（{year.value}年度）", _extents(year.spans)))
    return Block("title", tuple((one,) for one in lines))


def _header(project: Project) -> Iterator[Part]:
    """The fields above the table; one that is missing stands behind the field that comes before it on the official form."""
    start = project.at.start
    known: set[int] = set()
    for name, label in HEADER.items():
        reading = getattr(project, name)
        if not reading.missing:
            start = reading.at.start
            known |= {span.start for span in reading.spans}
        yield Part(start, Pair(label, reading, name == "project_name"))
    if not project.year.missing:
        known |= {span.start for span in project.year.spans}
    for label, reading in project.fields.items():
        if not known.issuperset(span.start for span in reading.spans):
            yield Part(reading.at.start, Pair(label, reading))


def _paired(
    pairs: Sequence[Pair], printed: dict[str, tuple[Extent, ...]]
) -> Iterator[tuple[Cell, ...]]:
    """Rows of labels and values: two of them where the print has both in one row."""
    left: list[Pair] = []
    for one in pairs:
        if left and _beside(left[0], one):
            yield _row([left.pop(), one], printed)
            continue
        if left:
            yield _row([left.pop()], printed)
        left.append(one)
    if left:
        yield _row(left, printed)


def _row(pairs: Sequence[Pair], printed: dict[str, tuple[Extent, ...]]) -> tuple[Cell, ...]:
    return tuple(cell for one in pairs for cell in (_label(one.label, printed), _cell(one.reading)))


def _beside(one: Pair, other: Pair) -> bool:
    both = one, other
    if any(pair.alone or pair.reading.missing or len(pair.reading.text) > SHORT for pair in both):
        return False
    return one.reading.at.line == other.reading.at.line


def _money(project: Project, printed: dict[str, tuple[Extent, ...]]) -> Iterator[Part]:
    funding = project.funding
    if not funding.rows:
        return
    names = [name for name in MONEY if any(name in one.columns for one in funding.rows)]
    known = {
        span.start for row in funding.rows for one in row.columns.values() for span in one.spans
    }
    own = any(not known.issuperset(span.start for span in one.amount.spans) for one in funding.rows)
    rows = []
    for one in funding.rows:
        amounts = [one.amount] if own or not names else []
        amounts += [one.columns.get(name, NOTHING) for name in names]
        label = _cell(one.label)
        rows.append((label._replace(text=label.text or "金额"), *map(_cell, amounts)))
    heads = ("资金来源", *(["金额"] if own else []), *(MONEY[name] for name in names))
    unit = f"（{funding.unit}）" if funding.unit_stated else ""
    yield Part(
        min(row.label.at.start for row in funding.rows),
        Block(
            "money",
            tuple(rows),
            tuple(_label(head, printed) for head in heads) if names else (),
            _label(f"项目资金{unit}", printed),
        ),
    )


def _indicators(project: Project, printed: dict[str, tuple[Extent, ...]]) -> Iterator[Part]:
    """The tables of indicators, one for each term."""
    heads = dict(zip(project.columns, project.heads, strict=False))
    margin = _label(heads["margin"], printed) if "margin" in heads else None
    scopes = {one.scope: None for one in project.indicators}
    for scope in scopes:
        own = [one for one in project.indicators if one.scope == scope]
        label = Cell(SCOPES.get(scope, scope)) if len(scopes) > 1 else margin
        yield Part(min(one.at.start for one in own), _table(project, own, label, printed))


def _table(
    project: Project,
    indicators: Sequence[Indicator],
    label: Cell | None,
    printed: dict[str, tuple[Extent, ...]],
) -> Block:
    heads = _heads(project)
    rows = [(one.at.start, _readings(one, heads)) for one in indicators]
    rows += [(one.at.start, {"level2": one}) for one in project.empty_levels]
    rows.sort(key=lambda one: one[0])
    table = [row for _, row in rows]
    columns = [one for one in heads if any(one in row for row in table)]
    columns += dict.fromkeys(one for row in table for one in row if one not in heads)
    levels = [one for one in columns if one in LEVELS]
    _fill(table)
    runs = {one: list(_runs(table, levels[: at + 1])) for at, one in enumerate(levels)}
    drawn = [
        tuple(
            _cell(row.get(column, NOTHING))
            if column not in runs
            else _merged(table[at : at + runs[column][at]], column)
            for column in columns
            if column not in runs or runs[column][at]
        )
        for at, row in enumerate(table)
    ]
    words = (heads.get(one, COLUMNS.get(one, one)) for one in columns)
    return Block(
        "indicators", tuple(drawn), tuple(_label(one, printed) for one in words), label, len(levels)
    )


def _heads(project: Project) -> dict[str, str]:
    """The columns with their heads, as printed where each has its own."""
    if len(project.columns) != len(project.heads):
        return {one: COLUMNS[one] for one in project.columns if one in COLUMNS}
    heads = zip(project.columns, project.heads, strict=True)
    return {one if one in COLUMNS else head: head for one, head in heads if one != "margin"}


def _readings(one: Indicator, heads: dict[str, str]) -> Row:
    """What an indicator says in each column; a target in pieces stands in theirs."""
    row = {name: getattr(one, name) for name in COLUMNS if name not in ("mark", "unit")}
    row = {name: reading for name, reading in row.items() if not reading.missing}
    pieces = {
        name: one.pieces[piece]
        for name, piece in PIECES.items()
        if piece in one.pieces and name in heads
    }
    if len(pieces) == len(one.pieces):
        row |= pieces
    extra = {name: reading for name, reading in one.extra.items() if reading.text.strip()}
    known = {head: name for name, head in heads.items()}
    return row | {known.get(name, name): reading for name, reading in extra.items()}


def _fill(table: Sequence[Row]) -> None:
    """A level printed with nothing beside it stands under the level 1 above it."""
    before: Reading[Any] = NOTHING
    for row in table:
        if "level1" in row:
            before = row["level1"]
        elif before is not NOTHING:
            row["level1"] = before


def _runs(table: Sequence[Row], levels: Sequence[str]) -> Iterator[int]:
    """How many rows the last of these levels goes over, for each row; 0 where it goes on from above."""

    def same(row: Row) -> tuple[str, ...]:
        return tuple(fold(row[one].text) if one in row else "" for one in levels)

    for _, group in groupby(table, key=same):
        size = len(list(group))
        yield from (size, *[0] * (size - 1))


def _merged(rows: Sequence[Row], column: str) -> Cell:
    """A cell over several rows, with every place in which it is printed."""
    readings = [row[column] for row in rows if column in row]
    if not readings:
        return Cell("", rows=len(rows))
    spans = dict.fromkeys(span for one in readings for span in one.spans)
    return _cell(readings[0], len(rows))._replace(at=_extents(spans))


def _rest(project: Project) -> Iterator[Block]:
    """What belongs to no field, what could not be placed, and cells that only the template filled."""
    unread = [one.at for one in project.repairs if one.kind is Kind.UNREAD]
    templates = [span for one in project.templates for span in one.reading.spans]
    spans = sorted(
        dict.fromkeys(one for one in (*project.strays, *unread, *templates) if one.text.strip())
    )
    if spans:
        yield Block("rest", tuple((Cell(one.text.strip(), _extents([one])),) for one in spans))
