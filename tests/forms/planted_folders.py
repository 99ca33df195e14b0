"""Mistakes that only several forms show (JX9): records changed together, each printed as a file of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from .records import LEVELS, FormRecord, Row, clean

Folder = Callable[[FormRecord, random.Random], list[FormRecord] | None]


def _other(record: FormRecord, rng: random.Random, *, apart: bool = True) -> FormRecord:
    """Another clean form, whose name has no character in common with the record's where it can be."""
    rest = [one for one in clean() if one.project_name != record.project_name]
    far = [one for one in rest if not set(one.project_name) & set(record.project_name)]
    return rng.choice(far or rest) if apart else rng.choice(rest)


def _twice(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    """One project filed twice, the second time with other words or other money."""
    if rng.random() < 0.5:
        return [record, replace(record, goal=f"{record.goal}确保群众满意。")]
    raised = tuple(replace(one, raw=f"{Decimal(one.raw) * 2:f}") for one in record.funding)
    return [record, replace(record, funding=raised)]


def _copied_rows(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    """Another project of the year with the same indicators, one of them changed."""
    other = replace(_other(record, rng), year=record.year)
    rows = list(record.rows)
    if len(rows) > 8:
        rows[0] = replace(rows[0], name=f"{other.project_name[:4]}数量")
    return [record, other.with_rows(rows)]


def _copied_goal(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    return [record, replace(_other(record, rng), goal=record.goal, year=record.year)]


def _short_department(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    """One body with and without its place, or with a bracket behind."""
    name = record.department
    if name.endswith("中心"):
        return None
    short = next((name[at + 1 :] for at, one in enumerate(name) if one in "市县区"), "")
    if len(short) < 3 or rng.random() < 0.3:
        short = f"{name}（本级）"
    return [record, replace(_other(record, rng), department=short)]


def _other_title(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    """Three forms of one department and year, of which one has another title."""
    titles = rng.sample(
        ("项目支出绩效目标表", "部门预算项目绩效目标申报表", "专项资金绩效目标批复表"), 2
    )
    others = [_other(record, rng) for _ in range(2)]
    return [
        replace(one, department=record.department, year=record.year, title=titles[at == 2])
        for at, one in enumerate((record, *others))
    ]


UNITS = (("培训干部期数", "期", "班次"), ("发放宣传材料", "份", "册"), ("新增健身器材", "套", "件"))


def _other_units(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    """One indicator of a department, counted in two units."""
    name, one, two = rng.choice(UNITS)
    number = rng.randint(12, 80)
    other = replace(_other(record, rng), department=record.department, year=record.year)
    return [
        form.with_rows([Row(*LEVELS["数量"], name, f"≥{number}{unit}"), *form.rows])
        for form, unit in ((record, one), (other, two))
    ]


def _parted(record: FormRecord, rng: random.Random) -> list[FormRecord] | None:
    """Three small purchases for the same people, half of their indicators alike."""
    names = rng.choice(
        (("慰问物资采购", "年度健康体检", "文娱活动开展"), ("桌椅购置", "空调安装", "电路检修"))
    )
    money = rng.choice((("3", "5", "28"), ("4.5", "12", "40")))
    half = -(-len(record.rows) * 3 // 5)
    forms = []
    for name, total in zip(names, money, strict=True):
        funding = tuple(
            replace(one, raw="0" if one.role == "other" else total) for one in record.funding
        )
        own = [replace(row, name=f"{name[:4]}{row.name}") for row in record.rows[: -half or None]]
        kept = list(record.rows[len(own) :])
        goal = f"完成{name}，{record.goal}"
        form = replace(record, project_name=name, funding=funding, goal=goal)
        forms.append(form.with_rows([*own, *kept]))
    return forms


FOLDERS: dict[str, Folder] = {
    "JX901": _twice,
    "JX902": _copied_rows,
    "JX903": _copied_goal,
    "JX904": _short_department,
    "JX905": _other_title,
    "JX906": _other_units,
    "JX907": _parted,
}
