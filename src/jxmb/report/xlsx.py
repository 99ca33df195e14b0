"""The opinion sheet of a review (xlsx): a row a finding with a status to choose, and a sheet of totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ..findings import Finding, Run, Severity, Words
from ..formats.workbook import Column, Workbook
from ..visible import visible
from . import Out
from .review import ASPECTS, Counts, Review
from .wording import SEVERITIES, Wording, path_through

BINARY = FORMS = True
OPINIONS = Words("审核意见", "Findings")
TOTALS = Words("汇总", "Totals")
STATUS = (Words("未处理", "open"), Words("已修改", "changed"), Words("说明理由", "explained"))
COLORS = {Severity.ERROR: "#B42318", Severity.WARNING: "#8A5A00"}
HEADS = (  # of the opinions, each with the width of its column
    (Words("序号", "No."), 6),
    (Words("部门", "Department"), 16),
    (Words("项目", "Project"), 20),
    (Words("位置", "Place"), 28),
    (Words("级别", "Severity"), 9),
    (Words("规则", "Rule"), 18),
    (Words("问题", "Finding"), 36),
    (Words("依据", "Basis"), 36),
    (Words("建议", "Suggestion"), 36),
    (Words("处理情况", "Status"), 11),
    (Words("备注", "Note"), 20),
)
COUNTED = (
    (Words("分类", "Group"), 12),
    (Words("名称", "Name"), 60),
    *((words, 10) for words in SEVERITIES.values()),
    (Words("合计", "Total"), 10),
)
RULE, ASPECT, DEPARTMENT = (
    Words("规则", "Rule"),
    Words("方面", "Aspect"),
    Words("部门", "Department"),
)
ALL, NOTE = Words("全部", "All"), Words("说明", "Summary")


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write a row for each finding, then what they come to and what was left out."""
    wording, review = Wording(run.lang), Review()
    book = Workbook(out.stream)
    opinions = book.table(wording.of(OPINIONS), _columns(wording))
    departments = _Departments(run)
    for number, one in enumerate(findings, 1):
        review.add(replace(one, count=1))  # the totals are those of the rows
        opinions.add([number, departments.of(one), *_told(one, wording)])
    heads = [Column(wording.of(words), width) for words, width in COUNTED]
    totals = book.table(wording.of(TOTALS), heads)
    for kind, name, counts in _counted(run, review, wording):
        numbers = [counts[severity] for severity in Severity]
        totals.add([wording.of(kind), visible(name), *numbers, counts.total()])
    said = wording.summary(run, _total(review))
    totals.add([wording.of(NOTE), said, None, None, None, None])
    book.close()


def _columns(wording: Wording) -> list[Column]:
    """The columns of the opinions: severities are coloured, the status is chosen."""
    colors = {wording.of(SEVERITIES[one]): color for one, color in COLORS.items()}
    status = tuple(wording.of(one) for one in STATUS)
    return [
        Column(
            wording.of(words),
            width,
            status if words.en == "Status" else (),
            colors if words.en == "Severity" else {},
        )
        for words, width in HEADS
    ]


class _Departments:
    """The departments of forms, as the run comes to know them."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._known: dict[int, str] = {}  # by the hashes of path and project
        self._names: dict[str, str] = {}  # each once
        self._read = 0

    def of(self, one: Finding) -> str:
        """The department of the form that a finding is in; nothing where none is written."""
        for number in range(self._read, len(self.run.forms)):
            form = self.run.forms[number]
            name = self._names.setdefault(form.department, form.department)
            self._known[hash((form.place.path, form.project))] = name
        self._read = len(self.run.forms)
        return visible(self._known.get(hash((one.place.path, one.project)), ""))


def _told(one: Finding, wording: Wording) -> list[str]:
    """What the opinion says of a finding, up to the empty note."""
    place = wording.spot(one.place)
    return [
        visible(one.project),
        f"{place}\n{path_through(one.where)}" if one.where else place,
        wording.of(SEVERITIES[one.severity]),
        f"{one.code} {visible(wording.of(one.title))}",
        wording.message(one),
        visible(wording.of(one.reason)),
        visible(wording.of(one.remedy)),
        wording.of(STATUS[0]),
        "",
    ]


def _counted(run: Run, review: Review, wording: Wording) -> Iterator[tuple[Words, str, Counts]]:
    """All that was found, then by rule, aspect and department."""
    yield ALL, "", _total(review)
    for code, counts in sorted(review.rules.items()):
        yield RULE, f"{code} {wording.of(review.titles[code])}", counts
    for aspect, words in ASPECTS.items():
        if aspect in review.aspects:
            yield ASPECT, wording.of(words), review.aspects[aspect]
    for name, _, counts in review.departments(run.forms):
        yield DEPARTMENT, name, counts


def _total(review: Review) -> Counts:
    return sum(review.aspects.values(), Counter[Severity]())
