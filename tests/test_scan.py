"""Pictures of pages: what is recognised on them is read as a table where lines rule it, and as columns where none do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from tests.documents import pdf

from jxmb import documents, parse
from jxmb.cli import main
from jxmb.documents import Missing, Unread
from jxmb.documents.scan import cache as kept
from jxmb.documents.scan import slots
from jxmb.documents.scan.ruling import DARK, LIGHT, Bitmap, Box, Look, Run
from jxmb.source import Source
from jxmb.source.widths import columns

PAGE = (Path(__file__).parent / "data" / "documents" / "page.png").read_bytes()
WIDE, HIGH = 160, 30  # of a cell, in points of the picture
ROWS = (
    ("项目支出绩效目标表",),
    ("项目名称", "滨河步道改造"),
    ("主管部门", "河港区园林局", "实施单位", "河港区园林站"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "改造步道", "≥2公里"),
    ("产出指标", "质量指标", "验收合格率", "≥98%"),
)


def boxes(rows: Sequence[Sequence[str]] = ROWS) -> list[Box]:
    """Texts in rows, each at the left of its cell."""
    return [
        Box(
            text,
            104 + column * WIDE,
            105 + row * HIGH,
            104 + column * WIDE + 18 * len(text),
            125 + row * HIGH,
        )
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]


def look(ruled: bool = True) -> Look:
    """What is on a picture of a form."""
    edges = range(101, 100 + HIGH * len(ROWS) + 2, HIGH) if ruled else ()
    across = [Run(at, 100, 100 + WIDE * 4) for at in edges]
    down = [Run(100 + WIDE * at, 101, 101 + HIGH * len(ROWS)) for at in range(5) if ruled]
    return Look(1000, 1400, boxes(), across, down)


class Eyes(ModuleType):
    """In the place of the module that recognises."""

    def __init__(self, seen: Look | Exception) -> None:
        super().__init__("jxmb.documents.scan.recognition")
        self.seen, self.looked = seen, 0

    def pictures(self, data: bytes) -> Iterable[Any]:
        return [data]

    def look(self, picture: Any) -> Look:
        self.looked += 1
        if isinstance(self.seen, Exception):
            raise self.seen
        return self.seen

    def forget(self) -> None:
        pass


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own."""
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(documents.NO_CACHE, raising=False)
    return tmp_path / "cache"


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    return put(monkeypatch, Eyes(look()))


def put(monkeypatch: pytest.MonkeyPatch, module: ModuleType | None) -> Any:
    """Sets what is imported as the module that recognises; None for a package that is missing."""
    name = "jxmb.documents.scan.recognition"
    monkeypatch.delattr("jxmb.documents.scan.recognition", raising=False)
    monkeypatch.setitem(sys.modules, name, module)
    return module


def records(source: Source) -> list[tuple[str | None, str]]:
    (project,) = parse(source).projects
    return [(one.where[2], one.target.text) for one in project.indicators]


WANTED = [("改造步道", "≥2公里"), ("验收合格率", "≥98%")]


def test_lines_make_a_table(eyes: Eyes):
    source = documents.open(PAGE, "a.png")
    assert (source.document, records(source)) == ("scan", WANTED)
    inside = source.inside(source.text.index("≥2公里"))
    assert inside and inside.zh == "第1页 表1 第5行 第4列"


def test_without_lines_texts_are_columns(eyes: Eyes):
    eyes.seen = look(ruled=False)
    source = documents.open(PAGE, "a.png")
    assert (source.rows, records(source)) == ((), WANTED)


def test_it_is_told_that_the_text_is_recognised(eyes: Eyes):
    source = documents.open(PAGE, "a.png")
    (note,) = source.notes
    assert (note.kind, note.offset, note.end) == ("ocr", 0, len(source.text))


def test_a_picture_without_text_is_an_empty_text(eyes: Eyes):
    eyes.seen = Look(1000, 1400, [], [], [])
    source = documents.open(PAGE, "a.png")
    assert (source.text.strip(), source.notes) == ("", ())


def test_a_text_over_a_line_is_cut_there(eyes: Eyes):
    left, right = ROWS[4][2:]
    whole = [one for one in boxes() if one.text not in (left, right)]
    edge, unit = 100 + 3 * WIDE, 9
    start = edge - columns(left) * unit
    joined = Box(left + right, start, 225, edge + columns(right) * unit, 245)
    eyes.seen = look()._replace(boxes=[*whole, joined])
    assert records(documents.open(PAGE, "a.png")) == WANTED


