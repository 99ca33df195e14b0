"""What ``convert -v`` says of a form: how it was read, so that a misread one leads to the module to change."""

from __future__ import annotations

from ...model import Project
from ..interface.words import Words

# Names of conditions, passes, rivals and steps in Chinese; the packages `repair` and `structure` have them in English.
NAMES = {
    "merged rows": "多行并成一格",
    "visual rows": "一行是页面上的一行",
    "read rules": "竖线是识别出的表格线",
    "loose": "单元格散落",
    "split columns": "一列被拆成几列",
    "wrapped cells": "单元格折行",
    "displaced marks": "标点落在行尾",
    "glyph order": "字符次序颠倒",
    "overflow": "单元格末尾落到下一格",
    "letter-spacing": "字间空格",
    "specks": "污点和表格线",
    "letters of dirt": "污点认成的字母",
    "cells run together": "单元格粘连",
    "names like labels": "指标名称与栏目同名",
    "signs": "误识的比较符",
    "colons": "标签与内容之间的冒号",
    "values run together": "名称与指标值粘连",
    "repeated cells": "合并单元格重复打印",
    "margin label": "边栏的“绩效指标”",
    "remnants": "残留的标签碎片",
    "impossible rows": "不成行的文字",
    "grid": "整页成表",
    "outline": "逐条列出的文字",
    "lying table": "横放的指标表",
    "heads over rows": "表头分几行",
    "several rows in one": "几行并成一行",
    "lists in cells": "一格列出几项",
    "sentences in cells": "一格写明几项",
    "fallen rows": "掉出表格的行",
    "shared cells": "两期共用的单元格",
    "column without a head": "表头不明的列",
    "level by its labels": "按内容认定的级次列",
    "column of signs": "只有符号的列",
    "names over rows": "名称分占两行",
    "in sequence": "逐格顺读",
    "on the page": "按页面位置",
    "no table": "没有指标表",
    "columnwise": "逐列顺读",
    "columnwise in pairs": "逐列顺读，文字两两成对",
    "columnwise in steps": "逐列顺读，名称与值交替",
    "cells joined": "格内各行相连",
    "cells apart": "格内各行分开",
}


def said(project: Project) -> Words:
    """The condition, the rivals with their worth and what changed something, in both languages."""
    trace, line = project.trace, project.at.line
    zh, en = [f"第 {line} 行的表"], [f"form at line {line}"]
    zh.append(f"单元格丢失（{NAMES[trace.condition]}）" if trace.condition else "单元格完整")
    en.append(f"cells lost ({trace.condition})" if trace.condition else "cells kept")
    if trace.rivals:
        zh.append("读法 " + "、".join(f"{NAMES[one.name]} {one.worth:.2f}" for one in trace.rivals))
        en.append("read " + ", ".join(f"{one.name} {one.worth:.2f}" for one in trace.rivals))
    if trace.steps:
        zh.append("处理了 " + "、".join(NAMES[step] for step in trace.steps))
        en.append("repaired " + ", ".join(trace.steps))
    return Words("；".join(zh), "; ".join(en))
