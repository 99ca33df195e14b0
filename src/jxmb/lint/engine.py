"""Run rules over forms: one form after another, so that a large dump never stands in memory as records.

A rule yields hits; the engine lets the sharper of two hits on one thing stand and has them stamped. A rule
that crashes is one finding more, never the end of a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import documents, policies, reader
from ..deferred import dataclass
from ..findings import Finding, Form, Hit, Missed, Severity, Unchecked, Words
from ..meaning import Lists
from ..model import Indicator, Project, Value, facts
from ..model.document import Failure
from ..model.facts import Fact, Facts
from ..model.repairs import Repair
from ..rules import families, notes, run
from ..rules.base import AnyRule, Context, Limits
from ..rules.glance import every_value
from ..rules.layout.characters import broken_character
from ..rules.layout.reread import misread
from ..source import Place, Source, Span
from ..source.decoding import Undecodable
from . import compose, unread
from .silence import Struck, rows_of, sharper

if TYPE_CHECKING:
    from .settings import Settings

NO_FORM = run.no_form_found.code
WHOLE = families.RUN.code  # what crashed where it was no single rule
UNREAD = Words("程序读取本表时出错，本表未检查", "Internal error, form not checked")
SET = Words("由设置指定", "as the settings say")
ADVICE = Words(
    "用原程序打开文件核实，另存为 docx、xlsx、PDF 或 UTF-8 文本",
    "Open it in its own program and save it as docx, xlsx, PDF or UTF-8 text",
)
WANTED = 40  # code points of a goal that tell its form from others
OF_FORM = (Project, Repair, Indicator, Value)  # what rules about a form are about


@dataclass(frozen=True, slots=True)
class File:
    """A file to check. `named` files were given by the user, the others found in a folder.

    `path` is where it is read, `shown` what findings print; `data` is the content of standard input, `folder` the one
    that was named where the file was found in it; `settings` hold for it where they are known already.
    """

    path: Path
    shown: str
    named: bool = True
    data: bytes | None = None
    folder: Path | None = None
    settings: Settings | None = None

    def content(self) -> bytes:
        """The bytes of the file. Raises `OSError`."""
        return self.path.read_bytes() if self.data is None else self.data

    def read(self) -> Source:
        """The file as text. Raises `OSError`, `Undecodable`, and `documents.Missing` where a package is."""
        return documents.open(self.content(), self.shown)

    @property
    def size(self) -> int:
        """Its bytes; 0 where they cannot be counted."""
        return documents.size(self.path, self.data)


@dataclass(frozen=True)
class Checks:
    """What to run. `policy` overrides what each form says, `severity` what each rule says.

    Rules with a code of `mute` say nothing, but what they silence is silent.
    `strict` lets a crash in a rule through instead of making it JX003; with `draw` forms are drawn.
    """

    rules: tuple[AnyRule, ...]
    limits: Limits = field(default_factory=Limits)
    policy: str | None = None
    severity: Mapping[str, Severity] = field(default_factory=dict)
    strict: bool = False
    draw: bool = False
    mute: frozenset[str] = frozenset()
    lists: Lists = field(default_factory=Lists)

    @cached_property
    def by_scope(self) -> dict[type[Any], list[AnyRule]]:
        """The rules for each kind of thing."""
        checked = [one for one in self.rules if one.check is not None]
        scopes = {one.scope for one in checked}
        return {scope: [one for one in checked if one.scope is scope] for scope in scopes}

    @cached_property
    def of_form(self) -> dict[str, list[AnyRule]]:
        """The rules about a form and what it holds, in their order, for each policy under which they run."""
        own = [one for one in self.rules if one.check is not None and one.scope in OF_FORM]
        return {
            policy: [one for one in own if not one.policies or policy in one.policies]
            for policy in policies.IDS
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in one form, or in a file without one or in a blank one (`form` is then None).

    `fact` is what rules across forms want to know of it, where there are any. `unread`: a file, or a part of it,
    that could not be read; `unchecked`: a form that was not judged; `formless`: the file holds no form.
    """

    findings: tuple[Finding, ...]
    form: Form | None = None
    fact: Fact | None = None
    unread: Missed | None = None
    unchecked: Unchecked | None = None
    formless: bool = False


def check_file(file: File, checks: Checks) -> Iterator[Verdict]:
    """The verdicts on a file, one a form. Raises `OSError` and `documents.Missing` where it cannot be read."""
    try:
        text = file.read()
    except documents.Missing:
        raise
    except Undecodable as trouble:
        nothing = compose.start(Source("", file.shown))
        advice = _sentence(*trouble.advice) if trouble.advice else ADVICE
        hit = Hit(nothing, {"kind": Words(trouble.zh, trouble.en), "advice": advice}, value="")
        found = _alone(run.undecodable_file, hit)
        yield Verdict((found,), unread=Missed(file.shown, found.message, found.code))
        return
    yield from check(text, checks, named=file.named)


