"""``jxmb settings``: each setting that is in force, and where it was set."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from ..lint.settings import Accept, names
from ..lint.settings.configuration import OPTION, Shown
from ..visible import visible
from .inputs import jobs_option, path_options
from .inputs.file_list import expect_option
from .interface.group import Command, lang_option, language
from .interface.words import ENVIRONMENT, Language, Words, from_locale, in_lang
from .options import REPORT, RULES, configuration, decorated, usable
from .options.encoding import encoding_option

LOCALE = "locale"
NAMED = {  # what is no file
    "": Words("默认", "default"),
    OPTION: Words("命令行", "command line"),
    LOCALE: Words("系统语言", "locale"),
}
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
@expect_option
@jobs_option
@lang_option
@click.pass_context
def settings(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Print one line a setting."""
    show(language(ctx), paths, options)


def show(asked: Language, paths: Sequence[str], options: Mapping[str, Any]) -> None:
    """Print the settings that hold for each path, or for the working directory."""
    with usable():
        known = configuration({**options, "lang": asked.asked})
        for path in paths or ("",):
            place = Path(path) if path else None
            if place and os.path.isdir(place):  # noqa: PTH112 - which may be locked
                place /= "*"
            if len(paths) > 1:
                click.echo(f"# {visible(path)}")
            lang = known.at(place).lang or asked.here
            for shown in known.shown(place):
                click.echo(visible(_line(_in_force(shown, asked), lang)))


def _in_force(shown: Shown, asked: Language) -> Shown:
    """A setting as it is; the language as the environment says it where nobody else does."""
    if shown.key != "lang":
        return shown
    if shown.value is None:
        return Shown(shown.key, from_locale(), (LOCALE,))
    by_environment = shown.origins == (OPTION,) and asked.by_environment
    return Shown(shown.key, shown.value, (ENVIRONMENT,)) if by_environment else shown


def _line(shown: Shown, lang: str) -> str:
    origins = [in_lang(NAMED.get(one, Words(one, one)), lang) for one in shown.origins or ("",)]
    mark = "、" if lang == "zh" else ", "
    return f"{shown.key} = {literal(shown.value)}  # {mark.join(origins)}"


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
