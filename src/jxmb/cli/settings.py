"""``jxmb settings``: each setting that is in force, and where it was set."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from ..lint.configuration import OPTION, Configuration
from ..lint.settings import Accept, names
from ..visible import visible
from .encoding import encoding_option
from .group import Command, lang_of, lang_option, language
from .inputs import jobs_option, path_options
from .options import REPORT, RULES, configuration, decorated, usable
from .words import Words, in_lang

DEFAULT = Words("默认", "default")
ON_COMMAND_LINE = Words("命令行", "command line")
AUTO = "(auto)"


@click.command(
    "settings",
    cls=Command,
    words=Words(
        "显示生效的各项设置及其来源；路径默认为当前文件夹。",
        "Show each setting that is in force for PATH (the working directory by default), and where it was set.",
    ),
)
@path_options(required=False)
@decorated([*RULES, *REPORT])
@encoding_option
@jobs_option
@lang_option
@click.pass_context
def settings(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Print one line a setting."""
    with usable():
        show_settings(configuration(options | {"lang": language(ctx).asked}), paths, lang_of(ctx))


def show_settings(known: Configuration, paths: Sequence[str], lang: str) -> None:
    """Print the settings that hold for each path, or for the working directory."""
    for path in paths or ("",):
        place = Path(path) if path else None
        if place and os.path.isdir(place):  # noqa: PTH112 - which may be locked
            place /= "*"
        if len(paths) > 1:
            click.echo(f"# {visible(path)}")
        for shown in known.shown(place):
            origins = [_origin(one, lang) for one in shown.origins or ("",)]
            mark = "、" if lang == "zh" else ", "
            click.echo(visible(f"{shown.key} = {literal(shown.value)}  # {mark.join(origins)}"))


def _origin(name: str, lang: str) -> str:
    if name == OPTION:
        return in_lang(ON_COMMAND_LINE, lang)
    return name or in_lang(DEFAULT, lang)


def literal(value: object) -> str:
    """A value as a settings file would write it, and ``(auto)`` for what is told from the case."""
    if value is None:
        return AUTO
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal | int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, Accept):
        given = ((name, getattr(value, name)) for name in names(Accept))
        pairs = (f"{name} = {literal(said)}" for name, said in given if said is not None)
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(key, ensure_ascii=False)} = {literal(item)}"
            for key, item in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(str(value), ensure_ascii=False)
