"""What stands around the rows of a form in the cells of a sheet or in the frame of a page."""

from __future__ import annotations

import jxmb

TITLE = "项目支出绩效目标表"
ROWS = [
    ("项目名称", "河道清理", "", ""),
    ("主管部门", "某市水务局", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "清理河道长度", "≥12公里"),
    ("", "质量指标", "清理验收合格率", "≥95%"),
    ("满意度指标", "服务对象满意度指标", "沿岸居民满意度", "≥90%"),
]


def project(text: str) -> jxmb.Project:
    (one,) = jxmb.parse(text).projects
    return one


def names(text: str) -> list[str]:
    return [one.name.text for one in project(text).indicators]


def sheet(*lines: str, below: tuple[str, ...] = ()) -> str:
    rows = [(line, "", "", "") for line in lines] + ROWS + [(line, "", "", "") for line in below]
    return "\n".join(",".join(row) for row in rows)


def test_the_caption_of_a_sheet_says_the_year() -> None:
    one = project(sheet(TITLE, "编制单位：某市水务局　　２０２６年度　　金额单位：万元"))

    assert one.year.value == 2026


def test_notes_below_the_rows_of_a_sheet_are_no_indicators() -> None:
    notes = ("填表说明：", "1.项目名称应与预算一致。", "2.指标值应当量化。")

    assert names(sheet(TITLE, below=notes)) == names(sheet(TITLE))


def test_a_head_over_two_columns_is_that_of_both_levels() -> None:
    text = "\n".join(
        (
            TITLE,
            "项目名称\t河道清理\t\t",
            "指标类别\t\t指标内容\t指标值",
            "产出指标\t数量\t清理河道长度\t≥12公里",
            "\t质量\t清理验收合格率\t≥95%",
            "满意度指标\t服务对象满意度\t沿岸居民满意度\t≥90%",
        )
    )

    assert [(one.level1.value, one.level2.value) for one in project(text).indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
    assert not {one.code for one in jxmb.check(text)} & {"JX101", "JX102", "JX115"}


def test_text_above_a_table_in_the_same_frame_is_lines() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    text = (
        '<html><body><table width="100%"><tr><td>\n'
        f"<div><b>{TITLE}</b></div><div>（2026年度）</div>"
        f"<table>{rows}</table></td></tr></table></body></html>"
    )

    one = project(text)
    assert (one.title.text, one.year.value) == (TITLE, 2026)
    assert len(one.indicators) == 3
