"""What is written, and where: never by surprise, never over an input, whole or not at all, and a sentence where it fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from tests.shapes import strict

from jxmb.cli import main
from jxmb.cli.interface import group
from jxmb.findings import Words, system

FORM = """\
项目支出绩效目标表
项目名称\t古树养护
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护古树\t》 80株
"""
LETTER = "今天下午开会。\n"
# Whether streams wait before they write is for this program to bear, not for the machine to set.
ENVIRON = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
ENVIRON["JXMB_LANG"] = "zh"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one form."""
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def jx(*args: str, stdin: bytes | None = None):
    done = CliRunner().invoke(main, args, input=stdin, env={"JXMB_LANG": "zh"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def shell(line: str) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell, where ``jxmb`` is this program."""
    start = f'jxmb() {{ "{sys.executable}" -m jxmb "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", start + line], capture_output=True, env=ENVIRON, timeout=60
    )


def refuses(number: int):
    """What raises an error of the system, whatever it is called with."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


# --- standard streams


FULL = "jxmb: 无法写入标准输出：磁盘已满。\n"
CLOSED = "jxmb: 无法写入标准输出：已关闭。\n"
STREAMS = [
    ("check form.txt >/dev/full", FULL),
    ("convert form.txt >/dev/full", FULL),
    ("convert form.txt --to csv >&-", CLOSED),
    ("check form.txt --format json >&-", CLOSED),
    ("--version >/dev/full", FULL),
]


@pytest.mark.linux
@pytest.mark.parametrize(("line", "said"), STREAMS, ids=[line for line, _ in STREAMS])
def test_standard_output_that_takes_nothing_is_one_sentence(desk, line, said):
    done = shell(f"jxmb {line}")
    assert (done.returncode, done.stderr.decode()) == (2, said)


@pytest.mark.posix
def test_a_result_in_a_file_needs_no_standard_output(desk):
    done = shell("jxmb convert form.txt -o all.json >&- 2>&-")
    assert done.returncode == 0
    assert "古树养护" in (desk / "all.json").read_text("utf-8")


@pytest.mark.linux
def test_standard_error_that_takes_nothing_costs_the_others_nothing(desk):
    done = shell("jxmb check nothere form.txt 2>/dev/full")
    assert done.returncode == 2 and b"form.txt:4:" in done.stdout
    assert shell("jxmb check --nonsense 2>/dev/full").returncode == 2


@pytest.mark.posix
def test_standard_input_that_is_closed_is_one_sentence_and_the_others_go_on(desk):
    done = shell("jxmb check - form.txt <&-")
    assert done.returncode == 2
    assert done.stderr.decode() == "jxmb: -：无法读取：已关闭。\n"
    assert b"form.txt:4:" in done.stdout


def test_a_pipe_that_nobody_reads_has_its_exit_code(desk):
    with subprocess.Popen(
        [sys.executable, "-m", "jxmb", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_errors_of_the_system_are_said_in_both_languages():
    for number in (28, 13, 40, 36):
        words = system.reason(OSError(number, os.strerror(number)))
        assert words.zh.strip() and not words.zh.isascii() and words.en.isascii()
    assert system.reason(OSError(9999, "odd")) == Words("系统错误 9999", "odd")
    named = group.refused(PermissionError(13, "Permission denied", b"a\x1b.txt"))
    assert named.zh == "无法读写 a\x1b.txt：没有权限。"


# --- folders that loop, vanish or are locked


@pytest.mark.posix
def test_a_link_to_itself_is_named_and_the_others_go_on(desk):
    (desk / "in").mkdir()
    (desk / "in" / "form.txt").write_text(FORM, encoding="utf-8")
    for name in ("loop", "a.txt"):
        (desk / "in" / name).symlink_to(name)
    done = jx("check", "in")
    assert done.exit_code == 2 and "in/form.txt:4:" in done.stdout
    assert done.stderr.count("链接指向自身") == 2 and "in/loop：" in done.stderr


def test_the_working_folder_may_be_gone(desk):
    form = str(desk / "form.txt")
    (desk / "gone").mkdir()
    os.chdir(desk / "gone")
    (desk / "gone").rmdir()
    assert jx("check", "-", stdin=FORM.encode()).exit_code == 1
    assert jx("check", form, "--config", form + ".toml").exit_code == 2
    assert jx("check", form).exit_code == jx("check", "../form.txt").exit_code == 1
    assert jx("convert", ".").exit_code == jx("check", ".").exit_code
    assert "不存在" in jx("check", "form.txt").stderr or "没有这个文件" in jx("check", "x").stderr
    os.chdir(desk)


@pytest.fixture
def locked(desk, monkeypatch):
    """A folder in which nothing may be looked at: root may all, so that the system is asked here."""
    folder = desk / "locked"
    folder.mkdir()
    (folder / "form.txt").write_text(FORM, encoding="utf-8")
    real, scandir = os.stat, os.scandir

    def stat(path, *args, **named):
        if isinstance(path, str | os.PathLike) and "locked/" in os.fspath(path):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(path, *args, **named)

    def scan(path):
        if os.fspath(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "scandir", scan)
    return folder


@pytest.mark.parametrize("command", ["check", "convert"])
@pytest.mark.parametrize("path", ["locked", "locked/form.txt", "."])
def test_a_locked_folder_is_a_sentence(locked, command, path):
    done = jx(command, path)
    assert done.exit_code == 2
    assert "locked" in done.stderr and "没有读取权限" in done.stderr
    assert ("古树养护" in done.stdout or "养护古树" in done.stdout) is (path == ".")


@pytest.mark.parametrize(
    "args", [["convert", "-o", "locked/all.json"], ["check", "--write-baseline", "locked/old.json"]]
)
def test_a_result_in_a_locked_folder_is_a_sentence(locked, args):
    done = jx(*args, "form.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"jxmb: {args[-1]}：无法写入：没有权限。\n"


# --- where records go


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("output", ["all", "x.orc", "new/all", "", " ", "a\0.json"])
def test_a_name_without_a_known_format_makes_no_folder_and_is_told_the_formats(desk, output):
    done = jx("convert", "form.txt", "-o", output)
    assert (done.exit_code, done.stdout, names(desk)) == (2, "", {"form.txt"})
    assert not output.strip(" ") or "\0" in output or ".json、.jsonl、.csv、.txt" in done.stderr
    assert [path.name for path in desk.iterdir()] == ["form.txt"]


def test_a_folder_is_one_that_is_there_or_ends_with_a_stroke(desk):
    (desk / "there.json").mkdir()
    assert jx("convert", "form.txt", "-o", "there.json").exit_code == 0
    assert jx("convert", "form.txt", "-o", "new/deep/", "--to", "jsonl").exit_code == 0
    assert names(desk) == {"form.txt", "there.json/form.json", "new/deep/form.jsonl"}


def test_the_format_may_be_said_where_the_name_does_not(desk):
    assert jx("convert", "form.txt", "-o", "all", "--to", "jsonl").exit_code == 0
    assert (desk / "all").read_bytes() == jx("convert", "form.txt", "--to", "jsonl").stdout_bytes
    assert jx("convert", "form.txt", "-o", "a.csv", "--to", "json").exit_code == 2


def test_a_stroke_of_the_pen_is_standard_output(desk):
    assert jx("convert", "form.txt", "-o", "-").stdout == jx("convert", "form.txt").stdout
    assert names(desk) == {"form.txt"}


@pytest.mark.parametrize(
    ("input", "code"), [("nothere", 2), ("letter.txt", 3), ("empty", 2), ("word.docx", 3)]
)
def test_nothing_read_nothing_written(desk, input, code):
    (desk / "letter.txt").write_text(LETTER, encoding="utf-8")
    (desk / "word.docx").write_bytes(b"PK\x03\x04rest of a zip file")
    (desk / "empty").mkdir()
    (desk / "keep.json").write_text("good")
    before = names(desk)
    assert jx("convert", input, "-o", "keep.json").exit_code == code
    assert jx("convert", input, "-o", "new/all.json").exit_code == code
    assert jx("convert", input, "-o", "out/").exit_code == code
    assert names(desk) == before and (desk / "keep.json").read_text() == "good"
    assert not (desk / "new").exists() and not (desk / "out").exists()


def test_the_tree_begins_at_the_common_parent(desk):
    for name in ("a/x.txt", "b/x.txt", "b/c/y.txt"):
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_text(FORM, encoding="utf-8")
    cases = {
        ("a/x.txt", "b/x.txt"): {"a/x.json", "b/x.json"},
        ("a/x.txt",): {"x.json"},
        ("b",): {"x.json", "c/y.json"},
        ("b/c", "a"): {"a/x.json", "b/c/y.json"},
        ("b", "b/c"): {"x.json", "c/y.json"},
        ("form.txt", str(desk / "b" / "c")): {"form.json", "b/c/y.json"},
        ("-", "a/x.txt"): {"stdin.json", "x.json"},
        ("-",): {"stdin.json"},
    }
    for number, (paths, written) in enumerate(cases.items()):
        done = jx("convert", *paths, "-o", f"out{number}/", stdin=FORM.encode())
        assert (done.exit_code, names(desk / f"out{number}")) == (0, written), paths


def test_files_without_a_form_get_no_output_and_are_named(desk):
    for number in range(7):
        (desk / f"letter{number}.txt").write_text(LETTER, encoding="utf-8")
    done = jx("convert", ".", "-o", "out/")
    assert (done.exit_code, names(desk / "out")) == (0, {"form.json"})
    listed = "、".join(f"./letter{number}.txt" for number in range(5))
    assert done.stderr == f"jxmb: 未找到绩效目标表：{listed} 等 7 个。\n"


@pytest.mark.posix
def test_a_result_is_never_put_over_an_input(desk):
    form = (desk / "form.txt").read_bytes()
    (desk / "in").mkdir()
    (desk / "in" / "form.csv").write_bytes(form)
    (desk / "link.csv").symlink_to("in/form.csv")
    os.link(desk / "form.txt", desk / "same.json")
    for output in ("in/form.csv", "./in/../in/form.csv", "link.csv"):
        done = jx("convert", "form.txt", "in", "-o", output, "--to", "csv")
        assert done.exit_code == 2 and "输入文件" in done.stderr
    assert jx("convert", "form.txt", "-o", "same.json").exit_code == 2
    (desk / "in" / "form.json").write_bytes(form)
    done = jx("convert", "in/form.json", "form.txt", "--to", "json", "-o", ".")
    assert done.exit_code == 2 and "in/form.json：是输入文件" in done.stderr
    assert (desk / "form.json").exists()  # the other goes on
    assert (desk / "in" / "form.csv").read_bytes() == (desk / "form.txt").read_bytes() == form


@pytest.mark.posix
def test_a_result_is_never_put_over_another_of_the_run(desk):
    (desk / "other.txt").write_text(FORM, encoding="utf-8")
    (desk / "out").mkdir()
    (desk / "out" / "other.json").symlink_to("form.json")
    done = jx("convert", "form.txt", "other.txt", "-o", "out")
    assert done.exit_code == 2 and "out/other.json：已用于本次的另一个结果" in done.stderr
    assert '"path": "form.txt"' in (desk / "out" / "form.json").read_text("utf-8")


def test_a_folder_may_be_read_and_written(desk):
    assert jx("convert", ".", "-o", ".").exit_code == 0
    assert names(desk) == {"form.txt", "form.json"}


def test_a_folder_of_results_that_lies_in_one_that_is_read_is_named(desk):
    (desk / "in").mkdir()
    (desk / "in" / "other.txt").write_text(FORM, encoding="utf-8")
    done = jx("convert", ".", "-o", "in")
    assert names(desk / "in") == {"other.txt", "form.json"}
    assert done.exit_code == 0 and "未读取：./in" in done.stderr
    (desk / "in" / "other.txt").unlink()
    assert "./in" not in jx("convert", ".", "-o", "in").stderr
    assert "./new" not in jx("convert", ".", "-o", "new/").stderr


@pytest.mark.parametrize("option", ["--baseline", "--write-baseline", "--annotate", "--config"])
def test_a_path_that_is_empty_is_refused_not_left_out(desk, option):
    done = jx("check", "form.txt", option, "")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"jxmb: 选项 {option} 缺少取值。")


@pytest.mark.parametrize("number", [28, 30, 122])
def test_what_cannot_be_written_is_a_sentence_and_leaves_the_old(desk, monkeypatch, number):
    (desk / "keep.json").write_text("good")
    monkeypatch.setattr(os, "fsync", refuses(number))
    for output in ("keep.json", "out/"):
        done = jx("convert", "form.txt", "-o", output)
        assert done.exit_code == 2 and "无法写入：" in done.stderr
        assert done.stderr.splitlines()[0].startswith(f"jxmb: {output}".rstrip("/"))
    assert names(desk) == {"form.txt", "keep.json"} and (desk / "keep.json").read_text() == "good"


@pytest.mark.posix
def test_where_no_file_can_be_is_a_sentence(desk):
    (desk / "loop.json").symlink_to("loop.json")
    (desk / "read.json").write_text("good")
    (desk / "read.json").chmod(0o444)
    (desk / "nowhere.json").symlink_to("new.json")
    for output in (
        "form.txt/all.json",
        "form.txt/",
        "loop.json",
        f"{'长' * 100}.json",
        "read.json",
    ):
        done = jx("convert", "form.txt", "-o", output)
        assert done.exit_code == 2 and "无法写入：" in done.stderr, output
    assert (desk / "read.json").read_text() == "good"
    assert jx("convert", "form.txt", "-o", "nowhere.json").exit_code == 0
    assert (desk / "nowhere.json").is_symlink() and (desk / "new.json").is_file()


def test_a_name_as_long_as_may_be_is_written(desk):
    name = f"{'长' * 83}.json"
    assert jx("convert", "form.txt", "-o", name).exit_code == 0
    assert names(desk) == {"form.txt", name}


@pytest.mark.linux
def test_a_device_and_a_pipe_are_written_as_they_are(desk):
    done = shell("jxmb convert form.txt -o /dev/stdout --to json | cat")
    assert "古树养护" in done.stdout.decode() and done.stderr == b""
    assert jx("convert", "form.txt", "-o", "/dev/full", "--to", "json").exit_code == 2


@pytest.mark.linux
def test_names_in_any_bytes_are_read_and_written(desk):
    odd = [os.fsdecode(one) for one in (b"\xb1\xed", b"\xff\xfe", b"a\nb", b"\x1b[2J", b"-o", b"'")]
    for name in odd:
        (desk / f"{name}.txt").write_text(FORM, encoding="utf-8")
    done = jx("convert", ".", "-o", "out/")
    assert (done.exit_code, done.stderr) == (0, "")
    assert names(desk / "out") == {f"{name}.json" for name in [*odd, "form"]}
    assert jx("convert", "./" + odd[0] + ".txt", "-o", f"{odd[1]}.csv").exit_code == 0
    assert jx("check", ".", "--format", "json").exit_code == 1


@pytest.mark.parametrize("to", ["csv", "text"])
def test_places_that_have_no_room_are_refused(desk, to):
    done = jx("convert", "form.txt", "--with-source", "--to", to)
    assert done.exit_code == 2 and "--with-source" in done.stderr


# --- baselines


@pytest.mark.posix
def test_a_baseline_replaces_neither_a_form_nor_what_is_no_baseline(desk):
    (desk / "notes.txt").write_text("notes")
    os.link(desk / "form.txt", desk / "same.json")
    (desk / "old.json").symlink_to("form.txt")
    for name in ("form.txt", "same.json", "old.json", "notes.txt"):
        done = jx("check", "form.txt", "--write-baseline", name)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1), name
        assert name in done.stderr and ("输入文件" in done.stderr or "不是" in done.stderr)
    assert (desk / "form.txt").read_text("utf-8") == FORM and (
        desk / "notes.txt"
    ).read_text() == "notes"


@pytest.mark.posix
def test_a_baseline_is_written_whole_or_not_at_all(desk, monkeypatch):
    target = desk / "kept.json"
    target.write_text('{"version": 1, "findings": []}')
    target.chmod(0o640)
    (desk / "old.json").symlink_to("kept.json")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuses(28))
        done = jx("check", "form.txt", "--write-baseline", "old.json")
    assert done.exit_code == 2 and done.stderr == "jxmb: old.json：无法写入：磁盘已满。\n"
    assert target.read_text() == '{"version": 1, "findings": []}'
    assert jx("check", "form.txt", "--write-baseline", "old.json").exit_code == 0
    assert (desk / "old.json").is_symlink() and target.stat().st_mode & 0o777 == 0o640
    assert names(desk) == {"form.txt", "kept.json", "old.json"}
    assert "JX301" in target.read_text()
    assert jx("check", "form.txt", "--baseline", "old.json").exit_code == 0


def test_a_hostile_baseline_is_a_sentence(desk):
    (desk / "deep.json").write_text("[" * 100_000)
    done = jx("check", "form.txt", "--baseline", "deep.json")
    assert (done.exit_code, done.stderr) == (2, "jxmb: deep.json 不是 jxmb 的基线文件。\n")


# --- where reports go

REPORTS = {
    "r.json": '{\n  "version": 1,',
    "r.jsonl": '{"version": 1,',
    "r.sarif": '{\n"$schema"',
    "r.xml": "<?xml",
    "r.md": "# 绩效目标表",
    "r.HTML": "<!doctype html>",
    "r.txt": "form.txt › ",
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_goes_to_a_file_in_the_format_of_its_ending(desk, name):
    done = jx("check", "form.txt", "-o", f"out/{name}")
    assert (done.exit_code, done.output) == (1, "")
    said = (desk / "out" / name).read_text("utf-8")
    assert said.lstrip("\n").startswith(REPORTS[name]) and "JX301" in said


def test_the_format_of_a_report_is_that_which_is_said_where_the_file_can_hold_it(desk):
    for name in ("gl.json", "gl.report"):
        assert jx("check", "form.txt", "--format", "gitlab", "-o", name).output == ""
        assert json.loads((desk / name).read_text("utf-8"))[0]["check_name"] == "JX208"
    (desk / "jxmb.toml").write_text('format = "jsonl"\n')
    jx("check", "form.txt", "-o", "a.md")  # the file wins over the settings
    assert (desk / "a.md").read_text("utf-8").startswith("# ")
    jx("check", "form.txt", "-o", "a.log")  # which say what no ending does
    assert json.loads((desk / "a.log").read_text("utf-8").splitlines()[-1])["version"] == 1


def test_a_report_beside_others_takes_the_place_of_standard_output(desk):
    done = jx("check", "form.txt", "--format", "sarif=a.sarif", "-o", "b.md", "-q")
    assert done.output == "" and names(desk) == {"form.txt", "a.sarif", "b.md"}
    shown = jx("check", "form.txt", "--format", "json").stdout
    assert jx("check", "form.txt", "-o", "-", "--format", "json").stdout == shown
    assert jx("check", "form.txt", "--format", "json=-").stdout == shown
    assert jx("check", "form.txt", "-o", "new.json", "--diff").stdout.startswith("--- ")
    assert json.loads((desk / "new.json").read_text("utf-8"))["findings"]


UNWRITTEN = [
    (["-o", "r.odt"], "-o r.odt 的格式不支持"),
    (["-o", "r"], "-o r 的格式不支持"),
    (["-o", ""], "-o 缺少"),
    (["-o", "r.json", "--format", "html"], "-o r.json 与 --format html 不符"),
    (["-o", "new/"], "-o new/ 是文件夹"),
    (["-o", "there.json"], "-o there.json 是文件夹"),
    (["--format", "json=there.json"], "there.json：是文件夹"),
    (["-o", "form.txt"], "form.txt：是输入文件"),
    (["--format", "full=./form.txt"], "form.txt：是输入文件"),
    (["--format", "json=a.json", "--format", "sarif=./a.json"], "a.json：已用于本次的另一个结果"),
    (["-o", "a.json", "--format", "json=a.json"], "a.json：已用于本次的另一个结果"),
    (["-o", "a.json", "--write-baseline", "a.json"], "a.json：已用于本次的另一个结果"),
    (["-o", "form.txt/a.json"], "form.txt/a.json：上级不是文件夹"),
    (["--format", "xlsx=-"], "xlsx 格式只能写入文件"),
]


@pytest.mark.parametrize(("args", "said"), UNWRITTEN, ids=[" ".join(args) for args, _ in UNWRITTEN])
def test_a_report_that_cannot_be_written_is_one_sentence_before_anything_is_read(desk, args, said):
    (desk / "there.json").mkdir()
    done = jx("check", "form.txt", "--fix", *args)
    assert (done.exit_code, done.stdout) == (2, "") and said in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in desk.iterdir() if path.is_file()] == ["form.txt"]
    assert (desk / "form.txt").read_text("utf-8") == FORM


def test_a_report_where_nothing_may_be_written_is_one_sentence(desk, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    done = jx("check", "form.txt", "-o", "a.json")
    assert (done.exit_code, done.output) == (2, "jxmb: a.json：无法写入：没有权限。\n")


# --- shapes


def test_each_output_is_as_its_schema_says_and_carries_the_version(desk):
    jx("convert", "form.txt", "-o", "out/", "--with-source")
    jx("check", "form.txt", "--write-baseline", "old.json")
    line = json.loads(jx("convert", "form.txt", "--to", "jsonl").stdout)
    written = {
        "records": json.loads(jx("convert", "form.txt", "--with-source").stdout),
        "document": json.loads((desk / "out" / "form.json").read_text("utf-8")),
        "jsonl": line,
        "findings": json.loads(jx("check", "form.txt", "--format", "json").stdout),
        "baseline": json.loads((desk / "old.json").read_text("utf-8")),
    }
    for shape, data in written.items():
        assert data["version"] == 1
        schema = json.loads(jx("schema", shape).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(data, schema if shape == "jsonl" else strict(schema))
        del data["version"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, schema)
    form = {key: value for key, value in line.items() if key not in ("path", "encoding")}
    schema = json.loads(jx("schema", "records").stdout)
    jsonschema.validate(form, strict({"$ref": "#/$defs/form", "$defs": schema["$defs"]}))
