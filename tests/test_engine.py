"""The engine: what becomes of hits, crashes, silence, counts and places."""

from __future__ import annotations

import csv
import gc
import pickle
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jxmb import reader, rules
from jxmb.findings import Finding, Form, Hit, Severity
from jxmb.forms.split import Form as Rows
from jxmb.lint import compose, engine
from jxmb.lint.engine import Checks, File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration
from jxmb.model import Indicator, Project, Value
from jxmb.model.facts import Fact, Facts
from jxmb.rules.base import AnyRule, Context, Rule, rule
from jxmb.source import Place, Source, Span

SAMPLES = Path(__file__).parent.parent / "samples" / "forms-2022.txt"
CATALOGUE = Path(__file__).parent / "data" / "catalogue.tsv"
FORM = """项目支出绩效目标表
(2024年)

项目名称	档案数字化
主管部门	档案局	实施单位	档案馆
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描档案	》 8000卷
		装订档案	》 300卷
效益指标	社会效益指标	查档人次	》 900人次
"""
BLANK = (
    FORM.partition("产出指标")[0].replace("数字化", "").replace("档案\n", "\n")
    + "产出指标\t数量指标\t\t\n"
)


def made(code: str, check: object, scope: type = Indicator, **more: object) -> AnyRule:
    """A rule for one test."""
    words = {"zh": "“{it}”有误", "en": "{it} is wrong"}
    assert callable(check)
    decorate = rule(
        scope,
        code,
        Severity.WARNING,
        "G",
        title=("有误", "Wrong"),
        **words,
        why=("因为", "because"),
        remedy=("改", "mend"),
    )
    return replace(decorate(check), **more)


def names(one: Indicator, ctx: Context) -> Iterator[Hit]:
    yield Hit(one.name.at, {"it": one.name.text})


def targets(one: Indicator, ctx: Context) -> Iterator[Hit]:
    yield Hit(one.target.at, {"it": one.target.text})


def found(text: str, *wanted: AnyRule, **more: object) -> list[Finding]:
    checks = Checks(rules=wanted, **more)
    return [
        one
        for verdict in engine.check(Source(text, "form.txt"), checks)
        for one in verdict.findings
    ]


# --- the samples


def expected() -> dict[str, set[int]]:
    """What the samples must show at least, by line; JX403 and JX709 where they are counted."""
    return {
        "JX301": {15, 18, 19, 133, 312, 313, 333},
        "JX309": {78, 79, 82, 83, 102, 103, 106, 107},
        "JX310": {89, 114},
        "JX403": {275, 276, 294, 295},
        "JX611": {237},
        "JX709": {82, 83, 84, 106, 107, 108},
        "JX213": {137},
    }


@pytest.fixture(scope="module")
def samples() -> list[Finding]:
    checks = Checks(rules=rules.load(), strict=True)
    verdicts = engine.check_file(File(SAMPLES, "forms-2022.txt"), checks)
    return [one for verdict in verdicts for one in verdict.findings]


@pytest.mark.parametrize("code", expected())
def test_samples_show_what_they_must(samples: list[Finding], code: str) -> None:
    assert {one.place.line for one in samples if one.code == code} == expected()[code]


@pytest.mark.parametrize("code", ["JX206", "JX222", "JX601", "JX612", "JX613", "JX621", "JX622"])
def test_samples_hold_their_sums_and_dates(samples: list[Finding], code: str) -> None:
    assert not [one for one in samples if one.code == code]


def test_no_error_on_the_best_form(samples: list[Finding]) -> None:
    best = [one for one in samples if one.project == "招商引资专项经费"]
    assert not [one for one in best if one.severity is Severity.ERROR]


def test_findings_stand_in_order_and_can_be_pickled(samples: list[Finding]) -> None:
    places = [(one.place.line, one.place.column, one.code) for one in samples]
    assert places == sorted(places)
    assert pickle.loads(pickle.dumps(samples)) == samples


def test_fingerprints_of_the_samples_are_unique_in_each_form(samples: list[Finding]) -> None:
    marks = [(one.project, one.fingerprint) for one in samples]
    assert len(set(marks)) == len(marks)


# --- crashes


