"""Work grows with the text and no faster. What is counted is work, never seconds: steps, characters, comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import pytest
import regex

from jxmb import check, policies, tables
from jxmb.cli.inputs import Inputs
from jxmb.cli.inputs.paths import Filters
from jxmb.cli.output.destination import Targets, Tree
from jxmb.findings import Change, Finding, Form, Safety, Severity, Summary, Words, baseline
from jxmb.forms.columns import Column
from jxmb.forms.formless import formless
from jxmb.forms.header import Header
from jxmb.lint import engine, fix
from jxmb.lint.engine import Checks, File
from jxmb.lint.files import ConfigError
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.lint.settings.validation import validate
from jxmb.meaning.quantities import _pattern
from jxmb.model import Indicator, facts, readings
from jxmb.model.facts import Facts
from jxmb.reader import parse
from jxmb.report import Out, junit
from jxmb.rules import load
from jxmb.rules.across import groups
from jxmb.rules.base import AnyRule, Context, Limits
from jxmb.rules.completeness.indicators import blank_target
from jxmb.rules.goal.figures import goal_indicator_conflict, unit_differs_from_goal
from jxmb.rules.goal.text import AMOUNT, DATED
from jxmb.rules.money import products, stated
from jxmb.rules.money.sums import funds_sum_mismatch
from jxmb.source import Place, Source
from jxmb.structure.fragments import Fragment, pieces
from jxmb.structure.header import unlabelled
from jxmb.structure.noise import run_together
from jxmb.structure.result import Structure
from jxmb.structure.table import decoding
from jxmb.structure.table.lanes import Lane

from .forms.field_neighbours import neighbour
from .forms.layouts import LAYOUTS_APART
from .forms.records import some
from .hostile import FLAT, FORMS, GOAL, HEAD, ROWS, TABLE
from .test_report import FINDING, Done
from .work import apply, growth, seen, steps

MOST = 2.5  # 2 is linear, 4 quadratic


@pytest.mark.parametrize("name", FORMS)
def test_reading_and_checking_are_linear(name: str) -> None:
    text = FORMS[name]
    assert growth(lambda n: steps(lambda: check(text(n))), 12) < MOST


@pytest.mark.parametrize("name", ROWS)
def test_rows_are_linear(name: str) -> None:
    text = ROWS[name]
    assert growth(lambda n: steps(lambda: list(tables.read(Source(text(n))))), 1000) < MOST


def test_rows_of_many_columns_in_turn_are_linear() -> None:
    """`pdftotext` prints a table of thirteen columns one cell a line: which cells a row has is anybody's guess."""
    roles = (*["note"] * 10, "name", "target", "note")
    lanes = [Lane(at, Column(role, at, at + 1, "")) for at, role in enumerate(roles)]

    def work(size: int) -> int:
        words = pieces(list(tables.read(Source("按规程逐项检查\n及时\n" * size))))
        return steps(lambda: decoding.read([lanes], words, after_label=[True] * len(words)))

    assert growth(work, 4) < MOST


def test_what_is_noted_of_a_table_is_shared_among_its_projects() -> None:
    document = parse(Source(FORMS["projects in one table"](20)))
    repairs = [repair for project in document.projects for repair in project.repairs]
    assert len(document.projects) == 20
    assert len(repairs) == len(set(repairs)) == 40
    assert all(len(project.repairs) == 2 for project in document.projects)


def test_what_stands_above_the_projects_is_the_first_ones() -> None:
    rows = "".join(f"项目{at}号\t完成\t产出指标\t数量指标\t检修次数\t≥1次\n" for at in range(3))
    document = parse(Source(FLAT.replace("三级指标", "三级 指标") + rows))
    assert [len(project.repairs) for project in document.projects] == [1, 0, 0]


@pytest.mark.parametrize(
    ("name", "one"),
    [("blank targets", blank_target), ("rows of money", funds_sum_mismatch)],
)
def test_a_rule_does_not_go_over_the_form_for_each_row(name: str, one: AnyRule) -> None:
    assert one.check is not None

    def work(size: int) -> int:
        (project,) = parse(Source(FORMS[name](size))).projects
        ctx = Context(policies.load("2015"), Limits(), project)
        things = project.indicators if one.scope is Indicator else [project]
        return steps(lambda: [list(one.check(thing, ctx)) for thing in things])

    assert growth(work, 40) < MOST