def check(text: Source, checks: Checks, *, named: bool = True) -> Iterator[Verdict]:
    """The verdicts on a text, one a form, in its order."""
    formless = True
    try:
        for thing in reader.read(text):
            if isinstance(thing, Project):
                verdict = examine(thing, checks)
                formless = formless and verdict.form is None
                yield verdict
            elif isinstance(thing, Failure):
                formless = False
                yield _failed(thing, checks)
    except Exception as error:
        if checks.strict:
            raise
        yield _fallen(_crash(WHOLE, compose.start(text), error))
        return
    if text.notes:
        told = _told(text, checks)
        found = tuple(_plain(one, text.path, checks.severity) for one in told)
        yield Verdict(found, unread=unread.pages(text, found))
        formless = formless and not any(NO_FORM in one.rule.silences for one in told)
    if formless:
        yield from _reread(text, checks)
        severity = Severity.ERROR if named else Severity.INFO
        hit = Hit(compose.start(text), severity=severity, value="")
        found = (_alone(run.no_form_found, hit, checks.severity if named else {}),)
        yield Verdict(found, formless=True)


def _failed(one: Failure, checks: Checks) -> Verdict:
    """The verdict on a form that could not be read: the others of its file are."""
    if checks.strict:
        raise one.error
    return _fallen(Hit(one.at, {"what": UNREAD, "error": one.cause}, value=one.step))


def _sentence(zh: str, en: str) -> Words:
    """Advice as a remedy: it begins with its verb."""
    return Words(zh.removeprefix("请"), en[:1].upper() + en[1:])


def _reread(text: Source, checks: Checks) -> Iterator[Verdict]:
    """The verdict on a text without a form that was decoded wrongly before it came here."""
    hit = misread(text) if broken_character in checks.rules else None
    if hit is not None:
        yield Verdict((_alone(broken_character, hit, checks.severity),))


def _told(text: Source, checks: Checks) -> list[Struck]:
    """What a document tells of its reading that is about no form."""
    context = Context(policies.load(), checks.limits)
    rules = checks.by_scope.get(Source, ())
    return [one for rule in rules for _, one in _hits(rule, (text,), context, checks.strict)]


def fell(file: File, said: Words) -> Verdict:
    """The verdict on a file that ended its process, or of which nothing could be brought back; `said`: why."""
    words = {"what": _crashed(WHOLE), "error": said}
    return _fallen(Hit(compose.start(Source("", file.shown)), words, value=WHOLE))


def _fallen(hit: Hit) -> Verdict:
    """The verdict on a form over which the program failed."""
    found = _alone(run.internal_error, hit)
    return Verdict((found,), unchecked=Unchecked(Form(found.place, ""), found.message))


def examine(project: Project, checks: Checks) -> Verdict:
    """The verdict on one form."""
    struck = sharper(_strike(project, checks))
    struck = [one for one in struck if one.rule.code not in checks.mute]
    findings = _stamp(project, struck, checks)
    findings.sort(key=lambda one: (one.place.line, one.place.column, one.code))
    blank = run.is_blank(project)
    form = None if blank else _form(project, checks)
    fact = facts.of(project) if Facts in checks.by_scope and not blank else None
    return Verdict(tuple(findings), form, fact, unchecked=unread.unchecked(form, project, findings))


def _form(project: Project, checks: Checks) -> Form:
    """What a report may want to know of a form."""
    chosen = checks.policy or project.policy
    followed = policies.load(chosen)
    because = SET if checks.policy else Words(*followed.sign)
    policy = Words(f"{followed.source}（{because.zh}）", f"{followed.source} ({because.en})")
    name, department = project.project_name.text.strip(), project.department.text.strip()
    form = Form(project.at.place, name, department, policy)
    if not checks.draw:
        return form
    from . import drawing  # only one report wants it

    return replace(form, total=drawing.total(project), blocks=drawing.drawn(project))


def check_facts(every: Facts, checks: Checks) -> Iterator[Finding]:
    """What the rules across forms find, in the order of their codes."""
    context = Context(policies.load(), checks.limits, run=every)
    for rule in checks.by_scope.get(Facts, ()):
        for _, one in _hits(rule, (every,), context, checks.strict):
            project = one.hit.project
            yield _finding(one, project, Counter(), checks.severity, project=project)


def _things(project: Project, context: Context) -> dict[type[Any], Sequence[Any]]:
    """All that rules ask for, by kind."""
    return {
        Project: (project,),
        Repair: project.repairs,
        Indicator: project.indicators,
        Value: context.once(every_value),
    }


