"""The content tells the format of a file; what is not read says what to do; a missing package says how to get it."""

from __future__ import annotations

import pickle
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from jxmb import documents
from jxmb.cli import main
from jxmb.documents import Kind, Missing, Unread

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
OPEN = "application/vnd.oasis.opendocument."


def zipped(**members: str | bytes) -> bytes:
    """A zip archive of members by name."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def office(kind: str, encoding: str = "utf-8") -> bytes:
    """A zip archive whose main part has a content type."""
    types = f'<Types><Override PartName="/a.xml" ContentType="{kind}"/></Types>'
    return zipped(**{"[Content_Types].xml": types.encode(encoding)})


def compound(*streams: str) -> bytes:
    """An OLE file as far as it is looked at: its directory behind the header."""
    entries = (name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + b"".join(entries)


def markup(space: str, encoding: str = "utf-8") -> bytes:
    """The beginning of an XML file in a namespace."""
    return f'<?xml version="1.0"?>\n<a xmlns="{space}">项目名称</a>'.encode(encoding)


KINDS = (
    (office(WORD), "docx"),
    (office(WORD, "utf-16"), "docx"),
    (office("application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
    (office(SHEET), "xlsx"),
    (office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "xlsx"),
    (office(BINARY), "xlsb"),
    (zipped(mimetype=f"{OPEN}spreadsheet"), "ods"),
    (zipped(mimetype=f"{OPEN}text"), "odt"),
    (zipped(**{"OFD.xml": "<OFD/>"}), "ofd"),
    (zipped(**{"a.txt": "项目名称"}), "archive"),
    (zipped(), "archive"),
    (office(WORD)[:-30], "torn"),
    (compound("EncryptionInfo", "EncryptedPackage"), "password"),
    (compound("1Table", "WordDocument", "ObjectPool", "Workbook"), "doc"),
    (compound("Workbook", "WordDocument"), "xls"),
    (compound("Book"), "xls"),
    (compound("Contents"), "ole"),
    (b"%PDF-1.7\n", "pdf"),
    (b"\r\n" + b" " * 900 + b"%PDF-1.4\n1 0 obj\nendobj\n", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "scan"),
    (b"\xff\xd8\xff\xe0", "scan"),
    (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36", "scan"),
    (b"{\\rtf1", "rtf"),
    (markup("urn:schemas-microsoft-com:office:spreadsheet"), "markup"),
    (markup("http://schemas.microsoft.com/office/word/2003/wordml", "utf-16"), "markup"),
    (markup("http://www.w3.org/1999/xhtml"), ""),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "mht"),
    (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>', ""),
    ("项目名称，见 %PDF- 文件".encode(), ""),
    (b"BM-2024", ""),
    (b"<html><body>", ""),
    (b"", ""),
)


@pytest.mark.parametrize(("data", "format"), KINDS)
def test_the_content_tells_the_format(data: bytes, format: str) -> None:
    assert documents.tell(data) == format


def test_a_kind_that_is_told_is_read_or_refused() -> None:
    known = documents.DOCUMENTS.keys() | documents.REFUSED.keys()
    assert {format for _, format in KINDS if format} <= known
    assert not documents.DOCUMENTS.keys() & documents.REFUSED.keys()


@pytest.mark.parametrize("format", documents.REFUSED)
def test_what_is_not_read_says_what_it_is_and_what_to_do(format: str) -> None:
    data = next((data for data, kind in KINDS if kind == format), None)
    if data is None:
        assert format in ("odp", "pptx", "ppt")
        return
    with pytest.raises(Unread) as caught:
        documents.open(data)
    zh, en = caught.value.advice
    assert zh.startswith("请") and caught.value.zh.endswith(zh) and caught.value.en.endswith(en)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format whose module asks for a package that nobody has."""
    module = ModuleType("tests.wanting")

    def read(data: bytes, shown: str) -> object:
        import a_package_nobody_has  # type: ignore[import-not-found]

        return a_package_nobody_has

    module.read = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tests.wanting", module)
    kind = Kind("PDF 文件", "a PDF file", "tests.wanting", {"a_package_nobody_has": "nobody-has"})
    monkeypatch.setitem(documents.DOCUMENTS, "pdf", kind)


CLEAN = Path(__file__).parent.parent / "samples" / "forms-2022.txt"


@pytest.mark.parametrize("command", ["check", "convert"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_missing_package_is_said_once_and_the_others_go_on(
    tmp_path: Path, without: None, command: str, jobs: str
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    (tmp_path / "c.txt").write_bytes(CLEAN.read_bytes())
    done = CliRunner().invoke(main, [command, str(tmp_path), "--jobs", jobs, "--lang", "zh"])
    assert done.exit_code == 2
    said = f"{tmp_path / 'a.pdf'}：读取本文件需安装 nobody-has（pip install nobody-has）。"
    assert done.stderr == f"jxmb: {said}\n"
    assert "c.txt" in done.stdout
    named = [command, str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf"), "--fail-on=never"]
    both = CliRunner().invoke(main, named[: 4 if command == "check" else 3])
    assert both.exit_code == 2 and both.stderr.count("pip install") == 2


def test_what_is_missing_survives_the_way_from_a_worker(without: None) -> None:
    with pytest.raises(Missing) as caught:
        documents.open(b"%PDF-1.7")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.zh, again.en, again.format) == (caught.value.zh, caught.value.en, "pdf")


def test_a_format_whose_module_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(documents.DOCUMENTS, "pdf", Kind("PDF 文件", "a PDF file", "jxmb.none"))
    with pytest.raises(Unread, match="本版本不支持读取"):
        documents.open(b"%PDF-1.7")


def test_each_missing_package_has_its_extra() -> None:
    import tomllib

    project = tomllib.loads((CLEAN.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = {one for kind in documents.DOCUMENTS.values() for one in kind.needs.values()}
    offered = {
        one.partition(">")[0] for name in ("xls", "pdf", "doc", "ocr") for one in extras[name]
    }
    assert wanted <= offered
