"""The options that are settings too: on the command line and in a file they have one name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...deferred import dataclass
from ...formats import Missing
from ...report import FORMATS
from ..inputs.paths import STDOUT
from ..interface.group import option
from ..interface.problems import Problem
from ..interface.words import Words
from ..output.reports import shown

if TYPE_CHECKING:
    from ...lint.settings.configuration import Configuration

LEAST = ("error", "warning", "info")
POLICIES = ("2015", "2021")
COLORS = ("auto", "always", "never")
BACKUPS = ("unsafe", "always", "never")
LISTS = ("select", "extend_select", "ignore")
TABLES = ("per_file_ignores", "severity", "limits", "words")
PLAIN = (
    "show",
    "fail_on",
    "format",
    "color",
    "backup",
    "lang",
    "jobs",
    "policy",
    "baseline",
    "encoding",
    "expect_forms",
)
GLOBS = ("include", "exclude")


class Shape(click.Choice[str]):
    """The name of a format, or ``NAME=FILE``: what is written beside what is shown."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value as it is, if its name is one of a format."""
        name, sign, path = str(value).partition("=")
        if sign and not path:
            self.fail(value, param, ctx)
        format = super().convert(name, param, ctx)
        return format if path == STDOUT else f"{format}{sign}{path}"


WHERE = (
    option("--config", metavar="FILE", zh="用这个设置文件", en="Use this settings file"),
    option("--isolated", is_flag=True, zh="不读设置文件", en="Read no settings file"),
)
RULES = (
    option(
        "--select",
        multiple=True,
        metavar="CODES",
        zh="只用这些规则，如 JX3,JX601",
        en="Use these rules only, e.g. JX3,JX601",
    ),
    option(
        "--extend-select",
        multiple=True,
        metavar="CODES",
        zh="在所选规则之外加用这些规则",
        en="Use these rules besides the selected ones",
    ),
    option(
        "--ignore", multiple=True, metavar="CODES", zh="不用这些规则", en="Leave these rules out"
    ),
    option(
        "--per-file-ignores",
        multiple=True,
        metavar="GLOB=CODES",
        zh="这些文件不用这些规则，如 旧表/*=JX3",
        en="Leave rules out in these files, e.g. old/*=JX3",
    ),
    option(
        "--severity",
        multiple=True,
        metavar="CODES=LEVEL",
        zh="改变级别，如 JX213=error",
        en="Change severities, e.g. JX213=error",
    ),
    option(
        "--limits",
        multiple=True,
        metavar="KEY=VALUE",
        zh="改变数值，如 least-satisfaction=85",
        en="Change a limit, e.g. least-satisfaction=85",
    ),
    option(
        "--words",
        multiple=True,
        metavar="LIST=WORDS",
        zh="给词表加词，如 low_nouns=空置率",
        en="Add to a word list, e.g. low_nouns=空置率",
    ),
    option(
        "--policy",
        type=click.Choice(POLICIES),
        zh="指标体系，默认逐表判断",
        en="Taxonomy; told from each form by default",
    ),
    option(
        "--backup",
        type=click.Choice(BACKUPS),
        zh="写入前把原文件另存为 .bak：默认 unsafe，仅在写入需核对的修改时",
        en="Keep the old file as .bak before fixes are written: by default before unsafe ones only",
    ),
    *WHERE,
)
REPORT = (
    option(
        "--format",
        multiple=True,
        metavar="FORMAT",
        type=Shape(list(FORMATS)),
        zh=f"{'、'.join(FORMATS)}；终端默认 full，管道默认 concise；“格式=文件”写入文件，可写多个",
        en=f"{', '.join(FORMATS)}: full on a terminal, concise in a pipe; FORMAT=FILE writes a file, several may be given",
    ),
    option(
        "--show",
        type=click.Choice(LEAST),
        zh="显示到哪一级，默认 warning",
        en="Least severity to show (warning)",
    ),
    option(
        "--fail-on",
        type=click.Choice([*LEAST, "never"]),
        zh="哪一级起退出码为 1，默认 error",
        en="Least severity that fails (error)",
    ),
    option(
        "--baseline",
        metavar="FILE",
        zh="与这份基线比较，只显示新问题",
        en="Compare with this baseline, show what is new",
    ),
    option(
        "--color",
        type=click.Choice(COLORS),
        zh="颜色，默认 auto（也看 NO_COLOR）",
        en="Colours, auto by default (NO_COLOR is heeded)",
    ),
)


