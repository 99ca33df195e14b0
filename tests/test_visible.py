"""Text made harmless: what it does to hostile text, and that every output passes through it."""

import ast
import json
import os
import sys
from pathlib import Path
from unicodedata import category

import pytest
from click.testing import CliRunner

import jxmb.cli
from jxmb.cli import main
from jxmb.cli.interface import terminal
from jxmb.visible import UNENCODED, cell, escaped, harmless, markup, visible

PACKAGE = Path(jxmb.cli.__file__).parent.parent
COMMANDS = ("::error file=a.py::x", "##vso[task.complete]x", "##[error]x", "##teamcity[x]")
HOSTILE = "\x1b]0;x\x07\x1b[31m\x9b2J\u202e\u2028甲\n  ::error file=a.py::x ##vso[task.complete] ##[error] ##teamcity[x]"
FORM = """\
项目支出绩效目标表
（2022年度）
项目名称\t\t\x1b]0;x\x07甲\u202e乙\x9b2J##vso[task.complete]x\t\t
主管部门\t\t##[error]局\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t::error file=a.py,line=1::x\t》 12次
\t\t\t::error file=a.py,line=1::x\t》 12次
\t\t\t##teamcity[x]\t》 12次
\t=1+1\t+cmd\t@x\t=HYPERLINK("http://x")
\t::error::x\t##vso[task.complete]x\t[red]x[/red]\t》 9次
"""
# What turns the reading direction round; of the other marks without a width some belong to words.
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def offences(text):
    """Controls in an output, and the lines that a CI service would obey."""
    text = text.replace("\r\n", "\n")
    signs = [
        one
        for one in text
        if one not in "\n\t" and (one in BIDI or category(one) in ("Cc", "Cs", "Zl", "Zp"))
    ]
    lines = [
        line for line in text.split("\n") if line.strip("\ufeff\u200b").strip().startswith("::")
    ]
    words = [word for word in ("##vso[", "##[", "##teamcity[") if word in text.lower()]
    return signs + lines + words


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("before", ["", " ", "\t", "\u3000 ", "甲\r\n\t", "\ufeff", "\x1b[1m"])
def test_a_workflow_command_is_broken_visibly(command, before):
    said = harmless(before + command, colors=True)
    assert offences(said.replace("\x1b[1m", "")) == []
    assert said.replace(" ", "") == (before + command).replace(" ", "")


def test_words_that_are_no_command_stay():
    for text in ("甲::乙", "# 甲", "## [甲]", "a: :b", "C++::std", "\x1b[31m甲\x1b[0m"):
        assert harmless(text, colors=True) == text


def test_a_feed_is_a_blank_to_who_obeys():
    assert harmless("甲\n\v\f::error") == "甲\n\v\f: :error"


def test_colours_are_for_who_asks():
    assert harmless("\x1b[31m甲\r\x1b[2K") == "␛[31m甲␍␛[2K"


def test_a_value_stays_on_its_line():
    assert visible("a\x1b\x7f\u202e\r\nb") == "a␛␡<U+202E>␍␊b"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (os.fsdecode("模板表格.txt".encode("gbk")), "模板表格.txt"),
        ("目录/" + os.fsdecode("表.txt".encode("gbk")), "目录/表.txt"),
        ("读不了：" + os.fsdecode("表 1.txt".encode("gbk")), "读不了：表 1.txt"),
        ("a\udcff.txt", "a<U+DCFF>.txt"),
    ],
)
def test_names_in_gbk_are_shown_as_gbk(name, shown):
    assert visible(name) == shown


def test_json_says_the_same():
    for text in (HOSTILE, "\ud800", *COMMANDS):
        said = escaped(json.dumps(text, ensure_ascii=False))
        assert json.loads(said) == text
        assert offences(said) == []


def test_an_encoding_without_a_character():
    assert "›≥\U00020000".encode("gbk", UNENCODED) == b">\xa1\xdd\\ud840\\udc00"
    assert "\ud800".encode("utf-8", UNENCODED) == b"\\ud800"


def test_markup_is_text():
    assert markup('<a b="c">&\x1b\ud800') == "&lt;a b=&quot;c&quot;&gt;&amp;␛&lt;U+D800&gt;"


@pytest.mark.parametrize(("text", "written"), [("=1+1", "'=1+1"), ("＋甲", "'＋甲"), ("-5", "-5")])
def test_a_cell_is_no_formula(text, written):
    assert cell(text) == written


