"""Records as printed tables: header block, money block, column schemes of the indicators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from .grid import Box, Page
from .records import FormRecord, GoldenForm, GoldenRow, Row, fields_of

WORDED = {"≥": "大于等于", "≤": "小于等于", ">": "大于", "<": "小于", "=": "等于"}


@dataclass(frozen=True)
class Column:
    """One column behind the levels: its header, its kind, what a row prints there, how wide it is."""

    head: str
    kind: str
    prints: Callable[[Row], str]
    width: int = 1


def _sign(row: Row) -> str:
    return row.pieces[0] if row.pieces else "定性"


def _worded(row: Row) -> str:
    return WORDED[row.pieces[0]] if row.pieces else ""


def _nature(row: Row) -> str:
    if row.pieces is None:
        return "定性"
    return "反向" if row.pieces[0] in "≤<" else "正向"


def _number(row: Row) -> str:
    return row.pieces[1] if row.pieces else row.value


def _unit(row: Row) -> str:
    return row.pieces[2] if row.pieces else ""


NAME = Column("三级指标", "name", lambda row: row.name)
VALUE = Column("年度指标值", "value", lambda row: row.value)
TARGET = Column("指标值", "value", lambda row: row.value)
WEIGHT = Column("权重", "value", lambda row: row.weight)
POINTS = Column("分值", "value", lambda row: row.weight)
SIGN = Column("指标性质", "value", _sign)
NUMBER = Column("指标值", "value", _number)
UNIT = Column("度量单位", "value", _unit)
ACTUAL = Column("实际完成值", "value", lambda row: row.actual)
SCORE = Column("得分", "value", lambda row: row.score)
REASON = Column("偏差原因分析及改进措施", "value", lambda row: "无")
BLANK = Column("备注", "value", lambda row: "")
GHOST = Column("", "value", lambda row: "")
EXPLAINED = Column("指标解释", "value", lambda row: f"反映{row.name}")


@dataclass
class Sheet:
    """A page in the making."""

    columns: int
    boxes: list[Box] = field(default_factory=list)
    row: int = 0

    def line(self, *cells: tuple[str, int, str]) -> None:
        """One row of cells: text, width and kind; width 0 takes all the columns that are left."""
        column = 0
        for text, width, kind in cells:
            width = width or self.columns - column
            self.boxes.append(Box(self.row, column, 1, width, text, kind))
            column += width
        self.row += 1

    def tall(self, column: int, height: int, text: str, kind: str, width: int = 1) -> None:
        """A cell over several rows, beginning at the present row."""
        self.boxes.append(Box(self.row, column, height, width, text, kind))


@dataclass(frozen=True)
class Scheme:
    """How a form is printed. `lead` is how many columns a label of the header block covers."""

    columns: tuple[Column, ...]
    margin: bool = True
    lead: int = 1
    period: str = "two"  # cells of the period: two, blanks (both in one cell), dash
    money: str = "plain"  # plain, pairs, tree, executed, yuan
    department_label: str = "主管部门"
    goal_label: str = "年度目标"
    goal_mid: bool = False
    scopes: tuple[tuple[str, Column], ...] = ()  # further value columns with the scope they mean
    own_columns: bool = False
    evaluation: bool = False

    @property
    def width(self) -> int:
        levels = 3 if self.margin else 2
        return levels + sum(column.width for column in self.columns)


def page(record: FormRecord, scheme: Scheme) -> Page:
    """One record printed by a scheme."""
    sheet = Sheet(scheme.width)
    _header(sheet, record, scheme)
    MONEY[scheme.money](sheet, record, scheme)
    _goal(sheet, record, scheme)
    indicators(sheet, record.rows, scheme)
    before = (record.title, f"（{record.year}年度）")
    return Page(before, tuple(sheet.boxes), (), (golden(record, scheme),))


def golden(record: FormRecord, scheme: Scheme) -> GoldenForm:
    """What a reader should find in a record printed by a scheme."""
    heads = {column.head for column in scheme.columns}
    rows = [_golden_row(row, scheme, heads) for row in record.rows]
    if scheme.scopes:
        rows += [
            GoldenRow(row.level1, row.level2, row.name, column.prints(row), scope)
            for scope, column in scheme.scopes
            for row in record.rows
        ]
    fields = fields_of(record)
    if scheme.money == "yuan":
        fields |= {role: yuan(fields[role]) for role in ("total", "fiscal", "other")}
    return GoldenForm(fields, tuple(rows))


def _golden_row(row: Row, scheme: Scheme, heads: set[str]) -> GoldenRow:
    value = row.value
    if scheme.own_columns and row.pieces:
        value = "".join(row.pieces)
    weighted = heads & {"权重", "分值", "权重(%)"}
    return GoldenRow(
        row.level1,
        row.level2,
        row.name,
        value,
        weight=row.weight if weighted else None,
        actual=row.actual if scheme.evaluation else None,
        score=row.score if scheme.evaluation else None,
    )


def _header(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    lead = scheme.lead
    sheet.line(("项目名称", lead, "label"), (record.project_name, 0, "field"))
    sheet.line(
        (scheme.department_label, lead, "label"),
        (record.department, 1, "field"),
        ("实施单位", 1, "label"),
        (record.implementer, 0, "field"),
    )
    sheet.line(
        ("项目属性", lead, "label"),
        (record.nature, 1, "field"),
        ("项目起止时间", 1, "label"),
        *_period(record, scheme),
    )


def _period(record: FormRecord, scheme: Scheme) -> list[tuple[str, int, str]]:
    start, end = record.period_start, record.period_end
    if scheme.period == "two" and scheme.width - scheme.lead >= 4:
        return [(start, 1, "field"), (end, 0, "field")]
    joint = "   " if scheme.period == "blanks" else " — "
    return [(f"{start}{joint}{end}", 0, "field")]


def _goal(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    if not scheme.goal_mid:
        sheet.line((scheme.goal_label, scheme.lead, "label"), (record.goal, 0, "goal"))
        return
    half = (sheet.columns - scheme.lead + 1) // 2
    sheet.tall(0, 2, "总体目标", "label", scheme.lead)
    heads = (("中期目标", half, "label"), ("年度目标", 0, "label"))
    _behind(sheet, scheme.lead, heads)
    _behind(sheet, scheme.lead, ((record.goal_mid, half, "goal"), (record.goal, 0, "goal")))


def _behind(sheet: Sheet, lead: int, cells: Sequence[tuple[str, int, str]]) -> None:
    """A row whose first columns belong to a cell that reaches down over it."""
    column = lead
    for text, width, kind in cells:
        width = width or sheet.columns - column
        sheet.boxes.append(Box(sheet.row, column, 1, width, text, kind))
        column += width
    sheet.row += 1


def _money_rows(
    sheet: Sheet, scheme: Scheme, label: str, rows: Sequence[Sequence[tuple[str, int, str]]]
) -> None:
    sheet.tall(0, len(rows), label, "label", scheme.lead)
    for row in rows:
        _behind(sheet, scheme.lead, row)


def _plain_money(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    rows = [((one.label, 1, "label"), (one.raw, 0, "amount")) for one in record.funding]
    _money_rows(sheet, scheme, "项目资金（万元）", rows)


def _tree_money(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    fiscal = record.money("fiscal")
    lines = [
        ("年度资金总额", record.money("total")),
        ("其中：财政拨款", fiscal),
        ("1.上级财政资金", "0"),
        ("2.本级财政资金", fiscal),
        ("其他资金", record.money("other")),
    ]
    rows = [((label, 1, "label"), (raw, 0, "amount")) for label, raw in lines]
    _money_rows(sheet, scheme, "项目资金（万元）", rows)


def _pair_money(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    total, fiscal, other = (record.money(role) for role in ("total", "fiscal", "other"))
    rest = ("label", 1), ("amount", 0)
    lines = [
        ("资金总额", total, "上年结转资金", "0"),
        ("其中：财政拨款", fiscal, "其他资金", other),
    ]
    rows = [
        (
            (left, 1, "label"),
            (amount, 1, "amount"),
            (right, rest[0][1], "label"),
            (second, 0, "amount"),
        )
        for left, amount, right, second in lines
    ]
    _money_rows(sheet, scheme, "项目资金（万元）", rows)


def _executed_money(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    heads = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = [tuple((head, 1 if head != "得分" else 0, "label") for head in heads)]
    for one in record.funding:
        scored = ("10", "100%", "10") if one.role == "total" else ("-", "-", "-")
        label = {"年度预算": "年度资金总额"}.get(one.label, one.label)
        cells = (label, one.raw, one.raw, one.raw, *scored)
        rows.append(
            tuple(
                (text, 0 if number == 6 else 1, "amount" if number else "label")
                for number, text in enumerate(cells)
            )
        )
    _money_rows(sheet, scheme, "项目资金（万元）", rows)


def _yuan_money(sheet: Sheet, record: FormRecord, scheme: Scheme) -> None:
    rows = [((one.label, 1, "label"), (yuan(one.raw), 0, "amount")) for one in record.funding]
    _money_rows(sheet, scheme, "项目资金（元）", rows)


def yuan(raw: str) -> str:
    """An amount in 万元 as one in 元, with separators of thousands."""
    return f"{Decimal(raw.replace(',', '')) * 10_000:,.2f}"


MONEY: dict[str, Callable[[Sheet, FormRecord, Scheme], None]] = {
    "plain": _plain_money,
    "tree": _tree_money,
    "pairs": _pair_money,
    "executed": _executed_money,
    "yuan": _yuan_money,
}


def indicators(sheet: Sheet, rows: Sequence[Row], scheme: Scheme) -> None:
    """The column headers and the indicator rows, the levels merged over their rows."""
    start = 1 if scheme.margin else 0
    if scheme.margin:
        sheet.tall(0, len(rows) + 1, "绩效指标", "margin")
    heads = [("一级指标", 1, "head"), ("二级指标", 1, "head")]
    heads += [(column.head, column.width, "head") for column in scheme.columns]
    _behind(sheet, start, heads)
    merge(sheet, rows, start, lambda row: row.level1, "level1")
    merge(sheet, rows, start + 1, lambda row: (row.level1, row.level2), "level2")
    for row in rows:
        cells = [(column.prints(row), column.width, column.kind) for column in scheme.columns]
        _behind(sheet, start + 2, cells)


def merge(
    sheet: Sheet, rows: Sequence[Row], column: int, key: Callable[[Row], object], kind: str
) -> None:
    """One tall box for each run of rows with the same key."""
    at = sheet.row
    for _, run in groupby(rows, key):
        block = list(run)
        sheet.boxes.append(Box(at, column, len(block), 1, getattr(block[0], kind), kind))
        at += len(block)
