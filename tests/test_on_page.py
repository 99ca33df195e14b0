"""Visual texts: pages printed from top to bottom, whose cells have their lines centred on the row."""

from __future__ import annotations

import pytest

import jxmb
from jxmb.structure import fragments
from jxmb.structure.table import decoding, row_shapes

from .work import rows

HEAD = "项目支出绩效目标表\n（2024年度）\n项目名称 河道清淤\n主管部门 水务局 实施单位 河道管理所\n"


WRAPPED = [
    ("产出指标", "数量指标", "清淤河道总长度及两岸护坡修整里程", "≥12公里"),
    ("产出指标", "数量指标", "外运淤泥", "≥5万方"),
    ("产出指标", "质量指标", "断面达标率", "≥95%"),
    ("满意度指标", "服务对象满意度指标", "沿河居民满意度", "≥90%"),
]


@pytest.mark.parametrize(
    "lines",
    [
        ["清淤河道总长度及两", "≥12公里", "岸护坡修整里程"],  # exactly between the lines
        ["清淤河道总长度及两", "岸护坡修整里程 ≥12公里"],  # printed with the lower one
        ["清淤河道总长度及两 ≥12公里", "岸护坡修整里程"],  # or with the upper one
    ],
)
def test_a_wrapped_name_has_its_target_beside_the_middle(lines: list[str]) -> None:
    text = "\n".join(
        [
            HEAD + "一级指标 二级指标 三级指标 指标值",
            *lines,
            "数量指标",
            "外运淤泥 ≥5万方",
            "产出指标",
            "质量指标 断面达标率 ≥95%",
            "满意度指标 服务对象满意度指标 沿河居民满意度 ≥90%",
        ]
    )
    assert rows(text) == WRAPPED


def test_fragments_of_a_page_one_a_line() -> None:
    text = HEAD.replace(" ", "\n") + "\n".join(
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "分值",
            "清淤河道总长度及两",
            "≥12公里",
            "岸护坡修整里程",
            "8",  # a small cell printed a bit too low
            "数量指标",
            "外运淤泥",
            "≥5万方",
            "7",
            "产出指标",
            "质量指标",
            "断面达标率",
            "≥95%",
            "9",
            "满意度指标",
            "服务对象满意度指标",
            "沿河居民满意度",
            "≥90%",
            "6",
        ]
    )
    assert rows(text) == WRAPPED
    (project,) = jxmb.parse(text).projects
    assert [one.weight.text for one in project.indicators] == ["8", "7", "9", "6"]


def test_a_page_read_askew_has_the_right_columns_first() -> None:
    body = ["12公里", "清淤长度", "5万方", "数量指标", "外运淤泥", "产出指标", "3处", "新建泵站"]
    body += [
        "95%",
        "质量指标",
        "断面达标率",
        "90%",
        "满意度指标",
        "服务对象满意度指标",
        "居民满意度",
    ]
    text = HEAD.replace(" ", "\n") + "一级指标\n二级指标\n三级指标\n指标值\n" + "\n".join(body)
    assert [row[2:] for row in rows(text)] == [
        ("清淤长度", "12公里"),
        ("外运淤泥", "5万方"),
        ("新建泵站", "3处"),
        ("断面达标率", "95%"),
        ("居民满意度", "90%"),
    ]


def test_a_long_table_read_askew_leaves_no_row_by_halves() -> None:
    names = [
        "清淤长度",
        "外运淤泥",
        "新建泵站",
        "护坡面积",
        "栽植树木",
        "断面达标率",
        "巡查次数",
        "工程验收合格率",
    ]
    values = ["≥12公里", "≥5万方", "≥3处", "≥800平方米", "≥200棵", "≥95%", "≥6次", "100%"]
    body = [word for name, value in zip(names, values, strict=True) for word in (value, name)]
    body[5:5] = ["数量指标"]
    body[11:11] = ["质量指标", "产出指标"]
    text = HEAD.replace(" ", "\n") + "三级指标\n指标值\n一级指标\n二级指标\n" + "\n".join(body)
    assert [row[2:] for row in rows(text)] == list(zip(names, values, strict=True))


LAYOUT = """\
                 项目支出绩效目标表
                     （2024年度）
  项目名称    河道清淤
  主管部门    水务局          实施单位    河道管理所

  一级指标      二级指标         三级指标            指标值

                             清淤长度            ≥12公里
              数量指标
                             外运淤泥            ≥5万方
  产出指标
                             新建泵站            ≥3处
              质量指标       断面达标率          ≥95%
"""
BEHIND = """\
 效益指标    社会效益指标   受益群众        ≥3万人
 满意度指标  服务对象       沿河居民满意度  ≥90%
             满意度指标
"""


def test_a_page_that_begins_further_left_goes_on_with_the_table() -> None:
    found = rows(LAYOUT + "\f" + BEHIND)
    assert [row[2:] for row in found[-2:]] == [("受益群众", "≥3万人"), ("沿河居民满意度", "≥90%")]
    assert found[-1][:2] == ("满意度指标", "服务对象满意度指标")