def _pages(silent: int) -> str:
    """Three forms on pages of their own, two of them together, with so many pages around and between them."""
    layout = "plain/layout"
    forms = [LAYOUTS_APART[layout]((one,)).text for one in some(3)]
    names = ("说明", "收支总表", "采购", "三公经费", "名词解释")
    pages = ["".join([neighbour(name, layout) for name in names]) for _ in range(silent)]
    third = silent // 3
    return "\f".join(
        [*pages[:third], *forms[:2], *pages[third : 2 * third], forms[2], *pages[2 * third :]]
    )


def test_pages_without_a_form_cost_a_glance() -> None:
    forms, document = _pages(0), _pages(297)
    check(document)
    alone, inside = (steps(lambda text=text: check(text)) for text in (forms, document))
    glance = steps(lambda: list(formless(Source(document))))
    assert glance < alone / 2
    assert inside - glance < 1.5 * alone


def test_what_a_glance_costs_is_linear() -> None:
    def work(size: int) -> int:
        text = _pages(size)
        return steps(lambda: list(formless(Source(text))))

    assert growth(work, 12) < MOST
    line = steps(lambda: list(formless(Source("\f" * 1000 + "甲"))))
    assert line < 1000  # form feeds of one line begin one page


FIGURES = [
    *(products.COUNT, products.RATE, products.EQUATION, products.WHOLE, products.FURTHER),
    *(products.NUMBER, stated.MONEY),
]


@pytest.mark.parametrize("pattern", FIGURES, ids=lambda one: one.pattern[:20])
@pytest.mark.parametrize("piece", ["1", "1,", ",", "1.", "每人", "人均", "1人×", "1人 ", " ", "共"])
def test_a_search_goes_over_a_figure_once(pattern: regex.Pattern[str], piece: str) -> None:
    assert growth(lambda n: seen(pattern, piece * n), 25) < MOST


@pytest.mark.parametrize("pattern", [DATED, AMOUNT, _pattern(("人", "公里"))], ids="dac")
@pytest.mark.parametrize("piece", ["1", "1,", "1,,", ",", "1.", "1至", "1-", "1万", "1余", "千万"])
def test_a_search_of_a_goal_goes_over_a_figure_once(pattern: re.Pattern[str], piece: str) -> None:
    assert growth(lambda n: seen(pattern, piece * n), 100) < MOST


@pytest.mark.parametrize("one", [goal_indicator_conflict, unit_differs_from_goal], ids="vu")
def test_a_figure_of_the_goal_is_compared_with_so_many_rows(one: AnyRule) -> None:
    assert one.check is not None

    def work(size: int) -> int:
        figures = "，".join(f"检修{at}站管网{at + 2}公里" for at in range(size))
        rows = "".join(f"产出指标\t数量指标\t检修{at}站\t≥{at + 7}公里\n" for at in range(size))
        (project,) = parse(Source(HEAD + GOAL.format(figures) + TABLE + rows)).projects
        ctx = Context(policies.load("2015"), Limits(), project)
        ctx.quantities(project.goal.text)
        return steps(lambda: list(one.check(project, ctx)))

    assert growth(work, 110) < MOST


def test_a_row_of_the_header_looks_at_the_rows_right_above_it() -> None:
    text = HEAD + "年度目标\t中期目标\n完成甲\t完成乙\n" * 400 + TABLE
    header, rows = Header(), list(tables.read(Source(text)))

    def work(count: int) -> int:
        return steps(lambda: [header._below_heads(header._cells(rows[-1], repeated=False))] * count)

    early = work(1)
    for row in rows:
        header.read(row)
    assert len(header.entries) > 800
    assert work(1) < early + 1000


def test_forms_that_are_alike_are_compared_with_a_few() -> None:
    (project,) = parse(Source(HEAD + TABLE)).projects
    one = facts.of(project)

    def work(size: int) -> int:
        names = ([*"1234", f"5{at}"] for at in range(size))
        keys = (facts.packed((name, "") for name in five) for five in names)
        many = Facts(replace(one, keys=packed) for packed in keys)
        assert [len(group) for group in groups.alike(many, range(size), 0.8, 3)] == [size]
        return steps(lambda: list(groups.alike(many, range(size), 0.8, 3)))

    assert growth(work, 120) < MOST


