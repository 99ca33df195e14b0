"""What stands around a form in a budget document and belongs to no form, printed as the form is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from html import escape

from .apart import APART
from .dialects import DIALECTS
from .grid import Page
from .schemes import Sheet

Rows = Sequence[Sequence[str]]

TABLES: dict[str, tuple[tuple[str, ...], Rows]] = {
    "收支总表": (
        ("表1 部门收支总表", "单位：万元"),
        (
            ("收入", "", "支出", ""),
            ("项目", "预算数", "项目", "预算数"),
            ("一、一般公共预算拨款收入", "2,318.40", "一、一般公共服务支出", "1,806.20"),
            ("二、政府性基金预算拨款收入", "0.00", "二、社会保障和就业支出", "512.20"),
            ("上年结转", "36.00", "结转下年", "36.00"),
            ("收入总计", "2,354.40", "支出总计", "2,354.40"),
        ),
    ),
    "支出预算总表": (
        ("表3 部门支出预算总表", "单位：万元"),
        (
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("合计", "", "2,318.40", "1,920.40", "398.00"),
            ("201", "一般公共服务支出", "1,806.20", "1,408.20", "398.00"),
            ("20103", "政府办公厅（室）及相关机构事务", "1,806.20", "1,408.20", "398.00"),
            ("208", "社会保障和就业支出", "512.20", "512.20", "0.00"),
        ),
    ),
    "三公经费": (
        ("表8 “三公”经费支出预算表", "单位：万元"),
        (
            ("项目", "2025年预算数", "2026年预算数", "增减"),
            ("因公出国（境）费用", "0.00", "0.00", "0.00"),
            ("公务接待费", "4.20", "3.90", "-0.30"),
            ("公务用车运行维护费", "12.00", "12.00", "0.00"),
            ("合计", "16.20", "15.90", "-0.30"),
        ),
    ),
    "项目支出表": (
        ("表6 项目支出预算表", "单位：万元"),
        (
            ("单位名称", "项目名称", "资金总额", "其中：财政拨款", "其他资金"),
            ("雾港市档案馆", "库房恒湿机更新", "38.00", "38.00", "0.00"),
            ("雾港市档案馆", "馆藏影像修复", "120.50", "100.50", "20.00"),
        ),
    ),
}
TEXTS: dict[str, tuple[str, ...]] = {
    "目录": (
        "目  录",
        "第一部分 部门概况…………………………3",
        "第二部分 2026年部门预算表………………6",
        "一、部门收支总表…………………………6",
        "十、项目支出绩效目标表…………………17",
        "十一、部门整体支出绩效目标表…………24",
        "第四部分 名词解释…………………………31",
    ),
    "说明": (
        "三、一般公共预算支出情况说明",
        "2026年一般公共预算支出2318.40万元，比2025年增加86.30万元，增长3.87%，主要原因是新增馆舍",
        "搬迁工作。其中：基本支出1920.40万元，项目支出398.00万元。",
    ),
    "采购": (
        "（二）政府采购情况",
        "2026年，雾港市档案馆政府采购预算总额156.50万元，其中：货物50.00万元、服务106.50万元。",
        "（三）国有资产占用情况",
        "截至2025年12月31日，共有车辆3辆，单价100万元以上设备0台。",
    ),
    "名词解释": (
        "第四部分 名词解释",
        "一、财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
        "二、上年结转：指以前年度尚未完成、结转到本年继续使用的资金。",
        "三、项目支出：指在基本支出之外为完成特定任务所发生的支出。",
    ),
    "填报说明": (
        "填报说明：",
        "1.年度目标应当简明，与项目内容一致。",
        "2.指标值应当量化，不能量化的用文字描述。",
    ),
    "备注": ("备注：本表金额保留两位小数，因四舍五入可能存在尾差。",),
    "签字": (
        "填表人：苏晚舟　　审核人：贺知秋　　联系电话：0000-7654321　　填报日期：2026年1月20日",
    ),
    "页码": ("— 27 —",),
    "页码数字": ("28",),
    "页码共": ("第 29 页 共 64 页",),
    "页眉": ("雾港市档案馆2026年部门预算",),
    "换页": ("\f",),
    "一页文字": (
        "\f本部门承担全市档案资料的收集、整理与利用，指导各县区业务工作，按预算管理要求从严控制一般性支",
        "出。与上年相比增加36.2万元，增长4.1%，主要原因是人员经费增加与馆舍维修支出增加12.5万元",
        "资产管理方面，共有车辆4辆，单价50万元以上设备2台。政府采购支出156.5万元，其中货物支出50万元。",
    ),
}
BEFORE = ("目录", *TABLES, "说明", "页码", "页码数字", "页码共", "页眉", "换页")
BEHIND = (*TABLES, *(name for name in TEXTS if name != "目录"))


def neighbour(name: str, layout: str) -> str:
    """A neighbour of this name, in the way in which a layout of this name prints."""
    dialect = layout.partition("/")[2]
    if name in TABLES:
        return _writer(dialect)(_table(*TABLES[name]))
    return _text(TEXTS[name], dialect)


def _writer(dialect: str) -> Callable[[Page], str]:
    """Layouts that tell levels in words have none for a table of money: those print it in tabs."""
    known = {**APART, **DIALECTS}
    if dialect in ("tags", "prose", "indented") or dialect not in known:
        return DIALECTS["html" if "html" in dialect else "tabs"]
    return known[dialect]


def _table(before: tuple[str, ...], rows: Rows) -> Page:
    sheet = Sheet(max(map(len, rows)))
    for number, row in enumerate(rows):
        kind = "head" if number == 0 else "other"
        sheet.line(*((cell, 1, kind) for cell in row))
    return Page(before, tuple(sheet.boxes), (), ())


def _text(lines: tuple[str, ...], dialect: str) -> str:
    if "html" in dialect:
        return "".join(f"<p>{escape(line)}</p>\n" for line in lines if line.strip())
    if dialect.startswith("comma"):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([line] for line in lines)
        return out.getvalue()
    return "".join(f"{line}\n" for line in lines)
