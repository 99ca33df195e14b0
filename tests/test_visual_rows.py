"""Tables whose rows are visual lines of a page, and tables whose columns are none."""

from __future__ import annotations

import pytest

from jxmb import structure, tables
from jxmb.forms import split
from jxmb.model import Project
from jxmb.repair import split_columns
from jxmb.source import Source, Span

from .work import only

BARS = """\
河道清淤项目支出绩效目标表
（2023年度）
| 项目名称 |     | 城东河道清淤与护岸加固 |     |     |     |
| ---- | --- | ----------- | --- | --- | --- |
山前县河道
| 主管部门 |     | 山前县水利局 | 实施单位 |     |     |
| ---- | --- | ------ | ---- | --- | --- |
管理所
| 项目属性 |     | 新增项目 | 项目起止时间 |     | 2023.1.1-2023.12.31 |
| ---- | --- | ---- | ------ | --- | ------------------- |
|      |     | 年度预算 |        |     | 96.5                |
项目资金
|     |     | 其中：财政拨款 |     |     | 90  |
| --- | --- | ------- | --- | --- | --- |
（万元）
6.5
|     |     | 其他资金 |     |     |     |
| --- | --- | ---- | --- | --- | --- |
清理城东河道淤积，加固两岸护坡，提高行洪能力，
年度目标
沿岸居民安全过汛。
| 一级指标 | 二级指标 |     | 三级指标 |     | 指标值 |
| ---- | ---- | --- | ---- | --- | --- |
|      |      | 清淤河道长度 |     |     | ≥3.2公里 |
数量指标
|     |     | 加固护坡面积 |     |     | ≥4800平方米 |
| --- | --- | ------ | --- | --- | ---------- |
产出指标
|     | 质量指标 | 工程验收合格率 |     |     | 100% |
| --- | ---- | ------- | --- | --- | ---- |
|     | 时效指标 | 主汛期前完工率 |     |     | ≥95% |
社会效益指
|      |     | 防洪受益人口 |     |     | ≥1.8万人 |
| ---- | --- | ------ | --- | --- | ------ |
| 效益指标 | 标   |        |     |     |        |
| 满意度指 | 服务对象满 |     |     |     |      |
|      |     | 沿岸居民满意度 |     |     | ≥90% |
标 意度指标
— 1 —
"""
INDICATORS = [
    ("产出指标", "数量指标", "清淤河道长度", "≥3.2公里"),
    ("产出指标", "数量指标", "加固护坡面积", "≥4800平方米"),
    ("产出指标", "质量指标", "工程验收合格率", "100%"),
    ("产出指标", "时效指标", "主汛期前完工率", "≥95%"),
    ("效益指标", "社会效益指标", "防洪受益人口", "≥1.8万人"),
    ("满意度指标", "服务对象满意度指标", "沿岸居民满意度", "≥90%"),
]
TABS = """\
		河道清淤项目支出绩效目标表
		（2023 年度）
项目名称		城东河道清淤与护岸加固
主管部门	山前县水利局	实施单位山前县河道管理所
项目属性	新增项目	项目起止时间2023.1.1-2023.12.31
	年度预算	96.5
项目资金		
	其中：财政拨款	90
（万元）		
	其他资金	6.5
一级指标	二级指标三级指标	指标值
	清淤河道长度	≥3.2 公里
	数量指标	
	加固护坡面积	≥4800 平方米
产出指标		
	质量指标工程验收合格率	100%
	时效指标主汛期前完工率	≥95%
	社会效益指	
效益指标	防洪受益人口	≥1.8 万人
	标	
满意度指	服务对象满	
	沿岸居民满意度	≥90%
标	意度指标	
"""
CUT = """\
# 河道清淤项目支出绩效目标表

（2023 年度）

|项|目名称||城东河道清淤|与护岸加固||
|---|---|---|---|---|---|
|主|管部门||山前县水利局|实施单位<br>山前县河|道管理所|
|项|目属性||新增项目|2023年1<br>项目起止时间<br>月|2023年12月|
||||年度预算|96|.5|
|项<br>（|目资金<br>万元）||其中：财政<br>拨款|90||
||||其他资金|6|.5|
|年<br>|度目标||清理城东河道淤积，加固两岸<br>沿岸居民安全|护坡，提高行洪能力，<br>过汛。||
||一级指标|二级指标<br>三级指标||指标值||
|绩<br>效||清淤河道长度||≥3.2公里||
||产出指标|数量指标<br>加固护坡面积||≥4800平方米||
|指||质量指标<br>工程验收合格率||100%||
|标||时效指标<br>主汛期前完工率||≥95%||
||效益指标|社会效益指<br>标<br>防洪受益人口||≥1.8万人||
||满意度指<br>标|服务对象满<br>意度指标<br>沿岸居民满意度||≥90%||
"""


