"""Headers that came apart as they stand on the page: rows whose cells have several lines, centred or from the top."""

from __future__ import annotations

import pytest

from jxmb.model import Project

from .work import only

TITLE = "项目支出绩效目标表\n（2024年度）\n"
LINED = """一级指标 二级指标 三级指标 年度指标值
产出指标 数量指标 巡查次数 ≥12次
质量指标 检修合格率 100%
效益指标 社会效益指标 投诉下降率 ≥5%
"""
PLACED = """
   一级指标     二级指标        三级指标        年度指标值

   产出指标     数量指标        巡查次数        ≥12次

                质量指标        检修合格率      100%

   效益指标     社会效益指标    投诉下降率      ≥5%
"""


def read(header: str, table: str) -> Project:
    """The one form with this header."""
    return only(TITLE + header + table)


def facts(project: Project) -> dict[str, str | None]:
    """The header's values."""
    first, last = project.period.value.start, project.period.value.end
    return {
        "name": project.project_name.text,
        "department": project.department.text,
        "implementer": project.implementer.text,
        "nature": project.nature.text,
        "period": f"{first.iso}/{last.iso}",
    }


EXPECTED = {
    "name": "临河区泵站检修",
    "department": "临河区水利和湖泊局",
    "implementer": "临河区排灌泵站管理中心",
    "nature": "延续项目",
    "period": "2024-01/2024-12",
}
HEADER = """项目名称 临河区泵站检修
临河区水利 临河区排灌泵
主管部门 实施单位
和湖泊局 站管理中心
2024年1
项目属性 延续项目 项目起止时间 2024年12月
月
年度资金总额 86.5
项目资金 其中：财政
86.5
（万元） 拨款
其他资金
全年检修泵站十二座，更换老化电机与阀门，汛期前完成全部设备的试运行，保障三万亩农
年度目标
田及时排涝，巡查次数不少于十二次。
"""
FROM_THE_TOP = """项目名称 临河区泵站检修
主管部门 临河区水 实施单 临河区排灌
利和湖泊 位 泵站管理中
局 心
项目属性 延续项目 项目起 2024年1月 2024年12月
止时间
项目资金 年度资金 86.5
（万元） 总额
其他资金
年度目标 全年检修泵站十二座，更换老化电机与阀门，汛期前完成全部设备的试运行，保障三万亩农
田及时排涝，巡查次数不少于十二次。
"""
WITH_PLACES = """
   项目名称           临河区泵站检修
             临河区水利           临河区排灌泵
   主管部门              实施单位
              和湖泊局             站管理中心
                                    2024年1
   项目属性    延续项目   项目起止时间          2024年12月
                                       月

             年度资金总额         86.5
   项目资金
             其中：财政拨款       86.5
   （万元）
              其他资金
             全年检修泵站十二座，更换老化电机与阀门，汛期前完成全部设备的试运行，保障三万亩农
   年度目标
             田及时排涝，巡查次数不少于十二次。
"""
GOAL = (
    "全年检修泵站十二座，更换老化电机与阀门，汛期前完成全部设备的试运行，保障三万亩农"
    "田及时排涝，巡查次数不少于十二次。"
)


@pytest.mark.parametrize(
    ("header", "table"),
    [(HEADER, LINED), (FROM_THE_TOP, LINED), (WITH_PLACES, PLACED)],
    ids=["centred", "from the top", "with places"],
)
def test_cells_of_several_lines_go_to_their_labels(header: str, table: str) -> None:
    project = read(header, table)
    assert facts(project) == EXPECTED
    assert [goal.text.text for goal in project.goals] == [GOAL]


def test_one_piece_a_line_in_reading_order() -> None:
    project = read(HEADER.replace(" ", "\n"), LINED.replace(" ", "\n"))
    assert facts(project) == EXPECTED


