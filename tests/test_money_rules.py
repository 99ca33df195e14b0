"""The money block: which rows count under which, sums of any tree, and amounts in the texts beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jxmb import rules
from jxmb.findings import Finding
from jxmb.lint import engine
from jxmb.lint.engine import Checks
from jxmb.model import FundingRow
from jxmb.source import Source

from .work import apply, only

TABLE = "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 扫描档案数量 | ≥8000卷 |\n"
RULES = tuple(rule for rule in rules.load() if rule.code.startswith("JX6"))


def form(*rows: str) -> str:
    return (
        "项目支出绩效目标表\n(2024年)\n\n| 项目名称 | 档案数字化 |\n"
        + "\n".join(rows)
        + "\n"
        + TABLE
    )


def found(text: str, code: str) -> list[Finding]:
    verdicts = engine.check(Source(text), Checks(rules=RULES, strict=True))
    return [one for verdict in verdicts for one in verdict.findings if one.code == code]


def tree(text: str) -> list[tuple[str, str | None, str]]:
    def row(one: FundingRow) -> tuple[str, str | None, str]:
        return one.amount.text, one.parent, one.scope

    return [row(one) for one in only(text).funding.rows]


def test_a_two_sided_block_has_two_trees() -> None:
    assert tree(
        form(
            "| 项目资金（万元） | 中期资金总额 | 300 | 年度资金总额 | 100 |",
            "| | 其中：财政拨款 | 200 | 其中：财政拨款 | 60 |",
        )
    ) == [
        ("300", None, "midterm"),
        ("100", None, "annual"),
        ("200", "中期资金总额", "midterm"),
        ("60", "年度资金总额", "annual"),
    ]


def test_a_label_printed_once_for_both_sides() -> None:
    rows = tree(
        form(
            "| 项目资金（万元） | 中期资金总额 | 300 | 年度资金总额 | 100 |",
            "| | 其中：财政拨款 | 200 | 60 |",
        )
    )

    assert rows[2:] == [("200", "中期资金总额", "midterm"), ("60", "年度资金总额", "annual")]


def test_the_money_of_all_years_is_not_the_total() -> None:
    text = form(
        "| 项目资金（万元） | 项目总投资 | 500 |",
        "| | 年度资金总额 | 100 |",
        "| | 其中：财政拨款 | 100 |",
    )

    assert only(text).funding.total.text == "100"
    assert tree(text)[0] == ("500", None, "midterm")
    assert tree(text)[2] == ("100", "年度资金总额", "annual")


def test_own_money_stands_beside_the_grant() -> None:
    rows = tree(
        form(
            "| 项目资金（万元） | 资金总额 | 100 |",
            "| | 财政拨款 | 60 |",
            "| | 其中：中央资金 | 40 |",
            "| | 省级资金 | 20 |",
            "| | 单位自筹 | 40 |",
        )
    )

    assert [parent for _, parent, _ in rows] == [
        None,
        "资金总额",
        "财政拨款",
        "财政拨款",
        "资金总额",
    ]


def test_further_parts_in_a_block_of_two_columns() -> None:
    rows = tree(
        form(
            "| 项目资金（万元） | 资金总额 | 100 | | |",
            "| | 财政拨款 | 100 | 单位自筹 | 0 |",
            "| | 其中：上级补助 | 60 | 政府性基金 | 0 |",
        )
    )

    assert rows[3] == ("60", "财政拨款", "annual")


def test_money_columns_are_read_with_their_units() -> None:
    text = form(
        "| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 |",
        "| | 年度资金总额 | 100万元 | 1,100 | 5000元 |",
    )

    columns = only(text).funding.rows[0].columns
    assert {name: columns[name].value for name in ("initial", "budget", "executed")} == {
        "initial": Decimal(100),
        "budget": Decimal(1100),
        "executed": Decimal("0.5"),
    }


CENTS = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)
SOURCES = ("（一）一般公共预算", "（二）政府性基金", "（三）专户资金")


def block(total: Decimal, grants: list[Decimal], other: Decimal) -> str:
    return form(
        f"| 项目资金（万元） | 年度资金总额 | {total} |",
        f"| | 一、财政拨款 | {sum(grants, Decimal(0))} |",
        *(f"| | {label} | {grant} |" for label, grant in zip(SOURCES, grants, strict=False)),
        f"| | 二、其他资金 | {other} |",
    )


@settings(max_examples=40)
@given(st.lists(CENTS, min_size=2, max_size=3), CENTS)
def test_a_sum_that_holds_is_never_found_fault_with(grants: list[Decimal], other: Decimal) -> None:
    assert not found(block(sum(grants, other), grants, other), "JX601")


@settings(max_examples=40)
@given(st.lists(CENTS, min_size=2, max_size=3), CENTS, st.integers(1, 10**6))
def test_a_sum_that_is_off_is_found(grants: list[Decimal], other: Decimal, cents: int) -> None:
    whole = sum(grants, other)

    one, *more = found(block(whole + Decimal(cents) / 100, grants, other), "JX601")

    assert not more and f"各项之和 {whole.normalize():f}万元" in one.message.zh


@pytest.mark.parametrize(
    ("written", "number"),
    [("96 万元", "96"), ("1,154.68万元", "1,154.68"), ("40万", "40"), ("￥8万元", "￥8")],
)
def test_a_unit_in_an_amount_is_taken_away(written: str, number: str) -> None:
    text = form(f"| 项目资金（万元） | 年度资金总额 | {written} |")

    new, _ = apply(Source(text), found(text, "JX603"))

    assert new == text.replace(written, number)


def test_another_unit_is_only_converted_unsafely() -> None:
    text = form("| 项目资金（万元） | 年度资金总额 | 60000元 |")

    (one,) = found(text, "JX603")

    assert one.safety == "unsafe"
    assert apply(Source(text), [one])[0] == text.replace("60000元", "6")


@pytest.mark.parametrize(
    "goal",
    [
        "慰问退休干部129人，人均1200元，合计15万元。",
        "按每人1200元标准慰问129人，共15万元。",
        "慰问129人×1200元=15万元。",
        "购置电脑48套，每套2万元，共86万元，配发12个乡镇。",
    ],
)
def test_a_product_that_does_not_hold_is_found_in_any_spelling(goal: str) -> None:
    assert found(form("| 年度资金总额 | 200 |", f"| 年度目标 | {goal} |"), "JX613")


@pytest.mark.parametrize(
    "goal",
    [
        "慰问退休干部129人，人均1200元，合计15.48万元。",
        "慰问129人×1200元=154800元。",
        "购置电脑48套，每套2万元，共96万元，配发12个乡镇。",
        "购置电脑48套，每套2万元；培训24人，共98万元。",
    ],
)
def test_a_product_that_holds_or_is_none_is_left_alone(goal: str) -> None:
    assert not found(form("| 年度资金总额 | 200 |", f"| 年度目标 | {goal} |"), "JX613")


def test_the_sum_of_one_group_is_not_the_whole_budget_where_more_is_named() -> None:
    goal = "补助140人，每人2000元，共计28万元，另购置设备12台。"
    assert not found(form("| 年度资金总额 | 86 |", f"| 年度目标 | {goal} |"), "JX612")


@pytest.mark.parametrize("amount", ["86..5", "86.5.1", "86-90", "86、5"])
def test_figures_that_make_no_number_are_unreadable(amount: str) -> None:
    assert found(form(f"| 年度资金总额 | {amount} |"), "JX606")


def test_money_that_is_paid_out_is_the_budget() -> None:
    text = form("| 年度资金总额 | 86 |").replace("扫描档案数量", "使用本项目资金")
    assert found(text.replace("≥8000卷", "95万元"), "JX611")
    assert not found(text.replace("≥8000卷", "86万元"), "JX611")


def test_numbered_rows_below_the_grant_are_its_parts() -> None:
    rows = ("| 年度资金总额 | 100 |", "| 其中：财政拨款 | 90 |", "| 1.上级资金 | {} |")
    rest = ("| 2.本级资金 | 70 |", "| 其他资金 | 10 |")
    text = form(*rows, *rest)
    assert not found(text.format(20), "JX601")
    (one,) = found(text.format(15), "JX601")
    assert "财政拨款" in one.message.zh
