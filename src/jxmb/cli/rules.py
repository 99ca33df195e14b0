"""``jxmb rules``: the list of rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from ..findings import Safety, Severity
from ..rules.families import FAMILIES
from .interface.group import Command, lang_of, lang_option, option
from .interface.help import cells
from .interface.words import Words, in_lang

if TYPE_CHECKING:
    from ..rules import AnyRule

Row = tuple[str, ...]

FORMATS = ("table", "json")
ASPECTS = {
    "completeness": "W",
    "relevance": "X",
    "adequacy": "S",
    "feasibility": "K",
    "format": "G",
}
COLUMNS = (
    Words("代码", "Code"),
    Words("题名", "Title"),
    Words("级别", "Severity"),
    Words("修改", "Fix"),
    Words("名称", "Name"),
)
NONE = Words("没有符合条件的规则", "No rule meets these conditions")
FIXES = {
    Safety.SAFE: Words("安全", "safe"),
    Safety.UNSAFE: Words("须核对", "unsafe"),
    None: Words("手工", "manual"),
}


@click.command(
    "rules",
    cls=Command,
    words=Words(
        "列出规则：全部，或同时符合各项条件的。",
        "List the rules: all, or those that meet every condition.",
    ),
)
@option(
    "--family",
    multiple=True,
    type=click.Choice(list(FAMILIES)),
    zh="只列这些类别",
    en="Of these families only",
)
@option(
    "--severity",
    multiple=True,
    type=click.Choice([*map(str, Severity)]),
    zh="只列这些级别",
    en="Of these severities only",
)
@option(
    "--aspect",
    multiple=True,
    type=click.Choice(list(ASPECTS)),
    zh="只列这些方面：完整性、相关性、适当性、可行性、格式",
    en="Of these aspects only",
)
@option("--fixable", is_flag=True, zh="只列 --fix 能修改的", en="Only those that --fix can fix")
@option(
    "--format", "shape", type=click.Choice(FORMATS), default="table", zh="输出格式", en="Format"
)
@lang_option
@click.pass_context
def rules(
    ctx: click.Context,
    family: tuple[str, ...],
    severity: tuple[str, ...],
    aspect: tuple[str, ...],
    fixable: bool,
    shape: str,
) -> None:
    """Print the rules by family."""
    from ..rules import load

    aspects = {ASPECTS[one] for one in aspect}
    chosen = [
        rule
        for rule in load()
        if (not family or rule.family.code in family)
        and (not severity or rule.severity in severity)
        and (not aspects or rule.aspect in aspects)
        and (not fixable or rule.fix)
    ]
    if shape == "json":
        listed = {"version": 1, "rules": [build(rule) for rule in chosen]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    elif chosen:
        click.echo(table(chosen, lang_of(ctx)))
    else:
        click.echo(in_lang(NONE, lang_of(ctx)))


def build(rule: AnyRule) -> dict[str, Any]:
    """A rule as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title.zh,
        "title_en": rule.title.en,
        "severity": str(rule.severity),
        "aspect": rule.aspect,
        "blame": rule.blame,
        "fix": str(rule.fix) if rule.fix else None,
        "once": rule.once,
        "policies": sorted(rule.policies),
        "message": rule.says.zh,
        "message_en": rule.says.en,
        "reason": rule.why.zh,
        "reason_en": rule.why.en,
        "remedy": rule.remedy.zh,
        "remedy_en": rule.remedy.en,
    }


def table(listed: Iterable[AnyRule], lang: str) -> str:
    """The rules by family, each on a line: code, title, severity, fix, name."""
    families = groupby(listed, lambda rule: rule.family)
    rows = [(family, [_row(rule, lang) for rule in rules]) for family, rules in families]
    every = [_columns(lang), *(row for _, rows_of in rows for row in rows_of)]
    widths = [max(map(cells, column)) for column in zip(*every, strict=True)]
    lines = [_line(_columns(lang), widths)]
    for family, rows_of in rows:
        lines += ["", f"{family.code} {in_lang(family.title, lang)}"]
        lines += [_line(row, widths) for row in rows_of]
    return "\n".join(lines)


def _columns(lang: str) -> Row:
    return tuple(in_lang(words, lang) for words in COLUMNS)


def _row(rule: AnyRule, lang: str) -> Row:
    from ..rules.page import SEVERITIES

    said = (rule.title, SEVERITIES[rule.severity], FIXES[rule.fix])
    return (rule.code, *(in_lang(words, lang) for words in said), rule.name)


def _line(row: Row, widths: Sequence[int]) -> str:
    padded = (text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()