def rows(project: Project) -> list[tuple[str, str, str, str]]:
    """Levels, name and target of each indicator."""
    return [
        (one.level1.text, one.level2.text, one.name.text, one.target.text.replace(" ", ""))
        for one in project.indicators
    ]


@pytest.mark.parametrize("text", [BARS, TABS, CUT], ids=["bars", "tabs", "cut"])
def test_the_indicators_are_whole(text: str) -> None:
    assert rows(only(text)) == INDICATORS


@pytest.mark.parametrize("text", [BARS, TABS, CUT], ids=["bars", "tabs", "cut"])
def test_values_stand_beside_their_labels(text: str) -> None:
    project = only(text)
    assert project.title.text.removeprefix("# ") == "河道清淤项目支出绩效目标表"
    assert project.project_name.text == "城东河道清淤与护岸加固"
    assert project.department.text == "山前县水利局"
    assert project.implementer.text == "山前县河道管理所"
    assert project.nature.text == "新增项目"
    amounts = [row.amount.value.number for row in project.funding.rows if row.amount.value]
    assert [str(amount) for amount in amounts] == ["96.5", "90", "6.5"]


@pytest.mark.parametrize("text", [BARS, CUT], ids=["bars", "cut"])
def test_the_goal_is_read_line_by_line(text: str) -> None:
    goal = only(text).goals[0].text.text
    assert goal == "清理城东河道淤积，加固两岸护坡，提高行洪能力，沿岸居民安全过汛。"


@pytest.mark.parametrize("text", [BARS, TABS, CUT], ids=["bars", "tabs", "cut"])
def test_every_reading_says_what_stands_there(text: str) -> None:
    project = only(text)
    readings = [project.project_name, project.department, project.implementer]
    readings += [one for row in project.indicators for one in (row.level2, row.name, row.target)]
    for reading in readings:
        printed = "".join("".join(span.text for span in reading.spans).split())
        assert "".join(reading.text.split()) in printed.replace("<br>", "")


def test_a_line_wrapped_over_and_under_its_label_is_one_value() -> None:
    text = BARS.replace("山前县河道\n| 主管部门", "山前县城乡\n| 主管部门")
    text = text.replace("\n管理所\n", "\n设管理所\n")
    text = text.replace("实施单位 |     |     |", "实施单位 | 河道工程建 |     |")
    assert only(text).implementer.text == "山前县城乡河道工程建设管理所"


def test_a_head_on_a_bare_line_stands_where_its_texts_are() -> None:
    lines: list[str] = []
    for line in BARS.splitlines():
        heads = line.startswith("| 一级指标")
        if heads:
            lines.append("分值（90")
        weight = " 15 |" if "≥" in line or "100%" in line else "   |"
        lines.append(line + weight if line.startswith("| ") and "---" not in line else line)
        if heads:
            lines.append("分）")
    project = only("\n".join(lines))
    assert rows(project) == INDICATORS
    assert [one.weight.text for one in project.indicators] == ["15"] * len(INDICATORS)


def test_the_foot_of_a_page_is_no_indicator() -> None:
    text = BARS.replace("— 1 —", "主办：山前县水利局　网站标识码：00000000")
    assert rows(only(text)) == INDICATORS