def test_a_crash_is_one_finding_and_the_rest_stands() -> None:
    def crash(one: Indicator, ctx: Context) -> Iterator[Hit]:
        yield Hit(one.name.at, {"it": "first"})
        raise ZeroDivisionError("by nought")

    broken, whole = made("JX901", crash), made("JX902", targets)
    result = found(FORM, broken, whole)
    assert [one.code for one in result if one.place.line == 7] == ["JX003", "JX901", "JX902"]
    crashed = result[0]
    assert crashed.message.en == "Rule JX901 crashed: ZeroDivisionError: by nought"
    assert crashed.severity is Severity.ERROR and crashed.name == "internal-error"
    with pytest.raises(ZeroDivisionError):
        found(FORM, broken, strict=True)


def test_a_missing_word_is_a_crash_of_its_rule() -> None:
    def wordless(one: Indicator, ctx: Context) -> Iterator[Hit]:
        yield Hit(one.name.at)

    result = found(FORM, made("JX901", wordless))
    assert {one.code for one in result} == {"JX003"}
    assert "KeyError" in result[0].message.zh


def test_a_crash_of_the_reader_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reader.read

    def read(source: Source) -> Iterator[object]:
        yield from whole(source)
        raise RecursionError("too deep")

    monkeypatch.setattr(reader, "read", read)
    result = found(FORM, made("JX901", names))
    assert [one.code for one in result] == ["JX901", "JX901", "JX901", "JX003"]


