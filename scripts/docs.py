#!/usr/bin/env python3
"""Make what is generated, or with --check only say whether it is current.

That is the policies as they are read at run time, the pages of the rules and the blocks of other pages that the
documentation takes from the program, and the schema of settings.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from click.testing import CliRunner

from jxmb import policies
from jxmb.cli import COMMANDS, explain, main
from jxmb.findings import Words
from jxmb.lint.settings import known_keys, schema
from jxmb.lint.settings.validation import WANTED
from jxmb.rules import AnyRule, load
from jxmb.rules.families import FAMILIES, Family, of
from jxmb.rules.page import ASPECTS, FENCE, FIXES, SEVERITIES, page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
RULES = DOCS / "rules"
SCHEMA = ROOT / "src" / "jxmb" / "lint" / "settings" / "settings.schema.json"
BLOCK = re.compile(r"<!-- (?P<name>[\w-]+) -->\n.*?<!-- /(?P=name) -->\n", re.DOTALL)
ENGLISH = re.compile(
    r"(?<=[^\n])\n(?=\*[^*\n].*\*$)", re.MULTILINE
)  # a line of English below one of Chinese
FENCES = {
    "```findings": '```text title="结果 · Findings"',
    "```fixed": '```text title="改后 · Fixed"',
}
INDEX = """# 全部规则 · All rules

代码的前三位是类别。`jxmb explain JX301` 在终端上显示同样的说明，`jxmb rules` 按类别、级别、方面筛选。

“修改”一栏：`safe` 不改变含义，`--fix` 即写入；`unsafe` 需人工核对，`--fix --unsafe-fixes` 才写入，并保留“文件名.bak”。

*The first three characters of a code are its family. `jxmb explain JX301` shows the same page, `jxmb rules` filters them.
Safe fixes keep the meaning and are written by `--fix`; unsafe ones need a look and `--fix --unsafe-fixes`.*

