"""The command line: paths, exit codes, languages, files written, and nothing that ends in a traceback."""

import itertools
import json
import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from tests.documents import xlsx
from tests.shapes import schema, strict

import jxmb
from jxmb.cli import COMMANDS, main
from jxmb.cli.inputs import paths
from jxmb.cli.inputs.paths import Filters, Input, Trouble, walk
from jxmb.cli.interface.terminal import colored
from jxmb.cli.interface.words import asked, from_locale
from jxmb.lint.settings import known_keys
from jxmb.report import FORMATS, load

CLEAN = """\
项目支出绩效目标表 (2023年)

项目名称\t教师培训
主管部门\t教育局\t实施单位\t教育局
项目属性\t延续项目\t项目起止时间\t2022年1月1日\t2023年12月31日
项目资金 (万元)\t年度预算\t20
\t其中：财政拨款\t20
\t其他资金\t0
年度目标\t培训教师200人次，提高课堂教学水平
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值
\t产出指标\t数量指标\t培训教师人次\t≥200人次
\t\t质量指标\t培训合格率\t≥95%
\t\t时效指标\t培训完成时间\t2023年10月底前
\t\t成本指标\t人均培训成本\t≤1000元/人次
\t效益指标\t社会效益指标\t课堂教学优良率\t≥90%
\t满意度指标\t服务对象满意度指标\t参训教师满意度\t≥90%
"""
GARBLED = CLEAN.replace("≥95%", "》95%")
ENVIRON = {
    "LANG": "C",
    "LC_ALL": "",
    "LC_MESSAGES": "",
    "JXMB_LANG": "",
    "NO_COLOR": "",
    "FORCE_COLOR": "",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def jx(*args: str, stdin: bytes | str | None = None, **environ: str):
    return CliRunner().invoke(main, args, input=stdin, env=ENVIRON | environ)


def process(*args: str, **options):
    return subprocess.run(
        [sys.executable, "-m", "jxmb", *args],
        capture_output=True,
        env={**os.environ, **ENVIRON},
        timeout=60,
        **options,
    )


# --- exit codes


EXITS = [
    ("a clean form", ["clean.txt"], 0),
    ("an error", ["garbled.txt"], 1),
    ("an error among clean forms", ["clean.txt", "garbled.txt"], 1),
    ("an error that may be", ["garbled.txt", "--fail-on", "never"], 0),
    ("an error that is ignored", ["garbled.txt", "--ignore", "JX301"], 0),
    (
        "an error that is only a warning by the settings",
        ["garbled.txt", "--config", "soft.toml"],
        0,
    ),
    ("a warning that fails", ["garbled.txt", "--config", "soft.toml", "--fail-on", "warning"], 1),
    ("a rule that is not selected", ["garbled.txt", "--select", "JX6"], 0),
    ("no such path", ["missing.txt"], 2),
    ("no such path beside a clean form", ["missing.txt", "clean.txt"], 2),
    ("no such path beside an error", ["garbled.txt", "missing.txt"], 2),
    ("a path with a NUL", ["a\0b"], 2),
    ("no path", [], 2),
    ("no such option", ["--nonsense", "clean.txt"], 2),
    ("no such severity", ["clean.txt", "--fail-on", "fatal"], 2),
    ("no such rule", ["clean.txt", "--select", "JX999"], 2),
    ("no such settings file", ["clean.txt", "--config", "none.toml"], 2),
    ("settings that are wrong", ["clean.txt", "--config", "wrong.toml"], 2),
    ("no such baseline", ["clean.txt", "--baseline", "none.json"], 2),
    ("an empty folder", ["empty"], 2),
    ("an empty folder beside a clean form", ["clean.txt", "empty"], 2),
    ("a file without a form", ["letter.txt"], 3),
    ("a file without a form, come what may", ["letter.txt", "--fail-on", "never"], 3),
    ("an empty file", ["nothing.txt"], 3),
    ("a Word file alone", ["word.docx"], 3),
    ("a Word file beside a clean form", ["word.docx", "clean.txt"], 1),
    ("a Word file, come what may", ["word.docx", "clean.txt", "--fail-on", "never"], 1),
    ("a Word file that is ignored", ["word.docx", "clean.txt", "--ignore", "JX001"], 1),
    ("a Word file beside no such path", ["word.docx", "missing.txt"], 2),
]


@pytest.fixture
def desk(folder):
    """A folder with one of each."""
    put(folder, clean=CLEAN, garbled=GARBLED, letter="今天下午开会。\n", nothing="")
    (folder / "word.docx").write_bytes(b"PK\x03\x04rest of a zip file")
    (folder / "empty").mkdir()
    (folder / "soft.toml").write_text('severity = { JX301 = "warning" }\n')
    (folder / "wrong.toml").write_text("selct = []\n")
    return folder


@pytest.mark.parametrize(("case", "args", "code"), EXITS, ids=[case for case, _, _ in EXITS])
def test_exit_codes(desk, case, args, code):
    result = jx("check", *args)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if code in (2, 3):
        assert result.stderr.startswith("jxmb: ") or "JX001" in result.stdout
        assert len(result.stderr.strip().splitlines()) <= 2
    else:
        assert result.stderr == ""


def test_the_other_paths_are_still_checked(desk):
    result = jx("check", "missing.txt", "garbled.txt")
    assert "JX301" in result.stdout
    assert result.stderr == "jxmb: missing.txt：文件或文件夹不存在。\n"


def test_what_may_not_be_read(desk, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    for command in ("check", "convert"):
        result = jx(command, "clean.txt")
        assert result.exit_code == 2
        assert "没有读取权限" in result.stderr


def test_the_kind_of_a_file_that_is_no_text_is_named(desk):
    result = jx("check", "word.docx")
    assert "JX001" in result.stdout
    assert "docx" in result.stdout
    assert result.exit_code == 3


# --- check


def test_what_fails_is_shown(desk):
    result = jx("check", "clean.txt", "--fail-on", "info", "--show", "error")
    assert result.exit_code == 1
    assert "提示 JX" in result.stdout
    assert "--show" not in result.stdout


def test_a_choice_of_rules_is_said(desk):
    assert jx("check", "clean.txt", "--select", "JX109").stdout == (
        "共检查 1 个文件、1 份表（按所选 1 条规则检查）：未发现问题\n"
    )


def test_a_new_baseline_is_counted(desk):
    result = jx("check", "garbled.txt", "--write-baseline", "old.json", "--select", "JX301")
    assert result.stdout.endswith("。已写入基线：1 条\n")


# --- lists of files


@pytest.mark.parametrize("command", ["check", "convert"])
@pytest.mark.parametrize(
    "data",
    [
        "clean.txt\ngarbled.txt\n",
        "\ufeffclean.txt\r\n\r\ngarbled.txt",
        "clean.txt\0garbled.txt\0",
        "clean.txt\0./clean.txt\0garbled.txt",
    ],
)
def test_paths_are_read_from_a_list(desk, command, data):
    (desk / "list").write_bytes(data.encode())
    same = jx(command, "clean.txt", "garbled.txt")
    for args, stdin in ((["list"], None), (["-"], data.encode())):
        listed = jx(command, "--files-from", *args, stdin=stdin)
        assert (listed.exit_code, listed.stdout) == (same.exit_code, same.stdout)


def test_names_in_a_list_may_hold_line_breaks(desk):
    (desk / "a\nb.txt").write_text(CLEAN, encoding="utf-8")
    assert jx("check", "--files-from", "-", stdin=b"a\nb.txt\0").exit_code == 0
    assert jx("check", "--files-from", "-", stdin=b"a\nb.txt\n").exit_code == 2


@pytest.mark.parametrize(
    "name", ["a\tb.txt", "a\u202eb.txt", os.fsdecode("汇总.txt".encode("gbk")), "a<U+0041>.txt"]
)
def test_names_that_were_listed_are_found_again(desk, name):
    folder = desk / "sub"
    folder.mkdir()
    (folder / name).write_text(CLEAN, encoding="utf-8")
    listed = jx("check", "sub", "--list-files").stdout
    assert jx("check", "--files-from", "-", stdin=listed.encode()).exit_code == 0
    assert jx("check", "--files-from", "-", stdin=b"sub/<U+202F>.txt").exit_code == 2


@pytest.mark.parametrize("args", [["--files-from", "none"], ["--files-from", "nothing.txt"]])
def test_a_list_that_names_nothing_is_refused(desk, args):
    for command in ("check", "convert"):
        result = jx(command, *args)
        assert (result.exit_code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) == 1


def test_standard_input_is_read_once(desk):
    assert jx("check", "-", "--files-from", "-", stdin=b"clean.txt").exit_code == 2
    assert jx("check", "clean.txt", "--files-from", "-", stdin=b"garbled.txt").exit_code == 1


@pytest.mark.parametrize("command", ["check", "convert"])
def test_files_are_listed_and_not_read(desk, command):
    (desk / "logo.png").write_bytes(b"")
    result = jx(command, ".", "--list-files", "--exclude", "*.toml", "--exclude", "*.old")
    assert result.stdout.splitlines() == [
        "./clean.txt",
        "./garbled.txt",
        "./letter.txt",
        "./nothing.txt",
        "./word.docx",
    ]
    assert result.exit_code == 0
    assert "未读取：./logo.png" in result.stderr
    assert "*.old：没有匹配到任何文件或文件夹" in result.stderr
    assert jx(command, "empty", "--list-files").exit_code == 2
    assert jx(command, "missing.txt", "clean.txt", "--list-files").exit_code == 2


@pytest.mark.parametrize("command", ["check", "convert"])
def test_a_number_of_forms_can_be_asked_for(desk, command):
    assert jx(command, "clean.txt", "--expect-forms", "1").exit_code == 0
    for number in ("0", "2"):
        result = jx(command, "clean.txt", "--expect-forms", number)
        assert result.exit_code == 2
        assert f"应有 {number} 份表" in result.output


def test_a_clean_run_is_one_line(desk):
    result = jx("check", "clean.txt")
    assert len(result.stdout.splitlines()) == 1
    assert result.stdout == "共检查 1 个文件、1 份表：无错误和警告，另有 1 条提示（--show info）\n"


def test_concise_in_a_pipe_and_full_when_asked(desk):
    line = next(n for n, text in enumerate(GARBLED.splitlines(), 1) if "》" in text)
    assert jx("check", "garbled.txt").stdout.startswith(f"garbled.txt:{line}:")
    assert "依据：" in jx("check", "garbled.txt", "--format", "full").stdout


def test_json_is_as_its_schema_says(desk):
    result = jx(
        "check", "garbled.txt", "letter.txt", "word.docx", "--format", "json", "--show", "info"
    )
    shape = json.loads(result.stdout)
    jsonschema.validate(shape, strict(schema("jxmb.report", "findings.schema.json")))
    assert shape["summary"]["files"] == 3
    assert shape["summary"]["forms"] == 1
    assert {"JX001", "JX002", "JX301"} <= {one["code"] for one in shape["findings"]}


def test_infos_are_counted_and_shown_when_asked(desk):
    few = json.loads(jx("check", ".", "--format", "json").stdout)
    all_ = json.loads(jx("check", ".", "--format", "json", "--show", "info").stdout)
    assert all(one["severity"] != "info" for one in few["findings"])
    assert few["summary"] == all_["summary"]
    assert (
        sum(one["severity"] == "info" for one in all_["findings"]) == all_["summary"]["infos"] > 0
    )


def test_standard_input_has_a_name(desk):
    result = jx("check", "-", "--stdin-filename", "表.txt", stdin=GARBLED)
    assert result.exit_code == 1
    assert result.stdout.startswith("表.txt:")
    assert jx("check", "-", stdin=GARBLED.encode("gb18030")).stdout.startswith("-:")


def test_the_settings_of_a_file_are_found_beside_it(desk):
    (desk / "sub").mkdir()
    put(desk / "sub", form=GARBLED)
    (desk / "sub" / "jxmb.toml").write_text('ignore = ["JX301"]\nlang = "en"\n')
    result = jx("check", "sub")
    assert result.exit_code == 0
    assert "1 ignored by settings" in result.stdout
    assert jx("check", "sub", "--isolated").exit_code == 1


def test_settings_are_shown_with_their_origin(desk):
    result = jx("check", "--show-settings", "--config", "soft.toml", "--fail-on", "info")
    assert result.exit_code == 0
    assert 'severity = {"JX301" = "warning"}  # soft.toml' in result.stdout
    assert 'fail-on = "info"  # 命令行' in result.stdout
    assert "limits.least-satisfaction = 80  # 默认" in result.stdout
    same = jx("settings", "--config", "soft.toml", "--fail-on", "info")
    assert (same.exit_code, same.stdout) == (0, result.stdout)
    assert "# command line" in jx("settings", "--fail-on", "info", "--lang", "en").stdout


# What the command line alone can say: what is to be done, and where settings are.
NO_SETTINGS = {
    "output",
    "files_from",
    "list_files_only",
    "paths",
    "config",
    "isolated",
    "show_settings",
    "fix",
    "unsafe_fixes",
    "diff",
    "summary",
    "scheduler",
    "statistics",
    "quiet",
    "verbose",
    "annotate",
    "write_baseline",
    "stdin_filename",
    "no_cache",
}


def test_what_the_command_line_can_the_file_can_and_the_reverse():
    options = {one.name for one in main.get_command(None, "check").params}
    keys = {key.partition(".")[0].replace("-", "_") for key in known_keys()}
    assert options - NO_SETTINGS == keys - {"accept"}
    assert keys - {"accept"} <= {one.name for one in main.get_command(None, "settings").params}


BOTH = {
    "select": ("JX301", '["JX301"]'),
    "extend-select": ("JX301", '["JX301"]'),
    "ignore": ("JX3,JX6", '["JX3", "JX6"]'),
    "per-file-ignores": ("*.md=JX3", '{"*.md" = ["JX3"]}'),
    "severity": ("JX213,JX2=info", '{JX213 = "info", JX2 = "info"}'),
    "fail-on": ("info", '"info"'),
    "policy": ("2021", "2021"),
    "limits": ("weight-sums=90,100.5", "{weight-sums = [90, 100.5]}"),
    "words": ("low_nouns=空置率,错装率", '{low_nouns = ["空置率", "错装率"]}'),
    "show": ("info", '"info"'),
    "format": ("json", '"json"'),
    "color": ("never", '"never"'),
    "backup": ("always", '"always"'),
    "lang": ("en", '"en"'),
    "jobs": ("2", "2"),
    "expect-forms": ("12", "12"),
    "encoding": ("BIG5", '"big5"'),
    "include": ("*.dat", '["*.dat"]'),
    "exclude": ("old", '["old"]'),
    "force-exclude": (None, "true"),
    "baseline": ("old.json", '"old.json"'),
}


@pytest.mark.parametrize(("key", "written"), BOTH.items(), ids=BOTH)
def test_an_option_and_a_setting_of_one_name_are_the_same(desk, key, written):
    option, value = written
    (desk / "own.toml").write_text(f"{key} = {value}\n", encoding="utf-8")
    by_option = jx("settings", f"--{key}", *([option] if option else []), "--lang", "en")
    by_file = jx("settings", "--config", "own.toml", "--lang", "en")
    assert by_option.exit_code == by_file.exit_code == 0, by_option.output + by_file.output
    values = [
        [line.partition("  # ")[0] for line in one.stdout.splitlines()]
        for one in (by_option, by_file)
    ]
    assert values[0] == values[1] != jx("settings", "--lang", "en").stdout.splitlines()
    said = [line for line in by_option.stdout.splitlines() if line.endswith("# command line")]
    assert {line.partition(" = ")[0].partition(".")[0] for line in said} == {"lang", key}


@pytest.mark.parametrize(
    "args",
    [["--limits", "x"], ["--severity", "=info"], ["--limits", "low=1"], ["--words", "low_noun=x"]],
)
def test_a_setting_on_the_command_line_that_cannot_be_used_is_one_sentence(desk, args):
    for command in ("check", "settings"):
        result = jx(command, "clean.txt", *args)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
        assert result.stdout == ""


def test_a_file_says_how_a_run_reports(desk):
    (desk / "sub").mkdir()
    put(desk / "sub", form=GARBLED, letter=GARBLED)
    (desk / "sub" / "jxmb.toml").write_text(
        'format = "json"\nshow = "info"\nexclude = ["let*"]\n', encoding="utf-8"
    )
    shape = json.loads(jx("check", "sub").stdout)
    assert {one["severity"] for one in shape["findings"]} == {"error", "info"}
    assert shape["summary"]["files"] == 1
    shape = json.loads(jx("check", "sub", "--show", "error").stdout)
    assert {one["severity"] for one in shape["findings"]} == {"error"}


def test_wrong_settings_are_one_sentence_with_the_nearest_spelling(desk):
    stderr = jx("check", "clean.txt", "--config", "wrong.toml").stderr
    assert "selct" in stderr
    assert "select" in stderr
    assert len(stderr.splitlines()) == 1


# --- fixes


def test_fix_writes_and_a_second_run_changes_nothing(desk):
    before = (desk / "garbled.txt").read_bytes()
    result = jx("check", "garbled.txt", "--fix", "--select", "JX301")
    after = (desk / "garbled.txt").read_bytes()
    assert result.exit_code == 0
    assert "已修改 1 处" in result.stdout
    assert after == before.replace("》".encode(), "≥".encode())
    jx("check", "garbled.txt", "--fix", "--select", "JX301")
    assert (desk / "garbled.txt").read_bytes() == after


@pytest.mark.parametrize(("keep", "kept"), [(None, False), ("always", True), ("never", False)])
def test_the_old_file_is_kept_as_the_settings_say(desk, keep, kept):
    before = (desk / "garbled.txt").read_bytes()
    if keep:
        (desk / "jxmb.toml").write_text(f'backup = "{keep}"\n')
    assert jx("check", "garbled.txt", "--fix", "--select", "JX301").exit_code == 0
    copy = desk / "garbled.txt.bak"
    assert copy.exists() == kept
    if kept:
        assert copy.read_bytes() == before


def test_the_diff_stands_alone_on_stdout_and_fails_where_there_is_one(desk):
    result = jx("check", "garbled.txt", "clean.txt", "--diff", "--select", "JX301")
    assert result.exit_code == 1
    assert result.stdout.startswith("--- a/garbled.txt\n+++ b/garbled.txt\n@@")
    assert all(line[:1] in "-+ @" for line in result.stdout.splitlines())
    assert "-\t\t质量指标\t培训合格率\t》95%\n" in result.stdout
    assert "+\t\t质量指标\t培训合格率\t≥95%\n" in result.stdout
    (summary,) = result.stderr.splitlines()
    assert summary.startswith("共检查 2 个文件、2 份表") and "1 个错误" in summary
    assert (desk / "garbled.txt").read_text("utf-8") == GARBLED
    (desk / "blank.txt").write_text(GARBLED.replace("》95%", "≥ 95%"), encoding="utf-8")
    info = jx("check", "blank.txt", "--diff", "--select", "JX308")
    assert info.exit_code == 1 and info.stdout  # an info alone is mended: there is a diff
    none = jx("check", "clean.txt", "--diff", "--select", "JX301")
    assert (none.exit_code, none.stdout) == (0, "")


def test_fix_says_what_it_changed(desk):
    said = jx("check", "garbled.txt", "--fix", "--select", "JX301").stdout
    assert "garbled.txt:12:14: 已修改 JX301 “》95%” → “≥95%”" in said.splitlines()
    english = jx("check", "garbled.txt", "--fix", "--select", "JX301", "--lang", "en").stdout
    assert "fixed" not in english  # the second time there was nothing left


def test_as_many_fixes_are_counted_as_are_listed(desk):
    """The words for a sign go and the sign comes: two changes of one finding."""
    (desk / "words.txt").write_text(GARBLED.replace("》95%", "95%以上"), encoding="utf-8")
    said = jx("check", "words.txt", "--fix", "--select", "JX305", "--format=json").stdout
    report = json.loads(said)
    assert report["summary"]["fixed"] == len(report["applied"]) == 2


def test_what_a_fix_mends_is_marked_and_the_closing_line_says_so(desk):
    *found, last = jx("check", "garbled.txt", "--format=concise").stdout.splitlines()
    assert [line for line in found if "JX301 [*]" in line] and "[*] 1 处可用 --fix 修改" in last
    assert "JX301 比较符错误 [*]" in jx("check", "garbled.txt", "--format=full").stdout


def test_unsafe_fixes_alone_are_only_allowed(desk):
    (desk / "rate.txt").write_text(GARBLED.replace("》95%", "≥95"), encoding="utf-8")
    before = (desk / "rate.txt").read_bytes()
    result = jx("check", "rate.txt", "--unsafe-fixes", "--select", "JX310")
    assert (desk / "rate.txt").read_bytes() == before and "JX310" in result.stdout
    assert [line for line in result.stderr.splitlines() if "--fix" in line] != []
    assert jx("check", "rate.txt", "--select", "JX310").exit_code == result.exit_code
    jx("check", "rate.txt", "--unsafe-fixes", "--fix", "--select", "JX310")
    assert (desk / "rate.txt").read_bytes() == before.replace("≥95".encode(), "≥95%".encode())
    assert (desk / "rate.txt.bak").read_bytes() == before
    (desk / "rate.txt").write_bytes(before)
    (desk / "rate.txt.bak").unlink()
    jx("check", "rate.txt", "--unsafe-fixes", "--fix", "--select", "JX310", "--backup", "never")
    assert not (desk / "rate.txt.bak").exists()


def test_what_a_document_refused_is_not_said_to_be_fixable(desk):
    rows = [*xlsx.FORM[:8], [*xlsx.FORM[8][:3], xlsx.number("2", 1)], *xlsx.FORM[9:]]
    data = xlsx.book({"表": xlsx.sheet(rows)}, formats=['"》"0"公里"'])
    (desk / "typed.xlsx").write_bytes(data)
    args = ["check", "typed.xlsx", "--select", "JX301"]
    assert "[*] 1 处可用 --fix 修改" in jx(*args).stdout
    left = jx(*args, "--fix")
    assert "D9：未自动修改：单元格是数值" in left.stderr
    assert "JX301" in left.stdout and "[*]" not in left.stdout
    assert (desk / "typed.xlsx").read_bytes() == data


def test_json_lists_what_was_applied_and_what_was_refused(desk):
    args = ["check", "garbled.txt", "--fix", "--select", "JX301", "--format", "json"]
    (desk / "garbled.txt").chmod(0o444)
    result = jx(*args)
    shape = json.loads(result.stdout)
    (refused,) = shape["refused"]
    assert result.exit_code == 2 and shape["applied"] == []
    assert (refused["before"], refused["after"]) == ("》", "≥") and "只读" in refused["reason"]
    (desk / "garbled.txt").chmod(0o644)
    (applied,) = json.loads(jx(*args).stdout)["applied"]
    assert [applied[key] for key in ("code", "line", "before", "after")] == ["JX301", 12, "》", "≥"]


def test_fixed_standard_input_goes_to_standard_output(desk):
    data = GARBLED.replace("\n", "\r\n").encode("gb18030")
    result = jx("check", "-", "--fix", "--select", "JX301", stdin=data)
    assert result.stdout_bytes == data.replace("》".encode("gb18030"), "≥".encode("gb18030"))
    assert "未发现问题" in result.stderr
    assert result.exit_code == 0


# --- baseline


def test_old_findings_are_set_aside_and_missed_when_gone(desk):
    assert jx("check", "garbled.txt", "--write-baseline", "old.json").exit_code == 0
    known = jx("check", "garbled.txt", "--baseline", "old.json")
    assert known.exit_code == 0
    assert "基线中已有" in known.stdout
    (desk / "garbled.txt").write_text("\n\n" + GARBLED, encoding="utf-8")
    assert jx("check", "garbled.txt", "--baseline", "old.json").exit_code == 0
    (desk / "garbled.txt").write_text(CLEAN, encoding="utf-8")
    gone = jx("check", "garbled.txt", "--baseline", "old.json")
    assert gone.stderr.splitlines() == [
        "jxmb: old.json：与基线比较，已改正 1 条，未改正 1 条，新增 0 条；可用 --write-baseline 更新基线。",
        "jxmb: JX301 教师培训 产出指标 › 质量指标 › 培训合格率：已改正。",
    ]


def test_a_folder_that_is_handed_in_again_is_compared_with_the_first(desk):
    (desk / "一").mkdir()
    (desk / "二").mkdir()
    put(desk / "一", a=GARBLED, b=GARBLED.replace("教师培训", "道路养护"))
    again = GARBLED.replace("》95%", "≥95%").replace("≥200人次", "》 200人次")
    put(desk / "二", c=again)
    assert jx("check", "一", "--write-baseline", "old.json").exit_code == 0
    result = jx("check", "二", "--baseline", "old.json", "--format", "json")
    shape = json.loads(result.stdout)
    jsonschema.validate(shape, strict(schema("jxmb.report", "findings.schema.json")))
    known = shape["baseline"]
    assert [one["code"] for one in known["mended"] if "培训合格率" in one["where"]] == ["JX301"]
    assert known["absent"] == ["道路养护"]
    assert [(one["code"], one["where"][-1]) for one in shape["findings"]] == [
        ("JX301", "培训教师人次")
    ]
    assert known["new"] == 1 + shape["summary"]["infos"]
    assert sum(one["count"] for one in known["left"]) == shape["summary"]["baselined"]
    assert "道路养护：基线中有此项目，本次未读到。" in result.stderr
    assert result.exit_code == 1


def test_a_baseline_does_not_hide_what_could_not_be_checked(desk):
    result = jx("check", "word.docx", "clean.txt", "--write-baseline", "old.json")
    assert result.exit_code == 1
    assert jx("check", "word.docx", "clean.txt", "--baseline", "old.json").exit_code == 1


# --- convert


def test_convert_writes_json_to_standard_output(desk):
    result = jx("convert", "clean.txt")
    shape = json.loads(result.stdout)
    assert result.exit_code == 0
    jsonschema.validate(shape, strict(schema("jxmb.export", "records.schema.json")))
    assert shape["documents"][0]["path"] == "clean.txt"
    assert shape["documents"][0]["forms"][0]["project_name"] == "教师培训"


def test_the_library_gives_the_same_records(desk):
    assert json.loads(jx("convert", "clean.txt").stdout) == json.loads(
        json.dumps(jxmb.convert(Path("clean.txt")), default=float)
    )


CONVERT_EXITS = [
    (["clean.txt"], 0),
    (["garbled.txt"], 0),
    (["."], 1),
    (["letter.txt", "clean.txt"], 1),
    (["missing.txt", "clean.txt"], 2),
    (["clean.txt", "--to", "xml"], 2),
    (["clean.txt", "-o", "a.json", "--to", "csv"], 2),
    (["clean.txt", "-o", "soft.toml"], 2),
    (["empty"], 2),
    (["letter.txt"], 3),
    (["word.docx"], 3),
    (["word.docx", "clean.txt"], 1),
]


@pytest.mark.parametrize(
    ("args", "code"), CONVERT_EXITS, ids=[" ".join(args) for args, _ in CONVERT_EXITS]
)
def test_exit_codes_of_convert(desk, args, code):
    result = jx("convert", *args)
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("name", ["all.json", "all.jsonl", "all.csv", "new/all.JSON"])
def test_the_ending_of_a_file_says_the_format(desk, name):
    assert jx("convert", "clean.txt", "-o", name).exit_code == 0
    to = name.lower().rpartition(".")[2]
    assert (desk / name).read_bytes() == jx("convert", "clean.txt", "--to", to).stdout_bytes


def test_a_folder_gets_one_file_an_input_in_the_same_tree(desk):
    (desk / "in" / "a").mkdir(parents=True)
    put(desk / "in", form=CLEAN)
    put(desk / "in" / "a", form=GARBLED)
    (desk / "in" / "form.md").write_text(CLEAN, encoding="utf-8")
    assert jx("convert", "in", "-o", "out/").exit_code == 0
    written = sorted(
        path.relative_to(desk / "out").as_posix() for path in (desk / "out").rglob("*.*")
    )
    assert written == ["a/form.json", "form.json", "form.txt.json"]
    shape = json.loads((desk / "out" / "a" / "form.json").read_text("utf-8"))
    assert shape["path"] == str(Path("in", "a", "form.txt"))
    assert len(shape["forms"]) == 1


def test_results_are_not_read_again(desk):
    first = jx("convert", ".", "-o", "out/", "--to", "text")
    again = jx("convert", ".", "-o", "out/", "--to", "text")
    assert (first.exit_code, again.exit_code) == (1, 1)  # word.docx
    assert not (desk / "out" / "out").exists()


def test_an_input_is_never_written_over(desk):
    (desk / "form.csv").write_text(CLEAN.replace("\t", ","), encoding="utf-8")
    before = (desk / "form.csv").read_bytes()
    (desk / "forms.csv").write_bytes(before)
    for output in ("form.csv", "."):
        assert jx("convert", "form.csv", "forms.csv", "--to", "csv", "-o", output).exit_code == 2
        assert (desk / "form.csv").read_bytes() == before


def test_an_interrupted_result_does_not_appear(desk, monkeypatch):
    def break_off(source):
        raise KeyboardInterrupt

    monkeypatch.setattr("jxmb.reader.read", break_off)
    result = jx("convert", "clean.txt", "-o", "all.json")
    assert result.exit_code == 130
    assert not result.output.strip()
    assert not [path for path in desk.iterdir() if "all.json" in path.name]


def test_places_are_added_when_asked(desk):
    shape = json.loads(jx("convert", "clean.txt", "--with-source").stdout)
    place = shape["documents"][0]["forms"][0]["sources"]["project_name"]
    assert place == {
        "raw": "教师培训",
        "line": 3,
        "column": 6,
        "end_line": 3,
        "end_column": 10,
        "at": None,
    }


# --- paths


def names(*paths: str, include=(), exclude=()) -> list[str]:
    found = list(walk(paths, Filters(tuple(include), tuple(exclude))))
    return [one.shown.replace(os.sep, "/") for one in found if isinstance(one, Input)]


@pytest.fixture
def tree(folder):
    for name in (
        "b.txt",
        "a/z.MD",
        "a/y.Html",
        "c.tsv",
        "d.csv",
        "e.htm",
        "notes.docx",
        "~$notes.docx",
        "logo.png",
        ".hidden.txt",
        ".git/x.txt",
        "CVS/x.txt",
        "a/old/x.txt",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def test_a_folder_is_walked_in_one_order(tree):
    assert names(".") == [
        "./a/old/x.txt",
        "./a/y.Html",
        "./a/z.MD",
        "./b.txt",
        "./c.tsv",
        "./d.csv",
        "./e.htm",
        "./notes.docx",
    ]


def test_archives_in_folders_are_named(tree):
    (tree / "a" / "forms.ZIP").write_bytes(b"PK")
    (tree / "b.txt").write_text(CLEAN, encoding="utf-8")
    done = jx("check", "a", "b.txt", "--lang", "zh")
    assert done.stdout.endswith("。未读取：a/forms.ZIP\n")
    assert done.exit_code == 0
    assert "ZIP" not in jx("check", "a", "b.txt", "--exclude", "*.ZIP").stdout


def test_paths_are_shown_as_they_were_given(tree):
    assert names("a/") == ["a/old/x.txt", "a/y.Html", "a/z.MD"]
    assert names(str(tree / "b.txt")) == [str(tree / "b.txt").replace(os.sep, "/")]


def test_a_named_file_is_read_whatever_it_is_called(tree):
    assert names("notes.docx", ".hidden.txt", ".git") == ["notes.docx", ".hidden.txt", ".git/x.txt"]


def test_globs_choose_within_folders(tree):
    assert names(".", include=["*.docx"]) == ["./notes.docx"]
    assert names(".", include=["*.txt"], exclude=["old"]) == ["./b.txt"]
    assert names("a", exclude=["old/*"]) == ["a/y.Html", "a/z.MD"]
    assert names("b.txt", exclude=["*"]) == ["b.txt"]


@pytest.mark.parametrize("named", ["in", "./in", "in/", "WHOLE/in"])
@pytest.mark.parametrize(
    "glob",
    ["old", "./in/old", "in/old", "in//old/", "WHOLE/in/old", "in/ol?", "old/*", "WHOLE/*/old"],
)
def test_a_folder_can_be_excluded_in_every_spelling(folder, named, glob):
    (folder / "in" / "old").mkdir(parents=True)
    put(folder / "in", form=CLEAN)
    put(folder / "in" / "old", form=GARBLED)
    whole = str(folder)
    result = jx("check", named.replace("WHOLE", whole), "--exclude", glob.replace("WHOLE", whole))
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_glob_that_matched_nothing_is_said(desk):
    result = jx("check", "clean.txt", "empty", "--exclude", "archive", "--include", "c*")
    assert result.exit_code == 2
    assert [line.partition("：")[0] for line in result.stderr.splitlines()] == [
        "jxmb: empty",
        "jxmb: c*",
        "jxmb: archive",
    ]
    assert "no file" in jx("convert", "clean.txt", "--exclude", "a\x1b*", "--lang", "en").stderr
    assert "\x1b" not in jx("convert", "clean.txt", "--exclude", "a\x1b*").stderr


def test_named_files_are_excluded_where_that_is_forced(desk):
    (desk / "old").mkdir()
    put(desk / "old", form=GARBLED)
    args = ["old/form.txt", "--exclude", "old", "--force-exclude"]
    for command in ("check", "convert"):
        alone = jx(command, *args)
        assert alone.exit_code == 0
        assert "排除" in alone.stderr
    assert jx("check", "clean.txt", *args).exit_code == 0
    assert jx("check", "old/form.txt", "--exclude", "old").exit_code == 1
    (desk / "jxmb.toml").write_text('exclude = ["old"]\nforce-exclude = true\n')
    assert jx("check", "old/form.txt").exit_code == 0


@pytest.mark.posix
def test_a_file_named_twice_is_read_once(tree):
    (tree / "link.txt").symlink_to(tree / "b.txt")
    assert names("b.txt", "./b.txt", "link.txt", ".", exclude=["a", "[c-e].*", "*.docx"]) == [
        "b.txt"
    ]
    assert names("-", "-") == ["-"]


@pytest.mark.posix
def test_links_that_lead_in_circles_end(tree):
    (tree / "a" / "loop").symlink_to(tree, target_is_directory=True)
    assert names("a", include=["*.md", "*.MD", "b.txt"]) == ["a/loop/b.txt", "a/z.MD"]


@pytest.mark.posix
def test_a_file_or_folder_reached_in_two_ways_is_told_by_its_number(tree, monkeypatch):
    os.link(tree / "b.txt", tree / "c.txt")
    (tree / "a2").symlink_to(tree / "a", target_is_directory=True)
    monkeypatch.setattr(os.path, "realpath", None)  # costs a look at each part of a path
    assert names("c.txt", "a2", ".", exclude=["[d-e].*", "*.tsv", "*.docx"]) == [
        "c.txt",
        "a2/old/x.txt",
        "a2/y.Html",
        "a2/z.MD",
    ]


@pytest.mark.posix
def test_where_files_have_no_number_their_real_paths_tell_them(tree, monkeypatch):
    (tree / "a" / "loop").symlink_to(tree, target_is_directory=True)
    whole = paths._status
    without = lambda path: os.stat_result((*whole(path)[:1], 0, *whole(path)[2:]))  # noqa: E731
    monkeypatch.setattr(paths, "_status", without)
    assert names("a", "b.txt", include=["*.MD", "b.txt"]) == ["a/loop/b.txt", "a/z.MD"]


def test_a_folder_to_skip_may_come_to_be_while_others_are_read(tree):
    found = walk(["a", "."], Filters(skip=frozenset({str(tree / "out")})))
    first = next(found)
    (tree / "out").mkdir()
    (tree / "out" / "z.txt").write_text("x")
    assert not any("out" in one.shown for one in (first, *found) if isinstance(one, Input))


@pytest.mark.posix
def test_a_link_to_nothing_is_said(tree):
    (tree / "gone.txt").symlink_to(tree / "nowhere")
    troubles = [one for one in walk(["."]) if isinstance(one, Trouble)]
    assert [one.shown for one in troubles] == [f".{os.sep}gone.txt"]


@pytest.mark.posix
def test_a_pipe_in_a_folder_is_not_waited_for(tree):
    os.mkfifo(tree / "pipe.txt")
    assert "./pipe.txt" not in names(".")


@pytest.mark.posix
def test_what_is_passed_over_in_a_folder_is_named_in_every_format(folder):
    put(folder, form=CLEAN)
    for name in ("table.json", "photo.jpg", "more.zip", "README", "a.mp4", "b.mp4"):
        (folder / name).write_bytes(b"x")
    (folder / "jxmb.toml").write_text("")
    os.mkfifo(folder / "pipe.txt")
    for form in ("concise", "full"):
        line = jx("check", ".", "--format", form).stdout.splitlines()[-1]
        assert line.endswith("未读取：./README、./a.mp4、./b.mp4、./more.zip、./photo.jpg 等 7 个")
    assert "等 7 个" in jx("convert", ".").stderr
    shape = json.loads(jx("check", ".", "--format", "json").stdout)
    assert shape["summary"]["skipped"] == 7
    assert {one["path"]: one["reason"] for one in shape["skipped"]} | {
        "./more.zip": "压缩包，未读取",
        "./pipe.txt": "管道或设备，未读取",
        "./table.json": "不是可读取的格式",
    } == {one["path"]: one["reason"] for one in shape["skipped"]}
    assert "未读取" not in jx("check", ".", "--include", "*.txt", "--exclude", "pipe.txt").stdout


@pytest.mark.posix
def test_entries_that_loop_are_locked_or_vanish_are_named_and_the_others_read(folder, monkeypatch):
    put(folder, form=CLEAN)
    for name in ("loop", "loop.txt"):
        (folder / name).symlink_to(name)
    for name in ("gone", "locked"):
        (folder / name).mkdir()
    scan = os.scandir

    def scandir(path):
        refused = {"gone": FileNotFoundError(2, "gone"), "locked": PermissionError(13, "locked")}
        if error := refused.get(Path(path).name):
            raise error
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for command in ("check", "convert"):
        result = jx(command, ".")
        assert result.exit_code == 2
        assert [line.partition("：")[0] for line in result.stderr.splitlines()] == [
            f"jxmb: .{os.sep}{name}" for name in ("gone", "locked", "loop", "loop.txt")
        ]
    assert "1 份表" in jx("check", ".").stdout


def test_folders_may_lie_very_deep(folder):
    deep = folder
    for _ in range(300):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "form.txt").write_text("x")
    assert len(names(".")) == 1


def test_hostile_names_are_shown_as_signs(folder):
    put(folder, **{"a\x1b[2J[red]": GARBLED})
    result = jx("check", ".", "missing\x1b[2J")
    assert "\x1b" not in result.output
    assert "a␛[2J[red].txt:" in result.stdout
    assert "missing␛[2J" in result.stderr


@pytest.mark.linux
def test_a_name_that_is_no_text(folder):
    (Path(os.fsdecode(b"\xff\xfe.txt"))).write_text(GARBLED, encoding="utf-8")
    for args in (
        ["check"],
        ["check", "--format", "json"],
        ["check", "--format", "full"],
        ["convert"],
    ):
        result = process(*args, ".")
        assert result.returncode == (1 if args[0] == "check" else 0), result.stderr
        assert b"Traceback" not in result.stderr


# --- languages


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US"}, "en"),
    ],
)
def test_the_locale_chooses(environ, lang):
    assert from_locale(environ) == lang


