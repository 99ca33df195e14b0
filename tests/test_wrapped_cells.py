"""Rows of bars as a page prints them: wrapped cells, and all rows on one line."""

from __future__ import annotations

from pathlib import Path

from jxmb import documents, tables
from jxmb.repair import wrapped_cells


def _mended(text: str, place: Path) -> list[list[str]]:
    file = place / "form.txt"
    file.write_text(text, encoding="utf-8")
    rows = wrapped_cells.repaired(list(tables.read(documents.read(file)))).rows
    return [[cell.text for cell in row.cells if cell.text] for row in rows]


def test_a_full_line_goes_on_below(tmp_path: Path) -> None:
    text = (
        "|主管部门  |东河县水务局  |实施单位  |东河县水利工程|\n"
        "|          |              |          |服务站        |\n"
        "|项目属性  |新增项目      |项目期    |2031年        |\n"
    )
    assert _mended(text, tmp_path) == [
        ["主管部门", "东河县水务局", "实施单位", "东河县水利工程服务站"],
        ["项目属性", "新增项目", "项目期", "2031年"],
    ]


def test_a_short_line_ends_its_cell(tmp_path: Path) -> None:
    text = (
        "|产出指标  |数量指标  |修建水窖            |≥30口     |\n"
        "|          |          |清理渠道            |≥12公里   |\n"
        "|          |          |更换水泵            |          |\n"
    )
    assert len(_mended(text, tmp_path)) == 3


def test_a_name_as_long_as_the_one_above_is_no_second_line_where_bars_do_not_line_up(
    tmp_path: Path,
) -> None:
    text = (
        "| 产出指标 | 数量指标 | 修建蓄水窖 | ≥30口 |\n"
        "|  |  | 更换抽水泵 |  |\n"
        "|  |  | 清理排水渠 | ≥12公里 |\n"
    )
    assert len(_mended(text, tmp_path)) == 3


def test_bars_that_keep_no_places_wrap_nothing(tmp_path: Path) -> None:
    text = (
        "产出指标 | 数量指标 | 修建水窖 | 三十口\n | | 清理全部渠道 | 十二公里\n | | 换泵 | 五台\n"
    )
    assert len(_mended(text, tmp_path)) == 3


def test_all_rows_on_one_line(tmp_path: Path) -> None:
    text = (
        "一级指标 |二级指标 |三级指标 |指标值 | |产出指标 |数量指标 |修建水窖 |≥30口 | "
        "| | |清理渠道 |≥12公里 | |效益指标 |社会效益指标 |受益户数 |≥400户 |\n"
    )
    assert _mended(text, tmp_path)[1:] == [
        ["产出指标", "数量指标", "修建水窖", "≥30口"],
        ["清理渠道", "≥12公里"],
        ["效益指标", "社会效益指标", "受益户数", "≥400户"],
    ]
