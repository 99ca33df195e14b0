"""Pages of budget documents as `pdftotext -layout` prints them: invented forms, read like the print."""

from __future__ import annotations

from jxmb import Project, check, parse

from .work import only

SIDE = """\
          水泵维修项目绩效目标表
        资金总额：                      57.00
专项资金情
        财政拨款：                      57.00
况（万元）
        其他资金：                      0.00

        修理水泵三台，保证全市居民用水，并且更换沿河一线已经老化的水管，使得居民
项目实施期
        在夏季也能用上清洁的水。
 目标
        全年投诉比上年减少。

         一级指标    二级指标             三级指标         目标值

                经济成本指
         成本指标                     维修费用达标率        100%
                   标

                 数量指标          修理水泵数量             3 台
绩效目标指    产出指标
  标              质量指标          修理合格率            100%

                社会效益指                      =按计划开展
         效益指标                居民用水投诉次数
                   标                          100%

                服务对象满
        满意度指标               服务对象满意度指标          90%
                 意度指标




                        23
\f"""

MARGIN = """\
             水泵维修绩效目标表
                     （2026 年度）

 项目名称                         水泵维修
主管部门及代
       [101]某市水务局             实施单位              某市水务站
   码
          年度资金总额：                    118.01

             其中：财政拨款                 118.01               执行率
 项目资金
                                                           分值
 （万元）             上年结转                0.00                （10）
                  其他资金                0.00
年
度
    1.修理水泵三台，保证全市居民用水。
总
    2.更换沿河一线已经老化的水管，使得居民用上清洁的水。
体
    3.投诉比上年减少。
目
标
                                                          分值权
    一级
           二级指标           三级指标                 指标值         重
    指标
                                                          （90）
    成本
          经济成本指标    维修费用                   ≤118.01 万元    20
    指标

                    修理水泵数量                     ≥3 台        20
绩   产     数量指标
效    出             更换水管长度                     ≥300 米       20
指    指
标    标    质量指标     修理合格率                      ≥98%        20
    满意度    服务对象
                    居民满意率                      ≥95%        10
    指标    满意度指标




                         31
"""


def rows(project: Project) -> list[tuple[str, ...]]:
    return [
        (one.level1.text, one.level2.text, one.name.text, one.target.text, one.weight.text)
        for one in project.indicators
    ]


def test_a_goal_stands_between_the_lines_of_its_side_label() -> None:
    project = only(SIDE)
    (goal,) = project.goals
    assert goal.heading.text == "项目实施期目标"
    assert not project.goals[1:] and "专项资金情" not in {one.text for one in project.strays}
    assert goal.text.text == (
        "修理水泵三台，保证全市居民用水，并且更换沿河一线已经老化的水管，使得居民在夏季也能用上清洁的水。全年投诉比上年减少。"
    )


def test_the_side_label_of_the_indicators_is_no_part_of_a_name_and_the_page_number_none_either() -> (
    None
):
    assert rows(only(SIDE)) == [
        ("成本指标", "经济成本指标", "维修费用达标率", "100%", ""),
        ("产出指标", "数量指标", "修理水泵数量", "3 台", ""),
        ("产出指标", "质量指标", "修理合格率", "100%", ""),
        ("效益指标", "社会效益指标", "居民用水投诉次数", "=按计划开展100%", ""),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度指标", "90%", ""),
    ]


def test_labels_of_one_character_a_line() -> None:
    project = only(MARGIN)
    (goal,) = project.goals
    assert goal.heading.text == "年度总体目标"
    assert goal.text.text == (
        "1.修理水泵三台，保证全市居民用水。2.更换沿河一线已经老化的水管，使得居民用上清洁的水。3.投诉比上年减少。"
    )
    assert rows(project) == [
        ("成本指标", "经济成本指标", "维修费用", "≤118.01 万元", "20"),
        ("产出指标", "数量指标", "修理水泵数量", "≥3 台", "20"),
        ("产出指标", "数量指标", "更换水管长度", "≥300 米", "20"),
        ("产出指标", "质量指标", "修理合格率", "≥98%", "20"),
        ("满意度指标", "服务对象满意度指标", "居民满意率", "≥95%", "10"),
    ]


FLAT = """\
                    2026 年市级重点专项绩效目标表
  项目名称     水务专项               主管部门     某市水务局

  当年预算          109,
                    703
                       .00

  当年绩效目标   修理水泵,更换水管,保证用水。

                    指标名称                指标性质    指标值    计量单位   指标权重(%) 是否核心

         修理水泵数量                          ≥      3      台       30     是

  绩效指标   水泵完好率 (含旧水泵)                   ≥     98      %       20     是

         更换水管长度                          ≥     300     米       20     否
\f
                    指标名称                指标性质    指标值    计量单位   指标权重(%) 是否核心

  绩效指标   居民满意度                           ≥     90      %       30     否
"""


