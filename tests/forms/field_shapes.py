"""One form a project, as departments file them: other heads, other money blocks, fewer or more columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .field_records import UNPRINTED, golden_form, golden_row
from .grid import Box, Page
from .records import FormRecord, Row
from .schemes import NAME, NUMBER, SIGN, TARGET, UNIT, WEIGHT, Column, Sheet, _behind, merge, yuan

Cell = tuple[str, int, str]
CODE = "301007"
ITEM = replace(NAME, head="指标名称")
CORE = Column("是否核心", "value", lambda row: "是" if int(row.weight) % 2 else "否")
PERCENTS = replace(WEIGHT, head="指标权重(%)")
MEASURED = (SIGN, NUMBER, replace(UNIT, head="计量单位"))
POINTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10, "成本指标": 10}


def _pairs(sheet: Sheet, *pairs: tuple[str, str], kind: str = "field") -> None:
    """A row of labels and what stands beside them; the last one takes the room that is left."""
    cells: list[Cell] = []
    for number, (label, text) in enumerate(pairs, start=1):
        cells += [(label, 1, "label"), (text, 0 if number == len(pairs) else 1, kind)]
    sheet.line(*cells)


def _money(sheet: Sheet, label: str, rows: Sequence[tuple[str, str]]) -> None:
    sheet.tall(0, len(rows), label, "label")
    for name, raw in rows:
        _behind(sheet, 1, ((name, 1, "label"), (raw, 0, "amount")))


def _goal(sheet: Sheet, label: str, text: str, kind: str = "label") -> None:
    sheet.line((label, 1, kind), (text, 0, "goal"))


def _identity(sheet: Sheet, record: FormRecord) -> None:
    _pairs(sheet, ("项目名称", record.project_name))
    _pairs(sheet, ("主管部门", record.department), ("实施单位", record.implementer))


def _amounts(record: FormRecord, *labels: str) -> list[tuple[str, str]]:
    roles = ("total", "fiscal", "other")
    return [(label, record.money(role)) for label, role in zip(labels, roles, strict=True)]


def city(sheet: Sheet, record: FormRecord) -> None:
    """专项资金情况 with 资金总额, 财政拨款, 其他资金."""
    _identity(sheet, record)
    _money(sheet, "专项资金情况（万元）", _amounts(record, "资金总额", "财政拨款", "其他资金"))
    _goal(sheet, "年度目标", record.goal)


def tall_goal(sheet: Sheet, record: FormRecord) -> None:
    """The same with colons, and a goal label written down its narrow cell."""
    _identity(sheet, record)
    labels = ("年度预算资金总额：", "其中：财政拨款", "其他资金")
    _money(sheet, "项目资金（万元）", _amounts(record, *labels))
    _goal(sheet, "年度目标", record.goal, "margin")


def period_goal(sheet: Sheet, record: FormRecord) -> None:
    """No name and no department: the title says them."""
    labels = ("资金总额：", "财政拨款：", "其他资金：")
    _money(sheet, "专项资金情况（万元）", _amounts(record, *labels))
    _goal(sheet, "项目实施期目标", record.goal, "margin")


def this_year(sheet: Sheet, record: FormRecord) -> None:
    """当年预算 beside the level of government that spends it."""
    _pairs(sheet, ("项目名称", record.project_name), ("主管部门", record.department))
    spent = ("当年预算", "市级支出", "补助区县")
    _pairs(sheet, *_amounts(record, *spent), kind="amount")
    _goal(sheet, "项目概况", f"{record.project_name}由{record.implementer}承担。")
    _goal(sheet, "当年绩效目标", record.goal)


def department(sheet: Sheet, record: FormRecord) -> None:
    """A whole department: its budget by kind of expenditure, no project."""
    _pairs(sheet, ("部门名称", record.department), ("部门预算编码", "301"))
    total, first, rest = (record.money(role) for role in ("total", "fiscal", "other"))
    rows = [("资金总额", total), ("基本支出", first), ("项目支出", rest), ("其他资金", "0")]
    _money(sheet, "年度预算安排（万元）", rows)
    _goal(sheet, "总体目标", record.goal)


def whole_department(sheet: Sheet, record: FormRecord) -> None:
    """A whole department without money; the goal stands below its heading."""
    sheet.line(("当年整体绩效目标", 0, "label"))
    sheet.line((record.goal, 0, "goal"))


def beside(sheet: Sheet, record: FormRecord) -> None:
    """The project's total and goal on the left, those of the year on the right; the goals are equal."""
    _identity(sheet, record)
    sheet.tall(0, 3, "项目资金（万元）", "label")
    annual = _amounts(record, "年度资金申请总额", "其中：当年财政拨款", "其他资金")
    whole = ("项目资金总额", "9,000"), ("其中：财政资金", "8,000"), ("其他资金", "1,000")
    for (left, more), (right, raw) in zip(whole, annual, strict=True):
        cells = ((left, 1, "label"), (more, 1, "amount"), (right, 1, "label"), (raw, 0, "amount"))
        _behind(sheet, 1, cells)
    sheet.tall(0, 2, "项目绩效目标", "label")
    _behind(sheet, 1, (("项目总目标", 2, "label"), ("年度总体目标", 0, "label")))
    _behind(sheet, 1, ((record.goal, 2, "goal"), (record.goal, 0, "goal")))