def test_the_same_content_is_looked_at_once(eyes: Eyes, cache: Path):
    first, again = documents.open(PAGE, "a.png"), documents.open(PAGE, "b.png")
    assert (first.text, eyes.looked) == (again.text, 1)
    (file,) = cache.iterdir()
    assert sys.platform == "win32" or file.stat().st_mode & 0o077 == 0
    documents.open(PAGE + b"\0", "a.png")
    assert eyes.looked == 2
    for content in ("", "[[1]]", '{"a": 1}', "[[1, 2, [[1]], [], []]]"):
        file.write_text(content, encoding="utf-8")
        assert records(documents.open(PAGE, "a.png")) == WANTED
    assert eyes.looked == 6


def test_nothing_is_kept_where_that_is_not_wanted(
    eyes: Eyes, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(documents.NO_CACHE, "1")
    documents.open(PAGE, "a.png")
    assert not cache.exists()
    monkeypatch.delenv(documents.NO_CACHE)
    documents.open(PAGE, "a.png")
    monkeypatch.setenv(documents.NO_CACHE, "1")
    documents.open(PAGE, "a.png")
    assert eyes.looked == 3


def test_the_command_line_wants_nothing_kept(
    eyes: Eyes, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(documents.NO_CACHE, "")  # what a run sets is undone
    file = tmp_path / "a.png"
    file.write_bytes(PAGE)
    CliRunner().invoke(main, ["check", str(file), "--no-cache"])
    CliRunner().invoke(main, ["convert", str(file), "--no-cache"])
    assert (eyes.looked, cache.exists()) == (2, False)


def test_without_its_packages_a_picture_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, None)
    with pytest.raises(Missing, match="pip install rapidocr onnxruntime"):
        documents.open(PAGE, "a.png")


def test_what_recognition_raises_is_one_sentence(eyes: Eyes, cache: Path):
    eyes.seen = ZeroDivisionError()
    with pytest.raises(Unread, match="已损坏"):
        documents.open(PAGE, "a.png")
    assert not cache.exists()


CURVES = "0 0 m 1 1 2 2 3 3 c 4 4 5 5 6 6 c 7 7 8 8 9 9 c 1 1 2 2 3 3 c 4 4 5 5 6 6 c S " * 200


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A PDF whose only page is drawn."""
    monkeypatch.setattr("jxmb.documents.pdf._Scans._rendered", lambda self, number: number)
    return pdf.document(CURVES)


def test_pages_of_a_pdf_that_are_pictures_are_recognised(eyes: Eyes, scanned: bytes):
    source = documents.open(scanned, "a.pdf")
    assert (source.document, records(source)) == ("pdf", WANTED)
    assert [note.kind for note in source.notes] == ["ocr"]


@pytest.mark.parametrize("missing", [True, False])
def test_pages_of_a_pdf_that_cannot_be_recognised_are_told(
    missing: bool, scanned: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, None if missing else Eyes(ValueError()))
    (note,) = documents.open(scanned, "a.pdf").notes
    needs = "rapidocr onnxruntime" if missing else ""
    assert (note.kind, note.what, note.needs) == ("unread-page", "1", needs)


class Canvas:
    """A picture of points to draw on."""

    def __init__(self, width: int = 300, height: int = 200) -> None:
        self.rows = [[LIGHT] * width for _ in range(height)]

    def fill(self, left: int, top: int, right: int, bottom: int) -> None:
        """Makes points dark."""
        for row in self.rows[top:bottom]:
            row[left:right] = DARK * (right - left)

    def lines(self, *texts: Box) -> tuple[list[Run], list[Run]]:
        points = "".join("".join(row) for row in self.rows)
        return Bitmap(len(self.rows[0]), len(self.rows), points).lines(texts)


TEXT = Box("指标", 60, 80, 100, 100)


def test_lines_are_found_and_strokes_are_none():
    canvas = Canvas()
    canvas.fill(20, 50, 280, 52)
    canvas.fill(20, 150, 280, 152)
    canvas.fill(40, 50, 42, 152)
    canvas.fill(70, 82, 72, 98)  # a stroke down
    canvas.fill(62, 90, 98, 92)  # strokes in a row
    across, down = canvas.lines(TEXT)
    assert across == [Run(50.5, 20, 280), Run(150.5, 20, 280)]
    assert [(one.at, one.start, one.end) for one in down] == [(40.5, 50, 152)]


def test_a_short_line_stands_between_others():
    canvas = Canvas()
    canvas.fill(20, 50, 280, 51)
    canvas.fill(20, 80, 280, 81)
    canvas.fill(150, 50, 151, 81)
    canvas.fill(200, 56, 201, 78)  # at no line
    _, down = canvas.lines(TEXT._replace(top=120, bottom=140))
    assert [one.at for one in down] == [150]


def test_a_line_may_have_holes_and_a_filled_area_is_none():
    canvas = Canvas()
    for start in range(20, 280, 9):
        canvas.fill(start, 50, start + 6, 51)
    canvas.fill(20, 100, 280, 160)
    across, down = canvas.lines(TEXT)
    assert [(one.at, one.start) for one in across] == [(50, 20)]
    assert not down


def test_dashes_are_a_line_however_fine_the_picture_is():
    """The holes between them grow with the texts."""
    for fine in (1, 2, 4):
        canvas = Canvas(300 * fine, 200 * fine)
        for start in range(20 * fine, 180 * fine, 6 * fine):
            canvas.fill(40 * fine, start, 40 * fine + 2, start + 4 * fine)
        for start in range(20 * fine, 180 * fine, 12 * fine):  # far apart
            canvas.fill(90 * fine, start, 90 * fine + 2, start + 6 * fine)
        text = Box("指标", 160 * fine, 80 * fine, 190 * fine, 95 * fine)
        _, down = canvas.lines(text)
        assert [one.start for one in down] == [20 * fine]


def test_memory_tells_how_many_may_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tmp_path / "meminfo"
    monkeypatch.setattr(slots, "MEMORY", memory)
    assert slots.count() == 1
    memory.write_text("MemTotal: 9000000 kB\nMemAvailable: 5000000 kB\n", encoding="ascii")
    assert slots.count() == 3
    memory.write_text("MemAvailable: 100 kB\n", encoding="ascii")
    assert slots.count() == 1


def test_a_place_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(slots, "count", lambda: 1)
    (tmp_path / "a").touch()
    with slots.one() as plenty:
        assert not plenty
        (path,) = tmp_path.glob("*.lock")
        with path.open("ab") as file:
            assert not slots._locked(file)
    with path.open("ab") as file:
        assert slots._locked(file)


def test_of_what_is_kept_the_oldest_goes_first(cache: Path, eyes: Eyes, monkeypatch):
    for name in "abc":
        kept.keep(name, [look()])
    first, second, third = (next(cache.glob(f"{name}-*")) for name in "abc")
    now = third.stat().st_mtime
    os.utime(first, (now - 60, now - 60))
    os.utime(second, (now - 120, now - 120))
    monkeypatch.setattr(kept, "MOST", 2 * third.stat().st_size)
    assert kept.find("b") == [look()]  # asked for, it is the youngest
    kept.keep("d", [look()])
    assert sorted(one.name[0] for one in cache.iterdir()) == ["b", "d"]


def test_what_nobody_asked_for_for_long_is_not_kept(cache: Path):
    kept.keep("a", [look()])
    (first,) = cache.iterdir()
    old = first.stat().st_mtime - kept.OLDEST - 60
    os.utime(first, (old, old))
    kept.keep("b", [look()])
    assert [one.name[0] for one in cache.iterdir()] == ["b"]


def test_what_is_kept_is_read_without_what_recognises(cache: Path, tmp_path: Path):
    (tmp_path / "a.png").write_bytes(PAGE)
    kept.keep(sha256(PAGE).hexdigest(), [look()])
    code = (
        "import sys; from pathlib import Path; from jxmb import documents; "
        f"import jxmb.documents.scan.cache as kept; kept.folder = lambda: Path({str(cache)!r}); "
        "assert '滨河步道' in documents.read(Path('a.png')).text; "
        "print(*{one.partition('.')[0] for one in sys.modules}, 'importlib.metadata' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    assert said[-1] == "False"
    assert not {"rapidocr", "onnxruntime", "numpy", "PIL", "cv2"} & set(said)
