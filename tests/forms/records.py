"""Golden records: what a made form says, and what a reader should find where it is printed."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent.parent / "data" / "golden"

# The short word of a row in the data files: level 1 and level 2 of the form.
LEVELS = {
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "经济成本": ("成本指标", "经济成本指标"),
    "社会成本": ("成本指标", "社会成本指标"),
    "环境成本": ("成本指标", "生态环境成本指标"),
    "经济效益": ("效益指标", "经济效益指标"),
    "社会效益": ("效益指标", "社会效益指标"),
    "生态效益": ("效益指标", "生态效益指标"),
    "可持续影响": ("效益指标", "可持续影响指标"),
    "满意度": ("满意度指标", "服务对象满意度指标"),
}
MEASURE = re.compile(r"(?P<sign>[≥≤=><]?)(?P<number>\d+(?:\.\d+)?)(?P<unit>[^年月\d].*|年)?")
WEIGHTS = 90  # a target table's weights add up to 90: execution has the other 10


@dataclass(frozen=True)
class Row:
    """One 三级指标 as the author wrote it, with what wider tables print beside it."""

    level1: str
    level2: str
    name: str
    value: str
    weight: str = ""
    mid: str = ""
    actual: str = ""
    score: str = ""

    @property
    def pieces(self) -> tuple[str, str, str] | None:
        """Sign, number and unit; None for words and dates."""
        match = MEASURE.fullmatch(self.value)
        if not match:
            return None
        return match["sign"] or "=", match["number"], match["unit"] or ""


@dataclass(frozen=True)
class Money:
    """One row of the money block; `role` is total, fiscal, other or part."""

    label: str
    raw: str
    role: str


@dataclass(frozen=True)
class FormRecord:
    """One form as its author meant it."""

    id: str
    title: str
    year: int
    project_name: str
    department: str
    implementer: str
    nature: str
    period_start: str
    period_end: str
    funding: tuple[Money, ...]
    goal: str
    rows: tuple[Row, ...]
    goal_mid: str = ""

    def money(self, role: str) -> str:
        """The amount of a role as written, blank where there is no such row."""
        return next((one.raw for one in self.funding if one.role == role), "")

    @property
    def policy(self) -> str:
        """The taxonomy of its indicator tree."""
        return "2021" if any(row.level1 == "成本指标" for row in self.rows) else "2015"

    def with_rows(self, rows: list[Row]) -> FormRecord:
        """The same form with other indicators."""
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True)
class GoldenRow:
    """What the reader should find of one row; None is not printed in this layout, `alt` is accepted too."""

    level1: str
    level2: str
    name: str
    value: str
    scope: str = "annual"
    weight: str | None = None
    actual: str | None = None
    score: str | None = None
    alt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class GoldenForm:
    """What the reader should find of one form: its fields (blank where nothing is printed) and its rows.

    A field that is None is not compared. `optional` rows count neither where they are read nor where they are not.
    """

    fields: Mapping[str, str | None]
    rows: tuple[GoldenRow, ...]
    optional: tuple[GoldenRow, ...] = ()


FIELDS = (
    "title",
    "year",
    "project_name",
    "department",
    "implementer",
    "nature",
    "period_start",
    "period_end",
    "total",
    "fiscal",
    "other",
    "goal",
)


def fields_of(record: FormRecord, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The fields of a record by name, blank for those that a layout does not print."""
    said = {
        "title": record.title,
        "year": str(record.year),
        "project_name": record.project_name,
        "department": record.department,
        "implementer": record.implementer,
        "nature": record.nature,
        "period_start": record.period_start,
        "period_end": record.period_end,
        "total": record.money("total"),
        "fiscal": record.money("fiscal"),
        "other": record.money("other"),
        "goal": record.goal,
    }
    return {name: "" if name in without else text for name, text in said.items()}


@cache
def clean() -> tuple[FormRecord, ...]:
    """Every clean form, in the order of the files."""
    found: list[FormRecord] = []
    for path in sorted((GOLDEN / "forms").glob("*.toml")):
        with path.open("rb") as file:
            found += [_record(form) for form in tomllib.load(file)["forms"]]
    return tuple(found)


def some(count: int, start: int = 0) -> tuple[FormRecord, ...]:
    """`count` clean forms spread evenly over all domains."""
    every = clean()
    step = len(every) // count
    return tuple(every[(start + number * step) % len(every)] for number in range(count))


@cache
def samples() -> tuple[GoldenForm, ...]:
    """What the sample forms say, in the order of the file."""
    text = (GOLDEN / "seed.json").read_text(encoding="utf-8")
    return tuple(
        GoldenForm(
            form["fields"],
            tuple(
                GoldenRow(row["level1"], row["level2"], row["name"], row["value"])
                for row in form["rows"]
            ),
        )
        for form in json.loads(text)
    )


def _record(form: dict[str, Any]) -> FormRecord:
    lines = [line.split(" ") for line in form["rows"].splitlines() if line]
    weights = _weights(len(lines))
    rows = tuple(
        _row(short, name, value, weight)
        for (short, name, value), weight in zip(lines, weights, strict=True)
    )
    total, fiscal, other = form["money"]
    funding = (
        Money("年度预算", total, "total"),
        Money("其中：财政拨款", fiscal, "fiscal"),
        Money("其他资金", other, "other"),
    )
    return FormRecord(
        id=form["id"],
        title=form["title"],
        year=form["year"],
        project_name=form["name"],
        department=form["department"],
        implementer=form["implementer"],
        nature=form["nature"],
        period_start=form["period"][0],
        period_end=form["period"][1],
        funding=funding,
        goal=form["goal"],
        rows=rows,
        goal_mid=f"三年内全面完成{form['name']}各项建设内容，形成长效管理机制，群众获得感持续增强。",
    )


def _row(short: str, name: str, value: str, weight: int) -> Row:
    level1, level2 = LEVELS[short]
    row = Row(level1, level2, name, value, weight=str(weight), score=str(weight))
    return replace(row, mid=_mid(row), actual=_actual(row))


def _weights(count: int) -> list[int]:
    base, rest = divmod(WEIGHTS, count)
    return [base + (number < rest) for number in range(count)]


def _mid(row: Row) -> str:
    """The target of three years: three times an output that adds up, otherwise the same."""
    pieces = row.pieces
    if pieces is None or row.level2 != "数量指标" or pieces[0] != "≥" or "/" in pieces[2]:
        return row.value
    sign, number, unit = pieces
    return f"{sign}{(Decimal(number) * 3).normalize():f}{unit}"


def _actual(row: Row) -> str:
    pieces = row.pieces
    return "".join(pieces[1:]) if pieces else "已按要求完成"