def test_a_crash_inside_one_form_costs_that_form(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reader.projects

    def crash(form: Rows, source: Source, without: Set[str]) -> Iterator[Project | Span]:
        if "乙" in form.title.text:
            raise IndexError("beyond the last column")
        yield from whole(form, source, without)

    monkeypatch.setattr(reader, "projects", crash)
    text = "".join(FORM.replace("项目支出", f"{name}项目支出", 1) for name in "甲乙丙")
    assert text.count("乙") == 1
    verdicts = list(engine.check(Source(text, "form.txt"), Checks(rules=(made("JX901", names),))))
    assert [one.form is not None for one in verdicts] == [True, False, True]
    (failed,) = verdicts[1].findings
    assert failed.code == "JX003" and failed.place.line == 1 + FORM.count("\n")
    assert "IndexError: beyond the last column" in failed.message.zh
    assert len(reader.parse(Source(text)).failures) == 1


def test_forms_are_checked_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    (project,) = [one for one in reader.read(Source(FORM)) if isinstance(one, Project)]
    read_so_far = []

    def read(source: Source) -> Iterator[object]:
        for number in range(3):
            read_so_far.append(number)
            yield project

    monkeypatch.setattr(reader, "read", read)
    verdicts = engine.check(Source(FORM), Checks(rules=(made("JX901", names),)))
    assert next(verdicts).form is not None
    assert read_so_far == [0]


# --- what hits become


def test_a_once_rule_reports_once_and_counts() -> None:
    (one,) = found(FORM, made("JX901", names, once=True))
    assert one.count == 3
    assert one.message == ("“扫描档案”有误（本表共 3 处）", "扫描档案 is wrong (3 in this form)")
    assert [place.line for place in one.also] == [8, 9]
    alone = found(
        FORM.replace("		装订档案	》 300卷\n", ""), made("JX901", names, once=True)
    )[0]
    assert alone.count == 2 and "共 2 处" in alone.message.zh


def test_the_place_in_the_form_is_that_of_the_thing() -> None:
    first = found(FORM, made("JX901", names))[0]
    assert first.where == ("产出指标", "数量指标", "扫描档案")
    assert first.project == "档案数字化"

    def elsewhere(one: Indicator, ctx: Context) -> Iterator[Hit]:
        yield Hit(one.name.at, {"it": ""}, where=("资金",))

    assert found(FORM, made("JX901", elsewhere))[0].where == ("资金",)


def test_values_are_walked_with_their_role() -> None:
    def goals(value: Value, ctx: Context) -> Iterator[Hit]:
        if value.role == "header" and value.reading.text:
            yield Hit(value.reading.at, {"it": value.where[0]})

    shown = [one.message.zh for one in found(FORM, made("JX901", goals, Value))]
    assert shown == ["“项目名称”有误", "“主管部门”有误", "“实施单位”有误"]


def test_the_sharper_finding_silences_the_blunter_on_its_row() -> None:
    def second(one: Indicator, ctx: Context) -> Iterator[Hit]:
        if one.name.text == "装订档案":
            yield Hit(one.target.at, {"it": ""})

    def all_targets(project: Project, ctx: Context) -> Iterator[Hit]:
        for one in project.indicators:
            yield Hit(one.target.at.sub(0, 1), {"it": ""})

    result = found(
        FORM,
        made("JX709", second, silences=("JX708",)),
        made("JX708", all_targets, Project),
    )
    assert [(one.code, one.place.line) for one in result] == [
        ("JX708", 7),
        ("JX709", 8),
        ("JX708", 9),
    ]


def test_a_finding_about_the_form_is_silent_where_a_row_says_it_sharper() -> None:
    def whole(project: Project, ctx: Context) -> Iterator[Hit]:
        yield Hit(project.at, {"it": ""})

    blunt = made("JX213", whole, Project)
    assert [one.code for one in found(FORM, blunt)] == ["JX213"]
    sharp = made("JX407", names, silences=("JX213",))
    assert {one.code for one in found(FORM, blunt, sharp)} == {"JX407"}


UNJUDGED = [
    (FORM.replace("档案数字化", "档案" * 21).replace("\t档案局", "\t" + "档案" * 21), "JX005"),
    (BLANK, "JX011"),
]


@pytest.mark.parametrize(("form", "speaks"), UNJUDGED)
@pytest.mark.parametrize("select", [("JX2",), ("JX2", "JX3", "JX6")])
def test_what_cannot_be_judged_is_not_judged_by_what_was_selected(
    form: str, speaks: str, select: tuple[str, ...]
) -> None:
    run = Run(Configuration(rules.load(), isolated=True, overrides={"select": select}))
    codes = {one.code for one in run.check([File(Path("a.txt"), "a.txt", data=form.encode())])}
    assert speaks not in codes
    assert not {code for code in codes if code[2] in "23456789"}
    other = Run(Configuration(rules.load(), isolated=True, overrides={"ignore": (speaks,)}))
    codes = {one.code for one in other.check([File(Path("a.txt"), "a.txt", data=form.encode())])}
    assert not {code for code in codes if code[2] in "23456789"}


@pytest.mark.parametrize(("form", "speaks"), UNJUDGED)
def test_what_cannot_be_judged_silences_all_that_judges_contents(form: str, speaks: str) -> None:
    codes = {
        one.code
        for verdict in engine.check(Source(form), Checks(rules=rules.load()))
        for one in verdict.findings
    }
    assert speaks in codes
    assert not {code for code in codes if code[2] in "23456789"}


def test_a_file_of_blank_forms_has_no_form() -> None:
    verdicts = list(engine.check(Source(BLANK), Checks(rules=rules.load())))
    assert [one.form for one in verdicts] == [None, None]
    assert "JX002" in {one.code for verdict in verdicts for one in verdict.findings}


def test_silences_name_codes_of_the_catalogue_and_have_no_circle() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file, delimiter="\t")}
    silences = {one.code: one.silences for one in rules.load()}
    families = {code[:3] for code in codes}
    assert set().union(*silences.values()) <= codes | families
    for sharp, blunt in silences.items():
        seen, ahead = set(), [*blunt]
        while ahead:
            code = ahead.pop()
            assert code not in (sharp, sharp[:3])
            if code not in seen:
                seen.add(code)
                ahead += silences.get(code, ())


def test_a_rule_goes_to_another_process_as_its_code() -> None:
    for one in rules.load():
        data = pickle.dumps(one)
        assert pickle.loads(data) is one
        assert len(data) < 100


def test_severity_is_the_hits_then_the_settings() -> None:
    def grave(one: Indicator, ctx: Context) -> Iterator[Hit]:
        yield Hit(one.name.at, {"it": ""}, severity=Severity.ERROR)

    assert found(FORM, made("JX901", names))[0].severity is Severity.WARNING
    assert found(FORM, made("JX901", grave))[0].severity is Severity.ERROR
    set_low = {"JX901": Severity.INFO}
    assert found(FORM, made("JX901", grave), severity=set_low)[0].severity is Severity.INFO


def test_what_is_missing_in_a_damaged_form_is_a_remark() -> None:
    (project,) = [one for one in reader.read(Source(FORM)) if isinstance(one, Project)]
    missing, other = made("JX299", names, damaged="some"), made("JX999", names)
    checks = Checks(rules=(missing, other))

    def graves(damage: float) -> set[tuple[str, str]]:
        damaged = replace(project, damage=damage)
        return {(one.code, str(one.severity)) for one in engine.examine(damaged, checks).findings}

    assert graves(0.2) == {("JX299", "warning"), ("JX999", "warning")}
    assert graves(0.21) == {("JX299", "info"), ("JX999", "warning")}


