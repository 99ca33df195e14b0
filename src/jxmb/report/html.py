"""HTML: one page that needs nothing else, to read on a screen or a phone, to sort, filter and print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from .. import lazy, rules
from ..findings import Finding, Form, Run, Severity, Words
from ..light import dataclass
from ..source import Place
from ..visible import visible
from . import Out
from .excerpt import expand
from .review import ASPECTS
from .wording import (
    ALSO,
    FIXABLE,
    LEFT,
    REMEDY,
    SEVERITIES,
    WHY,
    Wording,
    fixable,
    path_through,
)

BINARY = False
FORMS = True
Counts = Counter[Severity]
Block = tuple[str, Sequence[str]]  # the tag of a paragraph, and its lines
FENCE = lazy.re(r"^```\w+\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
FIRST = 12  # bars of a plot that are in sight; the others are a click away

SAID = {
    "title": Words("绩效目标表审核报告", "Performance target forms: review report"),
    "skip": Words("跳到表的清单", "Skip to the list of forms"),
    "overview": Words("总览", "Overview"),
    "forms": Words("绩效目标表", "Forms"),
    "clean": Words("未发现问题", "All clear"),
    "by_severity": Words("按级别", "By severity"),
    "by_aspect": Words("按方面", "By aspect"),
    "by_rule": Words("按规则", "By rule"),
    "by_department": Words("按主管部门", "By department"),
    "more": Words("其余", "The others"),
    "search": Words("查找", "Search"),
    "severity": Words("级别", "Severity"),
    "aspect": Words("方面", "Aspect"),
    "rule": Words("规则", "Rule"),
    "department": Words("主管部门", "Department"),
    "all": Words("全部", "All"),
    "reset": Words("清除筛选", "Clear filters"),
    "shown": Words("显示", "Shown:"),
    "project": Words("项目名称", "Project"),
    "place": Words("位置", "Place"),
    "found": Words("问题", "Findings"),
    "rules": Words("规则说明", "The rules"),
    "left": Words("未读取或未检查", "Not read or not checked"),
    "top": Words("返回清单", "Back to the list"),
    "unnamed": Words("（未写项目名称）", "(no project name)"),
    "apart": Words("不属于任何表", "Of no form"),
    "policy": Words("指标体系", "Tree of indicators"),
    "excerpt": Words("原文", "Source"),
    "number": Words("序号", "No."),
}

MANY = {
    Severity.ERROR: Words("错误", "Errors"),
    Severity.WARNING: Words("警告", "Warnings"),
    Severity.INFO: Words("提示", "Infos"),
}


@dataclass(slots=True)
class Sheet:
    """A form and what was found in it; without `form` what was found in a file outside of its forms."""

    number: int
    path: str
    form: Form | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """The findings of each severity."""
        return Counter(one.severity for one in self.findings)

    @property
    def codes(self) -> list[str]:
        """The rules that found something, and the aspects that they are of."""
        return sorted({part for one in self.findings for part in (one.code, one.aspect)})

    @property
    def department(self) -> str:
        """Whose form it is."""
        return self.form.department if self.form else ""


class Bar(NamedTuple):
    """A row of a plot: what it is of, the findings of each severity, where it leads."""

    name: str
    counts: Counts
    link: str = ""


def render(run: Run, findings: Iterator[Finding], out: Out) -> None:
    """Write the page when all is known; each value in it becomes text, whatever it holds."""
    found = list(findings)
    wording = Wording(run.lang)
    page = _environment(wording).get_template("html.jinja")
    page.stream(**_values(run, found, wording)).dump(out.stream)
    out.stream.write("\n")


def _environment(wording: Wording) -> Environment:
    environment = Environment(
        loader=PackageLoader("jxmb", "report"),
        autoescape=True,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"say": wording.of, "wording": wording, "marked": marked}
    return environment


def _harmless(value: Any) -> Any:
    """What stands in the page for a value: no text has a character that is not seen."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _values(run: Run, found: Sequence[Finding], wording: Wording) -> dict[str, Any]:
    """All that the template shows."""
    sheets = list(_sheets(run.forms, found))
    counts = Counter(one.severity for one in found)
    return {
        "lang": "en" if run.lang == "en" else "zh-CN",
        "summary": wording.summary(run, counts),
        "counts": counts,
        "clean": sum(bool(one.form) and not one.findings for one in sheets),
        "sheets": sheets,
        "plots": [one for one in _plots(sheets, found, wording) if one[1]],
        "rules": sorted({one.code: one for one in found}.items()),
        "departments": sorted({one.department for one in sheets} - {""}),
        "aspects": ASPECTS,
        "severities": SEVERITIES,
        "many": MANY,
        "fixable": lambda one: FIXABLE[safety] if (safety := fixable(one)) else None,
        "left": [
            (LEFT[kind], one.path, one.why)
            for kind in ("unreadable", "unwritten", "formless", "skipped")
            for one in getattr(run.coverage, kind)
        ]
        + [(LEFT["not_checked"], one.form.project, one.why) for one in run.coverage.not_checked],
        "said": {name: wording.of(words) for name, words in SAID.items()},
        "why": WHY,
        "remedy": REMEDY,
        "also": ALSO,
        "through": path_through,
        "first": FIRST,
        "paragraphs": lambda one: paragraphs(one, run.lang),
    }