def _strike(project: Project, checks: Checks) -> list[Struck]:
    """What all rules say of a form."""
    policy = policies.load(checks.policy or project.policy)
    context = Context(policy, checks.limits, project, checks.lists)
    things = _things(project, context)
    struck: list[Struck] = []
    for rule in checks.of_form[policy.id]:
        if rule.when is not None and not rule.when(context):
            continue
        for number, one in _hits(rule, things[rule.scope], context, checks.strict):
            where = one.hit.where
            if where is None:
                where = getattr(things[rule.scope][number], "where", ())
            row = number if rule.scope is Indicator else context.once(rows_of).at(one.hit.at)
            struck.append(Struck(one.rule, one.hit, one.said, where, row))
    return struck


def _hits(
    rule: AnyRule, things: Sequence[Any], context: Context, strict: bool
) -> Iterator[tuple[int, Struck]]:
    """The hits of a rule on things, with the number of the thing; a crash is one more hit, of JX003."""
    check = rule.check
    assert check is not None
    asked: Iterable[tuple[int, Any]] = enumerate(things)
    if rule.under or rule.target or rule.only:
        asked = context.those(rule.under, rule.target, rule.only)
    for number, thing in asked:
        try:
            for hit in check(thing, context):
                yield number, Struck(rule, hit, compose.say(rule, hit))
        except OSError:  # what waits on disk could not be kept
            raise
        except Exception as error:
            if strict:
                raise
            hit = _crash(rule.code, _at(thing, context), error)
            said = compose.say(run.internal_error, hit)
            yield number, Struck(run.internal_error, hit, said)


def _at(thing: Any, context: Context) -> Span | Place:
    """Where a thing stands."""
    if isinstance(thing, Source):
        return compose.start(thing)
    if isinstance(thing, Facts):
        return next((one.place for one in thing), Place("-", 1, 1, 1, 1))
    if isinstance(thing, Value):
        return next(iter(thing.reading.spans), context.project.at)
    at: Span = thing.at
    return at


def _crash(code: str, at: Span | Place, error: Exception) -> Hit:
    error_said = f"{type(error).__name__}: {error}"
    return Hit(at, {"what": _crashed(code), "error": error_said}, value=code)


def _crashed(code: str) -> Words:
    if code == WHOLE:
        return Words(
            "程序读取本文件时出错，其余内容未检查",
            "Internal error, the rest of the file not checked",
        )
    return Words(f"检查 {code} 时程序出错", f"Rule {code} crashed")


def _stamp(project: Project, struck: list[Struck], checks: Checks) -> list[Finding]:
    """The findings of a form: a `once` rule has one, which counts the others."""
    if not struck:  # most forms of a sound file: nothing of what follows is asked for
        return []
    name = project.project_name.text.strip()
    # A form without a name is told from others by what it wants.
    identity = name or project.goal.text[:WANTED]
    context = Context(policies.load(), checks.limits, project)
    recognised = notes.recognised(context)
    damage = 1.0 if notes.partly_hidden(context) else project.damage
    ordinals: Counter[object] = Counter()
    found: list[Finding] = []
    for group in _groups(struck):
        first = _merged(group)
        remark = compose.lost(first.rule, damage, checks.limits.unread_rows)
        stamped = _finding(
            first,
            identity,
            ordinals,
            checks.severity,
            remark=remark,
            project=name,
            where=first.where,
        )
        if recognised and first.rule.family.writing:
            stamped = replace(stamped, blame="transcription")
        found.append(compose.counted(stamped, len(group)))
    return found


def _groups(struck: list[Struck]) -> list[list[Struck]]:
    """The hits, those of a `once` rule together."""
    groups: dict[object, list[Struck]] = {}
    for index, one in enumerate(struck):
        groups.setdefault(one.rule.code if one.rule.once else index, []).append(one)
    return list(groups.values())


def _merged(group: list[Struck]) -> Struck:
    """The first of a group, with the places and edits of all."""
    first = group[0]
    if len(group) == 1:
        return first
    also = tuple(one.hit.at for one in group[1:])
    edits = tuple(edit for one in group for edit in one.hit.edits)
    return first._replace(hit=replace(first.hit, also=also, edits=edits))


def _finding(
    one: Struck,
    identity: str,
    ordinals: Counter[object],
    severity: Mapping[str, Severity],
    *,
    remark: bool = False,
    project: str = "",
    where: tuple[str, ...] = (),
) -> Finding:
    key = code, at, value = compose.key(one.rule, one.hit, one.where)
    ordinals[key] += 1
    mark = compose.fingerprint(code, identity, at, value, ordinals[key])
    grave = compose.severity(one.rule, one.hit, severity, remark=remark)
    return compose.finding(one.rule, one.hit, one.said, grave, mark, project=project, where=where)


def _alone(rule: AnyRule, hit: Hit, severity: Mapping[str, Severity] | None = None) -> Finding:
    """A finding about a whole file: its path takes the place of the project."""
    path = hit.at.source.path if isinstance(hit.at, Span) else hit.at.path
    return _plain(Struck(rule, hit, compose.say(rule, hit)), path, severity or {})


def _plain(one: Struck, path: str, severity: Mapping[str, Severity]) -> Finding:
    return _finding(one, path, Counter(), severity)
