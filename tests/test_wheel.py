"""What is installed: the wheel holds the pages, the policies, the schemas and the types, and works."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The content of a wheel that was built just now."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "content")
    return folder / "content"


def installed(unpacked: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A run of the unpacked package, away from the repository."""
    return subprocess.run(
        [sys.executable, *args],
        cwd=unpacked,
        env={**os.environ, "PYTHONPATH": str(unpacked), "JXMB_LANG": "zh"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_everything_of_the_package_is_inside_and_nothing_else(unpacked):
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "jxmb").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    found = {
        path.relative_to(unpacked).as_posix()
        for path in unpacked.rglob("*")
        if path.is_file() and not path.relative_to(unpacked).parts[0].endswith(".dist-info")
    }
    assert found == wanted
    assert {
        "jxmb/py.typed",
        "jxmb/rules/pages/garbled-sign.md",
        "jxmb/policies/2015.toml",
        "jxmb/policies/2021.toml",
        "jxmb/policies/tables.json",
        "jxmb/export/records.schema.json",
        "jxmb/report/findings.schema.json",
        *(f"jxmb/report/html.{kind}" for kind in ("css", "jinja", "js")),
        "jxmb/findings/baseline.schema.json",
        "jxmb/cli/rules.schema.json",
        "jxmb/lint/settings/settings.schema.json",
    } <= found


def test_the_unpacked_package_is_the_one_that_runs(unpacked):
    done = installed(unpacked, "-c", "import jxmb; print(jxmb.__file__)")
    assert Path(done.stdout.strip()).parent == unpacked / "jxmb"


def test_it_explains_checks_and_converts(unpacked):
    assert installed(unpacked, "-m", "jxmb", "explain", "JX301").stdout.startswith("# JX301")
    assert installed(unpacked, "-m", "jxmb", "schema", "findings").returncode == 0
    sample = str(ROOT / "samples" / "forms-2022.txt")
    assert "JX301" in installed(unpacked, "-m", "jxmb", "check", sample, "--isolated").stdout
    assert installed(unpacked, "-m", "jxmb", "convert", sample).returncode == 0


def test_the_metadata_names_four_dependencies(unpacked):
    (metadata,) = unpacked.glob("*.dist-info/METADATA")
    lines = metadata.read_text(encoding="utf-8").splitlines()
    needed = [
        line.split()[1]
        for line in lines
        if line.startswith("Requires-Dist") and "extra" not in line
    ]
    assert sorted(name.partition(">")[0] for name in needed) == [
        "click",
        "pydantic",
        "regex",
        "rich",
    ]
    assert "Requires-Python: >=3.11" in lines
    assert "License-Expression: MIT" in lines


OFFICE = {"xls", "pdf", "doc", "report"}
APART = {"dask", "docs"}  # for clusters, and for who writes the documentation
WORK = {"test", "bench", "dev"}  # for who works on jxmb itself
OWN = re.compile(r"jxmb\[(.+)\]")


def test_office_and_all_hold_the_extras_that_they_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def within(name: str) -> set[str]:
        inner = [
            one for line in extras[name] if (held := OWN.match(line)) for one in held[1].split(",")
        ]
        own = set() if all(map(OWN.match, extras[name])) else {name}
        return own.union(*map(within, inner))

    assert within("office") == OFFICE
    assert within("all") == extras.keys() - APART - WORK - {"office", "all"}
    assert OFFICE | {"ocr", "parquet"} | APART | WORK | {"office", "all"} == extras.keys()
    assert all(
        ">=" in line
        for name in extras.keys() - {"bench"}
        for line in extras[name]
        if not OWN.match(line)
    )
