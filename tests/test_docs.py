"""The documentation says what the program does."""

import html
import importlib.util
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from jxmb import __version__, rules
from jxmb.cli import main
from jxmb.lint.validation import validate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLEAN = (ROOT / "samples" / "forms-2022.txt").read_bytes()
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


def jx(line: str):
    """One command line of the README, without its comment."""
    _, *args = shlex.split(line, comments=True)
    return CliRunner().invoke(main, args)


def test_the_sessions_in_the_readme_are_what_is_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    for fence in fences("console"):
        command, _, printed = fence.removeprefix("$ ").partition("\n")
        assert jx(command).stdout == printed


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with every file that a command of the README names."""
    monkeypatch.chdir(tmp_path)
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


def test_the_commands_of_the_readme_work(desk):
    lines = [line for fence in fences("sh") for line in fence.splitlines()]
    commands = [line for line in lines if line.startswith("jxmb ")]
    done = {line: jx(line) for line in commands}
    assert len(done) > 25
    assert {line: one.output for line, one in done.items() if one.exit_code > 1} == {}
    assert Path("out/form.json").is_file() and Path("out/a.docx").is_file()
    assert Path("out.sarif").is_file() and Path("意见.md").is_file()


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
