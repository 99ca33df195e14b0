"""What rules make of words that stand in forms of many offices: rates, signs with their names, verbs before figures."""

from __future__ import annotations

import pytest

import jxmb

FORM = """项目支出绩效目标表（2026年度）
项目名称\t河道清理\t\t\t
主管部门\t某市水务局\t\t\t
年度目标\t{goal}\t\t\t
一级指标\t二级指标\t三级指标\t指标值类型\t指标值
{row}"""
GOAL = "清理河道12公里，覆盖112个行政村，改善沿岸环境。"


def codes(row: str, goal: str = GOAL) -> set[str]:
    return {one.code for one in jxmb.check(FORM.format(goal=goal, row=row))}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("产出指标\t质量指标\t监测数据有效率\t≥\t195%", "JX501"),
        ("效益指标\t社会效益指标\t绿色岸线占比\t≥\t135%", "JX501"),
        ("效益指标\t社会效益指标\t再犯罪率\t≥\t0.2%", "JX502"),
        ("产出指标\t成本指标\t清理设备单价\t≥（大于等于）\t2200元", "JX502"),
        ("产出指标\t数量指标\t覆盖行政村\t≥\t121个", "JX702"),
        ("产出指标\t数量指标\t清理河道里程\t≥\t10公里", "JX702"),
    ],
)
def test_a_fault_is_told_in_other_words(row: str, code: str) -> None:
    assert code in codes(row)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("产出指标\t数量指标\t覆盖行政村\t≥\t112个", "JX702"),
        ("产出指标\t数量指标\t走访行政村\t≥\t20个", "JX702"),
        ("效益指标\t社会效益指标\t绿色岸线占比提高\t≥\t135%", "JX501"),
        ("产出指标\t成本指标\t清理设备单价\t≤（小于等于）\t2200元", "JX502"),
    ],
)
def test_what_holds_is_no_fault(row: str, code: str) -> None:
    assert code not in codes(row)


def test_an_overall_goal_beside_one_of_the_year_is_of_the_middle_term() -> None:
    text = """项目支出绩效目标表（2026年度）
项目名称\t河道清理\t\t\t
总体绩效目标\t建成生态护岸36公里，改善沿岸环境。\t\t\t
2026年度绩效目标\t完成护岸基础施工，改善沿岸环境。\t\t\t
一级指标\t二级指标\t三级指标\t总体指标值\t2026年指标值
产出指标\t数量指标\t建成生态护岸\t≥{}公里\t≥12公里
产出指标\t质量指标\t验收合格率\t≥95%\t≥95%"""

    assert "JX702" not in {one.code for one in jxmb.check(text.format(36))}
    assert "JX702" in {one.code for one in jxmb.check(text.format(30))}