def test_rules_of_another_policy_are_not_run() -> None:
    old, new = (made("JX901", names, policies=frozenset({id})) for id in ("2015", "2021"))
    assert len(found(FORM, old)) == 3
    assert found(FORM, new) == []
    assert len(found(FORM, new, policy="2021")) == 3


def test_a_long_line_is_cut_round_its_place() -> None:
    long = FORM.replace("装订档案", "档" * 5000)
    one = found(long, made("JX901", targets))[1]
    assert len(one.excerpt) <= compose.EXCERPT
    start = one.place.column - one.excerpt_column
    assert one.excerpt[start : start + 6] == "》 300卷"


# --- files


def check_bytes(data: bytes, named: bool = True) -> list[Finding]:
    file = File(Path("x.txt"), "x.txt", named=named, data=data)
    verdicts = engine.check_file(file, Checks(rules=rules.load(), strict=True))
    return [one for verdict in verdicts for one in verdict.findings]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04rest", "docx"),
        (b"{\\rtf1", "RTF"),
        (b"a\x00b", "空字节"),
        (b"\xff\xff\xff\x81", "GB18030"),
    ],
)
def test_what_is_no_text_says_what_it_is_and_what_to_do(data: bytes, kind: str) -> None:
    (one,) = check_bytes(data)
    assert (one.code, one.severity) == ("JX001", Severity.ERROR)
    assert (one.place.line, one.place.column) == (1, 1)
    assert kind in one.message.zh and one.remedy.en.strip()
    assert one.remedy.zh[:1] != "请"  # a remedy begins with its verb


def test_a_file_without_a_form_is_no_pass() -> None:
    (named,), (walked,) = check_bytes("通知".encode()), check_bytes("通知".encode(), named=False)
    assert (named.code, named.severity) == ("JX002", Severity.ERROR)
    assert (walked.code, walked.severity) == ("JX002", Severity.INFO)
    assert [one.code for one in check_bytes(b"")] == ["JX002"]


def test_a_file_that_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(engine.check_file(File(tmp_path / "no.txt", "no.txt"), Checks(rules=())))


def test_no_edit_is_offered_where_bytes_were_lost() -> None:
    lossy = Source(FORM, "form.txt", lossy=True)
    checks = Checks(rules=tuple(one for one in rules.load() if one.code == "JX301"))
    assert [one.changes for verdict in engine.check(lossy, checks) for one in verdict.findings] == [
        (),
        (),
        (),
    ]


# --- across forms


def test_a_rule_across_forms_sees_the_facts_of_all() -> None:
    def twins(facts: Facts, ctx: Context) -> Iterator[Hit]:
        seen: dict[str, Place] = {}
        for one in facts:
            if one.project in seen:
                also = (seen[one.project],)
                yield Hit(one.named, {"it": one.project}, also=also, project=one.project)
            seen.setdefault(one.project, one.named)

    checks = Checks(rules=(made("JX901", twins, Facts),), strict=True)
    facts = [
        verdict.fact
        for path in ("a.txt", "b.txt")
        for verdict in engine.check(Source(FORM, path), checks)
    ]
    assert facts == pickle.loads(pickle.dumps(facts))
    (one,) = engine.check_facts(Facts(fact for fact in facts if fact), checks)
    assert (one.project, one.place.path, one.place.line) == ("档案数字化", "b.txt", 4)
    assert [place.path for place in one.also] == ["a.txt"]


def test_a_rule_across_forms_may_crash_too() -> None:
    def crash(facts: Facts, ctx: Context) -> Iterator[Hit]:
        raise LookupError(ctx.project)
        yield

    (one,) = engine.check_facts(Facts(), Checks(rules=(made("JX901", crash, Facts),)))
    assert one.code == "JX003"


# --- fingerprints


GARBLED = tuple(one for one in rules.load() if one.code == "JX301")


