"""The review sheet: for each form the four aspects of the official review, for a folder what to fix first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from heapq import nlargest
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any

from ..deferred import dataclass
from ..findings import Finding, Form, Run, Severity, Words
from ..spool import Spool, ordered
from ..visible import visible
from . import Out
from .wording import Wording

BINARY = False
FORMS = True
FIRST = 10  # departments and forms that are listed as the first to fix
LISTED = 5  # findings of an aspect that are listed

ASPECTS = {
    "W": Words("完整性", "Completeness"),
    "X": Words("相关性", "Relevance"),
    "S": Words("适当性", "Adequacy"),
    "K": Words("可行性", "Feasibility"),
    "G": Words("格式", "Format"),
}
CLEAN = Words("未发现问题", "nothing found")
POLICY = Words("指标体系：{policy}", "Tree of indicators: {policy}")
OVERALL = Words(
    "汇总：{n} 份表，{clean} 份未发现错误和警告",
    "{n} form{s}, {clean} without errors or warnings",
)
BY_ASPECT = Words("按方面", "By aspect")
BY_RULE = Words("按规则", "By rule")
BY_DEPARTMENT = Words("宜先修改的单位", "Departments to fix first")
BY_FORM = Words("宜先修改的表", "Forms to fix first")
MORE = Words("另有 {n} 条", "{n} more")
UNNAMED = Words("（未写项目名称）", "(no project name)")

SEVERITIES = tuple(Severity)
Counts = Counter[Severity]
Aspects = dict[str, Counts]
Named = tuple[str, str]  # path and project
# Path and project, whether it is a form or was found in one, its number there; of a finding aspect, severity and count.
Row = tuple[Any, ...]
FORM, FOUND = range(2)
Counted = tuple[str, int, Counts]  # name, the number of what is first under it, and all counts


@dataclass(slots=True)
class Sheet:
    """What was found in one form, by aspect: counts, and the first findings of each."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    first: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))

    def add(self, finding: Finding) -> None:
        """Count a finding; the gravest are kept."""
        self.counts[finding.aspect][finding.severity] += finding.count
        kept = self.first[finding.aspect]
        kept.append(finding)
        kept.sort(key=lambda one: one.severity.rank)
        del kept[LISTED:]

    @property
    def total(self) -> Counts:
        """All aspects together."""
        return _sum(self.counts.values())


@dataclass(slots=True)
class Review:
    """What a run found, counted: by rule and aspect, and for each form once all of them are known."""

    rules: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    titles: dict[str, Words] = field(default_factory=dict)
    aspects: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    _found: Spool[Row] = field(default_factory=Spool)

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        count, severity = finding.count, finding.severity
        row = (finding.place.path, finding.project, FOUND, len(self._found), finding.aspect)
        self._found.append((*row, severity.rank, count))
        self.titles[finding.code] = finding.title
        self.rules[finding.code][severity] += count
        self.aspects[finding.aspect][severity] += count

    def sheets(self, forms: Iterable[Form]) -> Iterator[tuple[Form, Aspects]]:
        """Each form with what was found in it; those of one name in a file share that."""
        named = ((one.place.path, one.project, FORM, number) for number, one in enumerate(forms))
        shared = (
            (row[3], [one[4:] for one in group if one[2] == FOUND])
            for _, group in _named(chain(named, self._found))
            for row in group
            if row[2] == FORM
        )
        return (
            (form, _aspects(rows)) for form, (_, rows) in zip(forms, ordered(shared), strict=True)
        )

    def departments(self, forms: Iterable[Form]) -> Iterator[Counted]:
        """What was found in the forms of each department, by its name."""
        signed = (
            (form.department, number, _sum(aspects.values()))
            for number, (form, aspects) in enumerate(self.sheets(forms))
            if form.department
        )
        for name, group in groupby(ordered(signed), itemgetter(0)):
            (_, first, counts), *others = group
            yield name, first, _sum((counts, *(one for *_, one in others)))

    def files(self) -> Iterator[Counted]:
        """What was found in each form, or in a file outside of its forms."""
        for (path, project), rows in _named(self._found):
            yield project or path, rows[0][3], _sum(_aspects(row[4:] for row in rows).values())

    def clean(self, forms: Iterable[Form]) -> int:
        """How many forms have neither errors nor warnings."""
        return sum(not _grave(_sum(found.values())) for _, found in self.sheets(forms))

    def build(self, run: Run) -> dict[str, Any]:
        """The review as plain data, what is long as an iterator: counts only, never a score."""
        return {
            "forms": (_built(form, aspects) for form, aspects in self.sheets(run.forms)),
            "rules": {code: _numbers(counts) for code, counts in sorted(self.rules.items())},
            "aspects": {
                one: {
                    "title": words.zh,
                    "title_en": words.en,
                    **_numbers(self.aspects.get(one, Counter())),
                }
                for one, words in ASPECTS.items()
            },
            "departments": (
                {"department": name, **_numbers(counts)}
                for name, _, counts in self.departments(run.forms)
            ),
        }


def _named(rows: Iterable[Row]) -> Iterator[tuple[Named, list[Row]]]:
    """The rows of each form, those of its own first."""
    for named, group in groupby(ordered(rows), itemgetter(0, 1)):
        yield named, list(group)


def _aspects(rows: Iterable[Row]) -> Aspects:
    """The counts of what was found in one form."""
    found: Aspects = defaultdict(Counter)
    for aspect, rank, count in rows:
        found[aspect][SEVERITIES[rank]] += count
    return found


