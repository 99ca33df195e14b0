"""Pages with narrow columns: names, values and labels of several lines, and what text recognition makes of them."""

from __future__ import annotations

import jxmb
from jxmb.model.repairs import Kind

from .work import rows

TITLE = "                     项目支出绩效目标表\n                      （2024年度）\n"
HEAD = "  项目名称    老旧泵站更新\n  主管部门    水务局          实施单位    泵站管理所\n\n"


NARROW = (
    TITLE
    + HEAD
    + """\
  一级指标    二级指标      三级指标        指标值     权重

                          更换水泵机组
                                          ≥24台       20
                            数量
              数量指标
                          维修配电线路
                                          ≥6公里      15
                            长度
  产出指标
                          数字化改造泵
                                           100%       15
                          站验收合格率
              质量指标
                          设备完好率      ≥95%        10
              社会效益    受益农田灌溉
  效益指标                               明显提升     20
              指标        保证水平
              服务对象
  满意度指                周边农户
              满意度指                   ≥90%        10
  标                      满意度
              标
"""
)


def test_a_name_goes_on_where_its_line_had_no_room() -> None:
    assert rows(NARROW) == [
        ("产出指标", "数量指标", "更换水泵机组数量", "≥24台"),
        ("产出指标", "数量指标", "维修配电线路长度", "≥6公里"),
        ("产出指标", "质量指标", "数字化改造泵站验收合格率", "100%"),
        ("产出指标", "质量指标", "设备完好率", "≥95%"),
        ("效益指标", "社会效益指标", "受益农田灌溉保证水平", "明显提升"),
        ("满意度指标", "服务对象满意度指标", "周边农户满意度", "≥90%"),
    ]


CUT = (
    TITLE
    + HEAD
    + """\
  一级指标    二级指标      三级指标        指标值

              数量指标    更换水泵        ≥24台

              时效指标    更新完成时间    2024年10月30
                                          日前
  产出指标
              成本指标    单台机组更换    ≤180
                          及安装费用      元/千瓦·台

              质量指标    设备完好率      ≥95%

  满意度指标  服务对象    农户满意度      ≥90%
              满意度指标
"""
)


def test_a_value_goes_on_with_its_unit_and_its_end() -> None:
    assert [row[2:] for row in rows(CUT)] == [
        ("更换水泵", "≥24台"),
        ("更新完成时间", "2024年10月30日前"),
        ("单台机组更换及安装费用", "≤180元/千瓦·台"),
        ("设备完好率", "≥95%"),
        ("农户满意度", "≥90%"),
    ]


def test_the_total_of_the_middle_term_has_two_lines() -> None:
    money = """\
                中期资金
                         900       年度资金总额：     300
                总额：

  项目资金      其中：财
                         600       其中：财政拨款     200
                政拨款

                其他资金 300       其他资金           100

"""
    (project,) = jxmb.parse(CUT.replace(HEAD, HEAD + money)).projects
    assert project.funding.total.text == "300"
    assert project.funding.fiscal.text == "200"
    assert project.funding.other.text == "100"
    assert [row.scope for row in project.funding.rows] == ["midterm", "annual"] * 3


SIGNS = [
    ("更换水泵", "≥", "24", "台"),
    ("维修线路", "IV", "6", "公里"),
    ("设备完好率", "二", "95", "%"),
    ("受益农户", "≥", "300", "户"),
    ("农户满意度", "W", "90", "%"),
]
LABELS = ["数量指标", "产出指标", "质量指标", "社会效益指标", "满意度指标"]


def test_what_a_sign_was_read_as_is_no_part_of_a_name() -> None:
    lines = ["项目支出绩效目标表", "项目名称\t泵站更新", "主管部门\t水务局\t实施单位\t管理所"]
    lines.append("一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位")
    for label, row in zip(LABELS, SIGNS, strict=True):
        lines += [label, "\t".join(row)]
    found = rows("\n".join(lines))
    assert [name for _, _, name, _ in found] == [row[0] for row in SIGNS]
    assert [target for *_, target in found] == ["≥24台", "IV6公里", "二95%", "≥300户", "W90%"]


def test_a_letter_before_a_figure_is_its_sign() -> None:
    lines = ["项目支出绩效目标表", "项目名称\t泵站更新", "主管部门\t水务局\t实施单位\t管理所"]
    lines += ["一级指标\t二级指标\t三级指标\t指标值", "数量指标\t更换水泵\t≥24台"]
    lines += ["产出指标\t质量指标\t设备完好率\tA\t95%", "满意度指\t农户满意度\tA\t90%", "标"]
    assert [row[2:] for row in rows("\n".join(lines))] == [
        ("更换水泵", "≥24台"),
        ("设备完好率", "A 95%"),
        ("农户满意度", "A 90%"),
    ]