def marks(text: str) -> list[str]:
    return [one.fingerprint for one in found(text, *GARBLED)]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("\n\n前言\n" + FORM, id="moved lines"),
        pytest.param(FORM.replace("》", "〉"), id="another reading of the sign"),
        pytest.param(FORM.replace("》 ", "》"), id="other blanks"),
        pytest.param(FORM.replace("8000", "８０００"), id="other widths"),
        pytest.param(FORM.replace("档案数字化", "档案 数字化"), id="a blank in the name"),
        pytest.param(FORM.replace("扫描档案", "扫描档案。"), id="a point after the name"),
    ],
)
def test_fingerprints_outlive(again: str) -> None:
    assert marks(again) == marks(FORM)


def test_fingerprints_do_not_depend_on_other_forms() -> None:
    other = FORM.replace("档案数字化", "道路养护")
    both = found(other + "\n" + FORM, *GARBLED)
    assert [one.fingerprint for one in both if one.project == "档案数字化"] == marks(FORM)
    assert not set(marks(other)) & set(marks(FORM))


def test_equal_findings_of_a_form_are_numbered() -> None:
    twice = FORM.replace("装订档案	》 300卷", "扫描档案	》 8000卷")
    assert len(set(marks(twice))) == 3
    assert marks(twice)[0] == marks(FORM)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("≥90%", ">=90%"), ("≥90%", "》＝９０％"), ("3.5 万元。", "3.5万元"), ("（甲）乙", "甲乙")],
)
def test_normalise_folds_what_reading_varies(one: str, other: str) -> None:
    assert compose.normalise(one) == compose.normalise(other)


@pytest.mark.parametrize(("one", "other"), [("3.5", "35"), ("90%", "90"), ("≥9", "≤9")])
def test_normalise_keeps_what_differs(one: str, other: str) -> None:
    assert compose.normalise(one) != compose.normalise(other)


# --- whatever happens


def test_every_rule_with_a_check_has_a_scope_that_is_walked() -> None:
    walked = {"Project", "Indicator", "Value", "Repair", "Facts", "Source"}
    for one in rules.load():
        assert isinstance(one, Rule)
        assert (one.check is None) == (one.code in ("JX001", "JX002", "JX003"))
        if one.check is not None:
            assert one.scope.__name__ in walked


LINES = SAMPLES.read_text(encoding="utf-8").splitlines(keepends=True)


@settings(max_examples=25)
@given(
    start=st.integers(0, len(LINES) - 1),
    length=st.integers(1, 60),
    harm=st.sampled_from(["cut", "drop", "twice", "blanks"]),
    at=st.integers(0, 80),
)
def test_no_harm_to_the_text_makes_a_rule_crash(
    start: int, length: int, harm: str, at: int
) -> None:
    lines = LINES[start : start + length]
    middle = len(lines) // 2
    if harm == "cut":
        lines[-1] = lines[-1][:at]
    elif harm == "drop":
        del lines[middle]
    elif harm == "twice":
        lines.insert(middle, lines[middle])
    else:
        lines = [line.replace("\t", "    ") for line in lines]
    text = Source("".join(lines), "form.txt")
    every = Checks(rules=rules.load(), strict=True)
    for verdict in engine.check(text, every):
        for one in verdict.findings:
            assert 1 <= one.place.line <= len(text.starts)
            column = one.place.column - one.excerpt_column
            assert 0 <= column <= len(one.excerpt)


# --- a run


def files(count: int) -> Iterator[File]:
    for number in range(count):
        yield File(Path(f"{number}.txt"), f"{number}.txt", data=FORM.encode())


def test_a_run_keeps_nothing_of_a_file_that_is_done() -> None:
    def alive() -> Counter[type]:
        gc.collect()
        return Counter(map(type, gc.get_objects()))

    run = Run(strict=True)
    findings = run.check(files(20))
    first = next(findings)
    before = alive()
    while next(findings).place.path != "19.txt":
        pass
    for kind in (Project, Finding, Form):
        assert alive()[kind] <= before[kind] + 1
    assert alive()[Fact] <= 20  # for the rules across forms
    assert first.place.path == "0.txt"
    assert len(list(findings)) > 0
    assert run.summary.forms == 20
    assert len(run.forms) == 0


def test_a_report_that_asks_for_forms_has_the_clean_ones_too() -> None:
    run = Run(Configuration(rules.load(), overrides={"select": ("JX109",)}), keep_forms=True)
    assert list(run.check(files(2))) == []
    assert [(one.place.path, one.project) for one in run.forms] == [
        ("0.txt", "档案数字化"),
        ("1.txt", "档案数字化"),
    ]
