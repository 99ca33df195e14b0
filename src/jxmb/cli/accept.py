"""``jxmb accept``: findings that were looked at, written into the settings, each with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..findings import Finding
from ..lint.engine import File
from ..lint.files import ConfigError
from ..lint.run import Run
from ..lint.settings import Accept, names
from ..lint.settings.validation import legible
from ..lint.write import Unwritable, create, write
from ..visible import escaped, visible
from .inputs import Inputs, jobs_option, path_options
from .inputs.paths import Filters, Input
from .interface.group import Command, lang_option, language, option
from .interface.problems import Problem
from .interface.words import Words, in_lang
from .options import configuration, usable
from .options.encoding import encoded, encoding_option

NEW = "jxmb.toml"
NOTHING = Words("没有符合条件的问题，没有写入", "no finding matches; nothing was written")
NO_REASON = Words("--reason 应写明理由", "--reason should say why")
INLINE = Words(
    "没有写入：请先把设置文件中的 accept 列表改写成 [[accept]] 条目",
    "not written: turn the accept list of the settings file into [[accept]] entries first",
)
NAMELESS = Words(
    "项目没有名称，不能认可；请先填写",
    "a project without a name cannot be accepted; fill it in first",
)
WRITTEN = Words("已写入 {n} 条认可", "{n} accepted")


@click.command(
    "accept",
    cls=Command,
    words=Words(
        "把路径中核实过的问题写进设置文件的 [[accept]]，连同理由和日期，以后不再提示。",
        "Write findings in PATH that were looked at as [[accept]] entries into the settings, with reason and date.",
    ),
)
@path_options(required=True)
@option(
    "--select",
    multiple=True,
    required=True,
    metavar="CODES",
    zh="认可这些规则的问题，如 JX309",
    en="Accept findings of these rules, e.g. JX309",
)
@option("--reason", required=True, metavar="TEXT", zh="认可的理由", en="Why they are accepted")
@option("--project", metavar="NAME", zh="只认可这个项目的", en="Of this project only")
@option(
    "--where",
    metavar="PLACE",
    zh="只认可表中这一处的，如 数量指标 > 培训人次",
    en="In this place of the form only, e.g. 数量指标 > 培训人次",
)
@option("--config", metavar="FILE", zh="写入这个设置文件", en="Write this settings file")
@encoding_option
@jobs_option
@lang_option
@click.pass_context
def accept(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> int:
    """Check, write entries for what matches, and name them."""
    if not legible(options["reason"]):
        raise Problem(NO_REASON)
    with usable():
        accepting = Accepting(paths, options | {"lang": language(ctx).asked}, ctx)
        with encoded(accepting.settings.encoding):
            return accepting.run()


class Accepting:
    """One run of `accept`."""

    def __init__(
        self, paths: tuple[str, ...], options: Mapping[str, Any], ctx: click.Context
    ) -> None:
        self.options = options
        self.configuration = configuration(options)
        self.place = Path(paths[0])
        if self.place.is_dir():
            self.place /= "*"
        self.settings = self.configuration.at(self.place)
        self.lang = self.settings.lang or language(ctx).here
        include, exclude = tuple(self.settings.include), tuple(self.settings.exclude)
        asked = (*options["include"], *options["exclude"])
        filters = Filters(include, exclude, force=self.settings.force_exclude, asked=asked)
        self.inputs = Inputs(paths, filters, self.lang)

    def run(self) -> int:
        """The exit code."""
        running = Run(self.configuration, lang=self.lang, coverage=self.inputs.coverage)
        found = list(running.check(map(_file, self.inputs), self.settings.jobs))
        entries = list(self._entries(one for one in found if one.code not in running.always))
        for missed in running.troubles:
            self.inputs.missed(missed.path, missed.error, missed.named)
        if entries:
            self._write(entries)
        elif running.summary.forms:
            raise Problem(NOTHING, hint=False)
        running.summary.failing = sum(one.code in running.always for one in found)
        return self.inputs.code(running.summary)

    def _entries(self, found: Iterable[Finding]) -> Iterator[Accept]:
        """An entry for each finding that is meant, once."""
        met = set()
        today = date.today().isoformat()
        for one in found:
            where = " › ".join(one.where) or None
            entry = Accept(one.code, one.project, self.options["reason"].strip(), where, today)
            if entry in met or not self._means(one):
                continue
            met.add(entry)
            if legible(one.project):
                yield entry
            else:
                self.inputs.remark(one.place.path, NAMELESS)

    def _means(self, finding: Finding) -> bool:
        project, where = self.options["project"], self.options["where"]
        return Accept(finding.code, project or finding.project, "", where).matches(finding)

    def _write(self, entries: list[Accept]) -> None:
        """Append the entries to the settings that are in force, or to new ones in the working directory."""
        path = Path(self.configuration.origin(self.place) or NEW)
        old = path.read_bytes() if path.exists() else b""
        new = old + appended(old, entries, path.name).encode()
        try:
            self.configuration.tried(new, path)
        except ConfigError as error:
            raise Problem(INLINE, hint=False) from error
        try:
            write(path, old, new) if old else create(path, new)
        except Unwritable as error:
            self.inputs.fail(str(path), Words(error.zh, error.en))
            return
        for one in entries:
            click.echo(
                visible(" ".join(part for part in (one.code, one.project, one.where) if part))
            )
        written = WRITTEN.format({"n": len(entries)})
        click.echo(visible(f"{path}: {in_lang(written, self.lang)}"))


def _file(one: Input) -> File:
    return File(one.path, one.shown, one.named, data=one.data)


def appended(old: bytes, entries: Iterable[Accept], name: str) -> str:
    """What is to stand behind the content of a settings file, in its own line ends."""
    head = "[[tool.jxmb.accept]]" if name == "pyproject.toml" else "[[accept]]"
    blocks = ["\n".join([head, *_lines(one)]) + "\n" for one in entries]
    text = "\n".join(blocks)
    if old:
        text = ("\n" if old.endswith(b"\n") else "\n\n") + text
    return text.replace("\n", "\r\n") if b"\r\n" in old else text


def _lines(entry: Accept) -> Iterator[str]:
    for name in names(Accept):
        if (value := getattr(entry, name)) is not None:
            yield f"{name} = {escaped(json.dumps(value, ensure_ascii=False))}"
