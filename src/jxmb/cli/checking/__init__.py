"""One run of `check`, from what was asked to the exit code."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from ...deferred import dataclass
from ...findings import Compared, Finding, Severity, baseline
from ...lint.engine import File
from ...lint.jobs import Spread
from ...lint.run import Run
from ...lint.settings.configuration import Configuration
from ...report import PEOPLE, Format, Out, load
from ...report.wording import Wording
from ...spool import Spool
from ..inputs import Inputs
from ..inputs.file_list import list_files, wanted
from ..inputs.paths import STDIN, Filters, Input
from ..interface.problems import Problem
from ..interface.terminal import colored, harmless, linked, plain, width
from ..interface.words import Words, from_locale
from ..options import configuration, usable
from ..options.encoding import encoded
from ..options.scheduler import scheduled
from ..output.destination import Targets
from ..output.progress import told
from ..output.reports import filed, output, shown


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says that settings do not. Field names are those of the options."""

    paths: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    summary: bool
    statistics: bool
    quiet: bool
    verbose: bool
    annotate: str | None
    write_baseline: str | None
    stdin_filename: str | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    files_from: str | None
    list_files_only: bool
    scheduler: str | None
    format: tuple[str, ...]
    output: str | None

    @property
    def globs(self) -> tuple[str, ...]:
        """The globs of the command line, of which it is said where they match nothing."""
        return (*self.include, *self.exclude)

    @property
    def fixing(self) -> bool:
        """Whether fixes are written or shown."""
        return self.fix or self.diff


def run(options: Mapping[str, Any]) -> int:
    """Check what was asked for; the exit code."""
    asked = Asked(**{one.name: options[one.name] for one in fields(Asked)})
    with usable():
        known = configuration(options)
        asked = replace(asked, paths=wanted(asked.paths, asked.files_from))
        checking = Checking(asked, known)
        if asked.list_files_only:
            return list_files(checking.inputs)
        with (
            encoded(checking.settings.encoding),
            scheduled(asked.scheduler, fixing=asked.fixing) as checking.spreading,
        ):
            return checking.run()


def found(
    options: Mapping[str, Any], jobs: int | None, lang: str, inputs: Sequence[Input]
) -> Iterator[Finding]:
    """What a check under the same settings finds in files, for what writes findings beside records."""
    files = (File(one.path, one.shown, one.named, one.data) for one in inputs)
    return Run(configuration(options), lang=lang).check(files, jobs)