# --- every command and format


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a hostile form of a hostile name, and hostile settings."""
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text(FORM, encoding="utf-8")
    Path("nl.toml").write_text('select = ["x\\n::error::y \\u202e##[z"]\n', encoding="utf-8")
    Path("key.toml").write_text('"a\\n::error::\\u001b[31m" = 1\n', encoding="utf-8")
    return tmp_path


NAME = "::error ##[x\u202e\x1b[31m\n::y.txt"
if sys.platform == "win32":  # where no name holds a colon or a control character
    NAME = "##[x\u202ey.txt"
CALLS = [
    *(
        [
            ["check", "--show", "info", "--format", name, NAME]
            for name in ("full", "concise", "json")
        ]
    ),
    ["check", "--show", "info", "--format", "full", "."],
    ["check", "--diff", NAME],
    ["check", "--summary", NAME],
    ["check", "--annotate", "copies", NAME],
    ["check", "--exclude", "\x1b[31m\n::x", NAME],
    ["check", "--per-file-ignores", "\x1b[31m\n::x", NAME],
    ["check", "--stdin-filename", "\x1b[31m\n::x##[y", "-"],
    ["check", "--encoding", "\x1b[31m\n::x##[y", NAME],
    ["check", "--fix", "--unsafe-fixes", "--format", "json", NAME],
    ["check", "--config", "nl.toml", NAME],
    ["check", "--config", "key.toml", NAME],
    ["check", "--select", "x\n::error::y\u202e", NAME],
    ["check", "--write-baseline", "no/\x1b[31m\n::x", NAME],
    ["check", "--baseline", "no\x1b[31m\n::x", NAME],
    ["check", "no\x1b[31m\n::x"],
    ["check", "--\x1b[31m\n::x"],
    ["check", "--format", "\x1b[31m\n::x", NAME],
    ["settings", "\x1b[31m\n::x"],
    *([["convert", "--to", name, NAME] for name in ("json", "jsonl", "csv", "text")]),
    ["convert", "-v", "--with-source", NAME],
    ["convert", "-o", NAME, NAME],
    ["explain", "no\x1b[31m\n::x##[y"],
    ["schema", "no\x1b[31m\n::x##[y"],
    ["no\x1b[31m\n::x##[y"],
    ["rules"],
    ["explain", "JX301"],
]


@pytest.mark.parametrize(
    "call", CALLS, ids=lambda call: " ".join(call[:-1]).encode("unicode_escape").decode()
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_speaks_through_an_output(desk, call, lang):
    done = CliRunner().invoke(main, [call[0], "--lang", lang, *call[1:]])
    assert done.output
    assert offences(done.stdout) == []
    assert offences(done.stderr) == []


@pytest.mark.linux
@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_a_file_named_in_gbk_is_called_by_its_name(desk, form):
    folder = desk / "目录"
    folder.mkdir()
    (folder / os.fsdecode("表格.txt".encode("gbk"))).write_text(FORM, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--format", form, "目录"])
    assert f"目录{os.sep}表格.txt" in done.output or form == "json"
    assert offences(done.output) == []


def test_only_what_guards_them_names_the_streams():
    """Whoever writes to standard output or standard error meets `Harmless` there; a Console of rich asks for them."""
    named = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Call) else ""
            if said.startswith(("sys.__std", "os.write(")) or said.endswith(
                (".stream.buffer", "stdout.buffer")
            ):
                named.add(path.relative_to(PACKAGE).as_posix())
    assert named == set()


@pytest.mark.parametrize(
    ("environ", "tty", "encoding"),
    [
        ({}, False, "utf-8"),
        ({}, True, None),
        ({"PYTHONIOENCODING": "gbk"}, False, None),
        ({"PYTHONIOENCODING": ":replace"}, False, "utf-8"),
    ],
)
def test_the_encoding_of_an_output(environ, tty, encoding):
    class Stream:
        def isatty(self):
            return tty

    assert terminal.encoding(Stream(), environ) == encoding


def test_on_windows_it_is_that_of_the_console(monkeypatch):
    monkeypatch.setattr(terminal, "console", lambda: "cp936")

    class Pipe:
        def isatty(self):
            return False

    assert terminal.encoding(Pipe(), {}) == "cp936"
