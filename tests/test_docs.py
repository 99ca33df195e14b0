"""The documentation says what the program does."""

import html
import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from jxmb import __version__, rules
from jxmb.lint.validation import validate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLEAN = (ROOT / "samples" / "forms-2022.txt").read_bytes()


def script(name: str):
    """A module of scripts/."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fences(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_generated_blocks_of_the_readme_are_current(capsys):
    assert script("docs").run(check=True) == 0, capsys.readouterr().err


def test_a_stale_readme_is_noticed():
    docs = script("docs")
    assert docs.current(README.replace("garbled-sign", "garbled")) == README


def test_a_readme_without_a_block_is_refused():
    with pytest.raises(SystemExit, match="rules"):
        script("docs").current(README.replace("<!-- rules -->", ""))


def test_every_rule_is_in_the_readme_and_leads_to_its_page():
    for rule in rules.load():
        page = f"src/jxmb/rules/pages/{rule.name}.md"
        assert f"| [{rule.code}]({page}) | {rule.name} |" in README
        assert (ROOT / page).is_file(), page


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


def test_the_settings_in_the_readme_are_valid():
    for fence in fences("toml"):
        settings = validate(tomllib.loads(fence), "README.md", rules.load())
        assert settings.accept[0].reason


def test_the_program_in_the_readme_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("form.txt").write_bytes(CLEAN)
    for fence in fences("python"):
        exec(compile(fence, "README.md", "exec"), {})
    assert "JX301 Use `≥`" in capsys.readouterr().out


def test_links_in_the_documents_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http|#)([^)]+)\)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_the_changelog_knows_this_version_or_the_next():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{__version__}]" in text
