"""``jxmb check``: what is wrong with the forms, and with `--fix` what can be mended."""

from __future__ import annotations

from typing import Any

import click

from ..report import FORMATS
from .group import Command, lang_option, option
from .inputs import cache_option, jobs_option, path_options
from .words import Words

LEAST = ("error", "warning", "info")
POLICIES = ("2015", "2021")
COLORS = ("auto", "always", "never")


@click.command(
    "check",
    cls=Command,
    words=Words(
        "检查 PATH 中的绩效目标表（文件、文件夹，- 为标准输入）。\n\n"
        "退出码：0 没有发现问题；1 有达到 --fail-on 的问题；2 用法、设置有误或有路径读不了；3 没有读到表。",
        "Check the forms in PATH (files, folders, - for standard input).\n\n"
        "Exit codes: 0 nothing was found; 1 findings at or above --fail-on; 2 wrong usage or settings, "
        "or a path that cannot be read; 3 no form was read.",
    ),
)
@path_options(required=False)
@option(
    "--format",
    type=click.Choice(list(FORMATS)),
    zh="终端默认 full，管道默认 concise",
    en="full on a terminal, concise in a pipe",
)
@option(
    "--show",
    type=click.Choice(LEAST),
    default="warning",
    zh="显示到哪一级，默认 warning",
    en="Least severity to show (warning)",
)
@option(
    "--fail-on",
    type=click.Choice([*LEAST, "never"]),
    zh="哪一级起退出码为 1，默认 error",
    en="Least severity that fails (error)",
)
@option(
    "--select",
    multiple=True,
    metavar="CODES",
    zh="只用这些规则，如 JX3,JX601",
    en="Use these rules only, e.g. JX3,JX601",
)
@option("--ignore", multiple=True, metavar="CODES", zh="不用这些规则", en="Leave these rules out")
@option(
    "--policy",
    type=click.Choice(POLICIES),
    zh="指标体系，默认逐表判断",
    en="Taxonomy; told from each form by default",
)
@option("--config", metavar="FILE", zh="用这个设置文件", en="Use this settings file")
@option("--isolated", is_flag=True, zh="不读设置文件", en="Read no settings file")
@option(
    "--show-settings",
    is_flag=True,
    zh="显示各项设置及其来源",
    en="Show each setting and where it was set",
)
@option(
    "--fix", is_flag=True, zh="写入不改变含义的修改", en="Write the fixes that keep the meaning"
)
@option(
    "--unsafe-fixes",
    is_flag=True,
    zh="也写入需要人工核对的修改",
    en="Write fixes to be confirmed, too",
)
@option("--diff", is_flag=True, zh="只显示会怎么改，不写文件", en="Show the fixes, write nothing")
@option(
    "--annotate",
    metavar="DIR",
    zh="在文件夹中写出 Word、Excel 文件的副本，问题作为批注",
    en="Write copies of Word and Excel files there, with findings as comments",
)
@option(
    "--baseline",
    metavar="FILE",
    zh="不再显示基线中已有的问题",
    en="Do not show findings of this baseline",
)
@option(
    "--write-baseline",
    metavar="FILE",
    zh="把现有问题写成基线",
    en="Write the findings as a baseline",
)
@option("--stdin-filename", metavar="NAME", zh="标准输入的文件名", en="The name of standard input")
@option(
    "--color",
    type=click.Choice(COLORS),
    default="auto",
    zh="颜色（也看 NO_COLOR）",
    en="Colours (NO_COLOR is heeded)",
)
@jobs_option
@cache_option
@lang_option
@click.pass_context
def check(ctx: click.Context, /, **options: Any) -> int:
    """Check, report, and tell by the exit code how it went."""
    from .checking import Asked, run

    return run(Asked(lang=ctx.find_root().obj, **options))
