"""``jxmb convert``: forms to records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..export import FINDINGS, FORMATS, HEADED, PLACES
from .inputs import cache_option, jobs_option, path_options
from .inputs.file_list import list_files, list_options, wanted
from .interface.group import Command, lang_option, language, option
from .interface.problems import Problem
from .interface.words import Words
from .options import WHERE, Read, decorated, reading, usable
from .options.encoding import encoded, encoding_option
from .options.scheduler import scheduled, scheduler_option

EN = "en"

if TYPE_CHECKING:
    from ..findings import Finding
    from .converting import Converter
    from .inputs.paths import Filters, Input
    from .output.destination import Destination


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
    zh="写到文件；以 / 结尾或已有的文件夹，一个输入一个文件，csv、parquet 一张表一个文件",
    en="Write to a file, or to a folder (ends with / or exists): one file an input, for csv and parquet one a table",
)
@option(
    "--heads",
    type=click.Choice(["zh", "en"]),
    zh="csv、xlsx 表头的语言，默认 en，即 JSON 中的名称",
    en="Language of the heads of csv and xlsx; en by default, the names of JSON",
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
@scheduler_option
@encoding_option
@cache_option
@lang_option
@click.pass_context
def convert(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    files_from: str | None,
    list_files_only: bool,
    **_: Any,
) -> int:
    """Read, write, and say how it went."""
    from .converting import Records

    options = ctx.params
    paths = wanted(paths, files_from)
    destination = _destination(options)
    first = Path(paths[0])
    folder = first if os.path.isdir(first) else first.parent  # noqa: PTH112 - which may be locked
    with usable():
        held = reading(options | {"lang": language(ctx).asked}, folder)
    lang = held.lang or language(ctx).here
    with usable(), encoded(held.encoding), scheduled(options["scheduler"]) as spreading:
        records = Records(
            paths,
            _filters(options, held, destination),
            destination,
            _converter(options, destination),
            held.jobs,
            lang,
            held.expect_forms,
            options["heads"] or EN,
            _check(options, destination, held.jobs, lang),
            spreading,
        )
        return list_files(records.inputs) if list_files_only else records.run()


def _destination(options: Mapping[str, Any]) -> Destination:
    """Where records go. Raises `Problem` where they have no room for places or heads that are asked for."""
    from .output.destination import Destination

    destination = Destination.of(options["output"], options["to"])
    for name, fit, instead in (("with_source", PLACES, "json"), ("heads", HEADED, "csv")):
        if options[name] and destination.format not in fit:
            said = {
                "format": destination.format,
                "name": f"--{name.replace('_', '-')}",
                "to": instead,
            }
            raise Problem(UNFIT.format(said))
    return destination


def _filters(options: Mapping[str, Any], held: Read, destination: Destination) -> Filters:
    from .inputs.paths import Filters

    globs = (*options["include"], *options["exclude"])
    include, exclude = tuple(held.include), tuple(held.exclude)
    return Filters(include, exclude, destination.own(), held.force_exclude, globs)


def _converter(options: Mapping[str, Any], destination: Destination) -> Converter:
    from .converting import Converter

    places, verbose = options["with_source"], options["verbose"]
    return Converter(destination.format, places, verbose, destination.tables)


def _check(
    options: Mapping[str, Any], destination: Destination, jobs: int | None, lang: str
) -> Callable[[Sequence[Input]], Iterator[Finding]] | None:
    """What finds the findings that stand beside the records; None where there is no room for them."""
    if destination.format not in FINDINGS:
        return None
    from .checking import found

    return partial(found, options, jobs, lang)


UNFIT = Words(
    "{format} 格式不支持 {name}，请用 --to {to}", "{format} does not support {name}; use --to {to}"
)
