"""Rows whose cells hold more, or something else, than their columns say."""

from __future__ import annotations

import pytest

from jxmb import check
from jxmb.lint.settings import Settings
from jxmb.model import Project
from jxmb.model.repairs import Kind
from jxmb.reader import parse
from jxmb.source import Source

HEAD = ["项目名称\t水泵维修", "年度目标\t保证用水。", "一级指标\t二级指标\t三级指标\t指标值"]


def read(*rows: str) -> Project:
    (found,) = parse(Source("\n".join(["项目支出绩效目标表", *HEAD, *rows]))).projects
    return found


@pytest.mark.parametrize("cell", ["修理水泵数量≥3台", "修理水泵数量 ≥3台", "修理水泵数量 ≥ 3台"])
def test_a_target_glued_to_the_name_is_read_apart(cell: str) -> None:
    found = read(f"产出指标\t数量指标\t{cell}\t", "\t质量指标\t修理合格率\t≥95%")
    first = found.indicators[0]

    assert first.name.text == first.name.at.text == "修理水泵数量"
    assert first.target.value is not None
    assert (first.target.value.sign, first.target.value.unit) == ("≥", "台")
    assert Kind.GLUED in {one.kind for one in found.repairs}


@pytest.mark.parametrize("name", ["24小时响应率", "2026年水泵采购", "水泵（≥3千瓦）采购"])
def test_a_figure_in_a_name_is_no_target(name: str) -> None:
    found = read(f"产出指标\t数量指标\t{name}\t", "\t质量指标\t修理合格率\t≥95%")

    assert found.indicators[0].name.text == name
    assert found.indicators[0].target.blank


def test_an_indicator_may_be_called_as_its_level() -> None:
    found = read(
        "产出指标\t数量指标\t修理水泵数量\t3台", "效益指标\t社会效益指标\t社会效益指标\t100%"
    )

    assert [(one.level2.value, one.name.text, one.target.text) for one in found.indicators][1] == (
        "社会效益指标",
        "社会效益指标",
        "100%",
    )


def test_a_level_of_the_forms_own_stays_over_the_rows_below_it() -> None:
    found = read(
        "产出指标\t数量指标\t修理水泵数量\t3台",
        "社会效应\t社会效益指标\t用水投诉次数\t≤2次",
        "\t服务对象满意度指标\t居民满意度\t≥90%",
    )

    assert [one.level1.text for one in found.indicators] == ["产出指标", "社会效应", "社会效应"]


def test_a_sign_and_a_unit_that_stand_in_each_others_column_make_the_target() -> None:
    (found,) = parse(
        Source(
            "项目支出绩效目标表\n项目名称\t水泵维修\n年度目标\t保证用水。\n"
            "一级指标\t二级指标\t三级指标\t指标值\t度量单位\t指标值类型\n"
            "产出指标\t质量指标\t修理合格率\t95\t%\t≥\n"
            "\t时效指标\t完成及时率\t90\t≥\t%\n"
        )
    ).projects

    assert [one.target.text for one in found.indicators] == ["≥95%", "≥90%"]
    assert found.repairs == ()


def test_a_level_1_printed_on_rows_of_its_own_stands_over_the_rows_below_it() -> None:
    heads = [*HEAD[:2], "二级指标\t三级指标\t指标值"]
    rows = (
        "（一）产出指标\t\t",
        "数量指标\t修理水泵数量\t≥3台",
        "\t更换阀门数量\t≥5个",
        "（二）效益指标\t\t",
        "社会效益指标\t受益户数\t≥90户",
    )
    (found,) = parse(Source("\n".join(["项目支出绩效目标表", *heads, *rows]))).projects

    assert [(one.printed1.text, one.level2.value, one.name.text) for one in found.indicators] == [
        ("（一）产出指标", "数量指标", "修理水泵数量"),
        ("（一）产出指标", "数量指标", "更换阀门数量"),
        ("（二）效益指标", "社会效益指标", "受益户数"),
    ]


@pytest.mark.parametrize(
    "last",
    [
        "权重合计\t\t\t100",
        "主管部门意见：\t\t财政部门意见：\t",
        "批复单位（盖章）：        批复日期：    年  月  日\t\t\t",
    ],
)
def test_a_sum_or_a_signature_is_no_indicator(last: str) -> None:
    found = read("产出指标\t数量指标\t修理水泵数量\t≥3台", last)

    assert [one.name.text for one in found.indicators] == ["修理水泵数量"]


def test_an_indicator_that_asks_for_opinions_is_one() -> None:
    found = read("产出指标\t数量指标\t征求意见\t≥3次", "\t质量指标\t群众意见\t≥95%")

    assert [one.name.text for one in found.indicators] == ["征求意见", "群众意见"]


