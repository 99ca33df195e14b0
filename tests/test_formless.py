"""Which pages of a text are never read, because no form needs them."""

from __future__ import annotations

import pytest

from jxmb import parse, tables
from jxmb.forms.formless import formless
from jxmb.source import Source

FORM = "项目支出绩效目标表\n项目名称\t甲项目\n产出指标\t数量指标\t检修次数\t≥12次\n"
TEXT = "本部门承担全市档案资料的收集、整理与利用，指导各县区的业务工作。\n"
TABLE = "行政运行\t2318.40\n"
HEADING = "第三部分 收支情况\n"


def passed(*pages: str) -> list[int]:
    """Which of these pages are passed over."""
    source = Source("\f".join(pages))
    spans = list(formless(source))
    starts = [sum(len(page) + 1 for page in pages[:at]) for at in range(len(pages))]
    return [
        at
        for at, start in enumerate(starts)
        if any(span.start <= start < span.end for span in spans)
    ]


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        ((TEXT, TEXT), [0, 1]),
        ((TEXT, TABLE, FORM), [0]),
        ((FORM, TABLE, TABLE), []),
        ((FORM, TABLE, HEADING, TABLE), [3]),
        ((FORM, TEXT, TABLE, TABLE), [2, 3]),
        ((FORM, HEADING, TABLE, TABLE, FORM), [2]),
        ((FORM + HEADING, TABLE, TABLE), [1, 2]),
        ((HEADING + FORM, TABLE, TABLE), []),
        ((TABLE, "<table>\n", HEADING, TABLE), [3]),
        ((TABLE, "绩 效\n目标申报\n表\n"), []),
        ((TABLE, TABLE, "项⽬名称\n"), [0]),
    ],
)
def test_what_no_form_needs_is_passed_over(pages: tuple[str, ...], wanted: list[int]) -> None:
    assert passed(*pages) == wanted


def test_a_text_without_form_feeds_has_pages_too() -> None:
    spans = list(formless(Source(FORM + HEADING + TABLE * 300 + FORM)))
    (span,) = spans
    assert 100 < span.text.count("\n") < 300
    assert set(span.text.splitlines(keepends=True)) == {TABLE}


def test_pages_that_are_passed_over_are_text_between_forms() -> None:
    document = parse(Source("\f".join((TEXT, TABLE, FORM, HEADING, TABLE))))
    (form,) = document.projects
    assert form.project_name.text == "甲项目"
    assert {TEXT, "\f" + TABLE} <= {span.text for span in document.strays}


def test_no_row_stands_in_a_stretch_that_is_left_out() -> None:
    source = Source("甲\t乙\n丙\t丁\n戊\t己\n")
    rows = list(tables.read(source, [source.line(2)]))
    assert [[cell.text for cell in row.cells] for row in rows] == [["甲", "乙"], ["戊", "己"]]
