"""Old Word documents: read as the docx that they become, or refused in one sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace

import doc2docx
import pytest
from tests.documents import docx as make

from jxmb import check, documents
from jxmb.documents import Unread

FORM = (Path(__file__).parent / "data" / "documents" / "form.doc").read_bytes()
WORD = b"\xec\xa5\x01\x01"  # how the stream of the document begins
FLAGS = 11  # the byte of it that tells a password
ENCRYPTED = 0x1


def test_it_is_read_as_its_docx():
    old = documents.open(FORM, "a.doc")
    new = documents.open(make.docx(*make.form()), "a.doc")
    assert (old.text, old.rows, old.insides) == (new.text, new.rows, new.insides)
    assert (old.document, old.writable) == ("doc", False)


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    documents.open(FORM, "a.doc")
    with pytest.raises(Unread):
        documents.open(FORM[:9000], "a.doc")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", ["MAIN_TEXTBOX_TABLE_MALFORMED", "CONVERSION_COMPLETE"])
def test_text_boxes_that_are_lost_are_told(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    convert = doc2docx.convert

    def converted(old: Path, new: Path) -> SimpleNamespace:
        convert(old, new)
        return SimpleNamespace(report=SimpleNamespace(diagnostics=[SimpleNamespace(code=code)]))

    monkeypatch.setattr(doc2docx, "convert", converted)
    found = [one for one in check(documents.open(FORM, "a.doc")) if one.code == "JX009"]
    assert bool(found) == (code != "CONVERSION_COMPLETE")


def test_a_password_and_damage_are_told():
    at = FORM.index(WORD) + FLAGS
    locked = FORM[:at] + bytes([FORM[at] | ENCRYPTED]) + FORM[at + 1 :]
    with pytest.raises(Unread, match="已加密"):
        documents.open(locked, "a.doc")
    with pytest.raises(Unread, match="另存为 docx"):
        documents.open(FORM.replace(WORD, bytes(4)), "a.doc")
