"""Text of a page in blocks, as `pdftotext` prints it: cells apart by empty lines, labels away from their rows."""

from __future__ import annotations

import jxmb

from .work import only

GOAL = "全年抢修供水管网漏点40处，更换老旧阀门12座，保障\n城区居民用水。"
HEAD = f"""供水管网维护项目绩效目标表
供水管网维护

项目名称

主管部门

青石县水利局

专项资金情况（
万元）

年度目标

绩效目标指标

青石县水利局管网
维护中心

实施单位

资金总额

36.50

财政拨款

36.50

其他资金

0.00

{GOAL}
一级指
标

二级指标

三级指标

指标值

成本指
标

经济成本指标

管网维护总支出

≤36.5万元

数量指标

抢修漏点数量

≥40处

质量指标

阀门更换合格率

≥98%
"""
AWAY = """
社会效益指标

停水投诉次数

≤6次

服务对象满意
度指标

用水居民满意度

≥90%

产出指
标

效益指
标
满意度
指标
备注
"""


def errors(text: str) -> set[str]:
    """The codes of the errors on a text."""
    return {one.code for one in jxmb.check(text) if one.severity == "error"}


def test_level1_labels_printed_behind_the_table_stand_over_their_rows() -> None:
    project = only(HEAD + AWAY)
    levels = [(one.level1.text, one.level2.value) for one in project.indicators]
    assert [one.split("指")[0] for one, _ in levels] == ["成本", *["产出"] * 2, "效益", "满意度"]
    assert not errors(HEAD + AWAY)


def test_a_level1_that_stands_over_its_row_is_judged_as_printed() -> None:
    wrong = HEAD + AWAY.replace("产出指\n标\n", "").replace("社会效益", "效益指\n标\n\n数量")
    assert "JX403" in errors(wrong)


def test_the_goal_behind_the_figures_belongs_to_the_label_among_others() -> None:
    project = only(HEAD + AWAY)
    assert project.goal.text == GOAL.replace("\n", "")
    assert project.project_name.text == "供水管网维护"
    assert project.department.text == "青石县水利局"
    assert project.implementer.text == "青石县水利局管网维护中心"


def test_a_label_without_rows_is_no_missing_dimension() -> None:
    cut = AWAY.replace("社会效益指标\n\n", "").replace(
        "效益指\n标\n", "社会效益指标\n\n效益指\n标\n"
    )
    assert "JX212" not in errors(HEAD + cut)
    assert "JX212" in errors(HEAD + cut.replace("社会效益指标\n\n效益指\n标\n", ""))


def paged(first: int) -> str:
    """Four pages with figures alone on their lines, the last one before the target of the last row."""
    pages = [f"供水情况说明\n\n{first + at}\n\n" for at in range(3)]
    form = (HEAD + AWAY).replace("≥90%", f"{first + 3}\n\n≥90%")
    return "\f".join((*pages, form))


def test_a_figure_that_numbers_the_page_is_no_value() -> None:
    assert only(paged(21)).indicators[-1].target.text == "≥90%"


def test_a_table_of_which_no_row_was_read_is_not_judged() -> None:
    text = """青石县水利局2026年项目支出绩效目标表
部门名称：青石县水利局
项目名称（资金使用单位）

合计：

82.40

61.90

20.50

17.00

财政拨款

其他资金

绩效目标

绩效指标

82.40

1、产出指标，数量指标，抢修漏点数；年度指标值：≥40处
保障城区居民用水，减少漏损。 2、效益指标，社会效益，停水投诉；年度指标值：≤6次
"""
    assert only(text).damage == 1.0
    assert errors(text) <= {"JX115"}
    assert "JX115" in {one.code for one in jxmb.check(text)}


RAW = """项目名称
供水管网维护与漏点抢修及阀门更换补助经费配
套
主管部门 青石县水利局 实施单位
青石县水
利局
专项资金
情况（万
元）
资金总额 36.50
财政拨款 36.50
其他资金 0.00
年度目标
全年抢修供水管网漏点40处，更换老旧阀门12座，保障城区居民
用水。
绩效目标
指标
一级指标 二级指标 三级指标 指标值
"""


def test_a_piece_of_a_label_is_no_amount() -> None:
    rows = "成本指标 经济成本指标 管网维护总支出 ≤36.5万元\n产出指标 数量指标 抢修漏点数量 ≥40处\n"
    assert "JX606" not in errors(f"供水管网维护项目绩效目标表\n{RAW}{rows}")
