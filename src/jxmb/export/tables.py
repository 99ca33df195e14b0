"""Records as two tables, of forms and of indicators, one a row: what CSV and workbooks have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .encode import compact

FORM = ("title", "year", "line", "policy", "project_name", "department", "implementer", "nature")
PERIOD = ("start", "end")
FUNDING = ("unit", "total", "fiscal", "other")
INDICATOR = (
    *("scope", "level1", "level2", "name", "weight", "score", "reason", "nature", "direction"),
)
TARGET = ("raw", "kind", "sign", "number", "upper", "unit", "text")
FORM_COLUMNS = (
    "path",
    *FORM,
    *(f"period_{name}" for name in PERIOD),
    *(f"funding_{name}" for name in FUNDING),
    "goal",
)
INDICATOR_COLUMNS = (
    "indicator_line",
    *(f"indicator_{name}" for name in INDICATOR),
    *(f"target_{name}" for name in TARGET),
    *("actual", "extra", "inferred"),
)
# Two tables: forms with what else is in them, and indicators, each with the key of its form.
FORMS = (*FORM_COLUMNS, "indicators", "fields")
KEY = ("path", "line", "project_name")
INDICATORS = (*KEY, *INDICATOR_COLUMNS)
FINDINGS = (
    *("path", "place", "project_name", "where", "severity", "code", "finding_title", "message"),
    *("finding_reason", "remedy", "aspect", "blame", "fix", "fingerprint"),
)

EN = "en"
HEADS = {
    "path": "文件",
    "title": "表的标题",
    "year": "年度",
    "line": "行号",
    "policy": "指标体系",
    "project_name": "项目名称",
    "department": "主管部门",
    "implementer": "实施单位",
    "nature": "项目属性",
    "period_start": "开始日期",
    "period_end": "结束日期",
    "funding_unit": "金额单位",
    "funding_total": "年度资金总额",
    "funding_fiscal": "财政拨款",
    "funding_other": "其他资金",
    "goal": "年度目标",
    "indicators": "指标数",
    "fields": "其他表头项",
    "indicator_line": "指标行号",
    "indicator_scope": "目标期间",
    "indicator_level1": "一级指标",
    "indicator_level2": "二级指标",
    "indicator_name": "三级指标",
    "indicator_weight": "权重",
    "indicator_score": "得分",
    "indicator_reason": "偏差原因",
    "indicator_nature": "指标性质",
    "indicator_direction": "指标方向",
    "target_raw": "指标值",
    "target_kind": "指标值类型",
    "target_sign": "比较符",
    "target_number": "数值",
    "target_upper": "数值上限",
    "target_unit": "计量单位",
    "target_text": "其余文字",
    "actual": "实际完成值",
    "extra": "其他列",
    "inferred": "推断项",
    "place": "位置",
    "where": "表中位置",
    "severity": "级别",
    "code": "规则",
    "finding_title": "规则题名",
    "message": "问题",
    "finding_reason": "依据",
    "remedy": "建议",
    "aspect": "方面",
    "blame": "责任",
    "fix": "修改",
    "fingerprint": "指纹",
}


def heads(columns: Iterable[str], lang: str) -> list[str]:
    """The heads of columns: their names, or what they are called in Chinese."""
    return list(columns) if lang == EN else [HEADS[name] for name in columns]


def wide_rows(path: str, form: dict[str, Any]) -> list[list[Any]]:
    """The values of a record, an indicator a row; a form without indicators keeps a row: nothing is dropped."""
    head = form_row(path, form)
    rows = indicator_rows(form) or [[None] * len(INDICATOR_COLUMNS)]
    return [[*head, *row] for row in rows]


def form_row(path: str, form: dict[str, Any]) -> list[Any]:
    """The values of a record under FORM_COLUMNS."""
    return [
        path,
        *_pick(form, FORM),
        *_pick(form["period"] or {}, PERIOD),
        *_pick(form["funding"], FUNDING),
        form["goal"],
    ]


def indicator_rows(form: dict[str, Any]) -> list[list[Any]]:
    """The values of each indicator of a record under INDICATOR_COLUMNS."""
    return [
        [
            one["line"],
            *_pick({"scope": "annual"} | one, INDICATOR),
            *_pick(one["target"] or {}, TARGET),
            (one.get("actual") or {}).get("raw"),
            compact(one["extra"]) if one["extra"] else None,
            " ".join(one["inferred"]),
        ]
        for one in form["indicators"]
    ]


def rows_of_both(path: str, form: dict[str, Any]) -> tuple[list[Any], list[list[Any]]]:
    """The row of a record under FORMS, and those of its indicators under INDICATORS."""
    fields = compact(form["fields"]) if form["fields"] else None
    key = [path, *_pick(form, KEY[1:])]
    return (
        [*form_row(path, form), len(form["indicators"]), fields],
        [[*key, *row] for row in indicator_rows(form)],
    )


def _pick(shape: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [shape.get(name) for name in names]
