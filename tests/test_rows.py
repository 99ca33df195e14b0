"""Rows whose cells hold more, or something else, than their columns say."""

from __future__ import annotations

import pytest

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
