"""A fix changes what it names and nothing else, and a second one changes nothing.

What is read before and after is compared cell by cell, by another way than the program does it.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.layouts import LAYOUTS, LAYOUTS_APART
from tests.forms.planting import PLANTS, plant
from tests.forms.records import some
from tests.properties.accidents import accidents
from tests.properties.reread import changed

from jxmb import api

FEW = settings(max_examples=100)
LOOSE = (  # the small faults that fixes mend, in the kinds of cell where they stand
    ("指标", "指 标"), ("≥", "》"), ("≥", "＞＝ "), ("≤", "<="), ("%", "％"), ("\t≥", "\t 不少于"), ("万元", "万"),
    ("指标\t", "指标 \t"), ("年", " 年"), ("，", ","), ("。", "。 "), ("1", "１"), ("-", "."), ("率\t", "率。\t"),
    ("%", " ％。"), ("%", "\u200b％以上。"), ("\t≥", "\t<b>》</b>"),
)  # fmt: skip
PLANTED = [found.texts[0] for code in PLANTS for one in some(2) if (found := plant(code, one))]
PRINTED = [layout(some(3)).text for layout in (*LAYOUTS.values(), *LAYOUTS_APART.values())]
TEXTS = PLANTED[::3] + PRINTED[::5]


# Texts of a few lines in which one small edit once changed what was read elsewhere, made readable again or twice.
ATTACKS = {
    "a stop at the end of a torn name": "项目名称\n清淤%\n服务对象满\n意修\n意度指标\n养，0 处。\n",
    "a blank between sign and number": (
        "绩效目标表\n\n产出指标 一次抽检合格率 %\n时限 小 时效指标\n上   期竣工率  <2 万本指标 \n"
    ),
    "a period whose end has no year": "出绩效目标表游\n主管部\n2024.3.1~6.1\n",
    "a period that runs backwards": "出绩效目标表\n（2024-2019.11\n",
    "a cell that is printed twice": "一级\t二标\t指标值\t指标值\n度\t度\t》85%\t》85%\n",
    "a cell that is printed twice in a line": (
        "0%\n满意度指标 客 》85% 》85%\n项目名称\t\t水渠日常维修工程\t水渠日常维修工程\t"
        "水渠日常维修工程\t水渠日常维修工程\n"
    ),
    "a sign that parts two forms": (
        "门\n项目单位\n项目名称\n预算金\n额(万元)\n年度目标\n一级指标\n\n三级指标\n绩效指\n标性质\n绩效指标值\n量单位\n权重\n\n"
        "县水务局\n\n县渠道清淤\n害\n120.5\n数量实\n清理淤堵\n淤情普查面积\n≥\n30\n万亩\n疏通率\n＝\n100\n%\n10\n1\n\n:s\n"
        "15\n%\n5\n\n满意度指\n服务对象满\n意度指标\n市民满意度\n≥\n"
    ),
    "a blank inside a deadline": "绩效目标表\n\n时效指标\n前 3月底 前\n成覆盖率 ≥93% ≥91\n",
    "a word for a sign in a torn row": (
        "目绩效目标表）\n\t可持续影\t，\t数\n\t响指标\t命 6以上\t\n满意度\t\n\t满意度指\t查档群≥%\n\t标\n"
    ),
    "a sign of two characters, the percent below": "目名称\n满意度指标\n园区  >=85\n  %\n 10\n",
    "a number that came apart at its point": "绩效目标表\n 三级指 指标值 权重\n抽检>7 .5万\n",
    "cells that run on below": "绩效目标表\n设\n 成排涝泵等设备，组建的应\n目标 | 急队\n",
    "a row that lost its levels": "一级 | 二级指标 | 三级  旧渠\n|金  （万元 | |\n 站  月30 日                时效指标\n",
    "labels between tags": "项 目 名 称 \n低\n代 码<td rowspan=\"5\">产 出 指 标 </td>年务>\n<td>2%</td>\n</tr \">\n<td>成 本 指\n",
    "blanks that part the cells of a line": (
        "绩效目标表\n\n数量指标  抽检 合格率  > = 3次\n服务对象满意度指标   印刷册数   < 2 万本\n时效指标  培训人次  ≤ 3 0天\n"
    ),
    "a blank inside a name of such a line": (
        "项目支出绩效目标表\n\n满意度指标   服务对象满意度指标   小 时   > = 3次\n质量指标 完成时限 ≤ 3 0天 产出指标\n"
    ),
    "a sign where cells are out of order": (
        "绩效目标表\n\n产出指标 质量指标 一次抽检合格率 》 90%\n12 次/年 效益指标 抽检 合格率 社会效益指标\n"
    ),
}  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A form or a shred of one with small faults, and what an accident makes of it: pieces lost, doubled, swapped, marks put in."""
    text = draw(st.sampled_from(TEXTS) | st.sampled_from(list(ATTACKS.values())))
    for clean, loose in draw(st.lists(st.sampled_from(LOOSE), max_size=6)):
        text = text.replace(clean, loose, draw(st.integers(1, 9)))
    return draw(accidents())(text)


@FEW
@given(mutants(), st.booleans())
def test_elsewhere_nothing_changes_and_a_second_fix_changes_nothing(
    text: str, unsafe: bool
) -> None:
    done = api.fix(text, unsafe=unsafe)
    assert changed(done.source, done.new, safe=not unsafe) == []
    again = api.fix(done.text, unsafe=unsafe)
    assert (again.text, again.applied) == (done.text, ())


def test_mutants_have_something_to_mend() -> None:
    loose = TEXTS[0]
    for clean, fault in LOOSE:
        loose = loose.replace(clean, fault)
    assert len(api.fix(loose).applied) > 5


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_what_once_changed_elsewhere(text: str, unsafe: bool) -> None:
    done = api.fix(text, unsafe=unsafe)
    assert changed(done.source, done.new, safe=not unsafe) == []
    assert not api.fix(done.text, unsafe=unsafe).changed
    assert not done.fights


def test_some_of_them_still_would() -> None:
    left = {one.finding.code for text in ATTACKS.values() for one in api.fix(text).left}
    assert len(left) > 1
