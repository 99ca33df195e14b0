"""Text of page images: fragments line by line, tabs that keep no columns, tall cells around their label."""

import pytest

from .work import only

ROWS = """项目支出绩效目标表
(2023年)
项目名称\t乡村道路照明设施改造
青禾县住房和
主管部门\t城乡建设局\t实施单位\t青禾县路灯管理所
2023年1
项目属性\t新增项目\t项目起止时间\t2023年12月
月
年度预算\t360
项目资金
(万元)\t其中：财政拨款\t300
其他资金\t60
全年更换节能路灯600盏，架设线路12公里，让三个乡镇的主要道路夜间都有照明，方便群
年度目标
众出行，降低能耗。
一级指标\t二级指标\t三级指标\t年度指标值
更换节能路灯\t≥600盏
数量指标
架设线路\t12公里
产出指标\t质量指标\t一次验收合格率\t100%
时效指标\t当年完工率\t≥95%
效益指标\t社会效益指\t夜间出行改善\t明显
标
满意度指\t服务对象满\t沿线居民满意度\t≥90%
标\t意度指标
-1-
"""

# In reading order the lower line of a tall cell comes behind its neighbours.
LINES = ROWS.replace(
    "城乡建设局\t实施单位\t青禾县路灯管理所", "实施单位\t青禾县路灯管理所\t城乡建设局"
).replace("\t", "\n")


def levels(found):
    return [(one.level1.value, one.level2.value, one.name.text, one.target.text) for one in found]


@pytest.mark.parametrize("text", [ROWS, LINES], ids=["rows", "lines"])
def test_labels_beside_the_middle_of_their_block(text):
    assert levels(only(text).indicators) == [
        ("产出指标", "数量指标", "更换节能路灯", "≥600盏"),
        ("产出指标", "数量指标", "架设线路", "12公里"),
        ("产出指标", "质量指标", "一次验收合格率", "100%"),
        ("产出指标", "时效指标", "当年完工率", "≥95%"),
        ("效益指标", "社会效益指标", "夜间出行改善", "明显"),
        ("满意度指标", "服务对象满意度指标", "沿线居民满意度", "≥90%"),
    ]


@pytest.mark.parametrize("text", [ROWS, LINES], ids=["rows", "lines"])
def test_tall_cells_stand_around_their_label(text):
    found = only(text)
    assert found.project_name.text == "乡村道路照明设施改造"
    assert found.department.text == "青禾县住房和城乡建设局"
    assert found.implementer.text == "青禾县路灯管理所"
    assert found.nature.text == "新增项目"
    assert (found.period.value.start.month, found.period.value.end.month) == (1, 12)
    assert found.goal.text.startswith("全年更换节能路灯")
    assert found.goal.text.endswith("降低能耗。")
    money = {row.role: row.amount.text for row in found.funding.rows}
    assert (money["total"], money["fiscal"], money["other"]) == ("360", "300", "60")


def test_a_line_in_a_table_with_empty_cells_does_not_take_it_apart():
    text = (
        "项目支出绩效目标表\n项目名称\t路面修补\t\t\n一级指标\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t修补面积\t≥800平方米\n\t\t修补路段\t6条\n页面说明\n\t质量指标\t合格率\t100%\n"
    )
    assert [row[1:3] for row in levels(only(text).indicators)] == [
        ("数量指标", "修补面积"),
        ("数量指标", "修补路段"),
        ("质量指标", "合格率"),
    ]


FUSED = """<p>项目支出绩效目标表</p><table>
<tr><td>项目名称</td><td colspan="3">河道清淤</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标
质量指标</td><td>{names}</td><td>≥6公里
100%</td></tr>
<tr><td>效益指标</td><td>社会效益指
标</td><td>受益人口</td><td>≥2万人</td></tr></table>"""


def test_names_and_targets_of_a_fused_row_are_paired_in_order():
    found = only(FUSED.format(names="清淤长度\n一次验收合格率")).indicators
    assert [(one.name.text, one.target.text) for one in found] == [
        ("清淤长度", "≥6公里"),
        ("一次验收合格率", "100%"),
        ("受益人口", "≥2万人"),
    ]


def test_names_and_targets_that_differ_in_number_are_not_paired():
    found = only(FUSED.format(names="清淤长度"))
    assert [one.name.text for one in found.indicators] == ["受益人口"]
    assert any(span.text == "清淤长度" for span in found.strays)


def test_labels_whose_lines_were_read_as_one():
    text = ROWS.replace(
        "满意度指\t服务对象满\t沿线居民满意度\t≥90%\n标\t意度指标",
        "满意度指\t标\t服务对象满\t意度指标\t沿线居民满意度\t≥90%",
    ).replace("项目起止时间", "项目起止时\t间")
    found = only(text)
    assert levels(found.indicators)[-1] == (
        "满意度指标",
        "服务对象满意度指标",
        "沿线居民满意度",
        "≥90%",
    )
    assert found.period.value.end.month == 12


@pytest.mark.parametrize("mark", ["-", "_"])
def test_a_stroke_of_the_table_before_a_label_is_none_of_its_characters(mark):
    found = only(ROWS.replace("\t质量指标\t", f"\t{mark}质量指标\t"))
    assert [one.level2.text for one in found.indicators][2] == "质量指标"
    assert levels(found.indicators) == levels(only(ROWS).indicators)