def _built(form: Form, aspects: Aspects) -> dict[str, Any]:
    """A form and what was found in it as plain data."""
    return {
        "path": form.place.path,
        **form.place.numbers(),
        "project": form.project,
        "department": form.department,
        "policy": form.policy.zh if form.policy else "",
        "policy_en": form.policy.en if form.policy else "",
        **_numbers(_sum(aspects.values())),
        "aspects": {aspect: _numbers(counts) for aspect, counts in aspects.items()},
    }


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counter[Severity]())


def _grave(counts: Counts) -> tuple[int, ...]:
    """Errors and warnings, by which what is worst comes first; nothing where there are none."""
    grave = (counts[Severity.ERROR], counts[Severity.WARNING])
    return grave if any(grave) else ()


def worst(counted: Iterable[Counted]) -> list[tuple[str, Counts]]:
    """What has most errors, then warnings; what has neither is left out."""
    grave = (one for one in counted if _grave(one[2]))
    first = nlargest(FIRST, grave, key=lambda one: (_grave(one[2]), -one[1]))
    return [(name, counts) for name, _, counts in first]


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write a sheet for each form as it comes, clean ones too, and what all come to behind them."""
    wording = Wording(run.lang)
    review, write = Review(), out.stream.write
    sheets: dict[Named, Sheet] = {}
    written = seen = 0
    known: set[int] = set()  # the hashes of what forms are called
    for finding in findings:
        new = range(seen, len(run.forms))
        known.update(hash(_name(run.forms[number])) for number in new)
        seen = new.stop
        if hash((finding.place.path, finding.project)) in known:
            here = _reached(run.forms, written, finding)
            for number in range(written, here):
                write(_sheet(run.forms[number], sheets, wording))
            written = here
        review.add(finding)
        sheets.setdefault((finding.place.path, finding.project), Sheet()).add(finding)
    for form in islice(run.forms, written, None):
        write(_sheet(form, sheets, wording))
    for named, sheet in sheets.items():
        write("\n".join(_left(named, sheet, wording)))
    if len(run.forms) > 1:
        write("\n".join(_totals(run, review, wording)) + "\n\n")
    shown = _sum(review.aspects.values())
    if not out.quiet:
        write(wording.summary(run, shown) + "\n")


def _name(form: Form) -> Named:
    return form.place.path, form.project


def _reached(forms: Sequence[Form], written: int, finding: Finding) -> int:
    """The form that a finding is in, of those that are not yet written; the first of these where it is in none."""
    found, place = None, finding.place
    for number in range(written, len(forms)):
        one = forms[number]
        if _name(one) != (place.path, finding.project):
            if found is not None:
                break
        elif found is None or one.place.line <= place.line:
            found = number
    return written if found is None else found


def _sheet(form: Form, sheets: dict[Named, Sheet], wording: Wording) -> str:
    """The sheet of one form; what was kept of it is let go."""
    sheet = sheets.pop((form.place.path, form.project), None) or Sheet()
    name = visible(form.project) or wording.of(UNNAMED)
    by = f" · {visible(form.department)}" if form.department else ""
    lines = [f"{name}{by}  {wording.spot(form.place)}"]
    if form.policy is not None:
        lines.append(f"  {wording.say(POLICY, policy=wording.of(form.policy))}")
    for aspect in ASPECTS:
        lines += _aspect(aspect, sheet, wording)
    return "\n".join(lines) + "\n\n"


def _aspect(aspect: str, sheet: Sheet, wording: Wording) -> Iterator[str]:
    counts = sheet.counts.get(aspect)
    said = wording.counts(counts) if counts else wording.of(CLEAN)
    yield f"  {wording.of(ASPECTS[aspect])}{wording.colon}{said}"
    first = sheet.first.get(aspect, [])
    for one in first:
        yield f"    {one.code} {wording.titled(one)}"
    rest = (counts.total() if counts else 0) - sum(one.count for one in first)
    if rest > 0:
        yield f"    {wording.say(MORE, n=rest)}"


def _left(named: Named, sheet: Sheet, wording: Wording) -> Iterator[str]:
    """What was found in a file without a form, or across forms."""
    path, project = named
    yield f"{visible(project or path)}"
    for found in sheet.first.values():
        yield from (f"  {one.code} {wording.titled(one)}" for one in found)
    yield "\n"


def _totals(run: Run, review: Review, wording: Wording) -> Iterator[str]:
    yield wording.say(OVERALL, n=len(run.forms), clean=review.clean(run.forms))
    tables = (
        (
            BY_ASPECT,
            [
                (wording.of(ASPECTS[one]), review.aspects[one])
                for one in ASPECTS
                if one in review.aspects
            ],
        ),
        (
            BY_RULE,
            [
                (f"{code} {wording.of(review.titles[code])}", counts)
                for code, counts in sorted(review.rules.items(), key=lambda pair: -pair[1].total())
            ],
        ),
        (BY_DEPARTMENT, worst(review.departments(run.forms))),
        (BY_FORM, worst(review.files())),
    )
    for head, rows in tables:
        if rows:
            yield f"{wording.of(head)}"
            yield from (f"  {visible(name)}  {wording.counts(counts)}" for name, counts in rows)


def _numbers(counts: Counts) -> dict[str, int]:
    return {f"{severity}s": counts[severity] for severity in Severity}