def dated(sheet: Sheet, record: FormRecord) -> None:
    """The year stands in the labels."""
    _identity(sheet, record)
    year = f"{record.year}年"
    labels = (f"{year}预算数", "其中：财政拨款", "其他资金")
    _money(sheet, "项目资金（万元）", _amounts(record, *labels))
    _goal(sheet, f"{year}绩效目标", record.goal)


def granted(sheet: Sheet, record: FormRecord) -> None:
    """The money that was handed down, by the level that gives it, and what was left of last year."""
    _identity(sheet, record)
    rows = [
        ("下达资金总额", record.money("total")),
        ("其中：上级财政资金", record.money("other")),
        ("本级财政资金", record.money("fiscal")),
        ("上年结转资金", "0"),
    ]
    _money(sheet, "专项资金情况（万元）", rows)
    _goal(sheet, "年度总体目标", record.goal)


def below(sheet: Sheet, record: FormRecord) -> None:
    """Each amount below its label."""
    _identity(sheet, record)
    sheet.tall(0, 2, "年度预算（万元）", "label")
    amounts = _amounts(record, "资金总额", "财政拨款", "其他资金")
    for number, kind in enumerate(("label", "amount")):
        _behind(sheet, 1, [(pair[number], 1, kind) for pair in amounts])
    _goal(sheet, "年度目标", record.goal)


def one_line(sheet: Sheet, record: FormRecord) -> None:
    """All amounts in one cell, each with its unit."""
    _identity(sheet, record)
    total, fiscal, other = (record.money(role) for role in ("total", "fiscal", "other"))
    said = f"资金总额：{total}万元，其中：财政拨款{fiscal}万元，其他资金{other}万元"
    sheet.line(("项目资金", 1, "label"), (said, 0, "amount"))
    _goal(sheet, "年度目标", record.goal)


def in_yuan(sheet: Sheet, record: FormRecord) -> None:
    """Amounts in 元, which only a line above the table or the title says."""
    _identity(sheet, record)
    labels = ("年度资金总额", "其中：财政拨款", "其他资金")
    rows = [(label, yuan(raw)) for label, raw in _amounts(record, *labels)]
    _money(sheet, "项目资金", rows)
    _goal(sheet, "年度目标", record.goal)


def _above(record: FormRecord) -> tuple[str, ...]:
    return record.title, f"（{record.year}年度）", "金额单位：元"


def _titled(record: FormRecord) -> tuple[str, ...]:
    return (f"{record.year}年{record.title}（单位：元）",)


def _own(record: FormRecord) -> tuple[str, ...]:
    return record.title, f"（{record.year}年度）"


def _dated(record: FormRecord) -> tuple[str, ...]:
    return (f"{record.year}年{record.title}",)


def _named(record: FormRecord) -> tuple[str, ...]:
    return (f"{CODE}_{record.department}_{record.project_name}绩效目标表",)


def _whole(record: FormRecord) -> tuple[str, ...]:
    return f"{record.year}年部门整体绩效目标表", f"单位名称：{record.department}"


def _spending(record: FormRecord) -> tuple[str, ...]:
    return (f"{record.department}{record.year}年部门整体支出绩效目标表",)


def _headed(record: FormRecord) -> tuple[str, ...]:
    return f"{record.department}{record.year}年部门预算", "第四部分 项目支出绩效目标", record.title


def _all(record: FormRecord) -> tuple[Row, ...]:
    return record.rows


def _groups(record: FormRecord) -> tuple[Row, ...]:
    """A head with a weight above each run of rows, which then have none."""
    rows: list[Row] = []
    for _, run in groupby(record.rows, lambda row: row.level1):
        block = list(run)
        weight = str(sum(int(row.weight) for row in block))
        rows.append(replace(block[0], name=f"★{block[0].level1[:2]}任务", value="", weight=weight))
        rows += [replace(row, weight="") for row in block]
    return tuple(rows)


def _slashes(record: FormRecord) -> tuple[Row, ...]:
    """Rows of strokes where the form asks for something that the project does not have."""
    blank = Row("效益指标", "生态效益指标", "/", "/", weight="/")
    at = max(number for number, row in enumerate(record.rows) if row.level1 == "效益指标")
    return (*record.rows[: at + 1], blank, *record.rows[at + 1 :])


def _pointed(text: str) -> str:
    return f"{text}（{POINTS[text]}分）" if text in POINTS else f"{text}（15分）"


