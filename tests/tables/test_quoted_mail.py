"""Forms in mail that is answered: each line begins with the marks of a quotation."""

from __future__ import annotations

import pytest

import jxmb

TABS = """项目支出绩效目标表（2026年度）
项目名称\t河道清理\t\t
主管部门\t某市水务局\t\t
年度目标\t清理河道12公里，改善沿岸环境。\t\t
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t清理河道长度\t>12公里
\t质量指标\t清理验收合格率\t≥95%"""
BARS = "\n".join(
    f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in TABS.splitlines()
)


def said(text: str) -> list[str]:
    (project,) = jxmb.parse(text).projects
    rows = [(one.level2.text, one.name.text, one.target.text) for one in project.indicators]
    return [project.project_name.text, project.department.text, project.goal.text, *map(str, rows)]


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > "])
@pytest.mark.parametrize("text", [TABS, BARS])
def test_the_marks_of_a_quotation_are_no_text(text: str, mark: str) -> None:
    quoted = "张三：见下。\n\n" + "\n".join(f"{mark}{line}" for line in text.splitlines())

    assert said(quoted) == said(text)


def test_a_column_of_values_is_no_quotation() -> None:
    values = "指标值\n>90%\n> 80%\n>5台\n"
    read = "".join(row.cells[0].text for row in jxmb.tables.read(jxmb.source.Source(values)))
    assert read == "指标值>90%> 80%>5台"


def test_a_sign_at_the_beginning_of_a_line_is_no_mark() -> None:
    lines = [cell for line in TABS.splitlines() for cell in line.split("\t") if cell]

    assert "清理河道长度" in str(said("\n".join(lines)))
    assert ">12公里" in str(said("\n".join(lines)))
