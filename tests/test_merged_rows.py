"""Tables that a model read from a picture: rows fuse, cells slide, labels share a cell with their values."""

from __future__ import annotations

import pytest

from jxmb import structure, tables
from jxmb.forms import split
from jxmb.forms.split import Form
from jxmb.model import Project
from jxmb.source import Source
from jxmb.structure import merged_rows

from .work import only, pairs, projects


def table(*rows: str) -> str:
    """Rows of cells between bars as an HTML table; `/` stands for a line end in a cell."""
    cells = (
        "".join(f"<td>{cell.strip()}</td>" for cell in row.replace("/", "\n").split("|"))
        for row in rows
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


HEADER = ("项目名称 | 河道清淤 | |", "主管部门 | 东山县水利局 | 实施单位/东山县河道管理所 |")
HEADS = "一级指标 | 二级指标 | 三级指标 | 指标值"
ROWS = (
    "产出指标 | 数量指标/质量指标 | 清淤长度/一次验收合格率 | ≥6公里/100%",
    " | 时效指标 | 汛前完工率 | ≥95%",
    "效益指标 | 社会效益指/标 | 受益人口 | ≥2万人",
)


def levels(found: Project) -> list[str]:
    return [one.level2.value for one in found.indicators]


def strays(found: Project) -> list[str]:
    return [span.text for span in found.strays]


def test_labels_share_cells_with_values():
    found = only(table(*HEADER, "项目属性 | 新增项目 | 2024年01/项目期/月", HEADS, *ROWS))
    assert found.project_name.text == "河道清淤"
    assert found.department.text == "东山县水利局"
    assert found.implementer.text == "东山县河道管理所"
    assert found.nature.text == "新增项目"


def test_each_row_of_a_fused_one_has_its_level():
    found = only(table(*HEADER, HEADS, *ROWS))
    assert pairs(found) == [
        ("清淤长度", "≥6公里"),
        ("一次验收合格率", "100%"),
        ("汛前完工率", "≥95%"),
        ("受益人口", "≥2万人"),
    ]
    assert levels(found) == ["数量指标", "质量指标", "时效指标", "社会效益指标"]


def test_a_name_goes_on_where_its_row_has_fewer_values_than_lines():
    rows = (
        "产出指标 | 数量指标 | 沿岸护坡及步道修复/长度/河面保洁次数 | ≥6公里/12次",
        " | 质量指标 | 沿岸护坡及步道修复/合格率 | 100%",
        "效益指标 | 社会效益指/标 | 受益人口 | ≥2万人",
    )
    assert pairs(only(table(*HEADER, HEADS, *rows))) == [
        ("沿岸护坡及步道修复长度", "≥6公里"),
        ("河面保洁次数", "12次"),
        ("沿岸护坡及步道修复合格率", "100%"),
        ("受益人口", "≥2万人"),
    ]


def test_values_that_slid_are_paired_in_order():
    rows = (
        "产出指标 数量指标 | 清淤长度 | | ",
        " 质量指标 | 一次验收合格率 | ≥6公里 100% | ",
        " 时效指标 | 汛前完工率 | | ",
        "效益指标 社会效益指标 | 受益人口 | ≥95% ≥2万人 |",
    )
    assert pairs(only(table(*HEADER, HEADS, *rows))) == [
        ("清淤长度", "≥6公里"),
        ("一次验收合格率", "100%"),
        ("汛前完工率", "≥95%"),
        ("受益人口", "≥2万人"),
    ]


def test_names_and_values_that_differ_in_number_are_strays():
    rows = (
        "产出指标 数量指标 | 清淤长度 | | ",
        " 质量指标 | 一次验收合格率 | ≥6公里 | ",
        " 时效指标 | 汛前完工率 | | ",
        "效益指标 | 社会效益指标 | 受益人口 | ≥2万人",
    )
    found = only(table(*HEADER, HEADS, *rows))
    assert pairs(found)[-1] == ("受益人口", "≥2万人")
    assert {"清淤长度", "汛前完工率"} <= set(strays(found))


def test_a_text_given_to_two_cells_counts_once():
    rows = (
        "产出指标 | 数量指标 | 清淤长度 | ≥6公里/2024年12月底",
        " | 时效指标 | 完工时间 | 2024年12月底/前",
        "效益指标 | 社会效益指/标 | 受益人口 | ≥2万人",
    )
    found = only(table(*HEADER, HEADS, *rows))
    assert pairs(found)[:2] == [("清淤长度", "≥6公里"), ("完工时间", "2024年12月底前")]
    assert "2024年12月底" in strays(found)


def test_two_targets_of_a_fused_row():
    rows = (
        "产出指标 | 数量指标/质量指标 | 清淤长度/一次验收合格率 | ≥9公里/≥98% | ≥6公里/100%",
        "效益指标 | 社会效益指/标 | 受益人口 | ≥3万人 | ≥2万人",
    )
    heads = "一级指标 | 二级指标 | 三级指标 | 中期指标值 | 年度指标值"
    found = only(table(*HEADER, heads, *rows))
    annual = [one for one in found.indicators if one.scope == "annual"]
    assert [one.target.text for one in annual] == ["≥6公里", "100%", "≥2万人"]


def test_numbers_before_units_are_values():
    rows = (
        "产出指标 | 数量指标 | 清淤长度/保洁次数 | 6/12 | 公里/次 | 10/20",
        " | 质量指标 | 一次验收合格率 | 100 | % | 30",
        "效益指标 | 社会效益指/标 | 受益人口 | 2 | 万人 | 30",
    )
    heads = "一级指标 | 二级指标 | 三级指标 | 指标值 | 计量单位 | 权重"
    assert pairs(only(table(*HEADER, heads, *rows))) == [
        ("清淤长度", "6公里"),
        ("保洁次数", "12次"),
        ("一次验收合格率", "100%"),
        ("受益人口", "2万人"),
    ]


def test_forms_whose_titles_share_a_cell():
    text = "\n".join(
        table(f"项目支出绩效目标表 (2024年) 项目名称 {name}", HEADER[1], HEADS, *ROWS)
        for name in ("河道清淤", "堤防加固")
    )
    found = projects(text)
    assert [one.project_name.text for one in found] == ["河道清淤", "堤防加固"]
    assert {(one.title.text, one.year.value) for one in found} == {("项目支出绩效目标表", 2024)}


def test_amounts_stand_by_the_labels_of_their_row():
    text = table(
        *HEADER,
        "项目资金/(万元) | 年度资金总额/其中：财政拨款 | 120/100 |",
        " | 其他资金 | 20 |",
        HEADS,
        *ROWS,
    )
    found = only(text)
    assert [(row.role, row.amount.text) for row in found.funding.rows] == [
        ("total", "120"),
        ("fiscal", "100"),
        ("other", "20"),
    ]


STRIPS = """||项目名称|河道清淤||
|---|---|---|---|
|一级指标|二级指标|三级指标|指标值|
|产出指标|数量指标|清淤长度 保洁次数 护坡长度|≥6 公里 12 次 ≥3 公里|
|效益指标|社会效益指标|受益人口|≥2 万人|
"""


def test_strips_of_columns():
    assert pairs(only(STRIPS)) == [
        ("清淤长度", "≥6 公里"),
        ("保洁次数", "12 次"),
        ("护坡长度", "≥3 公里"),
        ("受益人口", "≥2 万人"),
    ]


CLEAN = table(
    "项目名称 | 河道清淤 | |",
    HEADS,
    "产出指标 | 数量指标 | 清淤长度 | ≥6公里",
    " | 时效指标 | 3月底前完工 | 按时完成",
    "效益指标 | 社会效益指/标 | 受益人口 | ≥2万人",
)


def test_a_table_that_kept_its_cells_is_none():
    (form,) = (one for one in split.split(tables.read(Source(CLEAN))) if isinstance(one, Form))
    assert not structure.have_merged_rows(form.rows)


@pytest.mark.parametrize(
    "rows",
    [
        (HEADS.replace("指标值", "指标权重( )%"), "产出指标 | 数量指标 | 清淤长度 | 20"),
        (
            HEADS,
            "效益指标 | 生态效益指标 | 社会效益指标 | ≥90%",
            " | 社会效益指标 | 社会效益指标 | ≥90%",
            "满意度指标 | 服务对象满意度指标 | 服务对象满意度指标 | ≥90%",
        ),
    ],
    ids=["a unit torn off", "names like labels"],
)
def test_rows_that_only_look_merged_are_none(rows: tuple[str, ...]) -> None:
    text = table("项目名称 | 河道清淤 | |", *rows)
    (form,) = (one for one in split.split(tables.read(Source(text))) if isinstance(one, Form))
    assert not structure.have_merged_rows(form.rows)


@pytest.mark.parametrize("rows", [1, 40])
def test_no_text_is_lost(rows: int):
    text = table(*HEADER, "年度目标 | 清淤。", HEADS, *ROWS * rows, "2024年 项目期 | 无主的话")
    (form,) = (one for one in split.split(tables.read(Source(text))) if isinstance(one, Form))
    (found, *_) = merged_rows.read(form.rows)
    assert found.table is not None
    cells = [cell for row in found.header for cell in row.cells] + found.strays
    cells += [cell for row in found.table.cells for cell in row.values()]
    cells += [column.label for column in found.table.columns.columns if column.label]
    marks = [found.table.marks1, *found.table.marks2.values()]
    cells += [mark.cell for group in marks for mark in group]
    placed = {at for cell in cells for span in cell.spans for at in range(span.start, span.end)}
    parts = [part for row in form.rows for cell in row.cells for part in structure.stretches(cell)]
    assert [part.text for part in parts if part.text and part.span.start not in placed] == []


def test_an_office_torn_round_another_cell():
    found = only(
        table(
            "项目名称 | 河道清淤 | |",
            "主管部门 | 东山县水利局 | 东山县河道/实施单位/管理所 |",
            HEADS,
            *ROWS,
        )
    )
    assert found.department.text == "东山县水利局"
    assert found.implementer.text == "东山县河道管理所"


def test_a_name_and_an_office_round_a_label_are_two():
    found = only(
        table(
            "项目名称/主管部门 | | |",
            " | 水利局 | 河道清淤专项经费/实施单位/河道管理所 |",
            HEADS,
            *ROWS,
        )
    )
    assert found.project_name.text == "河道清淤专项经费"
    assert found.department.text == "水利局"
    assert found.implementer.text == "河道管理所"


def test_a_point_behind_a_label_is_a_speck():
    found = only(
        table(HEADER[0], "主管部门 | 东山县水利局 | 实施单位./东山县河道管理所 |", HEADS, *ROWS)
    )
    assert found.implementer.text == "东山县河道管理所"


def test_amounts_among_the_heads_of_the_table():
    amounts = "一级指标 二级指标 | 三级指标 | | 40万/35万/5万/指标值"
    found = only(table(*HEADER, "项目资金/年度预算 | 其中：财政拨款/其他资金 | |", amounts, *ROWS))
    assert [row.amount.text for row in found.funding.rows] == ["40万", "35万", "5万"]


def test_two_dates_in_a_cell_are_the_values_of_two_rows():
    """A date with its day is a whole value."""
    row = "产出指标 | 时效指标 | 进场时间/清淤完成时间 | 2026年3月31日前/2026年6月15日前"
    read = pairs(only(table(*HEADER, HEADS, *ROWS[:2], row)))
    assert read[3:] == [("进场时间", "2026年3月31日前"), ("清淤完成时间", "2026年6月15日前")]
    bars = "| --- | --- | --- | --- |"
    lines = [f"| {one.replace('/', '<br>')} |" for one in (*HEADER, HEADS, ROWS[1], row)]
    assert pairs(only("\n".join((lines[0], bars, *lines[1:]))))[1:] == read[3:]


def test_as_many_signs_as_names_in_a_cell_are_those_of_as_many_rows():
    """Their figures have a column of their own, and the units."""
    heads = "一级指标 | 二级指标 | 三级指标 | 指标方向 | 指标值 | 计量单位"
    row = "产出指标 | 数量指标 | 清淤长度/堤顶整修处数 | ≥/≥ | 6/12 | 公里/处"
    other = "满意度指标 | 服务对象满意度指标 | 沿河居民满意度 | ≥ | 90 | %"
    lines = [f"| {one.replace('/', '<br>')} |" for one in (HEADER[0] + "| |", heads, row, other)]
    found = only("\n".join((lines[0], "|" + " --- |" * 6, *lines[1:])))
    assert pairs(found)[:2] == [("清淤长度", "≥6公里"), ("堤顶整修处数", "≥12处")]