{families}
{tables}"""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    lines = [[*heads], *([*row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def rules() -> dict[Path, str]:
    """The index of all rules, and a page for each."""
    pages = {RULES / f"{rule.name}.md": rule_page(rule) for rule in load()}
    return {RULES / "index.md": index(), **pages}


def index() -> str:
    """All rules, a table a family."""
    links = " · ".join(
        f"[{one.code} {one.title.zh}](#{one.code.lower()})" for one in FAMILIES.values()
    )
    return INDEX.format(families=links, tables="\n".join(map(family, FAMILIES.values())))


def family(one: Family) -> str:
    """The rules of a family."""
    title = (
        f'\n<a id="{one.code.lower()}"></a>\n\n## {one.code} {one.title.zh} · {one.title.en}\n\n'
    )
    rows = (
        (
            f"[{rule.code}]({rule.name}.md)",
            *(rule.title.zh, rule.title.en, SEVERITIES[rule.severity].zh, rule.fix or ""),
        )
        for rule in load()
        if of(rule.code) is one
    )
    return title + table(("代码", "题名", "Title", "级别", "修改"), rows)


def rule_page(rule: AnyRule) -> str:
    """The page of a rule, whose examples say what they are, with its severity and the like above it."""
    _, _, body = page(rule.name).partition("\n")
    blocks = (
        fence(one) if one.startswith("```") else ENGLISH.sub("\n\n", one)
        for one in FENCE.split(body)
    )
    about = (SEVERITIES[rule.severity], ASPECTS[rule.aspect], FIXES[rule.fix])
    said = " · ".join((f"`{rule.name}`", *(" ".join(words) for words in about)))
    title = f"# {rule.code} {rule.title.zh}\n\n*{rule.title.en}*\n\n"
    back = f"[全部规则 · All rules](index.md#{of(rule.code).code.lower()})\n"
    return f"{title}{said}\n{''.join(blocks).rstrip()}\n\n{back}"


def fence(block: str) -> str:
    """A fenced example with its title."""
    first, end, rest = block.partition("\n")
    return FENCES.get(first, first) + end + rest


def help_in(lang: str) -> str:
    """The help of the program and of every command."""
    pages = [["--help"], *([name, "--help"] for name in COMMANDS)]
    shown = (
        CliRunner().invoke(main, [*page, "--lang", lang], env={"COLUMNS": "80"}).stdout.rstrip()
        for page in pages
    )
    return "```text\n" + "\n\n".join(shown) + "\n```\n"


def settings(lang: str) -> str:
    """Every key of a settings file, with its values and its default."""
    shape = schema.build()
    tables = (("", shape), ("limits.", shape["$defs"]["Thresholds"]))
    keys = {head + key: one for head, table in tables for key, one in table["properties"].items()}
    heads = Words("设置 默认 说明 取值", "Setting Default Meaning Values")
    rows = (
        (
            f"`{key}`",
            literal(keys[key].get("default")),
            word(schema.KEYS[key], lang),
            values(key, lang),
        )
        for key in known_keys()
    )
    return table(word(heads, lang).split(), rows)


def values(key: str, lang: str) -> str:
    """What a setting may be."""
    return word(WANTED[key.rpartition(".")[2]], lang).replace("|", "\\|")


def literal(default: object) -> str:
    """A default as it stands in a file of settings."""
    return "" if default is None else f"`{json.dumps(default, ensure_ascii=False)}`"


def formats(lang: str) -> str:
    """Every format, with what it is and the command that writes it."""
    parts = (
        f"### {name}\n\n{word(about, lang)}\n\n```sh\n{use.replace('; ', chr(10))}\n```\n"
        for name, (use, about) in explain.FORMATS.items()
    )
    return "\n" + "\n".join(parts) + "\n"


def floors() -> str:
    """The floors of the house, highest first, as its test knows them."""
    sys.path.insert(0, str(ROOT))
    from tests.test_architecture import FLOORS

    return "```text\n" + "\n".join(reversed(FLOORS)) + "\n```\n"


def word(words: Words, lang: str) -> str:
    """Words in a language."""
    return words.en if lang == "en" else words.zh


def places() -> dict[Path, dict[str, Callable[[], str]]]:
    """The generated blocks of each page."""
    made: dict[str, tuple[str, Callable[[str], str]]] = {
        "settings": ("settings", settings),
        "formats": ("formats", formats),
        "commands": ("commands", help_in),
        "architecture": ("floors", lambda _: floors()),
    }
    return {
        DOCS / folder / f"{name}.md": {block: partial(make, lang)}
        for name, (block, make) in made.items()
        for folder, lang in (("", "zh"), ("en", "en"))
    }


def current(text: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """A page with each of these blocks as it should be, and the others as they are."""
    found = {match["name"] for match in BLOCK.finditer(text)}
    if missing := blocks.keys() - found:
        raise SystemExit(f"the page has no block {', '.join(sorted(missing))}")

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


def made() -> Iterator[tuple[Path, str]]:
    """Every file that is made, as it should be, one after another: the first is read to make the others."""
    yield policies.TABLES, tables()
    yield from rules().items()
    for path, blocks in places().items():
        yield path, current(path.read_text(encoding="utf-8"), blocks)
    yield SCHEMA, json.dumps(schema.build(), ensure_ascii=False, indent=2) + "\n"


def run(check: bool) -> int:
    """0 where the files are current, or were made so."""
    stale = []
    known = set()
    for path, text in made():
        known.add(path)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    gone = sorted(set(RULES.glob("*.md")) - known)
    for path in [*stale, *gone]:
        if check:
            print(f"{path.relative_to(ROOT)} is stale: run scripts/docs.py", file=sys.stderr)
        elif path in gone:
            path.unlink()
    return int(check and bool(stale or gone))


if __name__ == "__main__":
    raise SystemExit(run("--check" in sys.argv[1:]))
