"""``jxmb rules``: the list of rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from .group import Command, lang_of, lang_option, option
from .words import Words, in_lang

if TYPE_CHECKING:
    from ..rules import AnyRule

FORMATS = ("table", "json")


@click.command("rules", cls=Command, words=Words("列出全部规则。", "List all rules."))
@option(
    "--format", "shape", type=click.Choice(FORMATS), default="table", zh="输出格式", en="Format"
)
@lang_option
@click.pass_context
def rules(ctx: click.Context, shape: str) -> None:
    """Print one line a rule."""
    from ..rules import load

    if shape == "json":
        listed = {"version": 1, "rules": [build(rule) for rule in load()]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for rule in load():
        click.echo(line(rule, lang_of(ctx)))


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


def line(rule: AnyRule, lang: str) -> str:
    """A rule on one line: code, name, severity, fix, title."""
    fix = str(rule.fix) if rule.fix else "-"
    return f"{rule.code}  {rule.name:<26} {rule.severity:<8} {fix:<7} {in_lang(rule.title, lang)}"
