"""Labels: what may be one is never taken for what cannot be one."""

from __future__ import annotations

from itertools import product

import pytest

from jxmb import labels
from jxmb.labels import money
from jxmb.labels.joining import may_begin

BEFORE = ("", "一、", "（一）", "1.", "12、", "★", "其中：", "其中", "※(1)", "#")
BEHIND = ("", "(万元)", "（10分）", "10分", "[x]", "【y】", "：", "*")


def test_every_beginning_of_a_label_may_begin_one():
    for word, before, behind in product(labels.known(), BEFORE, BEHIND):
        text = before + word + behind
        if labels.find(text):
            heads = [text[:cut] for cut in range(1, len(text))]
            assert all(map(may_begin, heads)), text


@pytest.mark.parametrize("text", ["滨河步道改造", "标生态效益指标", "≥95%", "河港区园林局"])
def test_other_texts_begin_none(text: str):
    assert not may_begin(text)


@pytest.mark.parametrize(
    ("text", "group", "name"),
    [
        ("本年绩效指标值", "column", "target"),
        ("2025年目标值", "column", "target"),
        ("中长期绩效指标值", "column", "target_midterm"),
        ("上年完成值", "column", "note"),
        ("实际完成指标值", "column", "actual"),
        ("指标子类", "column", "level2"),
        ("细化指标名称", "column", "name"),
        ("计分权重", "column", "weight"),
        ("指标衡量单位", "column", "unit"),
        ("归口管理部门", "field", "department"),
        ("任务承担单位（公章）", "field", "implementer"),
        ("项目起讫年月", "field", "period"),
        ("2025年度目标", "goal", "annual"),
        ("三年总体绩效目标", "goal", "midterm"),
    ],
)
def test_a_label_is_told_by_its_words(text: str, group: str, name: str):
    assert [(one.group, one.name) for one in labels.find(text)] == [(group, name)]


@pytest.mark.parametrize("text", ["目标", "2025年度", "年度值", "单位", "管理部门", "指标", "主管"])
def test_words_that_do_not_say_enough_make_no_other_label(text: str):
    assert labels.find(text) == labels.vocabulary().get(text, ())


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ("2026年", "2026"),
        ("2026年预算数", "2026"),
        ("本年核定数", "annual"),
        ("其中：本年度", "annual"),
        ("实施期", "midterm"),
        ("合计", "midterm"),
        ("以前年度已安排", "past"),
        ("财政拨款", None),
        ("备注", None),
    ],
)
def test_the_head_of_a_column_of_money_says_its_time(head: str, time: str | None):
    assert money.term(head) == time