def _sheets(forms: Iterable[Form], found: Iterable[Finding]) -> Iterator[Sheet]:
    """The forms in their order, behind them the files with findings of no form, each with its findings."""
    sheets = [Sheet(number, one.place.path, one) for number, one in enumerate(forms, 1)]
    known: dict[tuple[str, str], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.form:
            known[sheet.path, sheet.form.project].append(sheet)
    apart: dict[str, Sheet] = {}
    for one in found:
        path = one.place.path
        if same := known.get((path, one.project)):
            before = [
                sheet
                for sheet in same
                if sheet.form and _start(sheet.form.place) <= _start(one.place)
            ]
            (before or same[:1])[-1].findings.append(one)
        else:
            number = len(sheets) + len(apart) + 1
            apart.setdefault(path, Sheet(number, path)).findings.append(one)
    yield from sheets
    yield from apart.values()


def _start(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _plots(
    sheets: Iterable[Sheet], found: Iterable[Finding], wording: Wording
) -> Iterator[tuple[str, list[Bar]]]:
    """The findings by aspect, by department and by rule, the most of them first."""
    rules: dict[str, Counts] = defaultdict(Counter)
    aspects: dict[str, Counts] = defaultdict(Counter)
    titles: dict[str, Words] = {}
    for one in found:
        rules[one.code][one.severity] += 1
        aspects[one.aspect][one.severity] += 1
        titles[one.code] = one.title
    departments: dict[str, Counts] = defaultdict(Counter)
    for sheet in sheets:
        if sheet.department and sheet.findings:
            departments[sheet.department] += sheet.counts
    named = {one: wording.of(ASPECTS[one]) if one in ASPECTS else one for one in aspects}
    yield "by_aspect", _most(Bar(named[one], counts) for one, counts in aspects.items())
    yield "by_department", _most(Bar(one, counts) for one, counts in departments.items())
    yield (
        "by_rule",
        _most(
            Bar(f"{one} {wording.of(titles[one])}", counts, one) for one, counts in rules.items()
        ),
    )


def _most(bars: Iterable[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda one: (-one.counts.total(), one.name))


def marked(one: Finding) -> tuple[str, str, str]:
    """The source line of a finding: what stands before the marked characters, these, and what stands behind."""
    line = one.excerpt
    begin = min(max(one.place.column - one.excerpt_column, 0), len(line))
    end = len(line)
    if one.place.end_line == one.place.line:
        end = min(max(one.place.end_column - one.excerpt_column, begin), end)
    pieces = expand(line)
    parts = pieces[:begin], pieces[begin:end], pieces[end:]
    head, mark, tail = ("".join(part) for part in parts)
    return head.lstrip(), mark, tail.rstrip()


def paragraphs(one: Finding, lang: str) -> Iterator[Block]:
    """The page of the rule of a finding, without its title: headings, text and examples, whose tabs stay."""
    _, _, body = rules.drawn(rules.of_code(one.code), lang).partition("\n")
    for number, block in enumerate(FENCE.split(body)):
        if number % 2:
            yield "pre", [escape(line) for line in block.split("\n")]
            continue
        for line in filter(None, map(str.strip, block.split("\n"))):
            yield ("h3", [line[3:]]) if line.startswith("## ") else ("p", [line])
