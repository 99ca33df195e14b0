"""What ``convert -v`` says of a form: how it was read, so that a misread one leads to the module to change."""

from __future__ import annotations

from ...model import Project
from ..interface.ways import NAMES
from ..interface.words import Words


def said(project: Project) -> Words:
    """The condition, the rivals with their worth and what changed something, in both languages."""
    trace, line = project.trace, project.at.line
    zh, en = [f"第 {line} 行的表"], [f"form at line {line}"]
    zh.append(f"单元格丢失（{NAMES[trace.condition].zh}）" if trace.condition else "单元格完整")
    en.append(f"cells lost ({trace.condition})" if trace.condition else "cells kept")
    if trace.rivals:
        zh.append(
            "读法 " + "、".join(f"{NAMES[one.name].zh} {one.worth:.2f}" for one in trace.rivals)
        )
        en.append("read " + ", ".join(f"{one.name} {one.worth:.2f}" for one in trace.rivals))
    if trace.steps:
        zh.append("处理了 " + "、".join(NAMES[step].zh for step in trace.steps))
        en.append("repaired " + ", ".join(trace.steps))
    return Words("；".join(zh), "; ".join(en))