@pytest.mark.parametrize(
    ("args", "environ", "lang"),
    [
        ([], {}, None),
        (["check", "--lang", "en"], {}, "en"),
        (["check", "--lang=en"], {"JXMB_LANG": "zh"}, "en"),
        (["--help"], {"JXMB_LANG": "en_US"}, "en"),
        (["check", "--", "--lang", "en"], {}, None),
        (["--lang"], {}, None),
    ],
)
def test_the_user_chooses(args, environ, lang):
    assert asked(args, environ) == lang


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_stands_in_both_languages(command):
    args = [command, "--help"] if command else ["--help"]
    chinese, english = jx(*args), jx(*args, "--lang", "en")
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert chinese.stdout.startswith("用法：")
    assert english.stdout.startswith("Usage: ")
    assert "选项：" in chinese.stdout
    assert "显示帮助" not in english.stdout
    assert "Show this help" not in chinese.stdout


def test_reports_speak_the_language_of_the_run(desk):
    assert "Use `≥` instead of `》`" in jx("check", "garbled.txt", "--lang", "en").stdout
    assert "Use `≥` instead of `》`" in jx("check", "garbled.txt", JXMB_LANG="en").stdout
    assert "Use `≥` instead of `》`" in jx("check", "garbled.txt", LANG="en_US.UTF-8").stdout
    (desk / "jxmb.toml").write_text('lang = "zh"\n')
    assert "应为" in jx("check", "garbled.txt", LANG="en_US.UTF-8").stdout
    assert "Use `≥` instead of `》`" in jx("check", "garbled.txt", JXMB_LANG="en").stdout


