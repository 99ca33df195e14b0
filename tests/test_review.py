"""The review sheet: each form by the aspects of the official review, a folder by what is to be mended first."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.test_report import FINDING

from jxmb import spool
from jxmb.cli import main
from jxmb.findings import Finding, Form, Severity
from jxmb.report.review import Review, worst
from jxmb.source import Place

HEAD = "项目支出绩效目标表\n（2025年）\n项目名称\t{}\n主管部门\t{}\n年度资金总额（万元）\t50\n年度目标\t改造泵站6座，惠及居民800户，提升供水能力。\n"
ROWS = (
    "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t改造泵站\t≥6座\n\t质量指标\t验收合格率\t=100%\n"
    "\t时效指标\t完工时间\t2025年10月底前\n效益指标\t社会效益指标\t惠及居民户数\t≥800户\n"
    "满意度指标\t服务对象满意度指标\t居民满意度\t{}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, department, target in (
        ("泵站改造", "水务局", "≥90%"),
        ("公厕保洁", "城管局", "》90%"),
    ):
        text = HEAD.format(name, department) + ROWS.format(target)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def run(*args: str) -> str:
    return CliRunner().invoke(main, ["check", *args, "--isolated", "--fail-on", "never"]).stdout


def test_each_form_has_its_sheet_clean_ones_too(folder: Path) -> None:
    said = run(str(folder), "--summary")
    assert "泵站改造 · 水务局" in said and "公厕保洁 · 城管局" in said
    assert "  适当性：未发现问题" in said
    assert "  格式：1 个错误\n    JX301 " in said
    assert said.count("指标体系：财预〔2015〕88号") == 2


def test_the_whole_says_what_to_mend_first(folder: Path) -> None:
    said = run(str(folder), "--summary").partition("汇总")[2]
    assert "2 份表" in said
    departments = said.partition("宜先修改的单位\n")[2].splitlines()
    assert departments[0].startswith("  城管局  1 个错误")


def test_the_review_stands_beside_the_findings_in_json(folder: Path) -> None:
    data = json.loads(run(str(folder), "--summary", "--format", "json"))
    forms = {one["project"]: one for one in data["review"]["forms"]}
    assert forms["公厕保洁"]["errors"] == 1
    assert forms["公厕保洁"]["aspects"]["G"] == {"errors": 1, "warnings": 0, "infos": 0}
    assert data["review"]["aspects"]["G"]["errors"] == 1
    assert sum(one["errors"] for one in data["review"]["departments"]) == data["summary"]["errors"]
    assert "review" not in json.loads(run(str(folder), "--format", "json"))


def test_a_sheet_in_a_file_says_what_it_says_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    shown = run(str(folder), "--summary")
    run(str(folder), "--summary", "-o", str(tmp_path / "sheet.txt"))
    assert (tmp_path / "sheet.txt").read_text("utf-8") == shown
    assert "  格式：1 个错误\n    JX301 " in shown


def test_the_sheet_speaks_english(folder: Path) -> None:
    assert "  Completeness: nothing found" in run(str(folder), "--summary", "--lang", "en")


NAMES = st.sampled_from(["", "甲", "乙"])
PLACES = st.builds(Place, st.sampled_from("ab"), st.just(1), st.just(1), st.just(1), st.just(2))
FORMS = st.lists(st.builds(Form, PLACES, NAMES, NAMES), max_size=9)
FOUND = st.builds(
    lambda place, project, severity, aspect, count: replace(
        FINDING, place=place, project=project, severity=severity, aspect=aspect, count=count
    ),
    PLACES,
    NAMES,
    st.sampled_from(Severity),
    st.sampled_from("WXS"),
    st.integers(1, 3),
)


@given(forms=FORMS, found=st.lists(FOUND, max_size=20), held=st.sampled_from([1, 500]))
def test_what_is_counted_is_what_was_found(
    forms: list[Form], found: list[Finding], held: int
) -> None:
    def counts(*named: tuple[str, str]) -> Counter[Severity]:
        all = Counter[Severity]()
        for one in found:
            all[one.severity] += one.count * named.count((one.place.path, one.project))
        return +all

    with pytest.MonkeyPatch.context() as patch:
        for name in ("HELD", "SORTED", "BLOCK"):
            patch.setattr(spool, name, held)
        review = Review()
        for one in found:
            review.add(one)
        sheets = list(review.sheets(forms))
        named = [(one.place.path, one.project) for one in forms]
        assert [form for form, _ in sheets] == forms
        assert [sum(found.values(), Counter()) for _, found in sheets] == list(map(counts, named))
        assert review.clean(forms) == sum(
            not one[Severity.ERROR] and not one[Severity.WARNING] for one in map(counts, named)
        )
        signed = {one.department: one for one in forms if one.department}
        assert {name: found for name, _, found in review.departments(forms)} == {
            one: counts(
                *(name for name, form in zip(named, forms, strict=True) if form.department == one)
            )
            for one in signed
        }
        assert sum((found for *_, found in review.files()), Counter()) == counts(
            *{(one.place.path, one.project) for one in found}
        )


def test_of_what_is_equally_bad_the_first_comes_first() -> None:
    grave, light = Counter({Severity.ERROR: 2}), Counter({Severity.INFO: 9})
    counted = [("丙", 2, grave), ("甲", 0, grave), ("丁", 3, grave + grave), ("乙", 1, light)]
    assert [name for name, _ in worst(counted)] == ["丁", "甲", "丙"]
