"""What the user did wrong, as one sentence in the language of the run: jxmb's own words for all that click refuses."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress

import click

from ...visible import visible
from .help import metavar
from .words import Words, in_lang

HELP = Words("用法见 {command} --help。", " See {command} --help.")
ENDS = ("？", "?", "。", ".")
NEAR = 0.75  # least likeness of what is proposed


class Problem(click.UsageError):
    """Wrong usage or configuration, in both languages; `hint` says whether the help would help."""

    def __init__(self, words: Words, *, hint: bool = True) -> None:
        super().__init__(words.en, click.get_current_context(silent=True))
        self.words = words
        self.hint = hint


def sentence(error: click.ClickException, lang: str) -> str:
    """What is wrong, and where help is unless it proposes something itself."""
    words = getattr(error, "words", None) or Words("命令格式有误", error.format_message())
    said = in_lang(words, lang)
    said = f"{said[:1].upper()}{said[1:]}" if lang == "en" else said
    stopped = said if said.endswith(ENDS) else f"{said}{'.' if lang == 'en' else '。'}"
    if not getattr(error, "hint", True) or stopped.endswith(("？", "?")):
        return stopped
    ctx = getattr(error, "ctx", None)
    return f"{stopped}{in_lang(HELP, lang).format(command=ctx.command_path if ctx else 'jxmb')}"


def complain(text: str) -> None:
    """Say something on standard error; where that cannot be, the exit code says enough."""
    with suppress(OSError):
        click.echo(f"jxmb: {visible(text)}", err=True)


def unknown(what: Words, word: str, known: Iterable[str]) -> Problem:
    """A name that does not exist, and those that are near."""
    near = nearest(word, known)
    zh = f"未知{what.zh}“{word}”"
    en = f"Unknown {what.en} `{word}`"
    if near:
        zh = f"{zh}。是否应为{''.join(f'“{one}”' for one in near)}？"
        en = f"{en}. Did you mean {' or '.join(f'`{one}`' for one in near)}?"
    return Problem(Words(zh, en))


def unknown_command(word: str, known: Iterable[str]) -> Problem:
    """A word where a command should stand, and the command line that was meant: a path is to be checked."""
    near = nearest(word, known)[:1]
    if word == "help":
        meant = "jxmb --help"
    elif near and not _names_file(word):
        meant = f"jxmb {near[0]}"
    elif _names_file(word):
        meant = f"jxmb check {_quoted(word) if ' ' in word else word}"
    else:
        return Problem(Words(f"未知命令“{word}”", f"Unknown command `{word}`"))
    return Problem(
        Words(
            f"未知命令“{word}”。是否要运行 {meant}？",
            f"Unknown command `{word}`. Did you mean `{meant}`?",
        )
    )


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)


def _names_file(word: str) -> bool:
    """Whether a word looks like a path, or is one."""
    return any(mark in word for mark in "./\\") or os.path.exists(word)


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The nearest known spellings, at most three."""
    import difflib

    return difflib.get_close_matches(word, list(known), n=3, cutoff=NEAR)


def translated(
    error: click.UsageError, ctx: click.Context, args: Sequence[str]
) -> click.UsageError:
    """What click refuses of the arguments, in both languages."""
    match error:
        case Problem():
            return error
        case click.NoSuchOption():
            return _unknown_option(error.option_name, ctx, args)
        case click.MissingParameter(param=click.Option() as param):
            return Problem(Words(f"缺少选项 {param.opts[0]}", f"Missing option {param.opts[0]}"))
        case click.MissingParameter(param=click.Parameter() as param):
            zh, en = (metavar(param, lang).removesuffix("...") for lang in ("zh", "en"))
            return Problem(Words(f"缺少参数 {zh}", f"Missing argument {en}"))
        case click.BadOptionUsage():
            return _misused(error.option_name, ctx)
    return error


def _unknown_option(name: str, ctx: click.Context, args: Sequence[str]) -> Problem:
    """One that does not exist; a word with a single dash may name a file. What writes is never proposed for it."""
    if name.startswith("--"):
        return unknown(Words("选项", "option"), name, _options(ctx))
    word = next((one for one in args if one.startswith(name)), name)
    if not _names_file(word):
        return Problem(Words(f"未知选项“{word}”", f"Unknown option `{word}`"))
    return Problem(
        Words(
            f"未知选项“{word}”。文件名以 - 开头的，请写成 ./{word}",
            f"Unknown option `{word}`. Write ./{word} for a file of that name",
        )
    )


def _options(ctx: click.Context) -> list[str]:
    """The long options of a command that are shown in its help."""
    return [
        name
        for one in ctx.command.get_params(ctx)
        if isinstance(one, click.Option) and not one.hidden
        for name in one.opts
        if name.startswith("--")
    ]


def _misused(name: str, ctx: click.Context) -> Problem:
    """An option without the value that it takes, or with one that it does not."""
    flags = {opt for one in ctx.command.get_params(ctx) if _is_flag(one) for opt in one.opts}
    if name in flags:
        return Problem(Words(f"选项 {name} 不带取值", f"Option {name} takes no value"))
    return unsaid(name)


def unsaid(name: str) -> Problem:
    """An option whose value is missing, or empty as a variable of the shell that nobody set."""
    return Problem(Words(f"选项 {name} 缺少取值", f"Option {name} requires a value"))


def _is_flag(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and param.is_flag


def _refused(param: click.Parameter, value: object) -> object:
    """The value that is wrong, where an option takes several."""
    if not param.multiple or not isinstance(value, Sequence):
        return value
    for one in value:
        try:
            param.type.convert(one, param, None)
        except click.BadParameter:
            return one
    return value


def bad_value(param: click.Parameter, value: object, error: click.BadParameter) -> click.UsageError:
    """A value that a parameter does not take, and what it takes."""
    name, found = shown(param), _refused(param, value)
    match param.type:
        case click.Choice(choices=choices):
            listed = [str(choice) for choice in choices]
            head = Words(f"{name} 不支持“{found}”", f"{name} does not support `{found}`")
            if (what := getattr(param, "what", None)) is not None:
                head = Words(f"未知的{what.zh}“{found}”", f"Unknown {what.en} `{found}`")
            zh = f"{head.zh}，可选：{'、'.join(listed)}"
            return Problem(Words(zh, f"{head.en}, choose from {', '.join(listed)}"), hint=False)
        case click.IntRange(min=least):
            return Problem(
                Words(
                    f"{name} 应为不小于 {least} 的整数，不是“{found}”",
                    f"{name} must be an integer of at least {least}, found `{found}`",
                ),
                hint=False,
            )
    return error


def extra(words: Sequence[str]) -> Problem:
    """Arguments that the command does not take."""
    zh, en = (
        "".join(f"“{one}”" for one in words),
        " ".join(f"`{one}`" for one in words),
    )
    return Problem(Words(f"多余的参数{zh}", f"Unexpected argument {en}"))


def shown(option: click.Parameter) -> str:
    """An option as the user writes it: by its long name."""
    return next((name for name in option.opts if name.startswith("--")), option.opts[0])
