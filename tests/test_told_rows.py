"""Rows of a table whose last cell tells several indicators, each with its value on a line of its own."""

from __future__ import annotations

import pytest

import jxmb

TITLE = "项目支出绩效目标表"
HTML = "<table>{}</table>"
NAMED = [
    ("产出指标", "数量指标", "清理河道长度", "≥12公里"),
    ("产出指标", "质量指标", "清理验收合格率", "≥95%"),
    ("产出指标", "成本指标", "每公里清理成本", "≤8万元"),
    ("满意度指标", "服务对象满意度指标", "沿岸居民满意度", "≥90%"),
]


def told(text: str) -> list[tuple[str | None, str | None, str, str]]:
    """What the one form of a text asks for."""
    (project,) = jxmb.parse(text).projects
    return [
        (one.level1.value, one.level2.value, one.name.text, one.target.text)
        for one in project.indicators
    ]


def sentences(line: str) -> list[str]:
    return [
        f"数量指标：清理河道长度≥12公里{line}质量指标：清理验收合格率≥95%{line}成本指标：每公里清理成本≤8万元",
        "服务对象满意度指标：沿岸居民满意度≥90%",
    ]


def numbered(line: str) -> list[tuple[str, str, str]]:
    return [
        ("产出指标", "数量指标", f"1.清理河道长度：≥12公里{line}2.清理河道条数：6条"),
        ("", "质量指标", "1.清理验收合格率：≥95%"),
    ]


def html(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<p>{TITLE}</p>" + HTML.format("".join(f"<tr>{row}</tr>" for row in cells))


@pytest.mark.parametrize("line", ["<br>", "</p><p>"])
def test_level_words_in_the_cells_of_a_page_tell_indicators(line: str) -> None:
    output, satisfaction = sentences(line)
    text = html(
        ("项目名称", "河道清理"), ("产出指标", f"<p>{output}</p>"), ("满意度指标", satisfaction)
    )

    assert told(text) == NAMED
    assert not {one.code for one in jxmb.check(text)} & {"JX110", "JX101", "JX102"}


def test_level_words_in_quoted_cells_tell_indicators() -> None:
    output, satisfaction = sentences("\n")
    text = f'{TITLE}\n项目名称\t河道清理\n产出指标\t"{output}"\n满意度指标\t{satisfaction}'

    assert told(text) == NAMED


def test_numbered_lines_below_a_head_of_names_and_targets_are_both() -> None:
    heads = "一级指标\t二级指标\t三级指标及指标值"
    rows = "\n".join(f'{one}\t{two}\t"{cell}"' for one, two, cell in numbered("\n"))

    assert [row[2:] for row in told(f"{TITLE}\n项目名称\t河道清理\t\n{heads}\n{rows}")] == [
        ("清理河道长度", "≥12公里"),
        ("清理河道条数", "6条"),
        ("清理验收合格率", "≥95%"),
    ]


def test_the_paragraphs_of_a_page_are_an_outline_as_lines_are() -> None:
    lines = [
        "一、项目名称：河道清理",
        "二、绩效指标",
        "（一）产出指标",
        "1.数量指标：清理河道长度≥12公里；清理河道条数6条。",
        "2.质量指标：清理验收合格率≥95%。",
        "（二）满意度指标",
        "1.服务对象满意度指标：沿岸居民满意度≥90%。",
    ]
    page = "".join(f"<p>{line}</p>\n" for line in (TITLE, *lines))

    assert told(f"<html><body>{page}</body></html>") == told("\n".join((TITLE, *lines)))
    assert len(told("\n".join((TITLE, *lines)))) == 4
