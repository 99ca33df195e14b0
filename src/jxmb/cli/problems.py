"""What the user did wrong, as one sentence in the language of the run."""

from __future__ import annotations

from collections.abc import Iterable

import click

from .words import Words, in_lang

HELP = Words("用法见 {command} --help", " See {command} --help")
STOP = Words("。", ".")


class Problem(click.UsageError):
    """Wrong usage or configuration, in both languages; `hint` says whether the help would help."""

    def __init__(self, words: Words, *, hint: bool = True) -> None:
        super().__init__(words.en)
        self.words = words
        self.hint = hint


def near(word: str, known: Iterable[str]) -> Words:
    """A question about the nearest known spellings; empty where nothing is near."""
    import difflib

    found = difflib.get_close_matches(word, list(known), n=3, cutoff=0.55)
    if not found:
        return Words("", "")
    return Words(f"；是不是 {'、'.join(found)}？", f"; did you mean {', '.join(found)}?")


def unknown(what: Words, word: str, known: Iterable[str]) -> Problem:
    """A name that does not exist."""
    guess = near(word, known)
    return Problem(
        Words(f"没有这个{what.zh}：{word}{guess.zh}", f"no such {what.en}: {word}{guess.en}")
    )


def sentence(error: click.UsageError, lang: str) -> str:
    """What is wrong and where help is."""
    said = in_lang(_words(error), lang)
    command = error.ctx.command_path if error.ctx else "jxmb"
    if isinstance(error, Problem) and not error.hint:
        return said
    stop = "" if said.endswith(("？", "?", "。", ".")) else in_lang(STOP, lang)
    return f"{said}{stop}{in_lang(HELP, lang).format(command=command)}"


def _words(error: click.UsageError) -> Words:
    said = error.format_message()
    match error:
        case Problem():
            return error.words
        case click.NoSuchOption():
            guess = near(error.option_name, _options(error))
            return Words(
                f"没有选项 {error.option_name}{guess.zh}",
                f"no option {error.option_name}{guess.en}",
            )
        case click.MissingParameter():
            return Words(f"缺少 {_hint(error)}", f"missing {_hint(error)}")
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            listed = [str(choice) for choice in choices]
            return Words(
                f"{_hint(error)} 的取值不对，可以是 {'、'.join(listed)}",
                f"{_hint(error)} must be one of {', '.join(listed)}",
            )
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=least))):
            return Words(
                f"{_hint(error)} 应为不小于 {least} 的整数",
                f"{_hint(error)} must be a whole number from {least} on",
            )
        case click.BadOptionUsage():
            return Words(f"选项 {error.option_name} 用得不对：{said}", said)
    return Words(f"命令写得不对：{said}", said)


def _options(error: click.UsageError) -> list[str]:
    command = error.ctx.command if error.ctx else None
    return [name for one in command.params for name in one.opts] if command else []


def _hint(error: click.BadParameter) -> str:
    """The option or argument as the user writes it."""
    if error.param is None:
        return ""
    if isinstance(error.param, click.Argument):
        return error.param.make_metavar(error.ctx) if error.ctx else str(error.param.name)
    return error.param.opts[0]
