"""A mended file takes the place of the old one at once, and only where nothing else can be lost."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from jxmb import api
from jxmb.cli import main
from jxmb.cli.inputs.paths import trouble
from jxmb.findings import Safety
from jxmb.lint import fix
from jxmb.lint.settings import Settings
from jxmb.lint.write import Unwritable, whole, write

FORM = """项目支出绩效目标表
项目名称\t档案扫描
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t扫描档案\t》 8000卷
"""
SIGNS = Settings(select=("JX301",))
FIXED = FORM.replace("》", "≥")


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.txt"
    path.write_text(FORM, encoding="utf-8")
    return path


@pytest.mark.posix
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_keeps_its_encoding_line_ends_and_mode(
    tmp_path: Path, ends: str, encoding: str
) -> None:
    path = tmp_path / "form.txt"
    old = FORM.replace("\n", ends)
    path.write_bytes(old.encode(encoding))
    path.chmod(0o640)
    write(path, path.read_bytes(), api.fix(path, SIGNS).data)
    assert path.read_bytes() == old.replace("》", "≥").encode(encoding)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["form.txt"]


@pytest.mark.posix
def test_a_link_stays_a_link(form: Path) -> None:
    link = form.with_name("link.txt")
    link.symlink_to(form)
    write(link, FORM.encode(), b"new")
    assert link.is_symlink() and form.read_bytes() == b"new"


def test_a_file_that_lost_bytes_is_not_fixed(form: Path) -> None:
    data = FORM.encode() + b"\xff\n"
    form.write_bytes(data)
    assert api.fix(form).data == data


def test_a_failed_write_leaves_the_old_file(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unwritable, match="无法写入：磁盘已满"):
        write(form, FORM.encode(), b"new")
    done = CliRunner().invoke(main, ["check", str(form), "--fix", "--select=JX301", "--lang=zh"])
    assert (done.exit_code, done.stderr) == (2, f"jxmb: {form}：无法写入：磁盘已满。\n")
    assert form.read_text(encoding="utf-8") == FORM
    assert len(list(form.parent.iterdir())) == 1


def test_what_another_saves_while_the_new_file_is_written_stays(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: form.write_bytes(b"saved by another"))
    with pytest.raises(Unwritable, match="再运行一次"):
        write(form, FORM.encode(), b"new")
    assert form.read_bytes() == b"saved by another"
    assert len(list(form.parent.iterdir())) == 1


def read_only(form: Path) -> None:
    form.chmod(0o444)


def changed(form: Path) -> None:
    form.write_text(FORM + "\n", encoding="utf-8")


def shared(form: Path) -> None:
    os.link(form, form.with_name("other"))


def locked(form: Path) -> None:
    form.with_name(f"~${form.name}").write_bytes(b"")


def locked_by_word(form: Path) -> None:
    form.with_name(f"~${form.name[2:]}").write_bytes(b"")


def locked_by_wps(form: Path) -> None:
    form.with_name(f".~{form.name}").write_bytes(b"")


HINDRANCES = (
    (read_only, "只读"),
    (changed, "再运行一次"),
    (shared, "硬链接"),
    (locked, "请先关闭文件"),
    (locked_by_word, "请先关闭文件"),
    (locked_by_wps, "请先关闭文件"),
)


@pytest.mark.parametrize(("hinder", "said"), HINDRANCES)
def test_where_something_could_be_lost_nothing_is_written(form: Path, hinder, said: str) -> None:
    hinder(form)
    before = form.read_bytes()
    with pytest.raises(Unwritable) as caught:
        write(form, FORM.encode(), b"new")
    assert said in caught.value.zh and "没有修改" in caught.value.zh
    assert form.read_bytes() == before and not list(form.parent.glob("*.txt.*"))


@pytest.mark.posix
def test_a_link_out_of_the_folder_that_was_named_is_not_followed(form: Path) -> None:
    folder = form.parent / "folder"
    folder.mkdir()
    (folder / "link.txt").symlink_to(form)
    with pytest.raises(Unwritable, match="链接"):
        write(folder / "link.txt", FORM.encode(), b"new", folder)
    assert form.read_text(encoding="utf-8") == FORM
    write(folder / "link.txt", FORM.encode(), b"new", form.parent)
    assert form.read_bytes() == b"new"


def test_an_open_file_on_windows_is_said(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Unwritable, match="权限"):
        write(form, FORM.encode(), b"new")
    monkeypatch.setattr("jxmb.findings.system.WINDOWS", True)
    with pytest.raises(Unwritable, match="请先关闭文件"):
        write(form, FORM.encode(), b"new")
    assert len(list(form.parent.iterdir())) == 1


def test_the_old_file_is_kept_and_takes_nobodys_place(form: Path) -> None:
    theirs = form.with_name("form.txt.bak")
    theirs.write_bytes(b"theirs")
    write(form, FORM.encode(), b"new", copy=True)
    write(form, b"new", b"newer", copy=True)
    assert theirs.read_bytes() == b"theirs"
    assert form.with_name("form.txt.2.bak").read_text(encoding="utf-8") == FORM
    assert form.with_name("form.txt.3.bak").read_bytes() == b"new"
    write(form, b"newer", b"new", copy=True)
    write(form, b"new", b"newest", copy=True)  # which is kept already
    assert len(list(form.parent.glob("*.bak"))) == 4


def test_guesses_keep_the_old_file(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CliRunner().invoke(main, ["check", str(form), "--fix", "--select=JX301"])
    assert not list(form.parent.glob("*.bak"))
    form.write_text(FORM, encoding="utf-8")
    whole = fix.fixed

    def guess(*args: object, **named: object) -> fix.Fixed:
        done = whole(*args, **named)  # type: ignore[arg-type]
        from dataclasses import replace

        applied = tuple(replace(one, safety=Safety.UNSAFE) for one in done.applied)
        return replace(done, applied=applied)

    monkeypatch.setattr(fix, "fixed", guess)
    CliRunner().invoke(main, ["check", str(form), "--fix", "--select=JX301"])
    assert form.with_name("form.txt.bak").read_text(encoding="utf-8") == FORM


def test_the_others_go_on_and_the_exit_code_says_so(form: Path) -> None:
    other = form.with_name("other.txt")
    other.write_text(FORM, encoding="utf-8")
    form.chmod(0o444)
    call = ["check", str(form.parent), "--fix", "--select=JX301", "--lang=zh"]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 2 and done.stderr.startswith(f"jxmb: {form}：文件是只读的")
    assert other.read_text(encoding="utf-8") == FIXED
    assert form.read_text(encoding="utf-8") == FORM and "》" in done.stdout


@pytest.mark.posix
def test_a_folder_does_not_fix_what_its_links_lead_to(form: Path) -> None:
    folder = form.parent / "folder"
    folder.mkdir()
    (folder / "link.txt").symlink_to(form)
    done = CliRunner().invoke(main, ["check", str(folder), "--fix", "--select=JX301"])
    assert done.exit_code == 2 and form.read_text(encoding="utf-8") == FORM
    done = CliRunner().invoke(main, ["check", str(folder / "link.txt"), "--fix", "--select=JX301"])
    assert done.exit_code == 0 and form.read_text(encoding="utf-8") == FIXED


@pytest.mark.posix
def test_a_result_keeps_its_link_and_mode_and_takes_nobodys_place(tmp_path: Path) -> None:
    form = tmp_path / "form.txt"
    form.write_text(FORM, encoding="utf-8")
    target, link = tmp_path / "real.json", tmp_path / "all.json"
    target.write_text("{}")
    target.chmod(0o640)
    link.symlink_to(target)
    (tmp_path / ".all.json.part").symlink_to(form)
    done = CliRunner().invoke(main, ["convert", str(form), "-o", str(link)])
    assert done.exit_code == 0 and link.is_symlink() and "档案扫描" in target.read_text("utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert form.read_text(encoding="utf-8") == FORM


@pytest.mark.posix
def test_what_is_no_file_is_not_replaced(form: Path) -> None:
    done = CliRunner().invoke(main, ["convert", str(form), "--to", "json", "-o", "/dev/null"])
    assert not Path("/dev/null").is_file() and done.exit_code in (0, 2)


def test_of_two_runs_into_one_file_the_last_whole_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    with whole(path) as first:
        first.write(b"first, ")
        with whole(path) as second:
            second.write(b"second")
        assert path.read_bytes() == b"second"
        first.write(b"to its end")
    assert path.read_bytes() == b"first, to its end"
    with pytest.raises(ValueError, match="broken"), whole(path) as third:
        third.write(b"half")
        raise ValueError("broken")
    assert path.read_bytes() == b"first, to its end" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.posix
@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_has_the_mode_that_any_other_gets(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with whole(tmp_path / "all.json") as file:
            file.write(b"{}")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "all.json").stat().st_mode) == 0o666 & ~mask


def test_a_copy_with_comments_touches_nothing(tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "samples" / "form-2024.docx"
    form, out = tmp_path / "form.docx", tmp_path / "out"
    form.write_bytes(sample.read_bytes())
    CliRunner().invoke(main, ["check", str(form), "--select=JX301", "--annotate", str(out)])
    assert form.read_bytes() == sample.read_bytes()
    copy = out / "form.docx"
    assert copy.read_bytes() != sample.read_bytes()
    assert [one.indicators for one in api.parse(copy).projects] == [
        one.indicators for one in api.parse(sample).projects
    ]


@pytest.mark.parametrize("way", ["stdin", "diff", "api"])
def test_every_way_of_fixing_leaves_out_what_changes_elsewhere(form: Path, way: str) -> None:
    """Without its blank the value would be another; whichever way is asked for, it stays."""
    text = (
        "项目支出绩效目标表\n\n≤ 3 0天 完成时限 效益指标 社会效益指标\n质量指标 一次抽检合格率 < 2 万本\n"
        "产出指标 时效指标 小 时 1 000人次\n"
    )
    form.write_text(text, encoding="utf-8")
    if way == "api":
        assert api.fix(text).text == api.fix(form).text == text
    elif way == "diff":
        assert CliRunner().invoke(main, ["check", str(form), "--diff"]).stdout == ""
    else:
        done = CliRunner().invoke(main, ["check", "-", "--fix"], input=text)
        assert done.stdout == text


def test_what_another_program_holds_on_windows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    held = PermissionError(13, "The process cannot access the file")
    held.winerror = 32  # type: ignore[attr-defined]
    assert "请先关闭文件" in trouble("表.docx", held).words.zh
    assert "请先关闭文件" not in trouble("表.docx", PermissionError(13, "denied")).words.zh
    gone = FileNotFoundError(2, "not found", "长" * 300)
    assert "260" not in trouble("表.docx", gone).words.zh
    monkeypatch.setattr("jxmb.findings.system.WINDOWS", True)
    assert "260" in trouble("表.docx", gone).words.zh


def test_a_result_that_is_open_on_windows_is_said(
    form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Access is denied")

    out = tmp_path / "all.json"
    out.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr("jxmb.findings.system.WINDOWS", True)
    done = CliRunner().invoke(main, ["convert", str(form), "-o", str(out), "--lang=zh"])
    assert done.exit_code == 2 and "请先关闭文件" in done.stderr and out.read_bytes() == b"old"
