"""A form drawn from its record, and the findings on its cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.test_formats import FORM

from jxmb import parse
from jxmb.findings import Form
from jxmb.findings.drawing import Block
from jxmb.lint.drawing import drawn, total
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.model import Project
from jxmb.report.marks import tables
from jxmb.rules import load
from jxmb.source import Source

TEXT = """项目支出绩效目标表
（2026年度）
项目名称\t水泵维修
主管部门\t某水务局\t实施单位\t某水务站
项目资金（万元）\t年度资金总额\t12.5
其中：财政拨款\t12.5
其他资金\t
年度目标\t修理水泵三台，更换水管三百米，保证全镇用水。
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t修理水泵数量\t≥3台
\t\t\t更换水管长度\t>=300米
\t\t质量指标\t修理合格率\t≥95%
\t效益指标\t社会效益指标\t用水投诉次数\t≤2次
\t满意度指标\t服务对象满意度指标\t居民满意度\t≥90%
"""


def project(text: str) -> Project:
    (found,) = parse(text)
    return found


def block(text: str, kind: str) -> Block:
    (found,) = (one for one in drawn(project(text)) if one.kind == kind)
    return found


def texts(one: Block) -> list[list[str]]:
    return [[cell.text for cell in row if not cell.missing] for row in one.rows]


def marked(text: str, *rules: str) -> tuple[dict[str, list[int]], list[str], set[int]]:
    """The numbers on each cell, the codes of the findings, and which of them are on a cell."""
    configuration = Configuration(load(), overrides={"select": rules}, isolated=True)
    run = Run(configuration, keep_forms=True, draw=True, strict=True)
    found = list(run.check_source(Source(text), File(Path("-"), "-")))
    drawn, placed = tables(run.forms[0], found)
    cells = [cell for one in drawn for row in one.rows for cell in row]
    cells += [cell for one in drawn for cell in (*one.heads, *one.absent)]
    numbers = {one.cell.text: [mark.number for mark in one.marks] for one in cells if one.marks}
    return numbers, [one.code for one in found], placed


def test_blocks_come_in_the_order_of_the_print():
    kinds = [one.kind for one in drawn(project(TEXT))]
    assert kinds == ["title", "pairs", "money", "pairs", "indicators"]
    assert texts(block(TEXT, "title")) == [["项目支出绩效目标表"], ["（2026年度）"]]


def test_fields_of_one_printed_row_share_one():
    first, *_ = (one for one in drawn(project(TEXT)) if one.kind == "pairs")
    assert texts(first)[:2] == [
        ["项目名称", "水泵维修"],
        ["主管部门", "某水务局", "实施单位", "某水务站"],
    ]


def test_money_has_its_labels_and_amounts():
    money = block(TEXT, "money")
    assert texts(money) == [["年度资金总额", "12.5"], ["其中：财政拨款", "12.5"], ["其他资金", ""]]
    assert money.label is not None and money.label.text == "项目资金（万元）"


def test_levels_go_over_their_rows():
    table = block(TEXT, "indicators")
    assert [one.text for one in table.heads] == ["一级指标", "二级指标", "三级指标", "指标值"]
    assert table.label is not None and table.label.text == "绩效指标"
    sizes = [[(cell.text, cell.rows) for cell in row[:-2]] for row in table.rows]
    assert sizes == [
        [("产出指标", 3), ("数量指标", 2)],
        [],
        [("质量指标", 1)],
        [("效益指标", 1), ("社会效益指标", 1)],
        [("满意度指标", 1), ("服务对象满意度指标", 1)],
    ]


@pytest.mark.parametrize(
    "path", sorted(Path("tests/data/field").glob("*.txt")), ids=lambda one: one.stem
)
def test_every_value_of_a_record_is_drawn(path):
    for one in parse(path):
        blocks = drawn(one)
        shown = {cell.text for part in blocks for row in part.rows for cell in row}
        values = [value.reading.text.strip() for value in one.values() if value.role != "target"]
        values += [row.target.text.strip() for row in one.indicators if not row.pieces]
        assert [one for one in values if not any(one in text for text in shown)] == []
        for part in blocks:
            assert part.kind in {"title", "pairs", "money", "indicators", "rest"}
            if part.kind == "indicators":
                left = [0] * part.levels
                for row in part.rows:
                    open_ = [at for at in range(part.levels) if not left[at]]
                    assert len(row) == len(part.heads) - part.levels + len(open_)
                    for at, cell in zip(open_, row, strict=False):
                        left[at] = cell.rows
                    left = [number - 1 for number in left]


def test_text_of_no_field_is_drawn_last():
    stray = "审核人手写：此表退回重报"
    last = drawn(project(TEXT.replace("项目资金", f"{stray}\n项目资金")))[-1]
    assert last.kind == "rest" and texts(last) == [[stray]]


@pytest.mark.parametrize(("unit", "wan"), [("万元", "12.5"), ("元", "0.00125")])
def test_money_is_counted_in_one_unit(unit, wan):
    assert str(total(project(TEXT.replace("（万元）", f"（{unit}）")))) == wan


def test_a_finding_is_on_its_cell_and_its_characters():
    numbers, codes, placed = marked(TEXT, "JX304")
    assert (numbers, codes, placed) == ({">=300米": [1]}, ["JX304"], {1})


def test_what_is_missing_is_marked_where_it_should_be():
    text = TEXT.replace("主管部门\t某水务局\t", "")
    numbers, codes, placed = marked(text, "JX202", "JX216")
    assert sorted(codes) == ["JX202", "JX216"]
    assert set(numbers) == {"时效指标", ""} and placed == {1, 2}


def test_a_form_without_a_drawing_has_no_marks():
    one = project(FORM.format(name="泵站", target="≥6座"))
    assert tables(Form(one.at.place, "泵站"), []) == ([], set())
