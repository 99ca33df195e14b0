#!/usr/bin/env python3
"""Rewrite what is generated, or with --check only say whether it is current.

That is the blocks of the README, the schema of settings, and the policies as they are read at run time.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from click.testing import CliRunner

from jxmb import policies
from jxmb.cli import COMMANDS, main
from jxmb.lint import schema
from jxmb.lint.settings import known_keys
from jxmb.rules import AnyRule, load

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SCHEMA = ROOT / "src" / "jxmb" / "lint" / "settings.schema.json"
BLOCK = re.compile(r"<!-- (?P<name>[\w-]+) -->\n.*?<!-- /(?P=name) -->\n", re.DOTALL)
SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}


def rules() -> str:
    """The table of all rules; each code leads to its page."""
    head = "| 代码 | 名称 | 级别 | 修改 | 说明 | |\n| --- | --- | --- | --- | --- | --- |\n"
    return head + "".join(row(rule) for rule in load())


def row(rule: AnyRule) -> str:
    """One rule."""
    page = f"[{rule.code}](src/jxmb/rules/pages/{rule.name}.md)"
    words = (rule.title.zh, rule.title.en)
    cells = (page, rule.name, SEVERITIES[rule.severity], rule.fix or "-", *words)
    return f"| {' | '.join(cells)} |\n"


def help_in(lang: str) -> str:
    """The help of the program and of every command."""
    pages = [["--help"], *([name, "--help"] for name in COMMANDS)]
    shown = (
        CliRunner().invoke(main, [*page, "--lang", lang], env={"COLUMNS": "80"}).stdout.rstrip()
        for page in pages
    )
    return "```text\n" + "\n\n".join(shown) + "\n```\n"


def settings() -> str:
    """Every key of a settings file, with its default."""
    shape = schema.build()
    tables = (("", shape), ("limits.", shape["$defs"]["Thresholds"]))
    keys = {head + key: one for head, table in tables for key, one in table["properties"].items()}
    head = "| 设置 | 默认 | 说明 | |\n| --- | --- | --- | --- |\n"
    return head + "".join(setting(key, keys[key].get("default")) for key in known_keys())


def setting(key: str, default: object) -> str:
    """One setting."""
    value = "" if default is None else f"`{json.dumps(default, ensure_ascii=False)}`"
    return f"| `{key}` | {value} | {' | '.join(schema.KEYS[key])} |\n"


BLOCKS: dict[str, Callable[[], str]] = {
    "rules": rules,
    "help-zh": lambda: help_in("zh"),
    "help-en": lambda: help_in("en"),
    "settings": settings,
}


def current(text: str, blocks: Mapping[str, Callable[[], str]] = BLOCKS) -> str:
    """The README with each of these blocks as it should be, and the others as they are."""
    found = {match["name"] for match in BLOCK.finditer(text)}
    if missing := blocks.keys() - found:
        raise SystemExit(f"README.md has no block {', '.join(sorted(missing))}")

    def made(match: re.Match[str]) -> str:
        name = match["name"]
        return (
            f"<!-- {name} -->\n{blocks[name]()}<!-- /{name} -->\n" if name in blocks else match[0]
        )

    return BLOCK.sub(made, text)


def tables() -> str:
    """The policies and lists of words, a file a line."""
    files = sorted(policies.TABLES.parent.glob("*.toml"))
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}
    rows = (
        f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in found.items()
    )
    return "{\n" + ",\n".join(rows) + "\n}\n"


MADE: Mapping[Path, Callable[[], str]] = {
    policies.TABLES: tables,  # first: the others are made with it
    README: lambda: current(README.read_text(encoding="utf-8")),
    SCHEMA: lambda: json.dumps(schema.build(), ensure_ascii=False, indent=2) + "\n",
}


def run(check: bool) -> int:
    """0 where the files are current, or were made so."""
    stale = False
    for path, make in MADE.items():
        text = make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale = True
        if check:
            print(f"{path.name} is stale: run scripts/docs.py", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(check and stale)


if __name__ == "__main__":
    raise SystemExit(run("--check" in sys.argv[1:]))
