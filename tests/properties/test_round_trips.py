"""What leaves as JSON, JSON Lines and CSV is read back equal, whatever stands in the form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jxmb import reader
from jxmb.export import Forms, Out, load
from jxmb.export.csv import cell
from jxmb.export.encode import number
from jxmb.export.records import record
from jxmb.export.tables import FORM, FUNDING, INDICATOR, PERIOD, TARGET
from jxmb.source import Source

FORM_TEXT = """\
项目支出绩效目标表
（2024年）
项目名称\t{}
主管部门\t{}\t实施单位\t林业站
项目起止时间\t2024年1月\t2024年12月
项目资金（万元）\t年度预算\t{}
\t其中：财政拨款\t{}
\t其他资金\t0
年度目标\t{}
绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t备注
\t产出指标\t数量指标\t{}\t{}\t{}
\t\t质量指标\t{}\t{}\t{}
\t满意度指标\t服务对象满意度指标\t{}\t{}\t{}
"""
HOLES = FORM_TEXT.count("{}")
# What may be part of a cell of a table by tabs: no line breaks, no tab; every other character, the odd ones more often.
ODD = "'\"=+-@,;:#|\\%《》≥＝－＠ \u3000\u200b\u202e\ufeff\x00\x07\x1b\x7f0123456789.万元人日"
CELL = st.text(
    st.sampled_from(ODD)
    | st.characters(
        exclude_categories=("Cs",), exclude_characters="\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"
    ),
    max_size=12,
)
TEXTS = st.lists(CELL, min_size=HOLES, max_size=HOLES).map(lambda cells: FORM_TEXT.format(*cells))
FORMULAS = FORM_TEXT.format(
    "=1+1", "'=1+1", "12.50", "-3", "＝A1", *("'", "''x", "@a", "-5", "+ 5", '"a",b', *("=",) * 3)
)
often = settings(max_examples=150)


def written(name: str, source: Source) -> str:
    """The forms of a text in a format."""
    out = io.StringIO(newline="")
    module = load(name)
    pieces = [module.build(form, source) for form in reader.parse(source)]
    module.write([Forms(source.path, source.encoding, pieces)], Out(out))
    return out.getvalue()


def exact(text: str) -> Any:
    """JSON with its numbers as they are written."""
    return json.loads(text, parse_float=Decimal)


def told(value: object) -> str:
    """What a cell of CSV says of a value; what is not there is blank."""
    if value is None:
        return ""
    return number(value) if isinstance(value, Decimal) else str(value)


def back(text: str) -> str:
    """The text of a cell, from what a spreadsheet takes for a text."""
    return text.removeprefix("'")


@given(TEXTS)
@example(FORMULAS)
@often
def test_json_and_its_lines_hold_the_records(text: str) -> None:
    source = Source(text, "form.txt")
    records = [record(form) for form in reader.parse(source)]
    assert exact(written("json", source))["documents"][0]["forms"] == records
    head = {"version": 1, "path": "form.txt", "encoding": source.encoding}
    lines = written("jsonl", source)
    assert [exact(line) for line in lines.split("\n")[:-1]] == [head | one for one in records]


@given(TEXTS)
@example(FORMULAS)
@often
def test_rows_of_csv_hold_the_records(text: str) -> None:
    source = Source(text, "form.txt")
    rows = list(
        csv.DictReader(io.StringIO(written("csv", source).removeprefix("\ufeff"), newline=""))
    )
    records = [record(form) for form in reader.parse(source)]
    expected = [row for one in records for row in cells(one)]
    found = [{key: back(value) for key, value in row.items()} for row in rows]
    assert [row | {"extra": json.loads(row["extra"] or "{}")} for row in found] == expected


def cells(form: dict[str, Any]) -> Iterable[dict[str, object]]:
    """The rows that a form is to have."""
    head = {"path": "form.txt", "goal": form["goal"]}
    head |= {name: form[name] for name in FORM}
    head |= {f"period_{name}": (form["period"] or {}).get(name) for name in PERIOD}
    head |= {f"funding_{name}": form["funding"][name] for name in FUNDING}
    for one in form["indicators"] or [{}]:
        row = {f"indicator_{name}": one.get(name) for name in INDICATOR}
        row |= {f"target_{name}": (one.get("target") or {}).get(name) for name in TARGET}
        row |= {
            "indicator_line": one.get("line"),
            "indicator_scope": one.get("scope", "annual") if one else None,
            "actual": (one.get("actual") or {}).get("raw"),
            "inferred": " ".join(one.get("inferred", ())),
        }
        shown: dict[str, object] = {name: told(value) for name, value in (head | row).items()}
        yield shown | {"extra": one.get("extra") or {}}


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1))
@example(["=1+1", "'=1+1", "''", "\r", "a\r\nb", "\n=1", "\x00", "-5", "-5x", '"'])
@settings(max_examples=300)
def test_a_cell_is_read_back_and_none_is_a_formula(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(map(cell, texts))
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert list(map(back, row)) == texts
    for one in row:
        assert one[:1] not in "=+-@\t\r\n＝＋－＠" or one == "" or Decimal(one).is_finite()
