"""Texts that make a careless search begin again and again, as large as asked for.

Each takes how often it repeats what hurts. None of them is a good form; reading and checking one must take work in
proportion to its length.
"""

from __future__ import annotations

from collections.abc import Callable

HEAD = "项目支出绩效目标表\n项目名称\t甲项目\n主管部门\t乙局\t实施单位\t丙站\n"
TABLE = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t检修次数\t≥12次\n"
FLAT = "项目名称\t年度目标\t一级指标\t二级指标\t三级指标\t指标值\n"
GOAL = "年度目标\t{}\n"
BOTH = "一级指标\t二级指标\t三级指标\t中期指标值\t年度指标值\n"


def _goal(text: str) -> str:
    return HEAD + GOAL.format(text) + TABLE


FORMS: dict[str, Callable[[int], str]] = {
    "figures in a goal": lambda n: _goal("约" + "1" * n),
    "figures and commas": lambda n: _goal("1," * n),
    "signs in a value": lambda n: _goal("<" * n + "个"),
    "stars in a value": lambda n: _goal("**甲" * n),
    "projects in one table": lambda n: (
        FLAT
        + "".join(f"项目{at}号\t完成\t产出 指标\t数量 指标\t检修次数\t≥1次\n" for at in range(n))
    ),
    "tabs": lambda n: HEAD + "\t" * n + "\n" + "项目名称" + "\t" * n + "\n",
    "bars in a row": lambda n: (
        "| 项目名称 | 甲 |\n|" + " 年度 |" * n + "\n|" + " 目标 |" * n + "\n"
    ),
    "labels in a cell": lambda n: _goal("其中项目名称主管部门" * n),
    "rows of money": lambda n: (
        HEAD + "年度资金总额\t10\n" + "其中：财政拨款\t1\n其他资金\t1\n" * n + TABLE
    ),
    "blank targets": lambda n: HEAD + BOTH + "产出指标\t数量指标\t检修次数\t≥12次\t\n" * n,
    "one cell a line": lambda n: (
        (HEAD + TABLE).replace("\t", "\n") + "质量指标\n合格率\n≥95%\n" * n
    ),
    "goals side by side": lambda n: HEAD + "年度目标 中期目标\n完成，\n" * n + TABLE,
    "many labels on a line": lambda n: HEAD + "主管部门 乙局 丙 丁 " * n + "\n" + TABLE,
    "pieces in two columns": lambda n: HEAD + "  戊    己\n" * n + TABLE,
    "lines of an outline": lambda n: (
        HEAD
        + "产出指标\n数量指标\n"
        + "检修次数：≥12次\n" * n
        + "\n" * n
        + "质量指标\n合格率：100%\n"
    ),
    "levels of an outline": lambda n: HEAD + "产出指标-" * n + "数量指标：检修次数：≥12次\n" * 3,
    "titles": lambda n: "项目支出绩效目标表\n" * n,
}

ROWS: dict[str, Callable[[int], str]] = {
    "bars": lambda size: "甲" + "|" * size,
    "broken rows": lambda size: "a | b | c | d\n" * 9 + "x | y\n" * (size // 6),
    "bars and lines": lambda size: "a | b | c\nplain\n" * (size // 16),
    "cells": lambda size: "<table>" + "<td>" * (size // 4),
    "open tags": lambda size: "<table>" + "<a " * (size // 3),
    "open quotes": lambda size: "<table>" + "<a x='" * (size // 12) + '<a x="' * (size // 12),
    "open comments": lambda size: "<table>" + "<!--" * (size // 4),
    "open scripts": lambda size: "<table>" + "<script>" * (size // 8),
    "nested tables": lambda size: "<table><tr><td>x" * (size // 16),
    "rowspans": lambda size: (
        "<table><tr>" + "<td rowspan=99999>a" * 100 + "<tr><td>b" * (size // 9)
    ),
    "blanks": lambda size: "<table><td>" + "&nbsp;" * (size // 6) + "x",
    "tabs": lambda size: "\t" * size + "x",
    "quotes": lambda size: '"' * size,
    "open cells": lambda size: '"a\tb\n' * (size // 5),
    "commas": lambda size: "," * size,
    "ragged records": lambda size: "a,b,c,d\na,b,c\n" * (size // 14),
    "wiki": lambda size: "{|\n| a\n" + "\n" * size,
    "frame": lambda size: "┌──┬──┐\n" + "│" * size,
    "unruled frame": lambda size: "┌──┬──┐\n" + "│a │b │\n" * (size // 8),
    "dashes": lambda size: "|" + "- " * (size // 2) + "x",
    "dollars": lambda size: "甲\t" + "$" * size,
    "formulas": lambda size: "甲\t" + "$\\" * (size // 2) + "^{ " * (size // 3),
    "objects": lambda size: '[{"甲": "乙"}' + ', {"甲": "乙"}' * (size // 14),
    "open objects": lambda size: '{"甲": ' * (size // 6),
    "objects in an object": lambda size: (
        "[{" + '"甲": 1, ' * (size // 20) + '"乙": [' + '{"丙": 1}, ' * (size // 20)
    ),
    "styles": lambda size: "[" * (size // 2) + "]{" * (size // 4),
}
