"""The command line: one file a command, loaded when it is called."""

from __future__ import annotations

from .interface.group import Entry, Group
from .interface.words import Words

COMMANDS = {
    "check": Entry("check", Words("检查绩效目标表，指出问题", "Check forms and say what is wrong")),
    "convert": Entry(
        "convert", Words("把绩效目标表转成 JSON、CSV", "Turn forms into JSON or CSV records")
    ),
    "rules": Entry("rules", Words("列出全部规则", "List all rules")),
    "explain": Entry("explain", Words("解释一条规则", "Explain a rule")),
    "settings": Entry(
        "settings", Words("显示生效的设置及其来源", "Show the settings and where they were set")
    ),
    "accept": Entry(
        "accept",
        Words("把核实过的问题写进设置", "Write findings that were looked at into the settings"),
    ),
    "completion": Entry(
        "completion", Words("输出命令补全脚本", "Print the completion script of a shell")
    ),
    "schema": Entry(
        "schema", Words("输出格式的 JSON Schema", "Print the JSON Schema of an output")
    ),
}

main = Group(
    "jxmb",
    COMMANDS,
    Words(
        "读取并检查项目支出绩效目标表：Word、Excel、PDF、扫描件和文本。",
        "Read and check 项目支出绩效目标表: Word, Excel, PDF, scans and text.",
    ),
)