BARE = """\
项目支出绩效目标表
（2024年度）
| 项目名称 |     | 老旧泵站更新 |     |     |
| ---- | --- | ------ | --- | --- |
| 主管部门 |     | 水务局 | 实施单位 | 泵站管理所 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |     |
| ---- | ---- | ---- | --- | --- |
更换大型排涝
|     |     |     | ≥24台 |     |
| --- | --- | --- | ---- | --- |
水泵
|     | 数量指标 | 新建自动监测 |     |     |
| --- | ---- | ------ | --- | --- |
|     |     |     | ≥4万处 |     |
站点
产出指标
巡查管护队员
|     |     |     | ≥46万人次 |     |
| --- | --- | --- | ------ | --- |
人次
|     | 质量指标 | 设备完好率 | ≥95% |     |
| --- | ---- | ----- | ---- | --- |
满意度指标
|     | 满意度指标 | 农户满意度 | ≥90% |     |
| --- | ----- | ----- | ---- | --- |
"""


def test_a_bare_line_is_no_part_of_a_whole_value() -> None:
    assert [row[2:] for row in rows(BARE)] == [
        ("更换大型排涝水泵", "≥24台"),
        ("新建自动监测站点", "≥4万处"),
        ("巡查管护队员人次", "≥46万人次"),
        ("设备完好率", "≥95%"),
        ("农户满意度", "≥90%"),
    ]


PROSE = """\
项目支出绩效目标表
项目名称
老旧泵站更新
主管部门
水务局
实施单位
泵站管理所
年度目标
更换水泵24台，提高排涝能力，保障农田安全度汛。
一级指标
二级指标
三级指标
指标值
产出指标
数量指标
更换水泵
≥24台
质量指标
设备完好率
≥95%
运行管理制度健全，巡查记录完整规范
达到管理要求
效益指标
社会效益指标
促进农业生产稳定，保障群众生活安全
内涝损失明显减少，排涝能力进一步提高
满意度指标
服务对象满意度指标
农户满意度
≥90%
"""


def test_prose_among_the_rows_is_a_name_and_a_target() -> None:
    found = rows(PROSE)
    assert [row[2:] for row in found] == [
        ("更换水泵", "≥24台"),
        ("设备完好率", "≥95%"),
        ("运行管理制度健全，巡查记录完整规范", "达到管理要求"),
        ("促进农业生产稳定，保障群众生活安全", "内涝损失明显减少，排涝能力进一步提高"),
        ("农户满意度", "≥90%"),
    ]
    (project,) = jxmb.parse(PROSE).projects
    assert not any(one.kind is Kind.STRAY for one in project.repairs)


def test_the_margin_label_begins_a_head() -> None:
    head = "主管部门 项目单位 项目名称 年度目标 一级指标 二级指标 三级指标 绩效指标 性质 绩效指标 值 权重"
    first = "水务局 管理所 泵站更新 排涝能力提高。 产出指标 数量指标 更换水泵 ≥ 24 40"
    rest = ["质量指标", "设备完好率", "≥", "95", "30", "满意度指标", "服务对象满意度指标"]
    lines = [*head.split(), *first.split(), *rest, "农户满意度", "≥", "90", "20"]
    found = rows("2024年部门预算项目支出绩效目标表\n" + "\n".join(lines))
    assert [row[2:] for row in found] == [
        ("更换水泵", "≥24"),
        ("设备完好率", "≥95"),
        ("农户满意度", "≥90"),
    ]


def test_a_few_letters_below_two_offices_end_the_one_that_is_not_whole() -> None:
    text = """\
项目支出绩效目标表
（2024年度）
项目名称 老旧泵站更新
主管部门 云溪区水务 实施单位 云溪区泵站管理中心
局
项目属性 新增项目 项目起止时间 2024-01-01 2024-12-31
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 更换水泵 ≥24台
质量指标 设备完好率 ≥95%
满意度指标 服务对象满意度指标 农户满意度 ≥90%
"""
    (project,) = jxmb.parse(text).projects
    assert project.department.text == "云溪区水务局"
    assert project.implementer.text == "云溪区泵站管理中心"
