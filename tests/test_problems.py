"""What the command line refuses is one sentence in one language, click's own refusals among them."""

import re

import click
import pytest
from click.testing import CliRunner

from jxmb.cli import COMMANDS, main
from jxmb.cli.interface.help import TERMS, cells, fold
from jxmb.cli.interface.problems import sentence

# Every kind of refusal: the words that it takes, and what is said in both languages.
REFUSED = [
    (
        ["form.txt"],
        "未知命令“form.txt”。是否要运行 jxmb check form.txt？",
        "Unknown command `form.txt`. Did you mean `jxmb check form.txt`?",
    ),
    (
        ["目标 表/"],
        "未知命令“目标 表/”。是否要运行 jxmb check '目标 表/'？",
        "Unknown command `目标 表/`. Did you mean `jxmb check '目标 表/'`?",
    ),
    (
        ["help"],
        "未知命令“help”。是否要运行 jxmb --help？",
        "Unknown command `help`. Did you mean `jxmb --help`?",
    ),
    (
        ["chek"],
        "未知命令“chek”。是否要运行 jxmb check？",
        "Unknown command `chek`. Did you mean `jxmb check`?",
    ),
    (
        ["qqq"],
        "未知命令“qqq”。用法见 jxmb --help。",
        "Unknown command `qqq`. See jxmb --help.",
    ),
    (
        ["--qqq"],
        "未知选项“--qqq”。用法见 jxmb --help。",
        "Unknown option `--qqq`. See jxmb --help.",
    ),
    (
        ["check", "--isolate", "a"],
        "未知选项“--isolate”。是否应为“--isolated”？",
        "Unknown option `--isolate`. Did you mean `--isolated`?",
    ),
    (
        ["check", "-x.txt"],
        "未知选项“-x.txt”。文件名以 - 开头的，请写成 ./-x.txt。用法见 jxmb check --help。",
        "Unknown option `-x.txt`. Write ./-x.txt for a file of that name. See jxmb check --help.",
    ),
    (
        ["check", "-f"],
        "未知选项“-f”。用法见 jxmb check --help。",
        "Unknown option `-f`. See jxmb check --help.",
    ),
    (
        ["check", "a", "--fix=yes"],
        "选项 --fix 不带取值。用法见 jxmb check --help。",
        "Option --fix takes no value. See jxmb check --help.",
    ),
    (
        ["check", "a", "--format"],
        "选项 --format 缺少取值。用法见 jxmb check --help。",
        "Option --format requires a value. See jxmb check --help.",
    ),
    (
        ["check", "--policy", "2022", "a"],
        "--policy 不支持“2022”，可选：2015、2021。",
        "--policy does not support `2022`, choose from 2015, 2021.",
    ),
    (
        ["completion", "csh"],
        "未知的 Shell“csh”，可选：bash、zsh、fish。",
        "Unknown shell `csh`, choose from bash, zsh, fish.",
    ),
    (
        ["check", "--jobs", "0", "a"],
        "--jobs 应为不小于 1 的整数，不是“0”。",
        "--jobs must be an integer of at least 1, found `0`.",
    ),
    (
        ["check", "--jobs", "two", "a"],
        "--jobs 应为不小于 1 的整数，不是“two”。",
        "--jobs must be an integer of at least 1, found `two`.",
    ),
    (
        ["convert"],
        "请写明要读取的文件或文件夹。用法见 jxmb convert --help。",
        "Say which files or folders are to be read. See jxmb convert --help.",
    ),
    (
        ["accept", ".", "--reason", "已核实"],
        "缺少选项 --select。用法见 jxmb accept --help。",
        "Missing option --select. See jxmb accept --help.",
    ),
    (
        ["explain"],
        "缺少参数 规则。用法见 jxmb explain --help。",
        "Missing argument RULE. See jxmb explain --help.",
    ),
    (
        ["explain", "JX301", "JX302"],
        "多余的参数“JX302”。用法见 jxmb explain --help。",
        "Unexpected argument `JX302`. See jxmb explain --help.",
    ),
    (
        ["explain", "garbled-sing"],
        "未知规则“garbled-sing”。是否应为“garbled-sign”？",
        "Unknown rule `garbled-sing`. Did you mean `garbled-sign`?",
    ),
]
# What click may raise; each is said by jxmb or cannot come to be.
SAID = {
    "UsageError",  # words too many
    "BadParameter",
    "MissingParameter",
    "NoSuchOption",
    "NoSuchCommand",  # never: the group asks its table first
    "BadOptionUsage",
    "BadArgumentUsage",  # never: no argument takes two values
    "NoArgsIsHelpError",  # never: no command asks for it
    "FileError",  # never: no parameter opens a file
}


def run(*args: str):
    return CliRunner().invoke(main, list(args), prog_name="jxmb", env={"COLUMNS": "80"})


@pytest.mark.parametrize(("args", "zh", "en"), REFUSED, ids=lambda one: " ".join(one)[:40])
def test_what_is_refused_is_said_in_one_language(args, zh, en):
    for lang, said in (("zh", zh), ("en", en)):
        result = CliRunner().invoke(main, args, prog_name="jxmb", env={"JXMB_LANG": lang})
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"jxmb: {said}\n"


def test_all_that_click_raises_is_known():
    raised = {
        name
        for name, one in vars(click).items()
        if isinstance(one, type) and issubclass(one, click.ClickException)
    }
    assert raised - {"ClickException"} <= SAID


def test_what_nobody_foresaw_is_not_half_translated():
    said = sentence(click.UsageError("Something new."), "zh")
    assert said == "命令格式有误。用法见 jxmb --help。"
    assert sentence(click.UsageError("Something new."), "en") == "Something new. See jxmb --help."


def test_without_a_command_the_help_is_shown():
    for args in ((), ("-h",), ("--help",)):
        result = run(*args)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("用法：jxmb [选项] 命令 [参数]...\n")


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_a_page_of_help_is_in_one_language_and_fits(command):
    args = [command, "-h"] if command else ["-h"]
    chinese, english = (run(*args, "--lang", lang).stdout for lang in ("zh", "en"))
    assert not [term for term in TERMS if re.search(rf"(?<![-\w.]){term}(?![-\w.])", chinese)]
    assert "选项：\n" in chinese
    assert "Options:\n" in english
    assert "用法" not in english
    lines = chinese.splitlines() + english.splitlines()
    assert [line for line in lines if cells(line) > 78] == []


def test_folding_loses_nothing_and_parts_no_word():
    text = "退出码：0 没有发现问题（包括提示）；1 有达到 --fail-on 的问题；2 无法完成。"
    lines = list(fold(text, 20))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cells, lines)) <= 20
    assert any("--fail-on" in line for line in lines)
    assert not [line for line in lines if line[0] in "；：）。"]
