"""Heads of an indicator table that stand below others: which of them says what the form asks for."""

from __future__ import annotations

import pytest

import jxmb

TITLE = "项目支出绩效目标表"
FIELDS = "项目名称\t河道清理\t\t\t\t\t"
LEVELS = "一级指标\t二级指标\t三级指标\t"
DIVIDED = {
    "measure": (
        f"{LEVELS}绩效度量\t\t\t",
        "\t\t\t指标性质\t指标值\t度量单位\t权重（%）",
        ("≥\t12\t公里\t20", "≥\t95\t%\t10"),
        ("≥12公里", "≥95%"),
    ),
    "sign": (
        f"{LEVELS}指标值\t\t\t权重",
        "\t\t\t符号\t数值\t单位\t",
        ("≥\t12\t公里\t20", "≥\t95\t%\t10"),
        ("≥12公里", "≥95%"),
    ),
    "base": (
        f"{LEVELS}长期指标值\t年度指标值\t\t",
        "\t\t\t\t基期值\t目标值\t",
        ("≥30公里\t9公里\t≥12公里\t", "≥98%\t93%\t≥95%\t"),
        ("≥12公里", "≥95%"),
    ),
    "years": (
        f"{LEVELS}指标值\t\t\t备注",
        "\t\t\t前年\t上年\t预期当年实现值\t",
        ("9公里\t11公里\t≥12公里\t", "91%\t93%\t≥95%\t"),
        ("≥12公里", "≥95%"),
    ),
    "dense": (
        f"{LEVELS}绩效度量",
        "指标性质\t指标值\t度量单位\t权重（%）",
        ("≥\t12\t公里\t20", "≥\t95\t%\t10"),
        ("≥12公里", "≥95%"),
    ),
}
PLAIN = {
    "half": ("半年（程）指标值\t全年（程）指标值", ("≥6公里\t≥12公里", "—\t≥95%")),
    "changed": ("调整前指标值\t调整后指标值", ("≥9公里\t≥12公里", "≥90%\t≥95%")),
    "base": ("近三年指标值\t预期本年实现值", ("9公里\t≥12公里", "91%\t≥95%")),
}


def targets(*lines: str) -> list[str]:
    """What the indicators of a form ask for."""
    (project,) = jxmb.parse("\n".join((TITLE, *lines))).projects
    return [one.target.text for one in project.indicators if one.scope == "annual"]


@pytest.mark.parametrize("kind", DIVIDED)
def test_heads_below_another_are_columns_of_their_own(kind: str) -> None:
    upper, lower, (first, second), wanted = DIVIDED[kind]
    found = targets(
        FIELDS,
        upper,
        lower,
        f"产出指标\t数量指标\t清理河道长度\t{first}",
        f"产出指标\t质量指标\t清理验收合格率\t{second}",
    )

    assert found == list(wanted)


@pytest.mark.parametrize("kind", PLAIN)
def test_of_several_values_that_of_the_year_is_the_target(kind: str) -> None:
    heads, (first, second) = PLAIN[kind]
    found = targets(
        FIELDS,
        LEVELS + heads,
        f"产出指标\t数量指标\t清理河道长度\t{first}",
        f"产出指标\t质量指标\t清理验收合格率\t{second}",
    )

    assert found == ["≥12公里", "≥95%"]


def test_the_title_of_the_indicators_within_the_table_opens_no_form() -> None:
    text = "\n".join(
        (
            TITLE,
            "项目名称\t河道清理\t\t",
            "主管部门\t某市水务局\t\t",
            "年度绩效目标表\t\t\t",
            f"{LEVELS}指标值",
            "产出指标\t数量指标\t清理河道长度\t≥12公里",
            "产出指标\t质量指标\t清理验收合格率\t≥95%",
        )
    )

    (project,) = jxmb.parse(text).projects
    assert project.project_name.text == "河道清理"
    assert len(project.indicators) == 2
