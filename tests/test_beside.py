"""Forms whose indicators stand beside their fields, on the same rows."""

from __future__ import annotations

import pytest
from tests.documents import docx, pdf, xlsx

from jxmb import check, documents, parse
from jxmb.source import Source

HEADING = ["项目支出绩效目标表", "（2024年度）"]
ROWS = [
    ["项目名称", "滨河步道改造", "一级指标", "二级指标", "三级指标", "指标值"],
    ["主管部门", "河港区园林局", "产出指标", "数量指标", "改造步道", "≥2公里"],
    ["资金总额（万元）", "80", "", "质量指标", "验收合格率", "≥98%"],
    ["其中：财政拨款", "80", "效益指标", "社会效益指标", "服务居民", "≥3000人"],
    ["年度目标", "改造步道2公里。", "满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"],
]
INDICATORS = [
    ("产出指标", "数量指标", "改造步道", "≥2公里"),
    ("产出指标", "质量指标", "验收合格率", "≥98%"),
    ("效益指标", "社会效益指标", "服务居民", "≥3000人"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
]


def in_word(rows: list[list[str]]) -> Source:
    """A Word document."""
    table = docx.tbl(*(docx.tr(*(docx.tc(one) for one in row)) for row in rows))
    return documents.open(docx.docx(*map(docx.p, HEADING), table))


def in_excel(rows: list[list[str]]) -> Source:
    """A workbook, its title over all columns."""
    cells = [[one] for one in HEADING] + rows
    return documents.open(xlsx.book({"表": xlsx.sheet(cells, ("A1:F1", "A2:F2"))}))


def in_pdf(rows: list[list[str]]) -> Source:
    """A page."""
    drawn = pdf.table(30, 100, (90, 100, 70, 110, 80, 80), rows)
    return documents.open(
        pdf.document(pdf.text(200, 60, HEADING[0], 16) + pdf.text(250, 84, HEADING[1]) + drawn)
    )


def in_tabs(rows: list[list[str]]) -> Source:
    """A text with tabs."""
    return Source("\n".join([*HEADING, *map("\t".join, rows)]))


def in_pipes(rows: list[list[str]]) -> Source:
    """A table of Markdown."""
    return Source("\n".join([*HEADING, *(f"| {' | '.join(row)} |" for row in rows)]))


WAYS = pytest.mark.parametrize("way", [in_word, in_excel, in_pdf, in_tabs, in_pipes])


def read(source: Source) -> list[tuple]:
    """The project, department, total and goal of each form, with its indicators."""
    return [
        (
            one.project_name.value,
            one.department.value,
            one.funding.total.value and str(one.funding.total.value),
            one.goal.value,
            [(*row.where, row.target.text) for row in one.indicators],
        )
        for one in parse(source).projects
    ]


@WAYS
def test_fields_and_indicators_are_read_apart(way):
    source = way(ROWS)
    (found,) = read(source)
    assert found[:2] + found[3:] == ("滨河步道改造", "河港区园林局", "改造步道2公里。", INDICATORS)
    assert not {"JX101", "JX105", "JX206"} & {one.code for one in check(source)}


@WAYS
def test_the_next_form_begins_at_its_heads(way):
    other = [["项目名称", "滨湖步道改造", *ROWS[0][2:]], *ROWS[1:]]
    found = read(way([*ROWS, *other]))
    assert [one[0] for one in found] == ["滨河步道改造", "滨湖步道改造"]
    assert [one[-1] for one in found] == [INDICATORS, INDICATORS]


def test_a_row_over_both_ends_them():
    rows = [docx.tr(*(docx.tc(one) for one in row)) for row in ROWS]
    rows.append(docx.tr(docx.tc("备注"), docx.tc("步道全长2公里", width=5)))
    source = documents.open(docx.docx(*map(docx.p, HEADING), docx.tbl(*rows)))
    ((*_, indicators),) = read(source)
    assert indicators == INDICATORS


@WAYS
def test_projects_below_their_heads_are_rows_of_one_table(way):
    heads = ["项目名称", "内容", *ROWS[0][2:]]
    rows = [
        [f"步道{at}期", "改造", "产出指标", "数量指标", "改造步道", f"≥{at}公里"]
        for at in range(1, 4)
    ]
    assert [one[0] for one in read(way([heads, *rows]))] == ["步道1期", "步道2期", "步道3期"]