@pytest.mark.parametrize("in_one_file", [True, False], ids=["in one file", "a file each"])
def test_junit_goes_over_forms_once(in_one_file: bool) -> None:
    def work(size: int) -> int:
        paths = ["a.txt" if in_one_file else f"{at}.txt" for at in range(size)]
        places = [Place(path, at + 1, 1, at + 1, 2) for at, path in enumerate(paths)]
        forms = [Form(place, f"项目{at}") for at, place in enumerate(places)]
        found = [replace(FINDING, place=one.place, project=one.project) for one in forms[::2]]
        done, out = Done(Summary(files=1, forms=size), "zh", forms), StringIO()
        spent = steps(lambda: junit.render(done, iter(found), Out(out)))
        root = ElementTree.fromstring(out.getvalue())
        assert len(root.findall(".//testcase")) == size
        assert len(root.findall(".//failure")) == len(found)
        return spent

    assert growth(work, 60) < MOST


def test_going_over_a_figure_for_each_of_its_digits_is_noticed() -> None:
    pattern = regex.compile(r"\d[\d,]*元")
    assert growth(lambda n: seen(pattern, "1" * n), 25) > 3.5


def test_bold_marks_are_met_before_they_look_back() -> None:
    """What looks back first does so from each place of a text."""
    alone = regex.sub(r"^\\\*\\\*\(\?:|\)$", "", readings.BOLD.pattern)
    assert len(alone) == len(readings.BOLD.pattern) - len(r"\*\*(?:)")


class Counted:
    """A pattern that counts the characters it is given."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        self.pattern = pattern
        self.count = 0

    def search(self, text: str, start: int = 0, end: int | None = None) -> object:
        end = len(text) if end is None else end
        self.count += end - start
        return self.pattern.search(text, start, end)


def test_a_label_looks_at_what_stands_before_it_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def characters(size: int) -> int:
        counted = Counted(run_together.AMONG)
        monkeypatch.setattr(run_together, "AMONG", counted)
        assert len(list(run_together._label_spans("项目名称主管部门" * size))) == 2 * size
        monkeypatch.setattr(run_together, "AMONG", counted.pattern)
        return counted.count

    assert growth(characters, 20) < MOST


def test_the_bars_of_a_wide_table_are_measured_near_their_lines_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from jxmb.repair import wrapped_cells

    def characters(size: int) -> int:
        count = 0

        def columns(text: str) -> int:
            nonlocal count
            count += len(text)
            return len(text)

        monkeypatch.setattr(wrapped_cells, "columns", columns)
        rows = list(tables.read(Source("|" + " 年度 |" * size + "\n|" + " 目标 |" * size + "\n")))
        wrapped_cells.repaired(rows)
        return count

    assert growth(characters, 400) < MOST


class Number(int):
    """A number that counts how often one is compared or hashed."""

    looked = 0

    def __hash__(self) -> int:
        Number.looked += 1
        return int(self)

    def __eq__(self, other: object) -> bool:
        Number.looked += 1
        return other is self or int(self) == other


def test_what_a_goal_takes_of_the_header_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a word is one of them is not asked of each of the others: a loop inside C, so no steps tell."""

    def numbered(words: list[Fragment]) -> Iterator[tuple[Number, Fragment]]:
        return zip(map(Number, range(len(words))), words, strict=True)

    def looks(size: int) -> int:
        text = "说明    对全市老旧管线逐段检修，消除隐患，保障用水安全。\n" * size
        words = pieces(list(tables.read(Source(text))))
        assert len(words) == 2 * size
        found = Structure()
        Number.looked = 0
        assert unlabelled.find(words, found, table=True) == []
        assert len(found.strays) == size - 1
        return Number.looked

    monkeypatch.setattr(unlabelled, "enumerate", numbered, raising=False)
    assert growth(looks, 40) < MOST


def _findings(count: int) -> list[Finding]:
    return [
        Finding(
            code="JX301",
            name="garbled-sign",
            severity=Severity.ERROR,
            aspect="G",
            blame="content",
            message=Words("", ""),
            reason=Words("", ""),
            remedy=Words("", ""),
            place=(place := Place("-", 1, at + 1, 1, at + 2)),
            changes=(Change(place, "b"),),
            safety=Safety.SAFE,
        )
        for at in range(count)
    ]


def test_an_edit_is_compared_with_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    overlap: Callable[..., bool] = fix._overlap

    def comparisons(size: int) -> int:
        count = 0

        def counted(*edits: object) -> bool:
            nonlocal count
            count += 1
            return overlap(*edits)

        monkeypatch.setattr(fix, "_overlap", counted)
        text, applied = apply(Source("a" * size), _findings(size))
        assert text == "b" * size
        assert len(applied) == size
        return count

    assert growth(comparisons, 50) < MOST