def test_an_empty_row_of_money_does_not_take_the_goal() -> None:
    project = read(HEADER, LINED)
    amounts = {row.label.text: row.amount.text for row in project.funding.rows}
    assert amounts == {"年度资金总额": "86.5", "其中：财政拨款": "86.5", "其他资金": ""}


def test_a_figure_between_the_lines_of_its_labels_has_no_unit() -> None:
    """`项目资金（万元）` and `其中：财政拨款` have two lines, their figure stands between these."""
    rows = HEADER.replace(" ", "\t")
    project = read(rows, LINED.replace("质量指标 ", "质量指标\n").replace(" ", "\t"))
    assert "\n86.5\n（万元）\t拨款" in rows
    assert project.funding.fiscal.text == "86.5"


def test_cells_in_the_order_of_the_table_stay_with_the_label_before() -> None:
    """Content order: each value follows its label, whatever its lines."""
    header = HEADER.split("临河区水利 ")[0] + (
        "主管部门\n临河区水利\n和湖泊局\n实施单位 临河区排灌泵站管理中心\n"
        "项目属性 延续项目 项目起止时间 2024年1月 2024年12月\n年度资金总额 86.5\n"
    )
    assert facts(read(header, LINED)) == EXPECTED


SIDES = """项目名称 临河区泵站检修
中期目标 年度目标
三年内完成全区四十座泵站的检修，更换
全年检修泵站十二座，更换老化电机
总体目标 全部老化电机与阀门，保障十万亩农田及
与阀门，保障三万亩农田排涝。
时排涝。
"""


def test_goals_side_by_side_are_told_apart_by_their_lines() -> None:
    project = read(SIDES, LINED)
    assert {goal.scope: goal.text.text for goal in project.goals} == {
        "midterm": "三年内完成全区四十座泵站的检修，更换全部老化电机与阀门，保障十万亩农田及时排涝。",
        "annual": "全年检修泵站十二座，更换老化电机与阀门，保障三万亩农田排涝。",
    }


NESTED = """   项目名称                       临河区泵站检修
   主管部门      临河区水利和湖泊局        实施单位      临河区排灌泵站管理中心
                                      财政拨款
   项目预算      合计                                              其他资金
                         小计           当年拨款      上年结转
   （万元）
                96.5     86.5          70         16.5        10
   年度目标      全年检修泵站十二座，更换老化电机与阀门，保障三万亩农田排涝。
"""


def test_amounts_below_heads_over_heads_are_those_of_the_lowest() -> None:
    funding = read(NESTED, PLACED).funding
    assert {row.label.text: row.amount.text for row in funding.rows} == {
        "合计": "96.5",
        "财政拨款": "",
        "小计": "86.5",
        "当年拨款": "70",
        "上年结转": "16.5",
        "其他资金": "10",
    }
    assert funding.total.text == "96.5"


@pytest.mark.parametrize("between", [" ", "\t"])
@pytest.mark.parametrize("margin", ["绩效目标", "项目绩效目标", "总体目标"])
def test_a_label_beside_those_of_two_goals_is_that_of_both(margin: str, between: str) -> None:
    lines = (
        ("项目支出绩效目标表",),
        ("（2025年度）",),
        ("项目名称", "河道清理"),
        ("主管部门", "青禾县水务局", "实施单位", "青禾县河道站"),
        ("资金总额", "40"),
        ("其中：财政拨款", "40"),
        (margin, "实施期目标", "本年度目标"),
        ("三年清理河道24公里，改善沿线村庄水环境。", "清理河道8公里，惠及沿线6个村庄。"),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "清理河道长度", "≥8公里"),
        ("质量指标", "验收合格率", "≥95%"),
        ("时效指标", "按期完成率", "100%"),
        ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
    )
    project = only("\n".join(map(between.join, lines)))

    assert [(one.scope, one.text.text) for one in project.goals] == [
        ("midterm", lines[7][0]),
        ("annual", lines[7][1]),
    ]
