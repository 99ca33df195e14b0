"""The exit code is a function of the JSON report, the same in every format; the summary counts what the report lists."""

import json
import os
import tempfile
from contextlib import chdir
from pathlib import Path

import jsonschema
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shapes import schema, strict
from tests.test_cli import CLEAN, GARBLED

from jxmb.cli import main
from jxmb.report import FORMATS, PEOPLE, load

TORN = '项 目 名 称\n安\n编 号<td rowspan="7">产 出 指 标 </td>年标>\n<td>2%</td>\n</tr ">\n<td>成 本 指'
ENTRIES = {
    "clean.txt": CLEAN.encode(),
    "garbled.txt": GARBLED.encode(),
    "warned.txt": CLEAN.replace("≥200人次", "≥200").encode(),
    "letter.txt": "今天下午开会。\n".encode(),
    "torn.html": TORN.encode(),
    "nothing.txt": b"",
    "broken.docx": b"PK\x03\x04rest of a zip file",
    "noise.txt": bytes(range(256)),
    "table.json": b"{}",
    "more.zip": b"PK",
    "folder/form.md": CLEAN.encode(),
    "folder/a.jpg": b"\xff\xd8",
    "folder/notes.txt": "通知\n".encode(),
    "empty/": b"",
    "pictures/b.png": b"\x89PNG",
}
WRITTEN = [name for name in FORMATS if not load(name).BINARY]
PATHS = [*ENTRIES, "folder", "empty", "pictures", ".", "missing.txt"]
ALWAYS = {"JX001", "JX003", "JX009"}
FILES = ("skipped", "unreadable", "unwritten", "formless", "excluded")
RANKS = ("error", "warning", "info")


def desk(folder: Path) -> None:
    """One of each kind of file and folder."""
    for name, data in ENTRIES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(data)


def told(shape: dict) -> int:
    """The exit code that a report in JSON means."""
    summary = shape["summary"]
    unmet = summary["expected"] not in (None, summary["forms"])
    if unmet or shape["unwritten"] or any(one["code"] is None for one in shape["unreadable"]):
        return 2
    if shape["excluded"] and not summary["files"]:
        return 0
    if not summary["forms"]:
        return 3
    return 1 if summary["failing"] else 0


ASKED = st.fixed_dictionaries(
    {
        "--fail-on": st.sampled_from([*RANKS, "never"]),
        "--show": st.sampled_from(RANKS),
    },
    optional={
        "--expect-forms": st.integers(0, 3).map(str),
        "--select": st.sampled_from(["JX301", "JX3", "JX2,JX6"]),
        "--ignore": st.sampled_from(["JX1", "JX115", "JX0"]),
        "--exclude": st.sampled_from(["clean.txt", "*.txt", "folder", "*.zip"]),
    },
)


def ran(folder: Path, args: list[str]):
    with chdir(folder):
        return CliRunner().invoke(main, args, env={**os.environ, "LANG": "C", "JXMB_LANG": "zh"})


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(PATHS), min_size=1, max_size=5),
    ASKED,
    st.sampled_from([[], ["--force-exclude"]]),
)
def test_the_exit_code_is_a_function_of_the_report(paths, asked, flags):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk(folder)
        args = ["check", *paths, *flags, *(part for pair in asked.items() for part in pair)]
        done = ran(folder, [*args, "--format", "json"])
        shape = json.loads(done.stdout)
        jsonschema.validate(shape, strict(schema("jxmb.report", "findings.schema.json")))
        assert done.exit_code == told(shape), done.stderr
        for form in WRITTEN:
            other = ran(folder, [*args, "--format", form])
            assert other.exit_code == done.exit_code, form
            if form in PEOPLE:
                _names(other.stdout.splitlines()[-1], shape)
            elif form != "gitlab":  # which has findings and nothing else
                said = other.stdout.replace("\\", "")
                assert all(one["path"] in said for one in shape["unreadable"])
        counts_are_lists(shape, asked)
        # What is shown never hides what fails.
        whole = json.loads(ran(folder, [*args, "--format", "json", "--show", "info"]).stdout)
        counts_are_lists(whole, asked | {"--show": "info"})
        assert whole["summary"] == shape["summary"]


def _names(line: str, shape: dict) -> None:
    """The summary names what was left out, the first of each kind."""
    for kind in (*FILES[:-1], "not_checked"):
        for one in shape[kind][:5]:
            assert one["path"] in line
        if len(shape[kind]) > 5:
            assert f"等 {len(shape[kind])} 个" in line


def counts_are_lists(shape: dict, asked: dict[str, str]) -> None:
    summary, findings = shape["summary"], shape["findings"]
    for kind in (*FILES, "not_checked"):
        assert summary[kind] == len(shape[kind])
    fatal = RANKS[: RANKS.index(asked["--fail-on"]) + 1] if asked["--fail-on"] in RANKS else ()
    for severity in RANKS:
        shown = sum(one["severity"] == severity for one in findings)
        if severity in fatal or RANKS.index(severity) <= RANKS.index(asked["--show"]):
            assert summary[f"{severity}s"] == shown
    failing = sum(one["severity"] in fatal or one["code"] in ALWAYS for one in findings)
    assert summary["failing"] == failing + (summary["not_checked"] if fatal else 0)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(PATHS), min_size=1, max_size=4))
def test_convert_cannot_do_what_check_cannot(paths):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk(folder)
        check = ran(folder, ["check", *paths, "--fail-on", "never"]).exit_code
        convert = ran(folder, ["convert", *paths]).exit_code
        hard = [code if code in (2, 3) else 0 for code in (check, convert)]
        assert hard[0] == hard[1]


def test_a_form_most_of_whose_rows_were_not_read_is_no_pass(tmp_path):
    desk(tmp_path)
    for command in ("check", "convert"):
        for paths in (["torn.html"], ["clean.txt", "torn.html"]):
            done = ran(tmp_path, [command, *paths])
            assert done.exit_code == 1
            assert "未能检查：torn.html" in done.output
