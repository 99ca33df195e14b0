"""What a title says when no label has the project's name."""

from __future__ import annotations

import pytest

from jxmb.forms.lines import is_title
from jxmb.model import Project
from jxmb.model.repairs import Kind
from jxmb.reader import parse
from jxmb.source import Source

BODY = """\
资金总额	12.00
年度目标	修理水泵三台。
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	修理水泵数量	≥3台
"""


def read(title: str, body: str = BODY) -> Project:
    (found,) = parse(Source(f"{title}\n{body}")).projects
    return found


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("水泵维修项目绩效目标表", "水泵维修项目"),
        ("水泵维修项目支出绩效目标表", "水泵维修"),
        ("水泵维修费绩效目标表（2026年度）", "水泵维修费"),
        ("2026年水泵采购项目绩效目标表", "2026年水泵采购项目"),
        ("新建水泵控制室项目绩效目标表", "新建水泵控制室项目"),
    ],
)
def test_the_title_has_the_name_of_the_project(title: str, name: str) -> None:
    found = read(title)

    assert found.project_name.text == name
    assert found.project_name.at.text == name
    assert Kind.TITLE in {one.kind for one in found.repairs}


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效目标表",
        "部门专项业务经费绩效目标表",
        "2026年市级重点专项资金绩效目标表(一级项目)",
        "某市水务局项目绩效目标表",
        "某市财政项目支出绩效目标批复表",
        "某市水务站绩效目标表",
    ],
)
def test_the_kind_of_a_form_and_its_office_are_no_name(title: str) -> None:
    assert read(title).project_name.missing


def test_code_and_office_before_the_name_go_off() -> None:
    found = read("201003_某市水务局某水务站_水泵综合修缮项目绩效目标表")

    assert found.project_name.text == "水泵综合修缮项目"
    assert found.department.text == found.implementer.text == "某市水务局某水务站"


def test_a_label_goes_before_the_title() -> None:
    assert (
        read("水泵维修项目绩效目标表", "项目名称\t水管更换\n" + BODY).project_name.text
        == "水管更换"
    )


def test_the_year_may_stand_between_the_office_and_the_kind_of_the_form() -> None:
    found = read("某市水务局2026年项目支出绩效目标表（含转移支付项目）")

    assert found.year.value == 2026
    assert found.year.at.text == "2026"


def test_a_title_goes_on_with_a_word_that_titles_begin_with() -> None:
    text = (
        "301008_某市水务局某供水站_管网巡查\n"
        "业务及其他经费补助绩效目标表\n"
        "资金总额（万元）\t12.00\t\t\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"
        "\t产出指标\t数量指标\t巡查次数\t≥12次\n"
    )
    (form,) = parse(Source(text)).projects
    assert form.title.text == "301008_某市水务局某供水站_管网巡查业务及其他经费补助绩效目标表"


def test_rows_of_a_table_are_no_title() -> None:
    text = (
        "绩效指标                  样本有效率      ≥97%\n"
        "时效指标      报表上报时间    报表上报时间      每月8日前"
    )
    assert not is_title(text.replace("\n", ""))
