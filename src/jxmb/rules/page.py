"""The page of a rule: kept in both languages, with examples that the tests run, and drawn in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .. import deferred
from ..findings import Safety, Words
from .base import AnyRule

PAGES = Path(__file__).parent / "pages"
FENCE = deferred.re(r"(^```\w+\n.*?^```$)", re.MULTILINE | re.DOTALL)
SECTION = deferred.re(r"(?:## |\*\*)(?P<zh>[^·*]+?) · (?P<en>[^*.]+?)(?:\.\*\* (?P<rest>.*))?")
SEVERITIES = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "info": Words("提示", "info"),
}
ASPECTS = {
    "W": Words("完整性", "completeness"),
    "X": Words("相关性", "relevance"),
    "S": Words("适当性", "adequacy"),
    "K": Words("可行性", "feasibility"),
    "G": Words("格式", "format"),
}
FIXES = {
    Safety.SAFE: Words("可安全修改", "safe fix"),
    Safety.UNSAFE: Words("可修改，须核对", "unsafe fix"),
    None: Words("手工修改", "no fix"),
}


def page(name: str) -> str:
    """The page of a rule as it is kept: Markdown in both languages. Raises `FileNotFoundError` where there is none."""
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def drawn(rule: AnyRule, lang: str) -> str:
    """The page of a rule in one language (zh or en): its title, what it is, the text, the examples.

    A line in asterisks is English, every other Chinese; below each finding of an example stands its English message.
    """
    at = 1 if lang == "en" else 0
    about = (SEVERITIES[rule.severity], ASPECTS[rule.aspect], FIXES[rule.fix])
    head = " · ".join((*(words[at] for words in about), rule.name))
    _, _, body = page(rule.name).partition("\n")
    blocks = (
        _fence(block, at) if block.startswith("```") else "\n".join(_lines(block, at))
        for block in FENCE.split(body)
    )
    text = f"# {rule.code} {rule.title[at]}\n\n{head}\n{''.join(blocks)}"
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _lines(block: str, at: int) -> Iterator[str]:
    """The lines of running text that are in the language; a section's name becomes a heading."""
    for line in block.split("\n"):
        if section := SECTION.fullmatch(line):
            yield f"\n## {section['en' if at else 'zh']}\n"
            if section["rest"] and not at:
                yield section["rest"]
        elif len(line) > 2 and line[0] == line[-1] == "*" and line[1] != "*":
            if at:
                yield line[1:-1]
        elif not (at and line.strip()):
            yield line


def _fence(block: str, at: int) -> str:
    """A fenced example; of its findings the messages in the language."""
    if not block.startswith("```findings"):
        return block
    lines = block.split("\n")
    if not at:
        return "\n".join(line for line in lines if not line.startswith("  "))
    kept = [lines[0]]
    for line, following in zip(lines[1:], (*lines[2:], ""), strict=True):
        if following.startswith("  "):
            where, code, *_ = line.split(" ", 2)
            kept.append(f"{where} {code} {following.strip()}")
        elif not line.startswith("  "):
            kept.append(line)
    return "\n".join(kept)
