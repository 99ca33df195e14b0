"""``jxmb explain``: the page of a rule."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .group import Command, lang_option
from .words import Words

if TYPE_CHECKING:
    from ..rules import AnyRule

RULE = Words("规则", "rule")


@click.command(
    "explain",
    cls=Command,
    words=Words(
        "解释一条规则：依据、正反例、怎么改。RULE 是代码或名称，如 JX301。",
        "Explain a rule: its source, good and bad cases, what to write. RULE is a code or a name, such as JX301.",
    ),
)
@click.argument("name", metavar="RULE")
@lang_option
def explain(name: str) -> None:
    """Print the page; drawn on a terminal, as it is in a pipe."""
    from ..rules import page

    text = page(find(name).name)
    if not sys.stdout.isatty():
        click.echo(text, nl=not text.endswith("\n"))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


def find(name: str) -> AnyRule:
    """The rule with this code or name. Raises `Problem` with the nearest ones."""
    from ..rules import load
    from .problems import unknown

    for rule in load():
        if name.upper() == rule.code or name.lower().replace("_", "-") == rule.name:
            return rule
    known = [word for rule in load() for word in (rule.code, rule.name)]
    raise unknown(RULE, name, known)
