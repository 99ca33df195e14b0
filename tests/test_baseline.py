"""A baseline sets old findings aside, as many as there were, and says which are gone."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from unittest.mock import ANY

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shapes import schema, strict

from jxmb import rules
from jxmb.findings import Compared, Finding, baseline
from jxmb.findings.baseline import BaselineError
from jxmb.lint.engine import File
from jxmb.lint.run import Run
from jxmb.lint.settings.configuration import Configuration

FORM = """项目支出绩效目标表
(2024年)

项目名称	档案数字化
一级指标	二级指标	三级指标	指标值
产出指标	数量指标	扫描档案	》 8000卷
		装订档案	》 300卷
满意度指标	服务对象满意度指标	读者满意度	》 90%
"""
ONLY = Configuration(rules.load(), isolated=True, overrides={"select": ("JX301",)})


def run(
    known: baseline.Baseline | None, *texts: str, named: bool = True
) -> tuple[Run, list[Finding]]:
    one = Run(ONLY, baseline=known, strict=True)
    files = [
        File(Path(f"{at}.txt"), f"{at}.txt", named, text.encode()) for at, text in enumerate(texts)
    ]
    return one, list(one.check(files))


@pytest.fixture
def known(tmp_path: Path) -> baseline.Baseline:
    _, findings = run(None, FORM)
    assert len(findings) == 3
    path = tmp_path / "baseline.json"
    path.write_text(baseline.dumped(baseline.of(findings)), encoding="utf-8")
    return baseline.read(path)


def test_old_findings_are_counted_not_shown(known: baseline.Baseline) -> None:
    done, findings = run(known, FORM)
    assert findings == []
    assert (done.summary.baselined, done.summary.errors, done.summary.failing) == (3, 0, 0)
    assert done.compared == Compared([], ANY, 0, [])


def test_moved_lines_and_another_reading_do_not_bring_them_back(known: baseline.Baseline) -> None:
    again = "\n\n通知\n\n" + FORM.replace("》 ", "〉").replace("档案数字化", "档案 数字化")
    assert run(known, again)[1] == []


def test_a_new_finding_is_shown(known: baseline.Baseline) -> None:
    new = FORM.replace("读者满意度", "用户 满意度")
    done, findings = run(known, new)
    assert [one.place.line for one in findings] == [8]
    assert done.summary.baselined == 2
    assert done.compared is not None
    assert [one.where[-1] for one in done.compared.mended] == ["读者满意度"]
    assert done.compared.new == 1


def test_a_form_that_is_handed_in_again_is_known_by_project_and_place(
    known: baseline.Baseline,
) -> None:
    again = FORM.replace("》 8000卷", "≥8000卷").replace("》 300卷", "》 350 卷")
    one = Run(ONLY, baseline=known, strict=True)
    file = File(Path("二次报送/甲.txt"), "二次报送/甲.txt", False, again.encode())
    assert list(one.check([file])) == []
    found = one.compared
    assert found is not None
    assert [(old.where[-1], old.count) for old in found.mended] == [("扫描档案", 1)]
    assert [(old.where[-1], old.count) for old in found.left] == [
        ("装订档案", 1),
        ("读者满意度", 1),
    ]
    assert (found.new, found.absent) == (0, [])


def test_of_several_in_one_place_those_that_are_gone_are_mended(tmp_path: Path) -> None:
    _, findings = run(None, FORM, FORM)
    path = tmp_path / "baseline.json"
    path.write_text(baseline.dumped(baseline.of(findings)), encoding="utf-8")
    done, found = run(baseline.read(path), FORM)
    assert found == []
    assert done.compared is not None
    assert sum(old.count for old in done.compared.mended) == 3
    assert sum(old.count for old in done.compared.left) == 3


def test_an_entry_covers_as_many_as_there_were(known: baseline.Baseline) -> None:
    done, findings = run(known, FORM, FORM)
    assert len(findings) == 3
    assert {one.place.path for one in findings} == {"1.txt"}
    assert done.summary.baselined == 3


def test_who_checks_another_file_is_not_told_of_stale_entries(known: baseline.Baseline) -> None:
    other = FORM.replace("档案数字化", "道路养护").replace("》", "≥")
    assert run(known, other)[0].compared == Compared([], [], 0, [])


def test_who_walks_a_folder_is(known: baseline.Baseline) -> None:
    other = FORM.replace("档案数字化", "道路养护").replace("》", "≥")
    assert run(known, other, named=False)[0].compared == Compared([], [], 0, ["档案数字化"])


def test_the_file_is_sorted_and_says_what_it_holds() -> None:
    _, findings = run(None, FORM)
    text = baseline.dumped(baseline.of(findings))
    assert text == baseline.dumped(baseline.of(reversed(findings)))
    data = json.loads(text)
    jsonschema.validate(data, strict(schema("jxmb.findings", "baseline.schema.json")))
    assert data["version"] == 1
    assert {entry["code"] for entry in data["findings"]} == {"JX301"}
    assert "档案数字化" in text


def entry(**other: object) -> str:
    """A baseline with one entry, in which something else stands."""
    good = {"fingerprint": "a", "count": 1, "code": "JX301", "project": "古树", "where": []}
    return json.dumps({"version": 1, "findings": [good | other]})


HOSTILE = {
    "empty": "",
    "a list": "[]",
    "no version": "{}",
    "no findings": '{"version": 1}',
    "an entry without anything": '{"version": 1, "findings": [{}]}',
    "entries that are none": '{"version": 1, "findings": {"a": 1}}',
    "no text": "\udcff\udcfe\udc80",
    "half a text": '{"version": 1, "findings": [',
    "a deep list": "[" * 200_000,
    "deep entries": '{"version": 1, "findings": ' + "[" * 10_000,
    "deep objects": '{"a":' * 10_000,
    "an endless count": entry(count=float("inf")),
    "no number": entry(count=float("nan")),
    "a count below one": entry(count=-5),
    "a count in words": entry(count="1"),
    "half a count": entry(count=1.5),
    "a long number": '{"version": 1' + "0" * 5000 + ', "findings": []}',
    "a place that is a word": entry(where="abc"),
    "a place of numbers": entry(where=[1, 2]),
    "a project that is none": entry(project=None),
    "a report": '{"version": 1, "findings": [], "summary": {}}',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_baseline_is_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(BaselineError) as caught:
        baseline.read(path)
    assert caught.value.zh == f"{path} 不是 jxmb 的基线文件。"
    assert caught.value.en == f"{path} is not a baseline file of jxmb."


def test_a_baseline_of_another_version_is_to_be_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text('{"version": 2, "findings": [{"other": 1}]}')
    with pytest.raises(BaselineError, match="--write-baseline"):
        baseline.read(path)
    baseline.guard(path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["version", "findings", "fingerprint", "count", "code", "project", "where"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(st.binary(max_size=30) | VALUES.map(lambda data: json.dumps(data).encode()))
@settings(max_examples=150)
def test_any_bytes_are_a_baseline_or_one_sentence(data: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        path = Path(file.name)
        with suppress(BaselineError):
            baseline.guard(path)
            known = baseline.read(path)
            assert json.loads(baseline.dumped(known))["version"] == 1
            assert all(one.count > 0 for one in known.stale())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_baseline_that_an_editor_saved_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(entry(), encoding=encoding)
    assert list(baseline.read(path).entries) == ["a"]


def test_only_a_baseline_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline.guard(path)
    for content in ("", entry()):
        path.write_text(content)
        baseline.guard(path)
    for content in ("notes", "{}", HOSTILE["a report"], HOSTILE["a deep list"]):
        path.write_text(content)
        with pytest.raises(BaselineError):
            baseline.guard(path)


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BaselineError) as caught:
        baseline.read(tmp_path / "no.json")
    assert "no.json" in caught.value.zh and "不存在" in caught.value.zh
