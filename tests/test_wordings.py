"""One row put into a sound form, in wordings near the edge of what a rule says: what it must find, and what not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import jxmb

LEVELS = {
    "数量": "产出指标",
    "质量": "产出指标",
    "时效": "产出指标",
    "成本": "产出指标",
    "经济效益": "效益指标",
    "社会效益": "效益指标",
    "生态效益": "效益指标",
    "可持续影响": "效益指标",
    "服务对象满意度": "满意度指标",
}
ROWS = (
    ("数量", "疏浚村级沟渠长度", "≥26公里"),
    ("质量", "沟渠断面验收合格率", "≥98%"),
    ("时效", "疏浚完工时间", "2026年10月31日前"),
    ("成本", "每公里疏浚费用", "≤2.4万元"),
    ("社会效益", "受益农户数", "≥1800户"),
    ("生态效益", "沟渠水质达标率", "≥85%"),
    ("可持续影响", "管护协议年限", "≥3年"),
    ("服务对象满意度", "沿线农户满意度", "≥90%"),
)
HEAD = """项目支出绩效目标表
（2026年度）
项目名称\t村级沟渠疏浚
主管部门\t澄湾县水利局\t实施单位\t澄湾县河道管理站
项目属性\t延续项目\t起止时间\t2025-01-01至2027-12-31
项目资金（万元）\t年度资金总额\t72
\t其中：财政拨款\t72
\t其他资金\t0
年度目标\t{goal}
一级指标\t二级指标\t三级指标\t指标值
"""
GOAL = "疏浚村级沟渠26公里，改善1800户农户的灌溉和排水条件，沟渠水质达标率达到85%。"
Row = tuple[str, str, str]


def form(*added: Row, goal: str = GOAL) -> str:
    """The sound form, with rows put behind the others of their 二级指标."""
    lines = []
    for level2, level1 in LEVELS.items():
        rows: Sequence[Row] = [one for one in (*ROWS, *added) if one[0] == level2]
        lines += [f"{level1}\t{level2}指标\t{name}\t{value}" for _, name, value in rows]
    return HEAD.format(goal=goal) + "\n".join(lines) + "\n"


def codes(text: str) -> set[str]:
    return {one.code for one in jxmb.check(text)}


def test_the_form_itself_is_sound() -> None:
    assert [one.code for one in jxmb.check(form()) if one.severity != "info"] == []


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("JX405", ("质量", "发放护河宣传折页", "≥2万份")),
        ("JX301", ("数量", "巡查渠首", "》《24次")),
        ("JX301", ("数量", "巡查渠首", "≤》24次")),
        ("JX314", ("时效", "上报水情时限", "3日、5日")),
        ("JX405", ("质量", "安装节制闸", "≥1200只")),
        ("JX405", ("质量", "更换水位标牌", "≥36块")),
        ("JX502", ("社会效益", "安全生产事故起数", "≥2起")),
        ("JX502", ("质量", "巡渠记录遗失数", "≥3件")),
        ("JX411", ("时效", "国庆节前", "完成护栏安装")),
        ("JX416", ("数量", "补助资金使用额", "40万元")),
        ("JX502", ("社会效益", "受益渔民人数", "≤900人")),
        ("JX507", ("时效", "清障物资调运", "快速")),
        ("JX507", ("质量", "水情预报", "及时准确")),
        ("JX518", ("质量", "完好率", "≥95%")),
        ("JX515", ("数量", "增殖放养鸭苗", "≥60.5只")),
        ("JX518", ("成本", "单价", "≤24000元")),
        ("JX411", ("时效", "2026年9月底前", "完成护坡修整")),
        ("JX411", ("时效", "10月末前", "清障完毕")),
        ("JX501", ("质量", "管护员结业率", "≥105%")),
        ("JX510", ("经济效益", "无", "无")),
        ("JX514", ("社会效益", "灌溉面积增长比例", "≥6%")),
        ("JX514", ("社会效益", "排涝投诉下降率", "≥15%")),
        ("JX514", ("社会效益", "节水灌溉占比提升", "≥5%")),
        ("JX505", ("质量", "水质数据有效率", "明显提升")),
        ("JX505", ("社会效益", "用水纠纷调解成功率", "较高")),
        ("JX310", ("社会效益", "用水纠纷调解成功率", "≥75")),
        ("JX417", ("质量", "专项经费使用合规率", "=100%")),
        ("JX519", ("数量", "扫描渠系图纸260万页", "≥260万页")),
        ("JX526", ("时效", "2026年6月30日前", "完成清障")),
        ("JX526", ("数量", "≥260万页", "完成")),
        ("JX529", ("数量", "1、设置标牌数2、清运淤泥量", "1、60块2、900吨")),
    ],
)
def test_a_mistake_is_found(code: str, row: Row) -> None:
    assert code in codes(form(row))


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("JX405", ("质量", "获奖示范渠段", "≥2条")),
        ("JX301", ("数量", "编印手册", "《节水》《24小时值守》2种")),
        ("JX309", ("社会效益", "万人护渠员比", "≥3.2")),
        ("JX314", ("时效", "上报水情旬报", "逢旬1日、11日、21日")),
        ("JX405", ("质量", "施工受伤人数", "≤1人")),
        ("JX408", ("服务对象满意度", "参训护渠员", "≥90%")),
        ("JX405", ("质量", "技能竞赛获前三名项次", "≥2项次")),
        ("JX409", ("时效", "报修当场受理率", "≥95%")),
        ("JX502", ("质量", "灭螺后钉螺死亡率", "≥80%")),
        ("JX502", ("数量", "预防溺亡事故宣讲次数", "≥8次")),
        ("JX502", ("成本", "受益渔民补助费用", "≤900元/人")),
        ("JX507", ("质量", "闸门运行", "安全运行300天")),
        ("JX509", ("质量", "灭螺药品质量", "符合药典规定")),
        ("JX516", ("质量", "水位误报次数", "0次")),
        ("JX408", ("服务对象满意度", "参训教师", "≥90%")),
        ("JX408", ("服务对象满意度", "沿岸商户", "≥88%")),
        ("JX510", ("社会效益", "溺水事故", "无")),
        ("JX514", ("社会效益", "灌溉面积较上年增长比例", "≥6%")),
        ("JX514", ("社会效益", "灌溉面积增长率", "≥6%")),
        ("JX516", ("社会效益", "沟渠险情", "=0起")),
        ("JX516", ("社会效益", "水源性疫情", "0起")),
        ("JX310", ("质量", "泵站电机功率", "≥75")),
        ("JX519", ("数量", "每4000页图纸抽查", "≥4000页")),
        ("JX526", ("时效", "2026年度清障完成时间", "2026年9月30日前")),
        ("JX529", ("数量", "清运淤泥及标牌数", "900吨")),
        ("JX309", ("数量", "扫描渠系图纸", "≥26万页")),
    ],
)
def test_what_is_right_is_not_found(code: str, row: Row) -> None:
    assert code not in codes(form(row))


def test_a_project_and_its_own_evaluation_are_not_filed_twice() -> None:
    evaluated = form().replace("项目支出绩效目标表", "项目支出绩效自评表")
    assert "JX901" not in codes(form() + "\n" + evaluated)
    assert "JX901" in codes(form() + "\n" + form())
    assert "JX901" in codes(evaluated + "\n" + evaluated)


def test_a_code_is_no_other_name_of_a_department() -> None:
    coded = form().replace("主管部门\t澄湾县水利局", "主管部门及代码\t[317]澄湾县水利局")
    assert "JX904" not in codes(form() + "\n" + coded.replace("村级沟渠疏浚", "蓄水池清淤"))
    other = form().replace("澄湾县水利局", "水利局").replace("村级沟渠疏浚", "蓄水池清淤")
    assert "JX904" in codes(form() + "\n" + other)


def test_a_range_of_years_says_the_word_once() -> None:
    said = form().replace("2025-01-01至2027-12-31", "2025—2027年")
    assert "JX626" not in codes(said)
    assert "JX626" in codes(said.replace("2025—2027年", "2025-01至2027年12月"))


def test_departments_of_two_levels_are_both_kept() -> None:
    two = form().replace("主管部门\t", "中央主管部门\t水利主管部\n省级主管部门\t")
    (project,) = jxmb.parse(two).projects
    assert project.department.text == "水利主管部"
    assert {label: one.text for label, one in project.fields.items()} == {
        "省级主管部门": "澄湾县水利局"
    }
    assert "JX105" not in codes(two)


def test_the_money_of_all_years_is_no_budget() -> None:
    for said in ("项目四年总经费210万元", "项目实施期总经费210万元"):
        assert "JX612" not in codes(form(goal=f"{GOAL}{said}。"))
    assert "JX612" in codes(form(goal=f"{GOAL}项目总经费82万元。"))


def test_a_blank_line_of_the_year_is_template_text() -> None:
    blank = HEAD.format(goal="").replace("2026", "    ").replace("村级沟渠疏浚", "")
    for said in ("澄湾县河道管理站", "延续项目", "2025-01-01至2027-12-31"):
        blank = blank.replace(said, "")
    blank = blank.replace("\t72", "\t").replace("其他资金\t0", "其他资金\t")
    rows = "".join(f"{one}\t{two}指标\t\t\n" for two, one in LEVELS.items())

    assert codes(blank + rows) == {"JX002", "JX011"}


@pytest.mark.parametrize("shown", ["**护坡修整面积**", "&lt;b&gt;护坡修整面积&lt;/b&gt;"])
def test_residue_in_html_is_what_it_shows(shown: str) -> None:
    lines = form(("数量", "护坡修整面积", "≥900平方米")).splitlines()
    cells = ("".join(f"<td>{one}</td>" for one in line.split("\t")) for line in lines[2:])
    text = f"<p>{lines[0]}</p><p>{lines[1]}</p><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    assert "JX104" not in codes(text)
    assert "JX104" in codes(text.replace("护坡修整面积", shown))
