"""Labels, years and heads in other words than those of the national forms."""

from __future__ import annotations

import pytest

import jxmb
from jxmb import labels
from jxmb.labels import money

TITLE = "项目支出绩效目标表"
ROWS = (
    "一级指标\t二级指标\t三级指标\t指标值",
    "产出指标\t数量指标\t清理河道长度\t≥12公里",
    "产出指标\t质量指标\t清理验收合格率\t≥95%",
)


def project(*lines: str) -> jxmb.Project:
    (one,) = jxmb.parse("\n".join(lines)).projects
    return one


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("政策任务（项目）名称", ("field", "project_name")),
        ("政府购买服务项目名称", ("field", "project_name")),
        ("补助资金名称", ("field", "project_name")),
        ("服务期限", ("field", "period")),
        ("工程建设期", None),
        ("合同履约期限", ("field", "period")),
        ("填报年度", ("field", "year")),
        ("购买主体", ("field", "department")),
        ("编制部门", ("field", "implementer")),
        ("1—7月执行数", ("money_column", "executed")),
        ("全年预计执行数", ("money_column", "expected")),
        ("近两年指标值", ("column", "note")),
        ("调整后指标值", ("column", "target")),
        ("调整前指标值", ("column", "note")),
        ("任务名称", None),
        ("项目名称及代码", ("field", "project_name")),
        ("行业主管部门", ("field", "department")),
        ("项目实施主体", ("field", "implementer")),
        ("承接主体", ("other", "承接主体")),
        ("项目管理单位", ("field", "implementer")),
        ("项目起始时间", ("field", "period_start")),
        ("计划开工日期", ("field", "period_start")),
        ("项目终止时间", ("field", "period_end")),
        ("截止时间", ("field", "period_end")),
        ("结束年度", ("field", "period_end")),
        ("道路完工时间", None),
        ("竣工时间", None),
        ("年度建设目标", ("goal", "annual")),
        ("本年度主要工作目标", ("goal", "annual")),
        ("三年建设目标", ("goal", "midterm")),
        ("年度绩效目标概述", ("goal", "annual")),
        ("建设目标", None),
        ("年度绩效目标及主要内容", ("goal", "annual")),
        ("短期目标", ("goal", "annual")),
        ("绩效目标（中期）", ("goal", "midterm")),
        ("绩效目标（2025年）", ("goal", "annual")),
        ("年度目标（100字以内）", ("goal", "annual")),
        ("指标值（实施期）", ("column", "target_midterm")),
        ("资金投向", ("other", "资金投向")),
    ],
)
def test_labels_are_read_by_their_words(label: str, meant: tuple[str, str] | None) -> None:
    found = labels.find(label)

    assert [(one.group, one.name) for one in found] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("资金额度（万元）", "total"),
        ("学校自筹", "part"),
        ("非财政资金", "other"),
        ("资金（万元）", "head"),
    ],
)
def test_money_is_read_by_its_words(label: str, role: str) -> None:
    assert [one.name for one in labels.find(label) or money.find(label)] == [role]


@pytest.mark.parametrize("label", ["资金", "项目管理部门", "项目规模"])
def test_what_names_no_figure_is_no_label_of_money(label: str) -> None:
    assert not [one for one in (*labels.find(label), *money.find(label)) if one.group == "money"]


@pytest.mark.parametrize(
    "lines",
    [
        ("某区2026年残疾人补助资金绩效目标表",),
        (TITLE, "编制单位：某区水务局　　2026年度　　金额单位：万元"),
        (TITLE, "填报单位：某区水务局　　单位：万元　　2026年"),
        ("部门预算项目绩效目标（本级）", "预算年度：2026"),
        (TITLE, "填报年度：2026　　　　　　　　单位：万元"),
    ],
)
def test_the_year_is_read_where_it_stands(lines: tuple[str, ...]) -> None:
    one = project(*lines, "主管部门\t某区水务局\t\t", "项目名称\t河道清理\t\t", *ROWS)

    assert one.year.value == 2026


def test_the_project_is_named_beside_its_programme() -> None:
    one = project(
        TITLE, "专项资金名称\t水利发展资金\t\t", "政策任务（项目）名称\t河道清理\t\t", *ROWS
    )

    assert one.project_name.text == "河道清理"


def test_a_head_that_nobody_knows_is_that_of_the_names_between_level_and_target() -> None:
    one = project(
        TITLE,
        "项目名称\t河道清理\t\t",
        "指标类型\t指标\t目标值\t考核办法",
        "数量指标\t清理河道长度\t≥12公里\t查阅资料",
        "质量指标\t清理验收合格率\t≥95%\t查阅资料",
    )

    assert [row.name.text for row in one.indicators] == ["清理河道长度", "清理验收合格率"]


def test_the_first_column_of_values_holds_the_targets_where_no_head_says_so() -> None:
    one = project(
        TITLE,
        "项目名称\t河道清理\t\t\t\t",
        "一级指标\t二级指标\t三级指标\t绩效标准\t\t",
        "\t\t\t优\t良\t差",
        "产出指标\t数量指标\t清理河道长度\t≥12公里\t≥10公里\t＜10公里",
        "产出指标\t质量指标\t清理验收合格率\t≥95%\t≥90%\t＜90%",
    )

    assert [row.target.text for row in one.indicators] == ["≥12公里", "≥95%"]


def test_a_line_that_names_the_project_opens_a_form_without_title() -> None:
    one = project(
        "部门预算项目绩效目标（本级）",
        "单位名称      某区河道管理所",
        "项目名称      河道清理            项目金额（万元）  41",
        "年度目标      清理河道12公里。",
        "一级指标    二级指标    三级指标        指标值",
        "产出指标    数量指标    清理河道长度    ≥12公里",
        "            质量指标    清理验收合格率  ≥95%",
        "满意度指标  服务对象满意度指标  沿岸居民满意度  ≥90%",
    )

    assert one.project_name.text == "河道清理"
    assert [row.target.text for row in one.indicators] == ["≥12公里", "≥95%", "≥90%"]


def test_what_holds_after_a_change_is_the_form_s_own() -> None:
    one = project(
        TITLE,
        "项目名称\t河道清理\t\t\t",
        "资金总额（万元）\t调整前\t120\t调整后\t156",
        "年度目标\t调整前\t清理河道9公里。\t\t",
        "\t调整后\t清理河道12公里。\t\t",
        "一级指标\t二级指标\t三级指标\t调整前指标值\t调整后指标值",
        "产出指标\t数量指标\t清理河道长度\t≥9公里\t≥12公里",
        "产出指标\t质量指标\t清理验收合格率\t≥90%\t≥95%",
    )

    assert one.funding.total.value is not None
    assert one.funding.total.value.number == 156
    assert one.goal.text == "清理河道12公里。"
    assert [row.target.text for row in one.indicators] == ["≥12公里", "≥95%"]
