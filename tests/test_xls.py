"""Old Excel workbooks: what Excel shows is read, with the places where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from jxmb import documents, parse
from jxmb.documents import Unread
from jxmb.documents.limits import Limits
from jxmb.source import Source

FORM = (Path(__file__).parent / "data" / "documents" / "form.xls").read_bytes()
SHEET = "'2024 年'"
# Records of a workbook by their numbers: a password stands behind the first of it.
FIRST, CODEPAGE, PASSWORD = b"\x09\x08\x10\x00", b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00"


def read(data: bytes = FORM) -> Source:
    return documents.open(data, "a.xls")


def place(source: Source, text: str) -> str | None:
    """The place where a text begins."""
    inside = source.inside(source.text.index(text))
    return inside and inside.zh


def test_cells_say_what_excel_shows():
    (project,) = parse(read()).projects
    assert [(one.where[2], one.target.text) for one in project.indicators] == [
        ("改造步道", "≥2公里"),
        ("安装路灯", "40盏"),
        ("验收合格率", "≥98%"),
        ("方便出行人数", "≥3,000人"),
        ("群众满意度", "≥90%"),
    ]
    assert "项目起止时间\t2024年1月\n" in read().text
    assert "年度资金总额\t120\n" in read().text


def test_merged_cells_reach_over_rows_and_columns():
    source = read()
    reach = {
        source.text[one.start : one.end]: (one.row, one.column, one.width, one.down)
        for one in source.rows or ()
    }
    assert reach["项目支出绩效目标表"] == (0, 0, 4, 1)
    assert reach["产出指标"] == (10, 0, 1, 3)
    assert reach["河港区\v园林站"] == (3, 3, 1, 1)


def test_places_are_those_of_the_sheet():
    source = read()
    assert source.document == "xls" and not source.writable
    assert place(source, "≥2公里") == f"{SHEET}!D11"
    assert place(source, "方便出行人数") == f"{SHEET}!C15"


def test_what_is_hidden_is_left_out_and_told():
    source = read()
    assert not {"内部", "旧指标"} & set(source.text.split())
    hidden = [note.what for note in source.notes if note.kind == "hidden"]
    assert hidden == [f"{SHEET}!14:14"]  # a hidden sheet with a title alone holds no form


def test_an_error_is_no_number():
    (note,) = (note for note in read().notes if note.kind == "formula")
    assert (note.what, place(read(), "其他资金")) == ("#REF!", f"{SHEET}!B8")
    assert "其他资金\t\n" in read().text


def test_dates_are_told():
    source = read()
    (note,) = (note for note in source.notes if note.kind == "date")
    assert source.text[note.offset : note.end] == "2024年1月"


@pytest.mark.parametrize(("limit", "said"), [("cells", "单元格"), ("merges", "合并单元格")])
def test_limits_are_told(limit: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read()
    monkeypatch.setattr("jxmb.documents.excel.xls.LIMITS", Limits(**{limit: 3}))
    with pytest.raises(Unread, match=said):
        read()


def test_a_password_and_damage_are_told():
    at = FORM.index(CODEPAGE, FORM.index(FIRST))
    with pytest.raises(Unread, match="已加密"):
        read(FORM[:at] + PASSWORD + FORM[at + len(PASSWORD) :])
    with pytest.raises(Unread, match="已损坏"):
        read(FORM.replace(FIRST, bytes(4)))


def test_a_web_page_that_is_called_xls_is_text():
    assert read("<table><tr><td>项目名称</td></tr></table>".encode()).document == ""
