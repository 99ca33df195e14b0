"""Header rows of forms that offices changed by hand: labels that nobody lists, pairs in one cell, lists of costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

import jxmb
from jxmb.lint.settings import Settings

HEADS = "一级指标\t二级指标\t三级指标\t指标值"
ROWS = "产出指标\t数量指标\t清理河道长度\t≥8公里\n\t质量指标\t清理验收合格率\t=100%\n\t时效指标\t清理完成时间\t2025年9月30日前"
TITLE = "项目支出绩效目标表\n（2025年度）"


def form(*header: str, heads: str = HEADS, rows: str = ROWS, title: str = TITLE) -> jxmb.Project:
    """The record of a form with these rows above its indicators."""
    (project,) = jxmb.parse("\n".join((title, *header, heads, rows))).projects
    return project


def codes(text: str) -> set[str]:
    """The rules of which a text has findings."""
    return {one.code for one in jxmb.check(text, Settings())}


def test_a_label_that_nobody_knows_ends_the_value_before_it() -> None:
    project = form(
        "项目名称\t河道清理",
        "主管部门\t某县水务局\t上级补助项目编码\tZ2025001",
        "年度目标\t清理河道8公里，改善水环境。",
    )

    assert project.department.text == "某县水务局"
    assert project.fields["上级补助项目编码"].text == "Z2025001"


def test_a_value_in_two_cells_is_no_label() -> None:
    project = form(
        "项目名称\t河道清理", "起止时间\t2025年1月\t2025年12月", "年度目标\t清理河道8公里。"
    )

    assert project.period.value is not None
    assert project.period.value.end is not None


def test_the_project_is_the_lowest_of_its_tiers() -> None:
    project = form(
        "一级项目名称\t水务发展专项\t二级项目名称\t河道清理", "年度目标\t清理河道8公里。"
    )

    assert project.project_name.text == "河道清理"
    assert project.fields["一级项目名称"].text == "水务发展专项"


def test_an_only_tier_is_the_project() -> None:
    assert form("一级项目名称\t河道清理").project_name.text == "河道清理"


@pytest.mark.parametrize("gap", ["     ", "　　", " "])
def test_pairs_in_one_cell_are_parted(gap: str) -> None:
    project = form(
        f"预算年度：2026年{gap}金额单位：元",
        "项目名称\t河道清理",
        "资金总额\t1,200,000.00",
        title="项目支出绩效目标表",
    )

    assert project.year.value == 2026
    assert project.funding.unit == "元"
    assert project.funding.total.value is not None
    assert project.funding.total.value.number == Decimal(1_200_000)


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("项目绩效总目标", "annual"),
        ("当年总体绩效目标", "annual"),
        ("部门年度总体绩效目标", "annual"),
        ("实施期总体绩效目标", "midterm"),
    ],
)
def test_a_goal_is_told_by_the_words_of_its_label(label: str, scope: str) -> None:
    project = form("项目名称\t河道清理", f"{label}\t清理河道8公里，改善水环境。")

    assert [(one.scope, one.text.text) for one in project.goals] == [
        (scope, "清理河道8公里，改善水环境。")
    ]


def test_equal_goals_of_two_terms_are_two() -> None:
    text = "清理河道8公里，改善沿岸居民的生活环境。"
    table = (
        "<tr><td rowspan=2>总体目标</td><td>实施期目标</td><td>年度目标</td></tr>"
        f"<tr><td>{text}</td><td>{text}</td></tr>"
    )
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>"
        for line in (HEADS, *ROWS.split("\n"))
    )
    (project,) = jxmb.parse(
        f"<p>项目支出绩效目标表</p><table><tr><td>项目名称</td><td>河道清理</td></tr>{table}{rows}</table>"
    ).projects

    assert [(one.scope, one.text.text) for one in project.goals] == [
        ("midterm", text),
        ("annual", text),
    ]


def test_the_columns_before_the_third_level_are_levels() -> None:
    project = form(
        "项目名称\t河道清理",
        heads="指标类型\t指标名称\t三级指标\t指标目标值",
        rows=f"{ROWS}\n满意度指标\t服务对象满意度指标\t沿岸居民满意度\t≥90%",
    )

    assert [one.name.text for one in project.indicators][-1] == "沿岸居民满意度"
    assert {one.level1.text for one in project.indicators} == {"产出指标", "满意度指标"}


COSTS = (
    "项目预算构成\t序号\t支出内容\t金额（{unit}）\t测算依据",
    "\t1\t清淤\t{one}\t市场询价",
    "\t2\t外运\t{two}\t市场询价",
    "\t合计\t\t{total}",
)


@pytest.mark.parametrize(
    ("unit", "figures"), [("万元", ("3", "2", "5")), ("元", ("30000", "20000", "50000"))]
)
def test_the_sum_of_a_list_of_costs_is_the_total(unit: str, figures: tuple[str, str, str]) -> None:
    one, two, total = figures
    rows = [row.format(unit=unit, one=one, two=two, total=total) for row in COSTS]
    project = form("项目名称\t河道清理", *rows, "年度目标\t清理河道8公里。")

    assert project.funding.unit == unit
    assert [(row.label.text, row.role) for row in project.funding.rows] == [("合计", "total")]
    assert project.funding.total.text == total
    assert project.goals[0].text.text == "清理河道8公里。"


def test_a_list_of_costs_raises_no_alarm_about_money() -> None:
    rows = [row.format(unit="万元", one="3", two="2", total="5") for row in COSTS]
    text = "\n".join((TITLE, "项目名称\t河道清理", *rows, "年度目标\t清理河道8公里。", HEADS, ROWS))

    assert not {code for code in codes(text) if code in {"JX206", "JX601", "JX606"}}


@pytest.mark.parametrize(
    "title",
    [
        "附件2：2025年度财政支出项目绩效目标表",
        "附表:2025年度财政支出项目绩效目标表",
        "财政支出项目绩效目标表\n2025年度                单位：万元",
        "财政支出项目绩效目标表\n（2025年度）  金额单位：万元",
    ],
)
def test_the_year_stands_behind_the_number_of_an_annex_or_beside_the_unit(title: str) -> None:
    project = form("项目名称\t河道清理", title=title)

    assert (project.title.text, project.year.value) == ("财政支出项目绩效目标表", 2025)


def test_the_only_amount_of_a_form_is_its_total_where_it_is_granted() -> None:
    project = form(
        "项目名称\t河道清理", "建设单位\t某县水利站", "本次下达中央预算内投资（万元）\t860"
    )

    assert project.implementer.text == "某县水利站"
    assert project.funding.total.text == "860"
    assert [row.role for row in project.funding.rows] == ["total"]


def test_a_head_of_indicators_is_no_misprinted_goal() -> None:
    heads = f"部门整体支出年度绩效指标\t{HEADS}"
    rows = "\n".join(f"\t{row}" for row in ROWS.split("\n"))
    text = "\n".join((TITLE, "项目名称\t河道清理", heads, rows))

    assert "JX108" not in codes(text)
    assert len(form("项目名称\t河道清理", heads=heads, rows=rows).indicators) == 3


@pytest.mark.parametrize(
    "label", ["总\n体\n目\n标", "总体\n目标", "年度绩效\n目标", "项目\n年度\n目标"]
)
def test_a_label_pasted_over_several_lines_is_one(label: str) -> None:
    project = form("项目名称\t河道清理", f"{label}\t清理河道8公里，改善水环境。")

    assert [one.text.text for one in project.goals] == ["清理河道8公里，改善水环境。"]
    assert not project.strays


def test_a_margin_pasted_over_several_lines_is_no_part_of_the_goal() -> None:
    rows = "\n".join(f"\t{line}" for line in ROWS.split("\n"))
    project = form(
        "项目名称\t河道清理",
        "年度目标\t清理河道8公里，改善水环境。",
        heads=f"绩\n效\n指\n标\t{HEADS}",
        rows=rows,
    )

    assert project.goals[0].text.text == "清理河道8公里，改善水环境。"
    assert len(project.indicators) == 3


def test_short_rows_below_labels_printed_once_are_whole() -> None:
    rows = (
        "| 产出指标 | 数量指标 | 清理河道长度 | ≥8公里 |\n| 巡查次数 | ≥12次 |\n"
        "| 质量指标 | 清理验收合格率 | =100% |\n| 效益指标 | 社会效益指标 | 受益居民人数 | ≥900人 |\n"
        "| 满意度指标 | 服务对象满意度指标 | 沿岸居民满意度 | ≥90% |"
    )
    text = f"项目支出绩效目标表\n\n| 项目名称 | 河道清理 | | |\n|---|---|---|---|\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n{rows}"

    assert not codes(text) & {"JX101", "JX102"}


def test_a_row_that_lost_a_label_is_shifted() -> None:
    rows = (
        "产出指标\t数量指标\t清理河道长度\t≥8公里\n产出指标\t数量指标\t巡查次数\t≥12次\n"
        "产出指标\t清理验收合格率\t=100%\n效益指标\t社会效益指标\t受益居民人数\t≥900人\n"
        "满意度指标\t服务对象满意度指标\t沿岸居民满意度\t≥90%"
    )
    text = "\n".join((TITLE, "项目名称\t河道清理\t\t", HEADS, rows))

    assert codes(text) & {"JX101", "JX102"}


@pytest.mark.parametrize(
    ("heads", "figures", "total", "fiscal"),
    [
        ("资金来源\t合计\t2025年\t2026年\t备注", ("700\t400\t300\t", "1050\t600\t450\t"), 600, 400),
        ("\t实施期\t其中：本年度\t以前年度已安排", ("700\t400\t300", "1050\t600\t450"), 600, 400),
        (
            "资金性质\t上年预算数\t本年申请数\t本年核定数",
            ("300\t400\t400", "500\t600\t600"),
            600,
            400,
        ),
    ],
)
def test_figures_under_heads_of_years_are_those_of_the_form_s_own(
    heads: str, figures: tuple[str, str], total: int, fiscal: int
) -> None:
    first, last = figures
    project = form(
        "项目名称\t河道清理\t\t\t\t",
        f"资金安排（万元）\t{heads}",
        f"\t财政拨款\t{first}",
        f"\t资金总额\t{last}",
    )

    assert project.funding.total.value.number == total
    assert project.funding.fiscal.value.number == fiscal


def test_the_total_of_all_years_is_kept_beside_the_year_s_own() -> None:
    project = form(
        "项目名称\t河道清理\t\t",
        "项目资金（万元）\t\t实施期\t其中：本年度",
        "\t资金总额\t1800\t600",
        "\t财政拨款\t1200\t400",
    )

    amounts = [(one.role, one.scope, one.amount.text) for one in project.funding.rows]
    assert amounts == [
        ("total", "midterm", "1800"),
        ("total", "annual", "600"),
        ("fiscal", "midterm", "1200"),
        ("fiscal", "annual", "400"),
    ]


def test_two_kinds_of_an_indicator_before_its_name_are_its_levels() -> None:
    heads = "指标分类\t指标子类\t指标名称\t年度目标值"
    project = form("项目名称\t河道清理\t\t", heads=heads)

    assert [one.level2.value for one in project.indicators] == ["数量指标", "质量指标", "时效指标"]
    assert {one.level1.value for one in project.indicators} == {"产出指标"}


def test_the_amount_in_figures_is_read_beside_the_one_in_words() -> None:
    project = form(
        "项目名称\t河道清理\t",
        "批复金额\t人民币（大写）伍佰叁拾万元整\t（小写）¥5,300,000.00元",
    )

    assert project.funding.total.value.number == 530


def test_money_at_the_foot_of_a_form_is_its_own() -> None:
    foot = "项目名称\t河道清理\t\t\t\t\n年度预算金额（万元）\t40\t其中：财政拨款\t30\t其他资金\t10"
    project = form(heads=f"{HEADS}\t\t", rows=f"{ROWS}\n{foot}")

    assert [one.amount.text for one in project.funding.rows] == ["40", "30", "10"]
    assert len(project.indicators) == 3


def test_the_year_of_a_heading_is_that_of_each_form_below_it() -> None:
    texts = [f"项目支出绩效目标表{at}\n项目名称\t河道清理{at}\n{HEADS}\n{ROWS}" for at in "一二"]
    text = "\n".join(("2025年度部门项目支出绩效目标公开", *texts))

    assert [one.year.value for one in jxmb.parse(text).projects] == [2025, 2025]


def test_amounts_told_in_a_line_may_be_parted_by_blanks() -> None:
    project = form("项目名称：河道清理", "年度预算：40万元  其中：财政拨款30万元，其他资金10万元")

    assert [one.amount.text for one in project.funding.rows] == ["40万元", "30万元", "10万元"]


@pytest.mark.parametrize("between", ["", " ", "\n", "，", "；"])
@pytest.mark.parametrize("unit", ["万元", ""])
def test_all_amounts_in_one_cell_are_read(between: str, unit: str) -> None:
    told = ("年度资金总额：40", "其中：财政拨款：30", "其他资金：10.5")
    cell = between.join(f"{one}{unit}" for one in told)
    project = form(f'项目资金（万元）\t"{cell}"\t' if "\n" in cell else f"项目资金\t{cell}\t")

    assert [one.role for one in project.funding.rows] == ["total", "fiscal", "other"]
    assert [one.amount.value.number for one in project.funding.rows] == [40, 30, Decimal("10.5")]


def test_an_amount_that_is_left_out_among_several_in_a_cell_is_blank() -> None:
    project = form("项目资金\t年度资金总额：40万元 其中：财政拨款：40万元 其他资金：\t")

    assert [one.amount.text for one in project.funding.rows] == ["40万元", "40万元", ""]


@pytest.mark.parametrize(
    ("label", "value", "nature"),
    [
        ("项目类型", "一次性项目", "一次性项目"),
        ("项目类别", "□新增项目 ☑延续项目", "□新增项目 ☑延续项目"),
        ("项目类别", "特定目标类", ""),
    ],
)
def test_the_kind_of_a_project_is_its_nature_where_it_is_one(
    label: str, value: str, nature: str
) -> None:
    project = form(f"{label}\t{value}\t")

    assert project.nature.text == nature
    assert (label in project.fields) == (not nature)


def test_the_kind_of_a_project_is_no_nature_beside_the_label_of_that() -> None:
    project = form("项目类型\t一次性项目\t项目属性\t")

    assert project.nature.text == ""
    assert project.fields["项目类型"].text == "一次性项目"


def test_a_merged_field_at_the_foot_is_read_once() -> None:
    rows = "产出指标 | 数量指标 | 清理河道长度 | ≥8公里", "产出指标 | 质量指标 | 验收合格率 | =100%"
    foot = " | ".join(("项目名称", *("河道清理",) * 3))
    lines = ("一级指标 | 二级指标 | 三级指标 | 指标值", "---|---|---|---", *rows, foot)
    text = "\n".join(("项目支出绩效目标表", *(f"| {line} |" for line in lines)))
    (project,) = jxmb.parse(text).projects

    assert project.project_name.text == "河道清理"


def test_a_row_without_text_above_the_heads_is_no_head() -> None:
    text = (
        "|项目名称|桥梁检测|||\n|---|---|---|---|\n|主管部门|某交通局|||\n|<br>||||\n"
        "|一级指标|二级指标|三级指标|指标值|\n|产出指标|数量指标|检测桥梁数量|≥8座|\n"
    )
    (form,) = jxmb.parse(text).projects
    assert [one.name.text for one in form.indicators] == ["检测桥梁数量"]


BARS = "\n".join("|" + line.replace("\t", "|") + "|" for line in f"{HEADS}\n{ROWS}".split("\n"))
HEAD_BARS = "| 项目名称 | | 河道清理 | | |\n| 主管部门 | | 某县水务局 | 实施单位 | 某县河道管理所 |"


def barred(*header: str) -> jxmb.Project:
    """The record of a form between bars with these rows above its indicators."""
    text = "\n".join((TITLE, "", HEAD_BARS, *header, BARS))
    (project,) = jxmb.parse(text).projects
    return project


def test_amounts_in_turn_below_heads_whose_merged_cell_is_not_written() -> None:
    project = barred(
        "| 项目资金（万元） | | 年度资金总额 | 财政拨款 | 其他资金 |", "| 86.40 | 50.40 | 36.00 | |"
    )

    money = (project.funding.total, project.funding.fiscal, project.funding.other)
    assert [one.value.number for one in money if one.value] == [
        Decimal(text) for text in ("86.40", "50.40", "36.00")
    ]


def test_amounts_in_turn_below_heads_one_of_which_is_divided() -> None:
    project = barred(
        "| 项目预算（万元） | 合计 | 财政拨款 | 其他资金 |",
        "| 小计 | 当年拨款 | 上年结转 |",
        "| 86.40 | 50.40 | 40.00 | 10.40 | 36.00 |",
    )

    money = (project.funding.total, project.funding.fiscal, project.funding.other)
    assert [one.value.number for one in money if one.value] == [
        Decimal(text) for text in ("86.40", "50.40", "36.00")
    ]


def test_heads_that_reach_down_wait_for_one_amount() -> None:
    text = (
        "<table><tr><td>项目名称</td><td colspan=5>河道清理</td></tr>"
        "<tr><td rowspan=3>项目预算<br/>（万元）</td><td rowspan=2>合计</td><td colspan=3>财政拨款</td>"
        "<td rowspan=2>其他资金</td></tr><tr><td>小计</td><td>当年拨款</td><td>上年结转</td></tr>"
        "<tr><td>86.40</td><td>50.40</td><td>40.00</td><td>10.40</td><td>36.00</td></tr>"
        "<tr><td>一级指标</td><td>二级指标</td><td colspan=3>三级指标</td><td>指标值</td></tr>"
        "<tr><td>产出指标</td><td>数量指标</td><td colspan=3>清理河道长度</td><td>≥8公里</td></tr></table>"
    )
    (project,) = jxmb.parse(f"{TITLE}\n\n{text}").projects

    assert project.funding.total.value is not None
    assert project.funding.total.value.number == Decimal("86.40")
    assert len([one for one in project.funding.rows if one.role == "total"]) == 1


@pytest.mark.parametrize(
    "task", ["| 任务一 | 清理河道 | 46.00 | 40.00 |", "| | 任务一 | 清理河道 | 46.00 | 40.00 |"]
)
def test_the_sum_of_a_list_of_tasks_is_the_total(task: str) -> None:
    project = barred(
        "| 年度主要任务 | 任务名称 | 主要内容 | 总额 | 财政拨款 |",
        task,
        task.replace("任务一", "任务二"),
        "| 金额合计 | | | 92.00 | 80.00 |",
    )

    assert project.funding.total.value is not None
    assert project.funding.total.value.number == Decimal("92.00")


def test_a_note_of_the_unit_next_to_a_value_is_none_of_it() -> None:
    project = form("填报单位：某县水务局单位：万元", "项目名称\t河道清理", "年度资金总额\t86.4")

    assert project.implementer.text == "某县水务局"
    assert project.funding.unit_stated


def test_a_label_in_a_narrow_column_keeps_the_cells_of_its_table() -> None:
    rows = (
        "<tr><td rowspan=3>年度<br/>\n主要<br/>\n任务</td><td>任务名称</td><td>主要内容</td><td>总额</td><td>财政拨款</td></tr>"
        "<tr><td>任务一</td><td>清理河道</td><td>46.00</td><td>40.00</td></tr>"
        "<tr><td>任务二</td><td>清理沟渠</td><td>46.00</td><td>40.00</td></tr>"
        "<tr><td colspan=3>金额合计</td><td>92.00</td><td>80.00</td></tr>"
    )
    levels = "".join(
        f"<tr><td>产出指标</td><td>{level}</td><td colspan=2>{name}</td><td>{value}</td></tr>"
        for level, name, value in (
            ("二级指标", "三级指标", "指标值"),
            ("数量指标", "清理河道长度", "≥8公里"),
            ("质量指标", "清理验收合格率", "=100%"),
        )
    ).replace("产出指标", "一级指标", 1)
    text = f"<table><tr><td>部门名称</td><td colspan=4>某县水务局</td></tr>{rows}{levels}</table>"
    (project,) = jxmb.parse(f"部门整体支出绩效目标表\n\n{text}").projects

    assert project.funding.total.value is not None
    assert project.funding.total.value.number == Decimal("92.00")


def test_a_label_over_several_lines_ends_in_the_first_cell_of_its_row() -> None:
    text = (
        f"{TITLE}\n\n项目名称| 河道清理  \n---|---  \n主管部门| 某县水务局| 实施单位| 某县河道管理所  \n"
        "年度资金总额| 86.40  \n年  \n度  \n总  \n体  \n目  \n标| 清理河道8公里，改善水环境。  \n"
        "绩  \n效  \n指  \n标| 一级指标| 二级指标| 三级指标| 指标值  \n产出指标| 数量指标| 清理河道长度| ≥8公里  \n"
        "质量指标| 清理验收合格率| =100%  \n"
    )
    (project,) = jxmb.parse(text).projects

    assert [one.text.text for one in project.goals] == ["清理河道8公里，改善水环境。"]
    assert [one.name.text for one in project.indicators] == ["清理河道长度", "清理验收合格率"]


def test_the_unit_of_the_label_above_begins_no_label() -> None:
    project = form(
        "项目名称\t水泵检修",
        "中期资金总额：\t36\t年度资金总额：\t12",
        "项目资金\t其中：财政拨款\t30\t其中：财政拨款\t10",
        "（万元）",
        "其他资金\t6\t其他资金\t2",
    )

    assert project.funding.other.text == "2"


RECORD = "项目名称\t水泵检修\t主管部门\t某县水务局\t实施单位\t某县水利站\t项目属性\t延续项目\t"


def test_goals_of_a_record_are_told_in_turn() -> None:
    project = form(f"{RECORD}总体目标\t中期目标\t年度目标\t三年检修水泵36台。\t检修水泵12台。")

    assert [(one.scope, one.text.text) for one in project.goals] == [
        ("midterm", "三年检修水泵36台。"),
        ("annual", "检修水泵12台。"),
    ]


@pytest.mark.parametrize("goals", ["中期目标\t年度目标", "中期目标\t年度目标\t检修\t更换\t更新"])
def test_goals_of_a_record_without_as_many_texts_are_not(goals: str) -> None:
    project = form(RECORD + goals)

    assert [one.text.text for one in project.goals if one.scope == "midterm"] in ([], [""])


@pytest.mark.parametrize(
    "rows",
    [
        ("项目起止时间\t自\t2025年1月\t至\t2025年12月",),
        ("项目起止时间\t起始\t2025年1月\t终止\t2025年12月",),
        ("项目起止时间\t起始\t2025年1月", "\t终止\t2025年12月"),
        ("项目起止时间\t2025年1月", "\t2025年12月"),
        ("项目起始时间\t2025年1月\t项目终止时间\t2025年12月",),
    ],
)
def test_words_beside_the_days_of_a_period_are_none_of_them(rows: tuple[str, ...]) -> None:
    period = form(*rows).period.value

    assert (period.start.iso, period.end.iso) == ("2025-01", "2025-12")


def test_a_dash_before_the_only_day_of_a_period_says_that_it_is_the_last() -> None:
    period = form("项目期\t—\t2025年12月").period.value

    assert period.start is None
    assert period.end.iso == "2025-12"


@pytest.mark.parametrize("word", ["金额", "金额（万元）"])
def test_a_row_of_amounts_below_its_heads_may_begin_with_what_they_are(word: str) -> None:
    project = form(
        "项目资金\t资金来源\t合计\t财政拨款\t其他资金",
        f"\t{word}\t40\t30\t10",
    )

    assert [(one.role, one.amount.text) for one in project.funding.rows] == [
        ("total", "40"),
        ("fiscal", "30"),
        ("other", "10"),
    ]


def test_a_goal_may_have_its_term_in_brackets_behind_its_label() -> None:
    project = form(
        "绩效目标（实施期）\t三年清理河道24公里。\t绩效目标（年度）\t清理河道8公里。",
    )

    assert [one.scope for one in project.goals] == ["midterm", "annual"]
