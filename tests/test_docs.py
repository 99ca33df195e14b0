"""The documentation says what the program does."""

import html
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner

from jxmb import __version__, rules
from jxmb.cli import main
from jxmb.lint.settings.validation import validate

ROOT = Path(__file__).parent.parent
# What a command line says it writes.
WRITTEN = re.compile(r"(?<!\S)(?:(?:-o|--annotate|--write-baseline) |--format \w+=)(\S+)")
FORM = """项目支出绩效目标表
（2024年度）
项目名称\t教师培训
主管部门\t教育局\t实施单位\t进修学校
项目资金（万元）\t年度资金总额\t20
年度目标\t培训教师。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t参训学员\t≥200
满意度指标\t服务对象满意度指标\t教师满意度\t≥90%
"""


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def script(name: str):
    """A module of scripts/."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages() -> list[Path]:
    """README and the pages that are written by hand."""
    made = ROOT / "docs" / "rules"
    written = (path for path in (ROOT / "docs").rglob("*.md") if made not in path.parents)
    return [ROOT / "README.md", *sorted(written)]


def fences(language: str, path: Path = ROOT / "README.md") -> list[str]:
    text = path.read_text(encoding="utf-8")
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(fence) for fence in found]


def named(paths: list[Path], language: str) -> list[object]:
    """The pages that have fences of a language, as parameters of a test."""
    held = [path for path in paths if fences(language, path)]
    assert held
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in held]


def test_what_the_documentation_takes_from_the_program_is_current(capsys):
    assert script("docs").run(check=True) == 0, capsys.readouterr().err


def test_a_stale_page_is_noticed():
    docs = script("docs")
    path, blocks = next(iter(docs.places().items()))
    text = path.read_text(encoding="utf-8")
    assert docs.current(text.replace("`select`", "`selct`"), blocks) == text


def test_a_page_without_its_block_is_refused():
    with pytest.raises(SystemExit, match="rules"):
        script("docs").current("# Rules\n", {"rules": str})


def test_a_page_of_a_rule_that_is_gone_is_taken_away(tmp_path, monkeypatch):
    docs = script("docs")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "RULES", tmp_path)
    monkeypatch.setattr(docs, "made", lambda: [(tmp_path / "kept.md", "kept\n")])
    (tmp_path / "gone.md").write_text("gone\n", encoding="utf-8")
    assert docs.run(check=True) == 1
    assert docs.run(check=False) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kept.md"]


def test_every_rule_is_in_the_index_and_leads_to_its_page():
    index = (ROOT / "docs" / "rules" / "index.md").read_text(encoding="utf-8")
    for rule in rules.load():
        assert f"| [{rule.code}]({rule.name}.md) | {rule.title.zh} | {rule.title.en} |" in index
        page = (ROOT / "docs" / "rules" / f"{rule.name}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {rule.code} {rule.title.zh}\n"), rule.name


def test_every_page_but_those_of_rules_is_in_the_navigation():
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    listed = {ROOT / "docs" / name for name in re.findall(r": (\S+\.md)$", nav, re.MULTILINE)}
    assert listed == {*pages()[1:], ROOT / "docs" / "rules" / "index.md"}


def test_the_picture_shows_what_a_run_prints_today(monkeypatch):
    monkeypatch.chdir(ROOT)
    picture = script("picture")
    svg = picture.PICTURE.read_text(encoding="utf-8")
    drawn = html.unescape(re.sub(r"<[^>]+>", "", svg[svg.index("jxmb-matrix") :]))
    printed = re.sub(r"\x1b\[[0-9;]*m", "", picture.output())
    assert len(printed) > 500
    assert re.sub(r"\s", "", printed) in re.sub(r"\s", "", drawn)
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "").replace(
        "https://www.textualize.io", ""
    )


def test_ci_runs_the_test_command_of_the_readme():
    commands = [fence.strip() for fence in fences("sh")]
    check, tests = commands[:2]
    start = "python3 -m venv .venv && .venv/bin/pip install -q -e "
    assert check == f"{start}. && .venv/bin/jxmb check samples/forms-2022.txt --fail-on never"
    assert tests == f"{start}'.[test]' && .venv/bin/pytest -q"
    assert tests in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def jx(line: str):
    """One command line of the README, without its comment."""
    _, *args = shlex.split(line, comments=True)
    return CliRunner().invoke(main, args)


@pytest.mark.parametrize("path", named(pages(), "console"))
def test_sessions_are_what_is_printed(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    for fence in fences("console", path):
        command, _, printed = fence.removeprefix("$ ").partition("\n")
        assert jx(command).stdout == printed


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with every file that a command of the documentation names."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "samples", "samples", ignore=shutil.ignore_patterns("*.png"))
    for name in ("form.txt", "目标表.txt"):
        Path(name).write_text(FORM, encoding="utf-8")
    for name in ("form.docx", "a.docx", "目标表.docx", "b.xlsx"):
        shutil.copy(ROOT / "samples" / f"form-2024{Path(name).suffix}", name)
    for name in ("forms", "again", "dumps", "目标表", "重报", "文本"):
        Path(name).mkdir()
        shutil.copy("form.txt", name)
        shutil.copy("form.docx", name)
    Path("old.txt").write_text(FORM, encoding="utf-16-le")
    twelve = [f"twelve/{number}.txt" for number in range(12)]
    Path("twelve").mkdir()
    for number, name in enumerate(twelve):
        Path(name).write_text(FORM.replace("教师", f"{number}号"), encoding="utf-8")
    for name in ("list.txt", "清单.txt"):
        Path(name).write_text("\n".join(twelve), encoding="utf-8")


@pytest.mark.parametrize("path", named(pages(), "sh"))
def test_commands_work(path, desk):
    lines = [line for fence in fences("sh", path) for line in fence.splitlines()]
    commands = [line for line in lines if line.startswith("jxmb ")]
    done = {line: jx(line) for line in commands}
    assert commands or path.name == "install.md"  # whose lines scripts/verify-docs runs
    assert {line: one.output for line, one in done.items() if one.exit_code > 1} == {}
    for line in commands:
        for name in WRITTEN.findall(line):
            assert Path(name).exists(), line


@pytest.mark.parametrize("path", named(pages(), "toml"))
def test_settings_are_valid(path):
    for fence in fences("toml", path):
        assert validate(tomllib.loads(fence), path.name, rules.load()).fail_on == "warning"


@pytest.mark.parametrize("path", named(pages(), "python"))
def test_programs_run(path, desk):
    lines = [line for fence in fences("sh", path) for line in fence.splitlines()]
    for line in lines:
        if line.startswith("jxmb convert"):
            assert jx(line).exit_code == 0, line
    for fence in fences("python", path):
        Path("program.py").write_text(fence, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "program.py"],
            capture_output=True,
            env=os.environ
            | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "JXMB_LANG": "zh"},
            timeout=300,
            check=False,
        )
        assert done.returncode == 0 and done.stdout, done.stderr.decode()


@pytest.mark.parametrize("path", named(pages(), "yaml"))
def test_pipelines_are_yaml_and_write_what_they_promise(path, desk):
    hooks, workflow, pipeline = (yaml.safe_load(fence) for fence in fences("yaml", path))
    offered = {hook["id"] for hook in yaml.safe_load(text_of(".pre-commit-hooks.yaml"))}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= offered
    inputs = yaml.safe_load(text_of("action.yml"))["inputs"]
    _, ours, upload = workflow["jobs"]["check"]["steps"]
    assert ours["with"].keys() <= inputs.keys()
    assert upload["with"]["sarif_file"] == ours["with"]["sarif"]
    job = pipeline["jxmb"]
    (command,) = job["script"]
    assert jx(command).exit_code in (0, 1)
    reports = job["artifacts"]["reports"]
    quality = json.loads(Path(reports["codequality"]).read_text(encoding="utf-8"))
    assert quality and all(one["fingerprint"] and one["location"]["path"] for one in quality)
    assert ElementTree.parse(reports["junit"]).getroot().tag == "testsuites"


def test_links_in_the_documents_lead_somewhere():
    rule_pages = (ROOT / "docs" / "rules").glob("*.md")
    for path in (ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *pages(), *rule_pages):
        text = re.sub(
            r"^ *```.*?^ *```$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        for link in re.findall(r"\]\((?!http)([^)\s]+)\)", text):
            target, _, anchor = link.partition("#")
            there = path.parent / target if target else path
            assert there.exists(), f"{path.name}: {link}"
            assert not anchor or anchor in anchors(there), f"{path.name}: {link}"


def anchors(path: Path) -> set[str]:
    """The anchors that a forge, and the site, make of the headings of a page; and those it names."""
    text = path.read_text(encoding="utf-8")
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\s-]", "", head).strip().lower().replace(" ", "-") for head in heads}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def test_the_changelog_knows_this_version_or_the_next():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{__version__}]" in text