def test_columns_change_from_page_to_page() -> None:
    head, tail = BARS.split("社会效益指\n")
    text = (
        head
        + "\n"
        + tail.replace("| 效益指标 | 标   |        |     |     |        |", "| 效益指标 | |")
    )
    text = text.replace(
        "|      |     | 防洪受益人口 |     |     | ≥1.8万人 |", "| 防洪受益人口 | ≥1.8万人 |"
    )
    found = rows(only(text))
    assert [row[2:] for row in found] == [row[2:] for row in INDICATORS]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(
            line for line in BARS.splitlines() if line.startswith("| ") and "---" not in line
        ),
        TABS.replace("实施单位", "实施单位\t")
        .replace("项目起止时间", "项目起止时间\t")
        .split("一级指标")[0],
        "",
    ],
)
def test_tables_in_order_are_left_alone(text: str) -> None:
    for form in split.split(tables.read(Source(text))):
        assert isinstance(form, Span) or not structure.are_visual_rows(form.rows)


def test_cells_that_wrap_in_a_table_in_order_are_not_cut() -> None:
    text = (
        "|项目名称|城东河道<br>清淤||\n|---|---|---|\n|主管部门|山前县<br>水利局|实施单位|\n"
        "|年度目标|清理河道，<br>加固护坡。||\n|一级指标|二级指标|三级指标|指标值|\n"
        "|产出指标|数量<br>指标|清淤长度|≥3公里|\n"
    )
    for form in split.split(tables.read(Source(text))):
        assert isinstance(form, Span) or not split_columns.repaired(form.rows).centred


def test_two_goals_side_by_side() -> None:
    goal = "清理城东河道淤积，加固两岸护坡，提高行洪能力，\n年度目标\n沿岸居民安全过汛。\n"
    rule = "| --- | --- | --- | --- | --- | --- |\n"
    both = (
        f"|  |  | 中期目标 |  |  | 年度目标 |\n{rule}"
        "|  | 三年内治理全部城区河道， |  |  | 清理城东河道淤积， |  |\n总体目标\n"
        f"|  | 基本消除内涝。 |  |  | 加固两岸护坡。 |  |\n{rule}"
    )
    goals = {one.scope: one.text.text for one in only(BARS.replace(goal, both)).goals}
    assert goals["midterm"] == "三年内治理全部城区河道，基本消除内涝。"
    assert goals["annual"] == "清理城东河道淤积，加固两岸护坡。"


def test_names_and_values_joined_as_their_heads_are() -> None:
    head, table = TABS.split("一级指标\t", 1)
    names = ("清淤河道长度", "加固护坡面积", "工程验收合格率", "主汛期前完工率", "防洪受益人口")
    joined = table.replace("三级指标\t指标值", "三级指标指标值").replace(
        "居民满意度\t", "居民满意度"
    )
    for name in names:
        joined = joined.replace(f"{name}\t", name)

    assert rows(only(f"{head}一级指标\t{joined}")) == INDICATORS


def test_weights_behind_joined_values() -> None:
    head, table = TABS.split("一级指标\t", 1)
    lines = table.replace("三级指标\t指标值", "三级指标指标值权重").splitlines()
    joined = [
        line.replace("\t≥", "≥").replace("率\t", "率").replace(" ", "")
        + "10" * any(map(str.isdigit, line))
        for line in lines
    ]
    project = only(f"{head}一级指标\t" + "\n".join(joined) + "\n")

    assert rows(project) == INDICATORS
    assert [one.weight.text for one in project.indicators] == ["10"] * len(INDICATORS)


def test_merged_cells_printed_in_every_column_are_not_cut() -> None:
    text = (
        "|项目名称|河道清淤|河道清淤|河道清淤|河道清淤|\n|---|---|---|---|---|\n"
        "|主管部门|山前县水利局|山前县水利局|实施单位|山前县河道所|\n"
        "|年度<br>预算|资金总额|资金总额|资金总额|96|\n"
        "|年度目标|清理河道，加固护坡。|清理河道，加固护坡。|清理河道，加固护坡。|清理河道，加固护坡。|\n"
        "|支出项目<br>年度绩效指标|一级指标|二级指标|三级指标|指标值|\n"
        "|支出项目<br>年度绩效指标|产出指标|数量指标|清淤长度|≥3公里|\n"
        "|支出项目<br>年度绩效指标|产出指标|质量指标|验收合格率|100%|\n"
    )
    project = only(text)
    assert project.project_name.text == "河道清淤"
    assert project.department.text == "山前县水利局"
    assert project.goals[0].text.text == "清理河道，加固护坡。"
    assert [row[2:] for row in rows(project)] == [("清淤长度", "≥3公里"), ("验收合格率", "100%")]
