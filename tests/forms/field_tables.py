"""Many projects in one table: several rows a project over several pages, or one row with sentences in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .field_records import UNPRINTED, golden_form, golden_row, same_unit
from .grid import Box, Page
from .records import FormRecord, GoldenForm, GoldenRow, Row
from .schemes import EXPLAINED, NAME, TARGET, WEIGHT, Sheet, merge

HEADS = ("单位编码", "单位（项目）名称", "资金总额", "绩效目标")
OWNERS = ("单位名称", "项目名称", "年度资金总额(万元)", "年度绩效目标")
LEVELS = ("一级指标", "二级指标")
COLUMNS = (NAME, TARGET, EXPLAINED, WEIGHT)
Line = tuple[FormRecord, Row]


@dataclass(frozen=True)
class Table:
    """A table of many projects over several pages, its head of two rows on each.

    `first` is what stands in the first column, `merged` over all projects of the page. With `again`, what goes on from
    the page before is printed anew; otherwise its cells are blank. `sums` stand above the first project.
    """

    heads: tuple[str, ...]
    first: Callable[[FormRecord], str]
    merged: bool = False
    sums: bool = False
    again: bool = False

    def __call__(self, records: Sequence[FormRecord], rows_a_page: int = 11) -> list[Page]:
        """The pages of these projects."""
        records = same_unit(records)
        lines = [(record, row) for record in records for row in record.rows]
        starts = range(0, len(lines), rows_a_page)
        return [self._page(records, lines, at, at + rows_a_page) for at in starts]

    def _page(self, records: Sequence[FormRecord], lines: list[Line], at: int, end: int) -> Page:
        chunk = lines[at:end]
        sheet = Sheet(len(self.heads) + len(LEVELS) + len(COLUMNS))
        _heads(sheet, self.heads)
        if self.sums and at == 0:
            _sums(sheet, records)
        top = sheet.row
        if self.merged:
            sheet.tall(0, len(chunk), self.first(records[0]), "field")
        for _, run in groupby(chunk, lambda line: line[0].id):
            block = list(run)
            if not self.merged:
                sheet.tall(0, len(block), self.first(block[0][0]), "field")
            _project(sheet, block)
        boxes = tuple(sheet.boxes)
        if at and not self.again:
            gone = _going_on(chunk[0], lines[at - 1], merged=self.merged)
            boxes = tuple(
                replace(box, text="") if box.row == top and box.column in gone else box
                for box in boxes
            )
        title = f"{records[0].year}年项目支出绩效目标表"
        before = (title, f"单位名称：{records[0].department}", "单位：万元")
        golden = tuple(_golden(record, title) for record in records) if at == 0 else ()
        return Page(before, boxes, (), golden)


def _going_on(line: Line, above: Line, *, merged: bool) -> set[int]:
    """The columns whose merged cells reach over from the page before."""
    columns = {0} if merged else set()
    if line[0].id != above[0].id:
        return columns
    row, last = line[1], above[1]
    same1 = row.level1 == last.level1
    levels = {4: same1, 5: same1 and row.level2 == last.level2}
    return columns | {0, 1, 2, 3} | {column for column, same in levels.items() if same}


CODED = Table(HEADS, lambda one: f"{one.year % 100}01", sums=True)
OWNED = Table(OWNERS, lambda one: one.department, merged=True)


def _heads(sheet: Sheet, heads: tuple[str, ...]) -> None:
    for number, head in enumerate(heads):
        sheet.tall(number, 2, head, "head")
    behind = (*LEVELS, *(column.head for column in COLUMNS))
    sheet.boxes.append(Box(sheet.row, len(heads), 1, len(behind), "绩效指标", "head"))
    for number, head in enumerate(behind, start=len(heads)):
        sheet.boxes.append(Box(sheet.row + 1, number, 1, 1, head, "head"))
    sheet.row += 2


def _sums(sheet: Sheet, records: Sequence[FormRecord]) -> None:
    """The row of the whole and the row of the unit: sums of what follows, no projects."""
    total = f"{sum(float(record.money('total').replace(',', '')) for record in records):,.2f}"
    for code, name in (("", "合计"), ("301", records[0].department)):
        sheet.line((code, 1, "other"), (name, 1, "other"), (total, 1, "other"), ("", 0, "other"))


def _project(sheet: Sheet, block: list[Line]) -> None:
    record = block[0][0]
    sheet.tall(1, len(block), record.project_name, "field")
    sheet.tall(2, len(block), record.money("total"), "amount")
    sheet.tall(3, len(block), record.goal, "goal")
    _levels(sheet, [row for _, row in block])
    for _, row in block:
        for number, column in enumerate(COLUMNS, start=6):
            sheet.boxes.append(Box(sheet.row, number, 1, 1, column.prints(row), column.kind))
        sheet.row += 1


def _levels(sheet: Sheet, rows: Sequence[Row]) -> None:
    merge(sheet, rows, 4, lambda row: row.level1, "level1")
    merge(sheet, rows, 5, lambda row: (row.level1, row.level2), "level2")


def _golden(record: FormRecord, title: str) -> GoldenForm:
    rows = [golden_row(row, weighted=True) for row in record.rows]
    without = (*UNPRINTED, "fiscal", "other")
    return golden_form(record, rows, without=without, unsure=("implementer",), title=title)


# --- sentences

MONEY = ("总计：", "财政拨款", "财政专户拨款", "其他资金")
CODES = {"产出指标": "1", "效益指标": "2", "满意度指标": "3", "成本指标": "4"}
Tell = Callable[[FormRecord], str]


def coded_sentence(record: FormRecord) -> str:
    """1.1－产出指标，11－数量指标，NAME；实施周期指标值：…，年度指标值：…；"""
    parts = []
    for number, row in enumerate(record.rows, start=1):
        code = CODES[row.level1]
        joint = "." if number == 1 else "、"
        parts.append(
            f"{number}{joint}{code}－{row.level1}，{code}1－{row.level2}，{row.name}；"
            f"实施周期指标值：{row.mid}，年度指标值：{row.value}；"
        )
    return "".join(parts)


def plain_sentence(record: FormRecord) -> str:
    """产出指标：数量指标：NAME≥3台；NAME≥2台。"""
    parts = []
    for level1, outer in groupby(record.rows, lambda row: row.level1):
        parts.append(f"{level1}：")
        for level2, inner in groupby(outer, lambda row: row.level2):
            parts.append(
                f"{level2}：" + "；".join(f"{row.name}，{row.value}" for row in inner) + "。"
            )
    return "".join(parts)


def sentences(records: Sequence[FormRecord], tell: Tell, *, mid: bool) -> Page:
    """One row a project, its indicators told in one cell; sums of all and of the unit above."""
    records = same_unit(records)
    heads = ("项目名称（资金使用单位）", *MONEY, "绩效目标", "绩效指标")
    sheet = Sheet(len(heads))
    sheet.line(*((head, 1, "head") for head in heads))
    for name in ("合计：", records[0].implementer):
        sheet.line(
            (name, 1, "other"),
            *((_sum(records, role), 1, "other") for role in _ROLES),
            ("", 0, "other"),
        )
    for record in records:
        amounts = [(record.money(role), 1, "amount") for role in _ROLES]
        goal = (record.goal, 1, "goal")
        sheet.line((record.project_name, 1, "field"), *amounts, goal, (tell(record), 0, "name"))
    one = records[0]
    title = f"{one.department}{one.year}年项目支出绩效目标表"
    before = (title, f"部门名称：{one.department}", "单位：万元")
    forms = []
    for record in records:
        rows = [golden_row(row) for row in record.rows]
        rows += [_midterm(row) for row in record.rows if mid]
        forms.append(golden_form(record, rows, unsure=("implementer",), title=title))
    return Page(before, tuple(sheet.boxes), (), tuple(forms))


_ROLES = ("total", "fiscal", "none", "other")


def _sum(records: Sequence[FormRecord], role: str) -> str:
    amounts = [record.money(role).replace(",", "") for record in records]
    return f"{sum(float(raw) for raw in amounts):.2f}" if all(amounts) else ""


def _midterm(row: Row) -> GoldenRow:
    return GoldenRow(row.level1, row.level2, row.name, row.mid, "midterm")
