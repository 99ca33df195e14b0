"""The review sheet: for each form the four aspects of the official review, for a folder what to fix first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from ..deferred import dataclass
from ..findings import Finding, Form, Run, Severity, Words
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

Counts = Counter[Severity]
Named = tuple[str, str]  # path and project


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
    """What a run found, counted: by form while it is read, by rule, aspect and department for all."""

    sheets: dict[Named, dict[str, Counts]] = field(default_factory=dict)
    rules: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))
    titles: dict[str, Words] = field(default_factory=dict)
    aspects: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, finding: Finding) -> None:
        """Count a finding."""
        sheet = self.sheets.setdefault((finding.place.path, finding.project), defaultdict(Counter))
        sheet[finding.aspect][finding.severity] += finding.count
        self.titles[finding.code] = finding.title
        self.rules[finding.code][finding.severity] += finding.count
        self.aspects[finding.aspect][finding.severity] += finding.count

    def of(self, form: Form) -> Counts:
        """What was found in a form."""
        return _sum(self.sheets.get((form.place.path, form.project), {}).values())

    def departments(self, forms: Iterable[Form]) -> dict[str, Counts]:
        """What was found in the forms of each department."""
        found: dict[str, Counts] = defaultdict(Counter)
        for form in forms:
            if form.department:
                found[form.department] += self.of(form)
        return found

    def clean(self, forms: Iterable[Form]) -> int:
        """How many forms have neither errors nor warnings."""
        return sum(not _grave(self.of(one)) for one in forms)

    def build(self, run: Run) -> dict[str, Any]:
        """The review as plain data: counts only, never a score."""
        return {
            "forms": [
                {
                    "path": one.place.path,
                    **one.place.numbers(),
                    "project": one.project,
                    "department": one.department,
                    "policy": one.policy.zh if one.policy else "",
                    "policy_en": one.policy.en if one.policy else "",
                    **_numbers(self.of(one)),
                    "aspects": {
                        aspect: _numbers(counts)
                        for aspect, counts in self.sheets.get(
                            (one.place.path, one.project), {}
                        ).items()
                    },
                }
                for one in run.forms
            ],
            "rules": {code: _numbers(counts) for code, counts in sorted(self.rules.items())},
            "aspects": {
                one: {
                    "title": words.zh,
                    "title_en": words.en,
                    **_numbers(self.aspects.get(one, Counter())),
                }
                for one, words in ASPECTS.items()
            },
            "departments": [
                {"department": name, **_numbers(counts)}
                for name, counts in sorted(self.departments(run.forms).items())
            ],
        }


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counter[Severity]())


def _grave(counts: Counts) -> tuple[int, ...]:
    """Errors and warnings, by which what is worst comes first; nothing where there are none."""
    grave = (counts[Severity.ERROR], counts[Severity.WARNING])
    return grave if any(grave) else ()


def worst(counted: dict[Any, Counts]) -> list[tuple[Any, Counts]]:
    """What has most errors, then warnings; what has neither is left out."""
    grave = [(name, counts) for name, counts in counted.items() if _grave(counts)]
    return sorted(grave, key=lambda pair: _grave(pair[1]), reverse=True)[:FIRST]


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write a sheet for each form as it comes, clean ones too, and what all come to behind them."""
    wording = Wording(run.lang)
    review, write = Review(), out.stream.write
    sheets: dict[Named, Sheet] = {}
    written = 0
    for finding in findings:
        while written + 1 < len(run.forms):
            write(_sheet(run.forms[written], sheets, wording))
            written += 1
        review.add(finding)
        sheets.setdefault((finding.place.path, finding.project), Sheet()).add(finding)
    for form in run.forms[written:]:
        write(_sheet(form, sheets, wording))
    for named, sheet in sheets.items():
        write("\n".join(_left(named, sheet, wording)))
    if len(run.forms) > 1:
        write("\n".join(_totals(run, review, wording)) + "\n\n")
    shown = _sum(review.aspects.values())
    if not out.quiet:
        write(wording.summary(run, shown) + "\n")


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
        (
            BY_FORM,
            [
                (project or path, counts)
                for (path, project), counts in worst(
                    {named: _sum(sheet.values()) for named, sheet in review.sheets.items()}
                )
            ],
        ),
    )
    for head, rows in tables:
        if rows:
            yield f"{wording.of(head)}"
            yield from (f"  {visible(name)}  {wording.counts(counts)}" for name, counts in rows)


def _numbers(counts: Counts) -> dict[str, int]:
    return {f"{severity}s": counts[severity] for severity in Severity}
