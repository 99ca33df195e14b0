"""What rules say and what reports show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..deferred import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from ..source import Place, Span
    from .drawing import Block


class Severity(StrEnum):
    """What happens to the form: sent back, asked about, or only a matter of writing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS.index(self)


_RANKS = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class Safety(StrEnum):
    """Whether a fix changes only how a thing is written (safe) or is a guess to be confirmed (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Words(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str

    def format(self, values: Mapping[str, object]) -> Words:
        """Both sentences with their placeholders filled; a value that is `Words` fills each in its language."""
        if "{" not in self.zh and "{" not in self.en:
            return self
        zh = en = values
        if any(isinstance(value, Words) for value in values.values()):
            zh = {key: one.zh if isinstance(one, Words) else one for key, one in values.items()}
            en = {key: one.en if isinstance(one, Words) else one for key, one in values.items()}
        return Words(self.zh.format_map(zh), self.en.format_map(en))


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands at `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """All a rule may say: where, the words that fill its sentences, edits, related places.

    `severity` and `safety` are set where this case differs from the rule's own; `where` where the place in
    the form is not that of the thing the rule was given; `value` is what the fingerprint is made of where it
    is not the text at `at` (a rule about something that is not there says ``value=""``). Rules across forms
    have no text at hand: they point at the `Place` of a fact, and say its `project`.
    """

    at: Span | Place
    words: Mapping[str, object] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    also: tuple[Span | Place, ...] = ()
    severity: Severity | None = None
    safety: Safety | None = None
    where: tuple[str, ...] | None = None
    value: str | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An edit in plain numbers."""

    place: Place
    text: str


class Made(NamedTuple):
    """A change that was made, or left out for a reason: of the rule `code`, in the place of the text `before`.

    `head` and `tail` stand beside it in its cell.
    """

    code: str
    change: Change
    before: str
    why: Words | None = None
    head: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a file: self-contained, picklable, all that a report needs.

    `title` is that of the rule; `message` says what is wrong, `reason` why it matters (with its source), `remedy` what to write instead.
    `excerpt` is the source line of the place (cut where it is very long; `excerpt_column` is the column at
    which it begins). `where` is the place in the form: levels and name of the indicator, or a field's label.
    `suppressed` says why a finding is not shown, for formats that list those too. `changes` are its fix, where it has one,
    and `safety` says whether that keeps the meaning; `count` is how many places of the form it stands for.

    >>> [one] = jxmb.check(FORM, jxmb.Settings(select=["JX301"]))
    >>> one.severity.value, one.project, one.where, one.changes[0].text, one.safety.value
    ('error', '档案数字化', ('产出指标', '数量指标', '扫描档案'), '≥', 'safe')
    """

    code: str
    name: str
    severity: Severity
    aspect: str
    blame: str
    message: Words
    reason: Words
    remedy: Words
    place: Place
    excerpt: str = ""
    excerpt_column: int = 1
    project: str = ""
    where: tuple[str, ...] = ()
    also: tuple[Place, ...] = ()
    changes: tuple[Change, ...] = ()
    safety: Safety | None = None
    fingerprint: str = ""
    count: int = 1
    title: Words = Words("", "")
    suppressed: Words | None = None


@dataclass(slots=True)
class Summary:
    """What a run did.

    Findings that are not shown are counted in `errors`, `warnings` and `infos` too; ignored, accepted and
    baselined ones only there, and those `written` to a baseline. `failing` counts what makes the run fail: findings at
    or above `--fail-on`, always JX001, JX003 and JX009, and forms that were not checked. `unedited` counts those that
    have a fix which could not be placed exactly (a wrapped or decoded cell). `selected` are the rules that ran where
    some were chosen, `expected` the forms that should be there where somebody said how many.
    """

    files: int = 0
    forms: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    ignored: int = 0
    baselined: int = 0
    accepted: int = 0
    fixed: int = 0
    unedited: int = 0
    failing: int = 0
    written: int = 0
    selected: int | None = None
    expected: int | None = None

    def count(self, finding: Finding) -> None:
        """Count one finding by its severity."""
        name = f"{finding.severity}s"
        setattr(self, name, getattr(self, name) + 1)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was checked, with or without findings: where it begins, its project and department.

    `policy` is the tree of indicators by which it was judged, and why that one. `total` is its money in 万元 and `blocks`
    are what is drawn of it, for a report that is `DRAWN`.
    """

    place: Place
    project: str
    department: str = ""
    policy: Words | None = None
    total: Decimal | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Old:
    """A kind of finding of a baseline: how often it is meant here, in which project, and where in its form."""

    code: str
    project: str
    where: tuple[str, ...]
    count: int


class Compared(NamedTuple):
    """A run beside a baseline: what is fixed, what is left, how many are new, and which projects were not met."""

    mended: Sequence[Old]
    left: Sequence[Old]
    new: int
    absent: Sequence[str]


class Missed(NamedTuple):
    """A file, and why it was not read or written; `code` is that of the finding which says so, where there is one."""

    path: str
    why: Words
    code: str | None = None


class Unchecked(NamedTuple):
    """A form that was found and could not be judged, and why."""

    form: Form
    why: Words


@dataclass(slots=True)
class Coverage:
    """What a run left out: the summary counts each list under its name.

    `skipped` files of folders are of no kind that is read; `unreadable` ones should have been read, `unwritten` ones
    written; `formless` ones hold no form; `excluded` ones were named, and globs leave them out. `not_checked` are the
    forms that were not judged.
    """

    skipped: list[Missed] = field(default_factory=list)
    unreadable: list[Missed] = field(default_factory=list)
    unwritten: list[Missed] = field(default_factory=list)
    formless: list[Missed] = field(default_factory=list)
    excluded: list[Missed] = field(default_factory=list)
    not_checked: list[Unchecked] = field(default_factory=list)


class Run(Protocol):
    """What a report may ask of the run whose findings it renders."""

    @property
    def summary(self) -> Summary:
        """The counts: whole when the findings have come to their end."""

    @property
    def coverage(self) -> Coverage:
        """What was left out: whole when the findings have come to their end."""

    @property
    def lang(self) -> str:
        """The language of the report: zh or en."""

    @property
    def forms(self) -> Sequence[Form]:
        """The forms of all findings so far, clean ones too; empty unless the format has `FORMS`."""

    @property
    def applied(self) -> Sequence[Made]:
        """The changes that fixes made."""

    @property
    def compared(self) -> Compared | None:
        """The run beside its baseline, at its end; None without one."""

    @property
    def refused(self) -> Sequence[Made]:
        """The changes that fixes would have made, each with the reason why it was left out."""