def decorated(options: Iterable[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """A decorator that gives a command these options, in their order."""
    ordered = tuple(options)

    def decorate(command: Any) -> Any:
        for one in reversed(ordered):
            command = one(command)
        return command

    return decorate


@contextmanager
def usable() -> Iterator[None]:
    """Settings or a baseline that cannot be used are the user's problem, told in one sentence."""
    from ...findings import baseline
    from ...lint.files import OPTION, ConfigError

    try:
        yield
    except ConfigError as error:
        head = "" if error.file == OPTION else f"{error.file}: "
        zh = f"{error.file}：{error.zh}" if head else error.zh
        raise Problem(Words(zh, f"{head}{error.en}"), hint=False) from None
    except baseline.BaselineError as error:
        raise Problem(Words(error.zh, error.en), hint=False) from None
    except Missing as error:
        raise Problem(Words(error.zh, error.en), hint=False) from None


def configuration(options: Mapping[str, Any]) -> Configuration:
    """The settings, with those of the command line on top. Raises `ConfigError` and `Problem`."""
    from ... import rules
    from ...lint.settings.configuration import Configuration

    given: dict[str, object] = {name: options.get(name) for name in PLAIN}
    given["format"] = shown(options.get("format") or ())
    given["force_exclude"] = options.get("force_exclude") or None
    given |= {name: codes(options.get(name, ())) for name in LISTS}
    given |= {name: tuple(options.get(name, ())) or None for name in GLOBS}
    given |= {name: _table(name, options.get(name, ())) for name in TABLES}
    file = Path(options["config"]) if options.get("config") else None
    isolated = bool(options.get("isolated"))
    return Configuration(rules.load(), file=file, isolated=isolated, overrides=given)


@dataclass(frozen=True, slots=True)
class Read:
    """What settings say of what is read and how."""

    include: Sequence[str]
    exclude: Sequence[str]
    force_exclude: bool
    encoding: str | None
    expect_forms: int | None
    jobs: int | None
    lang: str | None


def reading(options: Mapping[str, Any], folder: Path) -> Read:
    """The options with the settings of a folder below them. What checks settings is loaded where there are some only.

    Raises `ConfigError` and `Problem`.
    """
    from ...lint import files

    names = [one.name for one in fields(Read)]
    isolated = options["isolated"] or not (options["config"] or files.held(folder))
    if isolated:
        return Read(**{name: options[name] for name in names})
    settings = configuration(options).at(folder / "*")
    return Read(**{name: getattr(settings, name) for name in names})


def codes(values: Sequence[str]) -> tuple[str, ...] | None:
    """``JX3,JX601`` and repeated options as one tuple; None where nothing was given."""
    return tuple(code for value in values for code in _listed(value)) or None


def _listed(value: str) -> tuple[str, ...]:
    return tuple(one for part in value.split(",") if (one := part.strip()))


def _table(name: str, values: Sequence[str]) -> dict[str, object] | None:
    """``KEY=VALUE``, repeated, as a table; None where nothing was given. Raises `Problem`."""
    table: dict[str, object] = {}
    for key, value in _pairs(name, values):
        if name == "severity":
            table |= dict.fromkeys(_listed(key), value)
        elif name == "limits":
            table[key] = _limit(key, value)
        else:
            table[_here(key) if name == "per_file_ignores" else key] = _listed(value)
    return table or None


def _pairs(name: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        key, sign, rest = (
            value.rpartition("=") if name == "per_file_ignores" else value.partition("=")
        )
        if not sign or not key.strip():
            shown = f"--{name.replace('_', '-')}"
            zh = f"{shown} 应写成“名称=值”，“{value}”不是"
            raise Problem(Words(zh, f"{shown} takes KEY=VALUE, found `{value}`"))
        yield key.strip(), rest.strip()


def _limit(key: str, value: str) -> object:
    """A limit as a settings file would hold it; one that is no number is left to be refused."""
    from ...rules.base import Limits

    listed = isinstance(getattr(Limits(), key.replace("-", "_"), None), tuple)
    return tuple(map(_number, _listed(value))) if listed else _number(value)


def _number(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _here(glob: str) -> str:
    """A glob of the command line, which is relative to the working directory, as one that holds anywhere."""
    from ...lint.files import absolute

    within = glob.removeprefix("./")
    return absolute(Path(within)).as_posix() if "/" in within else glob
