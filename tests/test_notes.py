"""What a document tells of its reading reaches findings, exit codes and records."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from jxmb import documents
from jxmb.cli import main
from jxmb.documents import Kind
from jxmb.lint import engine
from jxmb.lint.engine import Checks
from jxmb.rules import load
from jxmb.rules.notes import listed
from jxmb.source import Note, Source

FORM = """项目支出绩效目标表
（2024年度）
项目名称\t社区食堂补助
年度目标\t补助6家社区食堂。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t补助食堂数量\t》 6家
"""
OTHER = "预算收支总表\n科目\t金额\n合计\t12\n"
CHECKS = Checks(rules=load(), strict=True)


def codes(source: Source, checks: Checks = CHECKS) -> list[str]:
    return [one.code for verdict in engine.check(source, checks) for one in verdict.findings]


@pytest.mark.parametrize("kind", ["formula", "revision", "ocr"])
def test_what_stands_outside_a_form_is_not_said_of_it(kind: str) -> None:
    code = {"formula": "JX007", "revision": "JX008", "ocr": "JX010"}[kind]
    inside = Source(FORM + OTHER, notes=(Note(kind, len(FORM) - 2),))
    assert code in codes(inside)
    assert code not in codes(replace(inside, notes=(Note(kind, len(FORM) + 12),)))
    before = Source(OTHER + "\n" + FORM, notes=(Note(kind, 3, 8),))
    assert code not in codes(before)


def test_revisions_are_counted_once_a_form() -> None:
    notes = (Note("revision", 30, count=2), Note("revision", 40))
    verdicts = engine.check(Source(FORM, notes=notes), CHECKS)
    (one,) = [one for verdict in verdicts for one in verdict.findings if one.code == "JX008"]
    assert "3 处" in one.message.zh and len(one.also) == 1


def test_what_recognition_may_have_misread_is_no_fault_of_the_author() -> None:
    read = Source(FORM, notes=(Note("ocr", 0, len(FORM)),))
    checks = replace(CHECKS, rules=tuple(rule for rule in CHECKS.rules if rule.code != "JX010"))
    found = [one for verdict in engine.check(read, checks) for one in verdict.findings]
    assert {one.blame for one in found if one.code.startswith("JX3")} == {"transcription"}


def test_pages_in_a_row_are_named_by_their_ends() -> None:
    notes = [Note("unread-page", 0, what=what) for what in ("3", "4", "5", "8", "封面图")]
    assert listed(notes) == ("第 3-5、8 页、“封面图”", "pages 3-5, 8, `封面图`")


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PDF of pictures with one page of text; its name says what would read them."""
    module = ModuleType("tests.pictures")

    def read(data: bytes, shown: str) -> Source:
        needs = "nobody-has" if b"needs" in data else ""
        text = FORM if b"form" in data else ""
        return Source(
            text, shown, document="pdf", notes=(Note("unread-page", 0, what="2", needs=needs),)
        )

    module.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tests.pictures", module)
    monkeypatch.setitem(
        documents.DOCUMENTS, "pdf", Kind("PDF 文件", "a PDF file", "tests.pictures")
    )
    for name in ("form", "none", "form needs"):
        (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.7 " + name.encode())
    return tmp_path


EXITS = (("form", 1), ("none", 3), ("form needs", 2))


@pytest.mark.parametrize(("name", "code"), EXITS)
def test_a_page_that_was_not_read_never_passes(scan: Path, name: str, code: int) -> None:
    options = ["--fail-on=never", "--ignore=JX0", "--select=JX216", "--format=json"]
    done = CliRunner().invoke(main, ["check", str(scan / f"{name}.pdf"), *options])
    assert done.exit_code == code
    (one,) = [one for one in json.loads(done.stdout)["findings"] if one["code"] == "JX009"]
    assert ("nobody-has" in one["remedy"]) == (code == 2)


@pytest.mark.parametrize(("name", "code"), EXITS)
def test_records_of_a_document_say_what_is_missing_in_them(
    scan: Path, name: str, code: int
) -> None:
    done = CliRunner().invoke(main, ["convert", str(scan / f"{name}.pdf"), "--lang", "zh"])
    assert done.exit_code == code and "第 2 页没有读取" in done.stderr
    assert ("社区食堂补助" in done.stdout) == name.startswith("form")


@pytest.mark.parametrize(("document", "place"), [("xlsx", "旧表"), ("docx", None)])
def test_what_a_workbook_hides_has_its_own_place(document: str, place: str | None) -> None:
    notes = (Note("hidden", len(FORM), what="旧表"),)
    verdicts = engine.check(Source(FORM, document=document, notes=notes), CHECKS)
    (one,) = [one for verdict in verdicts for one in verdict.findings if one.code == "JX006"]
    assert (one.place.inside and one.place.inside.zh) == place and "旧表" in one.message.zh
