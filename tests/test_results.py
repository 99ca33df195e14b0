"""Results of earlier runs are no input: neither read as forms, nor in the way of the same run again."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from jxmb.cli import main
from jxmb.cli.inputs.results import is_copy

FORM = (
    "项目支出绩效目标表\n（2025年）\n项目名称\t泵站改造\n主管部门\t水务局\n年度资金总额（万元）\t50\n"
    "年度目标\t改造泵站6座，惠及居民800户，提升供水能力。\n一级指标\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t改造泵站\t》6座\n\t质量指标\t验收合格率\t=100%\n"
)
REPORTS = ("html=r.html", "html=r.htm", "markdown=r.md", "xlsx=r.xlsx")
RECORDS = ("r.csv", "r.xlsx")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "form.txt").write_text(FORM, encoding="utf-8")
    return tmp_path


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*args, "--isolated"])
    return done.exit_code, done.output


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_is_replaced_by_the_same_run_and_never_judged(
    folder: Path, report: str, lang: str
) -> None:
    args = ("check", ".", "--format", report, "--format", "concise", "--lang", lang)
    (code, first), (again, second) = run(*args), run(*args)
    assert code == again == 1
    assert second.startswith(first.splitlines()[0])
    name = report.partition("=")[2]
    later = run("check", ".", "--lang", lang)[1]
    assert later.splitlines()[:-1] == first.splitlines()[:-1]
    assert name in later.splitlines()[-1]


@pytest.mark.parametrize("records", RECORDS)
def test_records_are_replaced_by_the_same_run(folder: Path, records: str) -> None:
    assert [run("convert", ".", "-o", records)[0] for _ in range(2)] == [0, 0]


def test_a_result_that_is_named_is_refused(folder: Path) -> None:
    run("check", ".", "--format", "html=r.html")
    code, said = run("check", "r.html", "--format", "concise")
    assert code == 2
    assert "r.html" in said and "JX" not in said


@pytest.mark.parametrize("name", ["form.html", "form.md", "form.csv", "form.xlsx"])
def test_a_form_under_such_a_name_is_no_result(folder: Path, name: str) -> None:
    (folder / "form.txt").rename(name)
    before = Path(name).read_bytes()
    known = {"html": "html", "md": "markdown", "csv": "concise", "xlsx": "json"}
    shape = known[name.partition(".")[2]]
    assert run("check", ".", "--format", f"{shape}={name}")[0] == 2
    assert Path(name).read_bytes() == before


def test_a_workbook_that_is_damaged_is_no_result(folder: Path) -> None:
    run("convert", "form.txt", "-o", "r.xlsx")
    data = bytearray((folder / "r.xlsx").read_bytes())
    for at in range(30, len(data) - 200, 7):
        data[at] ^= 0x55
    (folder / "r.xlsx").write_bytes(data)
    code, said = run("check", ".", "--format", "concise")
    assert code in (1, 2) and "r.xlsx" in said


SAMPLES = Path(__file__).parent.parent / "samples"
KINDS = ("docx", "xlsx")


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_with_our_comments_is_named_and_no_form_that_is_filed_twice(
    folder: Path, kind: str
) -> None:
    (folder / "form.txt").unlink()
    shutil.copy(SAMPLES / f"form-2024.{kind}", folder)
    args = ("check", ".", "--format", "concise", "--fail-on", "never")
    before = run(*args)[1]
    run(*args, "--annotate", "copies")
    copy = folder / "copies" / f"form-2024.{kind}"
    assert is_copy(copy) and not is_copy(folder / copy.name)
    code, after = run(*args)
    assert (code, after.splitlines()[:-1]) == (0, before.splitlines()[:-1])
    assert f"未读取：./copies/{copy.name}" in after.splitlines()[-1]
    assert "JX" in run("check", str(copy), "--format", "concise")[1]  # who names it wants it read


# What programs write in place of our comments when they save the copy: marks of the paragraph, of the comment.
SAVED = {
    "docx": (b"<w:p><w:r><w:t", b'<w:p w14:paraId="0A1B2C3D"><w:r><w:t'),
    "xlsx": (b'<sz val="9"/>', b'<sz val="9"/><rFont val="Tahoma"/>'),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_that_was_worked_on_is_a_form(folder: Path, kind: str) -> None:
    run("check", str(SAMPLES / f"form-2024.{kind}"), "--annotate", "copies")
    copy, mended = folder / "copies" / f"form-2024.{kind}", folder / f"mended.{kind}"
    with ZipFile(copy) as old, ZipFile(mended, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(*SAVED[kind]))
    assert is_copy(copy) and not is_copy(mended)
    with ZipFile(mended) as file:
        notes = next(name for name in file.namelist() if "comments" in name and "rels" not in name)
        assert SAVED[kind][1] in file.read(notes)


def test_a_document_that_is_damaged_is_no_copy(folder: Path) -> None:
    run("check", str(SAMPLES / "form-2024.docx"), "--annotate", "copies")
    copy = folder / "copies" / "form-2024.docx"
    copy.write_bytes(copy.read_bytes()[:-40])
    assert not is_copy(copy) and not is_copy(folder / "none.docx")
