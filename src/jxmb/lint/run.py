"""One run over many files: each is checked under its own settings, and everything is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import rules
from ..deferred import dataclass
from ..documents import Missing
from ..findings import (
    Compared,
    Coverage,
    Finding,
    Form,
    Made,
    Missed,
    Old,
    Severity,
    Summary,
    Words,
)
from ..findings.baseline import Baseline, Entry
from ..model.facts import Facts
from ..rules import run
from ..source import Source
from ..spool import Spool
from ..values import fold
from . import engine
from .engine import Checks, File, Verdict
from .jobs import Spread, spread
from .settings import Accept, Accepting, Settings, accepting, covers
from .settings.configuration import Configuration

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Trouble:
    """A path that could not be read; `named` by the user, or found in a folder."""

    path: str
    error: OSError | Missing
    named: bool = True


class Checker:
    """Files to verdicts, each under its own settings. Picklable: it is all that another process needs."""

    def __init__(
        self, configuration: Configuration, *, strict: bool = False, draw: bool = False
    ) -> None:
        self.configuration = configuration
        self.strict = strict
        self.draw = draw
        self._checks: list[tuple[Settings, Checks]] = []

    def __getstate__(self) -> dict[str, object]:
        """Without what was made of the settings: each process makes that for itself."""
        return vars(self) | {"_checks": []}

    def __call__(self, file: File) -> Iterator[Verdict | OSError | Missing]:
        """The verdicts on a file, form by form; the error where it cannot be read."""
        try:
            settings = file.settings or self.configuration.at(file.path)
            yield from engine.check_file(file, self.checks(settings))
        except (OSError, Missing) as error:
            yield error

    def failed(self, file: File, said: Words) -> Iterator[Verdict | OSError | Missing]:
        """The verdict on a file over which a process died, or of which no verdict could be had."""
        yield engine.fell(file, said)

    def size(self, file: File) -> int:
        """How many bytes a file has; nothing where that cannot be told."""
        return file.size

    def text(self, text: Source, file: File) -> Iterator[Verdict]:
        """The verdicts on a text that stands for the content of `file`."""
        checks = self.checks(self.configuration.at(file.path))
        return engine.check(text, checks, named=file.named)

    def checks(self, settings: Settings) -> Checks:
        """What the settings ask to be run."""
        known = next((two for two in self._checks if two[0] is settings), None) or next(
            (two for two in self._checks if two[0] == settings), None
        )
        if known is None:
            every = self.configuration.rules
            checks = Checks(
                rules=tuple(rule for rule in every if rule.stops or settings.runs(rule)),
                mute=frozenset(rule.code for rule in every if not settings.runs(rule)),
                limits=settings.limits,
                policy=settings.policy,
                severity=settings.severities(every),
                lists=settings.lists,
                strict=self.strict,
                draw=self.draw,
            )
            known = settings, checks
            self._checks.append(known)
        return known[1]


def _old(entry: Entry) -> Old:
    return Old(entry.code, entry.project, entry.where, entry.count)


KNOWN = Words("基线中已有", "Known from the baseline")


class Run:
    """One run over many files: each under its own settings, counted in `summary`; `coverage` is what it left out.

    `troubles` are the paths that could not be read, `always` are the codes that no setting silences. What is ignored,
    accepted or in the baseline is counted and left out; with `keep_suppressed` the latter two are told as such. Of a
    form only what somebody asks for is kept: its fact where a rule across forms is selected, its place for a report
    that wants all `forms` (with `draw` also how it is drawn), its project where a setting or the baseline names it.
    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        *,
        baseline: Baseline | None = None,
        strict: bool = False,
        lang: str = "zh",
        keep_forms: bool = False,
        keep_suppressed: bool = False,
        draw: bool = False,
        coverage: Coverage | None = None,
    ) -> None:
        self.configuration = configuration or Configuration(rules.load(), isolated=True)
        self.checker = Checker(self.configuration, strict=strict, draw=draw)
        self.baseline = baseline
        self.lang = lang
        self.always = frozenset(one.code for one in self.configuration.rules if one.always)
        self.summary = Summary()
        self.coverage = coverage or Coverage()
        self.troubles: list[Trouble] = []
        self._asked: tuple[str, Settings] | None = None
        self.forms: Spool[Form] = Spool()
        self.applied: list[Made] = []
        self.refused: list[Made] = []
        self._keep_forms = keep_forms
        self._keep_suppressed = keep_suppressed
        self._facts = Facts()
        self._walked = False
        known = baseline.entries.values() if baseline else ()
        self._awaited = {fold(one.project) for one in known}
        self._met: set[str] = set()
        self._accepts: dict[Accept, bool] = {}
        self._accepting: dict[int, Accepting] = {}

    def check(
        self,
        files: Iterable[File],
        jobs: int | None = 1,
        executor: Callable[[], Executor] | None = None,
        spreading: Spread | None = None,
    ) -> Iterator[Finding]:
        """The findings of the files in their order, each file's by place, then those across files.

        `jobs` is how many workers there are, None: as many as pay; `executor` makes what runs them, by default
        processes of this machine; `spreading` takes the place of both. Whatever they are, here everything is counted.
        """
        over = spreading or partial(spread, jobs=jobs, executor=executor)
        for file, verdicts in over(self.checker, files):
            yield from self._sorted_out(verdicts, file)
        yield from self.across()

    def check_file(self, file: File) -> Iterator[Finding]:
        """The findings of one file, form by form."""
        yield from self._sorted_out(self.checker(file), file)

    def check_source(self, text: Source, file: File) -> Iterator[Finding]:
        """The findings of a text that stands for the content of `file`."""
        yield from self._sorted_out(self.checker.text(text, file), file)

    def across(self) -> Iterator[Finding]:
        """The findings across the files checked so far, each under the settings of its file."""
        checks = self.checker.checks(self.configuration.at())
        for one in engine.check_facts(self._facts, checks):
            path = Path(one.place.path)
            yield from self._filtered([one], self.configuration.at(path), path)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding makes the run fail, by the settings of its file."""
        path = finding.place.path
        if self._asked is None or self._asked[0] != path:  # those of a file come one after another
            self._asked = path, self.configuration.at(Path(path))
        return self._fails(finding, self._asked[1])

    def probe(self) -> Run:
        """A run under the same settings, whose counts nobody reads."""
        old = Baseline(self.baseline.entries) if self.baseline else None
        probe = Run(self.configuration, baseline=old)
        probe.checker = self.checker
        return probe

    def stale_accepts(self) -> list[Accept]:
        """The entries of the settings that match nothing any more."""
        return [
            one for one, used in self._accepts.items() if not used and self._expected(one.project)
        ]

    @property
    def compared(self) -> Compared | None:
        """The run beside its baseline: projects that were not met are neither mended nor left."""
        if self.baseline is None:
            return None
        gone, done = self.baseline.stale(), self.summary
        mended = [_old(one) for one in gone if fold(one.project) in self._met]
        absent = [one.project for one in gone if fold(one.project) not in self._met]
        left = [_old(one) for one in self.baseline.left()]
        new = done.errors + done.warnings + done.infos
        return Compared(mended, left, new, list(dict.fromkeys(absent)) if self._walked else [])

    def _expected(self, project: str) -> bool:
        """Whether a project should have been seen: who checks one file of many has not seen the others."""
        return self._walked or fold(project) in self._met

    def _sorted_out(
        self, verdicts: Iterable[Verdict | OSError | Missing], file: File
    ) -> Iterator[Finding]:
        settings = self.configuration.at(file.path)
        self._walked |= not file.named
        self._accepted_in(settings)
        for verdict in verdicts:
            if not isinstance(verdict, Verdict):
                self.troubles.append(Trouble(file.shown, verdict, file.named))
                return
            self._keep(verdict)
            self._left(verdict, file, settings)
            yield from self._filtered(verdict.findings, settings, file.path)
        self.summary.files += 1

    def _accepted_in(self, settings: Settings) -> Accepting:
        """What settings accept; it is awaited once they hold for a file."""
        known = self._accepting.get(id(settings))
        if known is None:
            known = self._accepting[id(settings)] = accepting(settings.accept)
            self._accepts |= {one: self._accepts.get(one, False) for one in settings.accept}
            self._awaited.update(fold(one.project) for one in settings.accept)
        return known

    def _left(self, verdict: Verdict, file: File, settings: Settings) -> None:
        """Note what of a file was not read or not judged."""
        if verdict.unread is not None:
            self.coverage.unreadable.append(verdict.unread)
        if verdict.formless:
            self.coverage.formless.append(Missed(file.shown, run.no_form_found.title))
        if verdict.unchecked is not None:
            self.coverage.not_checked.append(verdict.unchecked)
            self.summary.forms += verdict.form is None
            self.summary.failing += settings.fail_on != "never"

    def _keep(self, verdict: Verdict) -> None:
        """Count a form, and keep of it what somebody will ask for."""
        if verdict.fact is not None:
            self._facts.append(verdict.fact)
        if verdict.form is None:
            return
        self.summary.forms += 1
        if self._keep_forms:
            self.forms.append(verdict.form)
        if self._awaited and (name := fold(verdict.form.project)) in self._awaited:
            self._met.add(name)

    def _filtered(
        self, findings: Iterable[Finding], settings: Settings, path: Path
    ) -> Iterator[Finding]:
        ignored: dict[str, bool] = {}
        patterns = settings.ignored(path)
        for finding in findings:
            code = finding.code
            if code not in ignored:
                ignored[code] = any(covers(one, code, finding.name) for one in patterns)
            if code in self.always:
                why = None
            elif ignored[code]:
                self.summary.ignored += 1
                continue
            else:
                why = self._suppressed(finding, settings)
            if why is None:
                self._count(finding, settings)
                yield finding
            elif self._keep_suppressed:
                yield replace(finding, suppressed=why)

    def _suppressed(self, finding: Finding, settings: Settings) -> Words | None:
        """Why a finding is only counted; None where it is not."""
        one = self._accepted_in(settings).of(finding)
        if one is not None:
            self._accepts[one] = True
            self.summary.accepted += 1
            return Words(one.reason, one.reason)
        if self.baseline is not None and self.baseline.knows(finding):
            self.summary.baselined += 1
            return KNOWN
        return None

    def _count(self, finding: Finding, settings: Settings) -> None:
        self.summary.count(finding)
        self.summary.unedited += finding.safety is not None and not finding.changes
        self.summary.failing += self._fails(finding, settings)

    def _fails(self, finding: Finding, settings: Settings) -> bool:
        return finding.code in self.always or (
            settings.fail_on != "never" and finding.severity.rank <= Severity(settings.fail_on).rank
        )
