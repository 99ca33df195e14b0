"""``jxmb convert``: forms to records."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..export import FORMATS, PLACES
from .encoding import encoded, encoding_option
from .group import Command, lang_option, language, option
from .inputs import cache_option, jobs_option, path_options
from .listed import list_files, list_options, wanted
from .options import WHERE, decorated, reading, usable
from .problems import Problem
from .words import Words

if TYPE_CHECKING:
    from .destination import Destination


@click.command(
    "convert",
    cls=Command,
    words=Words(
        "把绩效目标表转成记录：路径是文件或文件夹，- 是标准输入；默认写到标准输出。",
        "Turn the forms in PATH into records (- is standard input), on standard output unless -o says otherwise.",
    ),
)
@path_options(required=False)
@list_options
@option(
    "--to", type=click.Choice(list(FORMATS)), zh="输出格式，默认 json", en="Format, json by default"
)
@option(
    "-o",
    "--output",
    metavar="PATH",
    zh="写到文件；以 / 结尾或已有的文件夹，一个输入一个文件",
    en="Write to a file, or to a folder (ends with / or exists), one file an input",
)
@option(
    "--with-source", is_flag=True, zh="附上每个值在原文中的位置", en="Add where each value stands"
)
@option(
    "-v",
    "--verbose",
    is_flag=True,
    zh="在标准错误上说明每张表是怎样读出来的",
    en="Say on standard error how each form was read",
)
@decorated(WHERE)
@jobs_option
@encoding_option
@cache_option
@lang_option
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    to: str | None,
    output: str | None,
    with_source: bool,
    verbose: bool,
    files_from: str | None,
    list_files_only: bool,
    **_: Any,
) -> int:
    """Read, write, and say how it went."""
    from .paths import Filters
    from .records import Converter, Records

    paths = wanted(paths, files_from)
    destination = _destination(output, to, with_source)
    first = Path(paths[0])
    folder = first if os.path.isdir(first) else first.parent  # noqa: PTH112 - which may be locked
    with usable():
        held = reading(ctx.params | {"lang": language(ctx).asked}, folder)
    filters = Filters(
        tuple(held.include),
        tuple(held.exclude),
        destination.own(),
        held.force_exclude,
        (*include, *exclude),
    )
    lang = held.lang or language(ctx).here
    converter = Converter(destination.format, with_source, verbose)
    with usable(), encoded(held.encoding):
        records = Records(
            paths, filters, destination, converter, held.jobs, lang, held.expect_forms
        )
        return list_files(records.inputs) if list_files_only else records.run()


def _destination(output: str | None, to: str | None, with_source: bool) -> Destination:
    """Where records go. Raises `Problem` where they have no room for places that are asked for."""
    from .destination import Destination

    destination = Destination.of(output, to)
    if with_source and destination.format not in PLACES:
        raise Problem(
            Words(
                f"{destination.format} 格式不支持 --with-source，请用 --to json",
                f"{destination.format} does not support --with-source; use --to json",
            )
        )
    return destination
