"""The JSON Schema of a settings file, for editors: made of what reads the file, so that both accept the same."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ... import policies
from ...findings import Words
from ...rules.base import Limits
from . import Accept, Settings
from .validation import WANTED, Table

TITLE = "jxmb settings, version 1"
ABOUT = (
    "jxmb.toml，或 pyproject.toml 的 [tool.jxmb] · jxmb.toml, or [tool.jxmb] of pyproject.toml. "
    "同一版本内只增加键，已有的键不改名、不改含义 "
    "· within a version keys are only added, never renamed or changed in meaning."
)
SECTIONS = {"Thresholds": ("limits.", Limits()), "Accepted": ("accept.", Accept("", "", ""))}
# What each key does; which values it takes stands in `validation.WANTED`.
KEYS = {
    "select": Words("只用这些规则", "The rules that are used; all by default"),
    "extend-select": Words("在所选规则之外加用", "Rules besides the selected ones"),
    "ignore": Words("不用这些规则", "Rules that are left out"),
    "per-file-ignores": Words("这些文件不用这些规则", "Rules that are left out in some files"),
    "severity": Words("改变规则的级别", "Severities that differ from those of the rules"),
    "fail-on": Words("哪一级起退出码为 1", "The least severity that fails"),
    "policy": Words("指标体系，默认逐表判断", "The taxonomy; told from each form by default"),
    "limits": Words("数值界限", "Limits"),
    "words": Words("给规则所用的词表加词", "Words added to the lists of the rules"),
    "accept": Words("核实后认可的问题", "Findings that were looked at and accepted"),
    "backup": Words("写入哪类修改前另存 .bak", "Before which fixes the old file is kept as .bak"),
    "show": Words("显示到哪一级", "The least severity that is shown"),
    "format": Words(
        "输出格式，默认看终端", "The format of the report; told from the terminal by default"
    ),
    "color": Words("是否用颜色", "Whether colours are used"),
    "lang": Words("语言，默认看系统", "The language; that of the locale by default"),
    "jobs": Words("进程数，默认按工作量", "How many processes work; as many as pay by default"),
    "encoding": Words(
        "文本文件的编码，默认自动识别", "The encoding of texts; told from each by default"
    ),
    "expect-forms": Words(
        "应有几份表，不符时退出码为 2", "How many forms there should be; else the exit code is 2"
    ),
    "include": Words("文件夹中只读这些文件", "The files of folders that are read"),
    "exclude": Words("文件夹中不读的文件或文件夹", "Files or folders that are left out of folders"),
    "force-exclude": Words(
        "直接写明的文件也按 exclude 排除", "Whether exclude holds for named files too"
    ),
    "baseline": Words("与这份基线比较", "The baseline that findings are compared with"),
    "limits.least-satisfaction": Words(
        "满意度指标值的下限（JX503）", "The least satisfaction target (JX503)"
    ),
    "limits.weight-sums": Words("权重合计应有的值（JX801）", "What weights may sum to (JX801)"),
    "limits.natures": Words("项目属性的选项（JX209）", "The choices of 项目属性 (JX209)"),
    "limits.fewest-indicators": Words("三级指标至少几个（JX224）", "The fewest indicators (JX224)"),
    "limits.most-indicators": Words("三级指标至多几个（JX225）", "The most indicators (JX225)"),
    "limits.most-per-level2": Words(
        "每个二级指标下至多几个（JX225）", "The most indicators of one level 2 (JX225)"
    ),
    "limits.amount-tolerance": Words(
        "金额比较的容差，万元（JX6）", "The tolerance of amounts, in 万元 (JX6)"
    ),
    "limits.unread-rows": Words(
        "读取不可靠的行占多大比例时，缺项只作提示（JX115）",
        "The share of unread rows beyond which what is missing is info (JX115)",
    ),
    "limits.overachieved": Words(
        "实际完成达到目标的几倍需说明（JX815）",
        "From what multiple of the target on a reason is asked for (JX815)",
    ),
    "accept.code": Words("规则", "The rule"),
    "accept.project": Words("项目", "The project"),
    "accept.reason": Words("理由", "Why"),
    "accept.where": Words("位置，默认整个项目", "The place; the whole project by default"),
    "accept.date": Words("日期", "When"),
}
PARTS = ("anyOf", "allOf")  # a value or none; a table, as older versions of pydantic write it
NONE: tuple[object, ...] = (None, "", (), {})  # defaults that say nothing


def build() -> dict[str, Any]:
    """The schema, with what each key wants in both languages and its default."""
    made = Table.model_json_schema()
    sections = {
        name: _section(made["$defs"][name], held, head) for name, (head, held) in SECTIONS.items()
    }
    whole = _section(made, Settings(), "")
    whole["properties"]["words"]["propertyNames"] = {"enum": list(policies.meanings())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "description": ABOUT,
        **whole,
        "$defs": sections,
    }


def _section(shape: Mapping[str, Any], held: object, head: str) -> dict[str, Any]:
    """A table: its keys below `head`, described, each with the value that `held` gives it."""
    keys = {
        key: _key(head + key, one, getattr(held, key.replace("-", "_")))
        for key, one in shape["properties"].items()
    }
    needed = {"required": shape["required"]} if "required" in shape else {}
    return {"type": "object", "additionalProperties": False, **needed, "properties": keys}


def _key(key: str, shape: Mapping[str, Any], default: object) -> dict[str, Any]:
    """A key of a table. TOML has no null."""
    unsaid = ("title", "default", *PARTS)
    kept = {name: part for name, part in shape.items() if name not in unsaid}
    for one in [one for parts in PARTS for one in shape.get(parts, ())]:
        kept |= one if one != {"type": "null"} else {}
    value = [] if isinstance(default, Limits) or default in NONE else [_plain(default)]
    said, wanted = KEYS[key], WANTED[key.rpartition(".")[2]]
    about = f"{said.zh}：{wanted.zh} · {said.en}: {wanted.en}"
    return {
        "description": about,
        **({"default": value[0]} if value else {}),
        **kept,
    }


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