# --- rules, explain, schema


def test_every_rule_is_listed_and_explained():
    listed = json.loads(jx("rules", "--format", "json").stdout)["rules"]
    for lang, title, fix in (("zh", "title", "安全"), ("en", "title_en", "safe")):
        table = jx("rules", "--lang", lang).stdout.splitlines()
        rows = [line for line in table if line.startswith("JX") and not line[3:4].isspace()]
        for row, one in zip(rows, listed, strict=True):
            assert row.startswith(f"{one['code']}  {one[title]} ")
            assert row.endswith(f"  {one['name']}")
            assert (f"  {fix}  " in row) is (one["fix"] == "safe")
        heads = [line for line in table if line.startswith("JX") and line[3] == " "]
        assert [head[:3] for head in heads] == sorted({one["code"][:3] for one in listed})
        assert all(before == "" for before, line in itertools.pairwise(table) if line in heads)
    for one in listed:
        page = jx("explain", one["code"])
        assert page.exit_code == 0, one["code"]
        assert page.stdout.startswith(f"# {one['code']} {one['title']}")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_whether_its_paths_count_from_the_root_of_the_repository(name):
    rooted = hasattr(load(name), "within")
    assert ("从仓库根目录算起" in jx("explain", name).stdout) == rooted
    english = " ".join(jx("explain", name, "--lang", "en").stdout.split())
    assert ("from the root of the repository" in english) == rooted


