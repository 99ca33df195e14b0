"""Whatever is written for programs is as its published schema says, and nothing more: samples, made forms, hostile texts."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from tests import hostile
from tests.forms.layouts import LAYOUTS
from tests.forms.records import clean
from tests.shapes import strict

from jxmb.cli import main
from jxmb.cli.schema import PROMISE, SCHEMAS

SAMPLES = Path(__file__).parent.parent / "samples"
TIMES = 12  # how often a hostile text repeats what hurts
LAYOUTS_TRIED = 12
CHECK = ("check", ".", "--show", "info", "--fail-on", "never")
CONVERT = ("convert", ".")
# Schema and command; what is written is one document, or with "lines" one a line.
WRITTEN = {
    "findings": [
        (*CHECK, "--format", "json"),
        (*CHECK, "--format", "json", "--summary", "--statistics", "--baseline", "old.json"),
        (*CHECK, "--format", "json", "--fix", "--unsafe-fixes"),
    ],
    "findings-jsonl": [
        (*CHECK, "--format", "jsonl"),
        (*CHECK, "--format", "jsonl", "--summary", "--statistics", "--baseline", "old.json"),
        (*CHECK, "--format", "jsonl", "--fix", "--unsafe-fixes"),
    ],
    "records": [CONVERT, (*CONVERT, "--with-source")],
    "jsonl": [(*CONVERT, "--to", "jsonl"), (*CONVERT, "--to", "jsonl", "--with-source")],
    "document": [(*CONVERT, "-o", "out/"), (*CONVERT, "-o", "out/", "--with-source")],
    "rules": [("rules", "--format", "json"), ("rules", "--format", "json", "--fixable")],
    "baseline": [("check", ".", "--fail-on", "never", "--write-baseline", "new.json")],
    "settings": [("settings",), ("settings", "--config", "some.toml")],
}
CASES = [(shape, args) for shape, every in WRITTEN.items() for args in every]
OPTIONAL = {  # what is there only where it is asked for
    "--statistics": "statistics",
    "--summary": "review",
    "--baseline": "baseline",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all kinds of forms, and of what is none."""
    folder = tmp_path_factory.mktemp("forms")
    for sample in SAMPLES.iterdir():
        shutil.copy(sample, folder / f"sample-{sample.name}")
    (folder / "sample-forms-2022.txt").write_bytes(  # of many forms the first
        (SAMPLES / "forms-2022.txt").read_bytes()[:9000].decode("utf-8", "ignore").encode()
    )
    records = clean()
    for number, (name, layout) in enumerate([*LAYOUTS.items()][:LAYOUTS_TRIED]):
        text = layout((records[number % len(records)],)).text
        (folder / f"made-{name.replace('/', '-')}.txt").write_text(text, encoding="utf-8")
    for number, made in enumerate((*hostile.FORMS.values(), *hostile.ROWS.values())):
        (folder / f"hostile-{number}.txt").write_text(made(TIMES), encoding="utf-8")
    (folder / "odd\x1b,name.txt").write_bytes(b"\x80\xff\x00\xfe" * 9)
    (folder / "letter.odt").write_bytes(b"PK")
    (folder / "some.toml").write_text(
        'select = ["JX"]\nformat = "json"\npolicy = 2021\n[limits]\nleast-satisfaction = 90\n'
        '[[accept]]\ncode = "JX301"\nproject = "甲项目"\nreason = "已核实"\n'
    )
    return folder


@pytest.fixture
def desk(forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder to work in, with a baseline of other times."""
    shutil.copytree(forms, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    old = {"code": "JX301", "project": "甲项目", "where": ["年度目标"], "count": 2}
    (tmp_path / "desk" / "old.json").write_text(
        json.dumps({"version": 1, "findings": [{**old, "fingerprint": "0" * 16}]})
    )
    return tmp_path / "desk"


def jx(*args: str) -> str:
    done = CliRunner().invoke(main, args, env={"JXMB_LANG": "zh"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.stdout


def published(shape: str) -> dict[str, Any]:
    """A schema as it is printed."""
    schema: dict[str, Any] = json.loads(jx("schema", shape))
    return schema


def written(shape: str, args: tuple[str, ...], desk: Path) -> Iterator[Any]:
    """All that a command writes, as plain data."""
    said = jx(*args)
    match shape:
        case "document":
            yield from (json.loads(path.read_text("utf-8")) for path in desk.glob("out/**/*.json"))
        case "baseline":
            yield json.loads((desk / "new.json").read_text("utf-8"))
        case "settings":  # of those in force the ones that have a value
            yield tomllib.loads("".join(f"{one}\n" for one in said.split("\n") if "= (" not in one))
        case "jsonl" | "findings-jsonl":
            yield from map(json.loads, said.splitlines())
        case _:
            yield json.loads(said)


@pytest.mark.parametrize(("shape", "args"), CASES, ids=[" ".join(args) for _, args in CASES])
def test_what_is_written_is_as_its_schema_says(
    desk: Path, shape: str, args: tuple[str, ...]
) -> None:
    schema = published(shape)
    every = list(written(shape, args, desk))
    judge = jsonschema.Draft202012Validator(schema if shape == "jsonl" else strict(schema))
    for one in every:
        judge.validate(one)
    last = every[-1]
    assert all(key in last for option, key in OPTIONAL.items() if option in args)
    assert "--fix" not in args or (last["applied"] and last["refused"] is not None)
    if shape.startswith("findings"):
        assert all(last[key] for key in ("unreadable", "formless", "skipped"))


@pytest.mark.parametrize("shape", SCHEMAS)
def test_a_schema_is_one_has_a_version_and_says_what_stays(shape: str) -> None:
    schema = published(shape)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"].startswith("jxmb ") and schema["title"].endswith(", version 1")
    assert schema["description"].endswith(PROMISE)
    assert shape == "settings" or "version" in schema["required"]


def test_every_schema_is_tried() -> None:
    assert set(WRITTEN) == set(SCHEMAS)