MANY = """\
                         2024年部门预算项目支出绩效目标表
 主管部门   项目名称    预算金额   年度目标          一级指标    二级指标    三级指标      指标值    权重

                                                            数量指标   清淤长度      ≥12公里   40
 水务局     河道清淤    120        河道行洪安全得    产出指标
                                   到保障。                 质量指标   断面达标率    ≥95%      30
                                                 满意度指标  满意度指标  居民满意度    ≥90%      20

                                                            数量指标   修理水泵      ≥3台      50
 水务局     水泵维修    45         水泵可用。        产出指标
                                                            质量指标   修理合格率    100%      30
                                                 满意度指标  满意度指标  农户满意度    ≥85%      10
"""


def test_projects_in_columns_are_told_by_the_tree_of_levels() -> None:
    one, two = jxmb.parse(MANY).projects
    assert (one.project_name.text, two.project_name.text) == ("河道清淤", "水泵维修")
    assert (one.funding.total.text, two.funding.total.text) == ("120", "45")
    assert one.goals[0].text.text == "河道行洪安全得到保障。"
    assert [item.name.text for item in two.indicators] == ["修理水泵", "修理合格率", "农户满意度"]


def test_columns_so_narrow_that_names_are_shreds_are_not_guessed() -> None:
    head = "主管\n项目名称 年度目标 一级指标 二级指标 三级指标 指标值 权重\n"
    body = "".join(
        f"{above}\n数量指标 {name} ≥ {at} 台 10\n{below}\n产出指标\n"
        for at, (above, name, below) in enumerate(
            [("修理", "水泵", "台数"), ("更换", "阀门", "数量"), ("清理", "管道", "长度")], 3
        )
    )
    found = jxmb.parse("2024年部门预算项目支出绩效目标表\n" + head + body).projects
    names = [one.name.text for project in found for one in project.indicators]
    assert all(len(name) > 2 for name in names)


@pytest.mark.parametrize(
    ("label", "height"),
    [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (2.4, 2.0), (9.0, 3.5)],
)
def test_a_label_stands_beside_the_row_that_is_clearly_nearest(label: float, height: float) -> None:
    assert decoding.heights([(0, 0), (1, 1), (2, 2), (4, 4)], [label]) == [height]


def test_the_rows_of_a_table_are_all_orders_of_their_cells() -> None:
    root = row_shapes.rows(("name", "target"), 0.0, lined=False, flat=False, beside=False)
    # A name of two lines with its target between them: name, target, name.
    node = root.edges[0, True, False].edges[1, True, False].edges[0, False, False]
    assert node.end == 0.0


def test_many_words_take_no_search_without_end() -> None:
    text = (
        HEAD
        + "一级指标 二级指标 三级指标 指标值\n数量指标\n产出指标\n"
        + "名称 12 人 台 \n" * 6_000
    )
    assert len(jxmb.parse(text).projects) == 1
    assert fragments.LIMITS.pieces < 6_000 * 4


def test_an_amount_of_the_header_among_the_rows_is_no_indicator() -> None:
    text = "\n".join(
        [
            HEAD + "一级指标 二级指标 三级指标 指标值",
            "产出指标 数量指标 外运淤泥 ≥5万方",
            "质量指标 断面达标率 ≥95%",
            "时效指标 清淤完成时间 10月底前",
            "满意度指标 服务对象满意度指标 沿河居民满意度 ≥90%",
            "其他资金 0",
        ]
    )
    assert [name for _, _, name, _ in rows(text)] == [
        "外运淤泥",
        "断面达标率",
        "清淤完成时间",
        "沿河居民满意度",
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [("                    ≥120平方米", "JX221"), ("外运淤泥            ≥", "JX222")],
)
def test_half_a_row_of_a_page_is_a_mistake_of_the_form(row: str, code: str) -> None:
    page = LAYOUT.replace("外运淤泥            ≥5万方", row)
    assert code in {finding.code for finding in jxmb.check(page)}


def test_labels_stand_in_the_column_of_level_2_whatever_its_head_says() -> None:
    text = """\
项目绩效目标申报表
项目名称      文献购置                 主管部门                   河港区文化局
绩效目标      采购图书，丰富馆藏，满足读者需求。
指标类型      指标名称          三级指标                   指标目标值        备注
产出指标      数量指标          购置图书                   ≥32000 册
                        订购报刊                   ≥860 种
          质量指标          编目差错率                  ≤1%
          时效指标          上架周期                   ≤30 天
效益指标      社会效益指标        接待读者人次                 ≥68 万人次
满意度指标     服务对象满意度指标     读者满意度                  ≥93%
"""
    project = jxmb.parse(text).projects[0]
    assert [(row.level2.text, row.name.text) for row in project.indicators] == [
        ("数量指标", "购置图书"),
        ("数量指标", "订购报刊"),
        ("质量指标", "编目差错率"),
        ("时效指标", "上架周期"),
        ("社会效益指标", "接待读者人次"),
        ("服务对象满意度指标", "读者满意度"),
    ]