@dataclass(frozen=True)
class Shape:
    """How a form is printed: the lines above it, its head, how many levels, which columns and rows."""

    head: Callable[[Sheet, FormRecord], None] = city
    columns: tuple[Column, ...] = (NAME, TARGET)
    levels: tuple[str, ...] = ("一级指标", "二级指标")
    before: Callable[[FormRecord], tuple[str, ...]] = _own
    title: int = 0  # which of the lines above is the title
    rows: Callable[[FormRecord], tuple[Row, ...]] = _all
    label: Callable[[str], str] = str
    without: tuple[str, ...] = UNPRINTED
    unsure: tuple[str, ...] = ()
    own: bool = False
    weighted: bool = False
    yuan: bool = False

    def __call__(self, record: FormRecord) -> Page:
        """The printed page of a record."""
        sheet = Sheet(1 + len(self.levels) + len(self.columns))
        self.head(sheet, record)
        rows = self.rows(record)
        heads = (*self.levels, *(column.head for column in self.columns))
        sheet.tall(0, len(rows) + 1, "绩效指标", "margin")
        _behind(sheet, 1, [(head.format(year=record.year), 1, "head") for head in heads])
        keys = (lambda row: row.level1, lambda row: (row.level1, row.level2))
        for number, key in enumerate(keys[: len(self.levels)], start=1):
            merge(sheet, rows, number, key, f"level{number}")
        for row in rows:
            cells = [(column.prints(row), 1, column.kind) for column in self.columns]
            _behind(sheet, 1 + len(self.levels), cells)
        before = self.before(record)
        form = golden_form(
            record,
            [
                golden_row(row, len(self.levels), own=self.own, weighted=self.weighted)
                for row in record.rows
            ],
            without=self.without,
            unsure=self.unsure,
            optional=[golden_row(row) for row in rows if row.name == "/"],
            **self._said(record),
        )
        page = Page(before, tuple(sheet.boxes), (), (form,))
        return page.change(("level1", "level2"), lambda box: self.label(box.text))

    def _said(self, record: FormRecord) -> dict[str, str]:
        title = self.before(record)[self.title]
        roles = ("total", "fiscal", "other") if self.yuan else ()
        return {"title": title, **{role: yuan(record.money(role)) for role in roles}}


_WHOLE = (*UNPRINTED, "total", "fiscal", "other")
_SPENT = ("fiscal", "other", "implementer")  # whose money 市级支出 is, can be read in two ways

SHAPES: dict[str, Shape] = {
    "city": Shape(),
    "tall-goal": Shape(tall_goal),
    "beside": Shape(beside),
    "dated": Shape(dated, (NAME, replace(TARGET, head="{year}年指标值")), before=_dated),
    "granted": Shape(granted, unsure=("fiscal", "other")),
    "below": Shape(below),
    "one-line-money": Shape(one_line),
    "yuan-above": Shape(in_yuan, before=_above, yuan=True),
    "yuan-in-title": Shape(in_yuan, before=_titled, unsure=("title",), yuan=True),
    "name-in-title": Shape(
        period_goal,
        (NAME, replace(TARGET, head="目标值")),
        before=_named,
        without=(*UNPRINTED, "year"),
        unsure=("department", "implementer"),
    ),
    "year-in-heading": Shape(before=_headed, title=2),
    "core": Shape(
        this_year,
        (ITEM, *MEASURED, PERCENTS, CORE),
        levels=(),
        before=_dated,
        unsure=_SPENT,
        own=True,
        weighted=True,
    ),
    "core-levels": Shape(columns=(NAME, *MEASURED, PERCENTS, CORE), own=True, weighted=True),
    "two-levels": Shape(
        columns=(ITEM, *MEASURED, WEIGHT), levels=("指标类型",), own=True, weighted=True
    ),
    "department": Shape(
        department, without=(*UNPRINTED, "implementer"), unsure=("project_name", "fiscal", "other")
    ),
    "whole-department": Shape(
        whole_department,
        (ITEM, *MEASURED, PERCENTS, CORE),
        levels=(),
        before=_whole,
        without=_WHOLE,
        unsure=("project_name", "implementer"),
        own=True,
        weighted=True,
    ),
    "group-heads": Shape(columns=(NAME, TARGET, WEIGHT), rows=_groups),
    "points-in-labels": Shape(columns=(NAME, TARGET, WEIGHT), label=_pointed, weighted=True),
    "slashes": Shape(rows=_slashes),
}


def title_row(page: Page) -> Page:
    """The page with what stands above the table as its first rows, below the number of the annex."""
    lines = page.before
    boxes = [replace(box, row=box.row + len(lines)) for box in page.boxes]
    rows = [Box(row, 0, 1, page.columns, line, "other") for row, line in enumerate(lines)]
    return replace(page, before=("附件3",), boxes=(*rows, *boxes))


def wrapped_title(page: Page) -> Page:
    """The page with its title over two lines, cut where a line of print ends: 3 characters before its end."""
    title, *others = page.before
    return replace(page, before=(title[:-3], title[-3:], *others))


def blank_template(record: FormRecord) -> Page:
    """A printed form in which nobody wrote anything."""
    printed = SHAPES["city"](record)
    page = printed.change(("field", "amount", "goal", "name", "value"), lambda box: "")
    return replace(page, golden=())
