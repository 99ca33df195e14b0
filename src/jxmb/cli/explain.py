"""``jxmb explain``: the page of a rule, a format or a setting."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .group import Argument, Command, lang_of, lang_option
from .words import Words

if TYPE_CHECKING:
    from ..rules import AnyRule

RULE = Words("规则", "rule")


@click.command(
    "explain",
    cls=Command,
    words=Words(
        "解释规则：查什么、依据、怎么改、正反例。规则可写代码、名称、题名或代码的前几位，如 JX301、比较符、JX3；"
        "也可写输出格式、设置项的名称，如 sarif、fail-on。",
        "Explain rules: what they find, their source, the remedy, good and bad cases. RULE is a code, a name, a title "
        "or the beginning of a code, such as JX301, sign or JX3; or the name of a format or a setting, such as sarif or fail-on.",
    ),
)
@click.argument("name", metavar="RULE", cls=Argument)
@lang_option
@click.pass_context
def explain(ctx: click.Context, name: str) -> None:
    """Print the page, or a list where several rules are meant; drawn on a terminal, as it is in a pipe."""
    from ..rules import drawn
    from . import subjects
    from .rules import table

    lang = lang_of(ctx)
    if told := subjects.pages(name.strip().lower().replace("_", "-"), lang):
        show("\n".join(told))
        return
    found = find(name)
    if len(found) > 1:
        click.echo(table(found, lang))
        return
    show(drawn(found[0], lang))


def show(text: str) -> None:
    """Print a page; on a terminal it is drawn."""
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text, hyperlinks=False))


def find(said: str) -> tuple[AnyRule, ...]:
    """The rule with this code, name or title, else those whose code begins so or whose title holds it.

    Raises `Problem` with the nearest ones where there is none.
    """
    from ..rules import load
    from .problems import unknown
    from .subjects import names

    word = said.strip().lower().replace("_", "-")
    for meant in (_is, _begins, _holds):
        if found := tuple(rule for rule in load() if word and meant(rule, word)):
            return found
    known = [each for rule in load() for each in (rule.code, rule.name, *rule.title)] + names()
    raise unknown(RULE, said, known)


def _is(rule: AnyRule, word: str) -> bool:
    return word in (rule.code.lower(), rule.name, rule.title.zh, rule.title.en.lower())


def _begins(rule: AnyRule, word: str) -> bool:
    return rule.code.lower().startswith(word)


def _holds(rule: AnyRule, word: str) -> bool:
    return any(word in text for text in (rule.name, rule.title.zh, rule.title.en.lower()))