class Checking:
    """One run of `check`. What holds for the run as a whole is as the settings of the first path say."""

    def __init__(self, asked: Asked, configuration: Configuration) -> None:
        self.asked = asked
        self.spreading: Spread | None = None
        first = Path(asked.paths[0])
        folder = os.path.isdir(first)  # noqa: PTH112 - which may be locked
        settings = self.settings = configuration.at(first / "*" if folder else first)
        lang = settings.lang or from_locale()
        own = output(asked.output, shown(asked.format), settings.format)
        self.files = filed(asked.format) + ([own] if own else [])
        self.inputs = Inputs(asked.paths, self._filters(), lang)
        self.annotating = None
        if asked.annotate:
            from .annotating import Annotating

            self.annotating = Annotating(Path(asked.annotate), self.inputs)
        known = None
        if settings.baseline and not asked.write_baseline:
            known = baseline.read(Path(settings.baseline))
        self.targets = Targets(self.inputs)
        if asked.write_baseline:
            self.targets.claim(Path(asked.write_baseline))
            baseline.guard(Path(asked.write_baseline))
        for one in self.files:
            self.targets.claim(one.path)
        # Findings go to standard output, unless a diff or fixed text goes there.
        printed = asked.diff or (asked.fixing and STDIN in asked.paths)
        self.stream = sys.stderr if printed else sys.stdout
        self.format = None if own else self._streamed(settings.format)
        self.running = Run(
            configuration,
            baseline=known,
            lang=lang,
            keep_forms=asked.summary or self._any("FORMS"),
            draw=self._any("DRAWN"),
            keep_suppressed=self._any("SUPPRESSED") and not (asked.fixing or asked.write_baseline),
            coverage=self.inputs.coverage,
        )

    def _filters(self) -> Filters:
        """Which files of folders are read; copies with comments and reports are not."""
        asked, settings = self.asked, self.settings
        own = {one.path for one in self.files} | ({asked.annotate} - {None})
        include, exclude = tuple(settings.include), tuple(settings.exclude)
        return Filters(
            include, exclude, frozenset(map(str, own)), settings.force_exclude, asked.globs
        )

    def _streamed(self, name: str | None) -> Format:
        """The format of the stream. Raises `Problem` for one of bytes."""
        format = self._load(name or ("full" if self.stream.isatty() else "concise"))
        if format.BINARY:
            raise Problem(ONLY_FILES.format({"name": name}))
        return format

    def _load(self, name: str) -> Format:
        """A format, in which people may read something in place of the findings. Raises `Missing`."""
        return load(name, review=self.asked.summary, statistics=self.asked.statistics)

    def _out(self, stream: Any, **shown: Any) -> Out:
        """Where a report goes, with what it is to have."""
        asked = self.asked
        sheets = {"review": asked.summary, "statistics": asked.statistics}
        return Out(stream, quiet=asked.quiet, **sheets, **shown)

    def _any(self, wish: str) -> bool:
        """Whether any format has a wish."""
        formats = [self.format, *(self._load(one.format) for one in self.files)]
        return any(getattr(one, wish, False) for one in formats)

    def run(self) -> int:
        """Check everything, report it as it comes, and say what is left to say."""
        summary = self.running.summary
        summary.selected = self.settings.selected(self.running.configuration.rules)
        summary.expected = self.settings.expect_forms
        with told(self.inputs.lang), closing(self._findings()) as findings:
            self._report(self._set_aside(findings) if self.asked.write_baseline else findings)
        if self.annotating is not None:
            self.annotating.write()
        self._stale()
        if self.asked.unsafe_fixes and not self.asked.fixing:
            self.inputs.remark("", ONLY_ALLOWED)
        return self.inputs.code(summary)

    def _findings(self) -> Generator[Finding]:
        files: Iterable[File] = map(self._file, self.inputs)
        if self.asked.fixing:
            from .fixing import Fixing

            asked = self.asked
            fixing = Fixing(self.running, self.inputs, asked.unsafe_fixes, asked.diff)
            yield from fixing.check(files)
        else:
            spreading = self.spreading
            if spreading is not None:  # elsewhere there may be no file of settings
                at = self.running.configuration.at
                files = (replace(one, settings=at(one.path)) for one in files)
            yield from self.running.check(files, self.settings.jobs, spreading=spreading)
            self.running.summary.unedited = 0  # of interest only where something is mended
        for missed in self.running.troubles:
            self.inputs.missed(missed.path, missed.error, missed.named)
        # Folders are walked ahead of what is read, the further the more processes read.
        self.inputs.coverage.unreadable.sort(key=lambda one: one.path)

    def _file(self, one: Input) -> File:
        name = self.asked.stdin_filename if one.stdin else None
        if self.asked.verbose:
            origin = self.running.configuration.origin(one.path)
            self.inputs.remark(
                name or one.shown, UNDER.format({"file": origin}) if origin else ALONE
            )
        if self.annotating is not None:
            self.annotating.files[name or one.shown] = one
        if not one.stdin:
            folder = None if one.named else Path(one.shown.removesuffix(one.inside))
            return File(one.path, one.shown, one.named, folder=folder)
        return File(Path(name or one.shown), name or one.shown, data=one.data)

    def _report(self, findings: Iterator[Finding]) -> None:
        """Write what is grave enough to be shown, and whatever makes the run fail."""
        least, fails = Severity(self.settings.show).rank, self.running.fails
        shown: Iterable[Finding] = (
            one
            for one in findings
            if one.severity.rank <= least or (one.suppressed is None and fails(one))
        )
        if self.annotating is not None:
            shown = self.annotating.keep(shown)
        if not self.files:
            self._print(shown)
            return
        every = Spool(shown)  # which each of several formats reads
        self._write(every)
        self._print(every)

    def _print(self, shown: Iterable[Finding]) -> None:
        """What goes to the stream, unless it goes to a file in its place."""
        if self.format is None:
            return
        color = colored(self.settings.color, self.stream.isatty())
        if self.asked.diff and (self.settings.format or "full") in PEOPLE:  # the diff says the rest
            counted = Counter(one.severity for one in shown)
            said = Wording(self.inputs.lang).summary(self.running, counted)
            harmless(self.stream, color).write(f"{said}\n")
            return
        commands = getattr(self.format, "COMMANDS", False)
        stream = plain(self.stream) if commands else harmless(self.stream, color)
        links = color and linked(self.stream.isatty())
        out = self._out(stream, color=color, width=width(self.stream), links=links)
        self.format.render(self.running, _listed(shown, self.format), out)

    def _write(self, findings: Iterable[Finding]) -> None:
        """Write the formats that go to files, each whole or not at all."""
        for one in self.files:
            format = self._load(one.format)
            with self.targets.written(one.path) as file:
                stream: Any = file.buffer if format.BINARY else file
                format.render(self.running, _listed(findings, format), self._out(stream))

    def _set_aside(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        """Write all that can be set aside as a baseline, before anything is shown; what is left."""
        kept: list[Finding] = []
        old = baseline.of(self._sorted(findings, kept))
        with self.targets.written(Path(str(self.asked.write_baseline))) as out:
            out.write(baseline.dumped(old))
        summary = self.running.summary
        found = summary.errors + summary.warnings + summary.infos
        summary.errors = summary.warnings = summary.infos = 0
        for one in kept:
            summary.count(one)
        summary.written, summary.failing = found - len(kept), len(kept)
        return iter(kept)

    def _sorted(self, findings: Iterator[Finding], kept: list[Finding]) -> Iterator[Finding]:
        """The findings that can be set aside; the others are put into `kept`."""
        for one in findings:
            if one.code in self.running.always:
                kept.append(one)
            else:
                yield one

    def _stale(self) -> None:
        """Entries of the settings and of the baseline that match nothing any more."""
        for accept in self.running.stale_accepts():
            self.inputs.remark(place(accept.code, accept.project, accept.where or ""), OLD_ACCEPT)
        if (known := self.running.compared) is not None:
            self._compare(known)

    def _compare(self, known: Compared) -> None:
        """What became of the findings of the baseline: counts, then what is mended by name."""
        remark = self.inputs.remark
        old = [sum(one.count for one in part) for part in (known.mended, known.left)]
        renew = RENEW if known.mended else Words("", "")
        counts = {"mended": old[0], "left": old[1], "new": known.new, "renew": renew}
        remark(str(self.settings.baseline), COMPARED.format(counts))
        for one in known.mended[:NAMED]:
            remark(place(one.code, one.project, " › ".join(one.where)), MENDED)
        for project in known.absent[:NAMED]:
            remark(project, ABSENT)
        more = sum(max(0, len(part) - NAMED) for part in (known.mended, known.absent))
        if more:
            remark("", MORE.format({"n": more}))


def _listed(findings: Iterable[Finding], format: Format) -> Iterator[Finding]:
    """What a format lists."""
    every = getattr(format, "SUPPRESSED", False)
    return (one for one in findings if every or one.suppressed is None)


ONLY_FILES = Words(
    "{name} 格式只能写入文件，如 -o 审核意见.{name}",
    "{name} can only be written to a file, e.g. -o findings.{name}",
)
ONLY_ALLOWED = Words(
    "--unsafe-fixes 只允许须核对的修改，没有写入；写入请加 --fix，查看请加 --diff",
    "--unsafe-fixes only allows fixes that need a review, nothing was written; add --fix to write them, --diff to see them",
)
UNDER = Words("读取，按 {file} 的设置", "Reading, under the settings of {file}")
ALONE = Words("读取，没有设置文件", "Reading, without a settings file")
NAMED = 20  # mended findings, and projects that were not met, that are said by name
COMPARED = Words(
    "与基线比较，已改正 {mended} 条，未改正 {left} 条，新增 {new} 条{renew}",
    "Compared with the baseline: {mended} fixed, {left} left, {new} new{renew}",
)
RENEW = Words("；可用 --write-baseline 更新基线", "; update it with --write-baseline")
MENDED = Words("已改正", "Fixed")
ABSENT = Words("基线中有此项目，本次未读到", "In the baseline, but not in this run")
MORE = Words("另有 {n} 条，见 --format json", "{n} more; see --format json")
OLD_ACCEPT = Words(
    "设置中 [[accept]] 认可的问题已不存在，请删去该条",
    "Accepted in the settings, but no longer found; remove the [[accept]] entry",
)


def place(*parts: str) -> str:
    """A finding that is not there: its code, project and place in the form."""
    return " ".join(part for part in parts if part)