@pytest.mark.parametrize("level1", ["产出指标\t\t满意度指标", "产出指标\t产出指标\t满意度指标"])
def test_a_table_on_its_side_is_set_upright(level1: str) -> None:
    text = "\n".join(
        [
            "项目支出绩效目标表",
            "项目名称\t水泵维修\t\t",
            f"一级指标\t{level1}",
            "二级指标\t数量指标\t质量指标\t服务对象满意度指标",
            "三级指标\t修理水泵数量\t修理合格率\t用水户满意度",
            "指标值\t≥3台\t≥95%\t≥90%",
        ]
    )
    (found,) = parse(Source(text)).projects

    assert [
        (one.level1.value, one.level2.value, one.name.text, one.target.text)
        for one in found.indicators
    ] == [
        ("产出指标", "数量指标", "修理水泵数量", "≥3台"),
        ("产出指标", "质量指标", "修理合格率", "≥95%"),
        ("满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%"),
    ]


def test_a_direction_that_is_neither_is_no_part_of_the_target() -> None:
    text = "\n".join(
        [
            "项目支出绩效目标表",
            "项目名称\t水泵维修\t\t\t",
            "一级指标\t二级指标\t三级指标\t指标值\t指标方向",
            "产出指标\t数量指标\t修理水泵数量\t≥3台\t正向",
            "产出指标\t时效指标\t修理完成时间\t2025年6月30日前\t中性",
        ]
    )
    (found,) = parse(Source(text)).projects

    assert found.indicators[1].target.text == "2025年6月30日前"
    assert found.indicators[1].direction.text == "中性"


def test_a_table_on_its_side_that_lost_the_width_of_its_cells_gets_no_levels_by_guess() -> None:
    text = "\n".join(
        [
            "项目支出绩效目标表",
            "项目名称\t水泵维修\t\t",
            "一级指标\t产出指标\t满意度指标",
            "二级指标\t数量指标\t服务对象满意度指标",
            "三级指标\t修理水泵数量\t更换阀门数量\t用水户满意度",
            "指标值\t≥3台\t≥95个\t≥90%",
        ]
    )

    assert not {one.code for one in check(text, Settings())} & {"JX403", "JX405", "JX408"}


def test_rows_that_leave_a_merged_label_out_are_whole_below_a_level_on_its_own_row() -> None:
    text = (
        "项目支出绩效目标表\n\n| 项目名称 | 水泵维修 | |\n|---|---|---|\n| 二级指标 | 三级指标 | 指标值 |\n"
        "| （一）产出指标 | | |\n| 数量指标 | 修理水泵数量 | ≥3台 |\n| 更换阀门数量 | ≥5个 |\n"
        "| 质量指标 | 修理合格率 | ≥95% |\n| （二）效益指标 | | |\n| 社会效益指标 | 受益户数 | ≥90户 |"
    )

    assert not {one.code for one in check(text, Settings())} & {"JX101", "JX102"}


def test_levels_below_a_level_of_their_own_stand_where_they_are_printed() -> None:
    text = (
        "项目支出绩效目标表\n项目名称\t水泵维修\t\t\n一级指标\t二级指标\t三级指标\t指标值\n"
        "实施效果指标\t产出指标\t修理水泵数量\t≥3台\n\t效益指标\t受益户数\t≥90户\n"
        "\t满意度指标\t用水户满意度\t≥90%\n过程管理指标\t资金管理指标\t资金支付率\t≥90%"
    )
    (found,) = parse(Source(text)).projects

    assert [one.level2.text for one in found.indicators] == [
        "产出指标",
        "效益指标",
        "满意度指标",
        "资金管理指标",
    ]
    assert not {one.code for one in check(text, Settings())} & {"JX101", "JX102"}


def test_points_of_a_level_printed_on_each_row_are_those_of_all_its_rows() -> None:
    text = (
        "项目支出绩效目标表\n\n| 项目名称 | 水泵维修 | 水泵维修 | 水泵维修 | 水泵维修 |\n|---|---|---|---|---|\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 |\n"
        "| 产出指标（50分） | 数量指标 | 修理水泵数量 | ≥3台 | 30 |\n"
        "| 产出指标（50分） | 质量指标 | 修理合格率 | ≥95% | {} |\n"
        "| 效益指标（40分） | 社会效益指标 | 受益户数 | ≥90户 | 40 |"
    )

    found = {at: check(text.format(at), Settings()) for at in (20, 10)}
    assert ["JX808" in {one.code for one in found[at]} for at in (20, 10)] == [False, True]
