"""``jxmb check``: what is wrong with the forms, and with `--fix` what can be mended."""

from __future__ import annotations

from typing import Any

import click

from .inputs import cache_option, jobs_option, path_options
from .inputs.file_list import list_options
from .interface.group import Command, lang_option, language, option
from .interface.words import Words
from .options import REPORT, RULES, decorated
from .options.encoding import encoding_option
from .options.scheduler import scheduler_option


@click.command(
    "check",
    cls=Command,
    words=Words(
        "检查绩效目标表：路径是文件或文件夹，- 是标准输入。\n\n"
        "退出码：0 已全部检查，没有问题；1 有达到 --fail-on 的问题，或有表未能检查；"
        "2 用法、设置有误，或有文件无法读取、写入；3 没有读到表。",
        "Check the forms in PATH (files, folders, - for standard input).\n\n"
        "Exit codes: 0 all was checked and nothing was found; 1 findings at or above --fail-on, or forms that "
        "were not checked; 2 wrong usage or settings, or files that could not be read or written; 3 no form was read.",
    ),
)
@path_options(required=False)
@list_options
@decorated([*RULES, *REPORT])
@option(
    "-o",
    "--output",
    metavar="FILE",
    zh="写入文件，不显示；格式按扩展名，如 .html、.xlsx、.sarif",
    en="Write to a file instead, in the format of its ending, e.g. .html, .xlsx, .sarif",
)
@option(
    "--show-settings",
    is_flag=True,
    hidden=True,
    zh="同 jxmb settings",
    en="As jxmb settings",
)
@option(
    "--fix", is_flag=True, zh="写入不改变含义的修改", en="Write the fixes that keep the meaning"
)
@option(
    "--unsafe-fixes",
    is_flag=True,
    zh="与 --fix 或 --diff 并用：须人工核对的修改也写入、显示",
    en="With --fix or --diff: fixes that need a review, too",
)
@option(
    "--summary",
    is_flag=True,
    zh="审核表：每份表按完整性、相关性、适当性、可行性汇总，代替逐条结果",
    en="The review sheet: each form by completeness, relevance, adequacy and feasibility, in place of the findings",
)
@option(
    "--statistics",
    is_flag=True,
    zh="按规则计数，代替逐条结果",
    en="Counts by rule, in place of the findings",
)
@option("--diff", is_flag=True, zh="只显示会怎么改，不写文件", en="Show the fixes, write nothing")
@option(
    "--annotate",
    metavar="DIR",
    zh="在文件夹中写出 Word、Excel 文件的副本，问题作为批注",
    en="Write copies of Word and Excel files there, with findings as comments",
)
@option(
    "--write-baseline",
    metavar="FILE",
    zh="把现有问题写成基线",
    en="Write the findings as a baseline",
)
@option("--stdin-filename", metavar="NAME", zh="标准输入的文件名", en="The name of standard input")
@option("-q", "--quiet", is_flag=True, zh="只输出问题，不输出汇总", en="Findings only, no summary")
@option(
    "-v",
    "--verbose",
    is_flag=True,
    zh="在标准错误上说明读了哪些文件、按哪份设置",
    en="Say on standard error which files are read, under which settings",
)
@jobs_option
@scheduler_option
@encoding_option
@cache_option
@lang_option
@click.pass_context
def check(ctx: click.Context, /, **options: Any) -> int:
    """Check, report, and tell by the exit code how it went."""
    from .checking import run

    if options["show_settings"]:
        from .settings import show

        show(language(ctx), options["paths"], options)
        return 0
    return run(options | {"lang": language(ctx).asked})
