"""A click group that loads a command only when it is called, and speaks both languages."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, cast

import click

from ... import __version__
from ...deferred import dataclass
from ...findings import system
from ...findings.system import reason
from ...visible import UNENCODED
from . import terminal
from .help import Formatter, in_terms, metavar
from .problems import bad_value, complain, extra, sentence, translated, unknown_command, unsaid
from .words import LANGS, Language, Words, in_lang

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FAILED = 2
INTERRUPTED = 130
CLOSED = 141  # as a shell says of who dies of a pipe that nobody reads

FORMAT = Words("格式", "format")
OPTIONS = Words("选项", "Options")
COMMANDS = Words("命令", "Commands")
PATHS = {"PATH": "file", "FILE": "file", "DIR": "dir"}  # what stands for a path, for shells
CALLED = Words("用法：", "Usage: ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its module in this package (the command has the same name there) and its line of help."""

    module: str
    words: Words


def lang_of(ctx: click.Context) -> str:
    """The language of help and of usage errors: asked for, or that of the locale."""
    return language(ctx).here


def language(ctx: click.Context) -> Language:
    """What tells the language of a run."""
    found = ctx.find_root().obj
    return found if isinstance(found, Language) else Language()


class Described:
    """A parameter that says in both languages what it does not take, and completes paths."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What a value may go on as: where it is a path, the shell knows."""
        param = cast(click.Parameter, self)
        kind = PATHS.get((param.metavar or "").rstrip("."))
        if kind is None:
            return super().shell_complete(ctx, incomplete)  # type: ignore[misc, no-any-return]
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=kind)]

    def type_cast_value(self, ctx: click.Context, value: Any) -> Any:
        """The value as it is used."""
        try:
            return super().type_cast_value(ctx, value)  # type: ignore[misc]
        except click.BadParameter as error:
            raise bad_value(cast(click.Parameter, self), value, error) from None


