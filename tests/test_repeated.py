"""A table that a tool found twice is read once; equal tables of two forms are two."""

from __future__ import annotations

from jxmb.model.repairs import Kind
from jxmb.reader import parse
from jxmb.source import Source

ROWS = """\
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t开放天数\t≥300天
\t质量指标\t设备完好率\t≥95%
\t时效指标\t新书上架时间\t10日内
效益指标\t社会效益指标\t到馆人次\t≥2万人次
满意度指标\t服务对象满意度指标\t读者满意度\t≥90%
"""
FOOT = f"其他资金\t0\n年度目标\t全年开放，购置新书。\n{ROWS}"


def form(name: str, rows: str = FOOT) -> str:
    return f"项目支出绩效目标表\n项目名称\t{name}\n主管部门\t文旅局\n年度资金总额\t12\n{rows}"


def test_the_lower_part_of_a_form_printed_before_it_is_read_once() -> None:
    text = f"{form('送书下乡')}\n{FOOT}\n{form('分馆开放')}"
    document = parse(Source(text))

    assert [one.project_name.value for one in document] == ["送书下乡", "分馆开放"]
    assert [len(one.indicators) for one in document] == [5, 5]
    again = [one for one in document.projects[1].repairs if one.kind is Kind.REPEATED]
    assert {one.at.line for one in again} == set(range(14, 22))


def test_each_of_several_forms_may_have_its_echo() -> None:
    parts = [form("甲馆"), FOOT, form("乙馆"), FOOT, form("丙馆")]
    document = parse(Source("\n".join(parts)))

    assert [len(one.indicators) for one in document] == [5, 5, 5]


def test_an_echo_at_the_head_of_a_text_is_no_form() -> None:
    document = parse(Source(f"{FOOT}\n{form('送书下乡')}"))

    assert [one.project_name.value for one in document] == ["送书下乡"]
    assert len(document.projects[0].indicators) == 5
    assert not document.strays


def test_equal_tables_of_two_forms_are_both_kept() -> None:
    head = "项目支出绩效目标表\n项目名称\t{}\n主管部门\t文旅局\n年度资金总额\t12\n\n"
    text = f"{head.format('甲馆')}{ROWS}\n{head.format('乙馆')}{ROWS}"
    document = parse(Source(text))

    assert [len(one.indicators) for one in document] == [5, 5]


def test_a_second_page_that_two_forms_have_alike_is_kept() -> None:
    more = ROWS.replace("开放天数", "讲座场次").replace("读者", "听众")
    text = "\n".join((form("甲馆", f"{FOOT}\n{more}"), form("乙馆", f"{FOOT}\n{more}")))
    document = parse(Source(text))

    assert [len(one.indicators) for one in document] == [10, 10]


def test_a_part_that_differs_in_one_word_is_no_echo() -> None:
    other = ROWS.replace("≥300天", "≥200天")
    document = parse(Source(f"{form('送书下乡')}\n{other}\n{form('分馆开放')}"))

    assert [len(one.indicators) for one in document] == [10, 5]