def test_a_table_without_levels_goes_on_under_heads_that_are_printed_again() -> None:
    project = only(FLAT)
    assert [(one.name.text, one.target.text, one.weight.text) for one in project.indicators] == [
        ("修理水泵数量", "≥3台", "30"),
        ("水泵完好率 (含旧水泵)", "≥98%", "20"),
        ("更换水管长度", "≥300米", "20"),
        ("居民满意度", "≥90%", "30"),
    ]
    assert [goal.text.text for goal in project.goals] == ["修理水泵,更换水管,保证用水。"]


def test_a_figure_goes_on_below_its_end() -> None:
    assert only(FLAT).funding.total.text == "109,703.00"


HEAD = """\
                       项目支出绩效目标表
                         （2026年度）
项目名称    河道保洁船更新
主管部门    某县水利局             实施单位   某县河道管理所
年度目标    更新河道保洁船，保持沿河环境整洁。
一级指标     二级指标        三级指标          指标值
"""
FOOT = """\
效益指标     社会效益指标      受益沿河村庄        ≥17个
满意度指标    服务对象满意度指标   沿河居民满意度       ≥90%
"""
ASIDE = """\
            数量指标        更新保洁船          =9艘
                            维修保洁船          =4艘
产出指标
            质量指标        河面清理覆盖率      ≥95%
                            保洁船验收合格率    =100%
            时效指标
                            漂浮物打捞响应时间  ≤24小时
"""
BETWEEN = """\
                            更新保洁船          =9艘
            质量指标
                            维修保洁船          =4艘
产出指标
                            河面清理覆盖率      ≥95%
            数量指标
                            保洁船验收合格率    =100%
            时效指标        漂浮物打捞响应时间  ≤24小时
"""


def test_a_row_as_near_to_two_labels_stands_under_neither_for_sure() -> None:
    text = HEAD + ASIDE + FOOT
    unsure = {one.name.text for one in only(text).indicators if "level2" in one.inferred}

    assert unsure == {"维修保洁船", "保洁船验收合格率"}
    assert "JX405" not in {one.code for one in check(text)}


def test_a_label_between_two_rows_stands_over_both_for_sure() -> None:
    text = HEAD + BETWEEN + FOOT
    found = only(text).indicators

    assert [one.level2.text[:2] for one in found[:5]] == ["质量", "质量", "数量", "数量", "时效"]
    assert not any("level2" in one.inferred for one in found)
    assert {"JX405", "JX406"} <= {one.code for one in check(text)}


OFFICE = """\
                        部门整体支出绩效目标表
                            （2026年度）
 部门名称                          某县园林局

         全年修剪行道树3200株，补种灌木900平方米，保持城区绿地整洁，
年度总体目标
                      市民满意度达到90%以上。

年度部门整体
支出预算（万            资金总额              基本支出        项目支出
  元）
                   240               150          90
      一级指标      二级指标      三级指标        指标值
      产出指标      数量指标      修剪行道树       ≥3200株
                          补种灌木面积      ≥900平方米
      满意度指标     服务对象满意度指标 市民满意度       ≥90%
"""


def test_the_money_of_an_office_has_its_own_head() -> None:
    (office,) = parse(OFFICE).projects
    assert office.funding.total.text == "240"
    assert office.goal.text.endswith("市民满意度达到90%以上。")


TIGHT = """\
                  项目支出绩效目标表
                      （2026年度）
项目名称    河道保洁船更新
主管部门    某县水利局          实施单位    某县河道管理所
年度资金总额  120                         年度目标    更新保洁船
                         指标
  一级指标 二级指标 三级指标名称     指标值 分值
                         性质
  产出指标 数量指标 更新保洁船数    定量 ≥9艘  20
                河面清理面积    定量 ≥42亩 20
       质量指标 保洁船合格率    定量 ≥95% 20
       时效指标 完工时间      定性 10月底前 20
  效益指标 社会效益指标 受益村庄  定量 ≥17个 10
  满意度指标 服务对象满意度指标 村民满意度 定量 ≥90% 10
"""


def test_heads_one_blank_apart_keep_their_places() -> None:
    (project,) = parse(TIGHT).projects
    rows = [(row.name.text, row.target.text) for row in project.indicators]
    assert rows[:2] == [("更新保洁船数", "≥9艘"), ("河面清理面积", "≥42亩")]
    assert rows[4:] == [("受益村庄", "≥17个"), ("村民满意度", "≥90%")]
    assert "JX115" not in {finding.code for finding in check(TIGHT)}
