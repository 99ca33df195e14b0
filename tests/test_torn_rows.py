"""Rows that ran into one, and the end of a name on a row of its own."""

from __future__ import annotations

import pytest

import jxmb

HEAD = (
    "项目支出绩效目标表\n（2026年度）\n项目名称\t桥梁检测\n主管部门\t某交通局\n年度资金总额（万元）\t30\n年度目标\t检测桥梁。\n"
    "一级指标\t二级指标\t三级指标\t指标值\t权重\n"
)
LAST = "满意度指标\t服务对象满意度指标\t群众满意度\t≥90%\t10\n"


def rows(text: str) -> list[tuple[str, str, str, int | None]]:
    (document,) = jxmb.convert(HEAD + text + LAST)["documents"]
    (form,) = document["forms"]
    *found, last = form["indicators"]
    assert last["name"] == "群众满意度"
    return [
        (one["level2"], one["name"], (one["target"] or {}).get("raw") or "", one["weight"])
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("产出指标\t数量指标\t检测桥梁\t\t\n\t\t数量\t≥8座\t10\n", "检测桥梁数量"),
        ("产出指标\t数量指标\t检测桥梁总长\t≥8座\t10\n\t\t度\t\t\n", "检测桥梁总长度"),
        ("产出指标\t数量指标\t检测桥梁（含\t≥8座\t10\n\t\t）数量\t\t\n", "检测桥梁（含）数量"),
    ],
)
def test_the_end_of_a_name_on_a_row_of_its_own_is_no_indicator(text: str, wanted: str) -> None:
    assert rows(text) == [("数量指标", wanted, "≥8座", 10)]


@pytest.mark.parametrize("name", ["检测隧道数量", "检测里程"])
def test_a_name_without_a_target_stays_one(name: str) -> None:
    found = rows(f"产出指标\t数量指标\t检测桥梁数量\t≥8座\t10\n\t\t{name}\t\t\n")

    assert [one[1:3] for one in found] == [("检测桥梁数量", "≥8座"), (name, "")]


def test_rows_that_ran_into_one_are_parted_by_their_level_labels() -> None:
    found = rows("产出指标\t数量指标 质量指标\t检测桥梁数量 报告合格率\t≥8座 ≥95%\t10 20\n")

    assert found == [
        ("数量指标", "检测桥梁数量", "≥8座", 10),
        ("质量指标", "报告合格率", "≥95%", 20),
    ]


def test_a_row_whose_cells_do_not_agree_stays_one() -> None:
    found = rows("产出指标\t数量指标 质量指标\t检测 A 类桥梁数量\t≥8座\t10\n")

    assert [one[1] for one in found] == ["检测 A 类桥梁数量"]


@pytest.mark.parametrize("between", ["<br>", "<br/>", "\n"])
def test_names_on_the_lines_of_a_cell_beside_as_many_values_are_rows(between: str) -> None:
    cells = (
        ("检测桥梁数量", "报告质量", "检测里程"),
        ("≥8座", "优良", "120公里"),
        ("10", "5", "5"),
    )
    names, values, weights = (f'"{between.join(lines)}"' for lines in cells)
    if between != "\n":
        names, values, weights = (text.strip('"') for text in (names, values, weights))

    found = rows(f"产出指标\t数量指标\t{names}\t{values}\t{weights}\n")

    assert found == [
        ("数量指标", "检测桥梁数量", "≥8座", 10),
        ("数量指标", "报告质量", "优良", 5),
        ("数量指标", "检测里程", "120公里", 5),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("检测桥梁和<br>隧道的数量", "≥8座<br>≥9处"),  # the first line goes on in the second
        ("检测桥梁<br>按期完成时间", "2026年<br>11月30日前"),  # so does a date
        ("检测桥梁数量<br>检测里程", "≥8座"),
        ("检测桥梁总长<br>度", "≥8座<br>≥9处"),
    ],
)
def test_a_cell_that_wraps_lists_nothing(name: str, value: str) -> None:
    (found,) = rows(f"产出指标\t数量指标\t{name}\t{value}\t10\n")

    assert found[1] == name.replace("<br>", "")