class Option(Described, click.Option):
    """An option with help in both languages."""

    def __init__(self, *args: Any, words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """The value; an empty text is none."""
        done = super().process_value(ctx, value)
        if isinstance(done, str) and not done.strip():
            raise unsaid(self.opts[0])
        return done

    def row(self, lang: str) -> tuple[str, str]:
        """The left and right column of the help."""
        return named(self, lang), in_lang(self.words, lang)


class Argument(Described, click.Argument):
    """An argument; `what` is what its choices are."""

    def __init__(self, *args: Any, what: Words = FORMAT, **options: Any) -> None:
        super().__init__(*args, **options)
        self.what = what


def option(*names: str, zh: str, en: str, **options: Any) -> Callable[[Any], Any]:
    """Decorate a command with an option described in both languages."""
    return click.option(*names, cls=Option, words=Words(zh, en), **options)


# Every command takes it. Its value is read before parsing: see words.asked.
lang_option = option(
    "--lang",
    type=click.Choice(LANGS),
    expose_value=False,
    zh="语言（也可设 JXMB_LANG）",
    en="Language (or set JXMB_LANG)",
)


def named(option: click.Option, lang: str) -> str:
    """``-o, --output PATH``."""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {metavar(option, lang)}"


class Context(click.Context):
    """The context of every command."""

    formatter_class = Formatter


class Command(click.Command):
    """A command with help in both languages."""

    context_class = Context
    allow_extra_args = True  # to say in both languages that they are too many

    def __init__(self, *args: Any, words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """`-h`. That of click asks for translations, which are slow to load."""
        return HELP

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; what click refuses is a `Problem`."""
        given = list(args)
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            raise translated(error, ctx, given) from None
        if rest and not isinstance(self, click.Group):
            raise extra(rest)
        return rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The options, with what they do."""
        lang = lang_of(ctx)
        for one in self.get_params(ctx):
            if isinstance(one, Option):
                one.help = in_lang(one.words, lang)
        return click.Command.shell_complete(self, ctx, incomplete)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is called."""
        lang = lang_of(ctx)
        formatter.write_usage(ctx.command_path, self.usage(lang), prefix=in_lang(CALLED, lang))

    def usage(self, lang: str) -> str:
        """What follows the name of the command."""
        arguments = [one for one in self.params if isinstance(one, click.Argument)]
        return " ".join([in_terms("[OPTIONS]", lang), *(metavar(one, lang) for one in arguments)])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        self.help = in_lang(self.words, lang_of(ctx))
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All options."""
        lang = lang_of(ctx)
        options = (one for one in self.get_params(ctx) if isinstance(one, Option))
        with formatter.section(in_lang(OPTIONS, lang)):
            formatter.write_dl([one.row(lang) for one in options if not one.hidden])


def print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        click.echo(f"jxmb {__version__}")
        ctx.exit()


def print_help(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print what a command does and takes, and stop."""
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


HELP = Option(
    ["-h", "--help", "_help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_help,
    words=Words("显示帮助", "Show this help"),
)
VERSION = Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
    words=Words("显示版本", "Show the version"),
)


@click.pass_context
def need_command(ctx: click.Context) -> None:
    """Without a command there is nothing to do but to show the help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


class Group(Command, click.Group):
    """The commands of a table, each imported when it is called."""

    def __init__(self, name: str, entries: Mapping[str, Entry], words: Words) -> None:
        super().__init__(name, words=words, params=[VERSION], callback=need_command)
        lang_option(self)
        self.invoke_without_command = True
        self.no_args_is_help = False  # which click takes for wrong usage
        self.entries = entries

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands with what they do, none of them imported, and the options."""
        from click.shell_completion import CompletionItem

        lang = lang_of(ctx)
        named = [
            CompletionItem(name, help=in_lang(entry.words, lang))
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        return named + Command.shell_complete(self, ctx, incomplete)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name; imports its module."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"..{entry.module}", __package__)
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        if args and args[0] not in self.entries and not args[0].startswith("-"):
            raise unknown_command(args[0], self.entries)
        return super().resolve_command(ctx, args)

    def usage(self, lang: str) -> str:
        """What follows the name of the program."""
        return in_terms("[OPTIONS] COMMAND [ARGS]...", lang)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All options, then the commands, without importing them."""
        lang = lang_of(ctx)
        super().format_options(ctx, formatter)
        rows = [(name, in_lang(entry.words, lang)) for name, entry in self.entries.items()]
        with formatter.section(in_lang(COMMANDS, lang)):
            formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run a command line and leave with its exit code; no user error ends in a traceback."""
        lang = Language(sys.argv[1:] if args is None else args)
        extra |= {"standalone_mode": False, "obj": lang}
        sys.exit(guarded(lambda: super(Group, self).main(args, *rest, **extra), lang))


def guarded(run: Callable[[], object], lang: Language) -> int:
    """The exit code of a run: 2 where something could not be done, 130 when interrupted, 141 on a closed pipe.

    Nothing harmful is written to standard output and standard error meanwhile, whoever writes; what an object that an
    interruption left half made says when it goes is not written, unless somebody listens.
    """
    reopen()
    streams, heard = (sys.stdout, sys.stderr), sys.unraisablehook
    if heard is sys.__unraisablehook__:
        sys.unraisablehook = lambda _: None
    for stream in streams:
        speak(stream)
    sys.stdout, sys.stderr = map(terminal.harmless, streams)
    try:
        code = run()
        sys.stdout.flush()
    except click.ClickException as error:
        complain(sentence(error, lang.here))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click leaves so, of a pipe alone
        silence(sys.stdout)
        return CLOSED
    except OSError as error:
        silence(sys.stdout)
        if unread(error):
            return CLOSED
        complain(in_lang(refused(error), lang.here))
        return FAILED
    finally:
        sys.stdout, sys.stderr = streams
        sys.unraisablehook = heard
        settle(sys.stderr)
    return code if isinstance(code, int) else 0


def unread(error: OSError) -> bool:
    """Whether this is how Windows says that nobody reads a pipe."""
    return system.WINDOWS and error.filename is None and error.errno == errno.EINVAL


def refused(error: OSError) -> Words:
    """What the system did not let be done: what names no file is standard output."""
    why = reason(error)
    if error.filename is None:
        return Words(f"无法写入标准输出：{why.zh}。", f"Cannot write standard output: {why.en}.")
    shown = os.fsdecode(error.filename)
    return Words(f"无法读写 {shown}：{why.zh}。", f"Cannot read or write {shown}: {why.en}.")


def reopen() -> None:
    """Give a standard stream that is closed a file which refuses; no other file may get its number."""
    modes = {
        "stdin": (os.O_WRONLY, "r"),
        "stdout": (os.O_RDONLY, "w"),
        "stderr": (os.O_WRONLY, "w"),
    }
    for name, (flags, mode) in modes.items():
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, flags), mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def speak(stream: Any) -> None:
    """Reports are in the encoding that was asked for, and a character that it does not have never stops one."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding=terminal.encoding(stream), errors=UNENCODED)


def settle(stream: Any) -> None:
    """Write what waits; where it cannot be, it is lost, and the exit code is that of the run."""
    try:
        stream.flush()
    except OSError:
        silence(stream)


def silence(stream: Any) -> None:
    """What is still to be written is lost: keep the interpreter from complaining about it at its end."""
    with suppress(OSError, ValueError):  # what is no file has no number
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