def test_a_rule_is_found_by_its_name():
    page = jx("explain", "jx301").stdout
    assert all(
        jx("explain", one).stdout == page
        for one in ("garbled-sign", "比较符错误", "garbled comparison sign")
    )


def test_a_page_is_in_the_language_that_is_asked_for():
    assert "## 为什么\n" in jx("explain", "JX301").stdout
    assert "## Why\n" in jx("explain", "JX301", "--lang", "en").stdout


@pytest.mark.parametrize("word", ["JX30", "比较符", "sign"])
def test_several_rules_are_listed(word):
    lines = jx("explain", word).stdout.splitlines()
    assert len(lines) > 2
    assert any(line.startswith("JX304 ") for line in lines)


def test_an_unknown_rule_is_a_question():
    result = jx("explain", "garbled-sing")
    assert result.exit_code == 2
    assert "garbled-sign" in result.stderr


@pytest.mark.parametrize("shape", ["records", "document", "jsonl", "findings", "baseline"])
def test_schemas_are_schemas(shape):
    printed = json.loads(jx("schema", shape).stdout)
    jsonschema.Draft202012Validator.check_schema(printed)


# --- the process


def test_the_version():
    assert jx("--version").stdout == f"jxmb {jxmb.__version__}\n"


@pytest.mark.parametrize(
    ("wanted", "environ", "terminal", "color"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_when_there_are_colours(wanted, environ, terminal, color):
    assert colored(wanted, terminal, environ) is color


@pytest.mark.parametrize(
    "args", [["check", "."], ["convert", "."], ["rules"], ["check", ".", "--format", "json"]]
)
def test_a_closed_pipe_is_quiet(desk, args):
    put(desk, **{f"form{number}": GARBLED * 20 for number in range(5)})
    with subprocess.Popen(
        [sys.executable, "-m", "jxmb", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""


def test_an_interrupt_is_quiet(desk, monkeypatch):
    def break_off():
        raise KeyboardInterrupt

    monkeypatch.setattr("jxmb.cli.inputs.stdin_bytes", break_off)
    result = jx("check", "-", stdin=CLEAN)
    assert result.exit_code == 130
    assert not result.output.strip()


def test_output_is_utf8_in_any_locale(desk):
    result = process("check", "garbled.txt")
    assert "应为" in result.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("encoding", "said"), [("gbk", "应为".encode("gbk")), ("ascii", rb"\u5e94\u4e3a")]
)
def test_output_is_in_the_encoding_that_was_asked_for(desk, encoding, said):
    result = subprocess.run(
        [sys.executable, "-m", "jxmb", "check", "garbled.txt"],
        capture_output=True,
        env={**os.environ, **ENVIRON, "PYTHONIOENCODING": encoding},
    )
    assert said in result.stdout
    result.stdout.decode(encoding)


# --- the language is the same everywhere


@pytest.mark.parametrize(
    ("args", "en", "zh"),
    [
        (["--help"], "Usage: jxmb", "用法：jxmb"),
        (["check", "--help"], "Usage: jxmb check", "用法：jxmb check"),
        (["rules"], "Garbled comparison sign", "比较符错误"),
        (["explain", "JX30"], "Garbled comparison sign", "比较符错误"),
        (["explain", "JX301"], "Garbled comparison sign", "比较符错误"),
        (["settings"], "# default", "# 默认"),
        (["check", "clean.txt"], "1 file", "1 个文件"),
        (["check", "clean.txt", "--nonsense"], "option", "选项"),
        (["check"], "files", "文件"),
        (["chek"], "command", "命令"),
        (["convert", "letter.txt"], "form", "绩效目标表"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_language_of_the_settings_counts_everywhere(desk, args, en, zh):
    for option, settings, wanted in ((None, "en", en), ("zh", "en", zh), ("en", "zh", en)):
        (desk / "jxmb.toml").write_text(f'lang = "{settings}"\n', encoding="utf-8")
        result = jx(*args, *(["--lang", option] if option else []))
        assert wanted.lower() in result.output.lower(), (option, settings)
        other = zh if wanted == en else en
        if other not in wanted and len(other) > 5:
            assert other not in result.output
    result = jx(*args, JXMB_LANG="en")
    assert en.lower() in result.output.lower()


def test_settings_that_cannot_be_read_do_not_keep_help_from_being_shown(desk):
    for text in (b"lang = [", b"\xff\xfe", b"lang = 3"):
        (desk / "jxmb.toml").write_bytes(text)
        assert jx("--help").stdout.startswith("用法：jxmb")
    (desk / "jxmb.toml").write_text('lang = "en"')
    assert jx("rules", "--help").stdout.startswith("Usage: jxmb")
    assert "选项" in jx("check", "--isolated", "--nonsense").stderr
    (desk / "own.toml").write_text('lang = "zh"')
    assert "选项" in jx("check", "--config", "own.toml", "--nonsense").stderr


def test_a_pyproject_above_says_the_language_too(desk):
    (desk / "pyproject.toml").write_text('[tool.jxmb]\nlang = "en"\n')
    (desk / "empty" / "pyproject.toml").write_text('[project]\nname = "jxmb-forms"\n')
    result = jx("convert", "empty")
    assert "file" in result.stderr.lower()


# --- accept


def accepted(path: Path, *table: str) -> list[dict[str, str]]:
    data = tomllib.loads(path.read_text("utf-8"))
    for name in table:
        data = data[name]
    return data["accept"]


def test_findings_are_accepted_from_a_run(desk):
    result = jx("accept", "garbled.txt", "--select", "JX301", "--reason", '扫描如此，"已核实"')
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "JX301 教师培训 产出指标 › 质量指标 › 培训合格率",
        "jxmb.toml: 已写入 1 条认可",
    ]
    (one,) = accepted(desk / "jxmb.toml")
    assert date.fromisoformat(one.pop("date"))
    assert one == {
        "code": "JX301",
        "project": "教师培训",
        "where": "产出指标 › 质量指标 › 培训合格率",
        "reason": '扫描如此，"已核实"',
    }
    again = jx("check", "garbled.txt")
    assert again.exit_code == 0
    assert "1" in again.stdout and "JX301" not in again.stdout
    put(desk, garbled=CLEAN)
    assert "JX301 教师培训" in jx("check", "garbled.txt").stderr


def test_entries_are_added_to_the_settings_in_force_and_nothing_else_changes(desk):
    old = 'lang = "zh"  # 说明\r\n\r\n[limits]\r\nmost-indicators = 30'
    (desk / "pyproject.toml").write_bytes(
        old.replace("lang", "[tool.jxmb]\r\nlang")
        .replace("[limits]", "[tool.jxmb.limits]")
        .encode()
    )
    before = (desk / "pyproject.toml").read_bytes()
    for reason in ("甲", "乙"):
        result = jx(
            "accept",
            ".",
            "--select",
            "JX3",
            "--reason",
            reason,
            "--where",
            "数量指标 > 培训教师人次",
        )
        assert result.exit_code == 2, (
            result.output
        )  # word.docx; and of no such place there is nothing
    result = jx(
        "accept",
        "garbled.txt",
        "--select",
        "JX301",
        "--reason",
        "丙",
        "--where",
        "质量指标/培训合格率",
    )
    assert result.exit_code == 0, result.output
    after = (desk / "pyproject.toml").read_bytes()
    assert after.startswith(before)
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert [one["reason"] for one in accepted(desk / "pyproject.toml", "tool", "jxmb")] == ["丙"]


@pytest.mark.parametrize(
    ("args", "settings"),
    [
        (["--select", "JX302", "--reason", "甲"], None),  # nothing of it
        (["--select", "JX301", "--reason", " "], None),
        (["--select", "JX301"], None),
        (["--reason", "甲"], None),
        (["--select", "JX3O1", "--reason", "甲"], None),
        (["--select", "JX301", "--reason", "甲", "--project", "别的项目"], None),
        (["--select", "JX301", "--reason", "甲"], "accept = []\n"),
        (["--select", "JX301", "--reason", "甲", "--config", "none.toml"], None),
    ],
)
def test_what_cannot_be_accepted_is_one_sentence_and_writes_nothing(desk, args, settings):
    if settings:
        (desk / "jxmb.toml").write_text(settings)
    result = jx("accept", "garbled.txt", *args)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    assert ((desk / "jxmb.toml").read_text() if settings else None) == settings
    assert (desk / "jxmb.toml").exists() == bool(settings)


def test_a_project_without_a_name_is_not_accepted(desk):
    put(desk, nameless=GARBLED.replace("教师培训\n", "\n", 1))
    result = jx("accept", "nameless.txt", "--select", "JX301", "--reason", "甲")
    assert "没有名称" in result.stderr
    assert not (desk / "jxmb.toml").exists()


def test_read_only_settings_are_left(desk):
    (desk / "jxmb.toml").write_text('lang = "zh"\n')
    (desk / "jxmb.toml").chmod(0o444)
    result = jx("accept", "garbled.txt", "--select", "JX301", "--reason", "甲")
    assert result.exit_code == 2
    assert (desk / "jxmb.toml").read_text() == 'lang = "zh"\n'
    assert "只读" in result.stderr


def test_convert_reads_what_the_settings_say(desk):
    (desk / "in").mkdir()
    put(desk / "in", form=CLEAN, old=CLEAN)
    (desk / "in" / "big.txt").write_bytes(CLEAN.encode("utf-16-le"))
    (desk / "in" / "jxmb.toml").write_text('exclude = ["old.txt", "big.txt"]\n')
    shape = json.loads(jx("convert", "in").stdout)
    assert [one["path"] for one in shape["documents"]] == [str(Path("in", "form.txt"))]
    assert "old.txt" in jx("convert", "in", "--isolated").stdout
    (desk / "own.toml").write_text('include = ["big.txt"]\nencoding = "utf-16-le"\n')
    shape = json.loads(jx("convert", "in", "--config", "own.toml").stdout)
    assert shape["documents"][0]["forms"][0]["project_name"] == "教师培训"
    assert "JXMB_ENCODING" not in os.environ
    (desk / "in" / "jxmb.toml").write_text("exclude = 3\n")
    wrong = jx("convert", "in")
    assert (wrong.exit_code, wrong.stdout, len(wrong.stderr.splitlines())) == (2, "", 1)


def test_where_the_language_comes_from_is_shown(desk):
    assert 'lang = "zh"  # 系统语言' in jx("settings").stdout
    assert 'lang = "en"  # locale' in jx("settings", LC_ALL="en_GB.UTF-8").stdout
    assert 'lang = "en"  # JXMB_LANG' in jx("settings", JXMB_LANG="en").stdout
    assert 'lang = "en"  # command line' in jx("settings", "--lang", "en").stdout
    (desk / "jxmb.toml").write_text('lang = "en"\n')
    assert 'lang = "en"  # ' + str(desk / "jxmb.toml") in jx("settings").stdout


HOSTILE = {
    "a number of 5,000 digits": f"[limits]\nfewest-indicators = {'9' * 5000}",
    "deep lists": f"ignore = {'[' * 9999}{']' * 9999}",
    "deep tables": "a = " + "{a=" * 4000 + "1" + "}" * 4000,
    "a workflow command": 'select = ["x\\n::error::y"]',
    "an escape": 'fail-on = "\\u001b[31mPWN"\n"\\u001b]0;title\\u0007" = 1',
    "marks of direction": 'select = ["\\u202eJX\\u2066"]',
    "not a number": "[limits]\nleast-satisfaction = nan",
    "an underscore": "fail_on = 3",
    "another encoding": "\udcd6\udcd0",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_settings_are_one_sentence_for_every_command(desk, text):
    (desk / "jxmb.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    commands = (
        ["check", "clean.txt"],
        ["settings"],
        ["convert", "clean.txt"],
        ["accept", "garbled.txt", "--select", "JX301", "--reason", "甲"],
    )
    for args in commands:
        result = jx(*args)
        assert isinstance(result.exception, SystemExit), args
        assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
        assert result.stderr.strip().isprintable()
        assert len(result.stderr) < 400
    assert jx("rules").exit_code == 0


def test_of_files_that_could_not_be_read_it_is_not_said_that_they_hold_no_form(desk):
    (desk / "wide.txt").write_bytes("项目名称\t1\n".encode("utf-16-le"))
    unread = jx("check", "wide.txt")
    (desk / "blank.txt").write_text("预算说明\n", encoding="utf-8")
    formless = jx("check", "blank.txt")
    assert (unread.exit_code, formless.exit_code) == (3, 3)
    assert "未找到" not in unread.stderr and "无法读取：wide.txt" in unread.stdout
    assert "所读文件中未找到绩效目标表" in formless.stderr
