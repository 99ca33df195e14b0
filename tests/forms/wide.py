"""The column schemes by name, and the tables that hold two target sets or many projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .grid import Box, Page
from .records import FormRecord, GoldenForm, GoldenRow, Row, fields_of
from .schemes import (
    ACTUAL,
    BLANK,
    EXPLAINED,
    GHOST,
    NAME,
    NUMBER,
    POINTS,
    REASON,
    SCORE,
    SIGN,
    TARGET,
    UNIT,
    VALUE,
    WEIGHT,
    Column,
    Scheme,
    Sheet,
    _header,
    _nature,
    _number,
    _plain_money,
    _unit,
    _worded,
    merge,
    page,
)

MID = Column("中期指标值", "value", lambda row: row.mid)
WIDE_NAME = replace(NAME, width=2)

SCHEMES: dict[str, Scheme] = {
    "plain": Scheme((NAME, VALUE)),
    "wide": Scheme((WIDE_NAME, VALUE), lead=2),
    "marginless": Scheme((NAME, TARGET), margin=False, period="dash"),
    "ghost": Scheme((NAME, GHOST, VALUE), period="blanks"),
    "remarks": Scheme((NAME, TARGET, BLANK), margin=False),
    "weights": Scheme((NAME, TARGET, WEIGHT), department_label="主管部门及代码"),
    "explained": Scheme((NAME, TARGET, POINTS, EXPLAINED), lead=2),
    "tree": Scheme((WIDE_NAME, TARGET), lead=2, money="tree", goal_label="年度总体目标"),
    "yuan": Scheme((NAME, VALUE), money="yuan"),
    "pairs": Scheme((WIDE_NAME, VALUE), lead=2, money="pairs"),
    "sichuan": Scheme((NAME, SIGN, NUMBER, UNIT, WEIGHT), margin=False, own_columns=True),
    "chongqing": Scheme(
        (NAME, replace(UNIT, head="计量单位"), SIGN, NUMBER), margin=False, own_columns=True
    ),
    "hunan": Scheme(
        (NAME, replace(SIGN, head="指标值类型"), replace(NUMBER, head="目标值"), UNIT, BLANK),
        own_columns=True,
    ),
    "mongolia": Scheme(
        (
            NAME,
            Column("指标性质", "value", _nature),
            Column("指标方向", "value", _worded),
            Column("目标值", "value", _number),
            Column("计量单位", "value", _unit),
            POINTS,
        ),
        margin=False,
        own_columns=True,
    ),
    "jiangxi": Scheme(
        (NAME, replace(SIGN, head="计算符号"), replace(NUMBER, head="目标值"), UNIT),
        margin=False,
        own_columns=True,
    ),
    "two-values": Scheme((NAME, MID, VALUE), lead=2, goal_mid=True, scopes=(("midterm", MID),)),
    "evaluation": Scheme(
        (NAME, VALUE, ACTUAL, POINTS, SCORE, REASON),
        money="executed",
        evaluation=True,
    ),
    "points-first": Scheme(
        (NAME, POINTS, VALUE, replace(ACTUAL, head="全年实际值"), SCORE, REASON),
        money="executed",
        evaluation=True,
    ),
}


def named(name: str) -> Callable[[FormRecord], Page]:
    """The printing of one record by a named scheme."""
    return lambda record: page(record, SCHEMES[name])


def two_sided(record: FormRecord) -> Page:
    """Mid-term targets on the left, annual ones on the right, the level 2 beside each."""
    scheme = Scheme((NAME, TARGET, NAME, NAME, TARGET), goal_mid=True)
    sheet = Sheet(8)
    _header(sheet, record, scheme)
    _plain_money(sheet, record, scheme)
    _two_goals(sheet, record)
    rows = record.rows
    sheet.tall(0, len(rows) + 1, "绩效指标", "margin")
    heads = ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")
    sheet.boxes += [
        Box(sheet.row, number + 1, 1, 1, head, "head") for number, head in enumerate(heads)
    ]
    sheet.row += 1
    merge(sheet, rows, 1, lambda row: row.level1, "level1")
    for column in (2, 5):
        merge(sheet, rows, column, lambda row: (row.level1, row.level2), "level2")
    for row in rows:
        cells = ((3, row.name, "name"), (4, row.mid, "value"))
        cells += ((6, row.name, "name"), (7, row.value, "value"))
        sheet.boxes += [Box(sheet.row, column, 1, 1, text, kind) for column, text, kind in cells]
        sheet.row += 1
    golden = [
        GoldenRow(row.level1, row.level2, row.name, value, scope)
        for scope in ("annual", "midterm")
        for row in rows
        for value in (row.value if scope == "annual" else row.mid,)
    ]
    before = (record.title, f"（{record.year}年度）")
    form = GoldenForm(fields_of(record), tuple(golden))
    return Page(before, tuple(sheet.boxes), (), (form,))


def _two_goals(sheet: Sheet, record: FormRecord) -> None:
    sheet.tall(0, 2, "总体目标", "label")
    last = int(record.period_end[:4])
    heading = f"中期目标（{record.period_start[:4]}年—{last}年）"
    for left, right, kind in (
        (heading, "年度目标", "label"),
        (record.goal_mid, record.goal, "goal"),
    ):
        sheet.boxes.append(Box(sheet.row, 1, 1, 4, left, kind))
        sheet.boxes.append(Box(sheet.row, 5, 1, 3, right, kind))
        sheet.row += 1


FLAT_HEADS = (
    "主管部门",
    "项目单位",
    "项目名称",
    "预算金额(万元)",
    "年度目标",
    "一级指标",
    "二级指标",
    "三级指标",
)
OWN = (
    replace(SIGN, head="绩效指标性质"),
    replace(NUMBER, head="绩效指标值"),
    replace(UNIT, head="绩效度量单位"),
    WEIGHT,
)


def flat(records: Sequence[FormRecord], columns: tuple[Column, ...] = (VALUE,)) -> Page:
    """Many projects in one table: one row an indicator, the project's data in merged columns."""
    heads = (*FLAT_HEADS, *(column.head for column in columns))
    sheet = Sheet(len(heads))
    sheet.line(*((head, 1, "head") for head in heads))
    for record in records:
        _flat_project(sheet, record, columns)
    lost = ("nature", "period_start", "period_end", "fiscal", "other")
    title = f"{records[0].year}年部门预算项目支出绩效目标表"
    golden = []
    for record in records:
        fields = fields_of(record, without=lost)
        fields |= {"title": title, "year": str(records[0].year)}
        golden.append(GoldenForm(fields, tuple(_flat_row(row, columns) for row in record.rows)))
    return Page((title, "单位：万元"), tuple(sheet.boxes), (), tuple(golden))


def _flat_project(sheet: Sheet, record: FormRecord, columns: tuple[Column, ...]) -> None:
    merged = (
        (record.department, "field"),
        (record.implementer, "field"),
        (record.project_name, "field"),
        (record.money("total"), "amount"),
        (record.goal, "goal"),
    )
    for column, (text, kind) in enumerate(merged):
        sheet.tall(column, len(record.rows), text, kind)
    merge(sheet, record.rows, 5, lambda row: row.level1, "level1")
    merge(sheet, record.rows, 6, lambda row: (row.level1, row.level2), "level2")
    for row in record.rows:
        cells = [(row.name, "name"), *((one.prints(row), one.kind) for one in columns)]
        for number, (text, kind) in enumerate(cells):
            sheet.boxes.append(Box(sheet.row, 7 + number, 1, 1, text, kind))
        sheet.row += 1


def _flat_row(row: Row, columns: tuple[Column, ...]) -> GoldenRow:
    own = len(columns) > 1
    value = "".join(row.pieces) if own and row.pieces else row.value
    weight = row.weight if own else None
    return GoldenRow(row.level1, row.level2, row.name, value, weight=weight)
