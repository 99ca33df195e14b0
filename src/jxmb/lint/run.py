"""One run over many files: each is checked under its own settings, and everything is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import rules
from ..findings import Finding, Severity, Summary
from ..findings.baseline import Baseline, Entry
from ..model.facts import Fact
from ..source import Source
from ..values import fold
from . import engine
from .engine import Checks, File, Verdict
from .settings import Accept, Configuration, Settings


@dataclass(frozen=True, slots=True)
class Trouble:
    """A path that could not be read."""

    path: str
    error: OSError


class Run:
    """One run over many files: each under its own settings, counted in `summary`.

    `troubles` are the paths that could not be read, `always` the codes that no setting silences. What is ignored, accepted or in the baseline is counted
    and left out.
    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        *,
        baseline: Baseline | None = None,
        strict: bool = False,
    ) -> None:
        self.configuration = configuration or Configuration(rules.load(), isolated=True)
        self.baseline = baseline
        self.strict = strict
        self.always = frozenset(one.code for one in self.configuration.rules if one.always)
        self.summary = Summary()
        self.troubles: list[Trouble] = []
        self.facts: list[tuple[Fact, Path]] = []
        self._walked = False
        self._projects: set[str] = set()
        self._accepts: dict[Accept, bool] = {}
        self._checks: dict[int, tuple[Settings, Checks]] = {}

    def check(self, files: Iterable[File]) -> Iterator[Finding]:
        """The findings of the files in their order, each file's by place, then those across files."""
        for file in files:
            yield from self.check_file(file)
        yield from self.across()

    def check_file(self, file: File) -> Iterator[Finding]:
        """The findings of one file, form by form."""
        settings = self.configuration.at(file.path)
        try:
            yield from self._sorted_out(
                engine.check_file(file, self.checks(settings)), settings, file
            )
        except OSError as error:
            self.troubles.append(Trouble(file.shown, error))

    def check_source(self, text: Source, file: File) -> Iterator[Finding]:
        """The findings of a text that stands for the content of `file`."""
        settings = self.configuration.at(file.path)
        verdicts = engine.check(text, self.checks(settings), named=file.named)
        yield from self._sorted_out(verdicts, settings, file)

    def across(self) -> Iterator[Finding]:
        """The findings across the files checked so far, each under the settings of its file."""
        rules = self.checks(self.configuration.at())
        for one in engine.check_facts((fact for fact, _ in self.facts), rules):
            path = next(
                (path for fact, path in self.facts if fact.place.path == one.place.path), Path()
            )
            yield from self._filtered([one], self.configuration.at(path), path)

    def checks(self, settings: Settings) -> Checks:
        """What the settings ask to be run."""
        known = self._checks.get(id(settings))
        if known is None:
            every = self.configuration.rules
            known = (
                settings,
                Checks(
                    rules=tuple(rule for rule in every if settings.runs(rule)),
                    limits=settings.limits.limits(),
                    policy=settings.policy,
                    severity=settings.severities(every),
                    strict=self.strict,
                ),
            )
            self._checks[id(settings)] = known
        return known[1]

    def probe(self) -> Run:
        """A run under the same settings, whose counts nobody reads."""
        old = Baseline(self.baseline.entries) if self.baseline else None
        return Run(self.configuration, baseline=old, strict=self.strict)

    def stale_accepts(self) -> list[Accept]:
        """The entries of the settings that match nothing any more."""
        return [
            one for one, used in self._accepts.items() if not used and self._expected(one.project)
        ]

    def stale_baseline(self) -> list[Entry]:
        """The entries of the baseline that occur no more."""
        if self.baseline is None:
            return []
        return [one for one in self.baseline.stale() if self._expected(one.project)]

    def _expected(self, project: str) -> bool:
        """Whether a project should have been seen: who checks one file of many has not seen the others."""
        return self._walked or fold(project) in self._projects

    def _sorted_out(
        self, verdicts: Iterable[Verdict], settings: Settings, file: File
    ) -> Iterator[Finding]:
        forms = len(self.facts)
        self._walked |= not file.named
        for verdict in verdicts:
            if verdict.fact is not None:
                self.facts.append((verdict.fact, file.path))
                self._projects.add(fold(verdict.fact.project))
            yield from self._filtered(verdict.findings, settings, file.path)
        self.summary.files += 1
        self.summary.forms = len(self.facts)
        self.summary.formless += forms == len(self.facts)

    def _filtered(
        self, findings: Iterable[Finding], settings: Settings, path: Path
    ) -> Iterator[Finding]:
        for one in settings.accept:
            self._accepts.setdefault(one, False)
        for finding in findings:
            if finding.code in self.always or not self._set_aside(finding, settings, path):
                self._count(finding, settings)
                yield finding

    def _set_aside(self, finding: Finding, settings: Settings, path: Path) -> bool:
        """Whether a finding is only counted."""
        if settings.ignores(finding, path):
            self.summary.ignored += 1
            return True
        for one in settings.accept:
            if one.matches(finding):
                self._accepts[one] = True
                self.summary.accepted += 1
                return True
        if self.baseline is not None and self.baseline.knows(finding):
            self.summary.baselined += 1
            return True
        return False

    def _count(self, finding: Finding, settings: Settings) -> None:
        self.summary.count(finding)
        self.summary.unedited += finding.safety is not None and not finding.changes
        failing = finding.code in self.always or (
            settings.fail_on != "never" and finding.severity.rank <= Severity(settings.fail_on).rank
        )
        self.summary.failing += failing
