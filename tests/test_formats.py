"""Formats for machines: each is what its consumer reads, and hostile text stays text."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.workbooks import sheets

from jxmb.cli import main
from jxmb.visible import visible

SAMPLE = Path(__file__).parent.parent / "samples" / "form-2024.xlsx"
REPOSITORY = ("github", "gitlab", "sarif")
HOSTILE = "<b>&\"'|`*%0A::error::x\x1b[31m"
FORM = (
    "项目支出绩效目标表\n（2025年）\n项目名称\t{name}\n主管部门\t水务局\n年度资金总额（万元）\t50\n"
    "年度目标\t改造泵站6座，惠及居民800户，提升供水能力。\n一级指标\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t改造泵站\t{target}\n\t质量指标\t验收合格率\t=100%\n\t时效指标\t完工时间\t2025年10月底前\n"
    "效益指标\t社会效益指标\t惠及居民户数\t≥800户\n满意度指标\t服务对象满意度指标\t居民满意度\t≥90%\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a b,c.txt").write_text(
        FORM.format(name=HOSTILE, target="》 6座"), encoding="utf-8"
    )
    (tmp_path / "clean.txt").write_text(FORM.format(name="泵站", target="≥6座"), encoding="utf-8")
    return tmp_path


def run(*args: str) -> str:
    result = CliRunner().invoke(main, ["check", ".", "--isolated", "--fail-on", "never", *args])
    assert result.exit_code == 0, result.output
    return result.stdout


def findings(shown: str = "warning") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("--format", "json", "--show", shown))["findings"]
    return found


def test_json_lines_are_the_findings_of_json(folder: Path) -> None:
    lines = [json.loads(line) for line in run("--format", "jsonl").splitlines()]
    assert [one["finding"] for one in lines[:-1]] == findings()
    assert all(one["version"] == 1 for one in lines)
    assert lines[-1]["summary"]["forms"] == 2


def test_sarif_has_each_finding_with_its_rule_place_and_fix(folder: Path) -> None:
    log = json.loads(run("--format", "sarif", "--show", "info"))
    (one,) = log["runs"]
    assert log["version"] == "2.1.0" and one["columnKind"] == "unicodeCodePoints"
    expected = findings("info")
    assert len(one["results"]) == len(expected)
    rules = one["tool"]["driver"]["rules"]
    for result, finding in zip(one["results"], expected, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["code"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (finding["line"], finding["column"])
        assert ("fixes" in result) == (finding["fix"] is not None)
        assert result["partialFingerprints"]["jxmb/v1"] == finding["fingerprint"]
    uris = {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in one["results"]
    }
    assert "a%20b%2Cc.txt" in uris


def test_sarif_lists_what_the_baseline_and_the_settings_suppress_and_no_other_format_does(
    folder: Path,
) -> None:
    before = findings("info")
    run("--write-baseline", "old.json")
    (folder / "clean.txt").write_text(FORM.format(name="渠道", target="》 9座"), encoding="utf-8")
    (folder / "jxmb.toml").write_text(
        'baseline = "old.json"\nshow = "info"\n[[accept]]\ncode = "JX301"\nproject = "渠道"\nreason = "已核实"\n',
        encoding="utf-8",
    )
    args = ["check", ".", "--fail-on", "never", "--format", "sarif=a.sarif", "--format", "json"]
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 0
    shown = json.loads(result.stdout)["findings"]
    (log,) = json.loads((folder / "a.sarif").read_text(encoding="utf-8"))["runs"]
    told = [one for one in log["results"] if "suppressions" not in one]
    assert [one["ruleId"] for one in told] == [one["code"] for one in shown]
    reasons = {
        one["partialFingerprints"]["jxmb/v1"]: one["suppressions"]
        for one in log["results"][:]
        if "suppressions" in one
    }
    assert all(one["kind"] == "external" for said in reasons.values() for one in said)
    known = {one["fingerprint"] for one in before if one["project"] != "泵站"}
    assert known <= {
        mark for mark, (one,) in reasons.items() if one["justification"] == "基线中已有"
    }
    assert [one["justification"] for (one,) in reasons.values()].count("已核实") == 1
    assert "suppressed" not in result.stdout


def test_many_formats_are_those_that_each_writes_alone(folder: Path) -> None:
    names = ("json", "jsonl", "sarif", "gitlab", "junit", "markdown", "concise")
    alone = {name: run("--format", name, "--show", "info") for name in names}
    for name in names:
        (folder / f"r.{name}").unlink(missing_ok=True)
    formats = [part for name in names for part in ("--format", f"{name}=.out/r.{name}")]
    assert run(*formats, "--format", "github", "--show", "info") == run(
        "--format", "github", "--show", "info"
    )
    for name in names:
        assert (folder / ".out" / f"r.{name}").read_text(encoding="utf-8") == alone[name], name


def test_services_get_the_place_in_a_document_and_no_edit_of_its_bytes(folder: Path) -> None:
    for one in folder.iterdir():
        one.unlink()
    (folder / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    (log,) = json.loads(run("--format", "sarif", "--select", "JX301"))["runs"]
    (result,) = log["results"]
    (location,) = result["locations"]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "Sheet1!D11"
    assert location["properties"]["rendition"] is True and "fixes" not in result
    line, _ = run("--format", "github", "--select", "JX301").splitlines()
    head, _, message = line[2:].partition("::")
    assert "line=" not in head and "col=" not in head and message.startswith("Sheet1!D11")


def test_github_lines_are_commands_whose_values_cannot_be_commands(folder: Path) -> None:
    *lines, summary = run("--format", "github").splitlines()
    assert len(lines) == len(findings())
    for line in lines:
        head, _, message = line[2:].partition("::")
        assert head.split(" ", 1)[0] in ("error", "warning", "notice")
        assert "file=a b%2Cc.txt" in head or "file=clean.txt" in head
        assert "\x1b" not in line and "\n" not in message
    assert not summary.startswith("::")


def test_gitlab_fingerprints_are_unique_and_stay(folder: Path) -> None:
    first = json.loads(run("--format", "gitlab", "--show", "info"))
    marks = [one["fingerprint"] for one in first]
    assert len(set(marks)) == len(marks) == len(findings("info"))
    assert {one["severity"] for one in first} <= {"major", "minor", "info"}
    moved = folder / "a b,c.txt"
    moved.write_text("\n\n" + moved.read_text(encoding="utf-8"), encoding="utf-8")
    again = json.loads(run("--format", "gitlab", "--show", "info"))
    assert [one["fingerprint"] for one in again] == marks
    assert json.loads(run("--format", "gitlab", "--select", "JX622")) == []


@pytest.mark.parametrize("mark", [".git", "CI_PROJECT_DIR", "GITHUB_WORKSPACE"])
def test_those_who_show_a_repository_get_paths_from_its_root(
    folder: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    inner = folder / "年度" / "表"
    inner.mkdir(parents=True)
    (folder / "a b,c.txt").rename(inner / "a b,c.txt")
    (folder / "clean.txt").unlink()
    if mark.startswith("."):
        (folder / mark).mkdir()
    else:
        monkeypatch.setenv(mark, str(folder))
    said = {}
    for here, path in (
        (folder, "."),
        (inner, "./"),
        (inner.parent, "../年度/表"),
        (inner, str(inner)),
    ):
        monkeypatch.chdir(here)
        args = ["check", path, "--isolated", "--fail-on", "never", "--format"]
        shown = {name: CliRunner().invoke(main, [*args, name]).stdout for name in REPOSITORY}
        lines = shown["github"].split("\n")
        files = {line.partition("file=")[2].partition(",line")[0] for line in lines if "::" in line}
        issues = json.loads(shown["gitlab"])
        (one,) = json.loads(shown["sarif"])["runs"]
        places = [each["locations"][0]["physicalLocation"] for each in one["results"]]
        uris = {each["artifactLocation"]["uri"] for each in places}
        assert files == {"年度/表/a b%2Cc.txt"} and {
            each["location"]["path"] for each in issues
        } == {"年度/表/a b,c.txt"}
        assert uris == {"%E5%B9%B4%E5%BA%A6/%E8%A1%A8/a%20b%2Cc.txt"}
        said[str(here) + path] = [each["fingerprint"] for each in issues]
    assert len({tuple(marks) for marks in said.values()}) == 1


def test_a_file_outside_of_the_repository_has_its_whole_address(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in").mkdir()
    monkeypatch.chdir(folder / "in")
    args = ["check", str(folder / "clean.txt"), "--isolated", "--show", "info", "--format", "sarif"]
    (one,) = json.loads(CliRunner().invoke(main, args).stdout)["runs"]
    uris = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in one["results"]
    }
    assert uris == {(folder / "clean.txt").as_uri()}


def test_junit_has_a_suite_a_file_and_a_case_a_form(folder: Path) -> None:
    root = ET.fromstring(run("--format", "junit"))
    suites = {one.get("name"): one for one in root}
    assert set(suites) == {"./a b,c.txt", "./clean.txt"}
    failed = suites["./a b,c.txt"]
    assert failed.get("failures") == "1" and len(failed) == 1
    failure = failed[0].find("failure")
    assert failure is not None and "JX301" in str(failure.get("message"))
    assert suites["./clean.txt"].get("failures") == "0"
    assert suites["./clean.txt"][0].get("name") == "泵站"


def test_junit_is_the_same_in_a_file_though_there_all_forms_are_known_before_the_findings(
    folder: Path,
) -> None:
    (folder / "0.txt").write_text("没有表格的文字\n", encoding="utf-8")
    (folder / "again.txt").write_bytes((folder / "a b,c.txt").read_bytes())
    files = ("0.txt", "a b,c.txt", "again.txt", "clean.txt")
    args = ["check", *files, "--isolated", "--fail-on", "never", "--format", "junit"]
    shown = CliRunner().invoke(main, args).stdout
    CliRunner().invoke(main, [*args, "-o", "found.xml"])
    assert (folder / "found.xml").read_text(encoding="utf-8") == shown
    failed = [one.get("name") for one in ET.fromstring(shown) if one.get("failures") != "0"]
    assert failed.count("again.txt") == 1


def test_markdown_is_a_table_a_file_and_hostile_text_is_no_markup(folder: Path) -> None:
    said = run("--format", "markdown")
    rows = [line for line in said.splitlines() if line.startswith("| ") and "JX" in line]
    assert len(rows) == len(findings())
    assert "<b>" not in said.replace("<br>", "") and "\x1b" not in said
    for row in rows:
        assert row.replace("\\|", "").count("|") == 6


def test_several_formats_in_one_run(folder: Path) -> None:
    shown = run(
        "--format", "sarif=out/a.sarif", "--format", "junit=out/a.xml", "--format", "concise"
    )
    assert "JX301" in shown
    assert json.loads((folder / "out" / "a.sarif").read_text(encoding="utf-8"))["runs"][0][
        "results"
    ]
    assert ET.parse(folder / "out" / "a.xml").getroot().tag == "testsuites"


def test_a_report_never_replaces_an_input(folder: Path) -> None:
    before = (folder / "clean.txt").read_bytes()
    result = CliRunner().invoke(main, ["check", ".", "--isolated", "--format", "json=clean.txt"])
    assert result.exit_code == 2
    assert (folder / "clean.txt").read_bytes() == before


def opinions(folder: Path, *args: str) -> Any:
    run("--format", "xlsx=审核意见.xlsx", "--format", "concise", *args)
    return sheets(folder / "审核意见.xlsx")


def test_the_opinion_sheet_has_a_row_a_finding_and_a_status_to_choose(folder: Path) -> None:
    expected = findings("info")
    sheet, totals = opinions(folder, "--show", "info").values()
    head, *rows = sheet.rows
    assert [*head] == [
        "序号",
        "部门",
        "项目",
        "位置",
        "级别",
        "规则",
        "问题",
        "依据",
        "建议",
        "处理情况",
        "备注",
    ]
    assert [row[0] for row in rows] == [*range(1, len(expected) + 1)]
    for row, one in zip(rows, expected, strict=True):
        assert row[1] == "水务局" and row[9] == "未处理" and row[10] in ("", None)
        assert row[5].startswith(one["code"]) and row[6] == visible(one["message"])
        assert (row[7], row[8]) == (one["reason"], one["remedy"])
    assert sheet.find("dataValidation").get("sqref") == f"J2:J{len(rows) + 1}"
    assert sheet.find("autoFilter").get("ref") == f"A1:K{len(rows) + 1}"
    assert sheet.find("pane").get("ySplit") == "1"
    assert dict(sheet.find("pageSetup").attrib).items() >= {
        ("paperSize", "9"),
        ("orientation", "landscape"),
    }
    counted = {(row[0], row[1]): row[-1] for row in totals.rows}
    assert counted["全部", ""] == counted["部门", "水务局"] == len(expected)
    for group in ("规则", "方面"):
        assert sum(n for (kind, _), n in counted.items() if kind == group) == len(expected)


def test_the_opinion_sheet_in_english(folder: Path) -> None:
    book = opinions(folder, "--lang", "en")
    assert list(book) == ["Findings", "Totals"]
    head, first, *_ = book["Findings"].rows
    assert head[:2] == ["No.", "Department"] and first[9] == "open"


def test_hostile_text_is_text_in_the_opinion_sheet(folder: Path) -> None:
    for name in ("=1+1", "@SUM(A1)", "http://a.b/", "_x0041_", "a\x1b&\"'"):
        (folder / "a b,c.txt").write_text(FORM.format(name=name, target="》 6座"), encoding="utf-8")
        sheet = next(iter(opinions(folder).values()))
        assert name.replace("\x1b", "␛") in {row[2] for row in sheet.rows}


def test_an_opinion_sheet_is_no_input_and_never_replaces_one(folder: Path) -> None:
    first = opinions(folder)
    assert [one.rows for one in opinions(folder).values()] == [one.rows for one in first.values()]
    other = folder / "审核意见.xlsx"
    other.write_bytes(SAMPLE.read_bytes())
    args = ["check", ".", "--isolated", "--format", "xlsx=审核意见.xlsx"]
    assert CliRunner().invoke(main, args).exit_code == 2
    assert other.read_bytes() == SAMPLE.read_bytes()


def test_a_workbook_goes_to_a_file_only(folder: Path) -> None:
    result = CliRunner().invoke(main, ["check", ".", "--isolated", "--format", "xlsx"])
    assert result.exit_code == 2 and result.stdout == ""
    assert "xlsx 格式只能写入文件" in result.stderr and result.stderr.count("\n") == 1


def test_a_missing_package_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for name in ("jxmb.formats.workbook", "jxmb.report.xlsx"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    result = CliRunner().invoke(main, ["check", ".", "--isolated", "--format", "xlsx=a.xlsx"])
    assert result.exit_code == 2 and result.stdout == "" and not (folder / "a.xlsx").exists()
    assert 'pip install "jxmb[report]"' in result.stderr and result.stderr.count("\n") == 1
