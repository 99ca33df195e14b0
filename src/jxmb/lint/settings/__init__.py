"""Settings: what can be set, what it is where nobody set it, and what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, fields, replace
from fnmatch import fnmatchcase
from operator import itemgetter
from pathlib import Path

from ... import deferred
from ...deferred import dataclass
from ...findings import Finding, Severity
from ...meaning import Lists
from ...rules.base import AnyRule, Limits
from ...values import fold
from ..files import ConfigError as ConfigError
from ..files import absolute

RANGE = deferred.re(r"(JX\d+)-(JX\d+)")
STEP = deferred.re("[›>/]")  # between the steps of a place in a form
OWN = ("given", "root")  # what no file can set


@dataclass(frozen=True, slots=True)
class Accept:
    """One finding of one project that was looked at and accepted.

    `where` is the place in the form as reports print it (levels and name joined by ›, > or /), or the end of it;
    `date` says when it was accepted.
    """

    code: str
    project: str
    reason: str
    where: str | None = None
    date: str | None = None

    def matches(self, finding: Finding) -> bool:
        """Whether this is the finding that was accepted."""
        return accepting((self,)).of(finding) is not None


def accepting(entries: Sequence[Accept]) -> Accepting:
    """These entries, to be looked up."""
    found = Accepting()
    for number, one in enumerate(entries):
        end = STEP.split(fold(one.where)) if one.where is not None else []
        for named in {one.code, one.code.upper()}:
            found.entries.setdefault((named, fold(one.project), *end), (number, one))
        found.longest = max(found.longest, len(end))
    return found


@dataclass(slots=True)
class Accepting:
    """Accepted findings by rule, project and the end of the place in the form; the first entry that fits counts."""

    entries: dict[tuple[str, ...], tuple[int, Accept]] = field(default_factory=dict)
    longest: int = 0  # steps of a place

    def of(self, finding: Finding) -> Accept | None:
        """The entry that accepts a finding."""
        if not self.entries:
            return None
        steps, project = STEP.split(fold("›".join(finding.where))), fold(finding.project)
        ends = [steps[len(steps) - size :] for size in range(min(self.longest, len(steps)) + 1)]
        keys = ((named, project, *end) for named in (finding.code, finding.name) for end in ends)
        fitting = [found for key in keys if (found := self.entries.get(key)) is not None]
        return min(fitting, key=itemgetter(0))[1] if fitting else None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `given` are the keys that a file or an option set (``limits.natures``), the others are as here.

    The globs of `per_file_ignores` are relative to `root`. `words` are added to the lists of the rules of meaning.
    `backup` says before which fixes the old file is kept.
    `show` and what follows holds for a run as a whole. What was written by hand is read by `validation`.

    >>> strict = jxmb.Settings(ignore=["JX2"], severity={"JX705": "error"})
    >>> [(one.code, one.severity.value) for one in jxmb.check(FORM, strict)]
    [('JX705', 'error'), ('JX301', 'error')]
    """

    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    per_file_ignores: Mapping[str, Sequence[str]] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    fail_on: str = "error"
    policy: str | None = None
    limits: Limits = field(default_factory=Limits)
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    accept: Sequence[Accept] = ()
    backup: str = "unsafe"
    show: str = "warning"
    format: str | None = None
    color: str = "auto"
    lang: str | None = None
    jobs: int | None = None
    encoding: str | None = None
    expect_forms: int | None = None
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    force_exclude: bool = False
    baseline: str | None = None
    given: frozenset[str] = frozenset()
    root: Path = field(default_factory=Path)

    def overridden(self, other: Settings) -> Settings:
        """These settings with those that the other ones give; of tables only the keys that these give."""
        if not other.given:
            return self
        own = {name: getattr(other, name) for name in names(Settings) if kebab(name) in other.given}
        for name, value in own.items():
            if isinstance(value, Mapping):
                own[name] = {**getattr(self, name), **value}
        limits = {
            name: getattr(other.limits, name)
            for name in names(Limits)
            if f"limits.{kebab(name)}" in other.given
        }
        return replace(self, **own, limits=replace(self.limits, **limits))

    @property
    def lists(self) -> Lists:
        """The word lists of the rules of meaning, with those words that are added."""
        added = {name: tuple(map(fold, words)) for name, words in self.words.items()}
        return Lists(added)

    def runs(self, rule: AnyRule) -> bool:
        """Whether a rule was selected; what no setting silences always is."""
        wanted = (*self.select, *self.extend_select)
        return (
            rule.always
            or not self.select
            or any(covers(one, rule.code, rule.name) for one in wanted)
        )

    def selected(self, rules: Sequence[AnyRule]) -> int | None:
        """How many rules were chosen; None where all are."""
        if not self.select:
            return None
        wanted = (*self.select, *self.extend_select)
        return sum(any(covers(one, rule.code, rule.name) for one in wanted) for rule in rules)

    def ignored(self, path: Path) -> list[str]:
        """What is ignored in the file at `path`: codes, prefixes, names."""
        codes = [*self.ignore]
        for pattern, ignored in self.per_file_ignores.items():
            if _globbed(pattern, path, self.root):
                codes.extend(ignored)
        return codes

    def severities(self, rules: Sequence[AnyRule]) -> dict[str, Severity]:
        """The severity of each code that was set; a later, longer pattern wins."""
        ordered = sorted(self.severity.items(), key=lambda item: len(item[0]))
        return {
            rule.code: Severity(severity)
            for pattern, severity in ordered
            for rule in rules
            if covers(pattern, rule.code, rule.name)
        }


def kebab(name: str) -> str:
    """A key as settings files write it."""
    return name.replace("_", "-")


def names(section: type[Settings | Limits | Accept]) -> list[str]:
    """What a table of a settings file can set, by field name."""
    return [one.name for one in fields(section) if one.name not in OWN]


def known_keys() -> tuple[str, ...]:
    """Every key of a settings file, as documentation lists them."""
    own = tuple(kebab(name) for name in names(Settings) if name != "limits")
    return own + tuple(f"limits.{kebab(name)}" for name in names(Limits))


def covers(pattern: str, code: str, name: str) -> bool:
    """Whether a pattern of a setting means a rule: its code, its name, a prefix (JX3), a range (JX301-JX304)."""
    if pattern == name:
        return True
    upper = pattern.upper()
    if between := RANGE.fullmatch(upper):
        return between[1] <= code <= between[2]
    return upper.startswith("JX") and code.startswith(upper)


def _globbed(pattern: str, path: Path, root: Path) -> bool:
    """Whether a file is meant by a glob: by its name, or by its path below the folder of the settings."""
    full, root = absolute(path), absolute(root)
    inside = full.relative_to(root) if full.is_relative_to(root) else full
    names = (inside.as_posix(), path.name, full.as_posix())
    return any(fnmatchcase(name, pattern.removeprefix("./")) for name in names)