def test_a_diff_is_linear_in_its_lines() -> None:
    def work(size: int) -> int:
        lines = ["甲\n", "乙\n"] * size
        new = [line.replace("乙", "丙") if at % 14 == 1 else line for at, line in enumerate(lines)]
        return steps(lambda: fix.diff("".join(lines), "".join(new), "form.txt"))

    assert growth(work, 50) < MOST


@pytest.mark.parametrize("text", ["≥12", "年度目标\t"])
def test_a_number_larger_than_any_is_no_fault_of_a_rule(text: str) -> None:
    form = HEAD + GOAL.format("检修管网9公里") + TABLE
    found = check(form.replace(text, f"{text}{'1' * 1_000_001}公里，"))
    assert [one.message.en for one in found if one.code == "JX003"] == []


SETTINGS: dict[str, Callable[[int], dict[str, object]]] = {
    "accept": lambda n: {"accept": [_accept(at) for at in range(n)]},
    "select": lambda n: {"select": ["JX3"] * n},
    "ignore": lambda n: {"ignore": ["JX3", "JX4"] * n},
    "per-file-ignores": lambda n: {"per-file-ignores": {f"{at}/*": ["JX3"] for at in range(n)}},
    "severity": lambda n: {"severity": {f"JX301-JX{at + 400}": "info" for at in range(n)}},
    "words": lambda n: {"words": {"low_nouns": [f"空置率{at}" for at in range(n)]}},
    "exclude": lambda n: {"exclude": [f"{at}/*" for at in range(n)]},
    "weight-sums": lambda n: {"limits": {"weight-sums": list(range(1, n + 1))}},
    "unknown": lambda n: {f"key{at}": at for at in range(n)},
}


def _accept(at: int) -> dict[str, object]:
    return {"code": "JX301", "project": "甲项目", "reason": "已核实", "where": f"检修{at}站"}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_entries_of_settings_are_read_one_by_one(name: str) -> None:
    every = load()

    def work(size: int) -> int:
        table = SETTINGS[name](size)

        def read() -> None:
            with suppress(ConfigError):
                validate(table, "jxmb.toml", every)

        return steps(read)

    assert growth(work, 40) < MOST


@pytest.mark.parametrize("name", ["accept", "ignore", "per-file-ignores"])
def test_findings_are_not_compared_with_each_entry_of_settings(name: str) -> None:
    """A form with so many findings, under settings with so many entries."""

    def work(size: int) -> int:
        rows = "".join(f"产出指标\t数量指标\t检修{at}站\t》{at + 7}公里\n" for at in range(size))
        file = File(Path("a.txt"), "a.txt", data=(HEAD + TABLE + rows).encode())
        settings = validate(SETTINGS[name](size), "jxmb.toml", load())
        run = Run(Configuration(load(), settings=settings))
        verdicts = list(engine.check_file(file, Checks(load())))
        assert sum(len(one.findings) for one in verdicts) > size
        return steps(lambda: list(run._sorted_out(verdicts, file)))

    assert growth(work, 20) < MOST


def test_a_baseline_is_read_and_asked_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "known.json"

    def found(size: int) -> list[Finding]:
        return [
            replace(one, fingerprint=str(at), where=(str(at),), project="甲项目")
            for at, one in enumerate(_findings(size))
        ]

    def work(size: int) -> int:
        many = found(size)

        def asked() -> None:
            path.write_text(baseline.dumped(baseline.of(many)), encoding="utf-8")
            known = baseline.read(path)
            assert all(map(known.knows, many))
            assert (len(known.left()), known.stale()) == (size, [])

        return steps(asked)

    assert growth(work, 40) < MOST


@pytest.mark.parametrize("deep", [False, True], ids=["files", "depth"])
def test_a_folder_is_walked_and_written_file_by_file(tmp_path: Path, deep: bool) -> None:
    """So many files side by side, or one below so many folders; nothing is there that would be replaced."""
    runs = count()

    def work(size: int) -> int:
        run = next(runs)
        top, out = tmp_path / f"in{run}", tmp_path / f"out{run}"
        at = top
        if deep:
            at = top.joinpath(*["d"] * size)
        at.mkdir(parents=True)
        for number in range(1 if deep else size):
            (at / f"{number}.txt").write_text("通知\n", encoding="utf-8")
        inputs = Inputs([str(top)], Filters(), "zh")
        targets, tree = Targets(inputs), Tree(out, "json", [str(top)])

        def written() -> None:
            for one in inputs:
                with targets.written(tree.path(one)) as stream:
                    stream.write("{}")

        counted = steps(written)
        assert len(list(out.rglob("*.json"))) == (1 if deep else size)
        return counted

    assert growth(work, 25) < MOST
