"""The terminal: what it shows, what it follows, what a shell completes, and what can be asked about."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.shapes import schema, strict

from jxmb.cli import COMMANDS, main
from jxmb.cli.completion import SHELLS
from jxmb.cli.explain import FORMATS as EXPLAINED
from jxmb.cli.interface import terminal
from jxmb.export import FORMATS as RECORDS
from jxmb.lint.settings import known_keys
from jxmb.report import FORMATS as REPORTS
from jxmb.report import SUFFIXES
from jxmb.rules import load
from jxmb.visible import harmless

SAMPLES = Path(__file__).parent.parent / "samples"
FORMS = str(SAMPLES / "forms-2022.txt")


def jx(*args: str, **env: str) -> Result:
    return CliRunner().invoke(main, args, env=env)


def check(*args: str, **env: str) -> Result:
    return jx("check", FORMS, "--isolated", "--fail-on", "never", *args, **env)


def findings() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(check("--format", "json").stdout)["findings"]
    return found


# --- what is shown


def test_statistics_count_by_rule_the_most_frequent_first():
    *lines, summary = check("--statistics").stdout.splitlines()
    found = findings()
    counts = [int(line.split()[0]) for line in lines]
    assert counts == sorted(counts, reverse=True) and sum(counts) == len(found)
    by_code = {line.split()[1]: line for line in lines}
    for code, line in by_code.items():
        mine = [one for one in found if one["code"] == code]
        assert int(line.split()[0]) == len(mine) and str(mine[0]["title"]) in line
        assert ("[*]" in line) == any(one["fix"] for one in mine)
    assert summary.startswith("共检查 1 个文件、17 份表")


def test_statistics_stand_beside_the_findings_of_json():
    data = json.loads(check("--statistics", "--format", "json").stdout)
    jsonschema.validate(data, strict(schema("jxmb.report", "findings.schema.json")))
    assert sum(one["count"] for one in data["statistics"]) == len(data["findings"])
    fixable = [one for one in data["findings"] if one["fix"]]
    assert sum(sum(one["fixable"].values()) for one in data["statistics"]) == len(fixable)


@pytest.mark.parametrize("way", [(), ("--statistics",), ("--format", "full"), ("--summary",)])
def test_quiet_leaves_the_closing_line_out(way):
    loud, quiet = check(*way).stdout, check(*way, "-q").stdout
    assert loud.startswith(quiet) and quiet
    assert loud.removeprefix(quiet).startswith("共检查") and "共检查" not in quiet


def test_verbose_says_which_settings_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = Path(FORMS).read_text(encoding="utf-8")
    for name in ("a.txt", "b/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "b" / "jxmb.toml").write_text('select = ["JX3"]\n', encoding="utf-8")
    said = jx("check", "a.txt", "b", "-v", "--lang", "en", "--fail-on", "never").stderr
    assert "a.txt: Reading, without a settings file" in said
    settings = str(Path("b", "jxmb.toml"))
    assert "c.txt: Reading, under the settings of" in said and settings in said


# --- colours and links


@pytest.mark.parametrize(
    ("environ", "colored"),
    [
        ({}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_on_a_terminal(environ, colored):
    assert terminal.colored("auto", True, environ) is colored
    assert terminal.colored("always", False, environ) is True
    assert terminal.colored("never", True, environ) is False
    assert terminal.colored("auto", False, environ) is (
        "FORCE_COLOR" in environ and "NO_COLOR" not in environ
    )


@pytest.mark.parametrize(
    ("environ", "linked"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"WT_SESSION": "x"}, True),
        ({"WT_SESSION": "x", "TERM": "dumb"}, False),
        ({"WT_SESSION": "x", "CI": "true"}, False),
        ({"VTE_VERSION": "4999"}, False),
        ({"VTE_VERSION": "7600"}, True),
        ({"VTE_VERSION": "9" * 5000}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "x"}, False),
    ],
)
def test_links_where_the_terminal_follows_them(environ, linked):
    assert terminal.linked(True, environ) is linked
    assert terminal.linked(False, environ) is ("1" in environ.get("FORCE_HYPERLINK", ""))


@pytest.mark.parametrize("format", ["full", "concise"])
def test_codes_lead_to_the_pages_of_their_rules(format):
    plain = check("--format", format, "--color", "always").stdout
    shown = check("--format", format, "--color", "always", FORCE_HYPERLINK="1").stdout
    assert "\x1b]8;" not in plain and "\x1b]8;" in shown
    for target in {part.partition("\x1b")[0] for part in shown.split("file://")[1:]}:
        assert Path(target).is_file() and Path(target).parent.name == "pages"


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]8;;http://a.b/\x1b\\x\x1b]8;;\x1b\\",
        "\x1b]8;;file:///etc/passwd\x1b\\",
        "\x1b]8;;file:///a/jxmb/rules/pages/../../../b.md\x1b\\",
        "\x1b]0;title\x07",
        "\x1b]52;c;aGk=\x1b\\",
    ],
)
def test_no_other_link_and_no_other_command_comes_to_a_terminal(text):
    assert "\x1b]8;;f" not in harmless(text, True) and "\x1b]8;;h" not in harmless(text, True)
    assert "\x1b]0" not in harmless(text, True) and "\x1b]52" not in harmless(text, True)


# --- completion


def completed(typed: str, shell: str = "bash") -> list[str]:
    words = typed.split(" ")
    env = {
        "_JXMB_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
    }
    return CliRunner().invoke(main, [], prog_name="jxmb", env=env).stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_calls_the_program(shell):
    done = jx("completion", shell)
    assert done.exit_code == 0
    assert f"_JXMB_COMPLETE={shell}_complete" in done.stdout.replace('"', "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("jxmb ex", "plain,explain"),
        ("jxmb check --stat", "plain,--statistics"),
        ("jxmb check --format gith", "plain,github"),
        ("jxmb check a", "file,a"),
        ("jxmb check --annotate o", "dir,o"),
        ("jxmb convert --to par", "plain,parquet"),
        ("jxmb completion f", "plain,fish"),
    ],
)
def test_commands_options_values_and_paths_are_completed(typed, offered):
    assert completed(typed) == [offered]


def test_what_is_completed_says_what_it_does():
    shown = completed("jxmb ", "zsh")
    assert shown[: 3 * len(COMMANDS)][1::3] == list(COMMANDS)
    assert "检查绩效目标表，指出问题" in shown


# --- finding out


@pytest.mark.parametrize(
    ("args", "holds"),
    [
        (("--family", "JX3"), lambda rule: rule.code.startswith("JX3")),
        (
            ("--family", "JX1", "--family", "JX9"),
            lambda rule: rule.code[:3] in ("JX1", "JX9"),
        ),
        (("--severity", "error"), lambda rule: rule.severity == "error"),
        (("--aspect", "feasibility"), lambda rule: rule.aspect == "K"),
        (("--fixable",), lambda rule: rule.fix is not None),
        (
            ("--fixable", "--severity", "info", "--family", "JX3"),
            lambda rule: rule.fix and rule.severity == "info" and rule.code.startswith("JX3"),
        ),
    ],
)
def test_rules_are_filtered(args, holds):
    wanted = [rule.code for rule in load() if holds(rule)]
    assert 0 < len(wanted) < len(load())
    listed = json.loads(jx("rules", *args, "--format", "json").stdout)["rules"]
    assert [one["code"] for one in listed] == wanted
    table = jx("rules", *args).stdout
    assert [line[:5] for line in table.splitlines() if line[:2] == "JX" and line[3:5] != " "][:1]
    assert all(code in table for code in wanted)


def test_no_rule_is_said():
    done = jx("rules", "--family", "JX9", "--fixable", "--lang", "en")
    assert (done.exit_code, done.stdout) == (0, "No rule meets these conditions\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_and_setting_is_explained(lang):
    assert EXPLAINED.keys() == REPORTS.keys() | RECORDS.keys()
    for name in (*EXPLAINED, *known_keys()):
        done = jx("explain", name, "--lang", lang)
        assert done.exit_code == 0 and done.stdout.startswith(f"# {name} · "), name
        assert "  " not in done.stdout.replace("\n    ", "\n")


def test_the_uses_of_formats_are_commands_that_exist():
    for name, (use, _) in EXPLAINED.items():
        for one in use.split("; "):
            program, command, *rest = one.split()
            assert program == "jxmb" and command in COMMANDS
            known = REPORTS if command == "check" else RECORDS
            assert name in known or name == "text"
            endings = [ending for ending, first in SUFFIXES.items() if first[0] == name]
            assert any(said in " ".join(rest) for said in (name, *endings)) or name == "csv"


def test_a_setting_may_be_asked_for_as_the_command_line_writes_it():
    assert jx("explain", "fail_on").stdout == jx("explain", "fail-on").stdout
    assert '`"error"`' in jx("explain", "fail-on").stdout
