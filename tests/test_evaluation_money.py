"""The money block of an evaluation table, whose figures stand below the heads of their columns."""

from __future__ import annotations

import pytest

import jxmb

HEAD = """项目支出绩效自评表
（2026年度）
项目名称\t湿地巡护道修复\t\t\t\t\t\t\t
主管部门\t石湾市林业局\t\t\t实施单位\t石湾市湿地管理站\t\t\t
{money}
年度总体目标\t修复巡护道9公里，方便巡护和科普参观，保护湿地环境。\t\t\t\t\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t修复巡护道长度\t≥9公里\t9公里\t50\t50\t
\t效益指标\t社会效益指标\t科普参观人次\t≥4000人次\t4100人次\t30\t30\t
\t满意度指标\t服务对象满意度指标\t参观者满意度\t≥90%\t93%\t10\t10\t
"""
KEPT = """项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\t
\t年度资金总额\t{initial}\t{budget}\t{executed}\t10\t{rate}\t9\t
\t其他资金\t0\t0\t0\t-\t-\t-\t"""
# Rows without the cell that a merged label covers stand one column further left than their heads.
SLID = KEPT.replace("\n\t", "\n")


@pytest.mark.parametrize("money", [KEPT, SLID], ids=["kept", "slid"])
@pytest.mark.parametrize("budget", ["62", "60"], ids=["equal", "changed"])
def test_figures_stand_below_their_heads(money: str, budget: str) -> None:
    block = money.format(initial="62", budget=budget, executed="54", rate="87.1%")
    (project,) = jxmb.parse(HEAD.format(money=block)).projects

    columns = {name: one.text for name, one in project.funding.rows[0].columns.items()}
    assert columns == {
        "initial": "62",
        "budget": budget,
        "executed": "54",
        "weight": "10",
        "rate": "87.1%",
        "score": "9",
    }


@pytest.mark.parametrize("money", [KEPT, SLID], ids=["kept", "slid"])
def test_execution_is_judged_by_the_budget_of_the_year(money: str) -> None:
    right = HEAD.format(money=money.format(initial="62", budget="62", executed="54", rate="87.1%"))
    wrong = HEAD.format(money=money.format(initial="62", budget="62", executed="54", rate="93%"))
    over = HEAD.format(money=money.format(initial="62", budget="62", executed="65", rate="104.84%"))

    codes = [{one.code for one in jxmb.check(text)} for text in (right, wrong, over)]

    assert [codes_ & {"JX811", "JX817"} for codes_ in codes] == [set(), {"JX811"}, {"JX817"}]
