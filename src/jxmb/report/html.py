"""HTML: one page that needs nothing else, to read on a screen or a phone, to sort, filter and print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from .. import deferred, rules
from ..deferred import dataclass
from ..findings import Finding, Form, Run, Severity, Words
from ..source import Place
from ..visible import visible
from . import Out
from .excerpt import expand
from .marks import Table, tables
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
FORMS = DRAWN = True
Counts = Counter[Severity]
Block = tuple[str, Sequence[str]]  # the tag of a paragraph, and its lines
FENCE = deferred.re(r"^```\w+\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
FIRST = 12  # bars of a plot that are in sight; the others are a click away

SAID = {
    "title": Words("绩效目标表审核报告", "Performance target forms: review report"),
    "skip": Words("跳到表的清单", "Skip to the list of forms"),
    "overview": Words("总览", "Overview"),
    "forms": Words("绩效目标表", "Forms"),
    "clean": Words("未发现问题", "All clear"),
    "by_aspect": Words("按方面", "By aspect"),
    "by_rule": Words("按规则", "By rule"),
    "by_department": Words("按主管部门", "By department"),
    "by_money": Words("资金（万元）", "Money (10,000 yuan)"),
    "nobody": Words("（未写主管部门）", "(no department)"),
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
    "number": Words("序号", "No."),
    "money": Words("金额（万元）", "10,000 yuan"),
    "covered": Words("资金合计（万元）", "10,000 yuan in all"),
    "missing": Words("表中缺少此栏", "Not in the form"),
    "absent": Words("缺少", "Missing"),
    "rest": Words("未归入任何栏目的文字", "Text of no field"),
    "to_cell": Words("到单元格", "To the cell of"),
    "to_finding": Words("到问题", "To finding"),
    "with_rule": Words("列出有此问题的表", "List the forms with it"),
    "draw": Words("查看表格", "Show the form"),
}

LINE = Words("第 {line} 行第 {column} 字", "line {line}, column {column}")
MANY = {
    Severity.ERROR: Words("错误", "Errors"),
    Severity.WARNING: Words("警告", "Warnings"),
    Severity.INFO: Words("提示", "Infos"),
}


MONEY = {
    "error": Words("有错误的表", "forms with errors"),
    "warning": Words("有警告的表", "forms with warnings"),
    "info": Words("仅有提示的表", "forms with infos only"),
    "sound": Words("未发现问题的表", "all clear"),
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
    def worst(self) -> str:
        """How grave the gravest finding is."""
        return str(min(self.counts, key=lambda one: one.rank)) if self.findings else "sound"

    @property
    def department(self) -> str:
        """Whose form it is."""
        return self.form.department if self.form else ""

    @property
    def total(self) -> Decimal | None:
        """Its money in 万元."""
        return self.form.total if self.form else None

    @property
    def drawn(self) -> tuple[list[Table], set[int]]:
        """The form as it is drawn, and the numbers of the findings that are on its cells."""
        return tables(self.form, self.findings) if self.form else ([], set())


class Bar(NamedTuple):
    """A row of a plot: what it is of, its parts by class, what is said of it, and where it leads.

    `choice` is the filter of the list that shows what the row is of, and its value.
    """

    name: str
    parts: Mapping[str, Decimal | int]
    said: str
    told: str
    link: str = "forms"
    choice: tuple[str, str] | None = None

    @property
    def whole(self) -> Decimal | int:
        """All parts together."""
        return sum(self.parts.values())


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
    environment.filters |= {"lines": lines, "amount": amount}
    return environment


def _harmless(value: Any) -> Any:
    """What stands in the page for a value: no text has a character that is not seen."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def lines(text: str) -> Markup:
    """A text of a cell with its line breaks."""
    return Markup("<br>").join(visible(line) for line in text.split("\n"))


def _values(run: Run, found: Sequence[Finding], wording: Wording) -> dict[str, Any]:
    """All that the template shows."""
    sheets = list(_sheets(run.forms, found))
    forms = [one for one in sheets if one.form]
    counts = Counter(one.severity for one in found)
    totals = [one.total for one in forms if one.total is not None]
    return {
        "lang": "en" if run.lang == "en" else "zh-CN",
        "summary": wording.summary(run, counts),
        "counts": counts,
        "clean": sum(not one.findings for one in forms),
        "money": amount(sum(totals, Decimal())) if totals else None,
        "sheets": sheets,
        "forms": forms,
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
        "parts": {name: wording.of(words) for name, words in MONEY.items()},
        "why": WHY,
        "remedy": REMEDY,
        "also": ALSO,
        "through": path_through,
        "spot": lambda place, path: spot_in(place, path, wording),
        "elsewhere": elsewhere,
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
    sheets: Sequence[Sheet], found: Iterable[Finding], wording: Wording
) -> Iterator[tuple[str, list[Bar]]]:
    """The findings by aspect, by department and by rule, and the money by department, the most first."""
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

    def bar(name: str, counts: Counts, link: str, choice: tuple[str, str] | None) -> Bar:
        parts = {str(one): counts[one] for one in Severity}
        return Bar(name, parts, str(counts.total()), wording.counts(counts), link, choice)

    named = {one: wording.of(ASPECTS[one]) if one in ASPECTS else one for one in aspects}
    yield (
        "by_aspect",
        _most(bar(named[one], counts, "forms", ("aspect", one)) for one, counts in aspects.items()),
    )
    yield (
        "by_department",
        _most(
            bar(one, counts, "forms", ("department", one)) for one, counts in departments.items()
        ),
    )
    yield (
        "by_rule",
        _most(
            bar(f"{one} {wording.of(titles[one])}", counts, one, None)
            for one, counts in rules.items()
        ),
    )
    yield "by_money", _money(sheets, wording)


def _money(sheets: Iterable[Sheet], wording: Wording) -> list[Bar]:
    """The money of the forms of each department, by the gravest that was found in each form."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in sheets:
        if one.total:
            sums[one.department][one.worst] += one.total
    words = {one: wording.of(words) for one, words in MONEY.items()}
    return _most(
        Bar(
            name or wording.of(SAID["nobody"]),
            parts,
            amount(sum(parts.values(), Decimal())),
            wording.join.join(f"{words[one]} {amount(parts[one])}" for one in words if parts[one]),
            choice=("department", name) if name else None,
        )
        for name, parts in sums.items()
    )


def amount(number: Decimal) -> str:
    """An amount as it is read: groups of three, no more than two decimals."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _most(bars: Iterable[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda one: (-one.whole, one.name))


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


def elsewhere(one: Finding, placed: bool) -> list[Place]:
    """The related places of a finding that are not marked in its form."""
    return [place for place in one.also if not placed or place.path != one.place.path]


def spot_in(place: Place, path: str, wording: Wording) -> str:
    """A place, without the file where that is the one above."""
    if place.path != path:
        return wording.spot(place)
    if place.inside is not None:
        return wording.of(Words(place.inside.zh, place.inside.en))
    return wording.say(LINE, line=place.line, column=place.column)


def paragraphs(one: Finding, lang: str) -> Iterator[Block]:
    """The page of the rule of a finding, without its title: headings, text and examples, whose tabs stay."""
    _, _, body = rules.drawn(rules.of_code(one.code), lang).partition("\n")
    for number, block in enumerate(FENCE.split(body)):
        if number % 2:
            yield "pre", [escape(line) for line in block.split("\n")]
            continue
        for line in filter(None, map(str.strip, block.split("\n"))):
            yield ("h3", [line[3:]]) if line.startswith("## ") else ("p", [line])
